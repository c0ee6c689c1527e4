"""Fixtures for every test."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from generator.pipeline import workers

# How long an example takes is no matter of right or wrong; the first one loads tables.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# What a shell starts in the background ignores Ctrl-C, and so would programs that the tests stop by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of third-party test material beside the checkout; a fresh clone has none."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "issues").is_dir():
        pytest.skip("third-party test material is not beside this checkout")
    return folder


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork although the runner of the tests has threads: what is done in these forks needs none of them."""
    monkeypatch.setattr(workers, "_can_fork", lambda: True)


@pytest.fixture(scope="module")
def small_volumes() -> Iterator[None]:
    """Make volumes so small that a small site has several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.model.volumes.ISSUES_OF_VOLUME", 2)
        yield
