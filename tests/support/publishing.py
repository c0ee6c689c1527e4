"""Small sites for tests of publishing: path → text."""

import os
import signal
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import NoReturn

from generator.model import OutputFile, PlannedFile, Stage
from generator.publish import Publication, PublishReport
from generator.publish.manifest import digest_of


def stage_of(path: str) -> Stage:
    if path.startswith("static/"):
        return Stage.ASSET
    depth = path.count("/")
    return (Stage.HOME, Stage.ISSUE)[depth] if depth < 2 else Stage.ARTICLE


def plan_of(site: Mapping[str, str]) -> list[PlannedFile]:
    return [PlannedFile(path, digest_of(text.encode()), stage_of(path)) for path, text in site.items()]


def publish(root: Path, site: Mapping[str, str], **options: bool) -> PublishReport:
    """Publish `site` (path → text) from the site folder `root` to its output/."""
    is_clean = options.pop("is_clean", False)
    with Publication.open(root / "output", root / ".bulletin", is_clean=is_clean) as publication:
        for file in publication.outdated(plan_of(site)):
            publication.stage(OutputFile(file.path, site[file.path].encode()))
        return publication.apply(**options)


def published(root: Path) -> dict[str, str]:
    """Return everything in output/: path → text."""
    output = root / "output"
    return {
        path.relative_to(output).as_posix(): path.read_text()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def publish_until(root: Path, site: Mapping[str, str], last_step: int) -> bool:
    """Publish in a child process that is killed before step `last_step` (from 0) of changing the disk.

    Returns whether it was killed; False when there were not so many steps.
    """
    child = os.fork()
    if child == 0:
        _publish_and_die(root, site, last_step)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _publish_and_die(root: Path, site: Mapping[str, str], last_step: int) -> NoReturn:
    steps = count()

    def die_at_last(_step: str) -> None:
        if next(steps) == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with Publication.open(root / "output", root / ".bulletin") as publication:
            for file in publication.outdated(plan_of(site)):
                die_at_last("stage")
                publication.stage(OutputFile(file.path, site[file.path].encode()))
            publication.apply(on_step=die_at_last)
    except BaseException:
        os._exit(1)
    os._exit(0)
