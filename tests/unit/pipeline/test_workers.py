"""Work beside this process comes to the same as work in it."""

import os
import signal
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
from typing import cast

import pytest

from generator.pipeline.workers import MOST_NUMBERS, Shared, begin, beside, map_on_cores, prepared
from generator.publish import publication
from tests.support.command_line import bulletin
from tests.support.sites import build, output_files, write_site


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("jobs", [1, 2])
def test_begun_work_gives_its_result(jobs: int) -> None:
    assert begin(jobs, lambda: {"answer": [1, 2]})() == {"answer": [1, 2]}


@pytest.mark.usefixtures("forking")
def test_work_that_fails_beside_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            raise OSError("no memory")
        return 3

    assert begin(2, work)() == 3


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 15, 100, 101])
def test_results_come_in_the_order_of_the_items_whoever_works_on_them(
    tmp_path: Path, jobs: int, count: int
) -> None:
    processes = 2 if jobs > 1 and count > 10 else 1

    def work(item: int) -> tuple[int, int]:
        (tmp_path / str(os.getpid())).touch()
        # Nobody goes on alone: else one process might be through before another has begun.
        until = time.monotonic() + 10
        while len(list(tmp_path.iterdir())) < processes and time.monotonic() < until:
            time.sleep(0.001)
        return item, os.getpid()

    found = list(map_on_cores(work, range(1000, 1000 + count), jobs, least_per_job=2))
    assert [item for item, _ in found] == list(range(1000, 1000 + count))
    if processes > 1:
        assert len({process for _, process in found}) > 1


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("gives_way", [False, True])
def test_shared_work_goes_on_while_nobody_asks_for_it(tmp_path: Path, gives_way: bool) -> None:
    def work(item: int) -> int:
        (tmp_path / str(item)).touch()
        return os.getpid()

    with closing(Shared(work, range(3), 2, gives_way=gives_way)) as shared:
        until = time.monotonic() + 10
        while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < until:
            time.sleep(0.001)
        (elsewhere,) = set(shared())
    assert elsewhere != os.getpid()


@pytest.mark.usefixtures("forking")
def test_shared_work_that_nobody_wants_any_more_is_not_gone_on_with(tmp_path: Path) -> None:
    def work(item: int) -> None:
        (tmp_path / str(item)).touch()
        time.sleep(0.1)

    with pytest.raises(ValueError, match="here"), closing(Shared(work, range(100), 2)):
        raise ValueError("here")
    assert len(list(tmp_path.iterdir())) < 100


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("count", [40, 500])
def test_items_that_fail_in_other_processes_are_done_here(count: int) -> None:
    here = os.getpid()

    def work(item: int) -> int:
        time.sleep(0.001)
        if os.getpid() != here:
            raise OSError("no memory")
        return item

    assert list(map_on_cores(work, range(count), 3, least_per_job=2)) == list(range(count))


@pytest.mark.usefixtures("forking")
def test_what_a_process_of_a_pool_took_along_to_its_end_is_done_here() -> None:
    here = os.getpid()

    def work(item: int) -> int:
        if item == 57 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    assert list(map_on_cores(work, range(500), 2, chunk=7)) == list(range(500))


@pytest.mark.usefixtures("forking")
def test_results_larger_than_any_pipe_arrive_whole() -> None:
    found = map_on_cores(lambda item: bytes([item]) * 3_000_000, range(101), 2)
    assert [(part[0], len(part)) for part in found] == [(item, 3_000_000) for item in range(101)]


@pytest.mark.usefixtures("forking")
def test_a_pool_has_more_items_than_a_pipe_has_room_for_numbers() -> None:
    count = 3 * MOST_NUMBERS + 1
    assert list(map_on_cores(str, range(count), 2)) == [str(number) for number in range(count)]


@pytest.mark.usefixtures("forking")
def test_a_pool_whose_results_nobody_wants_any_more_ends(tmp_path: Path) -> None:
    def work(item: int) -> bytes:
        (tmp_path / str(item)).touch()
        return bytes(100_000)

    results = map_on_cores(work, range(2000), 2)
    next(results)
    cast("Generator[bytes]", results).close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert len(list(tmp_path.iterdir())) < 2000


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_prepared_process_works_on_what_it_is_handed(jobs: int) -> None:
    message = b"\x00line\n" * 100_000
    ready: list[int] = []

    def work(found: bytes) -> tuple[list[int], bytes, int]:
        return ready, found[:5], len(found)

    with TemporaryFile() as file, prepared(jobs, lambda: ready.append(1), work, file) as hand:
        assert hand(message, lambda: message)() == ([1] if jobs > 1 else [], b"\x00line", len(message))


@pytest.mark.usefixtures("forking")
def test_what_a_prepared_process_fails_at_is_done_here() -> None:
    def fail() -> None:
        raise OSError("no memory")

    with TemporaryFile() as file, prepared(2, fail, len, file) as hand:
        assert hand(b"x" * 1_000_000, lambda: b"own")() == 3


@pytest.mark.usefixtures("forking")
def test_a_prepared_process_that_is_handed_nothing_does_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="here"),
        TemporaryFile() as file,
        prepared(2, lambda: None, lambda _: (tmp_path / "done").touch(), file),
    ):
        raise ValueError("here")
    assert not (tmp_path / "done").exists()


def test_an_output_looked_at_beside_is_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "LARGE_MANIFEST", 0)
    root = write_site(tmp_path)
    build(root, jobs=2)
    first = output_files(root)
    (root / "output/index.html").write_text("spoilt", "utf-8")
    (root / "output/feed.xml").unlink()
    assert {*build(root, jobs=2).written} == {"index.html", "feed.xml"}
    assert output_files(root) == first


@pytest.mark.usefixtures("forking")
def test_another_process_has_ended_when_what_was_done_beside_it_fails(tmp_path: Path) -> None:
    def work() -> None:
        time.sleep(0.2)
        (tmp_path / "done").touch()

    with pytest.raises(ValueError, match="here"), beside(2, work):
        raise ValueError("here")
    assert (tmp_path / "done").exists()


@pytest.mark.usefixtures("forking")
def test_who_is_interrupted_while_waiting_leaves_no_process_behind() -> None:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), beside(2, lambda: time.sleep(60)) as begun:
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            begun()
    finally:
        signal.signal(signal.SIGALRM, before)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_search_made_beside_is_that_made_here(tmp_path: Path) -> None:
    beside_it, here = write_site(tmp_path / "beside"), write_site(tmp_path / "here")
    # The runner of the tests has threads, so that builds in it fork nothing: the command has none.
    built = bulletin("--site", beside_it, "build", "--jobs", "2", "--quiet", cwd=beside_it)
    assert built.code == 0
    build(here, jobs=1)
    assert output_files(beside_it) == output_files(here)
    assert any(path.startswith("search/") for path in output_files(here))
