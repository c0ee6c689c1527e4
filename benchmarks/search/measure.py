"""Measure the search in Chromium: recall, precision, bytes, requests, times; build time, memory, churn.

    python benchmarks/search/measure.py MAKER SEED_FILE COUNT [--out FOLDER] [--slow] [--queries N]

MAKER is a Python file with `articles(count, seed, seed_file)`. Truth is plain substring search.
"""

import argparse
import json
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import load_articles, segments_of
from playwright.sync_api import Browser, Page, sync_playwright
from site_server import FLAGS, lay_out, serve

from generator.search import SearchDocument, SearchSettings, plan_search
from generator.search.folding import fold_character


class Memo(dict[tuple[str, str], bytes]):
    """A memo in memory."""

    def get(self, namespace: str, key: str) -> bytes | None:  # type: ignore[override]
        return dict.get(self, (namespace, key))

    def put(self, namespace: str, key: str, value: bytes) -> None:
        self[namespace, key] = value


def write_index(
    documents: list[SearchDocument], folder: Path, memo: Memo, known: dict[str, str]
) -> tuple[dict[str, str], int]:
    """Build and write what is not `known` by path and key; returns keys by path and the bytes written."""
    plan = plan_search("builtin", segments_of(documents), SearchSettings(), memo)
    total = 0
    for file in plan.render([f.path for f in plan.files if known.get(f.path) != f.key]):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        total += len(file.content)
    return {planned.path: planned.key for planned in plan.files}, total


def searched_text(document: SearchDocument) -> str:
    fields = (document.title, document.kicker, document.subtitle, *document.byline, document.body)
    return "".join(map(fold_character, "\n".join(fields)))


def draw_queries(texts: list[str], count: int) -> list[str]:
    """Draw queries of every kind from the texts themselves: pieces, characters, mixed figures, two words."""
    chance = random.Random(20)
    queries: list[str] = []
    while len(queries) < count:
        text = chance.choice(texts)
        length = (1, 2, 2, 2, 3, 3, 4, 4, 5, 7)[len(queries) % 10]
        start = chance.randrange(max(1, len(text) - length))
        piece = text[start : start + length]
        if len(queries) % 10 == 3:
            mixed = re.findall(r"[一-鿿]\d{1,4}[一-鿿]|\d{1,4}[一-鿿]{1,2}|[a-z]{2,}", text)
            piece = chance.choice(mixed) if mixed else piece
        if len(queries) % 10 == 5:
            other = chance.randrange(len(text) - 2)
            piece = f"{text[start : start + 2]} {text[other : other + 2]}"
        if all(len(word) > 0 and re.fullmatch(r"\w+", word) for word in piece.split(" ")):
            queries.append(piece)
    return queries


def counted_page(browser: Browser, address: str) -> tuple[Page, list[int]]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sizes: list[int] = []

    def note(response: Any) -> None:
        if response.url.partition("?")[0].endswith(".bin"):
            sizes.append(int(response.headers.get("content-length", 0)))

    page.on("response", note)
    page.goto(address)
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
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 60,
            "downloadThroughput": 10_000_000 / 8,
            "uploadThroughput": 10_000_000 / 8,
        },
    )


def measure(
    documents: list[SearchDocument], folder: Path, queries: list[str], is_slow: bool
) -> dict[str, object]:
    texts = [searched_text(document) for document in documents]
    first: list[tuple[int, int, float]] = []
    later: list[tuple[int, int, float]] = []
    recalls: list[float] = []
    precisions: list[float] = []
    exact_counts = 0
    with serve(folder) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        address = f"{root}/bulletin/search/"
        for query in queries[:12]:
            page, sizes = counted_page(browser, address)
            if is_slow:
                slow_network(page)
            elapsed = page.evaluate(ASK, query)
            first.append((sum(sizes), len(sizes), elapsed))
            page.context.close()
        page, sizes = counted_page(browser, address)
        if is_slow:
            slow_network(page)
        page.evaluate(ASK, queries[-1])
        for query in queries:
            del sizes[:]
            elapsed = page.evaluate(ASK, query)
            later.append((sum(sizes), len(sizes), elapsed))
            page.mouse.wheel(0, 20_000)
            page.wait_for_timeout(120)
            page.mouse.wheel(0, 20_000)
            shown = page.evaluate(SHOWN)
            words = query.split(" ")
            truth = {i for i, text in enumerate(texts) if all(word in text for word in words)}
            right = {f"/bulletin{documents[i].url}" for i in truth}
            found = page.evaluate("(query) => window.bulletinSearch.find(query)", query)
            recalls.append(len(truth & set(found["numbers"])) / len(truth) if truth else 1.0)
            wanted = min(10, len(truth))
            precisions.append(
                sum(url in right for url in shown[:10]) / max(wanted, len(shown)) if wanted else 1.0
            )
            exact_counts += len(found["numbers"]) == len(truth)
            if found["isExact"] and len(found["numbers"]) != len(truth):
                print(f"count said to be exact is not: {query}", file=sys.stderr)
        browser.close()
    return {
        "recall": round(statistics.mean(recalls), 4),
        "precision@10": round(statistics.mean(precisions), 4),
        "complete": f"{sum(recall == 1 for recall in recalls)}/{len(recalls)}",
        "count right": round(exact_counts / len(queries), 3),
        "first": _summary(first),
        "later": _summary(later),
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
    options.add_argument("maker", type=Path)
    options.add_argument("seed_file", type=Path)
    options.add_argument("count", type=int)
    options.add_argument("--out", type=Path)
    options.add_argument("--slow", action="store_true", help="60 ms latency, 10 Mbit/s")
    options.add_argument("--queries", type=int, default=80)
    chosen = options.parse_args()
    documents = load_articles(chosen.maker, chosen.seed_file, chosen.count)
    folder = chosen.out or Path(tempfile.mkdtemp())
    lay_out(folder)
    memo = Memo()
    start = time.perf_counter()
    keys, size = write_index(documents[:-8], folder / "bulletin", memo, {})
    built = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.perf_counter()
    changed, _ = write_index(documents, folder / "bulletin", memo, keys)
    grown = time.perf_counter() - start
    new = [path for path, key in changed.items() if keys.get(path) != key]
    figures = measure(
        documents, folder, draw_queries([d.body.casefold() for d in documents], chosen.queries), chosen.slow
    )
    figures |= {
        "build s": round(built, 1),
        "memory MB with the corpus": memory,
        "index MB": round(size / 1e6, 1),
        "files": len(changed),
        "issue added": {
            "s": round(grown, 1),
            "files": len(new),
            "gone": len(keys.keys() - changed.keys()),
            "kB": sum((folder / "bulletin" / path).stat().st_size for path in new) // 1000,
        },
    }
    print(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
