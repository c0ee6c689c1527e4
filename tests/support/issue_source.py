"""Labelled issues: one written source → the raw file a newsroom might have, and the truth about it.

A source (tests/quality/sources/<case>.txt) is a text of clean articles. Its first lines, ``% key value``, say
what the raw file is called and which damage is done to it, in order. After ``@`` an article begins. A line
may begin with a mark; without one it is a paragraph:

    F: line of page furniture      COL: column label      K: kicker    T: headline    S: subtitle
    UNDER: byline line under the headline                 H: subhead   CAP: caption   L: list item
    V: line of verse (lines that follow each other are a stanza)       TB: line of a table
    TAIL: byline at the end of the last paragraph         OWN: byline on a line of its own at the end
    BY: the byline an editor would enter                  KIND: author or source (default author)

``python -m tests.support.issue_source`` writes raw files and truths anew.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import damage
from tests.support.damage import Block, Damaged, Record

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tests" / "quality" / "sources"
CASES = ROOT / "tests" / "quality" / "issues"

_MARK = re.compile(r"(F|COL|K|T|S|UNDER|H|CAP|L|V|TB|TAIL|OWN|BY|KIND): ?(.*)")
_HEAD_KEYS = {"K": "kicker", "T": "title", "S": "subtitle"}
_BODY_KINDS = {"CAP": "caption", "L": "list", "V": "verse", "TB": "table"}
_STANDING = ("verse", "table")


@dataclass(slots=True)
class SourceArticle:
    """A clean article as it was written; `printed` are its blocks in the order of the page."""

    settings: dict[str, str]
    entry: dict[str, str] = field(default_factory=dict)
    body: list[dict[str, Any]] = field(default_factory=list)
    printed: list[Block] = field(default_factory=list)
    tail: str = ""
    own: str = ""


@dataclass(slots=True)
class IssueSource:
    settings: dict[str, str] = field(default_factory=dict)
    acts: list[str] = field(default_factory=list)
    articles: list[SourceArticle] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LabelledIssue:
    """`pages` are the raw files (name within the raw folder, or "" for a single file, and text)."""

    case: str
    raw_path: str
    encoding: str
    pages: tuple[tuple[str, str], ...]
    truth: dict[str, Any]


def parse_source(text: str) -> IssueSource:
    """Return the issue as written, before any damage; ValueError names a line that has no place."""
    source = IssueSource()
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            _take_line(source, line)
        except (IndexError, KeyError) as mistake:
            raise ValueError(f"line {number}: no article is open, or the line is wrong: {line}") from mistake
    for article in source.articles:
        _close_article(source, article)
    source.blocks = [block for block in source.blocks if block.text]
    return source


def _take_line(source: IssueSource, line: str) -> None:
    if line.startswith("% "):
        key, _, value = line[2:].partition(" ")
        if key == "damage":
            source.acts.append(value)
        else:
            source.settings[key] = value
    elif line.startswith("@"):
        source.articles.append(SourceArticle(dict(pair.split("=", 1) for pair in line[1:].split())))
        source.blocks.append(Block("", len(source.articles) - 1))
    elif line.startswith("F:"):
        source.blocks.append(Block(line[2:].lstrip("+ "), role="page", follows=line.startswith("F:+")))
    elif line.strip():
        _take_article_line(source.articles[-1], len(source.articles) - 1, line)
    elif source.articles and source.articles[-1].body and source.articles[-1].body[-1].get("kind") == "verse":
        source.articles[-1].body[-1]["closed"] = True


def _take_article_line(article: SourceArticle, place: int, line: str) -> None:
    mark = _MARK.fullmatch(line)
    kind, text = (mark[1], mark[2].rstrip()) if mark else ("", line.rstrip())
    if kind in _HEAD_KEYS:
        article.entry[_HEAD_KEYS[kind]] = text.strip("— ")
        article.printed.append(Block(text, place, role="head"))
    elif kind == "COL":
        article.entry["column"] = text.strip("（）【】()[]■●◆▲ ")
        article.printed.append(Block(text, place, role="head"))
    elif kind == "UNDER":
        article.printed.append(Block(text, place, role="byline"))
    elif kind in ("TAIL", "OWN", "BY", "KIND"):
        names = {"TAIL": "tail", "OWN": "own"}
        if kind in names:
            setattr(article, names[kind], text)
        else:
            article.entry["byline" if kind == "BY" else "byline_kind"] = text
    else:
        _take_body(article, place, kind, text)


def _take_body(article: SourceArticle, place: int, kind: str, text: str) -> None:
    body = article.body
    named = _BODY_KINDS.get(kind, "")
    goes_on = (
        named in _STANDING and bool(body) and body[-1].get("kind") == named and not body[-1].get("closed")
    )
    if goes_on:
        body[-1]["text"] += "\n" + text
        article.printed[-1] = Block(body[-1]["text"], place, len(body) - 1, role="fixed")
        return
    entry: dict[str, Any] = {"type": "h" if kind == "H" else "p", "text": text}
    if named:
        entry["kind"] = named
    body.append(entry)
    role = "h" if kind == "H" else "fixed" if named in _STANDING else "p"
    article.printed.append(Block(text, place, len(body) - 1, role=role))


def _close_article(source: IssueSource, article: SourceArticle) -> None:
    """Put the article's blocks where its ``@`` stood, with the byline at its end."""
    for entry in article.body:
        entry.pop("closed", None)
    if article.tail:
        last = article.printed[-1]
        article.printed[-1] = Block(last.text + article.tail, last.article, last.part, role=last.role)
    if article.own:
        article.printed.append(Block(article.own, article.printed[0].article, role="byline"))
    place = next(n for n, block in enumerate(source.blocks) if not block.text)
    source.blocks[place : place + 1] = article.printed


