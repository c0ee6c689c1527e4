"""Documents for the measurements, from a corpus maker's `articles(count, seed, seed_file)` generator."""

import importlib.util
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.search import SearchDocument, SearchSegment


def load_articles(maker: Path, seed_file: Path, count: int) -> list[SearchDocument]:
    """Return `count` documents, oldest first. No word boundaries: they matter to ranking alone."""
    spec = importlib.util.spec_from_file_location("corpus_maker", maker)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{maker}: not a Python file")
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [document_of(article) for article in module.articles(count, 7, str(seed_file))]


def document_of(article: dict[str, Any]) -> SearchDocument:
    body = "\n".join(line.removeprefix("## ") for line in article["body"])
    issue = f"{article['date']:%Y-%m-%d}"
    digest = blake2b(f"{article['id']}\n{article['title']}\n{body}".encode(), digest_size=16).hexdigest()
    return SearchDocument(
        digest=digest,
        url=f"/issues/{issue}/{article['id']}/",
        title=article["title"],
        byline=(article["author"],),
        date=issue,
        issue_id=issue,
        issue_label=f"第{article['issue']}期",
        topics=tuple((topic, topic) for topic in article["topics"]),
        body=body,
    )


def segments_of(documents: list[SearchDocument]) -> list[SearchSegment]:
    """Cut documents (oldest first) into years."""
    return [year_segment(year, list(group)) for year, group in groupby(documents, key=lambda d: d.date[:4])]


def year_segment(year: str, documents: list[SearchDocument]) -> SearchSegment:
    digests = "".join(document.digest for document in documents)
    key = blake2b(digests.encode(), digest_size=16).hexdigest()

    def load() -> Iterator[SearchDocument]:
        return iter(documents)

    return SearchSegment(year, key, len(documents), load)
