"""Names of files that are no text: a name on disk is bytes, and what a site is made of has names in UTF-8."""

from generator.diagnostics.problems import Diagnostic, SourceSpan, error


def is_text(name: str) -> bool:
    """Whether the bytes of a name are UTF-8; Python has a stand-in for each byte that is not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def unnameable(path: str) -> Diagnostic:
    """Return the problem of a file or folder at `path`, whose name is no text; it is shown without it."""
    shown = path.encode(errors="backslashreplace").decode()
    return error("file-name", "its name is not in UTF-8", SourceSpan(shown), "rename it")