def label_issue(case: str, text: str) -> LabelledIssue:
    """Return the raw text of a source after its damage, and the truth in the form of truth.json."""
    source = parse_source(text)
    damaged = _do_damage(source)
    settings = source.settings
    raw_path = settings.get("raw", "")
    folder = bool(raw_path) and not raw_path.endswith(".txt")
    pages = _split_pages(damaged.blocks) if folder else (("", damaged.blocks),)
    texts = tuple((name, damage.render_blocks(blocks)) for name, blocks in pages)
    truth: dict[str, Any] = {
        "case": case,
        "profile": settings.get("profile", "clean"),
        "flavour": settings.get("flavour", "bulletin"),
        "style": settings.get("style", "local_tail"),
        "lang": settings.get("lang", "zh"),
        "encoding": settings.get("encoding", "utf-8"),
        "issue": {"date": settings.get("date", ""), "paper": settings.get("paper", "")},
    }
    if raw_path:
        truth["raw"] = raw_path
    truth["articles"] = [_truth_of(article) for article in source.articles]
    _add_losses(truth["articles"], damaged.records)
    for article in truth["articles"]:
        article["paragraphs"] = [block["text"] for block in article["blocks"] if block["type"] == "p"]
        article["subheads"] = [block["text"] for block in article["blocks"] if block["type"] == "h"]
    _add_starts(truth["articles"], pages)
    page_blocks = [block for _, blocks in pages for block in blocks if block.role == "page"]
    truth["furniture"] = [line for block in page_blocks for line in block.text.split("\n")]
    truth["damage"] = [*damaged.records, *_encoding_record(truth["encoding"])]
    return LabelledIssue(case, raw_path, truth["encoding"], texts, truth)


def _truth_of(article: SourceArticle) -> dict[str, Any]:
    entry = {"title": "", "kicker": "", "subtitle": "", "byline": "", "byline_accept": []} | article.entry
    if entry["byline"] and "byline_kind" not in entry:
        entry["byline_kind"] = "author"
    if "page" in article.settings:
        entry["page"] = article.settings["page"]
    return entry | {"blocks": article.body, "gaps": []}


