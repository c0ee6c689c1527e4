"""Commands as people wait for them, and the speed of conversion."""

import shutil
import statistics
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.build.corpus import CorpusArticle, make_articles
from benchmarks.build.processes import run
from benchmarks.build.sides import bulletin_command
from benchmarks.build.sites import TITLE, configure, settle

ROOT = Path(__file__).resolve().parents[2]
HELP = "bulletin --help, wall s"
SAMPLE = "bulletin build of the sample, nothing changed, wall s"
CONVERT = "convert, characters per second and core after start-up"
GROWTH = "convert, cost of a character in 4 times as many issues"
ISSUES = 20
FACTORS = (0, 1, 4)
"""So many times `ISSUES`, and one more, are converted: one alone tells what the start costs."""


def measure_commands(work: Path, rounds: int) -> dict[str, float]:
    sample = _lay_out_sample(work / "sample")
    build = bulletin_command("--site", ".", "build", "--quiet")
    run(build, sample)
    speed, growth = _measure_conversion(work, rounds)
    return {
        HELP: _median_wall(bulletin_command("--help"), work, rounds),
        SAMPLE: _median_wall(build, sample, rounds),
        CONVERT: speed,
        GROWTH: growth,
    }


def format_raw_issue(articles: Sequence[CorpusArticle]) -> str:
    """The issue as a newsroom hands it in: headlines and paragraphs, one to a line."""
    first = articles[0]
    lines = [
        f"{TITLE}　{first.date.year}年{first.date.month}月{first.date.day}日　第{first.issue_number}期",
        "",
    ]
    for article in articles:
        *paragraphs, last = (paragraph.removeprefix("## ") for paragraph in article.paragraphs)
        lines += [article.title, "", *paragraphs, f"{last}（{article.byline}）", ""]
    return "\n".join(lines)


def _lay_out_sample(root: Path) -> Path:
    root.mkdir()
    shutil.copy(ROOT / "site.toml", root)
    shutil.copytree(ROOT / "content", root / "content")
    settle(root)
    # Raw issues become articles first; those are an hour old when the measured build begins.
    run(bulletin_command("--site", ".", "convert", "--quiet"), root)
    settle(root / "content")
    return root


def _median_wall(command: Sequence[str], folder: Path, rounds: int) -> float:
    run(command, folder)
    return statistics.median(run(command, folder).wall for _ in range(max(rounds, 5)))


def _measure_conversion(work: Path, rounds: int) -> tuple[float, float]:
    """Return characters per second, and how much more a character costs in 4 times as many issues.

    Both are of medians: the processor's speed changes from second to second.
    """
    command = bulletin_command("--site", ".", "convert", "--quiet", "--jobs", "1")
    roots = [work / f"convert-{factor}" for factor in FACTORS]
    characters = [
        _lay_out_raw(root, 1 + factor * ISSUES) for root, factor in zip(roots, FACTORS, strict=True)
    ]
    costs: list[list[float]] = [[] for _ in roots]
    for _ in range(max(rounds, 1)):
        for root, found in zip(roots, costs, strict=True):
            for made in ("content/articles", ".bulletin"):
                shutil.rmtree(root / made, ignore_errors=True)
            found.append(run(command, root).cpu)
    seconds = list(map(statistics.median, costs))
    small = (seconds[1] - seconds[0]) / (characters[1] - characters[0])
    large = (seconds[2] - seconds[0]) / (characters[2] - characters[0])
    return 1 / large, large / small


def _lay_out_raw(root: Path, issues: int) -> int:
    raw = root / "content" / "raw"
    raw.mkdir(parents=True)
    shutil.copy(ROOT / "content" / "topics.toml", root / "content")
    configure(root, "default", "off")
    characters = 0
    for day, articles in groupby(make_articles(issues * 8), lambda article: article.date):
        text = format_raw_issue(list(articles))
        (raw / f"{day}.txt").write_text(text, encoding="utf-8")
        characters += len(text)
    return characters
