"""Markdown → safe HTML, plain text, headings, links, images, anchors."""

from generator.markup.rendering import render_markdown
from generator.markup.rewriting import nest_headings, rewrite_links

__all__ = ["nest_headings", "render_markdown", "rewrite_links"]
