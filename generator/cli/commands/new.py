"""bulletin new DIR"""

from pathlib import Path

import click

from generator.cli.command import Ending, Invocation, bulletin_command
from generator.cli.screen import Screen
from generator.pipeline.new_site import create_site


@bulletin_command("new", example="bulletin new my-bulletin")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(screen: Screen, invocation: Invocation, folder: Path) -> Ending:
    """Make a new site in DIR: settings, a sample issue, topics, pages."""
    del invocation
    report = create_site(folder)
    screen.say(f"made {len(report.files)} files in {report.folder}")
    screen.say(f"next:  bulletin --site {report.folder} serve")
    return Ending(report)
