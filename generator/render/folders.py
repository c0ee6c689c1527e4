"""Files below a folder, in one order, none of them reached through a link that leads out."""

from pathlib import Path

from generator.diagnostics import Diagnostic, SourceSpan, is_text, unnameable, warning


def discover_files(folder: Path, boundary: Path, shown: str) -> tuple[dict[str, Path], list[Diagnostic]]:
    """Return the files below `folder` by relative path, sorted, and a problem for each one passed over.

    `boundary` is the folder no link may lead out of; `shown` is what messages call `folder`. Hidden files and
    editors' backups are left out silently, except in ``.well-known``. A missing folder has no files.
    """
    files: dict[str, Path] = {}
    problems: list[Diagnostic] = []
    inside = boundary.resolve()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or _is_unwanted(name):
            continue
        if not is_text(name):
            problems.append(unnameable(f"{shown}/{name}"))
        elif not path.resolve().is_relative_to(inside):
            problems.append(_left_out(f"{shown}/{name}", "is a link that leads out of the site"))
        elif not path.is_file():
            problems.append(_left_out(f"{shown}/{name}", "is no regular file"))
        else:
            files[name] = path
    return files, problems


def shown_path(path: Path, site_root: Path) -> str:
    """Return what messages call a path: relative to the site, or marked as one of the program's own."""
    if path.is_relative_to(site_root):
        return path.relative_to(site_root).as_posix()
    return f"(bulletin)/themes/{path.name}"


def _is_unwanted(name: str) -> bool:
    parts = name.split("/")
    return name.endswith("~") or any(part.startswith(".") and part != ".well-known" for part in parts)


def _left_out(path: str, why: str) -> Diagnostic:
    return warning(
        "file-left-out", f"{why}; it is left out", SourceSpan(path), "put a copy of the file in its place"
    )
