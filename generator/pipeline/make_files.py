"""Making the files that are outdated, on all cores, and staging them for publication."""

from functools import partial

from generator.diagnostics import BulletinError, Diagnostic
from generator.pipeline.plan_site import SitePlan, Task, try_make
from generator.pipeline.search_beside import MadeSearch
from generator.pipeline.workbench import Advance
from generator.pipeline.workers import map_on_cores
from generator.publish import Publication, StagedFile, Staging, write_staged


def stage_outdated(
    publication: Publication, plan: SitePlan, search: MadeSearch, jobs: int, advance: Advance
) -> list[Diagnostic]:
    """Make what is outdated, on all cores, and stage it; return what went wrong, each mistake once."""
    outdated = frozenset(file.path for file in publication.outdated(plan.files))
    waiting = [task for task in plan.tasks if not outdated.isdisjoint([file.path for file in task.files])]
    problems: dict[Diagnostic, None] = {}
    for staged in search.staged:
        publication.accept(staged)
    if waiting:
        work = partial(_stage, publication.staging, outdated)
        for number, result in enumerate(map_on_cores(work, waiting, jobs, 4, 16), start=1):
            if isinstance(result, BulletinError):
                problems |= dict.fromkeys(result.diagnostics)
            else:
                for staged in result:
                    publication.accept(staged)
            if number % 64 == 0 or number == len(waiting):
                advance("rendering", number, len(waiting))
    return list(problems)


def _stage(staging: Staging, wanted: frozenset[str], task: Task) -> list[StagedFile] | BulletinError:
    made = try_make(task, wanted)
    if isinstance(made, BulletinError):
        return made
    try:
        return [write_staged(staging, file) for file in made]
    except BulletinError as failure:
        return failure
