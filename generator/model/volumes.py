"""Volumes: rows of issues as they are bound together. What is kept for the next build is kept by volume."""

from zlib import crc32

ISSUES_OF_VOLUME = 32
"""On average: fewer are more to come to in an archive, more are more to do again when one has changed."""


def begins_volume(name: str) -> bool:
    """Whether a volume begins with the issue or folder of this name, where they follow each other by time.

    The name alone tells: a new issue makes one volume longer, or two of one, and leaves the others as they
    are.
    """
    # The lowest bits tell the pieces of tables apart in which volumes are kept (`generator.store.tables`).
    return (crc32(name.encode("utf-8", "surrogatepass")) >> 8) % ISSUES_OF_VOLUME == 0
