"""Whatever was published before, edited by hand or cut short: the end is the planned site, and nobody's
files are lost."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import BulletinError
from tests.support.publishing import publish, publish_until, published

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")

PATHS = ("index.html", "a", "b/index.html", "b/c/index.html", "d/e", "static/site.css")
TEXTS = ("", "one", "two", "three, longer")


def is_possible(site: dict[str, str]) -> bool:
    return not any(other.startswith(path + "/") for path in site for other in site)


sites = st.dictionaries(st.sampled_from((*PATHS, "b", "a/x", "d")), st.sampled_from(TEXTS)).filter(
    is_possible
)
kills = st.tuples(st.just("kill"), sites, st.integers(0, 20))
publications = st.tuples(st.just("publish"), sites, st.booleans())
edits = st.tuples(st.just("edit"), st.sampled_from(PATHS), st.sampled_from(TEXTS))
deletions = st.tuples(st.just("delete"), st.sampled_from(PATHS), st.none())
state_losses = st.tuples(st.just("lose state"), st.none(), st.none())


@settings(max_examples=60)
@given(
    events=st.lists(st.one_of(kills, publications, edits, deletions, state_losses), max_size=6),
    last=sites,
)
def test_any_sequence_ends_in_the_planned_site(
    events: list[tuple[str, object, object]], last: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        mine = root / "output/zz/mine.txt"
        mine.parent.mkdir(parents=True)
        mine.write_text("mine")
        for event in events:
            happen(root, *event)
        publish_replacing(root, last)
        found = published(root)
        assert found.pop("zz/mine.txt") == "mine"
        assert {path: found[path] for path in last} == last
        publish(root, last)
        assert published(root).keys() - {"zz/mine.txt"} == found.keys()


@settings(max_examples=60)
@given(events=st.lists(st.one_of(kills, publications), max_size=5), last=sites)
def test_without_edits_by_hand_nothing_is_left_of_what_was_published_before(
    events: list[tuple[str, object, object]], last: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for event in events:
            happen(root, *event)
        publish(root, last)
        assert published(root) == last


def happen(root: Path, kind: str, what: object, how: object) -> None:
    if kind == "kill":
        assert isinstance(what, dict) and isinstance(how, int)
        try:
            publish_until(root, what, how)
        except AssertionError:
            return  # it met a foreign file and stopped with a message
    elif kind == "publish":
        assert isinstance(what, dict)
        try:
            publish(root, what, is_pruning=bool(how))
        except BulletinError as failure:
            assert {problem.code for problem in failure.diagnostics} <= {"output-foreign"}
    elif kind == "lose state":
        for path in (root / ".bulletin").glob("*.msgpack"):
            path.unlink()
    else:
        change_by_hand(root / "output" / str(what), how)


def change_by_hand(path: Path, text: object) -> None:
    if path.is_dir() or any(parent.is_file() for parent in path.parents):
        return
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(text))


def publish_replacing(root: Path, site: dict[str, str]) -> None:
    """Publish; where foreign files stand in the way as folders or files of a folder, clear them first."""
    for _ in range(10):
        try:
            publish(root, site, is_clean=True)
            return
        except BulletinError as failure:
            for problem in failure.diagnostics:
                assert problem.code == "output-foreign"
                assert problem.span is not None
                (root / problem.span.path).unlink()
    raise AssertionError("the same files stand in the way again and again")
