"""Text inside XML: markup escaped, what XML cannot hold left out."""

import re

# XML 1.0, production [2]: every other character makes the whole file unreadable.
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The ampersand first. str.translate would do this in one step, twenty times as slowly.
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"))


def escape_xml(text: str) -> str:
    """Return the text for use in elements and in attributes with double quotes."""
    text = _FORBIDDEN.sub("", text)
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text
