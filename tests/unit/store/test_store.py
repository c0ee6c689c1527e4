"""The memo on disk: what was put comes back; whatever is wrong with the file is a miss."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator.store import Store, StoreReader, memo, program_stamp
from generator.store.pruning import prune


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    day: date | None
    terms: tuple[tuple[str, float], ...] = ()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".bulletin" / "memo.sqlite3"


def put(path: Path, key: str, value: bytes, stamp: str = "one") -> None:
    with Store.open(path, stamp) as store:
        store.put("html", key, value)


def read(path: Path, key: str, stamp: str = "one") -> bytes | None:
    with Store.open(path, stamp) as store:
        return store.get("html", key)


def test_what_was_put_is_there_at_once_and_in_the_next_run(path: Path) -> None:
    with Store.open(path, "one") as store:
        store.put_many("html", {"a": b"1", "b": b""})
        assert store.get("html", "a") == b"1"
    with Store.open(path, "one") as store:
        assert store.get_many("html", ["b", "none", "a", "b"]) == {"b": b"", "a": b"1"}
        assert store.get("terms", "a") is None


def test_values_come_in_the_order_of_the_keys_asked_for(path: Path) -> None:
    put(path, "b", b"old")
    with Store.open(path, "one") as store:
        store.put("html", "c", b"new")
        assert list(store.get_many("html", ["c", "b"])) == ["c", "b"]
        assert list(store.get_many("html", ["b", "c"])) == ["b", "c"]


def test_a_later_value_replaces_an_earlier_one(path: Path) -> None:
    put(path, "a", b"first")
    put(path, "a", b"second")
    assert read(path, "a") == b"second"
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM payload").fetchone() == (1,)
    connection.close()


def test_more_keys_than_one_query_takes_all_come_back(path: Path) -> None:
    values = {f"key {number}": str(number).encode() for number in range(2345)}
    with Store.open(path, "one") as store:
        store.put_many("html", values)
    with Store.open(path, "one") as store:
        assert store.get_many("html", values) == values


def test_keys_may_hold_any_text(path: Path) -> None:
    keys = ["", "引'题", '"\\', "a\nb", "100%_"]
    with Store.open(path, "one") as store:
        store.put_many("html", {key: key.encode() for key in keys})
    with Store.open(path, "one") as store:
        assert list(store.get_many("html", keys)) == keys


def test_a_value_is_made_once_and_remembered_with_its_type(path: Path) -> None:
    note = Note("灯", date(2024, 7, 22), (("路灯", 0.5),))
    made = []

    def make() -> Note:
        made.append(1)
        return note

    for _ in range(2):
        with Store.open(path, "one") as store:
            assert store.remember("notes", "a", Note, make) == note
    assert made == [1]


def test_a_value_that_is_no_longer_of_its_type_is_a_miss(path: Path) -> None:
    with Store.open(path, "one") as store:
        store.keep("notes", {"a": ("not", "a", "note"), "b": Note("b", None)})
        assert store.recall("notes", ["a", "b"], Note) == {"b": Note("b", None)}


def test_what_was_put_before_an_exception_is_kept(path: Path) -> None:
    with pytest.raises(RuntimeError), Store.open(path, "one") as store:
        store.put("html", "a", b"1")
        raise RuntimeError
    assert read(path, "a") == b"1"


def test_many_large_values_are_there_at_once_for_readers_told_so_and_in_the_next_run(path: Path) -> None:
    values = {str(number): os.urandom(500_000) for number in range(100)}
    with Store.open(path, "one") as store:
        for key, value in values.items():
            store.put("html", key, value)
        assert store.get_many("html", values) == values
        store.flush()
        reader = StoreReader(store)
        assert {key: reader.get("html", key) for key in values} == values
        store.put("html", "0", b"new")
    with Store.open(path, "one") as store:
        assert store.get_many("html", values) == {**values, "0": b"new"}


def test_an_interrupted_write_leaves_nothing_by_halves(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("INSERT INTO entry VALUES (1000, 'html', 'half', 1, 1)")
        raise KeyboardInterrupt

    with Store.open(path, "one") as store:
        with monkeypatch.context() as patched:
            patched.setattr(memo, "_insert", interrupt)
            store.put("html", "lost", b"x")
            with pytest.raises(KeyboardInterrupt):
                store.flush()
        store.put("html", "later", b"y")
    assert read(path, "half") is None
    assert read(path, "later") == b"y"
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT key FROM entry").fetchall() == [("later",)]


def test_a_changed_program_starts_a_new_store(path: Path) -> None:
    put(path, "a", b"1", stamp="old program")
    assert read(path, "a", stamp="new program") is None
    assert read(path, "a", stamp="old program") is None


def test_the_stamp_follows_the_source(tmp_path: Path) -> None:
    for name, source in (("one", "x = 1\n"), ("two", "x = 2\n"), ("same", "x = 1\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "code.py").write_text(source)
    stamps = {name: program_stamp(tmp_path / name) for name in ("one", "two", "same")}
    assert stamps["one"] == stamps["same"] != stamps["two"]
    assert program_stamp(tmp_path / "one", ("msgspec",)) != stamps["one"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a database at all, but long enough to hold a header " * 10,
        b"SQLite format 3\x00" + b"\xff" * 5000,
    ],
    ids=["empty", "text", "only the header right"],
)
def test_a_file_that_is_no_store_is_replaced(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert read(path, "a") is None
    put(path, "a", b"1")
    assert read(path, "a") == b"1"


def test_a_foreign_database_is_replaced(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entry (id, namespace, key, used)")
    connection.commit()
    connection.close()
    assert read(path, "a") is None
    put(path, "a", b"1")
    assert read(path, "a") == b"1"


def test_a_store_of_another_format_is_emptied(path: Path) -> None:
    put(path, "a", b"1")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.execute("DROP TABLE payload")
    connection.commit()
    connection.close()
    assert read(path, "a") is None
    put(path, "a", b"2")
    assert read(path, "a") == b"2"


@pytest.mark.parametrize("place", [0.01, 0.2, 0.4, 0.6, 0.8, 0.99])
def test_a_store_with_overwritten_bytes_never_gives_a_wrong_value(path: Path, place: float) -> None:
    values = {f"{number:032x}": os.urandom(40) * 50 for number in range(300)}
    with Store.open(path, "one") as store:
        store.put_many("html", values)
    content = bytearray(path.read_bytes())
    start = int(len(content) * place)
    content[start : start + 3000] = b"\xa5" * len(content[start : start + 3000])
    path.write_bytes(content)
    with Store.open(path, "one") as store:
        found = store.get_many("html", values)
        store.put_many("html", values)
        assert store.get_many("html", values) == values
    assert all(values[key] == value for key, value in found.items())
    assert len(found) < len(values)


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_a_truncated_store_is_a_miss_and_mends_itself(path: Path, share: float) -> None:
    values = {f"{number:032x}": bytes(1000) for number in range(300)}
    with Store.open(path, "one") as store:
        store.put_many("html", values)
    os.truncate(path, int(path.stat().st_size * share))
    for _ in range(2):
        with Store.open(path, "one") as store:
            store.get_many("html", values)
            store.put_many("html", values)
    with Store.open(path, "one") as store:
        assert store.get_many("html", values) == values


def test_a_folder_in_its_place_leaves_a_store_in_memory(path: Path) -> None:
    path.mkdir(parents=True)
    with Store.open(path, "one") as store:
        store.put("html", "a", b"1")
        assert store.get("html", "a") == b"1"
    assert path.is_dir()


def test_a_file_where_its_folder_belongs_leaves_a_store_in_memory(path: Path) -> None:
    path.parent.write_text("a file")
    put(path, "a", b"1")
    assert read(path, "a") is None


READ_ONLY = """
import os, sys
from pathlib import Path
from generator.store import Store
os.geteuid() or os.setuid(65534)
with Store.open(Path(sys.argv[1]), "one") as store:
    store.put("html", "b", b"2")
    print(store.get("html", "b").decode())
