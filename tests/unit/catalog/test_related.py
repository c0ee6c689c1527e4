"""Related articles share terms that few articles have."""

from hypothesis import given
from hypothesis import strategies as st

from generator.catalog import GatheredTerms, Terms
from generator.catalog.related import ChangedArticle, Place, TermIndex, TermTable


def places_of(count: int) -> list[Place]:
    return [(f"2025-01-{1 + number // 8:02}", f"/{number:03}/") for number in range(count)]


def indexed(*all_terms: Terms) -> TermIndex:
    return TermIndex(places_of(len(all_terms)), TermTable.of(GatheredTerms.of(all_terms)))


def index_of(terms_by_place: dict[Place, Terms]) -> TermIndex:
    ordered = dict(sorted(terms_by_place.items()))
    return TermIndex(list(ordered), TermTable.of(GatheredTerms.of(ordered.values())))


def test_articles_that_share_rare_terms_are_related_and_others_are_not() -> None:
    index = indexed(
        (("污水", 3.0), ("管网", 2.0), ("县城", 1.0)),
        (("污水", 2.0), ("管网", 3.0), ("县城", 1.0)),
        (("夜市", 3.0), ("小吃", 2.0), ("县城", 1.0)),
    )
    assert index.related(range(3)) == [(1,), (0,), ()]


def test_no_article_is_related_to_itself_and_no_more_than_asked_for_are_given() -> None:
    index = indexed(*((("茶叶", 1.0), ("采摘", 1.0)) for _ in range(200)))
    related = index.related(range(200), most=3)
    assert all(number not in others and len(others) == 3 for number, others in enumerate(related))


def test_among_equals_the_nearest_in_time_come_first() -> None:
    index = indexed(*((("茶叶", 1.0), ("采摘", 1.0)) for _ in range(24)))
    assert set(*index.related([12], most=7)) == {8, 9, 10, 11, 13, 14, 15}


def test_an_article_with_equal_terms_shares_no_more_terms_than_it_has() -> None:
    index = indexed((("茶叶", 1.0),), (("茶叶", 1.0),))
    assert index.related([0]) == [()]


words = st.lists(st.tuples(st.sampled_from("甲乙丙丁戊己"), st.sampled_from([0.5, 1.0])), max_size=4).map(
    lambda terms: tuple(dict(terms).items())
)


def test_an_article_that_lost_all_its_terms_is_affected() -> None:
    one, other = places_of(2)
    index = index_of({one: (), other: (("甲", 0.5), ("乙", 0.5))})
    assert 0 in index.affected_by([ChangedArticle(one, (("甲", 0.5), ("乙", 0.5)), ())])


@given(terms=st.lists(words, max_size=60), numbers=st.lists(st.integers(0, 59), max_size=60))
def test_articles_asked_about_together_are_related_as_one_by_one(
    terms: list[Terms], numbers: list[int]
) -> None:
    index = indexed(*terms)
    numbers = [number for number in numbers if number < len(terms)]
    assert index.related(numbers) == [index.related([number])[0] for number in numbers]


@given(
    before=st.dictionaries(st.sampled_from(places_of(120)), words, max_size=120),
    edits=st.dictionaries(st.sampled_from(places_of(120)), st.one_of(st.none(), words), max_size=4),
)
def test_an_article_that_no_change_affects_is_related_as_before(
    before: dict[Place, Terms], edits: dict[Place, Terms | None]
) -> None:
    after = {place: terms for place, terms in (before | edits).items() if terms is not None}
    changes = [ChangedArticle(place, before.get(place, ()), terms or ()) for place, terms in edits.items()]
    old, new = index_of(before), index_of(after)
    affected = new.affected_by(changes)
    for number, place in enumerate(new.places):
        if number not in affected and place in before:
            (kept,), (found,) = old.related([old.places.index(place)]), new.related([number])
            assert [old.places[other] for other in kept] == [new.places[other] for other in found]


@given(
    before=st.lists(words, max_size=12),
    moves=st.lists(st.one_of(st.integers(0, 11), words), max_size=12),
)
def test_a_rearranged_table_is_that_of_the_articles_in_their_new_places(
    before: list[Terms], moves: list[int | Terms]
) -> None:
    moves = [move for move in moves if not isinstance(move, int) or move < len(before)]
    now = [before[move] if isinstance(move, int) else move for move in moves]
    numbers = [move if isinstance(move, int) else -1 for move in moves]
    fresh = [move for move in moves if not isinstance(move, int)]
    table = TermTable.of(GatheredTerms.of(before)).rearranged(numbers, fresh)
    assert [table.terms_at(number) for number in range(len(now))] == [*map(tuple, now)]
    used = {name for terms in now for name, _ in terms}
    assert used <= set(table.names)
    assert len(table.names) - len(used) <= len(table.names) / 8
