"""Publishing killed at any moment: no half file, and the next run completes or undoes the change."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from generator.diagnostics import BulletinError
from generator.model import OutputFile
from generator.publish import Publication
from tests.support.publishing import plan_of, publish, publish_until, published

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")

OLD = {
    "static/site.css": "old css",
    "issue/a/index.html": "old a",
    "issue/b/index.html": "old b",
    "index.html": "old home",
    "page": "a file that becomes a folder",
    "folder/deep/x": "a folder that becomes a file",
}
NEW = {
    "static/site.css": "new css, which is longer",
    "issue/a/index.html": "new a",
    "issue/c/index.html": "new c",
    "index.html": "new home",
    "page/index.html": "a folder",
    "folder": "a file",
}


def finish_interrupted(root: Path) -> bool:
    with Publication.open(root / "output", root / ".bulletin") as publication:
        return publication.was_interrupted


def test_killed_at_every_step_the_next_run_completes_or_undoes_the_publication(tmp_path: Path) -> None:
    outcomes = []
    for step in count():
        root = tmp_path / str(step)
        publish(root, OLD)
        (root / "output/foreign.txt").write_text("mine")
        if not publish_until(root, NEW, step):
            break
        for path, text in published(root).items():
            assert text in (OLD.get(path), NEW.get(path), "mine")
        was_interrupted = finish_interrupted(root)
        assert published(root) == {**(NEW if was_interrupted else OLD), "foreign.txt": "mine"}
        outcomes.append(was_interrupted)
        publish(root, NEW)
        assert published(root) == {**NEW, "foreign.txt": "mine"}
        assert not list((root / ".bulletin").glob("*staging*"))
        assert not list((root / ".bulletin").glob("*journal*"))
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_killed_during_a_first_publication_nothing_is_left_unknown(tmp_path: Path) -> None:
    for step in count():
        root = tmp_path / str(step)
        if not publish_until(root, NEW, step):
            break
        finish_interrupted(root)
        assert published(root) in ({}, NEW)
        # What the killed run wrote is known to be ours: it may be replaced and removed.
        publish(root, OLD)
        assert published(root) == OLD


def test_killed_again_while_the_next_run_finishes_it_comes_to_the_same_end(tmp_path: Path) -> None:
    for first in range(8, 20):
        root = tmp_path / str(first)
        publish(root, OLD)
        assert publish_until(root, NEW, first)
        for second in range(3):
            publish_until(root, NEW, second)
        publish(root, NEW)
        assert published(root) == NEW


def interrupted(root: Path) -> None:
    """Publish OLD, then NEW, killed right after the journal was written."""
    publish(root, OLD)
    step = next(step for step in count() if _is_at_first_change(root, step))
    assert step > 0


def _is_at_first_change(root: Path, step: int) -> bool:
    publish_until(root, NEW, step)
    return any((root / ".bulletin").glob("journal-*.msgpack"))


def test_a_page_somebody_put_in_place_after_the_crash_is_not_overwritten_silently(tmp_path: Path) -> None:
    interrupted(tmp_path)
    (tmp_path / "output/issue/c").mkdir()
    (tmp_path / "output/issue/c/index.html").write_text("mine")
    with pytest.raises(BulletinError) as failure:
        publish(tmp_path, NEW)
    assert str(failure.value.diagnostics[0].span) == "output/issue/c/index.html"
    assert (tmp_path / "output/issue/c/index.html").read_text() == "mine"
    publish(tmp_path, NEW, is_clean=True)
    assert published(tmp_path) == NEW


def test_when_what_was_staged_is_lost_the_files_are_made_again(tmp_path: Path) -> None:
    interrupted(tmp_path)
    for folder in (tmp_path / ".bulletin").glob("staging-*"):
        shutil.rmtree(folder)
    publish(tmp_path, NEW)
    assert published(tmp_path) == NEW


def test_a_staged_file_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    interrupted(tmp_path)
    staged = [place for place in (tmp_path / ".bulletin").glob("staging-*/**/*") if place.is_file()]
    assert staged
    for place in staged:
        os.truncate(place, 1)
    finish_interrupted(tmp_path)
    assert all(text in (OLD.get(path), NEW.get(path)) for path, text in published(tmp_path).items())
    publish(tmp_path, NEW)
    assert published(tmp_path) == NEW


@pytest.mark.parametrize("content", [b"", b"nonsense"])
def test_a_damaged_journal_is_dropped(tmp_path: Path, content: bytes) -> None:
    interrupted(tmp_path)
    (journal,) = (tmp_path / ".bulletin").glob("journal-*.msgpack")
    journal.write_bytes(content)
    publish(tmp_path, NEW)
    assert published(tmp_path) == NEW


def test_a_journal_with_paths_out_of_the_output_is_dropped(tmp_path: Path) -> None:
    interrupted(tmp_path)
    (tmp_path / "page").write_text("mine")
    (journal,) = (tmp_path / ".bulletin").glob("journal-*.msgpack")
    content = journal.read_bytes()
    assert b"\xa4page" in content
    journal.write_bytes(content.replace(b"\xa4page", b"\xa7../page"))
    publish(tmp_path, NEW)
    assert (tmp_path / "page").read_text() == "mine"


def test_an_apply_that_fails_half_way_is_finished_by_the_next_run(tmp_path: Path) -> None:
    publish(tmp_path, OLD)

    def fail_at_home(step: str) -> None:
        if step == "write index.html":
            raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication,
    ):
        for file in publication.outdated(plan_of(NEW)):
            publication.stage(OutputFile(file.path, NEW[file.path].encode()))
        publication.apply(on_step=fail_at_home)
    assert (tmp_path / "output/index.html").read_text() == "old home"
    assert finish_interrupted(tmp_path)
    assert published(tmp_path) == NEW


PUBLISH_FOR_EVER = """
import sys
from pathlib import Path
from tests.support.publishing import publish
root = Path(sys.argv[1])
print("begun", flush=True)
for version in range(1000):
    publish(root, {f"issue/{number}/index.html": f"{version} " * 500 for number in range(version % 2, 300)})
"""


def test_killed_at_random_moments_every_file_is_whole(tmp_path: Path, repository: Path) -> None:
    chance = random.Random(20240722)
    command = [sys.executable, "-c", PUBLISH_FOR_EVER, str(tmp_path)]
    for _ in range(6):
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=repository) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0.05, 0.4))
            process.send_signal(signal.SIGKILL)
        for text in published(tmp_path).values():
            assert len(set(text.split())) == 1
            assert len(text.split()) == 500
        finish_interrupted(tmp_path)
        versions = {text.split()[0] for text in published(tmp_path).values()}
        assert len(versions) <= 1
    publish(tmp_path, NEW)
    assert published(tmp_path) == NEW
