"""Watching real files: what is told, what is not, by notices and by polling."""

import os
import time
from pathlib import Path

import pytest

from generator.dev.watching import Watcher, Watching, is_editors_own, watch_files

PATIENCE_SECONDS = 30.0


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "output").mkdir()
    (tmp_path / "site.toml").write_text("")
    return tmp_path


@pytest.fixture
def watcher(site: Path) -> Watcher:
    return Watcher([site / "content", site / "themes", site / "site.toml"])


def changes(watcher: Watcher, watching: Watching, wanted: set[str]) -> set[str]:
    """Names of changed files, told until all wanted ones are among them."""
    found: set[str] = set()
    end = time.monotonic() + PATIENCE_SECONDS
    while not wanted <= found and time.monotonic() < end:
        watching.refresh()
        found |= {path.name for path in watcher.next_batch(0.2)}
    return found


@pytest.mark.parametrize("is_polling", [False, True])
def test_new_changed_renamed_and_deleted_files_are_told(
    site: Path, watcher: Watcher, is_polling: bool
) -> None:
    for name in ("changed.md", "moved.md", "deleted.md"):
        (site / "content/articles" / name).write_text("old")
    with watch_files(watcher, print, is_polling=is_polling) as watching:
        (site / "content/articles/new.md").write_text("new")
        (site / "content/articles/changed.md").write_text("changed")
        (site / "content/articles/moved.md").rename(site / "content/renamed.md")
        (site / "content/articles/deleted.md").unlink()
        (site / "site.toml").write_text("title = 'x'")
        wanted = {"new.md", "changed.md", "renamed.md", "deleted.md", "site.toml"}
        assert wanted <= changes(watcher, watching, wanted)


def test_changes_come_together_in_one_batch(site: Path, watcher: Watcher) -> None:
    with watch_files(watcher, print):
        for number in range(50):
            (site / f"content/{number}.md").write_text("x")
        batch = watcher.next_batch(PATIENCE_SECONDS)
    assert {path.name for path in batch} == {f"{number}.md" for number in range(50)}


def test_other_files_of_the_site_are_not_told(site: Path, watcher: Watcher) -> None:
    with watch_files(watcher, print) as watching:
        (site / "output/index.html").write_text("x")
        (site / "notes.txt").write_text("x")
        (site / "content/.draft.md.swp").write_text("x")
        (site / "content/.obsidian").mkdir()
        (site / "content/.obsidian/workspace.json").write_text("x")
        (site / "content/last.md").write_text("x")
        assert changes(watcher, watching, {"last.md"}) == {"last.md"}


def test_a_folder_made_later_and_what_is_in_it_is_told(site: Path, watcher: Watcher) -> None:
    with watch_files(watcher, print) as watching:
        (site / "themes/mine/templates").mkdir(parents=True)
        (site / "themes/mine/templates/home.html").write_text("x")
        assert "home.html" in changes(watcher, watching, {"home.html"})
        (site / "themes/mine/templates/late.html").write_text("x")
        assert "late.html" in changes(watcher, watching, {"late.html"})


def test_a_folder_that_is_replaced_goes_on_being_watched(site: Path, watcher: Watcher) -> None:
    with watch_files(watcher, print) as watching:
        (site / "content").rename(site / "old")
        (site / "content").mkdir()
        (site / "content/first.md").write_text("x")
        assert "first.md" in changes(watcher, watching, {"first.md"})
        (site / "content/second.md").write_text("x")
        assert "second.md" in changes(watcher, watching, {"second.md"})


def test_a_folder_of_files_moved_into_place_is_told_file_by_file(site: Path, watcher: Watcher) -> None:
    (site / "elsewhere").mkdir()
    (site / "elsewhere/page.txt").write_text("x")
    with watch_files(watcher, print) as watching:
        (site / "elsewhere").rename(site / "content/raw")
        assert "page.txt" in changes(watcher, watching, {"page.txt"})


def test_what_the_build_wrote_itself_is_no_change_until_somebody_edits_it(
    site: Path, watcher: Watcher
) -> None:
    own = site / "content/articles/own.md"
    with watch_files(watcher, print) as watching:
        own.write_text("written by conversion")
        watcher.ignore_own([own])
        (site / "content/last.md").write_text("x")
        assert changes(watcher, watching, {"last.md"}) == {"last.md"}
        own.write_text("edited by somebody")
        assert changes(watcher, watching, {"own.md"}) == {"own.md"}


def test_where_no_notices_can_be_had_files_are_polled(
    site: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    # The limit of the system's notices cannot be reached here without taking them from everybody.
    monkeypatch.setattr("watchdog.observers.inotify.InotifyObserver.schedule", refuse, raising=False)
    told: list[str] = []
    with watch_files(watcher, told.append) as watching:
        (site / "content/new.md").write_text("x")
        assert "new.md" in changes(watcher, watching, {"new.md"})
    assert len(told) == 1
    assert "looking for them" in told[0]


@pytest.mark.parametrize(
    "name", [".a.md.swp", "a.md~", "#a.md#", "4913", "~$a.docx", ".DS_Store", "a.md.tmp"]
)
def test_files_of_editors_are_known_by_name(name: str) -> None:
    assert is_editors_own(name)
    assert not is_editors_own("01-lu-deng.md")
