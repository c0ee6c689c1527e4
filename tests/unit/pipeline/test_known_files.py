"""Files are read again when their size or time has changed, and only then."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.content import ContentFile
from generator.pipeline import known_files
from generator.pipeline.known_files import GRAIN_NS, KnownFiles
from generator.store import Store

NOW = 10**18
OLD = NOW - 2 * GRAIN_NS


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_files, "PIECE", 3)


def listed(*names: str, size: int = 1, mtime_ns: int = OLD) -> list[ContentFile]:
    return [ContentFile(f"content/{name}.md", size, mtime_ns) for name in names]


def look(folder: Path, files: Sequence[ContentFile]) -> list[str]:
    """The names of the files a build has to read; it reads them and keeps what it saw."""
    with Store.open(folder / "memo.sqlite", "stamp") as store:
        known = KnownFiles(store)
        digests, unread = known.split("articles", files)
        for file in unread:
            known.note(file, f"digest of {file.path} {file.size}", NOW)
        assert set(digests) == {file.path for file in files} - {file.path for file in unread}
        digests, left = known.split("articles", files)
        assert left == []
        assert digests == {file.path: f"digest of {file.path} {file.size}" for file in files}
        known.keep()
        return [file.path.removeprefix("content/").removesuffix(".md") for file in unread]


def test_a_file_is_read_once(tmp_path: Path) -> None:
    assert look(tmp_path, listed(*"abcdefgh")) == list("abcdefgh")
    assert look(tmp_path, listed(*"abcdefgh")) == []
    assert look(tmp_path, listed(*"abcdefgh")) == []


def test_other_size_or_time_means_reading_again(tmp_path: Path) -> None:
    look(tmp_path, listed(*"abcdefgh"))
    longer = [*listed(*"abc"), *listed("d", size=2), *listed(*"efgh")]
    assert look(tmp_path, longer) == ["d"]
    assert look(tmp_path, [*longer[:7], *listed("h", mtime_ns=OLD - 1)]) == ["h"]


def test_files_come_and_go_anywhere(tmp_path: Path) -> None:
    look(tmp_path, listed(*"abcdefgh"))
    assert look(tmp_path, listed(*"aabcdefgh"[1:], "i")) == ["i"]
    assert look(tmp_path, listed("0", *"abdefghi")) == ["0"]
    assert look(tmp_path, listed(*"bd")) == []
    assert look(tmp_path, listed(*"abcd")) == ["a", "c"]


def test_a_file_so_young_that_it_may_change_unseen_is_read_again(tmp_path: Path) -> None:
    files = [*listed("a"), *listed("b", mtime_ns=NOW), *listed("c")]
    assert look(tmp_path, files) == ["a", "b", "c"]
    assert look(tmp_path, files) == ["b"]


def test_what_could_not_be_read_is_asked_for_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "memo.sqlite", "stamp") as store:
        known = KnownFiles(store)
        _, unread = known.split("articles", listed("a", "b"))
        known.note(unread[0], "digest of content/a.md 1", NOW)
        known.keep()
    assert look(tmp_path, listed("a", "b")) == ["b"]


def test_a_lost_piece_means_reading_again(tmp_path: Path) -> None:
    look(tmp_path, listed(*"abcdefgh"))
    with Store.open(tmp_path / "memo.sqlite", "stamp") as store:
        store.put(known_files.NAMESPACE, "articles 1", b"\x00")
    assert look(tmp_path, listed(*"abcdefgh")) == list("abcdefgh")
    assert look(tmp_path, listed(*"abcdefgh")) == []
