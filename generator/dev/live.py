"""Live pages: what an open page shows, whether that is still what stands on disk, and what is wrong."""

import json
import re
import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import msgspec

from generator.dev.files import FoundFile, find_file
from generator.dev.outcome import BuildOutcome
from generator.diagnostics import Diagnostic

LIVE_FOLDER = "/.bulletin-live"
SCRIPT = Path(__file__).with_name("live.js")
KEEP_ALIVE_SECONDS = 15.0
# What shows in a page under the same name; feeds and indexes are named in pages, too, but do not show.
SHOWN_IN_PAGES = frozenset(
    (".css", ".js", ".mjs", ".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp", ".woff2")
)

END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)
STYLESHEET = re.compile(rb'(<link\b[^>]*?\bhref=["\']?)([^"\'\s>]+\.css(?:\?[^"\'\s>]*)?)', re.IGNORECASE)


class PageState(msgspec.Struct, frozen=True):
    """`body` is known by digest without the addresses of its stylesheets, which `styles` lists in order."""

    body: str
    styles: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.body}.{blake2b(repr(self.styles).encode(), digest_size=4).hexdigest()}"


class LivePages:
    """What all open pages share: the outcome of the last build, and a bell that rings after each.

    A page tells which state it shows; it is sent an event as soon as that is not the state on disk, however
    long it was away.
    """

    def __init__(self, output: Path, base_path: str) -> None:
        self._output = output
        self._base_path = base_path
        self._bell = threading.Condition()
        self._builds = 0
        self._problems: tuple[Diagnostic, ...] = ()
        self._changes: Counter[str] = Counter()
        self._is_closed = False
        # Pages opened before a restart of the server are told apart by it.
        self._run = secrets.token_hex(4)

    def announce(self, outcome: BuildOutcome) -> None:
        """Tell every open page of a build."""
        with self._bell:
            self._builds += 1
            self._problems = outcome.problems
            names = (PurePosixPath(path) for path in outcome.changed)
            self._changes.update(path.name for path in names if path.suffix.lower() in SHOWN_IN_PAGES)
            self._bell.notify_all()

    def close(self) -> None:
        with self._bell:
            self._is_closed = True
            self._bell.notify_all()

    def with_script(self, html: bytes, page: str) -> bytes:
        """Return a page's HTML with the script that keeps it live. Only ever sent, never written."""
        state = quote(str(self.state_of(html)))
        source = f"{self._base_path}{LIVE_FOLDER}/live.js?state={state}&page={quote(page, safe='')}"
        script = f'<script src="{source.replace("&", "&amp;")}" defer></script>'.encode()
        ends = list(END_OF_BODY.finditer(html))
        place = ends[-1].start() if ends else len(html)
        return html[:place] + script + html[place:]

    def state_of(self, html: bytes) -> PageState:
        """Return the state of a page with this HTML: it is another when the HTML is, or a file it names."""
        styles = tuple(href.decode(errors="replace") for _, href in STYLESHEET.findall(html))
        digest = blake2b(STYLESHEET.sub(rb"\1", html), digest_size=12)
        with self._bell:
            changes = sorted(self._changes.items())
        for name, count in changes:
            if name.endswith(".css"):
                styles = tuple(f"{style}#{count}" if name in style else style for style in styles)
            elif name.encode() in html:
                digest.update(f"{name} {count}\n".encode())
        return PageState(f"{self._run}-{digest.hexdigest()}", styles)

    def events(self, page: str, shown: str) -> Iterator[bytes]:
        """Yield server-sent events for a page that shows the state `shown`, until the server closes."""
        builds, told = -1, None
        while True:
            last, builds = builds, self._wait_for_build(after=builds)
            if self._is_closed:
                return
            if builds == last:
                yield b": still here\n\n"
                continue
            problems = self._problems
            if problems != told:
                yield _event("problems", [_as_row(problem) for problem in problems])
                told = problems
            news, shown = self.news(page, shown)
            if news:
                yield news

    def news(self, page: str, shown: str) -> tuple[bytes, str]:
        """Return the event that brings a page up to date (b"" when it is), and the state on disk."""
        state = self._state_on_disk(page)
        if str(state) == shown:
            return b"", shown
        if state.body != shown.partition(".")[0]:
            return _event("reload", None), str(state)
        return _event("styles", list(state.styles)), str(state)

    def _wait_for_build(self, after: int) -> int:
        """Return the number of the last build, once it is another or a keep-alive is due."""
        with self._bell:
            self._bell.wait_for(lambda: self._is_closed or self._builds != after, KEEP_ALIVE_SECONDS)
            return self._builds

    def _state_on_disk(self, page: str) -> PageState:
        found = find_file(self._output, self._base_path, page)
        try:
            html = found.path.read_bytes() if isinstance(found, FoundFile) else missing_page()
        except OSError:
            html = missing_page()
        return self.state_of(html)


def missing_page() -> bytes:
    """Return what is shown when the site has not even a 404 page, as before its first good build."""
    return (
        b'<!doctype html><html lang="en"><meta charset="utf-8"><title>Not here</title>'
        b"<body><h1>Nothing here</h1><p>The site has no such page.</p></body></html>"
    )


def _event(name: str, value: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def _as_row(problem: Diagnostic) -> dict[str, str]:
    return {
        "where": str(problem.span or ""),
        "what": f"{problem.severity.label}[{problem.code}]: {problem.message}",
        "hint": problem.hint,
    }