"""


def test_an_unwritable_folder_leaves_a_store_in_memory(repository: Path) -> None:
    # Not tmp_path: the account this runs as after giving up root's rights could not reach it.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "memo.sqlite3"
        put(path, "a", b"1")
        path.chmod(0o444)
        folder.chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, str(path)]
        run = subprocess.run(command, capture_output=True, text=True, cwd=repository, timeout=60)
        folder.chmod(0o755)
        path.chmod(0o644)
        assert (run.returncode, run.stdout, run.stderr) == (0, "2\n", "")
        assert read(path, "a") == b"1"
        assert read(path, "b") is None


def test_a_store_another_process_is_writing_is_left_to_it(path: Path) -> None:
    put(path, "a", b"1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(path, "one") as store:
        store.put("html", "b", b"2")
        assert store.get("html", "b") == b"2"
    other.execute("ROLLBACK")
    other.close()
    assert read(path, "a") == b"1"
    assert read(path, "b") is None


def test_a_store_that_becomes_locked_loses_only_what_was_new(path: Path) -> None:
    put(path, "a", b"1")
    with Store.open(path, "one") as store:
        assert store.get("html", "a") == b"1"
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        store.put("html", "b", b"2")
    other.execute("ROLLBACK")
    other.close()
    assert read(path, "a") == b"1"


def test_entries_unused_for_long_are_pruned_and_used_ones_stay(path: Path) -> None:
    put(path, "used", b"1")
    put(path, "unused", b"2")
    for _ in range(20):
        assert read(path, "used") == b"1"
    connection = sqlite3.connect(path)
    (build,) = connection.execute("SELECT build FROM about").fetchone()
    prune(connection, build, builds_kept=12)
    assert connection.execute("SELECT key FROM entry").fetchall() == [("used",)]
    assert connection.execute("SELECT count(*) FROM payload").fetchone() == (1,)
    connection.close()


def test_a_store_too_large_loses_what_was_unused_longest(path: Path) -> None:
    for key in ("a", "b", "c"):
        put(path, key, bytes(1000))
    connection = sqlite3.connect(path)
    prune(connection, build=4, bytes_kept=2000)
    assert connection.execute("SELECT key FROM entry ORDER BY key").fetchall() == [("b",), ("c",)]
    connection.close()
