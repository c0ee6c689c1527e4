"""Reading content: files → entries for the catalogue and rendered texts, each text once.

What a file says depends on its bytes alone, so it is kept in the store under their digest.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from generator.catalog import ArticleEntry, IssueEntry, PageEntry, Terms
from generator.content import ContentFile, ContentListing, load_bytes, parse_article, parse_issue, parse_page
from generator.diagnostics import BulletinError, Diagnostic
from generator.language import content_terms, dictionary_words, split_sentences
from generator.markup import render_markdown
from generator.model import ArticleHead, Issue, RenderedText, TextFacts
from generator.pipeline.known_files import KnownFiles
from generator.pipeline.workers import map_on_cores
from generator.store import Store

TEXTS = "text"
WORDS = "words"
WORD_BREAK = "\x1f"

MANY = 32
"""Files from which on jieba's tables are loaded before the workers are forked."""

# How much the parts of the front matter say of what an article is about; the first keyword counts 1.
TOPIC_WEIGHT = 0.4
PAIR_WEIGHT = 0.4
PLACE_WEIGHT = 0.5
NAME_WEIGHT = 0.8
# Numbers in headlines say nothing of what an article is about.
_PAIR = re.compile(r"(?=((?![〇一二三四五六七八九十百千万亿两]{2})[\u4e00-\u9fff]{2}))")

LEAD_LENGTH = 120
"""Characters of the first sentence that stand for a summary where there is none."""


class ArticleReading(msgspec.Struct, frozen=True, gc=False):
    """What is kept of an article besides its text."""

    head: ArticleHead
    lead: str
    terms: tuple[tuple[str, float], ...]
    facts: TextFacts


class IssueReading(msgspec.Struct, frozen=True, gc=False):
    issue: Issue


class PageReading(msgspec.Struct, frozen=True, gc=False):
    title: str
    slug: str
    summary: str
    order: int
    aliases: tuple[str, ...]
    is_draft: bool
    extra: dict[str, Any]
    facts: TextFacts


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything content/ says. Files that could not be read are problems, not entries; `unread` are the
    paths of the articles and pages among them.
    """

    articles: tuple[ArticleEntry, ...]
    issues: tuple[IssueEntry, ...]
    pages: tuple[PageEntry, ...]
    unread: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file read now: digest of its bytes, what it says, its text (None for an issue), its words (packed;
    None where nobody asks for them)."""

    digest: str
    reading: Any
    text: RenderedText | None = None
    words: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the files of one site. `allow_html` is site.toml's; `with_words`: the search will ask for the
    words of new articles; `started_ns` is when the build began.
    """

    root: Path
    store: Store
    known: KnownFiles
    allow_html: bool
    with_words: bool
    started_ns: int
    jobs: int

    def read_issues(self, listing: ContentListing) -> tuple[list[IssueEntry], list[Diagnostic]]:
        read = partial(_read_issue, self.root)
        found, problems = self._read("issue", IssueReading, listing.issues, read)
        return [
            IssueEntry(path, digest, folder_of(path), reading.issue) for path, digest, reading in found
        ], problems

    def read_all(self, listing: ContentListing, *, with_drafts: bool, advance: Any) -> Readings:
        issues, problems = self.read_issues(listing)
        articles, article_problems = self.read_articles(listing, advance)
        pages, page_problems = self.read_pages(listing)
        read = {entry.path for entry in articles} | {entry.path for entry, _ in pages}
        return Readings(
            tuple(entry for entry in articles if with_drafts or not entry.head.draft),
            tuple(issues),
            tuple(entry for entry, is_draft in pages if with_drafts or not is_draft),
            frozenset(file.path for file in (*listing.articles, *listing.pages) if file.path not in read),
            (*problems, *article_problems, *page_problems),
        )

    def read_articles(
        self, listing: ContentListing, advance: Any
    ) -> tuple[list[ArticleEntry], list[Diagnostic]]:
        read = partial(_read_article, self.root, self.allow_html, self.with_words)
        found, problems = self._read(self._space("article"), ArticleReading, listing.articles, read, advance)
        return [
            ArticleEntry(
                path, digest, folder_of(path), reading.head, reading.lead, reading.terms, reading.facts
            )
            for path, digest, reading in found
        ], problems

    def terms_of(self, digest: str) -> Terms | None:
        """The terms of an article by the digest of its file, None when the store does not know it."""
        found = self.store.recall(self._space("article"), (digest,), ArticleReading)
        return found[digest].terms if digest in found else None

    def read_pages(self, listing: ContentListing) -> tuple[list[tuple[PageEntry, bool]], list[Diagnostic]]:
        read = partial(_read_page, self.root, self.allow_html)
        found, problems = self._read(self._space("page"), PageReading, listing.pages, read)
        return [
            (
                PageEntry(
                    path,
                    digest,
                    reading.title,
                    reading.slug,
                    reading.summary,
                    reading.order,
                    reading.aliases,
                    reading.extra,
                    reading.facts,
                ),
                reading.is_draft,
            )
            for path, digest, reading in found
        ], problems

    def _space(self, name: str) -> str:
        return text_space(name, self.allow_html)

    def _read(
        self,
        namespace: str,
        kind: Any,
        files: Sequence[ContentFile],
        read: Callable[[str], ReadFile],
        advance: Any = None,
    ) -> tuple[list[tuple[str, str, Any]], list[Diagnostic]]:
        digests, unread = self.known.split(files)
        recalled = self.store.recall(namespace, digests.values(), kind)
        missing = [file for file in files if file.path in digests and digests[file.path] not in recalled]
        problems: list[Diagnostic] = []
        waiting = unread + missing
        if self.with_words and namespace != "issue" and len(waiting) >= MANY:
            dictionary_words("预热")  # jieba's tables are loaded once, before the workers are forked
        results = map_on_cores(partial(_attempt, read), [file.path for file in waiting], self.jobs, 16, 32)
        for number, (file, result) in enumerate(zip(waiting, results, strict=True), start=1):
            if isinstance(result, BulletinError):
                problems += result.diagnostics
                digests.pop(file.path, None)
                continue
            digests[file.path] = result.digest
            self.known.note(file, result.digest, self.started_ns)
            self.store.keep(namespace, {result.digest: result.reading})
            if result.text is not None:
                self.store.keep(self._space(TEXTS), {result.digest: result.text})
            if result.words is not None:
                self.store.put(WORDS, result.digest, result.words)
            if advance and number % 64 == 0:
                advance("reading", number, len(waiting))
        # New values take the same way as kept ones, so that both are equal in every detail.
        fresh = [digests[file.path] for file in waiting if file.path in digests]
        recalled |= self.store.recall(namespace, fresh, kind)
        return [
            (file.path, digests[file.path], recalled[digests[file.path]])
            for file in files
            if digests.get(file.path) in recalled
        ], problems


def text_space(name: str, allow_html: bool) -> str:
    """The store's namespace for texts rendered under this setting."""
    return f"{name}-html" if allow_html else name


