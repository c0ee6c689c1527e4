"""Reading one file of content: what is kept of it in the store, ready to be kept.

Loaded when there is something new to read; what was read before is recalled without it.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from generator.catalog import Terms
from generator.content import digest_of, load_bytes, parse_article, parse_issue, parse_page
from generator.diagnostics import BulletinError
from generator.language import split_sentences
from generator.markup import render_markdown
from generator.model import ArticleDetails, ArticleHead, ArticleOutline, Issue, RenderedText, TextFacts
from generator.pipeline.kept import TEXTS, WORD_BREAK, WORDS, PageReading, text_space

# How much the parts of the front matter say of what an article is about; the first keyword counts 1.
TOPIC_WEIGHT = 0.4
PAIR_WEIGHT = 0.4
PLACE_WEIGHT = 0.5
NAME_WEIGHT = 0.8
# Numbers in headlines say nothing of what an article is about.
_PAIR = re.compile(r"(?=((?![〇一二三四五六七八九十百千万亿两]{2})[\u4e00-\u9fff]{2}))")

BRIEF_LENGTH = 120
"""Characters up to which an article is a brief (简讯)."""

LEAD_LENGTH = 120
"""Characters of the first sentence that stand for a summary where there is none."""

_encode = msgspec.msgpack.Encoder().encode


class ReadFile(msgspec.Struct, frozen=True):
    """A file read now: the digest of its bytes, what is to be kept of it (namespace, key, packed value), and
    the outline of an article with its terms (packed `Terms`; none where nobody wants them), or the issue of
    an issue.md."""

    digest: str
    kept: tuple[tuple[str, str, bytes], ...]
    outline: ArticleOutline | None = None
    terms: bytes = b""
    issue: Issue | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted of articles besides what they say: their words for the search, their terms for the
    relations."""

    words: bool
    terms: bool


def read_articles(
    root: Path, allow_html: bool, wanted: Wanted, paths: Sequence[str]
) -> list[ReadFile | BulletinError]:
    """Read articles together, as cutting many texts at once takes less time; each by itself may fail."""
    rendered = [_render_article(root, allow_html, path) for path in paths]
    words = _words_of([_text_to_cut(each, wanted) for each in rendered])
    return [
        each if isinstance(each, BulletinError) else _pack_article(each, some, allow_html, wanted)
        for each, some in zip(rendered, words, strict=True)
    ]


class _Rendered(msgspec.Struct, frozen=True):
    digest: str
    head: ArticleHead
    text: RenderedText

    @property
    def has_terms_in_head(self) -> bool:
        """If not, what it is about has to be found in its text."""
        return bool(self.head.keywords)


def _text_to_cut(article: _Rendered | BulletinError, wanted: Wanted) -> str:
    if isinstance(article, BulletinError):
        return ""
    is_cut = wanted.words or (wanted.terms and not article.has_terms_in_head)
    return _searched(article.head.title, article.text.plain_text) if is_cut else ""


def _render_article(root: Path, allow_html: bool, path: str) -> _Rendered | BulletinError:
    try:
        file = parse_article(load_bytes(root, path), path)
        article = file.article
        text = render_markdown(article.body_markdown, allow_html=allow_html, path=path)
    except BulletinError as failure:
        return failure
    return _Rendered(file.digest, article.head, text)


def _pack_article(article: _Rendered, words: list[str], allow_html: bool, wanted: Wanted) -> ReadFile:
    head, text, digest = article.head, article.text, article.digest
    terms = _pack_terms(article, words) if wanted.terms else b""
    details = details_of(head, text)
    kept = [
        (text_space("article", allow_html), digest, _encode(details)),
        (text_space(TEXTS, allow_html), digest, _encode(text)),
    ]
    if wanted.words:
        kept.append((WORDS, digest, _pack(words)))
    return ReadFile(digest, tuple(kept), outline_of(details, digest_of(terms) if terms else ""), terms)


def _pack_terms(article: _Rendered, words: Sequence[str]) -> bytes:
    head = article.head
    return _encode(terms_of_head(head) if article.has_terms_in_head else _terms_of_text(head.title, words))


def details_of(head: ArticleHead, text: RenderedText) -> ArticleDetails:
    return ArticleDetails(head, _lead(text.plain_text), facts_of(text))


