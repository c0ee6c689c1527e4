"""What is kept of an output folder in the site's state folder, and the steps from one state to the next."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from generator.publish.changes import Changes
from generator.publish.durable import sync_folder
from generator.publish.journal import Step, apply_journal, ignore_step, load_journal, write_journal
from generator.publish.manifest import Manifest, load_manifest, write_manifest
from generator.publish.paths import RESERVED_FOLDER
from generator.publish.staging import flush, remove_staging_folder, staged_place, staging_places


class OutputState(msgspec.Struct, frozen=True):
    """Manifest, journal and staged files of one output folder; `name` tells it from others of the site.

    First the next manifest is written, then the journal: from here on the publication will be finished.
    Then come the changes; then the next manifest replaces the old one, and the journal is removed.
    """

    output: Path
    folder: Path
    name: str

    @property
    def manifest_path(self) -> Path:
        return self.folder / f"published-{self.name}.msgpack"

    @property
    def manifest_size(self) -> int:
        try:
            return self.manifest_path.stat().st_size
        except OSError:
            return 0

    @property
    def next_path(self) -> Path:
        return self.folder / f"publishing-{self.name}.msgpack"

    @property
    def journal_path(self) -> Path:
        return self.folder / f"journal-{self.name}.msgpack"

    def publish(self, changes: Changes, manifest: Manifest, staged_in: Path, on_step: Step) -> list[str]:
        """Make the changes for good; return the paths whose place was taken meanwhile."""
        # A new file replaces nothing that is good. Should the power fail before it is on the disk, the next
        # build finds its size wrong and makes it again.
        replacing = [write.path for write in changes.writes if write.before is not None]
        on_step("flush")
        flush([staged_place(str(staged_in), path) for path in replacing])
        on_step("manifest")
        write_manifest(self.next_path, manifest)
        on_step("journal")
        journal = write_journal(self.journal_path, staged_in.name, changes)
        lost = apply_journal(journal, str(staged_in), self.output, on_step)
        on_step("end")
        self._end(lost, on_step)
        return lost

    def finish_interrupted(self) -> bool:
        """Finish what a journal says; without one nothing was changed yet, and what was staged is undone."""
        journal = load_journal(self.journal_path)
        if journal is not None:
            places = staging_places(self.output, self.folder, self.name)
            staged_in = next((place for place in places if place.name == journal.staging_name), places[0])
            self._end(apply_journal(journal, str(staged_in), self.output, ignore_step), ignore_step)
        self.next_path.unlink(missing_ok=True)
        self.journal_path.unlink(missing_ok=True)
        (self.output / f"{RESERVED_FOLDER}-probe").unlink(missing_ok=True)
        self.clear_staging()
        return journal is not None

    def clear_staging(self) -> None:
        if self.journal_path.exists():
            return  # a publication stopped half-way: the next run needs the staged files
        for place in staging_places(self.output, self.folder, self.name):
            remove_staging_folder(place)

    def _end(self, lost: Iterable[str], on_step: Step) -> None:
        if lost and self.next_path.exists():
            before = load_manifest(self.manifest_path)
            entries = dict(load_manifest(self.next_path))
            for path in lost:
                entries.pop(path, None)
                if path in before:
                    entries[path] = before[path]
            write_manifest(self.next_path, Manifest("", entries))
        if self.next_path.exists():
            self.next_path.replace(self.manifest_path)
            sync_folder(self.folder)
        on_step("journal done")
        self.journal_path.unlink(missing_ok=True)
