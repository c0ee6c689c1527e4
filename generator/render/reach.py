"""What a page depends on besides its context: templates reached, assets named, texts, options."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b

import jinja2
import msgspec
from jinja2 import meta, nodes

from generator.render.environment import ThemeEnvironment, ThemeSetup
from generator.render.themes import Theme


class TemplateUses(msgspec.Struct, frozen=True):
    """What one template names: keys of templates, paths of assets, and fields of what it receives.

    None: worked out while rendering.
    """

    templates: tuple[str, ...] | None
    assets: tuple[str, ...] | None
    fields: tuple[str, ...] | None


class TemplateReach:
    """Answers for one setup; `uses` is what each template names (`uses_of_theme`)."""

    def __init__(self, setup: ThemeSetup, uses: Mapping[str, TemplateUses]) -> None:
        self._setup = setup
        self._uses = uses
        self._everywhere = _digest(_common_parts(setup))

    def key(self, template: str) -> str:
        """Return a digest of all that a page of `template` is made from besides its context.

        It changes only when something changes that the template reaches: another template, an asset it names,
        the texts, options or base path.
        """
        reached = self._reached(template)
        parts = [self._everywhere]
        parts += [f"{key} {self._setup.theme.templates[key].digest}" for key in sorted(reached)]
        parts += [f"{path} {self._setup.asset_urls.get(path)}" for path in sorted(self._assets(reached))]
        return _digest(parts)

    def shows(self, template: str, field: str) -> bool:
        """Whether a page of `template` may show the field of this name; if not it need not be worked out."""
        return any(
            named is None or field in named
            for named in (self._uses[key].fields for key in self._reached(template))
        )

    def _reached(self, template: str) -> set[str]:
        theme = self._setup.theme
        reached: set[str] = set()
        waiting = [template]
        while waiting:
            key = waiting.pop()
            if key in reached or key not in theme.templates:
                continue
            reached.add(key)
            named = self._uses[key].templates
            # A name worked out while rendering may be any template's.
            waiting += theme.templates if named is None else named
        return reached

    def _assets(self, reached: set[str]) -> set[str]:
        assets: set[str] = set()
        for key in reached:
            named = self._uses[key].assets
            assets.update(self._setup.asset_urls if named is None else named)
        return assets


def uses_of_theme(environment: ThemeEnvironment) -> dict[str, TemplateUses]:
    """Return what each template of the theme names; it follows from the templates alone."""
    theme = environment.theme
    return {key: find_uses(environment, theme, key) for key in theme.templates}


def find_uses(environment: jinja2.Environment, theme: Theme, key: str) -> TemplateUses:
    """Return what the template at `key` names; one that cannot be parsed names nothing."""
    try:
        tree = environment.parse(theme.templates[key].source)
    except jinja2.TemplateSyntaxError:
        return TemplateUses((), (), ())
    references = [*meta.find_referenced_templates(tree), *_arguments_of(tree, "shared")]
    assets = list(_arguments_of(tree, "asset"))
    return TemplateUses(
        None
        if None in references
        else tuple(theme.resolve(reference, key) for reference in references if reference is not None),
        None if None in assets else tuple(path for path in assets if path is not None),
        _fields(tree),
    )


def _fields(tree: nodes.Template) -> tuple[str, ...] | None:
    """Everything that may name a field: attributes, and texts (``map(attribute="date")``)."""
    if any(_is_worked_out(item.arg) for item in tree.find_all(nodes.Getitem)):
        return None
    attributes = {attribute.attr for attribute in tree.find_all(nodes.Getattr)}
    texts = {str(text.value) for text in tree.find_all(nodes.Const) if isinstance(text.value, str)}
    return tuple(sorted(attributes | texts))


def _is_worked_out(key: nodes.Node) -> bool:
    return not isinstance(key, nodes.Const | nodes.Slice)


def _arguments_of(tree: nodes.Template, function: str) -> Iterator[str | None]:
    """The first argument of every call of `function`, None where it is no plain text or it is handed on."""
    mentions = sum(name.name == function for name in tree.find_all(nodes.Name))
    calls = [call for call in tree.find_all(nodes.Call) if _is_name(call.node, function)]
    if len(calls) < mentions:
        yield None
    for call in calls:
        argument = call.args[0] if call.args else None
        is_plain = isinstance(argument, nodes.Const) and isinstance(argument.value, str)
        yield argument.value if is_plain and isinstance(argument, nodes.Const) else None


def _is_name(node: nodes.Expr, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _common_parts(setup: ThemeSetup) -> Iterator[str]:
    yield setup.theme.name
    yield setup.language
    yield setup.base_path
    yield repr(sorted(setup.theme.options.items()))
    yield repr(sorted(setup.theme.messages.get(setup.language, {}).items()))


def _digest(parts: list[str] | Iterator[str]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()
