"""What conversion is told besides the raw issue."""

import datetime

import msgspec

from generator.convert.fixes import Fix
from generator.model import KnownNames, Topic


class ConversionSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`date_option` is the editor's word on the issue's date; a guessed date is never after `latest`.

    `fix` holds the editor's corrections of the structure (content/raw/<name>.fix.toml).
    """

    topics: tuple[Topic, ...] = ()
    names: KnownNames = msgspec.field(default_factory=KnownNames)
    date_option: datetime.date | None = None
    latest: datetime.date
    fix: Fix | None = None
