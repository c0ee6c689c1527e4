"""Raw issue → articles, with a record of every repair, doubt and removal. Pure: no disk, no clock."""

from generator.convert.fixes import Fix, parse_fix
from generator.convert.issue import convert_issue
from generator.convert.markdown import escape_markdown
from generator.convert.readers import READERS, Reader, read_raw_file
from generator.convert.settings import ConversionSettings

__all__ = [
    "READERS",
    "ConversionSettings",
    "Fix",
    "Reader",
    "convert_issue",
    "escape_markdown",
    "parse_fix",
    "read_raw_file",
]
