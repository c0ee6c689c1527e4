"""References between static files: `@import` and `url()` in CSS, relative imports in JavaScript."""

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

import msgspec

_STRING = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_CSS = re.compile(
    rf"""/\*.*?\*/"""
    rf"""|@import\s*(?:url\(\s*)?(?P<imported>{_STRING}|[^"'\s();]+)\s*\)?\s*(?P<condition>[^;{{}}]*)(?:;|\Z)"""
    rf"""|url\(\s*(?P<used>{_STRING}|[^"'\s()]*)\s*\)"""
    rf"""|{_STRING}""",
    re.IGNORECASE | re.DOTALL,
)
_JS = re.compile(
    r"""(?P<before>\b(?:from|import)\s*\(?\s*)(?P<quote>["'])(?P<used>\.{1,2}/[^"'\n]+)(?P=quote)"""
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|/|#|\Z")


class Reference(msgspec.Struct, frozen=True):
    """A reference as written, and the path in static/ it means. `condition` is what follows in an `@import`.

    `suffix` is its query and fragment.
    """

    written: str
    path: str
    suffix: str
    is_import: bool = False
    condition: str = ""


Replace = Callable[[Reference], str]


def find_references(text: str, path: str) -> Iterator[Reference]:
    """Yield the references inside the site that the file at `path` (in static/) makes."""
    found: list[Reference] = []

    def note(reference: Reference) -> str:
        found.append(reference)
        return ""

    replace_references(text, path, note, note)
    yield from found


def replace_references(text: str, path: str, replace: Replace, replace_import: Replace) -> str:
    """Return the text with each reference replaced: the address alone, or a whole `@import` rule."""
    if path.endswith(".css"):
        return _CSS.sub(lambda match: _replace_css(match, path, replace, replace_import), text)
    if path.endswith((".js", ".mjs")):
        return _JS.sub(lambda match: _replace_js(match, path, replace), text)
    return text


def _replace_css(match: re.Match[str], path: str, replace: Replace, replace_import: Replace) -> str:
    imported, used = match["imported"], match["used"]
    written = _unquote(imported or used or "")
    if written.startswith("data:"):
        # The minifier takes spaces out of addresses.
        return match[0].replace(" ", "%20")
    if _SCHEME.match(written):
        return match[0]
    reference = _refer(written, path, bool(imported), (match["condition"] or "").strip())
    return replace_import(reference) if imported else f'url("{replace(reference)}")'


def _replace_js(match: re.Match[str], path: str, replace: Replace) -> str:
    address = replace(_refer(match["used"], path))
    # A bare name would mean a package, not a file beside this one.
    relative = address if address.startswith(".") else f"./{address}"
    return f"{match['before']}{match['quote']}{relative}{match['quote']}"


def _refer(written: str, path: str, is_import: bool = False, condition: str = "") -> Reference:
    end = min((place for mark in "?#" if (place := written.find(mark)) >= 0), default=len(written))
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(written[:end])))
    return Reference(written, target, written[end:], is_import, condition)


def _unquote(text: str) -> str:
    return text[1:-1] if text[:1] in ("'", '"') else text
