"""Writing by descriptor: a file object of Python adds a fourth to the time of a small file."""

import os


def write_all(descriptor: int, content: bytes) -> None:
    """Write all of `content`, also where the system takes only a part of it at once."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
