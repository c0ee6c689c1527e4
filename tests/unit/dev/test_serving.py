"""serve, whole: build, change a real file, ask again over real HTTP."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.dev import BuildOutcome, serve
from generator.diagnostics import BulletinError
from tests.support.preview import PATIENCE_SECONDS, TinySite, serving


def read(site: TinySite, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", urlsplit(site.address).path + path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


@contextmanager
def listening(site: TinySite, page: str) -> Iterator[Iterator[tuple[str, object]]]:
    """Listen as an open page does: the events of a page as it is served now."""
    _, html = read(site, page)
    query = html.split("live.js?")[1].split('"')[0].replace("&amp;", "&")
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=PATIENCE_SECONDS)
    connection.request("GET", f"{site.base_path}/.bulletin-live/events?{query}")
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream; charset=utf-8"

    def events() -> Iterator[tuple[str, object]]:
        while line := response.readline().decode():
            if line.startswith("event: "):
                yield line.strip().removeprefix("event: "), json.loads(response.readline()[6:])

    try:
        yield events()
    finally:
        response.close()
        connection.close()


def test_a_changed_file_is_built_and_its_open_page_told_to_reload(tmp_path: Path) -> None:
    site = TinySite(tmp_path, base_path="/bulletin")
    site.write("index.txt", "初稿")
    with serving(site), listening(site, "index.html") as events:
        assert next(events) == ("problems", [])
        assert "初稿" in read(site, "index.html")[1]
        site.write("index.txt", "定稿")
        assert next(events) == ("reload", None)
        assert "定稿" in read(site, "index.html")[1]
        assert site.next_build() == {"index.txt"}


def test_an_error_is_told_with_file_and_line_and_the_last_good_site_stays(tmp_path: Path) -> None:
    site = TinySite(tmp_path)
    site.write("index.txt", "good")
    with serving(site), listening(site, "index.html") as events:
        assert next(events) == ("problems", [])
        site.write("index.txt", "broken <b>")
        name, problems = next(events)
        assert name == "problems"
        assert problems == [
            {"where": "content/index.txt:1", "what": "error[broken]: says 'broken <b>'", "hint": "mend it"}
        ]
        assert "good" in read(site, "index.html")[1]
        assert "content/index.txt:1: error[broken]" in site.line_with("broken")
        site.write("index.txt", "mended")
        assert next(events) == ("problems", [])
        assert next(events) == ("reload", None)


def test_a_page_opened_while_the_site_is_broken_is_told_at_once(tmp_path: Path) -> None:
    site = TinySite(tmp_path)
    site.write("index.txt", "broken")
    with serving(site):
        status, _ = read(site, "index.html")
        assert status == 404
        with listening(site, "index.html") as events:
            name, problems = next(events)
            assert (name, len(problems)) == ("problems", 1)
            site.write("index.txt", "good")
            assert next(events) == ("problems", [])
            assert next(events) == ("reload", None)
        assert read(site, "index.html")[0] == 200


def test_a_style_sheet_alone_is_swapped_without_a_reload(tmp_path: Path) -> None:
    site = TinySite(tmp_path)
    site.write("index.txt", "text")
    site.write("site.css", "p { color: red }")
    with serving(site), listening(site, "index.html") as events:
        assert next(events) == ("problems", [])
        site.write("site.css", "p { color: green }")
        assert next(events)[0] == "styles"


def test_a_build_that_breaks_down_is_told_and_the_next_change_is_built(tmp_path: Path) -> None:
    site = TinySite(tmp_path)
    calm = site.build

    def build(changed: frozenset[Path]) -> BuildOutcome:
        outcome = calm(changed)
        if {path.name for path in changed} == {"bug.txt"}:
            raise ZeroDivisionError("a bug")
        return outcome

    site.build = build  # type: ignore[method-assign]
    site.write("index.txt", "text")
    with serving(site), listening(site, "index.html") as events:
        next(events)
        site.write("bug.txt", "x")
        name, problems = next(events)
        assert name == "problems"
        assert "ZeroDivisionError: a bug" in str(problems)
        site.write("index.txt", "next")
        assert next(events) == ("problems", [])
        assert next(events) == ("reload", None)


def test_what_the_build_writes_into_the_sources_is_no_reason_to_build_again(tmp_path: Path) -> None:
    site = TinySite(tmp_path)
    calm = site.build

    def build(changed: frozenset[Path]) -> BuildOutcome:
        converted = site.write("converted/article.txt", str(time.monotonic_ns()))
        outcome = calm(changed)
        return BuildOutcome(outcome.is_ok, (), outcome.changed, frozenset({converted}))

    site.build = build  # type: ignore[method-assign]
    site.write("index.txt", "1")
    with serving(site):
        site.write("index.txt", "2")
        assert site.next_build() == {"index.txt"}
        site.write("last.txt", "3")
        assert site.next_build() == {"last.txt"}


def test_a_file_changed_during_the_first_build_is_built_again(tmp_path: Path) -> None:
    site = TinySite(tmp_path)
    calm = site.build

    def build(changed: frozenset[Path]) -> BuildOutcome:
        outcome = calm(changed)
        if not changed:
            time.sleep(0.02)  # the clock of the file system may be as coarse
            site.write("late.txt", "late")
        return outcome

    site.build = build  # type: ignore[method-assign]
    with serving(site):
        assert site.next_build() == {"late.txt"}
        assert "late" in read(site, "late.html")[1]


def test_polling_serves_as_well(tmp_path: Path) -> None:
    site = TinySite(tmp_path)
    site.write("index.txt", "one")
    with serving(site, is_polling=True):
        site.write("index.txt", "another")
        assert site.next_build() == {"index.txt"}


def test_a_port_in_use_stops_before_anything_is_built(tmp_path: Path) -> None:
    built: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(BulletinError) as failure:
        serve(
            lambda changed: built.append(changed) or BuildOutcome(True),  # type: ignore[func-returns-value]
            watched=[],
            output_dir=tmp_path,
            report=print,
            port=taken.getsockname()[1],
        )
    assert failure.value.diagnostics[0].code == "port-in-use"
    assert built == []


def test_a_host_the_network_can_reach_is_warned_of(tmp_path: Path) -> None:
    stop = threading.Event()
    lines: list[str] = []

    def report(line: str) -> None:
        lines.append(line)
        if line.startswith("warning"):
            stop.set()

    serve(
        lambda _: BuildOutcome(True),
        watched=[tmp_path],
        output_dir=tmp_path / "output",
        report=report,
        host="0.0.0.0",
        port=0,
        stop=stop,
    )
    assert any("reached from the network" in line for line in lines)


SERVE = """
import sys
from pathlib import Path
from generator.dev import BuildOutcome, serve
folder = Path(sys.argv[1])
serve(lambda _: BuildOutcome(True), watched=[folder], output_dir=folder / "output",
      report=lambda line: print(line, flush=True), port=0)
print("came back", flush=True)
"""


def test_ctrl_c_stops_it_without_a_trace(tmp_path: Path, repository: Path) -> None:
    command = [sys.executable, "-c", SERVE, str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=repository
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("serving http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert (out.split("\n")[:2], err, process.returncode) == (["stopped", "came back"], "", 0)
