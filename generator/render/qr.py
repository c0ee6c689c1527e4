"""An address as a QR code: inline SVG without styles and without a size of its own."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, cast

import zxingcpp
from markupsafe import Markup

# Modules of white around the code that ISO/IEC 18004 asks for.
_QUIET_ZONE = 4
# Any of the eight masks can be read; weighing them takes seven times as long as making the code.
_OPTIONS = "ecLevel=M,dataMask=2"

_BLACK, _WHITE = b"\x00", b"\xff"
_RUN = re.compile(b"\x00+|\xff+")
_PART = 11
"""Modules of a row that are drawn together: there are few ways in which so many can be black and white."""


def render_qr(address: str) -> Markup:
    """Return the code as SVG, or "" for no address."""
    if not address:
        return Markup("")
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, options=_OPTIONS)
    image = code.to_image(scale=1, add_quiet_zones=False)
    width = int(image.shape[1])
    modules = bytes(memoryview(cast("Any", image)))
    size = width + 2 * _QUIET_ZONE
    path = "".join(chain.from_iterable(zip(_moves(width), *_columns(modules, width), strict=True)))
    # Nothing of the address is in the markup but figures.
    return Markup(  # noqa: S704
        f'<svg viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{path}"/></svg>'
    )


@cache
def _moves(width: int) -> Sequence[str]:
    """To where each row begins. It is a line through the middle of its modules, as thick as one of them and
    broken where modules are white."""
    return [f"M{_QUIET_ZONE} {top}.5" for top in range(_QUIET_ZONE, _QUIET_ZONE + width)]


def _columns(modules: bytes, width: int) -> Iterator[Iterator[str]]:
    """Yield the drawn parts of all rows that stand below each other, from the left column to the right."""
    for left, right, is_last in _cuts(width):
        parts = [modules[start + left : start + right] for start in range(0, len(modules), width)]
        yield map(_draw_end if is_last else _draw, parts)


@cache
def _cuts(width: int) -> Sequence[tuple[int, int, bool]]:
    lefts = range(0, width, _PART)
    return [(left, min(left + _PART, width), left == lefts[-1]) for left in lefts]


@cache
def _draw(modules: bytes) -> str:
    runs = _RUN.findall(modules)
    return "".join([f"h{len(run)}" if run.startswith(_BLACK) else f"m{len(run)} 0" for run in runs])


@cache
def _draw_end(modules: bytes) -> str:
    return _draw(modules.rstrip(_WHITE))
