"""A theme with everything its folders hold, the nearest folder first."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from generator.diagnostics import BulletinError, Diagnostic
from generator.render.folders import discover_files
from generator.render.messages import parse_messages
from generator.render.theme_layers import ThemeLayer, ThemeShelf, builtin_themes_folder, read_text

PARENT = "parent:"
"""Before a template's name: the version of it that the template at hand replaces."""


class ThemeTemplate(msgspec.Struct, frozen=True):
    """A template. `layer` counts the theme's folders, 0 is the nearest; `shown` is for messages."""

    name: str
    source: str
    digest: str
    layer: int
    shown: str


class StaticFile(msgspec.Struct, frozen=True):
    """A file of a theme's static/ on disk; `shown` is what messages call it."""

    path: Path
    shown: str


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """`templates` are keyed by name, those replaced by a nearer folder by layer and name (``1:base.html``).

    `static` gives the file of each path under static/, `messages` the texts by language and id; `options`
    and `messages` are those of all folders, the nearest first. `problems` are warnings.
    """

    name: str
    title: str
    description: str
    options: Mapping[str, Any]
    templates: Mapping[str, ThemeTemplate]
    static: Mapping[str, StaticFile]
    messages: Mapping[str, Mapping[str, str]]
    problems: tuple[Diagnostic, ...]

    def template_names(self) -> list[str]:
        """Names a template can be asked for by."""
        return [name for name, template in self.templates.items() if name == template.name]

    def resolve(self, reference: str, referrer: str) -> str:
        """Return the key of the template that `referrer` (a key) means; it need not exist."""
        if not reference.startswith(PARENT):
            return reference
        name = reference.removeprefix(PARENT)
        own = self.templates.get(referrer)
        below = own.layer if own else -1
        for key in (name, *(key for key in self.templates if key.endswith(f":{name}"))):
            template = self.templates.get(key)
            if template and template.name == name and template.layer > below:
                return key
        return reference


def load_theme(site_root: Path, name: str, builtin: Path | None = None) -> Theme:
    """Load the theme `name` of the site or of the program (whose folder of themes `builtin` can be given).

    Raises BulletinError with every problem that makes the theme unusable.
    """
    layers = ThemeShelf(site_root, builtin or builtin_themes_folder()).layers_of(name)
    reader = _LayerReader([])
    templates = reader.load_templates(layers)
    messages = reader.load_messages(layers)
    static = reader.discover_static(layers)
    errors = [problem for problem in reader.problems if problem.severity.label == "error"]
    if errors:
        raise BulletinError(errors)
    settings = [layer.settings for layer in layers if layer.settings]
    options: dict[str, Any] = {}
    for each in reversed(settings):
        options |= each.options
    return Theme(
        name=name,
        title=settings[0].name,
        description=settings[0].description,
        options=options,
        templates=templates,
        static=static,
        messages=messages,
        problems=tuple(reader.problems),
    )


class _LayerReader(msgspec.Struct, frozen=True):
    """Reads folders and gathers what is wrong with them."""

    problems: list[Diagnostic]

    def discover_static(self, layers: Sequence[ThemeLayer]) -> dict[str, StaticFile]:
        found: dict[str, StaticFile] = {}
        for layer in reversed(layers):
            for name, path in self._files(layer, "static").items():
                found[name] = StaticFile(path, f"{layer.shown}/static/{name}")
        return dict(sorted(found.items()))

    def load_templates(self, layers: Sequence[ThemeLayer]) -> dict[str, ThemeTemplate]:
        templates: dict[str, ThemeTemplate] = {}
        for number, layer in enumerate(layers):
            for name, path in self._files(layer, "templates").items():
                shown = f"{layer.shown}/templates/{name}"
                source = self._read(path, shown)
                key = f"{number}:{name}" if name in templates else name
                templates[key] = ThemeTemplate(name, source, digest_text(source), number, shown)
        return templates

    def load_messages(self, layers: Sequence[ThemeLayer]) -> dict[str, dict[str, str]]:
        messages: dict[str, dict[str, str]] = {}
        for layer in reversed(layers):
            for name, path in self._files(layer, "messages").items():
                shown = f"{layer.shown}/messages/{name}"
                texts = messages.setdefault(name.removesuffix(".toml"), {})
                try:
                    texts |= parse_messages(self._read(path, shown), shown)
                except BulletinError as mistake:
                    self.problems.extend(mistake.diagnostics)
        return messages

    def _files(self, layer: ThemeLayer, kind: str) -> dict[str, Path]:
        files, problems = discover_files(layer.folder / kind, layer.boundary, f"{layer.shown}/{kind}")
        self.problems.extend(problems)
        return files

    def _read(self, path: Path, shown: str) -> str:
        try:
            return read_text(path, shown)
        except BulletinError as mistake:
            self.problems.extend(mistake.diagnostics)
            return ""


def digest_text(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
