"""Paths of a plan: what cannot be a file of the site is said, with the path, before anything is made."""

from collections.abc import Sequence, Set

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.diagnostics import Diagnostic, SourceSpan
from generator.publish import paths
from generator.publish.paths import is_sound, plan_problems


def plan(files: Sequence[str], published: Set[str] = frozenset()) -> list[Diagnostic]:
    return plan_problems(files, [path for path in files if path not in published], SourceSpan)


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "issues/2024-07-22/index.html",
        "..a/b..",
        ".nojekyll",
        ".well-known/x",
        "静态/图.png",
        "a" * 255,
    ],
)
def test_plain_relative_paths_are_sound(path: str) -> None:
    assert is_sound(path)
    assert plan([path]) == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../up.html",
        "a/../b",
        "a/..",
        ".",
        "./a",
        "a/./b",
        "a//b",
        "a/",
        "a\x00b",
        "a\nb",
        "a\\b",
        "a" * 256,
        "期" * 86,
        "\udcff",
        ".bulletin-staging/a",
    ],
)
def test_paths_that_leave_the_folder_or_fit_no_file_system_are_errors(path: str) -> None:
    assert not is_sound(path)
    (problem,) = plan([path, "index.html"])
    assert problem.code == "output-path"
    assert repr(path) in problem.message


def test_one_path_twice_is_a_collision() -> None:
    (problem,) = plan(["a.html", "b.html", "a.html"])
    assert (problem.code, str(problem.span)) == ("output-collision", "a.html")


@pytest.mark.parametrize(
    ("one", "other"), [("A/x.html", "a/X.html"), ("É.html", "e\u0301.html"), ("ß.html", "SS.html")]
)
def test_paths_that_differ_only_by_case_or_composition_are_a_collision(one: str, other: str) -> None:
    (problem,) = plan([one, other])
    assert problem.code == "output-collision"
    assert one in problem.message


@pytest.mark.parametrize("below", ["a/b", "a/b/c/d", "A/b"])
def test_a_file_that_is_also_a_folder_is_a_collision(below: str) -> None:
    (problem,) = plan([below, "a"])
    assert (problem.code, str(problem.span)) == ("output-collision", "a")


def test_every_problem_of_a_plan_is_said() -> None:
    problems = plan(["../a", "b", "b", "c", "c/d"])
    assert [problem.code for problem in problems] == ["output-path", "output-collision", "output-collision"]


names = st.lists(st.sampled_from("aAbc"), min_size=1, max_size=3).map("/".join)


@given(
    before=st.lists(names, unique=True, max_size=5), fresh=st.lists(names, max_size=3), few=st.integers(0, 3)
)
def test_what_was_published_together_changes_nothing_of_what_is_wrong(
    before: list[str], fresh: list[str], few: int
) -> None:
    assume(not plan(before))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "FEW_ENDINGS", few)
        problems = plan([*before, *fresh], set(before))
    assert problems == plan([*before, *fresh])
