"""What conversion is told besides the raw issue."""

import datetime
from dataclasses import dataclass, field

from generator.convert.fixes import Fix
from generator.model import KnownNames, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionSettings:
    """`date_option` is the editor's word on the issue's date; a guessed date is never after `latest`.

    `fix` holds the editor's corrections of the structure (content/raw/<name>.fix.toml).
    """

    topics: tuple[Topic, ...] = ()
    names: KnownNames = field(default_factory=KnownNames)
    date_option: datetime.date | None = None
    latest: datetime.date
    fix: Fix | None = None
