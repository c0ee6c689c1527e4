"""Addresses an editor chooses must be free, whatever the letter case, and whether file or folder."""

import pytest

from generator.pipeline.places_taken import TakenPlaces


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "Feed.XML",
        "feed.xml/index.html",
        "topics",
        "Topics",
        "topics/index.html",
        "topics/index.html/more.html",
        "../outside.html",
        "",
    ],
)
def test_a_place_that_is_taken_is_refused(path: str) -> None:
    places = TakenPlaces(["index.html", "feed.xml", "topics/index.html"])
    assert not places.take(path)


def test_a_free_place_is_taken_once(tmp_path: object) -> None:
    places = TakenPlaces(["topics/index.html"])
    assert places.take("topics/old/index.html")
    assert not places.take("topics/OLD/index.html")
    assert not places.take("topics/old")
    assert places.take("topics/old/more.html")
