"""Texts of the interface: one flat TOML file per language, ``{name}`` where a value goes."""

from collections.abc import Callable, Mapping
from string import Formatter

from generator.config.tables import line_of_key, parse_toml
from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, nearest_name_hint
from generator.render.mistakes import TemplateMistake


def parse_messages(text: str, path: str) -> dict[str, str]:
    """Return the texts by id, or raise BulletinError with every problem of the file."""
    messages: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for name, value in parse_toml(text, path).items():
        if mistake := _mistake_in(value):
            span = SourceSpan(path, line_of_key(text, name))
            hint = "a place for a value is written {name}, a brace that is to be seen is doubled: {{"
            problems.append(error("message-value", f"{name}: {mistake}", span, hint))
        else:
            messages[name] = str(value)
    if problems:
        raise BulletinError(problems)
    return messages


def _mistake_in(text: object) -> str:
    if not isinstance(text, str):
        return "expected text in double quotes"
    if "{" not in text and "}" not in text:
        return ""
    try:
        fields = [(name, form, turn) for _, name, form, turn in Formatter().parse(text) if name is not None]
    except ValueError as mistake:
        return str(mistake)
    wrong = [name for name, form, turn in fields if form or turn or not name.isidentifier()]
    return f'"{{{wrong[0]}}}" is no name of a value' if wrong else ""


def make_translator(messages: Mapping[str, str], language: str) -> Callable[..., str]:
    """Return the function ``t(id, **values)`` of templates."""
    with_values = frozenset(name for name, text in messages.items() if "{" in text or "}" in text)

    def translate(message_id: str, /, **values: object) -> str:
        if message_id in with_values:
            return _fill(message_id, messages[message_id], values)
        try:
            return messages[message_id]
        except KeyError:
            raise _unknown_message(str(message_id), messages, language) from None

    return translate


def _fill(message_id: str, text: str, values: Mapping[str, object]) -> str:
    try:
        return text.format_map(values)
    except KeyError as missing:
        name = missing.args[0]
        hint = f't("{message_id}", {name}=…)'
        raise TemplateMistake(
            "template-message", f'the text "{message_id}" needs a value "{name}"', hint
        ) from None


def _unknown_message(message_id: str, messages: Mapping[str, str], language: str) -> TemplateMistake:
    hint = f"add it to messages/{language}.toml of the theme"
    nearest = nearest_name_hint(message_id, messages)
    if nearest.startswith("did you mean"):
        hint = f"{nearest} Otherwise {hint}"
    return TemplateMistake("template-message", f'there is no text "{message_id}" in {language}', hint)
