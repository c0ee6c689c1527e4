"""Conversion in tests: a raw text as an issue, and an account of where its characters went."""

import datetime
import re
import unicodedata
from collections import Counter

from generator.convert import ConversionSettings, convert_issue, parse_fix
from generator.model import Article, ConvertedIssue, RawFile, RawIssue

LATEST = datetime.date(2026, 12, 31)
_COMMENT = re.compile(r"<!--.*?-->")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&#124;", "|"), ("&#126;", "~"), ("&#58;", ":"), ("&#61;", "="))
# Marks whose width or shape conversion may change; they are accounted for by kind, not by shape.
_MARKS = re.compile(r"[,，.。;；:：?？!！()（）\[\]【】〔〕［］“”‘’\"'·…—–―\-_~～]")


def raw_issue(*texts: str, name: str = "issue") -> RawIssue:
    """Return an issue of one file, or a folder of several."""
    files = [RawFile(f"content/raw/{name}/{n}.txt", text, "utf-8", str(n)) for n, text in enumerate(texts)]
    return RawIssue(name, tuple(files))


def convert(*texts: str, fix: str = "", name: str = "issue") -> ConvertedIssue:
    settings = ConversionSettings(latest=LATEST, fix=parse_fix(fix, "issue.fix.toml") if fix else None)
    return convert_issue(raw_issue(*texts, name=name), settings)


def plain_body(article: Article) -> list[str]:
    """Return the paragraphs of an article as text; subheads keep their ##."""
    text = _COMMENT.sub("", article.body_markdown).replace("  \n", "\n")
    text = _ESCAPED.sub(r"\1", text)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return [part.replace("&amp;", "&") for part in text.strip("\n").split("\n\n") if part]


def characters(text: str) -> Counter[str]:
    """Count the visible characters of a text, marks aside, in their plain width."""
    folded = unicodedata.normalize("NFKC", _MARKS.sub("", text))
    return Counter(
        character
        for character in _MARKS.sub("", folded)
        if not character.isspace() and unicodedata.category(character)[0] not in "CZ" and character != "#"
    )


def kept_text(issue: ConvertedIssue) -> str:
    """Return everything the issue still holds: its articles, and what the record says was left out."""
    parts: list[str] = []
    for article in issue.articles:
        head = article.head
        parts += [head.title, head.kicker, head.subtitle, head.column, *plain_body(article)]
    parts += [removal.text for removal in issue.record.removals]
    return "\n".join(parts)


def lost_characters(*texts: str) -> Counter[str]:
    """Return the visible characters of raw texts that stand nowhere after conversion."""
    return characters("".join(texts)) - characters(kept_text(convert(*texts)))
