"""Volumes: where they begin is told by names, however those are made."""

from datetime import date, timedelta
from itertools import pairwise
from zlib import crc32

import pytest

from generator.model import begins_volume
from generator.store.tables import PIECES

WEEKS = [(date(1980, 1, 7) + timedelta(weeks=week)).isoformat() for week in range(2400)]
NUMBERED = [f"第{number}期" for number in range(1, 2401)]


@pytest.mark.parametrize("names", [WEEKS, NUMBERED])
def test_volumes_are_neither_few_nor_small_and_lie_in_many_pieces_of_a_table(names: list[str]) -> None:
    first = [name for name in names if begins_volume(name)]
    assert 40 <= len(first) <= 140
    ends = [names.index(name) for name in first] + [len(names)]
    assert max(after - before for before, after in pairwise(ends)) < 400
    for prefix in ("", "/issues/"):
        assert len({crc32(f"{prefix}{name}".encode()) % PIECES for name in first}) > PIECES / 4
