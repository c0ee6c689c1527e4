"""A theme's static files: minified, bundled, named after their content, so that browsers can keep them."""

import posixpath
import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import PurePosixPath

import msgspec
import rcssmin
import rjsmin

from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, nearest_name_hint
from generator.model import OutputFile
from generator.render.references import Reference, find_references, replace_references
from generator.render.themes import StaticFile, Theme

ASSETS_FOLDER = "assets"
_TEXT = (".css", ".js", ".mjs")
_CONDITION = re.compile(
    r"(?P<layer>layer\b(?:\((?P<name>[^)]*)\))?)?\s*"
    r"(?:supports\((?P<supports>(?:[^()]|\([^()]*\))*)\))?\s*(?P<media>.*)",
    re.DOTALL,
)


class Assets(msgspec.Struct, frozen=True):
    """The made files, and the address (without base path) of each path in static/."""

    files: tuple[OutputFile, ...]
    urls: Mapping[str, str]


def load_assets(theme: Theme) -> Assets:
    """Read and make the static files of a theme; BulletinError for unreadable files and dead references."""
    contents = {path: _read(file) for path, file in theme.static.items()}
    return make_assets(contents, {path: file.shown for path, file in theme.static.items()})


def make_assets(contents: Mapping[str, bytes], shown: Mapping[str, str]) -> Assets:
    """Make the files of these contents by path in static/; `shown` is what messages call each."""
    return _Workshop(contents, shown).make()


def minify(path: str, content: bytes) -> bytes:
    """Return the file without what browsers do not need; what is no UTF-8 or minified already stays."""
    if not path.endswith(_TEXT) or ".min." in path:
        return content
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    small = rcssmin.cssmin(text) if path.endswith(".css") else rjsmin.jsmin(text)
    return str(small).strip().encode()


class _Workshop:
    """Files on their way to assets. A name follows from the bytes of the file and of all it refers to."""

    def __init__(self, contents: Mapping[str, bytes], shown: Mapping[str, str]) -> None:
        self._contents = contents
        self._shown = shown
        self._references = {path: self._find_references(path) for path in contents}
        self._names = {path: self._name(path) for path in contents}

    def make(self) -> Assets:
        files = tuple(
            OutputFile(f"{ASSETS_FOLDER}/{self._names[path]}", minify(path, self._finish(path)))
            for path in self._contents
        )
        return Assets(files, {path: f"/{ASSETS_FOLDER}/{name}" for path, name in self._names.items()})

    def _text(self, path: str) -> str | None:
        """The text of a file that may refer to others."""
        if not path.endswith(_TEXT):
            return None
        try:
            return self._contents[path].decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def _find_references(self, path: str) -> tuple[str, ...]:
        text = self._text(path)
        if text is None:
            return ()
        targets = []
        for reference in find_references(text, path):
            if reference.path in self._contents:
                targets.append(reference.path)
            elif path.endswith(".css"):
                raise BulletinError(self._dead_reference(path, reference))
        return tuple(targets)

    def _name(self, path: str) -> str:
        digest = blake2b(digest_size=4)
        for each in sorted(self._closure(path)):
            digest.update(f"{each}\0{len(self._contents[each])}\0".encode())
            digest.update(self._contents[each])
        pure = PurePosixPath(re.sub(r"[^A-Za-z0-9._/-]", "-", path))
        return str(pure.with_name(f"{pure.stem}.{digest.hexdigest()}{pure.suffix}"))

    def _closure(self, path: str) -> set[str]:
        reached: set[str] = set()
        waiting = [path]
        while waiting:
            current = waiting.pop()
            if current not in reached:
                reached.add(current)
                waiting += self._references[current]
        return reached

    def _finish(self, path: str) -> bytes:
        text = self._text(path)
        if text is None:
            return self._contents[path]
        return self._bundle(path, path, ()).encode() if path.endswith(".css") else self._link(text, path)

    def _link(self, text: str, path: str) -> bytes:
        """A script with the imports that exist pointing to the assets; other text is only like an import."""
        return replace_references(
            text, path, lambda reference: self._address(reference, path), lambda _: ""
        ).encode()

    def _bundle(self, path: str, bundle: str, importers: tuple[str, ...]) -> str:
        """The stylesheet `path` as a part of `bundle`, with its imports in their places."""
        if path in importers:
            hint = "take out one of these @import rules"
            raise BulletinError(error("asset-cycle", "the stylesheet imports itself", self._span(path), hint))

        def include(reference: Reference) -> str:
            if reference.path not in self._contents or not reference.path.endswith(".css"):
                return ""
            inner = self._bundle(reference.path, bundle, (*importers, path))
            return _wrap(inner, reference.condition)

        text = self._text(path) or ""
        return replace_references(text, path, lambda reference: self._address(reference, bundle), include)

    def _address(self, reference: Reference, referrer: str) -> str:
        """The reference as `referrer` is to make it: relative, so that no base path is needed."""
        name = self._names.get(reference.path)
        if name is None:
            return reference.written
        return posixpath.relpath(name, posixpath.dirname(referrer) or ".") + reference.suffix

    def _dead_reference(self, path: str, reference: Reference) -> Diagnostic:
        message = f'static/ has no file "{reference.path}"'
        hint = nearest_name_hint(reference.path, self._contents)
        return error("asset-missing", message, self._span(path, reference.written), hint)

    def _span(self, path: str, written: str = "") -> SourceSpan:
        text = self._contents[path].decode("utf-8", "replace")
        place = text.find(written) if written else -1
        return SourceSpan(self._shown[path], text.count("\n", 0, place) + 1 if place >= 0 else 0)


def _wrap(css: str, condition: str) -> str:
    """An imported stylesheet under the conditions of its import: ``layer(…) supports(…) media``."""
    found = _CONDITION.fullmatch(condition)
    assert found
    if found["media"]:
        css = f"@media {found['media']}{{{css}}}"
    if found["supports"]:
        css = f"@supports ({found['supports']}){{{css}}}"
    if found["layer"]:
        css = f"@layer {found['name'] or ''}{{{css}}}"
    return css


def _read(file: StaticFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as failure:
        message = f"cannot be read: {failure.strerror}"
        raise BulletinError(
            error("unreadable", message, SourceSpan(file.shown), "check its permissions")
        ) from None
