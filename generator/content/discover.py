"""One pass over content/: which files there are, how large, how old. None is opened."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from operator import attrgetter
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import Any

import msgspec

from generator.content.files import is_inside, leads_out
from generator.diagnostics import Diagnostic, SourceSpan, error, is_text, unnameable, warning

RAW_FOLDER = "content/raw"
ARTICLES_FOLDER = "content/articles"
PAGES_FOLDER = "content/pages"
IMAGES_FOLDER = "content/images"
ISSUE_FILE = "issue.md"
RECORD_FILE = "record.json"
FIX_SUFFIX = ".fix.toml"
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg")

MANY_ENTRIES = 4000
"""From so many entries on, half of a folder is looked at elsewhere: a process of its own takes 5 ms."""

_ALMOST_MARKDOWN = (".md", ".markdown", ".mdown", ".mdx", ".txt", ".docx", ".html")


class ContentFile(msgspec.Struct, frozen=True, gc=False):
    """A file as discovery finds it; `path` is relative to the site, with forward slashes."""

    path: str
    size: int
    mtime_ns: int


class ContentListing(msgspec.Struct, frozen=True):
    """The files of a site's content, each kind sorted by path, and what was wrong with the others.

    `articles` are packed, by the folders below content/articles they lie in, "" being none. `images` lie in
    content/images and beside the Markdown.
    """

    raw: tuple[ContentFile, ...]
    articles: Mapping[str, bytes]
    issues: tuple[ContentFile, ...]
    pages: tuple[ContentFile, ...]
    images: tuple[ContentFile, ...]
    diagnostics: tuple[Diagnostic, ...]


FileRow = tuple[str, int, int]
"""Path of a file in its folder, size, time."""

_encode = msgspec.msgpack.Encoder().encode
_decode_rows = msgspec.msgpack.Decoder(list[FileRow]).decode


def pack_articles(folder: str, files: Iterable[ContentFile]) -> bytes:
    """Pack the articles of a folder, sorted by path: an archive has thousands of folders, and those that are
    as they were are known by their bytes."""
    start = len(_way_to(folder))
    return _encode([(file.path[start:], file.size, file.mtime_ns) for file in files])


def article_files(folder: str, packed: bytes) -> list[ContentFile]:
    """Unpack the articles of a folder."""
    way = _way_to(folder)
    return [ContentFile(way + path, size, mtime_ns) for path, size, mtime_ns in _decode_rows(packed)]


def _way_to(folder: str) -> str:
    return f"{ARTICLES_FOLDER}/{folder}/" if folder else f"{ARTICLES_FOLDER}/"


Kind = str
KindOf = Callable[[str], Kind]
"""The list a file of this name belongs to, "" for none of them, or a message about it."""

Beside = Callable[[Callable[[], Any]], AbstractContextManager[Callable[[], Any]]]
"""Begins work, maybe in another process; what its block is given waits for the result."""

_Columns = tuple[Sequence[str], Sequence[int], Sequence[int]]
"""Paths, sizes and times of files: what goes quickly from one process to another."""


def discover_content(
    root: Path, raw_suffixes: tuple[str, ...] = (".txt",), beside: Beside = nullcontext
) -> ContentListing:
    """Return the files of the site at `root`. Names that begin with ``.`` or ``_`` are passed over.

    `raw_suffixes`, in small letters, are those that readers of raw files accept. In a large archive half of
    the work is done `beside`.
    """
    scan = _Scan(os.path.realpath(root), beside)

    def raw_kind(name: str) -> Kind:
        return _raw_kind(name, raw_suffixes)

    areas: tuple[tuple[str, KindOf], ...] = (
        (RAW_FOLDER, raw_kind),
        (ARTICLES_FOLDER, _article_kind),
        (PAGES_FOLDER, _page_kind),
        (IMAGES_FOLDER, _image_kind),
    )
    for folder, kind_of in areas:
        scan.read_area(folder, kind_of)
    lists = {kind: tuple(sorted(files, key=attrgetter("path"))) for kind, files in scan.files.items()}
    problems = sorted(scan.problems, key=attrgetter("sort_key"))
    return ContentListing(articles=dict(scan.pack_in_order()), **lists, diagnostics=tuple(problems))


_ARTICLES = "articles"
_KINDS = ("raw", "issues", "pages", "images")


def _raw_kind(name: str, suffixes: tuple[str, ...]) -> Kind:
    lowered = name.lower()
    if lowered.endswith(FIX_SUFFIX):
        return ""
    return "raw" if lowered.endswith(suffixes) else f"raw issues end in {' or '.join(suffixes)}"


def _article_kind(name: str) -> Kind:
    if name.endswith(".md"):
        return "issues" if name == ISSUE_FILE else _ARTICLES
    return _beside_markdown(name)


def _page_kind(name: str) -> Kind:
    return "pages" if name.endswith(".md") else _beside_markdown(name)


def _beside_markdown(name: str) -> Kind:
    lowered = name.lower()
    if lowered.endswith(_ALMOST_MARKDOWN):
        return "Markdown files end in .md"
    return _image_kind(name)


def _image_kind(name: str) -> Kind:
    return "images" if name.lower().endswith(PICTURE_SUFFIXES) else ""


class _Scan:
    """What a pass has found so far. `root` is free of links."""

    def __init__(self, root: str, beside: Beside) -> None:
        self.root = root
        self.beside = beside
        self.files: dict[Kind, list[ContentFile]] = {kind: [] for kind in _KINDS}
        self.articles: dict[str, bytes] = {}
        self.loose: list[FileRow] = []
        self.rows: list[FileRow] = []
        self.problems: list[Diagnostic] = []

    def read_area(self, folder: str, kind_of: KindOf) -> None:
        real = os.path.realpath(f"{self.root}/{folder}")
        if not is_inside(real, self.root):
            self.problems.append(leads_out(folder))
        elif os.path.lexists(real):
            self.read_folder(folder, (real,), kind_of)

    def read_folder(self, folder: str, way: tuple[str, ...], kind_of: KindOf) -> None:
        """Read a folder and those below it; `way` are the real paths from the area down to it."""
        try:
            place = _open(way[-1])
            try:
                with os.scandir(place) as entries:
                    if len(way) == 1:
                        self.share_entries(list(entries), folder, way, kind_of)
                    else:
                        self.read_entries(entries, folder, way, kind_of)
            finally:
                _close(place)
        except NotADirectoryError:
            self.problems.append(_problem("not-a-folder", folder, "this is no folder", "make it one"))
        except OSError as failure:
            self.problems.append(_unreadable(folder, failure))

    def share_entries(
        self, entries: Sequence[os.DirEntry[str]], folder: str, way: tuple[str, ...], kind_of: KindOf
    ) -> None:
        """Read the entries of an area's own folder, where an archive has thousands."""
        if len(entries) < MANY_ENTRIES:
            self.read_entries(entries, folder, way, kind_of)
            return
        own = len(entries) * 5 // 9  # the other process has to be begun, and to hand over what it found
        with self.beside(partial(self.read_apart, entries[own:], folder, way, kind_of)) as others:
            self.read_entries(entries[:own], folder, way, kind_of)
            columns, articles, loose, problems = others()
        for kind, (paths, sizes, times) in columns.items():
            self.files[kind] += map(ContentFile, paths, sizes, times)
        self.articles |= articles
        self.loose += loose
        self.problems += problems

    def read_apart(
        self, entries: Sequence[os.DirEntry[str]], folder: str, way: tuple[str, ...], kind_of: KindOf
    ) -> tuple[Mapping[Kind, _Columns], Mapping[str, bytes], Sequence[FileRow], Sequence[Diagnostic]]:
        scan = _Scan(self.root, nullcontext)
        scan.read_entries(entries, folder, way, kind_of)
        columns = {
            kind: (
                [file.path for file in files],
                [file.size for file in files],
                [file.mtime_ns for file in files],
            )
            for kind, files in scan.files.items()
        }
        return columns, scan.articles, scan.loose, scan.problems

    def read_entries(
        self, entries: Iterable[os.DirEntry[str]], folder: str, way: tuple[str, ...], kind_of: KindOf
    ) -> None:
        for entry in entries:
            if entry.name[0] in "._":
                continue
            self.read_entry(entry, folder, way, kind_of)
            if len(way) == 1 and self.rows:
                self.pack(folder, entry.name)

    def read_entry(self, entry: os.DirEntry[str], folder: str, way: tuple[str, ...], kind_of: KindOf) -> None:
        name = entry.name
        path = f"{folder}/{name}"
        if not (name.isascii() or is_text(name)):
            self.problems.append(unnameable(path))
            return
        if entry.is_dir(follow_symlinks=False):
            self.enter(path, f"{way[-1]}/{name}", way, kind_of)
            return
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as failure:
            self.problems.append(_unreadable(path, failure))
            return
        if S_ISREG(status.st_mode):
            self.add(name, path, status, kind_of)
        else:
            self.take(f"{way[-1]}/{name}", path, status, way, kind_of)

    def pack(self, area: str, name: str) -> None:
        """Pack the articles that were found at this entry of an area, or below it."""
        start = len(f"{area}/{name}/")
        rows, self.rows = [(path[start:], size, time) for path, size, time in self.rows], []
        if rows[0][0]:
            rows.sort()
            self.articles[name] = _encode(rows)
        else:  # the file itself
            self.loose += [(name, size, time) for _, size, time in rows]

    def pack_in_order(self) -> Iterator[tuple[str, bytes]]:
        """Yield the articles by folder, in the order of their paths."""
        folders = {f"{name}/": (name, packed) for name, packed in self.articles.items()}
        if self.loose:
            self.loose.sort()
            folders[self.loose[0][0]] = "", _encode(self.loose)
        for first in sorted(folders):
            yield folders[first]

    def take(
        self,
        real: str,
        path: str,
        status: os.stat_result,
        way: tuple[str, ...],
        kind_of: KindOf,
    ) -> None:
        """Take something at `real` that is neither a file nor a folder itself, as a link to one."""
        try:
            if S_ISLNK(status.st_mode):
                real = os.path.realpath(real)
                if not is_inside(real, self.root):
                    self.problems.append(leads_out(path))
                    return
                status = Path(real).stat()
        except OSError as failure:
            self.problems.append(_unreadable(path, failure))
            return
        if S_ISREG(status.st_mode):
            self.add(path.rpartition("/")[2], path, status, kind_of)
        elif not S_ISDIR(status.st_mode):
            hint = "put a file in its place, or remove it"
            self.problems.append(_problem("not-a-file", path, "this is no regular file", hint))
        else:
            self.enter(path, real, way, kind_of)

    def enter(self, folder: str, real: str, way: tuple[str, ...], kind_of: KindOf) -> None:
        """Read a folder whose real path is known, unless it is one that the way leads through."""
        if any(is_inside(step, real) for step in way):
            message, hint = "this link leads back to a folder above it", "remove the link"
            self.problems.append(_problem("link-loop", folder, message, hint))
        else:
            self.read_folder(folder, (*way, real), kind_of)

    def add(self, name: str, path: str, status: os.stat_result, kind_of: KindOf) -> None:
        kind = kind_of(name)
        if kind == _ARTICLES:
            self.rows.append((path, status.st_size, status.st_mtime_ns))
        elif kind in self.files:
            self.files[kind].append(ContentFile(path, status.st_size, status.st_mtime_ns))
        elif kind:
            hint = "rename it, convert it, or put a _ before its name"
            self.problems.append(warning("not-read", f"not read: {kind}", SourceSpan(path), hint))


def _open(folder: str) -> int | str:
    """Open a folder, where files can be looked at from there: the system goes the way to it once."""
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if os.scandir in os.supports_fd else folder


def _close(place: int | str) -> None:
    if isinstance(place, int):
        os.close(place)


def _problem(code: str, path: str, message: str, hint: str) -> Diagnostic:
    return error(code, message, SourceSpan(path), hint)


def _unreadable(path: str, failure: OSError) -> Diagnostic:
    message = f"cannot be read: {failure.strerror or failure}"
    return _problem("unreadable", path, message, "make it readable for the user who runs bulletin")
