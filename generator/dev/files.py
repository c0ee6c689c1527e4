"""From the address asked for to the file that answers it."""

from pathlib import Path
from urllib.parse import quote, unquote

import msgspec

from generator.publish.paths import is_sound

INDEX = "index.html"
NOT_FOUND_PAGE = "404.html"
DEFAULT_TYPE = "application/octet-stream"

# Not the system's table, which differs from machine to machine.
CONTENT_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".m4a": "audio/mp4",
    ".map": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".toml": "application/toml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".xsl": "text/xsl; charset=utf-8",
    ".zip": "application/zip",
}


class FoundFile(msgspec.Struct, frozen=True):
    """The file to answer with; `is_missing_page` when it stands for one that is not there."""

    path: Path
    is_missing_page: bool = False


class Redirection(msgspec.Struct, frozen=True):
    location: str


def find_file(output: Path, base_path: str, target: str) -> FoundFile | Redirection | None:
    """Return what answers the request target (``/bulletin/topics/?page=2``); None when nothing does.

    Nothing outside the output folder is ever found, whatever the target or a symbolic link says.
    """
    address, question, query = target.split("#")[0].partition("?")
    if address in ("", "/") and base_path:
        return Redirection(f"{base_path}/")
    if address == base_path and base_path:
        return Redirection(f"{base_path}/{question}{query}")
    if not address.startswith(f"{base_path}/"):
        return None
    path = _decoded(address.removeprefix(f"{base_path}/"))
    found = _look_up(output, path)
    if found is None:
        missing = _inside(output, NOT_FOUND_PAGE)
        return FoundFile(missing, is_missing_page=True) if missing and missing.is_file() else None
    if found.is_dir():
        # Never "//host": a path of ours begins with one slash and a name.
        return Redirection(f"{base_path}/{quote(path)}/{question}{query}")
    return FoundFile(found)


def content_type(path: Path) -> str:
    return CONTENT_TYPES.get(path.suffix.lower(), DEFAULT_TYPE)


def is_html(path: Path) -> bool:
    return content_type(path).startswith("text/html")


def _decoded(address: str) -> str:
    try:
        return unquote(address, errors="strict")
    except UnicodeDecodeError:
        return "\0"


def _look_up(output: Path, path: str) -> Path | None:
    """Return the file for a path under the site root, or the folder that lacks its slash."""
    is_folder_address = path.endswith("/") or not path
    found = _inside(output, f"{path}{INDEX}" if is_folder_address else path)
    if found is None:
        return None
    if found.is_dir():
        index = _inside(output, f"{path}/{INDEX}")
        return found if not is_folder_address and index is not None and index.is_file() else None
    return found if found.is_file() else None


def _inside(output: Path, path: str) -> Path | None:
    if not is_sound(path):
        return None
    try:
        found = (output / path).resolve()
    except (OSError, RuntimeError):
        return None
    return found if found.is_relative_to(output.resolve()) else None
