"""Tools of tests/browser/node_modules and others; a test is skipped where they are not installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

BROWSER_TESTS = Path(__file__).parents[1] / "browser"


def node_tool(*parts: str) -> Path:
    """Return a file of tests/browser/node_modules."""
    path = BROWSER_TESTS.joinpath("node_modules", *parts)
    if not path.exists():
        pytest.skip(f"{parts[0]} is not installed: npm ci --prefix tests/browser")
    return path


def run_tool(*command: str | Path) -> subprocess.CompletedProcess[str]:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300)
