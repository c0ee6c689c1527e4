"""A built site behind a plain web server with the headers of docs/deploy.md, under any base path."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, base_path: str, policy: str, **options: Any) -> None:
        self._base_path = base_path
        self._policy = policy
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(f"{self._base_path}/"):
            return super().translate_path("/no/such/page")
        return super().translate_path(path.removeprefix(self._base_path))

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Security-Policy", self._policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def hosted(folder: Path, base_path: str = "", policy: str = POLICY) -> Iterator[str]:
    """Serve the folder while the block runs; yields the address without a slash at its end."""
    handler = partial(_Handler, directory=str(folder), base_path=base_path, policy=policy)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base_path}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
