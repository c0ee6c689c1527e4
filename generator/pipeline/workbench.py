"""What the steps of one build or check share: the site, the store, what is known of files."""

import datetime
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from generator.content import ContentFile, digest_of, load_bytes
from generator.diagnostics import BulletinError, Diagnostic
from generator.pipeline.known_files import KnownFiles
from generator.pipeline.readings import Reader
from generator.pipeline.site_folder import SiteFolder
from generator.store import Store

Advance = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""


class BuildOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`today` is the latest day a guessed date of an issue may be; `is_strict`: warnings count as errors, and
    a site with problems is not published. `hold` is given the largest things that were made: a process that
    ends with the build holds them, as taking them down takes longer than some of its steps."""

    today: datetime.date
    output: Path | None = None
    is_clean: bool = False
    with_drafts: bool = False
    is_strict: bool = False
    jobs: int = 1
    hold: Callable[[object], None] = lambda _: None


class Workbench(msgspec.Struct, frozen=True):
    """What the steps of one build or check share."""

    folder: SiteFolder
    options: BuildOptions
    store: Store
    known: KnownFiles
    reader: Reader

    @classmethod
    def set_up(cls, folder: SiteFolder, options: BuildOptions, store: Store) -> "Workbench":
        settings = folder.settings
        known = KnownFiles(store)
        reader = Reader(
            folder.root,
            store,
            known,
            settings.allow_html,
            settings.search == "builtin",
            time.time_ns(),
            options.jobs,
        )
        return cls(folder, options, store, known, reader)


def file_digests(
    bench: Workbench, name: str, files: Sequence[ContentFile]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the digests of files by path, and a problem for each that cannot be read. `name` is that of the
    list they make."""
    digests, unread = bench.known.split(name, files)
    problems: list[Diagnostic] = []
    for file in unread:
        try:
            content = load_bytes(bench.folder.root, file.path)
        except BulletinError as failure:
            problems += failure.diagnostics
            continue
        digests[file.path] = digest_of(content)
        bench.known.note(file, digests[file.path], bench.reader.started_ns)
    return digests, problems
