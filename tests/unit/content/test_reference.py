"""docs/content.md and the JSON Schemas say what the keys say; every example in them works."""

import json
from pathlib import Path

import pytest

from generator.content import parse_article
from generator.content.keys import (
    ARTICLE_KEYS,
    CONVERTED_KEYS,
    CORRECTION_KEYS,
    DOUBT_KEYS,
    EVENT_KEYS,
    ISSUE_KEYS,
    PAGE_KEYS,
)
from generator.content.reference import TABLES, fill_tables
from generator.content.schema import SCHEMAS, render_schema
from generator.content.tables import Key
from generator.content.yaml_nodes import Mapping, parse_yaml
from generator.model import ArticleHead

TABLES_OF_KEYS = (
    ARTICLE_KEYS,
    ISSUE_KEYS,
    PAGE_KEYS,
    EVENT_KEYS,
    DOUBT_KEYS,
    CORRECTION_KEYS,
    CONVERTED_KEYS,
)
ALL_KEYS = [pytest.param(key, id=key.name) for keys in TABLES_OF_KEYS for key in keys.by_name.values()]
COMMAND = "run python -m generator.content.reference docs"


def test_the_tables_of_the_page_are_what_the_keys_say_now(repository: Path) -> None:
    page = (repository / "docs" / "content.md").read_text("utf-8")
    assert page == fill_tables(page), COMMAND


def test_the_page_holds_every_table(repository: Path) -> None:
    page = (repository / "docs" / "content.md").read_text("utf-8")
    assert all(page.count(f"<!-- table: {name} -->") == 1 for name in TABLES)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_what_the_keys_say_now(repository: Path, name: str) -> None:
    assert (repository / "docs" / "schema" / name).read_text("utf-8") == render_schema(name), COMMAND


def test_a_schema_has_every_key_and_no_other() -> None:
    schema = json.loads(render_schema("article.schema.json"))
    assert list(schema["properties"]) == list(ARTICLE_KEYS.by_name)
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["title"]


@pytest.mark.parametrize("key", ALL_KEYS)
def test_the_example_of_a_key_is_read(key: Key) -> None:
    node = parse_yaml(f"{key.name}: {key.example}")
    assert isinstance(node, Mapping)
    ((_, value),) = node.pairs
    assert key.kind.read(value) not in ("", (), {}, None)
    assert key.meaning
    assert key.kind.label


def test_the_keys_of_an_article_are_the_fields_of_its_head_in_their_order() -> None:
    assert list(ARTICLE_KEYS.by_name) == list(ArticleHead.__struct_fields__)


def test_the_front_matter_shown_in_the_page_is_read(repository: Path) -> None:
    page = (repository / "docs" / "content.md").read_text("utf-8")
    shown = page.split("```markdown\n", 1)[1].split("```", 1)[0]
    head = parse_article(shown.encode(), "content/articles/2024-07-22/01-a.md").article.head
    assert (head.title, head.topics, head.slug) == ("老街路灯换新", ("livelihood",), "lao-jie-lu-deng")
