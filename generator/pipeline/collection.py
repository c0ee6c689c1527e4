"""Python's search for garbage in cycles, paused while a site is built.

A build makes hundreds of thousands of values that live to its end; looking through them again and again
costs a quarter of its time and, in forked workers, a copy of every page of memory looked at. What the build
drops is freed by its count of references; cycles are few.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collection() -> Iterator[None]:
    """Leave cycles alone until the block ends; then as before."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
