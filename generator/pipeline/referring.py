"""Texts that refer to pages and pictures, and where in their files they do."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from generator.content import load_bytes
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan
from generator.model import Site, SiteIssue, TextFacts

_QUOTED = re.compile(r'"([^"]+)"')
_SIGNS_OF_REFERENCES = ("](", "]:", "<")


class ReferringText(msgspec.Struct, frozen=True):
    """An article, a page or an editor's note with links or pictures: its file, the page that shows it."""

    path: str
    url: str
    facts: TextFacts


def referring_texts(site: Site, *, allow_html: bool) -> Iterator[ReferringText]:
    for place in site.columns.referring:
        article = site.articles[place]
        yield ReferringText(article.path, article.url, article.facts)
    for page in site.pages:
        if page.facts.links or page.facts.images:
            yield ReferringText(page.path, page.url, page.facts)
    for issue in site.issues:
        note = issue.issue.note_markdown
        if any(sign in note for sign in _SIGNS_OF_REFERENCES):
            path = note_path(issue)
            from generator.markup import render_markdown
            from generator.pipeline.file_reading import facts_of

            facts = facts_of(render_markdown(note, allow_html=allow_html, path=path))
            yield ReferringText(path, issue.url, facts)


def note_path(issue: SiteIssue) -> str:
    """The file an issue's note stands in."""
    return f"content/articles/{issue.issue.id}/issue.md"


class Places(msgspec.Struct, frozen=True):
    """Finds the line of a file on which something is written. A file is read when first asked for."""

    root: Path
    _lines: dict[str, list[str]] = msgspec.field(default_factory=dict)

    def span(self, path: str, written: str) -> SourceSpan:
        """Return the first line of the file at `path` that holds `written`; the whole file if none does."""
        if path not in self._lines:
            self._lines[path] = self._load(path)
        forms = {written, unquote(written)} - {""}
        for number, line in enumerate(self._lines[path], start=1):
            if any(form in line for form in forms):
                return SourceSpan(path, number)
        return SourceSpan(path)

    def locate(self, problem: Diagnostic) -> Diagnostic:
        """The problem of a file with the line on which the words stand that its message quotes first."""
        quoted = _QUOTED.search(problem.message)
        if problem.span is None or problem.span.line or not quoted:
            return problem
        return replace(problem, span=self.span(problem.span.path, quoted[1]))

    def _load(self, path: str) -> list[str]:
        try:
            return load_bytes(self.root, path).decode("utf-8", "replace").splitlines()
        except BulletinError:
            return []
