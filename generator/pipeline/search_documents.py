"""What the search is given: every article as plain text and words, in segments by month."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from generator.model import GroupKind, Site, SiteArticle
from generator.pipeline.site_texts import SiteTexts
from generator.render.pages import Desk, key_of
from generator.search import SearchDocument, SearchSegment, SearchSettings, Suggestion

UNDATED = "undated"
SUGGESTED_PEOPLE = 300
SUGGESTED_HEADLINES = 200


def search_segments(desk: Desk, texts: SiteTexts) -> list[SearchSegment]:
    """The articles by month, oldest first."""
    months: dict[str, list[SiteArticle]] = {}
    for article in reversed(desk.site.articles):
        months.setdefault(f"{article.date:%Y-%m}" if article.date else UNDATED, []).append(article)
    return [
        SearchSegment(
            month,
            key_of(desk.card_keys(articles), *(article.digest for article in articles)),
            len(articles),
            partial(_load, desk, texts, articles),
        )
        for month, articles in months.items()
    ]


def search_settings(desk: Desk) -> SearchSettings:
    return SearchSettings(
        language=desk.settings.language,
        offline=desk.settings.search_offline,
        suggestions=tuple(_suggestions(desk.site)),
    )


def _suggestions(site: Site) -> Iterator[Suggestion]:
    for group in site.groups_by_kind.get(GroupKind.TOPIC, ()):
        yield Suggestion("topic", group.name, group.url)
    for group in site.groups_by_kind.get(GroupKind.PERSON, ())[:SUGGESTED_PEOPLE]:
        yield Suggestion("person", group.name, group.url)
    for article in islice(site.articles, SUGGESTED_HEADLINES):
        yield Suggestion("article", article.head.title, article.url)


def _digest(desk: Desk, article: SiteArticle) -> str:
    return key_of(article.digest, desk.card_key(article))


def _load(desk: Desk, texts: SiteTexts, articles: Sequence[SiteArticle]) -> Iterator[SearchDocument]:
    for article in articles:
        head = article.head
        issue = desk.issue_by_id.get(article.issue_id)
        yield SearchDocument(
            digest=_digest(desk, article),
            url=article.url,
            title=head.title,
            kicker=head.kicker,
            subtitle=head.subtitle,
            byline=head.byline,
            date=article.date.isoformat() if article.date else "",
            issue_id=article.issue_id,
            issue_label=issue.label if issue else "",
            topics=tuple((group.slug, group.name) for group in desk.topics_of(head.topics)),
            body=texts.plain(article).plain_text,
            words=texts.words(article),
        )
