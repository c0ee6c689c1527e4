"""serve: build, show, and build again whenever something changes."""

import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator.dev.outcome import BuildOutcome
from generator.dev.server import PreviewServer, is_loopback
from generator.dev.watching import Watcher, watch_files
from generator.diagnostics import BulletinError, Diagnostic, error

LOOK_SECONDS = 0.5

Build = Callable[[frozenset[Path]], BuildOutcome]
Report = Callable[[str], None]
ShowProblems = Callable[[Iterable[Diagnostic]], None]


def serve(
    build: Build,
    *,
    watched: Iterable[Path],
    output_dir: Path,
    report: Report,
    host: str = "127.0.0.1",
    port: int = 8000,
    base_path: str = "",
    is_polling: bool = False,
    stop: threading.Event | None = None,
    show_problems: ShowProblems | None = None,
) -> None:
    """Serve `output_dir` at `host`:`port` (0: any free port) under `base_path` until Ctrl-C or `stop` is set.

    `build` gets the changed files (none the first time) and is always called from this thread: the first time
    before any other thread is started, so that it may fork. BulletinError and bugs of a build are shown, in
    the pages too, and the next change is awaited. `watched`: files and folders, there already or not.
    `show_problems` prints them; without it they are reported like all else, a line each.
    Raises BulletinError when the address cannot be served: ``port-in-use``, ``port-denied``, ``serve-host``.
    """
    stop = stop or threading.Event()
    show = show_problems or partial(_report_each, report)
    watcher = Watcher(watched)
    server = PreviewServer(host, port, output_dir, base_path.rstrip("/"))
    try:
        started = time.time_ns()
        _build_once(build, frozenset(), watcher, server, report, show)
        with _answering(server), watch_files(watcher, report, is_polling=is_polling) as watching:
            _note_missed(watcher, since=started)
            report(f"serving {server.address} (Ctrl-C stops)")
            if not is_loopback(host):
                report(f"warning: {host} can be reached from the network, drafts and errors included")
            while not stop.is_set():
                watching.refresh()
                changed = watcher.next_batch(LOOK_SECONDS)
                if changed:
                    _build_once(build, changed, watcher, server, report, show)
    except KeyboardInterrupt:
        report("stopped")
    finally:
        server.server_close()


def _report_each(report: Report, problems: Iterable[Diagnostic]) -> None:
    for problem in problems:
        report(str(problem))


@contextmanager
def _answering(server: PreviewServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="preview", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.pages.close()
        server.shutdown()
        thread.join()


def _build_once(
    build: Build,
    changed: frozenset[Path],
    watcher: Watcher,
    server: PreviewServer,
    report: Report,
    show: ShowProblems,
) -> None:
    outcome = _outcome_of(build, changed, report)
    watcher.ignore_own(outcome.written_sources)
    server.pages.announce(outcome)
    show(outcome.problems)
    if not outcome.is_ok:
        report("the last good site stays up; waiting for a change")
    elif changed:
        count = len(outcome.changed)
        report(f"rebuilt: {count} {'file' if count == 1 else 'files'} of the site changed")


def _outcome_of(build: Build, changed: frozenset[Path], report: Report) -> BuildOutcome:
    try:
        return build(changed)
    except BulletinError as failure:
        return BuildOutcome(False, failure.diagnostics)
    except Exception as failure:  # a bug must not end the preview of somebody at work
        report(traceback.format_exc())
        message = f"the build stopped at a bug of bulletin: {type(failure).__name__}: {failure}"
        return BuildOutcome(False, (error("bug", message, None, "please report it with the text above"),))


def _note_missed(watcher: Watcher, since: int) -> None:
    """Take the changes made after the first build began and before the watching did."""
    for watched in watcher.watched:
        for path in [watched] if watched.is_file() else watched.rglob("*"):
            try:
                is_newer = path.is_file() and path.stat().st_mtime_ns > since
            except OSError:
                continue
            if is_newer:
                watcher.note(path)
