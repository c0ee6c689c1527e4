"""A publication: from the plan of a site to the files in its output folder."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec.structs import replace

from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error
from generator.model import OutputFile, PlannedFile
from generator.publish.changes import Changes, Inspection, inspect_output
from generator.publish.folders import (
    locked,
    name_of_output,
    prepare_output_folder,
    shown_path,
    state_errors,
)
from generator.publish.journal import Step, ignore_step
from generator.publish.manifest import (
    Entry,
    Manifest,
    digest_of_plan,
    is_intact,
    load_manifest,
    write_manifest,
)
from generator.publish.paths import is_sound, plan_problems
from generator.publish.staging import StagedFile, Staging, make_staging_folder, write_staged
from generator.publish.state import OutputState

MOST_PROBLEMS = 20

LARGE_MANIFEST = 500_000
"""Bytes of the manifest of some 4,000 files: to look at so many, another process is worth its start."""

LOOK_PARTS = 16
"""Parts of the published files that are looked at in one go."""


class PublishReport(msgspec.Struct, frozen=True):
    """Output paths, sorted: `written` (new or changed), `removed`, and `kept_foreign`: files bulletin wrote
    once and somebody changed since, now no part of the site and left alone. `unchanged` counts the rest.
    """

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    kept_foreign: tuple[str, ...]


class Look(msgspec.Struct, frozen=True):
    """What a look at the output folder found: the digest of the plan that was published whole, and the
    published files that are missing or changed since (by size and time). `files` is how many there are."""

    plan_digest: str
    files: int
    damaged: frozenset[str]


class Ready(msgspec.Struct, frozen=True):
    """What a part of the site needs to be compared and staged: damaged files, and the staging folder."""

    damaged: frozenset[str]
    staging_folder: str


class _Compared(msgspec.Struct, frozen=True):
    """Planned files; those of them to be made; the digests of those that stand there in another state."""

    files: tuple[PlannedFile, ...] = ()
    outdated: Sequence[PlannedFile] = ()
    standing: Mapping[str, str] = {}


class SharedLook(Protocol):
    """A look at the parts of the output folder that others have begun; calling it takes part in it."""

    def __call__(self) -> Sequence[Look]: ...

    def close(self) -> None: ...


Share = Callable[[Callable[[int], Look], Sequence[int]], SharedLook]
"""Begins to look at the parts with these numbers, perhaps in other processes."""


class Publication:
    """One publication to one output folder. Nothing there changes before apply(); is_complete() or outdated()
    comes first, then stage() or, in workers, write_staged() and accept(). A part of the site that is made
    before all of it is planned has its own staging (`staging_of`).
    """

    def __init__(self, state: OutputState, site_root: Path, is_clean: bool) -> None:
        self.output = state.output
        self.was_interrupted = state.finish_interrupted()
        self._state = state
        self._site_root = site_root
        self._is_clean = is_clean
        self._is_complete = False
        self._shared_look: SharedLook | None = None
        self._plan: tuple[PlannedFile, ...] = ()
        self._paths: list[str] = []
        self._outdated: list[PlannedFile] = []
        self._staged: dict[str, StagedFile] = {}
        self._standing: Mapping[str, str] | None = None
        self._begun = _Compared()

    @classmethod
    @contextmanager
    def open(
        cls,
        output_dir: Path,
        state_dir: Path,
        *,
        is_clean: bool = False,
        share: Share | None = None,
    ) -> Iterator["Publication"]:
        """Lock the site, finish or undo an interrupted publication, and begin to look at the output folder.

        `state_dir` is the site's ``.bulletin`` folder. `is_clean`: every planned file counts as outdated, and
        foreign files where planned ones belong are replaced. Raises BulletinError: ``build-running``,
        ``output-folder``, ``state-folder``.
        """
        site_root = state_dir.resolve().parent
        output = prepare_output_folder(output_dir, site_root)
        with locked(state_dir, site_root):
            state = OutputState(output, state_dir.resolve(), name_of_output(output, site_root))
            with state_errors(state_dir, site_root):
                publication = cls(state, site_root, is_clean)
            if share and state.manifest_size > LARGE_MANIFEST:
                publication._shared_look = share(publication._look_at, range(LOOK_PARTS))
            try:
                yield publication
            finally:
                if publication._shared_look:
                    publication._shared_look.close()
                state.clear_staging()

    def is_complete(self, plan_digest: str) -> bool:
        """Whether all files of this plan (`digest_of_plan`) stand in the output folder as published, and none
        but them is known there. Then there is nothing to stage, and apply() changes nothing.
        """
        look = self._look
        self._is_complete = not self._is_clean and plan_digest == look.plan_digest and not look.damaged
        return self._is_complete

    def outdated(self, planned: Iterable[PlannedFile]) -> list[PlannedFile]:
        """Take the plan of the whole site; return the files that have to be made: those with another key than
        published, and those missing or changed on disk (by size and time).

        Raises BulletinError with every impossible path: ``output-path``, ``output-collision``.
        """
        self._plan = tuple(planned)
        self._paths = [file.path for file in self._plan]
        self._check_plan()
        # What the plan begins with may have been compared already, for its staging.
        begun = self._begun if self._begun.files == self._plan[: len(self._begun.files)] else _Compared()
        rest = self._compare(self._plan[len(begun.files) :], self._look.damaged)
        self._outdated = [*begun.outdated, *rest.outdated]
        self._standing = {**begun.standing, **rest.standing}
        return self._outdated

    def get_ready(self) -> Ready:
        """Do now what comes before any comparing and staging."""
        return Ready(self._look.damaged, self._staging_folder)

    def staging_of(self, part: Iterable[PlannedFile], ready: Ready) -> tuple[frozenset[str], Staging]:
        """Return the paths of these files of the coming plan that have to be made, and where they are staged.
        A forked process may ask this; what it stages has to be accepted here. Paths at which nothing can be
        written are left out: outdated() tells of them.
        """
        self._begun = self._compare(tuple(part), ready.damaged)
        paths = frozenset(file.path for file in self._begun.outdated if is_sound(file.path))
        return paths, Staging(ready.staging_folder, self._begun.standing)

    @cached_property
    def plan_digest(self) -> str:
        """The `digest_of_plan` of the plan that outdated() was told."""
        return digest_of_plan(self._paths, [file.key for file in self._plan])

    @property
    def staging(self) -> Staging:
        """Where write_staged() puts made files; the folder is made when first asked for."""
        if self._standing is None:
            raise RuntimeError("outdated() comes before staging")
        return Staging(self._staging_folder, self._standing)

    @cached_property
    def _staging_folder(self) -> str:
        return make_staging_folder(self.output, self._state.folder, self._state.name).as_posix()

    def _compare(self, files: tuple[PlannedFile, ...], damaged: frozenset[str]) -> _Compared:
        if self._is_clean:
            return _Compared(files, files)
        manifest = self._manifest
        paths = [file.path for file in files]
        places = manifest.outdated(paths, [file.key for file in files])
        if damaged:
            places = sorted({*places, *(place for place, path in enumerate(paths) if path in damaged)})
        outdated = [files[place] for place in places]
        standing = [file.path for file in outdated if file.path in manifest and file.path not in damaged]
        return _Compared(files, outdated, {path: manifest[path].digest for path in standing})

    def stage(self, file: OutputFile) -> None:
        self.accept(write_staged(self.staging, file))

    def accept(self, staged: StagedFile) -> None:
        """Take a file that write_staged() has written, in whatever order they come."""
        self._staged[staged.path] = staged

    def apply(self, *, is_pruning: bool = True, on_step: Step = ignore_step) -> PublishReport:
        """Bring the staged files to the output folder in the order of their stages, then remove what is
        planned no more (unless `is_pruning` is False: then it stays, as before).

        A planned file that was outdated and not staged stays as it is. `on_step` is told each change before
        it is made. Raises BulletinError with every obstacle (``output-foreign``, ``output-symlink``,
        ``output-folder``) before anything is changed.
        """
        if self._is_complete:
            return PublishReport((), self._look.files, (), ())
        if self._standing is None:
            raise RuntimeError("outdated() or is_complete() comes before apply()")
        files = self._staged_files()
        staged = [self._staged[file.path] for file in files]
        unplanned = self._manifest.without(self._paths)
        found = inspect_output(
            self.output,
            self._manifest,
            staged,
            unplanned,
            self._show,
            is_pruning=is_pruning,
            is_clean=self._is_clean,
        )
        if found.problems:
            raise BulletinError(_shortened(found.problems))
        clearings = {removal.path for removal in found.changes.clearings}
        manifest = self._next_manifest(files, found, set() if is_pruning else unplanned - clearings)
        with state_errors(self._state.folder, self._site_root):
            lost = self._publish(found.changes, manifest, on_step)
        if lost:
            message = "could not be published: its place was taken meanwhile"
            raise BulletinError(error("output-write", message, self._show(lost[0]), "build again"))
        return self._report(found)

    @cached_property
    def _manifest(self) -> Manifest:
        return load_manifest(self._state.manifest_path)

    @cached_property
    def _look(self) -> Look:
        looks = (
            self._shared_look() if self._shared_look else [self._look_at(part) for part in range(LOOK_PARTS)]
        )
        damaged = frozenset(chain.from_iterable(look.damaged for look in looks))
        return replace(looks[0], damaged=damaged)

    def _look_at(self, part: int) -> Look:
        """Look at one of the parts of the output folder."""
        root = f"{self.output}{os.sep}"
        rows = self._manifest.standings(part, LOOK_PARTS)
        damaged = [path for path, size, mtime_ns in rows if not is_intact(root + path, size, mtime_ns)]
        return Look(self._manifest.plan_digest, len(self._manifest), frozenset(damaged))

    def _check_plan(self) -> None:
        if self._paths == self._manifest.paths:
            return  # the very files that were found possible when they were published
        problems = plan_problems(self._paths, self._manifest.missing(self._paths), self._show)
        if problems:
            raise BulletinError(_shortened(problems))

    def _publish(self, changes: Changes, manifest: Manifest, on_step: Step) -> list[str]:
        if not changes.is_empty:
            staged_in = Path(self.staging.folder) if changes.writes else Path()
            return self._state.publish(changes, manifest, staged_in, on_step)
        if manifest != self._manifest:
            write_manifest(self._state.manifest_path, manifest)
        return []

    def _staged_files(self) -> list[PlannedFile]:
        """Return what is staged in the order of publishing."""
        planned = [file for file in self._outdated if file.path in self._staged]
        if len(planned) < len(self._staged):
            strays = sorted(self._staged.keys() - {file.path for file in planned})
            raise RuntimeError(f"staged without being outdated: {', '.join(strays)}")
        return sorted(planned, key=lambda file: file.stage)

    def _next_manifest(self, files: Iterable[PlannedFile], found: Inspection, staying: Set[str]) -> Manifest:
        """Return what will be known of the output folder: of the planned files, then of those staying."""
        entries: dict[str, Entry] = {}
        for file in files:
            staged = self._staged[file.path]
            present = found.standing.get(file.path)
            size = present.size if present else staged.size
            mtime_ns = present.mtime_ns if present else staged.mtime_ns
            entries[file.path] = Entry(file.key, staged.digest, size, mtime_ns)
        before = self._manifest
        paths = self._paths
        if staying:
            paths = paths + [path for path in before.paths if path in staying]
        is_whole = len(paths) == len(self._paths) and all(
            file.path in self._staged for file in self._outdated
        )
        return before.updated(self.plan_digest if is_whole else "", paths, entries)

    def _report(self, found: Inspection) -> PublishReport:
        changes = found.changes
        written = sorted(write.path for write in changes.writes)
        removed = sorted(removal.path for removal in (*changes.clearings, *changes.removals))
        unchanged = len(self._paths) - len(written)
        return PublishReport(tuple(written), unchanged, tuple(removed), tuple(sorted(found.foreign)))

    def _show(self, path: str) -> SourceSpan:
        return SourceSpan(shown_path(self.output / path, self._site_root))


def _shortened(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the first problems, the last of them saying how many more there are."""
    found = list(problems)
    if len(found) <= MOST_PROBLEMS:
        return found
    more = len(found) - MOST_PROBLEMS
    return [*islice(found, MOST_PROBLEMS), error("more", f"and {more} more problems of the output folder")]
