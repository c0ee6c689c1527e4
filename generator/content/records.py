"""``record.json``: what conversion did, as JSON with an indent."""

import msgspec

from generator.diagnostics import BulletinError, SourceSpan, error
from generator.model import ConversionRecord

_DECODER = msgspec.json.Decoder(ConversionRecord)


def format_record(record: ConversionRecord) -> bytes:
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def parse_record(content: bytes, path: str) -> ConversionRecord:
    """Return the record; raise BulletinError when the file is none."""
    try:
        return _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as mistake:
        hint = "convert the issue again: bulletin convert"
        raise BulletinError(
            error("record", f"no record of a conversion: {mistake}", SourceSpan(path), hint)
        ) from None
