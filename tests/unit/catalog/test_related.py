"""Related articles share terms that few articles have."""

from generator.catalog import relate_articles


def test_articles_that_share_rare_terms_are_related_and_others_are_not() -> None:
    terms = {
        "/a/": (("污水", 3.0), ("管网", 2.0), ("县城", 1.0)),
        "/b/": (("污水", 2.0), ("管网", 3.0), ("县城", 1.0)),
        "/c/": (("夜市", 3.0), ("小吃", 2.0), ("县城", 1.0)),
    }
    related = relate_articles(terms)
    assert related == {"/a/": ("/b/",), "/b/": ("/a/",), "/c/": ()}


def test_no_article_is_related_to_itself_and_no_more_than_asked_for_are_given() -> None:
    terms = {f"/{number}/": (("茶叶", 1.0), ("采摘", 1.0)) for number in range(200)}
    related = relate_articles(terms, count=3)
    assert all(url not in others and len(others) == 3 for url, others in related.items())


def test_among_equals_the_nearest_in_time_come_first() -> None:
    terms = {f"/{number}/": (("茶叶", 1.0), ("采摘", 1.0)) for number in range(9)}
    assert relate_articles(terms, count=2)["/4/"] == ("/3/", "/5/")
