import datetime
import json

import pytest

from generator.convert.issue_date import decide_issue_date

LATEST = datetime.date(2026, 11, 24)
EVENT = (
    "本报讯 7月20日，县里召开会议。\n7月19日晚，活动启动。截至2024年6月底，企业达到60家。"
    "今年来，2024年夏季活动有30场。"
)


def _decide(names=(), head="", texts=(), option=None, latest=LATEST):
    return decide_issue_date(names, head, texts, option, latest)


def test_the_option_wins_over_everything() -> None:
    date = datetime.date(2020, 1, 2)
    found = _decide(["20240723.txt"], "2024年7月22日 星期一", [EVENT], date)
    assert (found.date, found.basis, found.confidence) == (date, "option", 1.0)


@pytest.mark.parametrize(
    "name",
    [
        "20240723.txt",
        "2024-07-23.txt",
        "2024年7月23日.txt",
        "2024.7.23.txt",
        "2024-7-23",
        "2024_07_23",
        "xyb20240723.txt",
        "云岫报2024年7月23日第3版.txt",
        "二〇二四年七月二十三日.txt",
        "page-20240723-01.txt",
        "20240723_A01.txt",
    ],
)
def test_a_date_in_the_file_name_is_believed(name: str) -> None:
    found = _decide([name], "2023年1月2日", [EVENT])
    assert found.date == datetime.date(2024, 7, 23)
    assert (found.basis, found.confidence) == ("file-name", 1.0)
    assert name in found.evidence


@pytest.mark.parametrize(
    "name",
    [
        "10460282202407231.txt",
        "a20240723f9c04e2.txt",
        "20241340.txt",
        "20240231.txt",
        "20991231.txt",
        "issue-121.txt",
        "12024072300.txt",
        "2024-07.txt",
        "17000101.txt",
    ],
)
def test_other_digits_in_a_file_name_are_no_date(name: str) -> None:
    assert _decide([name]).basis == "none"


def test_files_of_one_issue_that_disagree_lower_the_confidence() -> None:
    found = _decide(["20240723.txt", "20240723b.txt", "20240724.txt"])
    assert found.date == datetime.date(2024, 7, 23)
    assert found.confidence < 1
    assert "1 other" in found.evidence


@pytest.mark.parametrize(
    ("head", "confidence"),
    [
        ("云岫报\n2024年7月22日 星期一 总第516期", 1.0),
        ("云岫报　2024年7月22日　第二版　民生", 0.95),
        ("2024年7月22日\n标题", 0.95),
        ("二〇二四年七月二十二日　星期一　农历甲辰年六月十七", 1.0),
        ("The Harbour Gazette\nMonday, 22 July 2024", 1.0),
        ("2024年7月22日 星期三", 0.6),
    ],
)
def test_the_masthead_gives_the_date_and_the_weekday_verifies_it(head: str, confidence: float) -> None:
    found = _decide(head=head, texts=["2019年3月5日，事情发生。"])
    assert (found.date, found.basis) == (datetime.date(2024, 7, 22), "masthead")
    assert found.confidence == confidence


def test_a_masthead_without_a_year_takes_one_the_weekday_agrees_with() -> None:
    found = _decide(head="云岫报\n7月22日 星期一", texts=[EVENT])
    assert found.date == datetime.date(2024, 7, 22)
    assert 0 < found.confidence < 1


@pytest.mark.parametrize(
    "head",
    ["2010 年 9 月 3 日在图书馆二楼,读者", "7月5日，“星空夜”走进学校。", "2019年2月25日，会议召开。"],
)
def test_a_date_in_an_article_is_no_masthead(head: str) -> None:
    assert _decide(head=head).basis == "none"


def test_the_text_votes_with_a_stated_confidence() -> None:
    found = _decide(texts=[EVENT])
    assert (found.date, found.basis) == (datetime.date(2024, 7, 20), "text-vote")
    assert 0 < found.confidence < 1
    assert "7月20日" in found.evidence
    assert "2024" in found.evidence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "会议强调，要抓落实。",
        "7月20日，会议召开。",
        "公司2019年起步。",
        "7月20日，2017年成立的公司开业。",
    ],
)
def test_where_too_little_is_known_there_is_no_date(text: str) -> None:
    found = _decide(texts=[text])
    assert (found.date, found.basis, found.confidence) == (None, "none", 0.0)
    assert found.evidence


def test_what_is_still_to_come_does_not_count() -> None:
    text = (
        f"{EVENT}\n活动将于8月9日举行，持续到9月1日。\n力争到2025年建成，2025年底前投产，到2025年达到50亿元。"
    )
    assert _decide(texts=[text]).date == datetime.date(2024, 7, 20)


def test_quantities_are_no_years() -> None:
    text = "7月20日，2000多名学生参加，2005人领奖，2010元一台，共2020个。"
    assert _decide(texts=[text]).date is None


def test_no_date_lies_beyond_the_latest() -> None:
    latest = datetime.date(2024, 7, 1)
    found = _decide(["20240723.txt"], "2024年7月22日 星期一", [EVENT], latest=latest)
    assert found.date is None or found.date <= latest


def test_an_issue_of_january_that_tells_of_december_is_of_the_next_year() -> None:
    text = "2024年12月30日，工程完工。\n12月31日，晚会举行。\n1月1日，升旗。\n截至2024年12月，企业60家。"
    assert _decide(texts=[text]).date == datetime.date(2025, 1, 1)


def test_a_year_of_the_past_with_its_day_is_not_the_last_event() -> None:
    text = "2016年4月28日，中心成立。\n截至2024年3月，已服务千人。\n3月2日，活动举行。"
    assert _decide(texts=[text]).date == datetime.date(2024, 3, 2)


def test_the_real_issue_is_dated_by_its_last_event(shared) -> None:
    case = shared / "issues" / "xishan-2024"
    articles = json.loads((case / "truth.json").read_text("utf-8"))["articles"]
    texts = ["\n".join(block["text"] for block in article["blocks"]) for article in articles]
    found = _decide(["raw.txt"], (case / "raw.txt").read_text("utf-8")[:200], texts)
    assert datetime.date(2024, 7, 20) <= found.date <= datetime.date(2024, 7, 31)
    assert found.basis == "text-vote"
    assert found.confidence < 1
