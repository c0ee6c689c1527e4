"""Converting again is kind to editors: what a person touched stays, the rest follows the raw issue."""

from datetime import date

from msgspec.structs import replace

from generator.model import Article, ConversionRecord, ConvertedIssue, IssueDate, RawFileRecord
from generator.pipeline.reconcile import FolderPlan, plan_folder
from tests.support.builders import article

GUESS = IssueDate(date(2024, 7, 20), "text-vote", 0.6, "latest event")


def converted(*articles: Article, day: IssueDate = GUESS) -> ConvertedIssue:
    record = ConversionRecord(files=(RawFileRecord("content/raw/a.txt", "utf-8", "digest"),))
    return ConvertedIssue(id="a", date=day, articles=articles, record=record)


def as_bytes(made: Article) -> bytes:
    return f"{made.head.order} {made.head.slug} {made.head.title}\n{made.body_markdown}".encode()


def plan(
    new: ConvertedIssue, before: FolderPlan | None = None, forced: bool = False, **edits: bytes | None
) -> FolderPlan:
    """Plan over the folder that `before` left, with `edits` (by file name without .md; None deletes)."""
    on_disk = dict(before.writes) if before else {}
    for stem, content in edits.items():
        name = next((name for name in on_disk if stem in name), f"{stem}.md")
        if content is None:
            del on_disk[name]
        else:
            on_disk[name] = content
    issue = before.issue if before else None
    return plan_folder(new, issue, on_disk, as_bytes, is_forced=forced)


LAMPS = article("Lamps", "The lamps of the old street are lit again since last night.")
ROADS = article("Roads", "The road to the lake is closed for a week from Monday on.")


def actions(made: FolderPlan) -> list[str]:
    return [outcome.action for outcome in made.outcomes]


def test_the_first_conversion_writes_every_article_under_its_number_and_slug() -> None:
    first = plan(converted(LAMPS, ROADS))
    assert list(first.writes) == ["01-lamps.md", "02-roads.md"]
    assert first.issue.articles == ("lamps", "roads") and first.issue.date == GUESS


def test_converting_the_same_again_writes_nothing() -> None:
    first = plan(converted(LAMPS, ROADS))
    again = plan(converted(LAMPS, ROADS), first)
    assert actions(again) == ["unchanged", "unchanged"] and not again.writes
    assert again.issue == first.issue


def test_an_edited_article_stays_and_gets_a_proposal() -> None:
    first = plan(converted(LAMPS, ROADS))
    again = plan(converted(LAMPS, ROADS), first, lamps=b"my own words\n")
    assert actions(again) == ["kept", "unchanged"]
    assert "-my own words" in again.outcomes[0].difference and "01-lamps.md" in again.proposals
    assert again.issue.converted == first.issue.converted


def test_force_takes_the_converted_text() -> None:
    first = plan(converted(LAMPS, ROADS))
    assert actions(plan(converted(LAMPS, ROADS), first, forced=True, lamps=b"mine")) == [
        "written",
        "unchanged",
    ]


def test_an_article_deleted_by_hand_stays_deleted() -> None:
    first = plan(converted(LAMPS, ROADS))
    again = plan(converted(LAMPS, ROADS), first, roads=None)
    assert actions(again) == ["unchanged", "deleted"] and not again.writes


def test_an_unedited_article_follows_the_raw_issue_and_keeps_name_and_slug() -> None:
    first = plan(converted(LAMPS, ROADS))
    corrected = article("Lamps in the street", LAMPS.body_markdown)
    again = plan(converted(corrected, ROADS), first)
    assert list(again.writes) == ["01-lamps.md"] and again.issue.articles == ("lamps", "roads")
    assert b"Lamps in the street" in again.writes["01-lamps.md"]


def test_a_new_article_before_an_old_one_leaves_the_old_files_name_alone() -> None:
    first = plan(converted(LAMPS, ROADS))
    again = plan(converted(article("Weather", "Rain is expected on both days."), LAMPS, ROADS), first)
    assert sorted(again.writes) == ["01-lamps.md", "01-weather.md", "02-roads.md"]
    assert again.issue.articles == ("weather", "lamps", "roads")


def test_an_article_the_raw_issue_lost_is_removed_unless_it_was_edited() -> None:
    first = plan(converted(LAMPS, ROADS))
    assert plan(converted(ROADS), first).removals == ("01-lamps.md",)
    kept = plan(converted(ROADS), first, lamps=b"mine")
    assert kept.removals == () and "kept" in actions(kept)


def test_two_articles_of_one_headline_get_two_slugs() -> None:
    twin = article("Lamps", "Quite another text under the same headline, printed a page later.")
    assert plan(converted(LAMPS, twin)).issue.articles == ("lamps", "lamps-2")


def test_a_file_written_by_hand_under_the_wanted_name_is_not_touched() -> None:
    first = plan_folder(converted(LAMPS), None, {"01-lamps.md": b"by hand"}, as_bytes, is_forced=False)
    assert list(first.writes) == ["01-lamps-2.md"]


def test_the_editors_date_stays_and_an_empty_one_is_filled() -> None:
    first = plan(converted(LAMPS, day=IssueDate(None, "none", 0.0)))
    filled = plan(converted(LAMPS), first)
    assert filled.issue.date == GUESS
    later = IssueDate(date(2024, 8, 1), "masthead", 0.9)
    assert plan(converted(LAMPS, day=later), filled).issue.date == GUESS
    told = IssueDate(date(2024, 8, 2), "option", 1.0)
    assert plan(converted(LAMPS, day=told), filled).issue.date == told


def test_an_order_chosen_by_the_editor_stays_and_new_articles_come_last() -> None:
    first = plan(converted(LAMPS, ROADS))
    turned = replace(first, issue=replace(first.issue, articles=("roads", "lamps")))
    weather = article("Weather", "Rain is expected on both days.")
    again = plan(converted(weather, LAMPS, ROADS), turned)
    assert again.issue.articles == ("roads", "lamps", "weather")
