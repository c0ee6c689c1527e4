"""Blocks that never show: the template they stand in extends one that has no block of this name."""

from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from generator.diagnostics import Diagnostic, SourceSpan, error, nearest_name_hint
from generator.render.environment import ThemeEnvironment


def find_stray_blocks(environment: ThemeEnvironment) -> Iterator[Diagnostic]:
    """Yield an error for each stray block in the folders of a theme above its lowest one.

    Jinja passes them over without a word. Where a parent is worked out while rendering nothing is said.
    """
    templates = environment.theme.templates
    lowest = max((template.layer for template in templates.values()), default=0)
    for key, template in templates.items():
        if template.layer < lowest:
            yield from _stray_blocks_of(environment, key)


def _stray_blocks_of(environment: ThemeEnvironment, key: str) -> Iterator[Diagnostic]:
    tree = _parse(environment, key)
    if tree is None or tree.find(nodes.Extends) is None:
        return
    known = _blocks_above(environment, tree, key)
    if known is None:
        return
    for block in tree.body:
        if isinstance(block, nodes.Block) and block.name not in known:
            span = SourceSpan(environment.theme.templates[key].shown, block.lineno)
            message = f'the block "{block.name}" never shows: no template this one extends has it'
            yield error("template-block", message, span, nearest_name_hint(block.name, known))


def _blocks_above(environment: ThemeEnvironment, tree: nodes.Template, key: str) -> set[str] | None:
    """Return the names of all blocks of the templates that the one at `key` extends; None: not known."""
    known: set[str] = set()
    seen = {key}
    while extends := tree.find(nodes.Extends):
        if not isinstance(extends.template, nodes.Const):
            return None
        key = environment.theme.resolve(str(extends.template.value), key)
        parent = _parse(environment, key)
        if parent is None or key in seen:
            return None
        seen.add(key)
        known |= {block.name for block in parent.find_all(nodes.Block)}
        tree = parent
    return known


def _parse(environment: ThemeEnvironment, key: str) -> nodes.Template | None:
    template = environment.theme.templates.get(key)
    try:
        return environment.parse(template.source) if template else None
    except jinja2.TemplateSyntaxError:
        return None
