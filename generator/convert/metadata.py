"""What an issue and its articles are about: date, number, topics, keywords, names, events, summaries."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import msgspec
from msgspec.structs import replace

from generator.convert.event_dates import find_event_dates
from generator.convert.issue_date import decide_issue_date
from generator.convert.masthead import Masthead, parse_masthead
from generator.convert.settings import ConversionSettings
from generator.convert.summary import summarise
from generator.convert.topics import choose_topics
from generator.language import NamesInText, find_names, keyword_candidates, keywords
from generator.model import Article, ArticleHead, Decision, IssueDate, KnownNames, LineSpan


class DescribedIssue(msgspec.Struct, frozen=True):
    """The articles with their heads filled, and why each topic was chosen (one decision a topic)."""

    date: IssueDate
    masthead: Masthead
    articles: tuple[Article, ...]
    decisions: tuple[Decision, ...]


def describe_issue(
    articles: Sequence[Article],
    prose: Sequence[Sequence[str]],
    head_text: str,
    file_names: Sequence[str],
    settings: ConversionSettings,
) -> DescribedIssue:
    """Fill in what the texts themselves tell.

    `prose` holds the paragraphs of each article as plain text, without subheads and bylines; `head_text` is
    the beginning of the issue with its running heads, one a line.
    """
    texts = ["\n".join(paragraphs) for paragraphs in prose]
    date = decide_issue_date(file_names, head_text, texts, settings.date_option, settings.latest)
    names = _names(articles, texts, settings.names)
    keyword_lists = _keywords(articles, texts)
    described: list[Article] = []
    decisions: list[Decision] = []
    for article, paragraphs, found, words in zip(articles, prose, names, keyword_lists, strict=True):
        topics = choose_topics(
            article.head.title, "".join(paragraphs[:1]), "\n".join(paragraphs[1:]), settings.topics
        )
        decisions += [_topic_decision(article, slug, deciding) for slug, deciding in topics]
        described.append(_filled(article, paragraphs, date, found, words, tuple(slug for slug, _ in topics)))
    return DescribedIssue(date, parse_masthead(head_text), tuple(described), tuple(decisions))


def _filled(
    article: Article,
    paragraphs: Sequence[str],
    date: IssueDate,
    names: NamesInText,
    words: tuple[str, ...],
    topics: tuple[str, ...],
) -> Article:
    head = replace(
        article.head,
        topics=topics,
        keywords=words,
        people=names.people,
        places=names.places,
        organisations=names.organisations,
        events=find_event_dates("\n".join(paragraphs), date),
        summary=summarise(article.head.title, paragraphs),
    )
    return replace(article, head=head)


def _names(articles: Sequence[Article], texts: Sequence[str], known: KnownNames) -> list[NamesInText]:
    """Return the names in the headlines and texts; a headline counts as the first words of its article."""
    heads = [_headline(article.head) for article in articles]
    authors = [_authors(article) for article in articles]
    found = find_names([*heads, *texts], [*([()] * len(heads)), *authors], known)
    return [
        NamesInText(
            _joined(head.people, text.people),
            _joined(head.places, text.places),
            _joined(head.organisations, text.organisations),
        )
        for head, text in zip(found[: len(heads)], found[len(heads) :], strict=True)
    ]


def _headline(head: ArticleHead) -> str:
    return "\n".join(line for line in (head.kicker, head.title, head.subtitle) if line)


def _joined(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _authors(article: Article) -> tuple[str, ...]:
    return article.head.byline if article.head.byline_kind == "author" else ()


def _keywords(articles: Sequence[Article], texts: Sequence[str]) -> list[tuple[str, ...]]:
    pairs = [(article.head.title, text) for article, text in zip(articles, texts, strict=True)]
    frequency = Counter(chain.from_iterable(keyword_candidates(title, text) for title, text in pairs))
    return [
        keywords(title, text, issue_document_frequency=frequency, issue_size=len(pairs))
        for title, text in pairs
    ]


def _topic_decision(article: Article, slug: str, deciding: tuple[str, ...]) -> Decision:
    head = article.head
    lines = head.source[0] if head.source else LineSpan("", 0, 0)
    return Decision(lines, f"topic {slug}", head.order, head.title, deciding, 0.0)
