"""The web server of the preview: the output folder as a static host would serve it, and the live events."""

import errno
import ipaddress
import socket
import sys
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from generator.dev.files import FoundFile, Redirection, content_type, find_file, is_html
from generator.dev.live import LIVE_FOLDER, SCRIPT, LivePages, missing_page
from generator.diagnostics import BulletinError, error

HTML = "text/html; charset=utf-8"
ADDRESS_HINT = "leave --host out for this machine only, or name one of its addresses and a port up to 65535"

# The policy the site is deployed under (docs/deploy.md): what it forbids shows while one writes.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


class PreviewServer(ThreadingHTTPServer):
    """Serves one output folder under one base path ("" or ``/bulletin``)."""

    daemon_threads = True
    block_on_close = False
    # On Windows this option would let two servers share a port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, host: str, port: int, output: Path, base_path: str) -> None:
        self.output = output
        self.base_path = base_path
        self.host = host
        self.pages = LivePages(output, base_path)
        self.address_family = _family(host, port)
        try:
            super().__init__((host, port), _Answer)
        except (OSError, OverflowError) as failure:
            raise _not_listening(host, port, failure) from None

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.server_address[1]}{self.base_path}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that hang up; anything else is a bug and is told."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Answer(BaseHTTPRequestHandler):
    """One request."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = "bulletin"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        if not is_host_allowed(self.server.host, self.headers.get("Host", "")):
            self._send(
                HTTPStatus.MISDIRECTED_REQUEST, "text/plain; charset=utf-8", b"This is another host.\n"
            )
            return
        address = urlsplit(self.path)
        live = f"{self.server.base_path}{LIVE_FOLDER}"
        if address.path == f"{live}/live.js":
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", SCRIPT.read_bytes())
        elif address.path == f"{live}/events":
            self._send_events(parse_qs(address.query))
        else:
            self._send_file()

    do_HEAD = do_GET

    def _send_file(self) -> None:
        found = find_file(self.server.output, self.server.base_path, self.path)
        if isinstance(found, Redirection):
            self._send(HTTPStatus.FOUND, HTML, b"", {"Location": found.location})
            return
        if found is None:
            self._send_page(HTTPStatus.NOT_FOUND, missing_page())
            return
        try:
            content, status = found.path.read_bytes(), found.path.stat()
        except OSError:  # removed by a build this very moment
            self._send_page(HTTPStatus.NOT_FOUND, missing_page())
            return
        if is_html(found.path):
            self._send_page(HTTPStatus.NOT_FOUND if found.is_missing_page else HTTPStatus.OK, content)
        else:
            self._send_unless_known(found, content, f'"{status.st_mtime_ns:x}-{status.st_size:x}"')

    def _send_page(self, status: HTTPStatus, html: bytes) -> None:
        content = self.server.pages.with_script(html, self.path)
        self._send(status, HTML, content, {"Cache-Control": "no-store"})

    def _send_unless_known(self, found: FoundFile, content: bytes, tag: str) -> None:
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        known = [name.strip().removeprefix("W/") for name in self.headers.get("If-None-Match", "").split(",")]
        if tag in known or "*" in known:
            self._send(HTTPStatus.NOT_MODIFIED, "", b"", headers)
        else:
            self._send(HTTPStatus.OK, content_type(found.path), content, headers)

    def _send(
        self, status: HTTPStatus, kind: str, content: bytes, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {**SECURITY_HEADERS, **(headers or {})}.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD" and content:
            self.wfile.write(content)

    def _send_events(self, query: Mapping[str, list[str]]) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        for event in self.server.pages.events(query.get("page", ["/"])[0], query.get("state", [""])[0]):
            self.wfile.write(event)
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Requests are not worth a line; builds are."""


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_host_allowed(served: str, asked: str) -> bool:
    """Whether the Host header may be answered: a server on loopback answers to loopback names only.

    Otherwise any web page could read the drafts here, by a name that it makes point to this machine.
    """
    if not is_loopback(served):
        return True
    name = asked.rpartition(":")[0] if asked.rpartition(":")[2].isdigit() else asked
    return not asked or is_loopback(name.strip("[]"))


def _family(host: str, port: int) -> socket.AddressFamily:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except (OSError, UnicodeError, OverflowError) as failure:
        message = f"{host!r} port {port} cannot be served: {failure}"
        raise BulletinError(error("serve-host", message, None, ADDRESS_HINT)) from None


def _not_listening(host: str, port: int, failure: OSError | OverflowError) -> BulletinError:
    code = failure.errno if isinstance(failure, OSError) else None
    if code == errno.EADDRINUSE:
        message = f"port {port} of {host} is in use by another program"
        hint = f"choose another with --port {port + 1}, or let any free one be taken with --port 0"
        return BulletinError(error("port-in-use", message, None, hint))
    if code == errno.EACCES:
        message = f"port {port} may not be used by this user"
        return BulletinError(error("port-denied", message, None, "choose one above 1023 with --port"))
    message = f"{host} port {port} cannot be served: {failure}"
    return BulletinError(error("serve-host", message, None, ADDRESS_HINT))
