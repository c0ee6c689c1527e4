"""Templates at work: a Jinja environment made from a theme, and pages rendered with it."""

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import msgspec
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.config.site import quote_address
from generator.diagnostics import BulletinError, error, nearest_name_hint
from generator.render.bytecode import CheckedBytecodeCache
from generator.render.dates import date_filters
from generator.render.folding import fold_constant_calls
from generator.render.messages import make_translator
from generator.render.mistakes import TemplateMistake
from generator.render.phrases import mark_phrases
from generator.render.template_errors import NamedUndefined, describe_error
from generator.render.themes import Theme

MOST_SHARED = 20_000
"""Parts rendered once for all pages that are kept in memory."""

FOLDING = 2
"""Counts the ways in which templates were compiled by releases of the program."""

_URL_FILTER = "_url"
_find_special = re.compile("[&<>'\"]").search


class ThemeSetup(msgspec.Struct, frozen=True, kw_only=True):
    """All an environment is made from. Plain values: other processes make the same environment from it.

    `asset_urls` are the addresses by path in static/, without `base_path` ("" or ``/bulletin``). `bytecode`
    is the folder of compiled templates, None for none.
    """

    theme: Theme
    asset_urls: Mapping[str, str]
    language: str
    base_path: str = ""
    bytecode: Path | None = None


class _ThemeTemplate(jinja2.Template):
    """A template of a theme. All of them have the same globals, so an imported one is made once."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _escape_output
        return template

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        del ctx
        return super()._get_default_module()


class ThemeEnvironment(jinja2.Environment):
    """Jinja's environment with a theme, in which ``parent:`` names the template that another replaces."""

    template_class = _ThemeTemplate

    def __init__(self, setup: ThemeSetup) -> None:
        translate = make_translator(setup.theme.messages.get(setup.language, {}), setup.language)
        url = _url_function(setup.base_path)
        super().__init__(
            loader=_ThemeLoader(setup.theme),
            undefined=NamedUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_bytecode_cache(setup),
        )
        self.theme = setup.theme
        self.filters.update(date_filters(setup.language), phrases=mark_phrases)
        self.filters[_URL_FILTER] = url
        self.globals.update(
            asset=_asset_function(setup),
            url=url,
            shared=_shared_function(self),
            t=translate,
        )
        self._found: dict[tuple[str, str | None], jinja2.Template] = {}
        self._constant = {"t": translate, "url": url}
        self._translate = translate

    def text(self, message_id: str, **values: object) -> str:
        """Return a text of the interface that the program itself needs; BulletinError when there is none."""
        try:
            return self._translate(message_id, **values)
        except TemplateMistake as mistake:
            raise BulletinError(error(mistake.code, mistake.message, None, mistake.hint)) from None

    def make_globals(self, d: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return one dictionary: every page copies it, which is slow with the chain of Jinja's own."""
        return {**self.globals, **d} if d else self.globals

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """Return the template; every page asks for the same ones, many times over."""
        if isinstance(name, jinja2.Template) or globals:
            return super().get_template(name, parent, globals)
        found = self._found.get((name, parent))
        if found is None:
            found = self._found[name, parent] = super().get_template(name, parent)
        return found

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(
            fold_constant_calls(source, self._constant, {"url": _URL_FILTER}), name, filename, defer_init
        )

    def join_path(self, template: str, parent: str) -> str:
        return self.theme.resolve(template, parent)


class _ThemeLoader(jinja2.BaseLoader):
    """Templates of a theme by key; their file names are those that messages show."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        found = self._theme.templates.get(template)
        if found is None:
            raise jinja2.TemplateNotFound(template)
        return found.source, found.shown, None


def _bytecode_cache(setup: ThemeSetup) -> CheckedBytecodeCache | None:
    if setup.bytecode is None:
        return None
    messages = setup.theme.messages.get(setup.language, {})
    compiled_in = (FOLDING, setup.language, setup.base_path, sorted(messages.items()))
    return CheckedBytecodeCache(setup.bytecode, blake2b(repr(compiled_in).encode(), digest_size=16).digest())


def make_environment(setup: ThemeSetup) -> ThemeEnvironment:
    """Return the environment; templates are compiled when they are first used.

    Raises BulletinError when the theme has no texts in the language.
    """
    if not setup.theme.messages.get(setup.language):
        message = f'the theme "{setup.theme.name}" has no texts in {setup.language}'
        hint = (
            f"add messages/{setup.language}.toml, or choose one of: {', '.join(sorted(setup.theme.messages))}"
        )
        raise BulletinError(error("theme-language", message, None, hint))
    return ThemeEnvironment(setup)


def render_page(environment: ThemeEnvironment, template: str, context: Mapping[str, object]) -> bytes:
    """Return the page as UTF-8. A mistake in a template is a BulletinError with its template and line."""
    try:
        html = environment.get_template(template).render(context)
    except Exception as failure:
        raise BulletinError(
            describe_error(failure, environment.theme, environment, template, context)
        ) from failure
    return f"{html}\n".encode()


def _shared_function(environment: jinja2.Environment) -> Callable[..., Markup]:
    # Values are kept with what was made of them, so that a key made from their identity stays theirs.
    made: dict[tuple[object, ...], tuple[tuple[object, ...], Markup]] = {}

    @jinja2.pass_context
    def shared(context: Context, name: str, /, **values: object) -> Markup:
        """The part `name`, rendered once for all pages: it sees only `site`, `theme` and `values`."""
        site = context["site"]
        key = (name, id(site), *(_shared_key(item) for item in values.items()))
        known = made.get(key)
        if known is None:
            if len(made) >= MOST_SHARED:
                made.clear()
            html = environment.get_template(name).render(site=site, theme=context["theme"], **values)
            known = made[key] = ((site, *values.values()), Markup(html))  # noqa: S704
        return known[1]

    return shared


def _shared_key(item: tuple[str, object]) -> tuple[str, object]:
    name, value = item
    return (name, value if isinstance(value, str | int | bool | None) else id(value))


def _asset_function(setup: ThemeSetup) -> Callable[[str], str]:
    addresses = {path: setup.base_path + url for path, url in setup.asset_urls.items()}

    def asset(path: str) -> str:
        try:
            return addresses[path]
        except KeyError:
            raise TemplateMistake(
                "template-asset", f'static/ has no file "{path}"', nearest_name_hint(str(path), addresses)
            ) from None

    return asset


def _escape_output(value: object) -> str:
    """Escape what a template puts out. Most of it needs no escaping, and to find that out is quicker than
    making a Markup of it, which nobody sees."""
    return value if type(value) is str and not _find_special(value) else escape(value)


def _url_function(base_path: str) -> Callable[[str], str]:
    @lru_cache(MOST_SHARED)
    def url(path: str) -> str:
        if path.startswith("/") and not path.startswith("//"):
            return base_path + quote_address(path)
        return path

    return url
