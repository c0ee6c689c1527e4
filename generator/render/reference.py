"""docs/themes-reference.md, made from the docstrings of the contexts.

``python -m generator.render.reference`` prints it.
"""

import ast
import inspect
import sys
from collections.abc import Iterator

import msgspec

from generator.render import context_parts, contexts
from generator.render.contexts import CONTENT_BY_KIND, PageContext, SiteContext, ThemeContext

_INTRODUCTION = """\
# Theme reference

What templates receive. Made from `generator/render/contexts.py` by `python -m generator.render.reference`; do
not edit. [themes.md](themes.md) says how to make a theme.

Every template has `site`, `page`, `theme` and `content`. A name that is not listed here is an error that
names template and line. Texts are escaped on output; `Markup` is safe HTML. Every `url` is a path under the
site's root: write `{{ url(link.url) }}`.

| function or filter | gives |
| --- | --- |
| `url(path)` | the path with the site's base path in front |
| `asset(path)` | the fingerprinted address of a file in `static/` |
| `shared(name, **values)` | a part rendered once for all pages; it sees `site`, `theme` and these values |
| `t(id, **values)` | a text of the interface from `messages/<language>.toml` |
| `date \\| date_long` | 2024年7月22日 · 22 July 2024 |
| `date \\| date_short` | 7月22日 · 22 July |
| `date \\| month_name` | 2024年7月 · July 2024 |
| `date \\| weekday` | 星期一 · Monday |
| `text \\| phrases` | a headline that breaks between its phrases where it can |
"""


def render_reference() -> str:
    """Return the whole page as Markdown."""
    sections = [_INTRODUCTION, "## On every page\n"]
    sections += [
        _describe(f"`{name}`", context)
        for name, context in (("site", SiteContext), ("page", PageContext), ("theme", ThemeContext))
    ]
    sections.append("## `content` by kind of page\n")
    sections += [_describe(f"`{kind.template}`", context) for kind, context in CONTENT_BY_KIND.items()]
    sections.append("## Parts\n")
    sections += [_describe(f"`{part.__name__}`", part) for part in _parts()]
    return "\n".join(sections)


def _parts() -> Iterator[type]:
    """The types of context_parts, by name."""
    for _, member in inspect.getmembers(context_parts, inspect.isclass):
        if issubclass(member, msgspec.Struct):
            yield member


def _describe(title: str, context: type) -> str:
    rows = [f"| `{name}` | `{annotation}` | {meaning} |" for name, annotation, meaning in field_docs(context)]
    heading = f"### {title}\n\n{inspect.getdoc(context)}\n"
    return "\n".join((heading, "| field | type | meaning |", "| --- | --- | --- |", *rows, ""))


def field_docs(context: type) -> list[tuple[str, str, str]]:
    """Name, type and meaning of every field; ValueError for a field without a docstring."""
    (definition,) = ast.parse(inspect.getsource(context)).body
    assert isinstance(definition, ast.ClassDef)
    body = definition.body
    docs = []
    for statement, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(statement, ast.AnnAssign):
            name = ast.unparse(statement.target)
            docs.append((name, _cell(ast.unparse(statement.annotation)), _meaning(context, name, following)))
    return docs


def _meaning(context: type, name: str, statement: ast.stmt) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return _cell(" ".join(str(statement.value.value).replace("``", "`").split()))
    raise ValueError(f"{contexts.__name__}: {context.__name__}.{name} has no docstring")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(render_reference())
