"""A site on disk: where it is, and what its configuration says."""

from pathlib import Path

import msgspec

from generator.config import (
    NAMES_FILE,
    SITE_FILE,
    TOPICS_FILE,
    SiteSettings,
    parse_names,
    parse_site_settings,
    parse_topics,
)
from generator.diagnostics import BulletinError, SourceSpan, error
from generator.model import KnownNames, Topic


class SiteFolder(msgspec.Struct, frozen=True):
    """A site: its root, its settings, the topics and names its editor keeps."""

    root: Path
    settings: SiteSettings
    topics: tuple[Topic, ...]
    names: KnownNames

    @property
    def state_path(self) -> Path:
        """Folder of caches; may be deleted at any time."""
        return self.root / ".bulletin"

    @property
    def output_path(self) -> Path:
        return self.root / "output"


def find_site_root(named: Path | None, current: Path) -> Path:
    """Return the folder named, or else `current` or the nearest folder above it with a site.toml."""
    if named is not None:
        if (named / SITE_FILE).is_file():
            return named.resolve()
        hint = f"bulletin new {named} makes a site there"
        raise BulletinError(error("no-site", f"{named} has no {SITE_FILE}", None, hint))
    for folder in (current, *current.parents):
        if (folder / SITE_FILE).is_file():
            return folder.resolve()
    hint = "go to a site's folder, name one with --site DIR, or make one with: bulletin new DIR"
    raise BulletinError(error("no-site", f"no {SITE_FILE} in {current} or above it", None, hint))


def load_site(root: Path) -> SiteFolder:
    """Read site.toml, topics.toml and names.toml; raise BulletinError with every problem of all three."""
    problems: list[BulletinError] = []
    settings = topics = names = None
    try:
        settings = parse_site_settings(_load_text(root, SITE_FILE), SITE_FILE)
    except BulletinError as failure:
        problems.append(failure)
    try:
        topics = parse_topics(_load_text(root, TOPICS_FILE, is_optional=True), TOPICS_FILE)
    except BulletinError as failure:
        problems.append(failure)
    try:
        names = parse_names(_load_text(root, NAMES_FILE, is_optional=True), NAMES_FILE)
    except BulletinError as failure:
        problems.append(failure)
    if problems or settings is None or topics is None or names is None:
        raise BulletinError(diagnostic for failure in problems for diagnostic in failure.diagnostics)
    return SiteFolder(root, settings, topics, names)


def _load_text(root: Path, path: str, is_optional: bool = False) -> str:
    file = root / path
    if is_optional and not file.exists():
        return ""
    try:
        if not file.is_file():
            raise BulletinError(error("not-a-file", "is no regular file", SourceSpan(path), "replace it"))
        return file.read_bytes().decode("utf-8-sig")
    except OSError as failure:
        reason = failure.strerror or str(failure)
        hint = "make it readable for this user"
        raise BulletinError(
            error("unreadable", f"cannot be read: {reason}", SourceSpan(path), hint)
        ) from None
    except UnicodeDecodeError as failure:
        message = f"is not UTF-8 (byte {failure.start})"
        raise BulletinError(error("not-utf-8", message, SourceSpan(path), "save it as UTF-8")) from None
