"""Volumes of articles that are as they were are taken over; of others, what has changed is read again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from generator.content import ContentFile, pack_articles
from generator.pipeline.known_articles import SeenArticles
from generator.store import Store

pytestmark = pytest.mark.usefixtures("small_volumes")

WEEKS = [f"2024-{month:02}-{day:02}" for month in range(1, 7) for day in (5, 12, 19, 26)]
Files = dict[str, tuple[int, int]]
"""Size and time of articles, by folder and name."""

ARCHIVE: Files = {f"{week}/{name}": (10, 1) for week in WEEKS for name in ("a", "b", "c")}


def listed(files: Files) -> Mapping[str, bytes]:
    folders: dict[str, list[ContentFile]] = {}
    for path, state in sorted(files.items()):
        file = ContentFile(f"content/articles/{path}.md", *state)
        folders.setdefault(path.rpartition("/")[0], []).append(file)
    return {folder: pack_articles(folder, found) for folder, found in folders.items()}


def digest(file: ContentFile) -> str:
    return f"digest of {file.path} {file.size}"


def names(files: Sequence[ContentFile]) -> list[str]:
    return [file.path.removeprefix("content/articles/").removesuffix(".md") for file in files]


def look(folder: Path, files: Files, unsettled: str = "", unreadable: str = "") -> list[str]:
    """Return what a build has to read. It reads all of it that can be read, and keeps what it saw."""
    with Store.open(folder / "memo.sqlite", "stamp") as store:
        seen = SeenArticles(store, listed(files), lambda path: not unsettled or unsettled not in path)
        unread = seen.unread
        seen.digests.update((file.path, digest(file)) for file in unread if file.path != unreadable)
        assert all(file.path == unreadable for file in seen.unread)
        marks = list(map(seen.mark, seen.volumes))
        assert len(set(marks)) == len(seen.volumes)
        found = [file for first in seen.volumes for each in seen.open(first).values() for file in each]
        assert sorted(names(found)) == sorted(files)
        assert marks == list(map(seen.mark, seen.volumes))
        known = {file.path: digest(file) for file in found if file.path != unreadable}
        assert seen.digests == known
        seen.keep()
    return names(unread)


def opened(folder: Path, files: Files) -> list[str]:
    """Return the folders whose files are looked at one by one."""
    with Store.open(folder / "memo.sqlite", "stamp") as store:
        seen = SeenArticles(store, listed(files), lambda _: True)
        return sorted({path.split("/")[2] for path in seen.digests})


def test_there_are_several_volumes(tmp_path: Path) -> None:
    with Store.open(tmp_path / "memo.sqlite", "stamp") as store:
        assert 2 < len(SeenArticles(store, listed(ARCHIVE), lambda _: True).volumes) < len(WEEKS)


def test_an_article_is_read_once(tmp_path: Path) -> None:
    assert look(tmp_path, ARCHIVE) == sorted(ARCHIVE)
    assert look(tmp_path, ARCHIVE) == []
    assert opened(tmp_path, ARCHIVE) == []


@pytest.mark.parametrize("path", [f"{WEEKS[0]}/a", f"{WEEKS[9]}/b", f"{WEEKS[-1]}/c"])
def test_other_size_or_time_means_reading_again(tmp_path: Path, path: str) -> None:
    look(tmp_path, ARCHIVE)
    assert look(tmp_path, ARCHIVE | {path: (11, 1)}) == [path]
    assert look(tmp_path, ARCHIVE | {path: (11, 2)}) == [path]
    assert look(tmp_path, ARCHIVE | {path: (11, 2)}) == []
    assert len(opened(tmp_path, ARCHIVE)) < len(WEEKS) // 2


def test_articles_and_folders_come_and_go_anywhere(tmp_path: Path) -> None:
    look(tmp_path, ARCHIVE)
    for week in ("2023-01-01", "2024-02-06", "2024-12-31", *WEEKS):
        added = ARCHIVE | {f"{week}/new": (5, 5)}
        assert look(tmp_path, added) == [f"{week}/new"]
        fewer = {path: state for path, state in ARCHIVE.items() if not path.startswith(f"{week}/")}
        assert look(tmp_path, fewer) == []
        gone = sorted(ARCHIVE.keys() - fewer.keys())
        assert look(tmp_path, ARCHIVE) == gone
    loose = ARCHIVE | {"2024-03-alone": (1, 1), "zz": (2, 2)}
    assert look(tmp_path, dict(loose)) == ["2024-03-alone", "zz"]


def test_a_file_so_young_that_it_may_change_unseen_is_read_again(tmp_path: Path) -> None:
    young = f"{WEEKS[4]}/b"
    look(tmp_path, ARCHIVE, unsettled=young)
    assert look(tmp_path, ARCHIVE, unsettled=young) == [young]
    assert look(tmp_path, ARCHIVE) == [young]
    assert look(tmp_path, ARCHIVE) == []


def test_what_could_not_be_read_is_asked_for_again(tmp_path: Path) -> None:
    broken = f"{WEEKS[7]}/c"
    look(tmp_path, ARCHIVE, unreadable=f"content/articles/{broken}.md")
    assert look(tmp_path, ARCHIVE, unreadable=f"content/articles/{broken}.md") == [broken]
    assert look(tmp_path, ARCHIVE) == [broken]
    assert look(tmp_path, ARCHIVE) == []
