"""Placed articles: columns and packed articles say what the articles themselves do."""

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog import ArticleEntry, PlacedArticles, PlacedColumns, PlacedFolder, place_article
from generator.model import ArticleOutline

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


def folders_of(outlines: list[list[ArticleOutline]]) -> list[PlacedFolder]:
    return [
        PlacedFolder.of(
            place_article(ArticleEntry(f"{folder}/{number}.md", "digest", "", outline), None, str)
            for number, outline in enumerate(those)
        )
        for folder, those in enumerate(outlines)
    ]


def packed(folder: PlacedFolder) -> PlacedFolder:
    """As the next build finds it."""
    content = msgspec.msgpack.encode((folder.columns, folder.packed))
    columns, articles = msgspec.msgpack.decode(content, type=tuple[PlacedColumns, msgspec.Raw])
    return PlacedFolder(columns, articles)


@given(FOLDERS)
def test_packed_articles_are_those_that_were_packed(outlines: list[list[ArticleOutline]]) -> None:
    folders = folders_of(outlines)
    here, there = PlacedArticles(folders), PlacedArticles(list(map(packed, folders)))
    expected = [each for those in outlines for each in those]
    numbers = range(len(expected))
    assert [there[number] for number in reversed(numbers)] == [here[number] for number in reversed(numbers)]
    assert [here[number].outline for number in numbers] == expected


@given(FOLDERS)
def test_columns_of_folders_together_say_what_each_article_says(outlines: list[list[ArticleOutline]]) -> None:
    folders = list(map(packed, folders_of(outlines)))
    articles = [article for folder in folders for article in folder.unpacked]
    columns = PlacedColumns.joined(folder.columns for folder in folders)
    assert columns.urls == [article.url for article in articles]
    assert columns.issue_ids == [article.issue_id for article in articles]
    assert columns.days == [str(article.date or "") for article in articles]
    assert columns.orders == [article.outline.order for article in articles]
    assert columns.faces == [article.face for article in articles]
    assert columns.terms == [article.outline.terms_digest for article in articles]
    for kind, field in (("topics", "topics"), ("bylines", "byline"), ("people", "people")):
        names = [tuple(getattr(article.outline, field)) for article in articles]
        assert list(map(tuple, columns.names.get(kind, [()] * len(articles)))) == names
    for kind, field in (("columns", "column"), ("printed-pages", "page")):
        name_or_none = [getattr(article.outline, field) for article in articles]
        found = columns.names.get(kind, [()] * len(articles))
        assert ["".join(names) for names in found] == name_or_none
    marked = {
        "corrected": columns.corrected,
        "has_links": columns.referring,
        "aliases": columns.renamed,
        "is_draft": columns.drafts,
    }
    for field, numbers in marked.items():
        assert numbers == [n for n, article in enumerate(articles) if getattr(article.outline, field)]


@given(FOLDERS)
def test_drafts_leave_a_folder_and_nothing_else_does(outlines: list[list[ArticleOutline]]) -> None:
    for folder in map(packed, folders_of(outlines)):
        kept = [article for article in folder.unpacked if not article.outline.is_draft]
        assert list(folder.without_drafts().unpacked) == kept
        assert packed(folder.without_drafts()).columns == packed(PlacedFolder.of(kept)).columns
