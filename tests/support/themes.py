"""Small themes in a folder: what a test needs of them and nothing else."""

from pathlib import Path
from typing import Any

from generator.diagnostics import BulletinError, Diagnostic
from generator.render.environment import ThemeEnvironment, ThemeSetup, make_environment, render_page
from generator.render.themes import load_theme


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write texts by relative path."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_theme(root: Path, name: str, files: dict[str, str], extends: str = "", options: str = "") -> Path:
    """Write a theme with English texts below `root` (a folder of themes)."""
    lines = [f'name = "{name.title()}"', f'extends = "{extends}"' if extends else "", options]
    texts = {"theme.toml": "\n".join(lines), "messages/en.toml": 'home = "Home"\n'}
    return write_files(root / name, texts | files)


def environment_of(root: Path, templates: dict[str, str], **setup: Any) -> ThemeEnvironment:
    """An environment whose site has a theme of these templates (and messages, where named)."""
    files = {name if "/" in name else f"templates/{name}": text for name, text in templates.items()}
    write_theme(root / "themes", "plain", files)
    theme = load_theme(root, "plain", root / "none")
    values: dict[str, Any] = {"asset_urls": {}, "language": "en"} | setup
    return make_environment(ThemeSetup(theme=theme, **values))


def rendered(environment: ThemeEnvironment, template: str = "page.html", **context: Any) -> str:
    return render_page(environment, template, context).decode()


def mistake_in(environment: ThemeEnvironment, template: str = "page.html", **context: Any) -> Diagnostic:
    """The one diagnostic that rendering ends with."""
    try:
        html = rendered(environment, template, **context)
    except BulletinError as failure:
        (diagnostic,) = failure.diagnostics
        return diagnostic
    raise AssertionError(f"no mistake was seen in: {html}")
