"""JSON Schema of front matter, for editors and tools that check or complete it; made from the keys."""

import json
from collections.abc import Mapping
from typing import Any

from generator.content.keys import ARTICLE_KEYS, ISSUE_KEYS, PAGE_KEYS, table_schema

SCHEMAS: Mapping[str, tuple[str, Any]] = {
    "article.schema.json": ("Front matter of an article", ARTICLE_KEYS),
    "issue.schema.json": ("Front matter of issue.md", ISSUE_KEYS),
    "page.schema.json": ("Front matter of a static page", PAGE_KEYS),
}
"""File name in docs/schema/ → title and keys."""


def render_schema(name: str) -> str:
    """Return the JSON text of one of SCHEMAS."""
    title, keys = SCHEMAS[name]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps({**head, **table_schema(keys)}, ensure_ascii=False, indent=2) + "\n"
