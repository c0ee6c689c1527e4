"""Plain text in any of the encodings Chinese newsrooms use."""

from hashlib import blake2b

from generator.convert.readers.decoding import decode_text
from generator.convert.readers.reader import Reader
from generator.diagnostics import BulletinError, SourceSpan, error
from generator.model import RawFile

LONGEST_LINE = 100_000
"""Characters; a paragraph of a newspaper has some hundreds."""

LONGEST_FILE = 5_000_000
"""Characters; an issue of twelve pages has about 100,000."""

_BINARY_STARTS = (
    (b"%PDF", "a PDF file", "export its text first"),
    (b"PK\x03\x04", "a zip or office file (docx, xlsx …)", "save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an old office file (doc, xls …)", "save it as plain text first"),
    (b"{\\rtf", "an RTF file", "save it as plain text first"),
    (b"\x89PNG", "a picture", "put pictures beside the articles"),
    (b"\xff\xd8\xff", "a picture", "put pictures beside the articles"),
)


def read_plain_text(path: str, content: bytes) -> RawFile:
    for magic, what, hint in _BINARY_STARTS:
        if content.startswith(magic):
            raise BulletinError(error("raw-not-text", f"this is {what}, not a text", SourceSpan(path), hint))
    text, encoding = decode_text(path, content)
    if not text.strip():
        hint = "put the text of the issue into it, or remove it"
        raise BulletinError(error("raw-empty", "the raw file is empty", SourceSpan(path), hint))
    _check_size(path, text)
    return RawFile(path, text, encoding, blake2b(content, digest_size=16).hexdigest())


def _check_size(path: str, text: str) -> None:
    if len(text) > LONGEST_FILE:
        message = f"the file has {len(text):,} characters, more than {LONGEST_FILE:,}"
        hint = "is this one issue? put each issue into a file of its own"
        raise BulletinError(error("raw-too-long", message, SourceSpan(path), hint))
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            message = f"the line has {len(line):,} characters, more than {LONGEST_LINE:,}"
            hint = "is this a text? put each paragraph on a line of its own"
            raise BulletinError(error("raw-line-too-long", message, SourceSpan(path, number), hint))


PLAIN_TEXT = Reader("plain text", ("",), read_plain_text)
