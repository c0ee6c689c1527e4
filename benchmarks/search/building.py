"""Building an index in a process of its own, so that its memory can be told from the rest's."""

import multiprocessing
import resource
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus import segment_of
from msgspec.structs import replace

from generator.search import SearchDocument, SearchSegment, SearchSettings, plan_search
from generator.store import Store


@dataclass
class Loading:
    """Segments whose loading is timed: reading articles is not the index's work."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def timed(self, segment: SearchSegment) -> SearchSegment:
        def load() -> Iterable[SearchDocument]:
            start, cpu_start = time.perf_counter(), time.process_time()
            documents = list(segment.load_documents())
            self.seconds += time.perf_counter() - start
            self.cpu_seconds += time.process_time() - cpu_start
            return documents

        return replace(segment, load_documents=load)


def edited(segment: SearchSegment, sentence: str = "今日改写了这一句话。") -> SearchSegment:
    """The segment with another sentence in the middle of its second article."""

    def load() -> Iterable[SearchDocument]:
        for place, document in enumerate(segment.load_documents()):
            body = document.body
            yield replace(document, body=body[:300] + sentence + body[320:]) if place == 1 else document

    return replace(segment, key=f"{segment.key} edited", load_documents=load)


def without_newest(segment: SearchSegment, count: int) -> SearchSegment:
    return replace(
        segment,
        key=f"{segment.key} shortened",
        count=segment.count - count,
        load_documents=lambda: list(segment.load_documents())[:-count],
    )


def build(engine: str, articles: Path, output: Path) -> dict[str, object]:
    """Build twice: without the newest issue, then with it; then once more for each of two edits."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_build, (engine, articles, output))


def _build(engine: str, articles: Path, output: Path) -> dict[str, object]:
    segments = [segment_of(path) for path in sorted(articles.iterdir())]
    before = [*segments[:-1], without_newest(segments[-1], 8)]
    memo_path = output.with_name("memo.sqlite")
    memo_path.unlink(missing_ok=True)
    with Store.open(memo_path, "search") as memo:
        return _measure(engine, segments, before, output, memo)


def _measure(
    engine: str, segments: list[SearchSegment], before: list[SearchSegment], output: Path, memo: Store
) -> dict[str, object]:
    figures, keys = _run(engine, before, output, memo, {})
    figures["memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if engine == "builtin":
        old = [*segments[: len(segments) // 3], edited(segments[len(segments) // 3])]
        changes = {
            "nothing": before,
            "newest edited": [*before[:-1], edited(before[-1])],
            "old edited": [*old, *before[len(old) :]],
            "issue added": segments,
        }
    else:
        changes = {"issue added": segments}
    for name, changed in changes.items():
        keep = output if name == "issue added" else output.with_name("changed")
        made, _ = _run(engine, changed, keep, memo, keys)
        figures[name] = made
    return figures


def _run(
    engine: str, segments: list[SearchSegment], output: Path, memo: Store, known: dict[str, str]
) -> tuple[dict[str, object], dict[str, str]]:
    loading = Loading()
    start, cpu_start = time.perf_counter(), time.process_time()
    plan = plan_search(engine, [loading.timed(s) for s in segments], SearchSettings(), memo)
    keys = {planned.path: planned.key for planned in plan.files}
    size = files = 0
    for file in plan.render([path for path, key in keys.items() if known.get(path) != key]):
        path = output / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        size += len(file.content)
        files += 1
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    figures: dict[str, object] = {
        "s": round(seconds - loading.seconds, 2),
        "loading s": round(loading.seconds, 2),
        "cpu s": round(cpu_seconds - loading.cpu_seconds, 2),
    }
    figures |= {"MB": round(size / 1e6, 2), "files": files, "files gone": len(known.keys() - keys.keys())}
    return figures, keys
