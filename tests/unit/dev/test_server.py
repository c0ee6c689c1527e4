"""The preview server, asked over real HTTP."""

import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.dev import BuildOutcome
from generator.dev.server import PreviewServer, is_host_allowed, is_loopback
from generator.diagnostics import BulletinError

HTML = "<!doctype html><html><body><p>正文</p><p>&lt;/body&gt;</p></BODY></html>"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    (output / "issues/1").mkdir(parents=True)
    (output / "index.html").write_text(HTML)
    (output / "404.html").write_text(HTML.replace("正文", "没有这一页"))
    (output / "issues/1/index.html").write_text("an issue without the end of a body")
    (output / "site.css").write_text("p { color: red }")
    return output


@pytest.fixture
def server(output: Path) -> Iterator[PreviewServer]:
    server = PreviewServer("127.0.0.1", 0, output, "/bulletin")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.pages.close()
    server.shutdown()
    thread.join()
    server.server_close()


def ask(
    server: PreviewServer, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        return (
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )
    finally:
        connection.close()


def test_a_page_is_served_with_the_live_script_and_stands_on_disk_without_it(
    server: PreviewServer, output: Path
) -> None:
    status, headers, body = ask(server, "/bulletin/")
    text = body.decode()
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["content-length"] == str(len(body))
    script = text.index('<script src="/bulletin/.bulletin-live/live.js?state=')
    assert text.index("&lt;/body&gt;") < script < text.index("</BODY>")
    assert (output / "index.html").read_text() == HTML


def test_a_page_without_the_end_of_a_body_gets_the_script_at_its_end(server: PreviewServer) -> None:
    _, _, body = ask(server, "/bulletin/issues/1/")
    assert body.startswith(b"an issue without")
    assert b"live.js" in body


def test_the_live_script_comes_from_the_same_origin_as_its_policy_demands(server: PreviewServer) -> None:
    _, headers, _ = ask(server, "/bulletin/")
    assert "default-src 'self'" in headers["content-security-policy"]
    status, headers, body = ask(server, "/bulletin/.bulletin-live/live.js?state=x")
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert b"EventSource" in body


def test_a_missing_page_is_answered_with_the_sites_own_and_404(server: PreviewServer) -> None:
    status, _, body = ask(server, "/bulletin/nothing/")
    assert status == 404
    assert "没有这一页" in body.decode()
    assert b"live.js" in body


def test_before_the_first_good_build_a_page_still_comes_alive(server: PreviewServer, output: Path) -> None:
    (output / "index.html").unlink()
    (output / "404.html").unlink()
    status, _, body = ask(server, "/bulletin/")
    assert status == 404
    assert b"live.js" in body


def test_no_folder_is_listed(server: PreviewServer) -> None:
    status, _, body = ask(server, "/bulletin/issues/")
    assert status == 404
    assert b"index.html" not in body


@pytest.mark.parametrize(
    ("path", "location"),
    [("/", "/bulletin/"), ("/bulletin", "/bulletin/"), ("/bulletin/issues/1", "/bulletin/issues/1/")],
)
def test_redirects(server: PreviewServer, path: str, location: str) -> None:
    status, headers, _ = ask(server, path)
    assert (status, headers["location"]) == (302, location)


def test_a_head_request_has_the_headers_and_no_body(server: PreviewServer) -> None:
    _, wanted, body = ask(server, "/bulletin/site.css")
    status, headers, empty = ask(server, "/bulletin/site.css", "HEAD")
    assert (status, empty) == (200, b"")
    assert headers["content-length"] == str(len(body)) == wanted["content-length"]


def test_a_file_the_browser_has_already_is_not_sent_again(server: PreviewServer, output: Path) -> None:
    _, headers, _ = ask(server, "/bulletin/site.css")
    status, _, body = ask(server, "/bulletin/site.css", If_None_Match=f'"other", W/{headers["etag"]}')
    assert (status, body) == (304, b"")
    (output / "site.css").write_text("p { color: green }")
    status, _, body = ask(server, "/bulletin/site.css", If_None_Match=headers["etag"])
    assert (status, body) == (200, b"p { color: green }")


def test_pages_are_never_kept_by_the_browser(server: PreviewServer) -> None:
    assert ask(server, "/bulletin/")[1]["cache-control"] == "no-store"


def test_nothing_above_the_output_folder_is_served(server: PreviewServer, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    for path in ("/bulletin/../secret.txt", "/bulletin/%2e%2e/secret.txt", "/bulletin/..%2fsecret.txt"):
        with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=30) as plain:
            plain.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda plain=plain: plain.recv(4096), b""))
        assert answer.startswith(b"HTTP/1.1 404")
        assert b"secret\n" not in answer


