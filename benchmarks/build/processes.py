"""Commands measured: wall and processor time, and the most memory all their processes held together."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.02
# Installed programs have their bytecode. This variable would have every start compile it anew.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class CommandFailed(Exception):
    """A measured command did not succeed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds; `cpu` is that of the command and of all its children. `peak` is in bytes, 0 when not asked."""

    wall: float
    cpu: float
    peak: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak))


def run(command: Sequence[str], folder: Path, *, with_memory: bool = False) -> Cost:
    """Run a command in a folder to its end; CommandFailed with its last lines when it fails.

    Watching the memory takes time of its own: times of such a run are no result.
    """
    with (folder / ".measured-output").open("w+b") as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=output, stderr=output)
        watch = _MemoryWatch(process.pid) if with_memory else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = watch.stop() if watch else 0
        if process.returncode:
            output.seek(0)
            tail = output.read()[-2000:].decode(errors="replace")
            raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    (folder / ".measured-output").unlink()
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak)


class _MemoryWatch:
    """Samples the memory of a process and of all below it. What processes share counts once (PSS)."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._done.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE_SECONDS):
            self._peak = max(self._peak, sum(map(_memory_of, _tree_of(self._root))))


def _tree_of(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                children = (task / "children").read_text()
                for child in children.split():
                    yield from _tree_of(int(child))


def _memory_of(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
