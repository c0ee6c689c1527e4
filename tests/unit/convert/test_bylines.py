import pytest

from generator.convert.bylines import read_names

ROLES = (
    *(
        "本报记者",
        "本刊记者",
        "本台记者",
        "本网记者",
        "新华社记者",
        "人民网记者",
        "报社记者",
        "融媒体记者",
        "全媒体记者",
    ),
    *("驻京记者", "首席记者", "见习记者", "实习记者", "特约通讯员", "特派记者", "本报特约"),
    *("记者", "通讯员", "实习生", "评论员", "撰稿人", "摄影师", "摄影", "编辑", "作者", "作者单位"),
    *(
        "文/图",
        "文/",
        "图/",
        "文字",
        "图片",
        "供稿",
        "供图",
        "撰稿",
        "撰文",
        "整理",
        "编译",
        "采写",
        "报道",
        "报导",
    ),
    *("来源", "摄", "文", "图"),
)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_before_a_name_is_left_out(role: str) -> None:
    assert read_names(f"{role}　何秋棠") == ("何秋棠",)


def test_a_role_behind_the_names_is_left_out() -> None:
    assert read_names("何秋棠　苏明远　辑") == ("何秋棠", "苏明远")
