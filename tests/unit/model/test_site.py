"""Articles that are made when they are asked for."""

import pytest

from generator.model import ArticleDetails, ChosenArticles, SiteArticle, SiteArticles, pick
from tests.support.builders import head, site_article


@pytest.fixture
def made() -> list[int]:
    return []


@pytest.fixture
def articles(made: list[int]) -> SiteArticles:
    def make(place: int) -> SiteArticle:
        made.append(place)
        return site_article(ArticleDetails(head(f"{place}")), place=place)

    return SiteArticles(6, make)


def test_an_article_is_made_once_and_not_before_it_is_asked_for(
    articles: SiteArticles, made: list[int]
) -> None:
    chosen = articles[2:5]
    assert (len(articles), len(chosen), made) == (6, 3, [])
    assert chosen[0] is articles[2] is articles[-4]
    assert [article.place for article in chosen] == [2, 3, 4]
    assert made == [2, 3, 4]


def test_all_articles_stand_in_their_places(articles: SiteArticles) -> None:
    assert [article.place for article in articles] == list(range(6))
    assert [article.place for article in reversed(articles)] == list(range(5, -1, -1))
    with pytest.raises(IndexError):
        articles[6]


@pytest.mark.parametrize(
    "places", [[], [3], [5, 0, 3], range(1, 4), range(0), range(4, 0, -2), range(0, 6, 2)]
)
def test_a_column_is_picked_from_by_places(places: list[int] | range) -> None:
    column = list("abcdef")
    assert list(pick(column, places)) == [column[place] for place in places]


def test_chosen_articles_are_cut_like_any_list(articles: SiteArticles) -> None:
    chosen = ChosenArticles(articles, [5, 3, 1])
    assert [article.place for article in chosen[1:]] == [3, 1]
    assert [article.place for article in articles[::-2]] == [5, 3, 1]
