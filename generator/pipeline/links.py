"""Where links of texts lead: to a page of the site, to a file of it, out of it, or nowhere."""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import msgspec

from generator.diagnostics import Diagnostic, SourceSpan, error, nearest_name_hint
from generator.model import Site
from generator.pipeline.referring import note_path

_TEXT_SUFFIX = ".md"


class LinkMap:
    """Addresses by content file. Editors link to Markdown files (``../2024-07-22/02-roads.md``), to addresses
    of the site (``/topics/``) or to anchors; a text at `path` is shown at `url`.
    """

    def __init__(self, site: Site, base_path: str, broken: Mapping[str, str]) -> None:
        """`broken`: files that could not be read this time, and the addresses they had, where their pages
        stay as they were published ("" when not known)."""
        self.base_path = base_path
        self._site = site
        self._broken = broken

    @cached_property
    def url_by_path(self) -> Mapping[str, str]:
        """Made when the first link is led anywhere: many sites have none in their texts."""
        urls = {path: url for path, url in self._broken.items() if url}
        urls |= {text.path: text.url for text in self._site.texts}
        return urls | {note_path(issue): issue.url for issue in self._site.issues}

    def target(self, written: str, path: str) -> str:
        """Return what the page says for a link as written in the file at `path`."""
        address = self.site_address(written, path)
        return (
            self.base_path + address if address.startswith("/") and not address.startswith("//") else address
        )

    def site_address(self, written: str, path: str) -> str:
        """Return the address of the site a link leads to, without base path; others come back as written."""
        parts = urlsplit_safely(written)
        if parts is None or parts.scheme or parts.netloc or not parts.path:
            return written
        rest = written[len(parts.path) :]
        if parts.path.startswith("/"):
            return written
        file = _beside(path, parts.path)
        if file in self.url_by_path:
            return self.url_by_path[file] + rest
        own = self.url_by_path.get(path, "/")
        return urljoin(own, parts.path) + rest

    def leads_to_broken(self, written: str, path: str) -> bool:
        """Whether the link is meant for a file that could not be read: that is the mistake to mend."""
        parts = urlsplit_safely(written)
        return parts is not None and not parts.scheme and _beside(path, parts.path) in self._broken


def _beside(path: str, written_path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(written_path)))


def urlsplit_safely(written: str) -> SplitResult | None:
    """The parts of an address, None for one nothing can be done with (``http://[``)."""
    try:
        return urlsplit(written)
    except ValueError:
        return None


class LinkCheck(msgspec.Struct, frozen=True):
    """Finds links that lead nowhere. `addresses` are all of the site's own (``/topics/``, ``/feed.xml``);
    `anchors_at` gives those inside the text at an address, None where there is no text; `span_of` tells where
    in a file a link is written."""

    links: LinkMap
    addresses: Collection[str]
    anchors_at: Callable[[str], Collection[str] | None] = lambda _url: None
    span_of: Callable[[str, str], SourceSpan] = lambda path, _written: SourceSpan(path)

    def problems(self, path: str, url: str, written_links: Iterable[str]) -> Iterator[Diagnostic]:
        """Yield an error for each dead link of the text at `path`, shown at `url`."""
        for written in dict.fromkeys(written_links):
            problem = self._problem(written, path, url)
            if problem:
                yield problem

    def _problem(self, written: str, path: str, url: str) -> Diagnostic | None:
        address = self.links.site_address(written, path)
        parts = urlsplit_safely(address)
        if parts is None:
            return self._dead(path, written, "is no address", "correct it")
        if parts.scheme or parts.netloc or self.links.leads_to_broken(written, path):
            return None
        target = parts.path or url
        if unquote(target) not in self.addresses and target not in self.addresses:
            return self._dead(path, written, "leads nowhere", self._advice(target, written))
        anchors = self.anchors_at(target) if parts.fragment else None
        if anchors is not None and unquote(parts.fragment) not in anchors:
            hint = nearest_name_hint(parts.fragment, anchors) if anchors else "the text has no anchors"
            return self._dead(path, written, f'has no place "#{unquote(parts.fragment)}" to lead to', hint)
        return None

    def _advice(self, target: str, written: str) -> str:
        if f"{target}/" in self.addresses:
            return f"write {target}/"
        if written.split("#")[0].endswith(_TEXT_SUFFIX):
            return nearest_name_hint(posixpath.basename(written), self._file_names())
        return "correct it, or link to the Markdown file (../2024-07-22/02-roads.md)"

    def _file_names(self) -> set[str]:
        return {posixpath.basename(path) for path in self.links.url_by_path}

    def _dead(self, path: str, written: str, what: str, hint: str) -> Diagnostic:
        return error("dead-link", f'the link "{written}" {what}', self.span_of(path, written), hint)
