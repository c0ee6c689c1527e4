"""Files that an editor puts at an address of their own choice, where the site may stand already."""

from collections.abc import Iterable
from functools import cached_property

from generator.publish.paths import ancestors, fold, is_sound, parent_folders


class TakenPlaces:
    """Paths of the output folder that are taken, whatever the letter case, and the folders above them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = paths

    @cached_property
    def _files(self) -> set[str]:
        # Most sites have nobody who asks.
        return {fold(path) for path in self._paths}

    @cached_property
    def _folders(self) -> set[str]:
        return parent_folders(self._files)

    def take(self, path: str) -> bool:
        """Take the path; False when a file, or a folder of files, stands there or above it already."""
        folded = fold(path)
        above = set(ancestors(folded))
        is_taken = folded in self._folders or folded in self._files or bool(above & self._files)
        if is_taken or not is_sound(path):
            return False
        self._files.add(folded)
        self._folders |= above
        return True
