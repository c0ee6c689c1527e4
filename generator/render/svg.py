"""SVG drawings: only those that cannot run a script or load anything are let into a site."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error

_REFUSED_ELEMENTS = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener"}
)
_ANIMATIONS = frozenset({"animate", "set", "animatetransform", "animatemotion"})
_LENGTH = re.compile(r"\s*([0-9.]+)(?:px)?\s*\Z")
# Letters can hide from a search as CSS escapes: a style sheet with a backslash is refused as well.
_LOADING_STYLE = re.compile(
    r"@import|\\|expression\s*\(|image-set\s*\(|src\s*\(|url\(\s*[\"']?\s*(?!#|data:image/)", re.IGNORECASE
)
_SIZE_WITHOUT_ANY = (300, 150)


def inspect_svg(content: bytes, path: str) -> tuple[int, int]:
    """Return width and height of a safe drawing; BulletinError saying why a drawing is not safe or broken."""
    span = SourceSpan(path)
    try:
        text = content.decode("utf-8-sig")
        if re.search(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", text, re.IGNORECASE):
            raise BulletinError(_unsafe("a document type or a style sheet declaration", span))
        # Without declarations there are no entities that could grow.
        root = ElementTree.fromstring(text)  # noqa: S314
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as failure:
        message = f"the drawing is damaged: {failure}"
        raise BulletinError(error("image-broken", message, span, "save it again as SVG in UTF-8")) from None
    if _local(root.tag) != "svg":
        raise BulletinError(error("image-broken", "this is no SVG drawing", span, "save it as SVG"))
    for danger in _dangers(root):
        raise BulletinError(_unsafe(danger, span))
    return _size(root)


def _dangers(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        name = _local(element.tag)
        if name in _REFUSED_ELEMENTS:
            yield f"<{name}>"
        if name == "style" and _LOADING_STYLE.search("".join(element.itertext())):
            yield "a style sheet that loads something"
        for key, value in element.attrib.items():
            if _is_dangerous(name, _local(key), value):
                yield f'the attribute {_local(key)}="{value[:40]}"'


def _is_dangerous(element: str, attribute: str, value: str) -> bool:
    if attribute.startswith("on"):
        return True
    if attribute in ("href", "src"):
        # A link is only followed; anything else would be loaded.
        wanted = r"\s*(?:#|https?://)" if element == "a" else r"\s*(?:#|data:image/(?!svg))"
        return not re.match(wanted, value, re.IGNORECASE)
    if element in _ANIMATIONS and attribute == "attributename":
        return value.strip().lower().rpartition(":")[2] == "href" or value.strip().lower().startswith("on")
    return bool(_LOADING_STYLE.search(value)) if "url(" in value.lower() or attribute == "style" else False


def _size(root: ElementTree.Element) -> tuple[int, int]:
    width, height = _LENGTH.match(root.get("width", "")), _LENGTH.match(root.get("height", ""))
    sides = [float(side[1]) if side and side[1].count(".") <= 1 else 0.0 for side in (width, height)]
    box = re.findall(r"-?[0-9]*\.?[0-9]+", root.get("viewBox", ""))
    if not all(sides) and len(box) == 4:
        sides = [float(box[2]), float(box[3])]
    if not all(side >= 1 for side in sides):
        return _SIZE_WITHOUT_ANY
    return round(sides[0]), round(sides[1])


def _local(name: object) -> str:
    """An element's or attribute's name without its namespace; "" for comments and instructions."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _unsafe(danger: str, span: SourceSpan) -> Diagnostic:
    return error("image-unsafe", f"the drawing holds {danger}", span, "export it as plain SVG or as PNG")
