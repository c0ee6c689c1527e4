"""The command line as a user runs it: in a process of its own, without a terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
