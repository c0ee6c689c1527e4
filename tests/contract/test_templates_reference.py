"""The theme reference in docs/ says what the contexts say."""

import dataclasses
from pathlib import Path

import pytest

from generator.render.reference import field_docs, render_reference

REFERENCE = Path(__file__).parents[2] / "docs" / "themes-reference.md"


def test_the_theme_reference_is_what_the_contexts_say_now():
    assert REFERENCE.read_text(encoding="utf-8") == render_reference(), (
        "stale: run python -m generator.render.reference > docs/themes-reference.md"
    )


@dataclasses.dataclass
class Undocumented:
    first: int
    """Has one."""
    second: int


def test_a_field_without_a_docstring_is_an_error_that_names_it():
    with pytest.raises(ValueError, match=r"Undocumented\.second has no docstring"):
        field_docs(Undocumented)