def _do_damage(source: IssueSource) -> Damaged:
    """Run the acts in their order; an act reads like ``splice seed=3 host=0 donor=2 orphan=1``."""
    blocks, records = tuple(source.blocks), tuple[Record, ...]()
    for act in source.acts:
        name, *pairs = act.split()
        arguments = {key: int(value) for key, value in (pair.split("=") for pair in pairs)}
        done: Damaged = getattr(damage, name)(blocks, **arguments)
        if not done.records:
            raise ValueError(f"no place was found for: {act}")
        blocks, records = done.blocks, records + done.records
    return Damaged(blocks, records)


def _add_losses(articles: Sequence[dict[str, Any]], records: Sequence[Record]) -> None:
    for record in records:
        if record["op"] != "splice":
            continue
        host, donor = articles[record["host"]], articles[record["donor"]]
        if record["orphan"]:
            last = donor["blocks"][record["donor_blocks"][-1]]
            last |= {"text": last["text"][: record["kept"]], "truncated": True}
        if record["lost"]:
            block, at = host["blocks"][record["host_block"]], record["at"]
            block["text"] = block["text"][:at] + block["text"][at + len(record["lost"]) :]
            before = host["blocks"][: record["host_block"]]
            paragraph = sum(other["type"] == "p" for other in before)
            host["gaps"].append({"paragraph": paragraph, "offset": at})


def _split_pages(blocks: Sequence[Block]) -> tuple[tuple[str, Sequence[Block]], ...]:
    """Return one file per page: a page begins at a furniture line that says 第N版."""
    pages: list[list[Block]] = []
    for block in blocks:
        turns = block.role == "page" and re.search(r"第\S{1,2}版", block.text)
        if not pages or (turns and any(other.role != "page" for other in pages[-1])):
            pages.append([])
        pages[-1].append(block)
    return tuple((f"{number:02}.txt", page) for number, page in enumerate(pages, start=1))


def _add_starts(articles: Sequence[dict[str, Any]], pages: Sequence[tuple[str, Sequence[Block]]]) -> None:
    """Write where each article begins: block (from 0) and line (from 1) of its raw file."""
    for name, blocks in pages:
        line, number = 1, -1
        for place, block in enumerate(blocks):
            line += 0 if place == 0 or block.follows else 1
            number += not block.follows
            if block.article >= 0 and "start_line" not in articles[block.article]:
                articles[block.article] |= {"start_block": number, "start_line": line}
                articles[block.article] |= {"file": name} if name else {}
            line += block.text.count("\n") + 1


def _encoding_record(encoding: str) -> list[Record]:
    return [] if encoding == "utf-8" else [{"op": "encoding", "to": encoding}]


def write_labelled_issue(issue: LabelledIssue) -> None:
    folder = CASES / issue.case
    folder.mkdir(parents=True, exist_ok=True)
    raw = ROOT / issue.raw_path if issue.raw_path else folder / "raw.txt"
    for name, text in issue.pages:
        path = raw / name if name else raw
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(issue.encoding))
    truth = json.dumps(issue.truth, ensure_ascii=False, indent=1) + "\n"
    (folder / "truth.json").write_text(truth, encoding="utf-8")


def load_labelled_issues() -> list[LabelledIssue]:
    return [
        label_issue(path.stem, unicodedata.normalize("NFC", path.read_text("utf-8")))
        for path in sorted(SOURCES.glob("*.txt"))
    ]


if __name__ == "__main__":
    for labelled in load_labelled_issues():
        write_labelled_issue(labelled)
        articles = labelled.truth["articles"]
        size = sum(len(paragraph) for article in articles for paragraph in article["paragraphs"])
        print(f"{labelled.case}: {len(articles)} articles, {size} characters")