def test_a_page_of_another_host_cannot_read_the_preview(server: PreviewServer) -> None:
    status, _, body = ask(server, "/bulletin/", Host="evil.example:8000")
    assert status == 421
    assert "正文" not in body.decode()


@pytest.mark.parametrize(
    "asked", ["", "localhost", "localhost:8000", "127.0.0.1:80", "[::1]:8000", "[::1]", "127.0.0.1"]
)
def test_loopback_names_are_answered(asked: str) -> None:
    assert is_host_allowed("127.0.0.1", asked)


def test_a_server_for_the_network_answers_to_every_name() -> None:
    assert is_host_allowed("0.0.0.0", "wiki.example")
    assert not is_loopback("0.0.0.0")


def test_an_unknown_method_is_refused(server: PreviewServer) -> None:
    assert ask(server, "/bulletin/", "POST")[0] == 501


def test_a_port_in_use_is_said_with_another_to_take(server: PreviewServer, output: Path) -> None:
    port = server.server_address[1]
    with pytest.raises(BulletinError) as failure:
        PreviewServer("127.0.0.1", port, output, "")
    (problem,) = failure.value.diagnostics
    assert problem.code == "port-in-use"
    assert str(port) in problem.message
    assert "--port 0" in problem.hint


@pytest.mark.parametrize(
    ("host", "port"), [("no.such.host.invalid", 0), ("203.0.113.7", 0), ("127.0.0.1", 99999)]
)
def test_an_address_that_cannot_be_served_is_said(output: Path, host: str, port: int) -> None:
    with pytest.raises(BulletinError) as failure:
        PreviewServer(host, port, output, "")
    assert failure.value.diagnostics[0].code == "serve-host"


def test_a_page_hears_of_problems_and_of_the_end_of_the_server(server: PreviewServer) -> None:
    server.pages.announce(BuildOutcome(True, (), ("other/index.html",)))
    events = server.pages.events("/bulletin/", str(server.pages.state_of(HTML.encode())))
    assert next(events) == b"event: problems\ndata: []\n\n"
    server.pages.close()
    assert list(events) == []


def told(server: PreviewServer, shown: str) -> str:
    """The name of the event a home page gets that shows the state `shown`; "" for none."""
    event, now = server.pages.news("/bulletin/", shown)
    assert server.pages.news("/bulletin/", now) == (b"", now)
    return event.decode().split("\n")[0].removeprefix("event: ")


def state(server: PreviewServer, html: str) -> str:
    return str(server.pages.state_of(html.encode()))


STYLED = '<html><head><link rel="stylesheet" href="/site.{}.css"></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("shown", "on_disk", "event"),
    [
        (STYLED.format("a", "text"), STYLED.format("a", "text"), ""),
        (STYLED.format("a", "text"), STYLED.format("a", "new text"), "reload"),
        (STYLED.format("a", "text"), STYLED.format("b", "text"), "styles"),
        (STYLED.format("a", "text"), STYLED.format("b", "new text"), "reload"),
    ],
)
def test_a_page_is_told_by_what_has_changed_in_it(
    server: PreviewServer, output: Path, shown: str, on_disk: str, event: str
) -> None:
    before = state(server, shown)
    (output / "index.html").write_text(on_disk)
    assert told(server, before) == event


@pytest.mark.parametrize(
    ("changed", "event"),
    [
        ("site.css", "styles"),
        ("logo.png", "reload"),
        ("other.png", ""),
        ("feed.xml", ""),
        ("other/index.html", ""),
    ],
)
def test_a_page_is_told_of_files_it_uses_that_kept_their_name(
    server: PreviewServer, output: Path, changed: str, event: str
) -> None:
    html = (
        '<html><head><link href="/site.css" rel="stylesheet"></head>'
        '<body><img src="/logo.png"><a href="/feed.xml">feed</a></body></html>'
    )
    (output / "index.html").write_text(html)
    before = state(server, html)
    server.pages.announce(BuildOutcome(True, (), (changed,)))
    assert told(server, before) == event


def test_a_page_that_was_removed_is_reloaded(server: PreviewServer, output: Path) -> None:
    before = state(server, HTML)
    (output / "index.html").unlink()
    assert told(server, before) == "reload"


def test_a_page_from_before_a_restart_is_reloaded(server: PreviewServer) -> None:
    assert told(server, "0000-0000.0000") == "reload"
