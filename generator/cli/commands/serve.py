"""bulletin serve"""

from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from generator.cli.command import Ending, Invocation, bulletin_command
from generator.cli.commands.convert import today_at
from generator.cli.screen import Screen
from generator.config import SITE_FILE
from generator.content import ARTICLES_FOLDER, ISSUE_FILE, RECORD_FILE
from generator.dev import BuildOutcome, serve
from generator.diagnostics import BulletinError, Diagnostic, Severity, SourceSpan, error
from generator.pipeline.build_site import BuildReport, build_site
from generator.pipeline.site_folder import find_site_root, load_site
from generator.pipeline.workbench import BuildOptions
from generator.pipeline.workers import default_jobs

WATCHED = ("content", "themes", SITE_FILE)


@bulletin_command(
    "serve",
    example="bulletin serve --port 8080 --drafts",
    epilog="An open page reloads when the site has changed. A mistake shows in the page with file and line, "
    "and the last good site stays up. Other machines cannot reach it unless --host says so.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port; 0 takes any free one.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for the network."
)
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--polling", is_flag=True, help="Look for changes again and again: for network drives.")
def command(
    screen: Screen, invocation: Invocation, port: int, host: str, drafts: bool, polling: bool
) -> Ending:
    """Show the site while you write: build, watch, reload the open page."""
    root = find_site_root(invocation.site, Path.cwd())
    base_path = load_site(root).settings.base_path
    preview = Preview(root, base_path, drafts, screen)
    serve(
        preview.build,
        watched=[root / name for name in WATCHED],
        output_dir=root / "output",
        report=screen.say,
        show_problems=screen.show_diagnostics,
        host=host,
        port=port,
        base_path=base_path,
        is_polling=polling,
    )
    if drafts:
        screen.say("output/ holds drafts now; before you deploy it: bulletin build")
    return Ending(None)


class Preview(msgspec.Struct):
    """The builds of one ``bulletin serve``. The settings are read anew for each."""

    root: Path
    base_path: str
    with_drafts: bool
    screen: Screen
    told: frozenset[Diagnostic] = frozenset()

    def build(self, changed: frozenset[Path]) -> BuildOutcome:
        del changed  # one build path: what is new is found by digest
        site = load_site(self.root)
        if site.settings.base_path != self.base_path:
            raise BulletinError(_other_path(site.settings.base_path))
        options = BuildOptions(today=today_at(site), with_drafts=self.with_drafts, jobs=default_jobs())
        report = build_site(site, options, lambda _step, _done, _total: None)
        self._tell_warnings(report.diagnostics)
        return BuildOutcome(
            is_ok=all(problem.severity < Severity.ERROR for problem in report.diagnostics),
            diagnostics=report.diagnostics,
            changed=(*report.written, *report.removed),
            written_sources=_converted_files(self.root, report),
        )

    def _tell_warnings(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print what is no error, once: errors are shown by the preview itself."""
        warnings = frozenset(problem for problem in diagnostics if problem.severity < Severity.ERROR)
        self.screen.show_diagnostics(warnings - self.told)
        self.told = warnings


def _other_path(path: str) -> Diagnostic:
    message = f'base_url has another path now ("{path}/"), the preview still has the old one'
    return error("serve-restart", message, SourceSpan(SITE_FILE), "stop bulletin serve and start it again")


def _converted_files(root: Path, report: BuildReport) -> frozenset[Path]:
    """The files conversion wrote: no reason to build again."""
    return frozenset(
        root / ARTICLES_FOLDER / issue.id / name
        for issue in report.converted.issues
        for name in (ISSUE_FILE, RECORD_FILE, *(article.name for article in issue.articles))
    )
