"""Conversion on labelled issues: floors that only rise, and nothing done to text that is unharmed."""

import hashlib
import importlib.util
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.content import format_article
from tests.support.converting import characters, kept_text
from tests.support.issue_source import CASES, ROOT, load_labelled_issues
from tests.support.scoring import convert_path, mean, score

pytestmark = [
    pytest.mark.quality,
    # The third-party tool leaves its files to be closed by the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
OWN = sorted(path.parent.name for path in CASES.glob("*/truth.json"))
_TOUCHING = ("column-break", "splice", "orphan", "duplicate", "hard-wrap")


def _truth(case: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((CASES / case / "truth.json").read_text("utf-8"))
    return truth


def _raw(case: str) -> Path:
    return ROOT / _truth(case)["raw"]


@cache
def _scores() -> dict[str, dict[str, float]]:
    return {case: score(_truth(case), convert_path(_raw(case))) for case in OWN}


def _below(reached: dict[str, float], floors: dict[str, Any]) -> list[str]:
    return [
        f"{name}: {reached[name]:.3f} is below {floor}"
        for name, floor in floors.items()
        if name != "digest" and name in reached and reached[name] < floor - 0.0005
    ]


def _digest(files: Iterator[Path]) -> str:
    joined = hashlib.blake2b(digest_size=8)
    for file in sorted(files):
        joined.update(file.read_bytes())
    return joined.hexdigest()


def test_the_labelled_issues_are_written_from_their_sources() -> None:
    for issue in load_labelled_issues():
        assert _truth(issue.case) == json.loads(json.dumps(issue.truth)), issue.case
        raw = _raw(issue.case)
        for name, text in issue.pages:
            assert (raw / name if name else raw).read_bytes() == text.encode(issue.encoding), issue.case


def test_the_floors_were_set_on_these_labelled_issues() -> None:
    assert _digest(CASES.glob("*/truth.json")) == FLOORS["own"]["digest"], (
        "look at the figures, then write the digest"
    )


def test_the_labelled_issues_reach_their_floors() -> None:
    assert _below(mean(list(_scores().values())), FLOORS["own"]) == []


@pytest.mark.parametrize("case", OWN)
def test_no_character_of_a_labelled_issue_is_lost(case: str) -> None:
    raw = _raw(case)
    files = sorted(raw.glob("*.txt")) if raw.is_dir() else [raw]
    encoding = _truth(case)["encoding"]
    text = "\n".join(file.read_bytes().decode(encoding) for file in files)
    assert characters(text) - characters(kept_text(convert_path(raw))) == {}


@pytest.mark.parametrize("case", [case for case in OWN if not _truth(case)["damage"]])
def test_nothing_is_repaired_in_an_unharmed_labelled_issue(case: str) -> None:
    record = convert_path(_raw(case)).record
    assert [repair for repair in record.repairs if repair.kind in _TOUCHING] == []


def test_two_conversions_of_an_issue_are_equal() -> None:
    assert convert_path(_raw(OWN[0])) == convert_path(_raw(OWN[0]))


def _tool(shared: Path) -> ModuleType:
    path = shared / "tools" / "score_ingest.py"
    specification = importlib.util.spec_from_file_location("score_ingest", path)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _measure(shared: Path, case: Path, folder: Path) -> dict[str, Any]:
    tool = _tool(shared)
    folder.mkdir(parents=True)
    for article in convert_path(case / "raw.txt").articles:
        (folder / f"{article.head.order:02}.md").write_bytes(format_article(article))
    keys = {**tool.KEYS, "byline": "byline"}  # here `source` names lines of the raw file, not a paper
    made = tool.read_dir(str(folder), keys, tool.IGNORE)
    scored: dict[str, Any] = tool.score_case(json.loads((case / "truth.json").read_text("utf-8")), made)
    return scored


@pytest.mark.parametrize("profile", ["clean", "seedlike", "pdf", "hard"])
def test_third_party_issues_reach_the_floors_of_their_profile(
    profile: str, shared: Path, tmp_path: Path
) -> None:
    cases = sorted((shared / "issues" / "dev").glob(f"{profile}-*"))
    measured = [_measure(shared, case, tmp_path / case.name) for case in cases]
    scores = [{name: value for name, value in one.items() if isinstance(value, float)} for one in measured]
    assert _below(mean(scores), FLOORS[profile]) == []


def test_the_example_issue_is_right_in_every_column(shared: Path, tmp_path: Path) -> None:
    measured = _measure(shared, shared / "issues" / "xishan-2024", tmp_path / "out")
    columns = _tool(shared).COLS
    assert {name: measured[name] for name in columns if measured[name] not in (None, 1.0)} == {}


def test_nothing_is_repaired_in_unharmed_third_party_issues(shared: Path) -> None:
    wrong = [
        (case.name, repair.kind, repair.before)
        for case in sorted((shared / "issues" / "dev").glob("clean-*"))
        for repair in convert_path(case / "raw.txt").record.repairs
        if repair.kind in _TOUCHING
    ]
    assert wrong == []
