"""What each step of a build costs for one article or one page, in microseconds of processor time.

    python -m benchmarks.build.steps [--count 500] [--theme default]

Every step is given the same articles of the corpus, one after the other in one process, nothing kept.
"""

import argparse
import datetime
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from benchmarks.build.corpus import make_articles
from benchmarks.build.sites import bulletin_place, configure, lay_out, settle
from generator.content import load_bytes, parse_article
from generator.language import cut
from generator.markup import render_markdown
from generator.model import RenderedText
from generator.pipeline.contents import read_contents
from generator.pipeline.inputs import look_at_inputs
from generator.pipeline.materials import gather_materials, prepare_theme
from generator.pipeline.new_issues import convert_new
from generator.pipeline.plan_site import SitePlan, complete_site, draft_site, try_make
from generator.pipeline.site_folder import load_site
from generator.pipeline.workbench import BuildOptions, Workbench
from generator.publish import Staging, write_staged
from generator.store import Store

Item = TypeVar("Item")
Made = TypeVar("Made")
Steps = dict[str, float]


def measure_texts(root: Path, paths: Sequence[str]) -> Steps:
    """The way of a text from its file to the store."""
    steps: Steps = {}
    contents = _time(steps, "read the file", lambda path: (load_bytes(root, path), path), paths)
    files = _time(steps, "front matter, checked", lambda given: parse_article(*given), contents)
    bodies = [file.article.body_markdown for file in files]
    texts = _time(steps, "Markdown to safe HTML", render_markdown, bodies)
    cut("")
    _time(steps, "cut into words (jieba)", lambda text: cut(text.plain_text), texts)
    packed = _time(steps, "pack for the store", msgspec.msgpack.encode, texts)
    decoder = msgspec.msgpack.Decoder(RenderedText)
    _time(steps, "unpack from the store", decoder.decode, packed)
    return steps


def measure_site(root: Path, count: int) -> Steps:
    """Arranging and planning, by article; making and writing pages, by page."""
    site = load_site(root)
    steps: Steps = {}
    with Store.open(site.state_path / "memo.sqlite") as store:
        bench = Workbench.set_up(site, BuildOptions(today=datetime.date.max), store)
        listing, _ = convert_new(bench, _say_nothing)
        inputs = look_at_inputs(bench, listing)
        for name in ("gather the materials, new", "gather the materials, all known"):
            began = time.process_time()
            theme = prepare_theme(site, inputs, store)
            contents = read_contents(bench, inputs, _say_nothing, with_related=theme.shows_related)
            materials = gather_materials(bench, inputs, theme, contents)
            steps[name] = _microseconds(began, count)
        began = time.process_time()
        plan = complete_site(draft_site(materials, store), ())
        steps["plan"] = _microseconds(began, count)
        steps |= _measure_pages(root, plan)
    return steps


def _measure_pages(root: Path, plan: SitePlan) -> Steps:
    steps: Steps = {}
    tasks_by_kind: dict[str, list[int]] = {}
    for number, task in enumerate(plan.tasks):
        tasks_by_kind.setdefault(" and ".join(sorted(task.kinds)) or "file", []).append(number)
    staging = Staging(str(root / "staging"), {})
    Path(staging.folder).mkdir()
    for kind, numbers in tasks_by_kind.items():
        tasks = [plan.tasks[number] for number in numbers]
        made = _time(
            steps, f"make: {kind}", lambda task: try_make(task, frozenset(f.path for f in task.files)), tasks
        )
        files = [file for result in made if isinstance(result, list) for file in result]
        if "article" in kind:
            _time(steps, "write a page", lambda file: write_staged(staging, file), files)
    counts = Counter({f"make: {kind}": len(numbers) for kind, numbers in tasks_by_kind.items()})
    return {f"{name} ({counts[name]})" if name in counts else name: cost for name, cost in steps.items()}


def _time(steps: Steps, name: str, work: Callable[[Item], Made], items: Iterable[Item]) -> list[Made]:
    items = list(items)
    began = time.process_time()
    made = [work(item) for item in items]
    steps[name] = _microseconds(began, len(items))
    return made


def _microseconds(began: float, count: int) -> float:
    return (time.process_time() - began) / count * 1e6


def _say_nothing(_what: str, _done: int, _all: int) -> None:
    pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=500, help="articles")
    parser.add_argument("--theme", choices=("default", "plain"), default="default")
    options = parser.parse_args()
    articles = list(make_articles(options.count))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out(root, "bulletin", articles)
        configure(root, options.theme, "off")
        settle(root)
        steps = measure_texts(root, [bulletin_place(article) for article in articles])
        steps |= measure_site(root, options.count)
    print("| step | µs |\n|---|---|")
    for name, cost in steps.items():
        print(f"| {name} | {cost:.0f} |")


if __name__ == "__main__":
    main()
