"""A page with the search in it, served from a folder of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy

REPOSITORY = Path(__file__).resolve().parents[2]
STATIC = REPOSITORY / "themes" / "default" / "static" / "search"
PAGE = REPOSITORY / "tests" / "browser" / "search_page.html"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def lay_out(folder: Path) -> Path:
    """Put the page and its scripts beside the index in `folder`/bulletin/search."""
    search = folder / "bulletin" / "search"
    search.mkdir(parents=True, exist_ok=True)
    (search / "index.html").write_bytes(PAGE.read_bytes())
    copy(Path(__file__).with_name("pagefind_page.html"), search / "pagefind.html")
    for script in STATIC.glob("*.js"):
        copy(script, search / script.name)
    return search


class _QuietHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one packet: else each answer waits 40 ms for a delayed acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve the folder on a free port of the loopback address; yields the address of its root."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
