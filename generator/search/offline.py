"""The service worker that keeps visited pages and the search for use without a network."""

from functools import cache
from importlib.resources import files

from generator.model import Stage
from generator.search.files import Part, key_of

WORKER_PATH = "sw.js"
"""At the root of the site, since a worker sees only what lies below it."""


def offline_parts(is_wanted: bool) -> tuple[Part, ...]:
    """Return the worker, or nothing: search.js dismisses one of earlier times."""
    if not is_wanted:
        return ()
    script = _script()
    return (Part({WORKER_PATH: key_of(script)}, lambda: {WORKER_PATH: script}, Stage.ASSET),)


@cache
def _script() -> bytes:
    return files("generator.search").joinpath("worker.js").read_bytes()
