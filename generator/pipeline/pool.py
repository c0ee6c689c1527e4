"""Forked processes that share one long list of work, and whose results come in its order.

Whoever is free takes the number of the next piece. A pool that is fed by a thread of
the process it works for has to wait while that one loads a module or writes to the store; this one goes on
until its results fill their pipes.
"""

import gc
import os
import pickle
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from struct import Struct
from typing import Generic, TypeVar

from generator.descriptors import write_all
from generator.pipeline.workers import MOST_NUMBERS, Numbers, fork_writing

Item = TypeVar("Item")
Result = TypeVar("Result")

_ROOM = 1 << 20
"""Bytes of results that may wait for this process, where the system gives a pipe as much."""

_HEAD = Struct("<IQ")
"""Goes before each piece's results: its number, and their length in bytes."""


class Pool(Generic[Item, Result]):
    """work(item) for each item in order, done by `jobs` forked processes in pieces of at least `least` items.

    `work` and `items` need not be picklable, only the results. What a process fails at, or has taken along to
    its end, is done here.
    """

    def __init__(
        self, work: Callable[[Item], Result], items: Sequence[Item], jobs: int, least: int = 1
    ) -> None:
        self._work = work
        self._items = items
        self._size = max(least, -(-len(items) // MOST_NUMBERS))
        self._count = -(-len(items) // self._size)
        self._numbers = Numbers(self._count)
        self._poll = select.poll()
        self._child_by_pipe: dict[int, int] = {}
        for _ in range(min(jobs, self._count)):
            self._start()

    def __iter__(self) -> Iterator[Result]:
        arrived: dict[int, list[Result]] = {}
        for number in range(self._count):
            while number not in arrived and self._child_by_pipe:
                arrived |= self._receive()
            yield from arrived.pop(number) if number in arrived else self._do(number)

    def close(self) -> None:
        """Wait for the end of the processes, which begin nothing more."""
        self._numbers.close()
        for pipe in list(self._child_by_pipe):
            self._end(pipe)

    def _start(self) -> None:
        forked = fork_writing(self._serve)
        if forked:
            child, reading = forked
            self._child_by_pipe[reading] = child
            self._poll.register(reading, select.POLLIN)

    def _serve(self, writing: int) -> None:
        for others in self._child_by_pipe:
            os.close(others)
        _widen(writing)
        # Ctrl-C is for the process this one works for, which sees to its end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Garbage is looked for among the values made here only: those it was forked with stay shared.
        gc.freeze()
        gc.enable()
        for number in self._numbers:
            results = pickle.dumps(self._do(number), pickle.HIGHEST_PROTOCOL)
            write_all(writing, _HEAD.pack(number, len(results)) + results)

    def _do(self, number: int) -> list[Result]:
        start = number * self._size
        return [self._work(item) for item in self._items[start : start + self._size]]

    def _receive(self) -> dict[int, list[Result]]:
        """Wait for results; return those that are there, by the numbers of their pieces."""
        arrived = {}
        for pipe, _ in self._poll.poll():
            head = _read_all(pipe, _HEAD.size)
            if head:
                number, length = _HEAD.unpack(head)
                if results := _read_all(pipe, length):
                    arrived[number] = pickle.loads(results)  # noqa: S301
                    continue
            self._end(pipe)
        return arrived

    def _end(self, pipe: int) -> None:
        self._poll.unregister(pipe)
        os.close(pipe)
        os.waitpid(self._child_by_pipe.pop(pipe), 0)


def _widen(pipe: int) -> None:
    """Give a pipe room for results, so that nobody waits while they are not fetched."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)


def _read_all(pipe: int, length: int) -> bytes:
    """Return so many bytes, none when the other side ended before."""
    parts: list[bytes] = []
    while length:
        part = os.read(pipe, min(length, _ROOM))
        if not part:
            return b""
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
