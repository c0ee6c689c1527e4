"""Problems as values: what is wrong, where it is, what to do about it.

Every package below the command line reports problems in these types and prints nothing.
"""

from generator.diagnostics.file_names import is_text, unnameable
from generator.diagnostics.names import nearest_name, nearest_name_hint
from generator.diagnostics.problems import (
    BulletinError,
    Diagnostic,
    Severity,
    SourceSpan,
    error,
    notice,
    warning,
)

__all__ = [
    "BulletinError",
    "Diagnostic",
    "Severity",
    "SourceSpan",
    "error",
    "is_text",
    "nearest_name",
    "nearest_name_hint",
    "notice",
    "unnameable",
    "warning",
]
