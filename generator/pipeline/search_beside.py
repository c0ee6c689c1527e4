"""The search, planned and made beside the rest of the site: in another process, where there is a second core.

It takes as long as all the rest of a build after an edit, and needs nothing of it but the arranged site.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from tempfile import TemporaryFile
from typing import Any

import msgspec

from generator.model import PlannedFile
from generator.pipeline.contents import Contents
from generator.pipeline.search_documents import search_segments, search_settings
from generator.pipeline.shelf import Shelf
from generator.pipeline.workers import beside, map_on_cores
from generator.publish import StagedFile, state_errors
from generator.search import SearchPlan, SearchSegment, plan_search
from generator.store import Notes, NotesTaken, Store, StoreReader, keep_notes

StageSearch = Callable[[SearchPlan], Sequence[StagedFile]]
"""Makes and stages those of the planned files that are outdated."""


class MadeSearch(msgspec.Struct, frozen=True):
    """All files the search adds to the site, and what was staged of them."""

    files: tuple[PlannedFile, ...]
    staged: Sequence[StagedFile]


@contextmanager
def search_beside(contents: Contents, store: Store, stage: StageSearch) -> Iterator[Callable[[], MadeSearch]]:
    """Begin to plan and make the search; what is given waits for its end, and raises its BulletinError."""
    folder = contents.folder
    jobs = 1 if folder.settings.search == "off" else contents.jobs
    with TemporaryFile(dir=folder.state_path) as file:
        reader = StoreReader(store)
        notes = Notes(reader, file)
        shelf = Shelf(folder.root, reader, allow_html=folder.settings.allow_html, most_held=1)
        # Found here: looking at every article would give the other process a copy of all of them.
        segments = search_segments(contents.site, shelf, notes)
        work = partial(_make, contents, segments, stage, notes)
        with beside(jobs, work) as begun:

            def wait() -> MadeSearch:
                made, notes = begun()
                keep_notes(store, notes, file)
                return made

            yield cache(wait)


def _make(
    contents: Contents, segments: Sequence[SearchSegment], stage: StageSearch, notes: Notes
) -> tuple[MadeSearch, NotesTaken]:
    folder = contents.folder
    settings = search_settings(contents.site, folder.settings)
    spread = partial(_on_cores, contents.jobs)
    with state_errors(folder.state_path, folder.root):
        notes.begin()
        plan = plan_search(folder.settings.search, segments, settings, notes, spread)
        return MadeSearch(plan.files, stage(plan)), notes.hand_over()


def _on_cores(jobs: int, work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
    return map_on_cores(work, items, jobs, least_per_job=2)
