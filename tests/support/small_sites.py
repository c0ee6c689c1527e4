"""Whole small sites: the good one of tests/sites/, built once, and copies of it with one fault each."""

import shutil
from pathlib import Path

SITES = Path(__file__).resolve().parent.parent / "sites"
GOOD = SITES / "good"

NEWS = "content/articles/2025-03-17/02-news.md"
NEWS_PAGE = "output/issues/2025-03-17/hao-xiao-xi/index.html"
NEWS_TEXT = "---\ntitle: 好消息\nkeywords: [消息]\nslug: hao-xiao-xi\n---\n好消息总能登出来。\n"

BRIDGE = "content/articles/2025-03-03/01-bridge.md"
BRIDGE_PAGE = "output/issues/2025-03-03/xin-qiao/index.html"


def copy_site(source: Path, target: Path) -> Path:
    """Copy a site as it stands, its times, output and caches included."""
    shutil.copytree(source, target, symlinks=True)
    return target


def write(site: Path, path: str, content: str | bytes) -> Path:
    """Write a file of a site, with the folders it needs."""
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def lay_over(fault: Path, site: Path) -> None:
    """Put the files of a broken_… folder over a site; one of the size 0 takes a file away."""
    for path in sorted(fault.rglob("*")):
        name = path.relative_to(fault).as_posix()
        if path.is_dir() or name == "expected.toml":
            continue
        if path.stat().st_size:
            write(site, name, path.read_bytes())
        else:
            (site / name).unlink()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path; links are not followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        if not path.is_symlink()
        else bytes(path.readlink())
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }
