"""Placed articles: columns and packed articles say what the articles themselves do."""

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog import (
    ArticleEntry,
    PlacedArticle,
    PlacedArticles,
    PlacedColumns,
    PlacedVolume,
    VolumeColumns,
    place_article,
)
from generator.model import ArticleOutline, GroupKind

NAMES = st.lists(st.sampled_from("甲乙丙"), max_size=2, unique=True).map(tuple)
DAYS = st.sampled_from([None, date(2024, 7, 22), date(2024, 7, 29)])
OUTLINES = st.builds(
    ArticleOutline,
    slug=st.just(""),
    date=DAYS,
    issue=st.sampled_from(["", "2024-07-22", "special"]),
    order=st.integers(0, 3),
    page=st.sampled_from(["", "1", "A2"]),
    column=st.sampled_from(["", "言论"]),
    topics=NAMES,
    byline=NAMES,
    people=NAMES,
    aliases=st.sampled_from([(), ("old",)]),
    is_draft=st.booleans(),
    corrected=DAYS,
    has_links=st.booleans(),
    terms_digest=st.sampled_from(["", "t"]),
)
FOLDERS = st.lists(st.lists(OUTLINES, max_size=4), max_size=4)
VOLUMES = st.lists(FOLDERS, max_size=3)


def volume_of(outlines: list[list[ArticleOutline]], name: int = 0) -> PlacedVolume:
    return PlacedVolume.of(
        [
            [
                place_article(ArticleEntry(f"{name}-{folder}/{number}.md", "digest", "", outline), None, str)
                for number, outline in enumerate(those)
            ]
            for folder, those in enumerate(outlines)
        ]
    )


def packed(volume: PlacedVolume) -> PlacedVolume:
    """As the next build finds it."""
    content = msgspec.msgpack.encode((volume.columns, volume.counts, volume.packed))
    kind = tuple[VolumeColumns, list[int], list[memoryview]]
    return PlacedVolume(*msgspec.msgpack.decode(content, type=kind))


def volumes_of(outlines: list[list[list[ArticleOutline]]]) -> list[PlacedVolume]:
    return [volume_of(folders, name) for name, folders in enumerate(outlines)]


def articles_of(volumes: list[PlacedVolume]) -> list[PlacedArticle]:
    return [article for volume in volumes for folder in volume.unpacked for article in folder]


@given(VOLUMES)
def test_packed_articles_are_those_that_were_packed(outlines: list[list[list[ArticleOutline]]]) -> None:
    volumes = volumes_of(outlines)
    here, there = PlacedArticles(volumes), PlacedArticles(list(map(packed, volumes)))
    expected = [each for folders in outlines for those in folders for each in those]
    numbers = range(len(expected))
    assert [there[number] for number in reversed(numbers)] == [here[number] for number in reversed(numbers)]
    assert [here[number].outline for number in numbers] == expected


@given(VOLUMES)
def test_columns_of_volumes_together_say_what_each_article_says(
    outlines: list[list[list[ArticleOutline]]],
) -> None:
    volumes = list(map(packed, volumes_of(outlines)))
    articles = articles_of(volumes)
    columns = PlacedColumns.joined([volume.columns for volume in volumes])
    assert columns.urls == [article.url for article in articles]
    assert [issue for issue, count in columns.issues for _ in range(count)] == [
        article.issue_id for article in articles
    ]
    assert columns.alone == {number for number, article in enumerate(articles) if not article.issue_id}
    assert columns.days == [str(article.date or "") for article in articles]
    assert columns.orders == [article.outline.order for article in articles]
    assert columns.faces == [article.face for article in articles]
    assert columns.terms == [article.outline.terms_digest for article in articles]
    fields = {
        GroupKind.TOPIC: "topics",
        GroupKind.BYLINE: "byline",
        GroupKind.PERSON: "people",
        GroupKind.COLUMN: "column",
        GroupKind.PAGE: "page",
    }
    for kind, field in fields.items():
        expected: dict[str, list[int]] = {}
        for number, article in enumerate(articles):
            found = getattr(article.outline, field)
            for name in ([found] if found else []) if isinstance(found, str) else found:
                expected.setdefault(name, []).append(number)
        assert columns.names.get(kind, {}) == expected
    marked = {
        "corrected": columns.corrected,
        "has_links": columns.referring,
        "aliases": columns.renamed,
    }
    for field, numbers in marked.items():
        assert numbers == [n for n, article in enumerate(articles) if getattr(article.outline, field)]


@given(FOLDERS)
def test_drafts_leave_a_volume_and_nothing_else_does(outlines: list[list[ArticleOutline]]) -> None:
    volume = packed(volume_of(outlines))
    kept = [[article for article in folder if not article.outline.is_draft] for folder in volume.unpacked]
    left = volume.without_drafts()
    assert [list(folder) for folder in left.unpacked] == kept
    assert packed(left).columns == packed(PlacedVolume.of(kept)).columns
