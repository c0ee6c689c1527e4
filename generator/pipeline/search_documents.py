"""What the search is given: every article as plain text and words, in segments by month."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice

import msgspec

from generator.config import SiteSettings
from generator.content import digest_of_texts
from generator.model import Group, GroupKind, Site, SiteArticle
from generator.pipeline.kept import WORD_BREAK, WORDS
from generator.pipeline.shelf import Shelf
from generator.search import Memo, SearchDocument, SearchSegment, SearchSettings, Suggestion

UNDATED = "undated"
SUGGESTED_PEOPLE = 300
SUGGESTED_HEADLINES = 200


class _Names(msgspec.Struct, frozen=True):
    """What articles name, as the site has it: labels of issues by id, topics by name and by slug."""

    labels: Mapping[str, str]
    topics: Mapping[str, Group]

    @classmethod
    def of(cls, site: Site) -> "_Names":
        return cls({issue.issue.id: issue.label for issue in site.issues}, site.topics_by_name())

    def topics_of(self, article: SiteArticle) -> Iterator[tuple[str, str]]:
        for name in article.outline.topics:
            if name in self.topics:
                yield self.topics[name].slug, self.topics[name].name

    def key_of_topics(self) -> str:
        return "\n".join(f"{name}\t{topic.slug}\t{topic.name}" for name, topic in sorted(self.topics.items()))


def search_segments(site: Site, shelf: Shelf, memo: Memo) -> list[SearchSegment]:
    """The articles by month, oldest first; `shelf` is asked for each of them once. Words are kept in the
    memo."""
    names = _Names.of(site)
    topics = names.key_of_topics()
    months: dict[str, list[SiteArticle]] = {}
    name_of = cache(lambda day: f"{day:%Y-%m}" if day else UNDATED)
    for article in reversed(site.articles):
        months.setdefault(name_of(article.date), []).append(article)
    return [
        SearchSegment(
            month,
            digest_of_texts([topics, *_described(names, articles)]),
            len(articles),
            partial(_load, names, shelf, memo, articles),
        )
        for month, articles in months.items()
    ]


def _described(names: _Names, articles: Sequence[SiteArticle]) -> Iterator[str]:
    """Everything a result says of each article, as far as it is no topic."""
    for article in articles:
        yield article.face
        yield names.labels.get(article.issue_id, "")


def search_settings(site: Site, settings: SiteSettings) -> SearchSettings:
    return SearchSettings(
        language=settings.language,
        offline=settings.search_offline,
        suggestions=tuple(_suggestions(site)),
    )


def _suggestions(site: Site) -> Iterator[Suggestion]:
    for group in site.groups_by_kind.get(GroupKind.TOPIC, ()):
        yield Suggestion("topic", group.name, group.url)
    for group in site.groups_by_kind.get(GroupKind.PERSON, ())[:SUGGESTED_PEOPLE]:
        yield Suggestion("person", group.name, group.url)
    for article in islice(site.articles, SUGGESTED_HEADLINES):
        yield Suggestion("article", article.head.title, article.url)


def _load(
    names: _Names, shelf: Shelf, memo: Memo, articles: Sequence[SiteArticle]
) -> Iterator[SearchDocument]:
    for article in articles:
        head = shelf.details(article.path, article.digest).head
        body = shelf.article_text(article.path, article.digest).plain_text
        yield SearchDocument(
            url=article.url,
            title=head.title,
            kicker=head.kicker,
            subtitle=head.subtitle,
            byline=head.byline,
            date=article.date.isoformat() if article.date else "",
            issue_id=article.issue_id,
            issue_label=names.labels.get(article.issue_id, ""),
            topics=tuple(names.topics_of(article)),
            body=body,
            words=_words(memo, article.digest, head.title, body),
        )


def _words(memo: Memo, digest: str, title: str, body: str) -> tuple[str, ...]:
    """The words of title and text; those of articles that were read together with many are in the memo."""
    kept = memo.get(WORDS, digest)
    if kept is None:
        from generator.pipeline.file_reading import pack_words

        kept = pack_words(title, body)
        memo.put(WORDS, digest, kept)
    return tuple(kept.decode("utf-8", "surrogatepass").split(WORD_BREAK))
