"""Simplified and traditional forms of a character, for readers who ask to match both."""

from generator.language import simplified_by_traditional


def encode_variants() -> str:
    """Return a line for each simplified character that has traditional forms, followed by these."""
    forms: dict[str, list[str]] = {}
    for traditional, simplified in sorted(simplified_by_traditional().items()):
        forms.setdefault(simplified, []).append(traditional)
    return "\n".join(simplified + "".join(others) for simplified, others in sorted(forms.items()))
