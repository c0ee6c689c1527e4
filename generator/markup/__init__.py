"""Markdown → safe HTML, plain text, headings, links, images, anchors."""

from typing import TYPE_CHECKING

from generator.lazy import names_from

if TYPE_CHECKING:
    from generator.markup.rendering import render_markdown
    from generator.markup.rewriting import fill_gaps, nest_headings, rewrite_links
else:
    __getattr__ = names_from(
        __name__,
        {
            "rendering": ("render_markdown",),
            "rewriting": (
                "fill_gaps",
                "nest_headings",
                "rewrite_links",
            ),
        },
    )

__all__ = ["fill_gaps", "nest_headings", "render_markdown", "rewrite_links"]
