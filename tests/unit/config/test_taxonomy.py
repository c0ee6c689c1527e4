"""topics.toml and names.toml."""

import pytest

from generator.config import parse_names, parse_topics
from generator.diagnostics import BulletinError


def test_topics_are_read_in_the_order_of_the_file() -> None:
    first = '[[topic]]\nname = "教育"\nslug = "education"\ntriggers = ["学校"]\n'
    text = first + '[[topic]]\nname = "天气"\nslug = "weather"\n'
    assert [topic.slug for topic in parse_topics(text)] == ["education", "weather"]


def test_a_mistake_names_the_line_in_its_own_topic() -> None:
    text = '[[topic]]\nname = "教育"\nslug = "education"\n\n[[topic]]\nname = "天气"\nslug = "Weather!"\n'
    with pytest.raises(BulletinError) as failure:
        parse_topics(text)
    assert str(failure.value).startswith("content/topics.toml:7: error[topic-value]: slug")


def test_two_topics_may_not_share_a_slug() -> None:
    text = '[[topic]]\nname = "甲"\nslug = "same"\n[[topic]]\nname = "乙"\nslug = "same"\n'
    with pytest.raises(BulletinError, match='two topics have the slug "same"'):
        parse_topics(text)


def test_names_and_words_that_are_none_are_read() -> None:
    text = 'not = ["东亭"]\n[[people]]\nname = "王春"\naliases = ["王 春"]\n'
    names = parse_names(text)
    assert names.people[0].aliases == ("王 春",) and names.not_names == ("东亭",)


def test_an_unknown_list_of_names_gets_the_nearest_known_one() -> None:
    with pytest.raises(BulletinError, match='did you mean "people"'):
        parse_names('[[peoples]]\nname = "王春"\n')