def outline_of(details: ArticleDetails, terms_digest: str = "") -> ArticleOutline:
    head, facts = details.head, details.facts
    is_brief = 0 < facts.length <= BRIEF_LENGTH and not facts.images
    return ArticleOutline(
        slug=head.slug,
        date=head.date,
        issue=head.issue,
        order=head.order,
        page=head.page,
        column=head.column,
        topics=head.topics,
        byline=head.byline,
        people=head.people,
        places=head.places,
        organisations=head.organisations,
        aliases=head.aliases,
        is_draft=head.draft,
        corrected=max((notice.date for notice in head.corrections), default=None),
        doubts=len(head.doubts),
        has_links=bool(facts.links),
        has_images=bool(facts.images),
        is_brief=is_brief,
        card_digest=_card_digest(details, is_brief),
        terms_digest=terms_digest,
    )


def _card_digest(details: ArticleDetails, is_brief: bool) -> str:
    """Of all that lists show of the article itself (`generator.render.context_parts.ArticleCard`), and of the
    names by which it is in a list without being shown with them."""
    head = details.head
    shown = (head.title, head.kicker, head.subtitle, head.byline, head.page, head.column)
    names = (head.people, head.places, head.organisations)
    return digest_of(_encode((*shown, *names, head.summary or details.lead, is_brief)))


def pack_words(title: str, plain_text: str) -> bytes:
    """Cut title and text into words; joined by WORD_BREAK."""
    (words,) = _words_of([_searched(title, plain_text)])
    return _pack(words)


def _searched(title: str, plain_text: str) -> str:
    return f"{title}\n{plain_text}"


# The words of a language take longest of all to load, and an article with keywords can do without.


def _words_of(texts: Sequence[str]) -> list[list[str]]:
    if not any(texts):
        return [[] for _ in texts]
    from generator.language import words_of_texts

    return words_of_texts(texts)


def _terms_of_text(title: str, words: Sequence[str]) -> Terms:
    from generator.language import content_terms

    return tuple(content_terms(title, words))


def _pack(words: Sequence[str]) -> bytes:
    return WORD_BREAK.join(words).encode("utf-8", "surrogatepass")


def load_word_tables() -> None:
    """Load what cutting needs now, so that forked workers have it in common."""
    _words_of(["预热"])


def read_issue(root: Path, path: str) -> ReadFile:
    file = parse_issue(load_bytes(root, path), path)
    # Packed and unpacked, so that it is in every detail what a later build finds in the store.
    packed = _encode(replace(file.issue, converted=()))
    return ReadFile(file.digest, (), issue=msgspec.msgpack.decode(packed, type=Issue))


def read_page(root: Path, allow_html: bool, path: str) -> ReadFile:
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
    read = _kept(text_space("page", allow_html), file.digest, reading)
    text_kept = (text_space(TEXTS, allow_html), file.digest, _encode(text))
    return replace(read, kept=(*read.kept, text_kept))


def _kept(namespace: str, digest: str, value: Any) -> ReadFile:
    return ReadFile(digest, ((namespace, digest, _encode(value)),))


def facts_of(text: RenderedText) -> TextFacts:
    return TextFacts(len(text.plain_text), text.links, text.images, text.anchors)


def _lead(plain_text: str) -> str:
    """The first sentence, cut where it is long."""
    first = next(iter(split_sentences(plain_text.partition("\n")[0][: 2 * LEAD_LENGTH])), "")
    return first if len(first) <= LEAD_LENGTH else first[: LEAD_LENGTH - 1] + "…"


def terms_of_head(head: ArticleHead) -> Terms:
    """What the front matter says an article is about, as weighted terms: its keywords, the first most of all,
    the names in it, its topics, and the pairs of characters in its headline."""
    terms = {f"topic {name}": TOPIC_WEIGHT for name in head.topics}
    terms |= dict.fromkeys(_PAIR.findall(head.title), PAIR_WEIGHT)
    terms |= dict.fromkeys(head.places, PLACE_WEIGHT)
    terms |= dict.fromkeys((*head.people, *head.organisations), NAME_WEIGHT)
    terms |= {word: round(1 / (1 + place / 8), 4) for place, word in enumerate(head.keywords)}
    return tuple(terms.items())
