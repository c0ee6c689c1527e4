"""Build one archive with bulletin and with other generators in turn; print medians, ratios, memory, sizes.

    python -m benchmarks.build.measure --sizes 1000 10000 --tools FOLDER/bin [--rounds 3] [--json FILE]

The first round watches memory; its times do not count where there are others. A tool that is not
installed is left out.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.build.commands import measure_commands
from benchmarks.build.processes import Cost
from benchmarks.build.sides import CASES, Corpus, Side, our_sides, peer_sides
from benchmarks.build.targets import judge
from benchmarks.build.tools import find_tools

OURS = ("plain", "default", "default+search")
ALONE_FROM = 50_000
"""Corpora of this size and more are built without the other generators and with search only, if not asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """Medians of a case; `files` and `size` (bytes) are of the whole output."""

    articles: int
    case: str
    side: str
    wall: float
    cpu: float
    peak: int
    files: int
    size: int


def measure_size(sides: Sequence[Side], corpus: Corpus, rounds: int) -> Iterator[Row]:
    """Yield a row for each case of each side. The sides take turns, so that a slow minute hits all."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    sizes: dict[tuple[str, str], tuple[int, int]] = {}
    for number in range(rounds + 1):
        for case in CASES:
            for side in (side for side in sides if case in side.cases):
                side.prepare(case, corpus)
                cost = side.build(with_memory=number == 0)
                costs.setdefault((case, side.name), []).append(cost)
                print(f"{number} {case} {side.name} {cost.wall:.2f} {cost.cpu:.2f}", file=sys.stderr)
                if number == 0:
                    sizes[case, side.name] = side.size()
    for (case, name), (watched, *timed) in costs.items():
        timed = timed or [watched]
        wall = statistics.median(cost.wall for cost in timed)
        cpu = statistics.median(cost.cpu for cost in timed)
        yield Row(len(corpus.articles), case, name, wall, cpu, watched.peak, *sizes[case, name])


def show(rows: Iterable[Row]) -> None:
    """Print the rows as a Markdown table, beside Hugo where it was measured on the same corpus."""
    rows = list(rows)
    hugo = {(row.articles, row.case): row for row in rows if row.side == "Hugo"}
    print("| articles | case | side | wall s | CPU s | peak MB | files | MB | wall ÷ Hugo | CPU ÷ Hugo |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        other = hugo.get((row.articles, row.case))
        ratios = f"{row.wall / other.wall:.2f} | {row.cpu / other.cpu:.2f}" if other else "– | –"
        print(
            f"| {row.articles} | {row.case} | {row.side} | {row.wall:.2f} | {row.cpu:.2f} "
            f"| {row.peak / 1e6:.0f} | {row.files} | {row.size / 1e6:.1f} | {ratios} |",
            flush=True,
        )


def main() -> None:
    options = _parse_options()
    found = find_tools(options.tools)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        work = Path(folder)
        for size in options.sizes:
            corpus = Corpus.of(size)
            is_alone = size >= ALONE_FROM and not options.all
            names = OURS[-1:] if is_alone else options.ours
            sides = our_sides(work, corpus, names, options.jobs)
            sides += [] if is_alone else peer_sides(work, corpus, found)
            rows += measure_size(sides, corpus, options.rounds)
            show(row for row in rows if row.articles == size)
        commands = measure_commands(work, options.rounds)
    figures = {name: round(value, 3) for name, value in commands.items()}
    print("\n".join(f"{name}: {value}" for name, value in figures.items()))
    print("\n".join(judge({(row.articles, row.case, row.side): row for row in rows}, figures)))
    if options.json:
        options.json.write_text(json.dumps([*map(asdict, rows), figures], ensure_ascii=False, indent=1))


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000], help="articles in each corpus")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds; 0: only the first")
    parser.add_argument("--ours", nargs="*", choices=OURS, default=OURS, help="our sides")
    parser.add_argument("--jobs", type=int, help="processes of our builds; default: all cores")
    parser.add_argument("--all", action="store_true", help="every side of large corpora too")
    parser.add_argument("--tools", type=Path, nargs="*", default=[], help="folders of programs to look in")
    parser.add_argument("--work", type=Path, help="folder for the sites; default: that for temporary files")
    parser.add_argument("--json", type=Path, help="file for the figures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
