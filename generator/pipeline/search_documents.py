"""What the search is given: every article as plain text and words, in segments by month."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice

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
NEWEST = 2000
"""Articles that are handed over always. More than there are suggested headlines."""


class SearchArticle(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the site knows of an article; what it says is looked up when it is indexed."""

    path: str
    digest: str
    url: str
    date: str
    issue_id: str
    topics: tuple[str, ...]


class SearchMonth(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The articles of a month. `key` is a digest of all that results say of them; `articles` has them packed,
    oldest first, and is empty where the search is thought to know the month by its key."""

    key: str
    count: int
    articles: bytes


class SearchInput(msgspec.Struct, frozen=True, array_like=True):
    """What the search is made from, for whatever process makes it. `months` stand by their names
    (``2024-07``), oldest first. `labels` are those of issues by id; `topics` have (slug, name) by the names
    articles use; `suggestions` are those of topics and people."""

    months: Mapping[str, SearchMonth] = {}
    labels: Mapping[str, str] = {}
    topics: Mapping[str, tuple[str, str]] = {}
    suggestions: Sequence[Suggestion] = ()

    @property
    def keys(self) -> dict[str, str]:
        return {name: month.key for name, month in self.months.items()}

    def articles_of(self, name: str) -> Sequence[SearchArticle]:
        """Raises LookupError for a month that the search was thought to know."""
        month = self.months[name]
        if month.count and not month.articles:
            raise LookupError(f"the articles of {name} were not handed over")
        return msgspec.msgpack.decode(month.articles, type=list[SearchArticle])

    def topics_of(self, article: SearchArticle) -> Iterator[tuple[str, str]]:
        for name in article.topics:
            if name in self.topics:
                yield self.topics[name]


def search_input(site: Site, known: Mapping[str, str], *, allow_html: bool) -> SearchInput:
    """`known` are the keys of months the search has seen; texts are those rendered under `allow_html`.

    To hand over all articles takes a tenth of a second in a large archive, and mostly one month changes. The
    newest are handed over always, as they move from one part of the index to another.
    """
    topics = {name: (group.slug, group.name) for name, group in site.topics_by_name().items()}
    described = "\n".join(f"{name}\t{slug}\t{title}" for name, (slug, title) in sorted(topics.items()))
    faces = site.columns.faces
    months = {}
    for name, places in _months(site.columns.days):
        key = digest_of_texts([str(allow_html), described, *(faces[place] for place in places)])
        is_known = known.get(name) == key and places[-1] >= NEWEST
        months[name] = SearchMonth(key, len(places), b"" if is_known else _pack(site, places))
    labels = {issue.id: issue.label for issue in site.issues}
    return SearchInput(months, labels, topics, tuple(_groups(site)))


def _months(days: Sequence[str]) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield each month with the places of its articles, oldest first. Those without a date stand last among
    all, and so come first here."""
    end = len(days)
    while end:
        month = days[end - 1][: len("2024-07")]
        # Newest first: days before this month's are greater.
        start = bisect_left(days, True, hi=end, key=lambda day: day[: len("2024-07")] <= month)
        yield month or UNDATED, range(end - 1, start - 1, -1)
        end = start


def _pack(site: Site, places: Iterable[int]) -> bytes:
    days = site.columns.days
    rows = ((days[place], site.articles[place]) for place in places)
    return msgspec.msgpack.encode(
        [
            SearchArticle(each.path, each.digest, each.url, day, each.issue_id, each.outline.topics)
            for day, each in rows
        ]
    )


def _groups(site: Site) -> Iterator[Suggestion]:
    for group in site.groups_by_kind.get(GroupKind.TOPIC, ()):
        yield Suggestion("topic", group.name, group.url)
    for group in site.groups_by_kind.get(GroupKind.PERSON, ())[:SUGGESTED_PEOPLE]:
        yield Suggestion("person", group.name, group.url)


def search_segments(given: SearchInput, shelf: Shelf, memo: Memo) -> list[SearchSegment]:
    """The articles by month; `shelf` is asked for each of them once. Words are kept in the memo."""
    return [
        SearchSegment(name, month.key, month.count, partial(_load, given, shelf, memo, name))
        for name, month in given.months.items()
    ]


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
