"""The search, planned and made beside the rest of the site: in another process, where there is a second core.

It takes as long as all the rest of a build after an edit, and needs little of it. The process makes itself
ready while the content is read, and begins when it is told what the site holds.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from tempfile import TemporaryFile

import msgspec

from generator.model import PlannedFile, Site
from generator.pipeline.readings import MANY
from generator.pipeline.search_documents import SearchInput, search_input, search_segments, search_settings
from generator.pipeline.shelf import Shelf
from generator.pipeline.workbench import Workbench
from generator.pipeline.workers import map_on_cores, prepared
from generator.publish import Ready, StagedFile, state_errors
from generator.search import SearchPlan, plan_search
from generator.store import Notes, NotesTaken, StoreReader, keep_notes

MONTHS = "search-months"
_KEY = "all"

StageSearch = Callable[[SearchPlan, Ready], Sequence[StagedFile]]
"""Makes and stages those of the planned files that are outdated."""


class MadeSearch(msgspec.Struct, frozen=True):
    """All files the search adds to the site, and what was staged of them; `months` are keys by which the
    built-in search knows them now."""

    files: tuple[PlannedFile, ...]
    staged: Sequence[StagedFile]
    months: Mapping[str, str]


WaitForSearch = Callable[[], MadeSearch]
"""Waits for the end of the search, and raises its BulletinError."""


@contextmanager
def search_beside(
    bench: Workbench, stage: StageSearch, new_articles: int
) -> Iterator[Callable[[Site, Ready], WaitForSearch]]:
    """Make a process ready for the search; what is given begins it. `new_articles`: how many will be read."""
    folder, store = bench.folder, bench.store
    engine = folder.settings.search
    with TemporaryFile(dir=folder.state_path) as file, TemporaryFile(dir=folder.state_path) as told:
        reader = StoreReader(store)
        notes = Notes(reader, file)
        shelf = Shelf(folder.root, reader, allow_html=folder.settings.allow_html, most_held=1)
        prepare = partial(_prepare, engine, new_articles)
        jobs = 1 if engine == "off" else bench.options.jobs
        with prepared(jobs, prepare, partial(_make, bench, shelf, notes, stage), told) as hand:

            def begin(site: Site, ready: Ready) -> WaitForSearch:
                def message(known: Mapping[str, str]) -> bytes:
                    allow_html = folder.settings.allow_html
                    is_on = engine != "off"
                    given = search_input(site, known, allow_html=allow_html) if is_on else SearchInput()
                    return msgspec.msgpack.encode(_Task(given, ready))

                known = store.recall(MONTHS, (_KEY,), dict[str, str]).get(_KEY, {})
                # Only the built-in search knows months by their keys, and only where their files stand.
                is_known = engine == "builtin" and not (ready.damaged or bench.options.is_clean)
                store.flush()
                with state_errors(folder.state_path, folder.root):
                    wait_for_work = hand(message(known if is_known else {}), partial(message, {}))

                def wait() -> MadeSearch:
                    made, taken = wait_for_work()
                    keep_notes(store, taken, file)
                    if made.months != known:
                        store.keep(MONTHS, {_KEY: made.months})
                    return made

                return cache(wait)

            yield begin


class _Task(msgspec.Struct, frozen=True, array_like=True):
    site: SearchInput
    ready: Ready


def _prepare(engine: str, new_articles: int) -> None:
    """Load what will be needed: numpy alone takes as long as reading the content of a thousand issues."""
    if engine == "builtin":
        import generator.search.workshop  # noqa: F401
    if 0 < new_articles < MANY:
        from generator.pipeline.file_reading import load_word_tables

        load_word_tables()


def _make(
    bench: Workbench, shelf: Shelf, notes: Notes, stage: StageSearch, message: bytes
) -> tuple[MadeSearch, NotesTaken]:
    folder = bench.folder
    task = msgspec.msgpack.decode(message, type=_Task)
    with state_errors(folder.state_path, folder.root):
        notes.begin()
        segments = search_segments(task.site, shelf, notes)
        settings = search_settings(task.site, folder.settings, shelf)
        spread = partial(map_on_cores, jobs=bench.options.jobs, least_per_job=2)
        plan = plan_search(folder.settings.search, segments, settings, notes, spread)
        months = task.site.keys if folder.settings.search == "builtin" else {}
        made = MadeSearch(plan.files, stage(plan, task.ready), months)
        return made, notes.hand_over()
