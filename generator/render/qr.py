"""An address as a QR code: inline SVG without styles and without a size of its own."""

from itertools import groupby

import segno
from markupsafe import Markup

# Modules of white around the code that ISO/IEC 18004 asks for.
_QUIET_ZONE = 4
# Any of the eight masks can be read; weighing them takes four times as long as making the code.
_MASK = 2


def render_qr(address: str) -> Markup:
    """Return the code as SVG, or "" for no address."""
    if not address:
        return Markup("")
    rows = segno.make_qr(address, error="m", boost_error=False, mask=_MASK).matrix
    size = len(rows) + 2 * _QUIET_ZONE
    path = "".join(_draw_row(row, number + _QUIET_ZONE) for number, row in enumerate(rows))
    # Nothing of the address is in the markup but figures.
    return Markup(  # noqa: S704
        f'<svg viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{path}"/></svg>'
    )


def _draw_row(row: bytearray, top: int) -> str:
    """A line through the middle of a row, as thick as a module and broken where modules are white."""
    runs = [(is_dark, len(list(run))) for is_dark, run in groupby(row)]
    if not runs[-1][0]:
        runs.pop()
    drawn = "".join(f"h{width}" if is_dark else f"m{width} 0" for is_dark, width in runs)
    return f"M{_QUIET_ZONE} {top}.5{drawn}"
