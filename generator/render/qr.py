"""An address as a QR code: inline SVG without styles and without a size of its own."""

import re
from typing import Any, cast

import zxingcpp
from markupsafe import Markup

# Modules of white around the code that ISO/IEC 18004 asks for.
_QUIET_ZONE = 4
# Any of the eight masks can be read; weighing them takes seven times as long as making the code.
_OPTIONS = "ecLevel=M,dataMask=2"

_BLACK, _WHITE = b"\x00", b"\xff"
_RUN = re.compile(b"\x00+|\xff+")
_LARGEST = 177
_DRAWN = {_BLACK * width: f"h{width}" for width in range(1, _LARGEST + 1)}
_DRAWN |= {_WHITE * width: f"m{width} 0" for width in range(1, _LARGEST + 1)}


def render_qr(address: str) -> Markup:
    """Return the code as SVG, or "" for no address."""
    if not address:
        return Markup("")
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, options=_OPTIONS)
    image = code.to_image(scale=1, add_quiet_zones=False)
    width = int(image.shape[1])
    modules = bytes(memoryview(cast("Any", image)))
    size = width + 2 * _QUIET_ZONE
    rows = (modules[start : start + width] for start in range(0, len(modules), width))
    path = "".join(_draw_row(row, number) for number, row in enumerate(rows, start=_QUIET_ZONE))
    # Nothing of the address is in the markup but figures.
    return Markup(  # noqa: S704
        f'<svg viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{path}"/></svg>'
    )


def _draw_row(row: bytes, top: int) -> str:
    """A line through the middle of a row, as thick as a module and broken where modules are white."""
    return f"M{_QUIET_ZONE} {top}.5{''.join(map(_DRAWN.__getitem__, _RUN.findall(row.rstrip(_WHITE))))}"
