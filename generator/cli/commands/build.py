"""bulletin build"""

from pathlib import Path

import click
from msgspec.structs import replace

from generator.cli.command import Ending, Invocation, bulletin_command
from generator.cli.commands.convert import show_conversion, today_at
from generator.cli.screen import Screen, counted
from generator.config.checks import web_address
from generator.pipeline.build_site import BuildReport, build_site
from generator.pipeline.site_folder import find_site_root, load_site
from generator.pipeline.workbench import BuildOptions
from generator.pipeline.workers import default_jobs

# The process ends with the build. Taking down what was made, or looking for garbage in it, would be a
# twentieth of a build after an edit; workers look for theirs.
_made: list[object] = []


def _check_address(context: click.Context, option: click.Parameter, address: str | None) -> str | None:
    try:
        return None if address is None else web_address(address)
    except ValueError as mistake:
        raise click.BadParameter(str(mistake), context, option) from None


@bulletin_command(
    "build",
    example="bulletin build --base-url https://example.org/bulletin",
    epilog="Raw issues that are new or changed are converted first. Deploy the folder output/ to any static "
    "host. A build that cannot be finished leaves the site as it was.",
    collects_garbage=False,
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder to publish to. Default: output/ of the site.",
)
@click.option(
    "--base-url",
    metavar="URL",
    callback=_check_address,
    help="Address of the site, instead of base_url in site.toml.",
)
@click.option("--clean", is_flag=True, help="Make every file anew.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use. Default: all cores.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--strict", is_flag=True, help="Publish nothing and exit with 1 when there is a warning.")
def command(
    screen: Screen,
    invocation: Invocation,
    output: Path | None,
    base_url: str | None,
    clean: bool,
    jobs: int | None,
    drafts: bool,
    strict: bool,
) -> Ending:
    """Convert what is new, then build the site into output/."""
    site = load_site(find_site_root(invocation.site, Path.cwd()))
    if base_url is not None:
        site = replace(site, settings=replace(site.settings, base_url=base_url))
    options = BuildOptions(
        today=today_at(site),
        output=output,
        is_clean=clean,
        with_drafts=drafts,
        is_strict=strict,
        jobs=jobs or default_jobs(),
        hold=_made.append,
    )
    with screen.progress() as advance:
        report = build_site(site, options, advance)
    show_build(screen, report)
    return Ending(report, report.diagnostics, is_strict=strict)


def show_build(screen: Screen, report: BuildReport) -> None:
    if report.converted.issues:
        show_conversion(screen, report.converted)
    if report.was_interrupted:
        screen.say("an earlier build was interrupted; what it had begun is finished")
    if not report.is_published:
        screen.say("not published: the site stays as it was")
        return
    screen.say(
        f"{counted(report.issues, 'issue')}, {counted(report.articles, 'article')}, "
        f"{counted(report.pages, 'page')}: {counted(len(report.written), 'file')} written, "
        f"{report.unchanged} unchanged, {len(report.removed)} removed"
    )
    for path in report.kept_foreign:
        screen.say(f"kept {path}: it was changed by hand and is no part of the site")
    screen.say(f"the site is in {report.output}")
