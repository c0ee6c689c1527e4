"""Measure the search in Chromium: recall, precision, bytes, requests, times; build time, memory, churn.

    python benchmarks/search/measure.py COUNT [--engine pagefind] [--slow] [--queries N] [--folder FOLDER]

Articles are invented (corpus.py) and kept in FOLDER. Truth is plain substring search over their text.
"""

import argparse
import gzip
import json
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from building import build
from corpus import load_documents, write_articles
from playwright.sync_api import Browser, Page, sync_playwright
from site_server import FLAGS, lay_out, serve

from generator.search import SearchDocument
from generator.search.folding import fold_character

FIRST_QUERIES = 14
SETTLING = 300
"""Milliseconds after the answer in which what is still fetched counts as fetched for it."""


class _Folding(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = fold_character(chr(code))
        return self[code]


FOLDING = _Folding()


@dataclass
class Found:
    """What the queries brought."""

    recalls: list[float] = field(default_factory=list)
    precisions: list[float] = field(default_factory=list)
    right_counts: list[bool] = field(default_factory=list)
    first: list[tuple[int, int, float]] = field(default_factory=list)
    later: list[tuple[int, int, float]] = field(default_factory=list)


def searched_text(document: SearchDocument) -> str:
    fields = (document.title, document.kicker, document.subtitle, *document.byline, document.body)
    return "\n".join(fields).translate(FOLDING)


def draw_queries(documents: Sequence[SearchDocument], count: int) -> list[str]:
    """Draw queries of every kind from the articles: words, names, pieces, figures, characters, two words."""
    chance = random.Random(20)
    queries: list[str] = []
    while len(queries) < count:
        document = chance.choice(documents)
        start = chance.randrange(len(document.body) - 8)
        words = [word for word in document.words if len(word) > 1]
        mixed = re.findall(r"第\d+次会议|\d+亿元|C\d+型|REITs|PM2\.5|[一-鿿]\d{1,3}[一-鿿]", document.body)
        kinds = (
            chance.choice(words),
            document.byline[0],
            document.byline[0][:2],
            chance.choice(mixed or words),
            document.body[start : start + 2],
            document.body[start : start + 3],
            document.body[start : start + 4],
            document.body[start : start + 7],
            document.body[start],
            f"{chance.choice(words)} {chance.choice(words)}",
            chance.choice(words)[:2],
        )
        query = kinds[len(queries) % len(kinds)]
        if all(re.fullmatch(r"[\w.]+", word) for word in query.split(" ")):
            queries.append(query)
    return queries


def counted_page(browser: Browser, address: str, is_slow: bool) -> tuple[Page, list[int]]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sizes: list[int] = []

    def note(response: Any) -> None:
        if ".bin" in response.url or "/pagefind/" in response.url:
            sizes.append(int(response.headers.get("content-length", 0)))

    page.on("response", note)
    page.goto(address)
    if is_slow:
        slow_network(page)
    return page, sizes


ASK = """(query) => new Promise((done) => {
  const view = document.getElementById('search-results'), start = performance.now();
  const input = document.querySelector('input[name=q]');
  input.value = query;
  input.form.requestSubmit();
  const look = () => view.getAttribute('aria-busy') === 'false'
    ? done(performance.now() - start) : setTimeout(look, 1);
  look();
})"""
SHOWN = """() => [...document.querySelectorAll('.search-title a')].map((a) => a.getAttribute('href'))"""


def slow_network(page: Page) -> None:
    """60 ms latency, 10 Mbit/s."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = 10_000_000 / 8
    conditions = {"offline": False, "latency": 60, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", conditions)


def pagefind_addresses(folder: Path) -> dict[str, str]:
    """Addresses of Pagefind's fragments by their names."""
    found = {}
    for path in folder.rglob("*.pf_fragment"):
        content = gzip.decompress(path.read_bytes())
        found[path.stem] = json.loads(content[content.index(b"{") :])["url"]
    return found


def measure(
    engine: str, documents: list[SearchDocument], folder: Path, queries: list[str], is_slow: bool
) -> dict[str, object]:
    texts = [searched_text(document) for document in documents]
    addresses = [f"/bulletin{document.url}" for document in documents]
    fragments = pagefind_addresses(folder) if engine == "pagefind" else {}
    found = Found()
    with serve(folder) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        address = f"{root}/bulletin/search/{'pagefind.html' if engine == 'pagefind' else ''}"
        for query in queries[:FIRST_QUERIES]:
            page, sizes = counted_page(browser, address, is_slow)
            elapsed = page.evaluate(ASK, query)
            page.wait_for_timeout(SETTLING)
            found.first.append((sum(sizes), len(sizes), elapsed))
            page.context.close()
        page, sizes = counted_page(browser, address, is_slow)
        page.evaluate(ASK, "甲乙丙丁")
        for query in queries:
            del sizes[:]
            elapsed = page.evaluate(ASK, query)
            page.wait_for_timeout(SETTLING)
            found.later.append((sum(sizes), len(sizes), elapsed))
            for _ in range(4):
                page.wait_for_timeout(120 if not is_slow else 400)
                page.mouse.wheel(0, 20_000)
            shown = page.evaluate(SHOWN)
            answer = page.evaluate("(query) => window.bulletinSearch.find(query)", query)
            words = query.translate(FOLDING).split(" ")
            truth = {i for i, text in enumerate(texts) if all(word in text for word in words)}
            urls = {addresses[i] for i in truth}
            if engine == "pagefind":
                got = {"/bulletin" + fragments[name] for name in answer["names"]}
                recall = len(urls & got) / len(truth) if truth else 1.0
                found.right_counts.append(len(got) == len(truth))
            else:
                recall = len(truth & set(answer["numbers"])) / len(truth) if truth else 1.0
                found.right_counts.append(len(answer["numbers"]) == len(truth))
                if answer["isExact"] and not found.right_counts[-1]:
                    print(f"count said to be exact is not: {query}", file=sys.stderr)
            found.recalls.append(recall)
            if recall < 1 and engine == "builtin":
                print(f"not all found: {query}", file=sys.stderr)
            wanted = min(10, len(truth))
            right = sum(url in urls for url in shown[:10])
            found.precisions.append(right / max(wanted, len(shown[:10]), 1) if wanted or shown else 1.0)
        browser.close()
    return {
        "recall": round(statistics.mean(found.recalls), 4),
        "precision@10": round(statistics.mean(found.precisions), 4),
        "complete": f"{sum(recall == 1 for recall in found.recalls)}/{len(queries)}",
        "count right": round(statistics.mean(found.right_counts), 3),
        "first": _summary(found.first),
        "later": _summary(found.later),
    }


def _summary(rows: list[tuple[int, int, float]]) -> dict[str, float]:
    sizes, requests, times = zip(*rows, strict=True)
    return {
        "kB median": round(statistics.median(sizes) / 1000, 1),
        "kB max": round(max(sizes) / 1000, 1),
        "requests median": statistics.median(requests),
        "requests max": max(requests),
        "ms median": round(statistics.median(times), 1),
        "ms p95": round(sorted(times)[int(0.95 * (len(times) - 1))], 1),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("--engine", choices=("builtin", "pagefind"), default="builtin")
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir(), "bulletin-search"))
    options.add_argument("--slow", action="store_true", help="60 ms latency, 10 Mbit/s")
    options.add_argument("--queries", type=int, default=88)
    options.add_argument("--keep", action="store_true", help="use the index that is there")
    chosen = options.parse_args()
    articles = chosen.folder / f"articles-{chosen.count}"
    if not articles.is_dir():
        write_articles(articles, chosen.count)
    folder = chosen.folder / f"{chosen.engine}-{chosen.count}"
    figures: dict[str, object] = {}
    if not (chosen.keep and folder.is_dir()):
        figures = build(chosen.engine, articles, folder / "bulletin")
        print(json.dumps(figures, ensure_ascii=False), flush=True)
    lay_out(folder)
    documents = [document for path in sorted(articles.iterdir()) for document in load_documents(path)]
    queries = draw_queries(documents, chosen.queries)
    found = measure(chosen.engine, documents, folder, queries, chosen.slow)
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
