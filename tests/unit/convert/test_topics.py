import pytest

from generator.convert.topics import choose_topics
from generator.model import Topic

TOPICS = (
    Topic(name="教育", slug="education", triggers=("学校", "学生", "AI"), strong=("教育局",)),
    Topic(name="健康", slug="health", triggers=("医院", "医生"), strong=("疾控",)),
    Topic(name="空", slug="empty"),
)


def test_the_title_weighs_most_and_the_words_are_told() -> None:
    assert choose_topics("学校开学", "", "", TOPICS) == (("education", ("学校",)),)


def test_a_word_in_passing_makes_no_topic() -> None:
    assert choose_topics("桥通车", "", "经过学校", TOPICS) == ()
    assert choose_topics("桥通车", "", "经过学校、学校、学校、学校", TOPICS) == ()


def test_nothing_fires_nothing_is_chosen() -> None:
    assert choose_topics("桥通车", "工程完工", "", TOPICS) == ()
    assert choose_topics("", "", "", ()) == ()


def test_a_second_topic_needs_most_of_the_points_of_the_first() -> None:
    both = choose_topics("学校与医院", "", "", TOPICS)
    assert [slug for slug, _ in both] == ["education", "health"]
    one = choose_topics("学校里的学生", "教育局", "去了一趟医院，见了医生", TOPICS)
    assert [slug for slug, _ in one] == ["education"]


def test_one_word_said_often_does_not_outweigh_several() -> None:
    chosen = choose_topics("", "", "学校" * 500 + "医院医生疾控" * 4, TOPICS)
    assert chosen[0][0] == "health"


def test_an_article_has_three_topics_at_most() -> None:
    many = tuple(Topic(name=str(n), slug=f"t{n}", triggers=("桥",)) for n in range(5))
    assert [slug for slug, _ in choose_topics("桥", "", "", many)] == ["t0", "t1", "t2"]


def test_strong_words_count_double() -> None:
    assert choose_topics("", "疾控提醒", "", TOPICS) == (("health", ("疾控",)),)


def test_latin_triggers_are_whole_words() -> None:
    assert choose_topics("AI进校园", "", "", TOPICS)[0][0] == "education"
    assert choose_topics("AIR show", "PAID", "", TOPICS) == ()


@pytest.mark.parametrize("before", ["", "在", "𠀀", "在𠀀", "𠀀在", "\ud800"])
@pytest.mark.parametrize("word", ["学校", "𠀀校", "校", "𠀀", "ai"])
def test_a_word_is_found_wherever_it_begins(before: str, word: str) -> None:
    topics = (Topic(name="教育", slug="education", triggers=(word,)),)
    assert choose_topics(f"{before}{word}开学", "", "", topics) == (("education", (word,)),)
