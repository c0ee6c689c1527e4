"""What the results of pure steps depend on besides their inputs: the code itself."""

import sys
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LIBRARIES = (
    "jieba",
    "jinja2",
    "markdown",
    "msgspec",
    "nh3",
    "pillow",
    "pypinyin",
    "pyyaml",
    "rcssmin",
    "rjsmin",
    "zxing-cpp",
)


@cache
def program_stamp(package: Path = PACKAGE, libraries: Sequence[str] = LIBRARIES) -> str:
    """Return a digest of the program's source, of the libraries that shape its results, and of Python."""
    digest = blake2b(digest_size=16)
    digest.update(repr(sys.version_info[:3]).encode())
    for library in libraries:
        digest.update(f"{library} {_version(library)}\n".encode())
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package).as_posix()}\n".encode())
        digest.update(blake2b(path.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"