def folder_of(path: str) -> str:
    """The folder below content/articles a file lies in, "" for none."""
    parts = PurePosixPath(path).parts
    return parts[2] if len(parts) > 3 else ""


def _attempt(read: Callable[[str], ReadFile], path: str) -> ReadFile | BulletinError:
    try:
        return read(path)
    except BulletinError as failure:
        return failure


def _read_article(root: Path, allow_html: bool, with_words: bool, path: str) -> ReadFile:
    file = parse_article(load_bytes(root, path), path)
    head = file.article.head
    text = render_markdown(file.article.body_markdown, allow_html=allow_html, path=path)
    words = _words(head.title, text.plain_text) if with_words or not head.keywords else []
    terms = terms_of_head(head) if head.keywords else content_terms(head.title, words)
    reading = ArticleReading(head, _lead(text.plain_text), terms, facts_of(text))
    return ReadFile(file.digest, reading, text, _pack(words) if with_words else None)


def pack_words(title: str, plain_text: str) -> bytes:
    """Cut title and text into words; joined by WORD_BREAK."""
    return _pack(_words(title, plain_text))


def _words(title: str, plain_text: str) -> list[str]:
    return dictionary_words(f"{title}\n{plain_text}")


def _pack(words: Sequence[str]) -> bytes:
    return WORD_BREAK.join(words).encode("utf-8", "surrogatepass")


def _read_issue(root: Path, path: str) -> ReadFile:
    file = parse_issue(load_bytes(root, path), path)
    return ReadFile(file.digest, IssueReading(replace(file.issue, converted=())))


def _read_page(root: Path, allow_html: bool, path: str) -> ReadFile:
    file = parse_page(load_bytes(root, path), path)
    text = render_markdown(file.body_markdown, allow_html=allow_html, path=path)
    reading = PageReading(
        file.title,
        file.slug,
        file.summary,
        file.order,
        file.aliases,
        file.draft,
        dict(file.extra),
        facts_of(text),
    )
    return ReadFile(file.digest, reading, text)


def facts_of(text: RenderedText) -> TextFacts:
    return TextFacts(len(text.plain_text), text.links, text.images, text.anchors)


def _lead(plain_text: str) -> str:
    """The first sentence, cut where it is long."""
    first = next(iter(split_sentences(plain_text.partition("\n")[0][: 2 * LEAD_LENGTH])), "")
    return first if len(first) <= LEAD_LENGTH else first[: LEAD_LENGTH - 1] + "…"


def terms_of_head(head: ArticleHead) -> tuple[tuple[str, float], ...]:
    """What the front matter says an article is about, as weighted terms: its keywords, the first most of all,
    the names in it, its topics, and the pairs of characters in its headline."""
    terms = {f"topic {name}": TOPIC_WEIGHT for name in head.topics}
    terms |= dict.fromkeys(_PAIR.findall(head.title), PAIR_WEIGHT)
    terms |= dict.fromkeys(head.places, PLACE_WEIGHT)
    terms |= dict.fromkeys((*head.people, *head.organisations), NAME_WEIGHT)
    terms |= {word: round(1 / (1 + place / 8), 4) for place, word in enumerate(head.keywords)}
    return tuple(terms.items())
