"""Work on all cores: the same results, in the same order, whatever the number of jobs."""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from struct import Struct
from typing import IO, Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 100
"""Up to so many items need no pool of workers: to keep one takes longer than it saves."""

MOST_NUMBERS = 4096
"""So many a pipe takes everywhere before anyone reads."""

_NUMBER = Struct("<I")

_LAST = 19
"""As nice as a process can be."""


def default_jobs() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_on_cores(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    least_per_job: int = 8,
    chunk: int = 1,
) -> Iterator[Result]:
    """Yield work(item) for each item in order; in forked workers when there is enough to do.

    Workers are forked, so `work` and `items` need not be picklable, only the results. A process that has
    threads is not forked (that is unsafe): there the work is done in turn.
    """
    jobs = min(jobs, len(items) // least_per_job)
    if jobs < 2 or not _can_fork():
        yield from map(work, items)
        return
    if len(items) <= FEW:
        with closing(Shared(work, items, jobs)) as shared:
            yield from shared()
        return
    # It takes a while to load, and most builds do their work in turn.
    from generator.pipeline.pool import Pool

    with closing(Pool(work, items, jobs, chunk)) as pool:
        yield from pool


class Begun(Generic[Result]):
    """Work begun beside this process. Calling it waits for the result; what failed there is done here."""

    def __init__(self, work: Callable[[], Result], child: int, reading: int) -> None:
        self._work = work
        self._child = child
        self._reading = reading

    def __call__(self) -> Result:
        return self.result_or(self._work)

    def result_or(self, work: Callable[[], Result]) -> Result:
        """Wait for the result; where there is none, return that of work()."""
        content = self.end()
        if not content:
            return work()
        import pickle  # takes a while to load, and many builds begin nothing

        result: Result = pickle.loads(content)  # noqa: S301
        return result

    def end(self) -> bytes:
        """Wait for the end; return the bytes of the result, none when it failed or was fetched before.

        Who is interrupted meanwhile (Ctrl-C) interrupts the other process, too.
        """
        if not self._child:
            return b""
        try:
            with os.fdopen(self._reading, "rb") as pipe:
                content = pipe.read()
        except BaseException:
            os.kill(self._child, signal.SIGINT)
            raise
        finally:
            child, self._child = self._child, 0
            _, status = os.waitpid(child, 0)
        return b"" if status else content


def begin(jobs: int, work: Callable[[], Result]) -> Begun[Result]:
    """Begin work() beside this process, in a forked one where that is possible. Its result must be picklable.
    Work that is to be done here is done when the result is asked for.
    """
    forked = fork_writing(partial(_send, work)) if jobs > 1 and _can_fork() else None
    return Begun(work, *(forked or (0, -1)))


def fork_writing(serve: Callable[[int], None]) -> tuple[int, int] | None:
    """Let a forked process serve() the writing end of a pipe; return its id and the reading end.

    None when there can be no more processes. It ends with serve(), and not with status 0 when that fails.
    """
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:  # there may be no more processes, or no memory for one
        os.close(reading)
        os.close(writing)
        return None
    if child == 0:
        try:
            os.close(reading)
            serve(writing)
            os._exit(0)
        finally:  # nothing may go on here as if this were the process it was forked from
            os._exit(1)
    os.close(writing)
    return child, reading


class Numbers:
    """The numbers below `count` (at most `MOST_NUMBERS`), in a pipe: of this process and those forked from it
    whoever is free takes the next, by iterating."""

    def __init__(self, count: int) -> None:
        self._pipe, writing = os.pipe()
        os.write(writing, b"".join(map(_NUMBER.pack, range(count))))
        os.close(writing)

    def __iter__(self) -> Iterator[int]:
        while taken := os.read(self._pipe, _NUMBER.size):
            yield from _NUMBER.unpack(taken)

    def close(self) -> None:
        """Leave none to anyone."""
        for _ in self:
            pass
        os.close(self._pipe)


class Shared(Generic[Item, Result]):
    """Work on some items (at most `MOST_NUMBERS`) that other processes have begun. Calling it takes part in
    it, and returns the results in the order of the items. `gives_way`: the others let all other processes go
    before them.
    """

    def __init__(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        jobs: int,
        *,
        gives_way: bool = False,
    ) -> None:
        self._work = work
        self._items = items
        self._numbers = Numbers(len(items))
        help_out = self._do_some_later if gives_way else self._do_some
        self._begun = [begin(jobs, help_out) for _ in range(1, jobs)]

    def __call__(self) -> list[Result]:
        done = self._do_some()
        for others in self._begun:
            done |= others()
        # What failed elsewhere is done here.
        return [
            done[number] if number in done else self._work(item) for number, item in enumerate(self._items)
        ]

    def close(self) -> None:
        """Wait for the end of the other processes, which begin nothing more."""
        self._numbers.close()
        for others in self._begun:
            others.end()

    def _do_some_later(self) -> dict[int, Result]:
        os.nice(_LAST)
        return self._do_some()

    def _do_some(self) -> dict[int, Result]:
        return {number: self._work(self._items[number]) for number in self._numbers}


@contextmanager
def beside(jobs: int, work: Callable[[], Result]) -> Iterator[Begun[Result]]:
    """Begin work() as `begin` does; however the block ends, the other process has ended, too."""
    begun = begin(jobs, work)
    try:
        yield begun
    finally:
        begun.end()


@contextmanager
def prepared(
    jobs: int, prepare: Callable[[], None], work: Callable[[bytes], Result], file: IO[bytes]
) -> Iterator[Callable[[bytes, Callable[[], bytes]], Callable[[], Result]]]:
    """Let another process make itself ready for work() on a message; what is given hands one over and returns
    what waits for the result. What fails there is done here, on a message of its own. However the block ends,
    the other process has ended, too.

    The message goes through the empty `file`, and so does the result: a pipe would hold each process up until
    the other one is ready.
    """
    reading, writing = os.pipe()

    def answer() -> bool:
        import pickle

        os.close(writing)
        prepare()
        with os.fdopen(reading, "rb") as pipe:
            if not pipe.read(1):
                raise EOFError  # nothing will come
        file.seek(0)
        result = work(file.read())
        file.seek(0)
        pickle.dump(result, file)
        file.flush()
        return True

    with beside(jobs, answer) as begun:
        os.close(reading)
        sending = os.fdopen(writing, "wb")

        def hand(message: bytes, make_own: Callable[[], bytes]) -> Callable[[], Result]:
            file.write(message)
            file.flush()
            with suppress(BrokenPipeError), sending:
                sending.write(b"!")

            def wait() -> Result:
                import pickle

                if not begun.result_or(lambda: False):
                    return work(make_own())
                file.seek(0)
                result: Result = pickle.load(file)  # noqa: S301
                return result

            return wait

        try:
            yield hand
        finally:
            sending.close()


def _send(work: Callable[[], Any], writing: int) -> None:
    import pickle

    with os.fdopen(writing, "wb") as pipe:
        pickle.dump(work(), pipe)


def _can_fork() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1
