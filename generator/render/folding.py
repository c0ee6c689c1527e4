"""What is spared the pages when templates are compiled: first of all what is the same on every one."""

from collections.abc import Callable, Iterator, Mapping

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from generator.render.mistakes import TemplateMistake


def fold_constant_calls(
    tree: nodes.Template, functions: Mapping[str, Callable[[str], str]], filters: Mapping[str, str]
) -> nodes.Template:
    """Put the results of calls like ``t("home")`` in their place, and turn other calls of functions that are
    filters, too, into these: calling one takes a third of the time.

    `functions` (by name) return the same for the same text on every page; `filters` are the names of filters
    by those of functions. A name the template gives another meaning is left alone. A call that fails stays:
    it fails again when the page is made, and there the mistake is told with its line.
    """
    taken = set(_names_given(tree))
    _Calls({name: call for name, call in functions.items() if name not in taken}, filters).visit(tree)
    return tree


def _names_given(tree: nodes.Template) -> Iterator[str]:
    """Names that the template gives a meaning of its own: by set, for, macro, import."""
    yield from (name.name for name in tree.find_all(nodes.Name) if name.ctx != "load")
    yield from (macro.name for macro in tree.find_all(nodes.Macro))
    yield from (imported.target for imported in tree.find_all(nodes.Import))
    for imported in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in imported.names)


class _Calls(NodeTransformer):
    def __init__(self, functions: Mapping[str, Callable[[str], str]], filters: Mapping[str, str]) -> None:
        self._functions = functions
        self._filters = filters

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        self.generic_visit(call)
        if (
            not isinstance(call.node, nodes.Name)
            or call.node.name not in self._functions
            or len(call.args) != 1
            or call.kwargs
            or call.dyn_args
            or call.dyn_kwargs
        ):
            return call
        (argument,) = call.args
        if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str):
            name = self._filters.get(call.node.name)
            return _filter(argument, name, call) if name else call
        try:
            result = self._functions[call.node.name](argument.value)
        except TemplateMistake:
            return call
        return nodes.Const(result, lineno=call.lineno, environment=call.environment)


def _filter(argument: nodes.Expr, name: str, call: nodes.Call) -> nodes.Filter:
    return nodes.Filter(argument, name, [], [], None, None, lineno=call.lineno, environment=call.environment)
