"""A second build of an unchanged site finds the plan of the first one and makes nothing."""

import os
from pathlib import Path

import pytest

from generator.pipeline import build_site as module
from tests.support.sites import build, write_site


def make_old(root: Path) -> None:
    """Files that look two minutes old: younger ones may change once more without looking changed."""
    for path in [root] if root.is_file() else (root / "content").rglob("*"):
        status = path.stat()
        os.utime(path, (status.st_atime - 120, status.st_mtime - 120))


@pytest.mark.parametrize("edited", ["", "content/articles/2025-03-03/01-lamps.md"])
def test_the_second_build_of_an_unchanged_site_reads_arranges_and_plans_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edited: str
) -> None:
    root = write_site(tmp_path)
    make_old(root)
    first = build(root)
    if edited:
        with (root / edited).open("a", encoding="utf-8") as file:
            file.write("\n灯还会再添。\n")
        make_old(root / edited)
        build(root)
    made: list[str] = []
    monkeypatch.setattr(module, "make_outdated", lambda *_parts: made.append("made"))
    second = build(root)
    assert made == []
    assert (second.articles, second.pages, second.written) == (first.articles, first.pages, ())
    assert second.unchanged == len(first.written)


def test_a_changed_file_or_setting_is_planned_anew(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    make_old(root)
    build(root)
    (root / "site.toml").write_text(
        (root / "site.toml").read_text("utf-8").replace("溪口周报", "溪口新周报"), "utf-8"
    )
    assert "index.html" in build(root).written
