"""Addresses of articles, issues and pages, and the old addresses that lead to them."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath

from generator.catalog.entries import ArticleEntry

SlugOf = Callable[[str], str]
"""Turns any text into a slug; the caller keeps the results so that nothing is worked out twice."""

_DATED_ID = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_NUMBERED_NAME = re.compile(r"\d+-(?=.)")


def issue_id_of(entry: ArticleEntry, slug_of: SlugOf) -> str:
    """Return the id of the article's issue: what its head says, else its folder; "" for none."""
    named = entry.outline.issue or entry.folder
    return slug_of(named) if named else ""


def article_slug(entry: ArticleEntry, slug_of: SlugOf) -> str:
    """Return the head's slug, or else the file name without its leading number."""
    if entry.outline.slug:
        return entry.outline.slug
    stem = PurePosixPath(entry.path).stem
    return slug_of(_NUMBERED_NAME.sub("", stem, count=1))


def date_of_id(issue_id: str) -> date | None:
    """Return the date an issue's id begins with."""
    match = _DATED_ID.match(issue_id)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def issue_url(issue_id: str) -> str:
    return f"/issues/{issue_id}/"


def article_url(issue_id: str, slug: str) -> str:
    return f"/issues/{issue_id}/{slug}/" if issue_id else f"/articles/{slug}/"


def page_url(slug: str) -> str:
    return f"/pages/{slug}/"


def alias_url(alias: str, url: str) -> str:
    """Return the old address an alias stands for, or "" when it is no safe path.

    ``/old/path/`` is meant from the site's root, ``old-slug`` beside the present address `url`.
    """
    target = alias if alias.startswith("/") else f"{PurePosixPath(url).parent}/{alias}"
    segments = [segment for segment in target.split("/") if segment]
    if not segments or any(segment in (".", "..") or _unsafe(segment) for segment in segments):
        return ""
    path = "/" + "/".join(segments)
    return path if path.endswith((".html", ".htm")) else path + "/"


def _unsafe(segment: str) -> bool:
    return any(character in segment for character in '\\:*?"<>|#%') or not segment.isprintable()
