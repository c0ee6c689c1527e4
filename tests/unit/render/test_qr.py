import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from generator.render.qr import render_qr

_MOVES = re.compile(r"M(\d+) (\d+)\.5([^M]*)")


def drawn(svg: str) -> Image.Image:
    """The code as a browser paints it."""
    size = int(svg.split('viewBox="0 0 ')[1].split()[0])
    image = Image.new("L", (size, size), 255)
    draw = ImageDraw.Draw(image)
    for left, top, runs in _MOVES.findall(svg.split('stroke="#000" d="')[1]):
        place = int(left)
        for kind, width in re.findall(r"([hm])(\d+)", runs):
            if kind == "h":
                draw.line((place, int(top), place + int(width) - 1, int(top)), fill=0)
            place += int(width)
    return image.resize((size * 4, size * 4), Image.Resampling.NEAREST)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "https://example.org/bulletin/issues/2024-07-22/quan-xian-san-bai-yi-shi-er-chu/",
        "https://example.org/" + "a" * 300,
    ],
)
def test_a_reader_of_codes_reads_the_address(address: str) -> None:
    (code,) = zxingcpp.read_barcodes(drawn(str(render_qr(address))))
    assert code.text == address


def test_without_an_address_there_is_no_code() -> None:
    assert render_qr("") == ""


def test_nothing_of_an_address_is_in_the_markup() -> None:
    assert "evil" not in render_qr('https://example.org/"><script>evil')
