import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language import NamesInText, find_names
from generator.language.names.cues import title_pattern, titles_in
from generator.language.word_lists import word_list
from generator.model import KnownName, KnownNames


def _find(
    *texts: str, authors: tuple[str, ...] = (), known: KnownNames | None = None
) -> tuple[NamesInText, ...]:
    return find_names(texts, [authors] + [()] * (len(texts) - 1), known or KnownNames())


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("副县长苏明远主持会议。", ("苏明远",)),
        ("县委书记梁牧主持召开会议。", ("梁牧",)),
        ("合作社负责人何秋棠告诉记者，今年收成好。", ("何秋棠",)),
        ("秦若川表示，项目年底完工。", ("秦若川",)),
        ("副局长钟渊岚、副区长陆晓澄出席活动。", ("钟渊岚", "陆晓澄")),
        ("专家段知行、程望舒、叶澄参加讨论。", ("段知行", "程望舒", "叶澄")),
        ("贺词由欧阳清越教授宣读。", ("欧阳清越",)),
        ("总统安德鲁·格林发表讲话。", ("安德鲁·格林",)),
        ("记者 段 澄 报道", ("段澄",)),
        ("本报记者与院长丁怀瑾面对面。", ("丁怀瑾",)),
        ("问：几年了？\n骆长风：三年。\n问：累吗？\n骆长风：累。", ("骆长风",)),
    ],
)
def test_people_are_found_by_what_stands_around_them(text: str, people: tuple[str, ...]) -> None:
    assert _find(text)[0].people == people


@pytest.mark.parametrize(
    "text",
    [
        "会议强调，要推进文明建设。方案要求，年底前完成。",
        "全会指出，高标准农田建设要加快。双方表示，将深化合作。",
        "张先生说，菜价涨了。小王介绍，车站不远。",
        "党委宣传部负责人介绍，活动周末举行。主任医师团队下乡。",
        "李某表示认罪。江苏省主任协会成立。",
    ],
)
def test_words_that_only_look_like_names_are_left_alone(text: str) -> None:
    assert _find(text)[0].people == ()


_TITLES = sorted(word_list("person_titles"))
_BROKEN = [title[1:] for title in _TITLES] + [title[:-1] for title in _TITLES]


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*_TITLES, *_BROKEN, "，", "的"]), max_size=12).map("".join))
def test_titles_are_those_an_expression_of_them_all_finds(text: str) -> None:
    expected = [title.span() for title in title_pattern().finditer(text)]
    assert [title.span() for title in titles_in(text)] == expected


def test_a_name_proven_once_is_known_in_the_whole_issue() -> None:
    first, second = _find("县长秦若川主持会议。", "这是秦若川第三次来到茶厂。")
    assert first.people == second.people == ("秦若川",)


def test_a_short_name_inside_other_words_does_not_count() -> None:
    _, second = _find("县长温强主持会议。", "会议由小温强调纪律。")
    assert second.people == ()


def test_a_name_set_as_wide_as_longer_ones_is_the_same_name() -> None:
    _, second, third = _find("县长温强主持会议。", "出席：温　强、温  强。", "温，强")
    assert (second.people, third.people) == (("温强",), ())


def test_a_name_in_letters_is_no_part_of_a_longer_word() -> None:
    known = KnownNames(people=(KnownName("Ann Lee", ("Ann",)),))
    found = _find("Annex opened.", "Joann came.", "Ann came; 记者Ann报道。", known=known)
    assert [names.people for names in found] == [(), (), ("Ann Lee",)]


def test_of_forms_that_begin_at_one_place_the_longest_counts() -> None:
    known = KnownNames(people=(KnownName("段知"), KnownName("段知行")))
    assert _find("段知行来了，段知走了。", known=known)[0].people == ("段知行", "段知")


def test_an_author_is_a_person_and_a_newspaper_is_none() -> None:
    assert _find("会议结束。", authors=("秦 若", "新华日报", "文体"))[0].people == ("秦若",)


def test_places_carry_their_full_name_where_the_issue_has_it() -> None:
    first, second = _find("无锡市举行活动。", "他从上海来到无锡。")
    assert first.places == ("无锡市",)
    assert second.places == ("上海", "无锡市")


def test_words_of_space_are_no_places() -> None:
    assert _find("这项研究有广度也有深度，黑马选手来自城市，全区各镇参加。")[0].places == ()


def test_organisations_begin_with_what_is_proper_to_them() -> None:
    found = _find("南京大学与无锡云岫医疗产业园签约，区商务局参加。一家科技公司落户，研究所很忙，顾全大局。")[
        0
    ]
    assert found.organisations == ("南京大学", "无锡云岫医疗产业园", "区商务局")


def test_the_short_form_of_an_organisation_stands_for_the_long_one() -> None:
    first, second = _find("杭州环能集团完成收购。", "走进环能集团看变化。")
    assert first.organisations == ("杭州环能集团",)
    assert second.organisations in ((), ("杭州环能集团",))


def test_the_editor_has_the_last_word() -> None:
    known = KnownNames(
        people=(KnownName("梁牧之", ("梁县长",)),),
        places=(KnownName("望槐乡", ("望槐",)),),
        organisations=(KnownName("青禾合作社"),),
        not_names=("秦若川",),
    )
    (found,) = _find("梁县长和县长秦若川来到望槐，走进青禾合作社。", known=known)
    assert found.people == ("梁牧之",)
    assert found.places == ("望槐乡",)
    assert found.organisations == ("青禾合作社",)


def test_a_foreign_family_name_stands_for_the_whole_name() -> None:
    first, second = _find("总统安德鲁·格林菲发表讲话。", "格林菲表示，双方将合作。")
    assert first.people == second.people == ("安德鲁·格林菲",)


def test_english_people_are_joined_with_their_surname() -> None:
    (found,) = _find("Harriet Lane said the bridge was safe. Mr Lane left. Mayor Lane spoke.")
    assert found.people == ("Harriet Lane",)


def test_texts_without_names_give_none() -> None:
    assert _find("", "。。。", "plain english text") == (NamesInText(),) * 3


def test_the_people_of_a_real_issue(shared) -> None:
    case = shared / "issues" / "xishan-2024"
    articles = json.loads((case / "truth.json").read_text("utf-8"))["articles"]
    texts = ["\n".join(block["text"] for block in article["blocks"]) for article in articles]
    bylines = [(article["byline"],) if article["byline"] else () for article in articles]
    found = find_names(texts, bylines, KnownNames())
    people = {name for one in found for name in one.people}
    assert len(people) == 9
    assert all(len(name) in (2, 3) for name in people)
