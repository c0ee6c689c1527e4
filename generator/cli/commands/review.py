"""bulletin review ISSUE"""

from pathlib import Path

import click

from generator.cli.command import Ending, Invocation, bulletin_command
from generator.cli.screen import Screen
from generator.pipeline.review_issue import Remark, ReviewReport, review_issue
from generator.pipeline.site_folder import find_site_root, load_site

_STYLES = {"repair": "green", "doubt": "yellow", "left out": "red", "decision": "dim"}


@bulletin_command("review", example="bulletin review 2024-07-22")
@click.argument("issue_id", metavar="ISSUE")
@click.option(
    "--only",
    type=click.Choice(["decisions", "repairs", "doubts", "left-out"]),
    help="Show one kind of remark only.",
)
def command(screen: Screen, invocation: Invocation, issue_id: str, only: str | None) -> Ending:
    """Show what conversion did to an issue, in the order of its raw lines."""
    site = load_site(find_site_root(invocation.site, Path.cwd()))
    report = review_issue(site, issue_id)
    wanted = {"decisions": "decision", "repairs": "repair", "doubts": "doubt", "left-out": "left out"}
    _show(screen, report, wanted[only] if only else "")
    return Ending(report)


def _show(screen: Screen, report: ReviewReport, kind: str) -> None:
    day = report.date.date.isoformat() if report.date.date else "no date"
    screen.say(f"{report.issue_id} · {day} ({report.date.basis}, {report.date.confidence:.0%})", "bold")
    if report.date.evidence:
        screen.say(f"  {report.date.evidence}")
    for path, encoding in report.files:
        screen.say(f"  {path} ({encoding})")
    for number, title in enumerate(report.articles, start=1):
        screen.say(f"  {number:>2}. {title}")
    for remark in report.remarks:
        if not kind or remark.kind == kind:
            _show_remark(screen, remark)
    for name, difference in report.edited:
        screen.say(f"\n{name}: edited by hand", "bold")
        if difference:
            screen.say(difference)


def _show_remark(screen: Screen, remark: Remark) -> None:
    lines = str(remark.span).rpartition(":")[2]
    owner = f" → {remark.article}" if remark.article else ""
    screen.say(f"{lines:>9}  {remark.kind}: {remark.what}{owner}", _STYLES[remark.kind])
    for label, text in (("− ", remark.before), ("+ ", remark.after)):
        if text:
            screen.say(f"{'':>11}{label if remark.kind == 'repair' else ''}{text}")
    if remark.reasons:
        screen.say(f"{'':>11}because {'; '.join(remark.reasons)}", "dim")
