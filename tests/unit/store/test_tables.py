"""Tables come back as they were kept, and a change rewrites its piece alone."""

from pathlib import Path

import pytest

from generator.store import Store, keep_table, recall_table

NAMES = [f"content/articles/{number:04}.md" for number in range(500)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".bulletin" / "memo.sqlite3"


def kept(path: Path) -> dict[str, int]:
    with Store.open(path, "one") as store:
        return recall_table(store, "sizes", int)


def test_a_table_comes_back_whole_with_what_was_changed_added_and_taken_away(path: Path) -> None:
    first = {name: 1000 + number for number, name in enumerate(NAMES)}
    with Store.open(path, "one") as store:
        keep_table(store, "sizes", {}, first)
    before = kept(path)
    assert before == first
    now = {**before, NAMES[3]: 7, "new.md": 8}
    del now[NAMES[9]]
    with Store.open(path, "one") as store:
        keep_table(store, "sizes", before, now)
    assert kept(path) == now


def test_only_the_pieces_of_changed_values_are_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: (name, 1) for name in NAMES}
    written: list[int] = []
    monkeypatch.setattr(Store, "keep", lambda _store, _namespace, values: written.append(len(values)))
    with Store.open(path, "one") as store:
        keep_table(store, "sizes", before, before | {NAMES[3]: (NAMES[3], 2)})
        keep_table(store, "sizes", before, dict(before))
        keep_table(store, "sizes", before, {name: before[name] for name in NAMES[1:]})
    assert written == [1, 1]


def test_a_piece_that_does_not_decode_is_missing_and_the_others_are_there(path: Path) -> None:
    table = {name: number for number, name in enumerate(NAMES)}
    with Store.open(path, "one") as store:
        keep_table(store, "sizes", {}, table)
        store.put("sizes", "5", b"\xc1 nothing msgpack could be")
    rest = kept(path)
    assert 0 < len(table) - len(rest) < 50
    assert rest.items() <= table.items()
