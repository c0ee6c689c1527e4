"""Volumes: few of them, and the newest one small."""

from generator.search import SearchSegment
from generator.search.volumes import MIDDLE_LIMIT, NEWEST_LIMIT, arrange_volumes


def years(*counts: int, first: int = 1900) -> list[SearchSegment]:
    return [SearchSegment(str(first + n), "key", count, tuple) for n, count in enumerate(counts)]


def names(segments: list[SearchSegment]) -> list[list[str]]:
    return [[segment.name for segment in volume.segments] for volume in arrange_volumes(segments)]


def test_a_small_site_has_one_volume() -> None:
    assert names(years(100, 100, 100)) == [["1900", "1901", "1902"]]


def test_full_years_leave_the_newest_volume() -> None:
    assert names(years(500, 500, 200)) == [["1900"], ["1901", "1902"]]


def test_there_are_never_more_than_three_volumes() -> None:
    for count in (1, 10, 60, 240):
        volumes = arrange_volumes(years(*[416] * count, first=1000))
        assert len(volumes) <= 3
        assert volumes[-1].count <= NEWEST_LIMIT
        assert sum(volume.count for volume in volumes) == 416 * count
    assert volumes[1].count <= MIDDLE_LIMIT + NEWEST_LIMIT


def test_a_new_article_in_the_newest_year_leaves_older_volumes_alone() -> None:
    before = arrange_volumes(years(*[416] * 60, 100))
    after = arrange_volumes(years(*[416] * 60, 108))
    assert before[:-1] == after[:-1]


def test_undated_articles_come_first_as_the_oldest() -> None:
    undated = SearchSegment("undated", "key", 3, tuple)
    assert names([*years(5, 5), undated]) == [["undated", "1900", "1901"]]


def test_segments_may_come_in_any_order() -> None:
    segments = years(500, 500, 500, 500)
    assert names(segments[::-1]) == names(segments)


def test_a_year_larger_than_the_limit_stands_alone() -> None:
    assert names(years(10, NEWEST_LIMIT * 3, 10)) == [["1900", "1901"], ["1902"]]
