"""The tags of finished HTML, as `engine` makes it, one by one."""

import re
from html import escape, unescape

_INLINE = (
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub"
    " sup time u var wbr"
)
_BLOCK = (
    "blockquote br caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol"
    " p pre section summary table tbody td tfoot th thead tr ul"
)
INLINE_TAGS = frozenset(_INLINE.split())
BLOCK_TAGS = frozenset(_BLOCK.split())
"""Tags that texts may hold; those that begin a new line of plain text, and br."""

TAG = re.compile(
    r"(?is:<(script|style)\b.*?</\1\s*>)|"
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"""(?P<attributes>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)>"""
)
"""A tag; or a whole script or style sheet, which has no `name`. Sanitised HTML has neither."""

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


def attributes_of(written: str) -> dict[str, str]:
    """Return the attributes of a tag, entities resolved; of two with one name the first counts."""
    attributes: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        attributes.setdefault(name.lower(), unescape(double or single or bare))
    return attributes


def format_tag(name: str, attributes: dict[str, str]) -> str:
    """Return the opening tag with its attributes in double quotes."""
    written = "".join([f' {key}="{escape(value)}"' for key, value in attributes.items()])
    return f"<{name}{written}>"


def double_quoted(html: str) -> str:
    """Return the HTML with all attributes in double quotes, as sanitised HTML has them."""

    def quote(tag: re.Match[str]) -> str:
        attributes = tag["attributes"]
        if not tag["name"] or tag["end"] or attributes.count("=") == attributes.count('="'):
            return tag[0]
        slash = " /" if attributes.rstrip().endswith("/") else ""
        return f"{format_tag(tag['name'], attributes_of(attributes))[:-1]}{slash}>"

    return TAG.sub(quote, html)
