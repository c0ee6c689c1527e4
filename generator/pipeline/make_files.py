"""Making the files that are outdated, on all cores, and staging them for publication."""

from collections.abc import Sequence
from functools import partial

from generator.diagnostics import BulletinError, Diagnostic
from generator.pipeline.plan_site import SitePlan, Task, try_make
from generator.pipeline.search_beside import MadeSearch, WaitForSearch
from generator.pipeline.workbench import Advance
from generator.pipeline.workers import map_on_cores
from generator.publish import Publication, StagedFile, Staging, write_staged

MOST_BESIDE = 20_000
"""Up to so many files are made while the search is at work. For 100,000 articles both at once take 1.7 GB of
memory, one after the other 1.5 GB."""

LEAST_PER_JOB = 4
"""Tasks for each process that are worth a fork on a small site."""

FILES_PER_TASK = 1000
"""On a large one it takes a task for so many files of the site. After a fork every page of memory that is
touched is copied or at least asked for anew: with 180,000 files that takes 0.3 s, as long as 100 tasks."""


AT_A_TIME = 8000
"""Articles of a large site whose pages are made before those of others; these kind by kind, as to go from one
template to another with every page makes a build 2 % slower."""


class Maker:
    """Makes files on all cores and stages them. `problems` is what went wrong, each mistake once."""

    def __init__(self, publication: Publication, jobs: int, advance: Advance) -> None:
        self._publication = publication
        self._jobs = jobs
        self._advance = advance
        self._problems: dict[Diagnostic, None] = {}

    @property
    def problems(self) -> list[Diagnostic]:
        return list(self._problems)

    def stage_draft(self, tasks: Sequence[Task], wait_for_search: WaitForSearch) -> None:
        """Make what is outdated of these tasks, while the rest of the site is still being planned."""
        files = [file for task in tasks for file in task.files]
        outdated, staging = self._publication.staging_of(files, self._publication.get_ready())
        if len(outdated) > MOST_BESIDE:
            wait_for_search()
        self._stage(tasks, outdated, staging, len(files))

    def stage_rest(self, plan: SitePlan, search: MadeSearch) -> None:
        """Take the whole plan and the files of the search; make what is outdated of the later tasks."""
        outdated = frozenset(file.path for file in self._publication.outdated(plan.files))
        for staged in search.staged:
            self._publication.accept(staged)
        self._stage(plan.later_tasks, outdated, self._publication.staging, len(plan.files))

    def _stage(self, tasks: Sequence[Task], outdated: frozenset[str], staging: Staging, planned: int) -> None:
        """`planned` is the number of files of the site."""
        waiting = [task for task in tasks if not outdated.isdisjoint([file.path for file in task.files])]
        waiting.reverse()  # feeds and the sitemap stand last: begun last, one of them would be waited for
        # Pages of a time show the same cards, of which few are held.
        waiting.sort(key=lambda task: task.place // AT_A_TIME)
        work = partial(_stage, staging, outdated)
        least = max(LEAST_PER_JOB, planned // FILES_PER_TASK)
        for number, result in enumerate(map_on_cores(work, waiting, self._jobs, least, 16), start=1):
            if isinstance(result, BulletinError):
                self._problems |= dict.fromkeys(result.diagnostics)
            else:
                for staged in result:
                    self._publication.accept(staged)
            if number % 64 == 0 or number == len(waiting):
                self._advance("rendering", number, len(waiting))


def _stage(staging: Staging, wanted: frozenset[str], task: Task) -> list[StagedFile] | BulletinError:
    made = try_make(task, wanted)
    if isinstance(made, BulletinError):
        return made
    try:
        return [write_staged(staging, file) for file in made]
    except BulletinError as failure:
        return failure
