"""The command line as a user runs it: in a process of its own, without a terminal."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.cli.main import run

PROGRAM = (sys.executable, "-X", "utf8", "-W", "error", "-c", "from generator.cli.main import main; main()")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def problems(self) -> list[str]:
        """The problems as printed, one a line."""
        return [line for line in self.err.splitlines() if line.strip()]


def run_here(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Ran:
    """Run ``bulletin`` with the arguments in this process, which has its libraries loaded already."""
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return Ran(code, out, err)


def bulletin(*arguments: str | Path, cwd: Path, environment: Mapping[str, str] = {}) -> Ran:
    """Run ``bulletin`` with the arguments in the folder `cwd`."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Served:
    """A running ``bulletin serve``: the address it has printed, and its lines from then on."""

    address: str
    process: "subprocess.Popen[str]"

    def line_with(self, words: str) -> str:
        """Wait for a line that holds `words`."""
        assert self.process.stdout is not None
        return next(line for line in self.process.stdout if words in line)


@contextmanager
def bulletin_serve(site: Path, *options: str) -> Iterator[Served]:
    """Run ``bulletin serve`` on a free port until the block ends, then stop it as Ctrl-C does."""
    with subprocess.Popen(
        [*PROGRAM, "--site", str(site), "serve", "--port", "0", *options],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        served = Served("", process)
        try:
            address = served.line_with("serving ").split()[1]
            yield Served(address, process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    assert process.returncode == 0
