"""bulletin convert [FILE|DIR…]"""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.cli.command import Ending, Invocation, bulletin_command
from generator.cli.screen import Screen
from generator.pipeline.convert_report import ConvertOptions, ConvertReport, IssueOutcome
from generator.pipeline.site_folder import SiteFolder, find_site_root, load_site
from generator.pipeline.workers import default_jobs


@bulletin_command(
    "convert",
    example="bulletin convert content/raw/2024-07-22.txt",
    epilog="A FILE is one issue, and so is a DIR of them (its pages, in name order). What stands outside "
    "content/raw is copied there first. Articles edited by hand are never overwritten without --force.",
)
@click.argument("paths", metavar="[FILE|DIR]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--date",
    "issue_date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date of the issue, when its name and text do not say it.",
)
@click.option("--force", is_flag=True, help="Overwrite articles that were edited by hand.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use. Default: all cores.")
def command(
    screen: Screen,
    invocation: Invocation,
    paths: tuple[Path, ...],
    issue_date: datetime | None,
    force: bool,
    jobs: int | None,
) -> Ending:
    """Turn raw issues into Markdown articles. Default: all of content/raw."""
    if issue_date is not None and len(paths) != 1:
        raise click.UsageError("--date goes with exactly one FILE or DIR")
    site = load_site(find_site_root(invocation.site, Path.cwd()))
    options = ConvertOptions(
        today=today_at(site),
        date=issue_date.date() if issue_date else None,
        is_forced=force,
        jobs=jobs or default_jobs(),
    )
    from generator.pipeline.convert_issues import (
        convert_issues,  # the build shows reports, too, but loads less
    )

    with screen.progress() as advance:
        report = convert_issues(site, paths, options, advance)
    show_conversion(screen, report)
    return Ending({"issues": report.issues, "copied": report.copied}, report.diagnostics)


def today_at(site: SiteFolder) -> date:
    """The present day in the site's time zone: the latest day a guessed date may be."""
    return datetime.now(ZoneInfo(site.settings.timezone)).date()


def show_conversion(screen: Screen, report: ConvertReport) -> None:
    for path in report.copied:
        screen.say(f"copied to {path}")
    if not report.issues:
        screen.say("no raw issue to convert in content/raw")
        return
    columns = ("issue", "date", "articles", "repaired", "left out", "doubts")
    screen.show_table("", columns, [_row(outcome) for outcome in report.issues])
    for outcome in report.issues:
        for article in outcome.articles:
            if article.difference:
                screen.say(article.difference)
    screen.say("what was done to an issue, line by line:  bulletin review ISSUE")


def _row(outcome: IssueOutcome) -> tuple[object, ...]:
    day = outcome.date.isoformat() if outcome.date else "no date"
    sure = f"{day} (guess)" if outcome.date_basis == "text-vote" else day
    actions = [article.action for article in outcome.articles]
    kept = sum(action == "kept" for action in actions)
    articles = str(len(actions)) + (f" ({kept} kept)" if kept else "")
    return (
        outcome.id,
        sure,
        articles,
        _counts(dict(outcome.repairs)),
        _counts(dict(outcome.removals)),
        outcome.doubts,
    )


def _counts(by_kind: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in by_kind.items()) or "–"
