"""What the search is given: every article as plain text and words, in segments by month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, islice
from operator import attrgetter

import msgspec

from generator.config import SiteSettings
from generator.content import digest_of_texts
from generator.model import GroupKind, Site
from generator.pipeline.kept import WORD_BREAK, WORDS
from generator.pipeline.shelf import Shelf
from generator.search import Memo, SearchDocument, SearchSegment, SearchSettings, Suggestion

UNDATED = "undated"
SUGGESTED_PEOPLE = 300
SUGGESTED_HEADLINES = 200


class SearchArticle(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the site knows of an article; what it says is looked up when it is indexed."""

    path: str
    digest: str
    url: str
    date: str
    issue_id: str
    topics: tuple[str, ...]


class SearchInput(msgspec.Struct, frozen=True, array_like=True):
    """What the search is made from, for whatever process makes it. `months` has the articles by their names
    (``2024-07``), oldest first, packed: few months are looked into. `labels` are those of issues by id;
    `topics` have (slug, name) by the names articles use; `suggestions` are those of topics and people."""

    months: Mapping[str, msgspec.Raw] = {}
    labels: Mapping[str, str] = {}
    topics: Mapping[str, tuple[str, str]] = {}
    suggestions: Sequence[Suggestion] = ()

    def articles_of(self, month: str) -> Sequence[SearchArticle]:
        return msgspec.msgpack.decode(self.months[month], type=list[SearchArticle])

    def topics_of(self, article: SearchArticle) -> Iterator[tuple[str, str]]:
        for name in article.topics:
            if name in self.topics:
                yield self.topics[name]


def search_input(site: Site) -> SearchInput:
    months = {month: msgspec.Raw(msgspec.msgpack.encode(articles)) for month, articles in _by_month(site)}
    labels = {issue.issue.id: issue.label for issue in site.issues}
    topics = {name: (group.slug, group.name) for name, group in site.topics_by_name().items()}
    return SearchInput(months, labels, topics, tuple(_groups(site)))


def _by_month(site: Site) -> Iterable[tuple[str, Sequence[SearchArticle]]]:
    """Days are written once for all articles of a day, which stand together: every build asks for them."""
    months: dict[str, list[SearchArticle]] = {}
    for date, articles in groupby(reversed(site.articles), attrgetter("date")):
        day = date.isoformat() if date else ""
        months.setdefault(day[: len("2024-07")] or UNDATED, []).extend(
            SearchArticle(each.path, each.digest, each.url, day, each.issue_id, each.outline.topics)
            for each in articles
        )
    return months.items()


def _groups(site: Site) -> Iterator[Suggestion]:
    for group in site.groups_by_kind.get(GroupKind.TOPIC, ()):
        yield Suggestion("topic", group.name, group.url)
    for group in site.groups_by_kind.get(GroupKind.PERSON, ())[:SUGGESTED_PEOPLE]:
        yield Suggestion("person", group.name, group.url)


def search_segments(given: SearchInput, shelf: Shelf, memo: Memo) -> list[SearchSegment]:
    """The articles by month; `shelf` is asked for each of them once. Words are kept in the memo."""
    topics = "\n".join(f"{name}\t{slug}\t{title}" for name, (slug, title) in sorted(given.topics.items()))
    segments = []
    for month in given.months:
        articles = given.articles_of(month)
        key = digest_of_texts([topics, *_described(given, articles)])
        segments.append(SearchSegment(month, key, len(articles), partial(_load, given, shelf, memo, month)))
    return segments


def _described(given: SearchInput, articles: Sequence[SearchArticle]) -> Iterator[str]:
    """Everything a result says of each article, as far as it is no topic."""
    label_of = given.labels.get
    for article in articles:
        yield f"{article.url}\n{article.digest}\n{article.date}\n{label_of(article.issue_id, '')}"


def search_settings(given: SearchInput, settings: SiteSettings, shelf: Shelf) -> SearchSettings:
    newest = chain.from_iterable(reversed(given.articles_of(month)) for month in reversed(list(given.months)))
    headlines = (
        Suggestion("article", shelf.details(article.path, article.digest).head.title, article.url)
        for article in islice(newest, SUGGESTED_HEADLINES)
    )
    return SearchSettings(
        language=settings.language,
        offline=settings.search_offline,
        suggestions=(*given.suggestions, *headlines),
    )


def _load(given: SearchInput, shelf: Shelf, memo: Memo, month: str) -> Iterator[SearchDocument]:
    for article in given.articles_of(month):
        head = shelf.details(article.path, article.digest).head
        body = shelf.article_text(article.path, article.digest).plain_text
        yield SearchDocument(
            url=article.url,
            title=head.title,
            kicker=head.kicker,
            subtitle=head.subtitle,
            byline=head.byline,
            date=article.date,
            issue_id=article.issue_id,
            issue_label=given.labels.get(article.issue_id, ""),
            topics=tuple(given.topics_of(article)),
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
