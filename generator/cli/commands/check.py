"""bulletin check"""

from pathlib import Path

import click

from generator.cli.command import Ending, Invocation, bulletin_command
from generator.cli.commands.convert import today_at
from generator.cli.screen import Screen, counted
from generator.pipeline.check_site import CheckReport, check_site
from generator.pipeline.site_folder import find_site_root, load_site
from generator.pipeline.workbench import BuildOptions
from generator.pipeline.workers import default_jobs


@bulletin_command(
    "check",
    example="bulletin check --strict",
    epilog="Front matter, links and anchors inside the site, pictures and their descriptions, slugs and "
    "aliases, topics, dates of issues, files that cannot be read. Exits with 1 when something is wrong.",
)
@click.option("--drafts", is_flag=True, help="Look at drafts too.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there is a warning.")
def command(screen: Screen, invocation: Invocation, drafts: bool, strict: bool) -> Ending:
    """Look for what is wrong in the content; write nothing."""
    site = load_site(find_site_root(invocation.site, Path.cwd()))
    options = BuildOptions(today=today_at(site), with_drafts=drafts, is_strict=strict, jobs=default_jobs())
    with screen.progress() as advance:
        report = check_site(site, options, advance)
    _show(screen, report)
    return Ending(report, report.diagnostics, is_strict=strict)


def _show(screen: Screen, report: CheckReport) -> None:
    looked_at = ((report.issues, "issue"), (report.articles, "article"), (report.pages, "static page"))
    screen.say(f"looked at {', '.join(counted(count, noun) for count, noun in looked_at)}")
    if not report.problems:
        screen.say("nothing to say")
        return
    screen.show_table("", ("problem", "count"), report.problems.items())
