"""Stretches of neighbouring terms, worked out apart: an edit does not mean merging all of a large volume."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator.search.terms import term_numbers
from generator.search.volumes import MIDDLE_LIMIT, NEWEST_LIMIT, Volume

_FREQUENT = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开"
    "它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此"
    "变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老"
    "头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门"
)
"""Performance alone hangs on it: the index finds the same with any others."""


def boundaries_of(volume: Volume) -> NDArray[np.uint64]:
    """Return the terms at which shards of the volume begin, whatever is in it. Small ones need none."""
    if volume.count <= 2 * NEWEST_LIMIT:
        return term_numbers([])
    if volume.count <= 2 * MIDDLE_LIMIT:
        return _boundaries(0x100, _FREQUENT[:60], 0x2900)
    return _boundaries(0x40, _FREQUENT, 0x600)


@cache
def _boundaries(step: int, frequent: str, second_step: int) -> NDArray[np.uint64]:
    """Every so many characters; figures, small letters and frequent characters apart, and these by what
    follows them."""
    ascii_letters = "0123456789abcdefghijklmnopqrstuvwxyz"
    seconds = ["", *"0am", *map(chr, range(0x4E00, 0xA000, second_step))]
    terms = {chr(code) for code in range(0x4E00, 0xA001, step)} | {*ascii_letters, ":", "{"}
    terms |= {first + second for first in ascii_letters[:10] for second in (*ascii_letters[:10], ":")}
    terms |= {first + second for first in frequent for second in seconds}
    terms |= {chr(ord(first) + 1) for first in frequent}
    return term_numbers(terms)
