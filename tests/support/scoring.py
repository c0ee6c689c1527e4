"""How close converted articles come to a truth.json: shares from 0 to 1, one set for each labelled issue."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.convert import ConversionSettings, convert_issue, read_raw_file
from generator.model import ConvertedIssue, RawIssue
from tests.support.converting import LATEST, plain_body

_LEAD = re.compile(
    r"^(?:本报讯|本报[^，。（）：]{1,16}?电|据?新华社[^，。（）：]{1,20}?电)(?:\s*\([^()]{2,60}\))?:?"
)


def convert_path(path: Path) -> ConvertedIssue:
    """Convert a raw file, or a folder of them."""
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    raw = RawIssue(
        path.stem, tuple(read_raw_file(f"content/raw/{file.name}", file.read_bytes()) for file in files)
    )
    return convert_issue(raw, ConversionSettings(latest=LATEST))


def score(truth: Mapping[str, Any], issue: ConvertedIssue) -> dict[str, float]:
    """Return the share of heads, paragraphs and whole articles that are right, over those in the truth."""
    made = [_made(article) for article in issue.articles]
    right: Counter[str] = Counter()
    total: Counter[str] = Counter(articles=max(len(made), len(truth["articles"])))
    for wanted in map(_wanted, truth["articles"]):
        found = max(made, key=lambda one: len(one["text"] & wanted["text"]), default=None)
        if found is not None and found["text"] & wanted["text"]:
            made.remove(found)
        else:
            found = _NOTHING
        _compare(wanted, found, right, total)
    return {name: right[name] / total[name] for name in total if total[name]}


def _compare(
    wanted: Mapping[str, Any], found: Mapping[str, Any], right: Counter[str], total: Counter[str]
) -> None:
    for name in ("title", "byline", "kicker", "subtitle"):
        if wanted[name] or found[name]:
            total[name] += 1
            right[name] += wanted[name] == found[name]
    for name in ("paragraphs", "subheads"):
        total[name] += max(len(wanted[name]), len(found[name]))
        right[name] += sum((Counter(wanted[name]) & Counter(found[name])).values())
    right["articles"] += bool(wanted["text"] & found["text"])
    total["complete"] += 1
    right["complete"] += all(
        wanted[name] == found[name]
        for name in ("title", "byline", "kicker", "subtitle", "paragraphs", "subheads")
    )


def _wanted(article: Mapping[str, Any]) -> dict[str, Any]:
    return _sides(
        article["title"],
        article["kicker"],
        article["subtitle"],
        article["byline"],
        article["paragraphs"],
        article["subheads"],
    )


def _made(article: Any) -> dict[str, Any]:
    parts = plain_body(article)
    head = article.head
    return _sides(
        head.title,
        head.kicker,
        head.subtitle,
        "、".join(head.byline),
        [part for part in parts if not part.startswith("## ")],
        [part[3:] for part in parts if part.startswith("## ")],
    )


def _sides(
    title: str, kicker: str, subtitle: str, byline: str, paragraphs: Iterable[str], subheads: Iterable[str]
) -> dict[str, Any]:
    texts = [folded for text in paragraphs if (folded := _fold(text))]
    if texts:
        texts[0] = _LEAD.sub("", texts[0])
        texts[-1] = re.sub(r"(?<=[。！？”])\([^()]{2,40}\)$", "", texts[-1])
    texts = [text for text in texts if text and not re.fullmatch(r"\([^()]{2,40}\)", text)]
    body = "".join(texts)
    return {
        "title": _fold(title).strip("-"),
        "kicker": _fold(kicker).strip("-:"),
        "subtitle": _fold(subtitle).strip("-"),
        "byline": re.sub(r"[、·]", "", _fold(byline)),
        "paragraphs": texts,
        "subheads": [_fold(text) for text in subheads],
        "text": {body[n : n + 12] for n in range(max(1, len(body) - 11))} | {_fold(title)} - {""},
    }


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("—", "-").replace("…", "...")
    return re.sub(r"\s+|[“”\"‘’']", "", re.sub(r"-+", "-", folded))


_NOTHING: Mapping[str, Any] = {
    "title": "", "kicker": "", "subtitle": "", "byline": "", "paragraphs": [], "subheads": [], "text": set()
}  # fmt: skip


def mean(scores: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of each measure over the issues that have it."""
    names = dict.fromkeys(name for one in scores for name in one)
    return {
        name: sum(one[name] for one in scores if name in one) / sum(name in one for one in scores)
        for name in names
    }
