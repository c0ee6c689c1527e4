"""Which raw files make which issue, and which of them are new."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from generator.content import digest_of, load_bytes
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error
from generator.model import Issue

RAW_FOLDER = "content/raw"
FIX_SUFFIX = ".fix.toml"


class RawSource(msgspec.Struct, frozen=True):
    """The raw file, or the folder of them, that is one issue. `paths` are site-relative, in name order."""

    issue_id: str
    path: str
    paths: tuple[str, ...]

    @property
    def fix_path(self) -> str:
        """Where an editor's corrections of this issue's structure stand, if there are any."""
        path = PurePosixPath(self.path)
        stem = path.stem if self.path in self.paths else path.name
        return str(path.with_name(stem + FIX_SUFFIX))


def group_raw_files(
    raw_paths: Iterable[str], known_ids: Mapping[str, str]
) -> tuple[list[RawSource], list[Diagnostic]]:
    """Group raw files into issues, in the order of their ids.

    `known_ids` are the ids of issues converted before, by raw file: an id is chosen once.
    """
    members: dict[str, list[str]] = {}
    for path in sorted(raw_paths):
        members.setdefault(_issue_path(path), []).append(path)
    sources: dict[str, RawSource] = {}
    problems: list[Diagnostic] = []
    for path, paths in sorted(members.items()):
        name = PurePosixPath(path)
        chosen = next((known_ids[member] for member in paths if member in known_ids), "")
        issue_id = chosen or _id_of(name.stem if path in paths else name.name)
        if issue_id in sources:
            message = f'makes the issue "{issue_id}", as {sources[issue_id].path} does'
            problems.append(error("issue-id", message, SourceSpan(path), "rename one of the two"))
        else:
            sources[issue_id] = RawSource(issue_id, path, tuple(paths))
    return sorted(sources.values(), key=lambda source: source.issue_id), problems


def _id_of(name: str) -> str:
    from generator.language import slug  # takes long to load, and only a new raw file needs it

    return slug(name)


def _issue_path(path: str) -> str:
    """The file itself, or the folder directly below content/raw it lies in."""
    parts = PurePosixPath(path).parts
    depth = len(PurePosixPath(RAW_FOLDER).parts)
    return "/".join(parts[: depth + 1])


def choose_sources(
    sources: Sequence[RawSource], wanted: Sequence[Path], root: Path
) -> tuple[list[RawSource], list[Diagnostic]]:
    """Return the sources named by `wanted` (files or folders); all of them when nothing is named."""
    if not wanted or any(_site_path(path, root) == RAW_FOLDER for path in wanted):
        return list(sources), []
    chosen: dict[str, RawSource] = {}
    problems: list[Diagnostic] = []
    by_path = {path: source for source in sources for path in (source.path, *source.paths)}
    for path in wanted:
        source = by_path.get(_site_path(path, root))
        if source is None:
            hint = "name a file or folder in content/raw; files that begin with . or _ are not read"
            problems.append(error("no-raw-file", f"{path} holds no raw issue", None, hint))
        else:
            chosen[source.issue_id] = source
    return list(chosen.values()), problems


def adopt_raw_files(wanted: Sequence[Path], root: Path) -> tuple[list[Path], list[str]]:
    """Copy files and folders that stand elsewhere into content/raw; return where all stand, and the copies.

    Raises BulletinError when one is missing, or when content/raw holds another file of the same name.
    """
    adopted: list[Path] = []
    copied: list[str] = []
    for path in wanted:
        if not path.exists():
            raise BulletinError(error("no-raw-file", f"{path} does not exist", None, "check the name"))
        if _site_path(path, root):
            adopted.append(path)
            continue
        target = root / RAW_FOLDER / path.resolve().name
        if not target.exists():
            _copy(path, target)
            copied.append(f"{RAW_FOLDER}/{target.name}")
        elif not _is_same(path, target):
            hint = "rename it: a raw file's name is the name of its issue"
            message = f"{RAW_FOLDER}/{target.name} is there already and differs from {path}"
            raise BulletinError(error("raw-exists", message, None, hint))
        adopted.append(target)
    return adopted, copied


def _copy(source: Path, target: Path) -> None:
    import shutil  # takes a while to load, and this is for files from outside the site

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            shutil.copyfile(source, target)
        else:
            raise BulletinError(error("not-a-file", f"{source} is no regular file", None, "name a text file"))
    except OSError as failure:
        message = f"cannot copy {source} to {RAW_FOLDER}: {failure.strerror}"
        raise BulletinError(error("unwritable", message, None, "make content/raw writable")) from None


def _is_same(one: Path, other: Path) -> bool:
    if one.is_dir() or other.is_dir():
        names = {child.name for child in one.iterdir()} if one.is_dir() else set()
        others = {child.name for child in other.iterdir()} if other.is_dir() else set()
        return bool(names) and names == others and all(_is_same(one / name, other / name) for name in names)
    return one.read_bytes() == other.read_bytes()


def _site_path(path: Path, root: Path) -> str:
    """The path below the site's content/raw, with forward slashes; "" when it is not there."""
    try:
        relative = path.resolve().relative_to(root).as_posix()
    except ValueError:
        return ""
    return relative if relative == RAW_FOLDER or relative.startswith(RAW_FOLDER + "/") else ""


def stale_sources(
    root: Path, sources: Sequence[RawSource], issues: Sequence[Issue], digests: Mapping[str, str]
) -> list[RawSource]:
    """Return the raw issues that are new or have changed since they were converted. `digests` are those of
    the raw files by path."""
    converted = {issue.id: dict(issue.raw_digests) for issue in issues}
    return [source for source in sources if converted.get(source.issue_id) != _present(root, source, digests)]


def _present(root: Path, source: RawSource, digests: Mapping[str, str]) -> dict[str, str]:
    present = {path: digests.get(path, "") for path in source.paths}
    fix = root / source.fix_path
    return (
        present | {source.fix_path: digest_of(load_bytes(root, source.fix_path))}
        if fix.is_file()
        else present
    )
