"""Article files: parse and format, each the inverse of the other."""

from typing import Any

from generator.content.files import digest_of
from generator.content.keys import ARTICLE_KEYS
from generator.content.reading import read_front_matter
from generator.content.splitting import join_front_matter
from generator.model import Article, ArticleFile, ArticleHead

_DEFAULTS = ArticleHead(title="")


def parse_article(content: bytes, path: str) -> ArticleFile:
    """Return the article; raise BulletinError with every mistake of the file."""
    values, body = read_front_matter(content, path, ARTICLE_KEYS)
    if "byline" in values and "byline_kind" not in values:
        values["byline_kind"] = _assumed_byline_kind(values["byline"])
    return ArticleFile(path, digest_of(content), Article(ArticleHead(**values), body))


def format_article(article: Article) -> bytes:
    """Return the file: keys that differ from their defaults, in the order of the documentation."""
    head = article.head
    table: dict[str, Any] = {}
    for key in ARTICLE_KEYS.by_name.values():
        value = getattr(head, key.name)
        default = getattr(_DEFAULTS, key.name)
        if key.name == "byline_kind":
            default = _assumed_byline_kind(head.byline)
        if value != default:
            table[key.name] = key.kind.write(value)
    return join_front_matter(table, article.body_markdown)


def _assumed_byline_kind(byline: tuple[str, ...]) -> str:
    return "author" if byline else ""
