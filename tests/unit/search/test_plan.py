"""What a build of the search makes again, and what it leaves alone."""

import json
from collections.abc import Iterable

import pytest

from generator.model import Stage
from generator.search import ENGINES, SearchDocument, SearchSegment, SearchSettings, Suggestion, plan_search
from tests.support.searching import (
    IndexReader,
    MemoInMemory,
    built,
    contents,
    search_document,
    segment,
)


def year(name: str, *bodies: str) -> SearchSegment:
    return segment(
        name,
        [
            search_document(n, title=f"{name}年第{n}篇", body=body, date=f"{name}-01-01")
            for n, body in enumerate(bodies)
        ],
    )


def unloadable(known: SearchSegment) -> SearchSegment:
    def refuse() -> tuple[()]:
        raise AssertionError(f"segment {known.name} was loaded")

    return SearchSegment(known.name, known.key, known.count, refuse)


def test_an_unchanged_site_loads_no_document() -> None:
    memo = MemoInMemory()
    segments = [year("2023", "老街"), year("2024", "新路")]
    first = plan_search("builtin", segments, SearchSettings(), memo)
    again = plan_search("builtin", [unloadable(part) for part in segments], SearchSettings(), memo)
    assert again.files == first.files


def test_a_new_year_leaves_files_of_closed_volumes_alone() -> None:
    memo = MemoInMemory()
    old = segment("2020", [search_document(n, body="老街") for n in range(900)])
    plan_search("builtin", [old, year("2023", "新路")], SearchSettings(), memo)
    plan = plan_search("builtin", [unloadable(old), year("2023", "新路", "新桥")], SearchSettings(), memo)
    assert any(file.path.startswith("search/2020/") for file in plan.files)


def test_files_known_by_key_alone_can_still_be_made() -> None:
    memo = MemoInMemory()
    segments = [year("2023", "老街"), year("2024", "新路")]
    first = contents(plan_search("builtin", segments, SearchSettings(), memo))
    assert contents(plan_search("builtin", segments, SearchSettings(), memo)) == first


def test_equal_input_gives_equal_bytes_and_keys() -> None:
    segments = [year("2024", "新路", "老街")]
    plans = [plan_search("builtin", segments, SearchSettings(), MemoInMemory()) for _ in range(2)]
    files = [list(plan.render([file.path for file in plan.files])) for plan in plans]
    assert files[0] == files[1]
    assert plans[0].files == plans[1].files


def test_the_directory_is_published_after_the_files_it_names() -> None:
    plan = plan_search("builtin", [year("2024", "新路")], SearchSettings(), MemoInMemory())
    stages = {file.path: file.stage for file in plan.files}
    assert stages.pop("search/index.bin") == Stage.INDEX
    assert set(stages.values()) == {Stage.ASSET}


def test_only_the_files_asked_for_are_made() -> None:
    plan = plan_search("builtin", [year("2024", "新路")], SearchSettings(), MemoInMemory())
    made = list(plan.render(["search/index.bin", "index.html"]))
    assert [file.path for file in made] == ["search/index.bin"]


def test_an_edited_article_changes_the_stamp_its_reader_sees() -> None:
    before = json.loads(built([year("2024", "新路")])["search/index.bin"])
    after = json.loads(built([year("2024", "新桥")])["search/index.bin"])
    assert before["volumes"][0]["segments"] != after["volumes"][0]["segments"]
    assert before["volumes"][0]["stamps"] != after["volumes"][0]["stamps"]


def test_documents_are_stored_oldest_first_with_all_their_fields() -> None:
    document = search_document(
        1,
        title="题",
        kicker="引",
        subtitle="副",
        byline=("林甲",),
        date="2024-07-22",
        issue_id="2024-07-22",
        issue_label="第1期",
        body="正文",
    )
    files = built([segment("2024", [document])])
    assert IndexReader(files).documents() == [
        [document.url, "题", "引", "副", ["林甲"], "2024-07-22", "第1期", "正文"]
    ]


def test_suggestions_keep_their_order() -> None:
    suggestions = (
        Suggestion("topic", "城建", "/topics/urban/"),
        Suggestion("person", "林甲", "/people/lin/"),
    )
    files = built([], suggestions=suggestions)
    assert json.loads(files["search/suggestions.bin"]) == [
        ["topic", "城建", "/topics/urban/"],
        ["person", "林甲", "/people/lin/"],
    ]


def test_a_site_without_articles_has_an_empty_index() -> None:
    assert json.loads(built([segment("2024", [])])["search/index.bin"])["volumes"] == []


def test_a_damaged_memo_is_a_miss() -> None:
    class Damaged(MemoInMemory):
        def get(self, namespace: str, key: str) -> bytes | None:
            return b"{"

    segments = [year("2024", "新路")]
    plan = plan_search("builtin", segments, SearchSettings(), Damaged())
    assert contents(plan) == built(segments)


def test_search_that_is_off_makes_no_files() -> None:
    plan = plan_search("off", [year("2024", "新路")], SearchSettings(), MemoInMemory())
    assert plan.files == () and list(plan.render(["search/index.bin"])) == []


@pytest.mark.parametrize("engine", ["builtin", "off", "pagefind"])
def test_every_engine_a_site_may_name_exists(engine: str) -> None:
    assert engine in ENGINES


def archive(months: int, edited: int = -1) -> list[SearchSegment]:
    """Months of a hundred articles each; in the edited one, one article has another sentence."""
    return [
        segment(
            f"{2000 + month // 12}-{month % 12 + 1:02}",
            [
                search_document(
                    n,
                    body=f"第{n}号灯火，{'新改' if month == edited and n == 5 else '街巷'}"
                    + chr(0x4E00 + n * 40),
                )
                for n in range(100)
            ],
        )
        for month in range(months)
    ]


def test_an_edit_in_a_large_closed_volume_loads_its_month_and_changes_few_files() -> None:
    memo = MemoInMemory()
    before = plan_search("builtin", archive(40), SearchSettings(), memo)
    loaded: list[str] = []

    def noted(known: SearchSegment) -> SearchSegment:
        def load() -> Iterable[SearchDocument]:
            loaded.append(known.name)
            return known.load_documents()

        return SearchSegment(known.name, known.key, known.count, load)

    after = plan_search("builtin", [noted(s) for s in archive(40, edited=7)], SearchSettings(), memo)
    clean = plan_search("builtin", archive(40, edited=7), SearchSettings(), MemoInMemory())
    changed = {file.path for file in set(after.files) - set(before.files)}
    assert after.files == clean.files
    assert {f.path: f.content for f in after.render(changed)} == {
        f.path: f.content for f in clean.render(changed)
    }
    assert loaded == ["2000-08"]
    assert len(changed) < 20 < len(after.files)


def test_spans_put_together_from_what_stayed_are_those_of_a_clean_build() -> None:
    memo = MemoInMemory()
    months = archive(20)
    grown = segment(months[4].name, [search_document(n, body=f"第{n}号新桥") for n in range(120)])
    states = [
        months,
        archive(20, edited=5),
        [*months[:4], *months[5:]],
        [*months[:4], grown, *months[5:]],
        [*months[:5], *archive(20, edited=6)[5:], segment("2003-01", [search_document(1, body="街巷")])],
        months,
    ]
    for state in states:
        plan = plan_search("builtin", state, SearchSettings(), memo)
        clean = plan_search("builtin", state, SearchSettings(), MemoInMemory())
        assert plan.files == clean.files
        assert contents(plan) == contents(clean)
