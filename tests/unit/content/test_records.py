"""record.json."""

import pytest

from generator.content import format_record, parse_record
from generator.diagnostics import BulletinError
from generator.model import ConversionRecord, LineSpan, RawFileRecord, Repair

RECORD = ConversionRecord(
    files=(RawFileRecord("content/raw/a.txt", "gb18030", "0f"),),
    repairs=(Repair("column-break", (LineSpan("content/raw/a.txt", 3, 4),), "前", "后", ("why",), 1),),
)


def test_a_record_can_be_read_by_people_and_by_this_program() -> None:
    written = format_record(RECORD)
    assert '\n   "before": "前",\n'.encode() in written
    assert parse_record(written, "record.json") == RECORD


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": 1}', b"\xff", b"[" * 100_000])
def test_a_broken_record_is_said(content: bytes) -> None:
    with pytest.raises(BulletinError, match=r"^record.json: error\[record\].* hint: convert the issue again"):
        parse_record(content, "record.json")
