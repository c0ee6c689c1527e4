"""What goes wrong in a template → a diagnostic with template, line and what to do."""

import re
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

import jinja2
import msgspec
from jinja2.utils import missing

from generator.diagnostics import Diagnostic, SourceSpan, error, nearest_name, nearest_name_hint
from generator.render.mistakes import TemplateMistake
from generator.render.themes import Theme

_UNKNOWN_FILTER = re.compile(r"No (filter|test) named '(.+?)'")


class UnknownName(jinja2.UndefinedError):
    """A variable (`owner` is None) or an attribute of `owner` that does not exist."""

    def __init__(self, message: str, owner: object, name: str) -> None:
        self.owner = owner
        self.name = name
        super().__init__(message)


class NamedUndefined(jinja2.StrictUndefined):
    """Strict undefined whose error knows what was looked for, and in what."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if hint is None and name is not None:
            owner = None if obj is missing else obj
            # Jinja calls this with the message; a class is only one thing that can be called.
            self._undefined_exception = lambda text: UnknownName(str(text), owner, str(name))  # type: ignore[assignment]


def describe_error(
    failure: Exception, theme: Theme, environment: jinja2.Environment, template: str, variables: Iterable[str]
) -> Diagnostic:
    """Return the diagnostic for what `template` raised; `variables` are the names its context has."""
    if isinstance(failure, jinja2.TemplateSyntaxError):
        return _describe_syntax(failure, theme, environment)
    span = _place_of(failure.__traceback__, theme, template)
    if isinstance(failure, jinja2.TemplateNotFound):
        name = str(failure.name)
        hint = nearest_name_hint(name, theme.template_names())
        return error("template-missing", f'there is no template "{name}"', span, hint)
    if isinstance(failure, UnknownName):
        return _describe_unknown(failure, span, {*variables, *environment.globals})
    if isinstance(failure, TemplateMistake):
        return error(failure.code, failure.message, span, failure.hint)
    if isinstance(failure, jinja2.TemplateRuntimeError) and _UNKNOWN_FILTER.search(str(failure)):
        return _describe_filter(str(failure), span, environment)
    message = str(failure) if isinstance(failure, jinja2.TemplateError) else _name_failure(failure)
    return error("template-error", message, span, "docs/themes-reference.md lists what templates receive")


def _describe_syntax(
    failure: jinja2.TemplateSyntaxError, theme: Theme, environment: jinja2.Environment
) -> Diagnostic:
    span = SourceSpan(_shown(theme, failure.name or ""), failure.lineno)
    message = failure.message or "syntax error"
    if _UNKNOWN_FILTER.search(message):
        return _describe_filter(message, span, environment)
    return error("template-syntax", message.strip(), span, "see the tag or expression on this line")


def _describe_filter(message: str, span: SourceSpan, environment: jinja2.Environment) -> Diagnostic:
    found = _UNKNOWN_FILTER.search(message)
    assert found
    kind, name = found.groups()
    known = environment.filters if kind == "filter" else environment.tests
    nearest = nearest_name(name, known)
    hint = f'did you mean "{nearest}"?' if nearest else f"Jinja's documentation lists the {kind}s there are"
    return error("template-unknown", f'there is no {kind} "{name}"', span, hint)


def _describe_unknown(failure: UnknownName, span: SourceSpan, variables: Iterable[str]) -> Diagnostic:
    if failure.owner is None:
        message = f'there is no variable "{failure.name}"'
        return error("template-unknown", message, span, nearest_name_hint(failure.name, variables))
    message = f'there is no "{failure.name}" in {_kind_of(failure.owner)}'
    known = _names_in(failure.owner)
    hint = nearest_name_hint(failure.name, known) if known else "it is empty"
    return error("template-unknown", message, span, hint)


def _kind_of(owner: object) -> str:
    if isinstance(owner, Mapping):
        return "this table of values"
    if owner.__class__.__name__ == "TemplateModule":
        return "the imported template"
    return type(owner).__name__


def _names_in(owner: object) -> list[str]:
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    if isinstance(owner, msgspec.Struct):
        return list(owner.__struct_fields__)
    return [name for name in dir(owner) if not name.startswith("_")]


def _name_failure(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"


def _place_of(traceback: TracebackType | None, theme: Theme, template: str) -> SourceSpan:
    """The innermost line of a template in the traceback, which Jinja has rewritten to template lines."""
    span = SourceSpan(_shown(theme, template))
    while traceback:
        if "__jinja_exception__" in traceback.tb_frame.f_globals:
            span = SourceSpan(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return span


def _shown(theme: Theme, key: str) -> str:
    template = theme.templates.get(key)
    return template.shown if template else f"templates/{key}"
