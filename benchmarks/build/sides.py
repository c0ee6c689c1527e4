"""What is measured: each side's site, how it is built, and what can happen to it between two builds."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.build import tools
from benchmarks.build.corpus import PER_ISSUE, CorpusArticle, make_articles
from benchmarks.build.processes import Cost, run
from benchmarks.build.sites import FORMS, configure, lay_out, settle, write_articles

COLD = "cold"
UNCHANGED = "nothing changed"
EDITED = "one article edited"
ADDED = "one issue added"
CASES = (COLD, UNCHANGED, EDITED, ADDED)
EDIT = "编者注：本文有更正，请以此为准。"


@dataclass(frozen=True, slots=True)
class Corpus:
    """`next_issue` follows the articles."""

    articles: Sequence[CorpusArticle]
    next_issue: Sequence[CorpusArticle]

    @classmethod
    def of(cls, count: int) -> "Corpus":
        made = list(make_articles(count + PER_ISSUE))
        return cls(made[:count], made[count:])

    @property
    def edited(self) -> CorpusArticle:
        return self.articles[len(self.articles) // 2]


@dataclass(frozen=True, slots=True)
class Side:
    """A generator with a site. `leftovers` are what its builds leave; `cases` what is measured of it."""

    name: str
    form: str
    root: Path
    commands: tuple[tuple[str, ...], ...]
    output: str
    leftovers: tuple[str, ...]
    cases: tuple[str, ...]

    def build(self, *, with_memory: bool = False) -> Cost:
        costs = [run(command, self.root, with_memory=with_memory) for command in self.commands]
        return sum(costs[1:], costs[0])

    def prepare(self, case: str, corpus: Corpus) -> None:
        """Bring the site from the state the case before it left into the one this case begins with."""
        if case == COLD:
            self.restore(corpus)
            for name in self.leftovers:
                shutil.rmtree(self.root / name, ignore_errors=True)
        elif case == EDITED:
            with self._place(corpus.edited).open("a", encoding="utf-8") as file:
                file.write(f"\n{EDIT}\n")
        elif case == ADDED:
            write_articles(self.root, self.form, corpus.next_issue)

    def restore(self, corpus: Corpus) -> None:
        for article in corpus.next_issue:
            place = self._place(article)
            place.unlink(missing_ok=True)
            if self.form == "bulletin":
                shutil.rmtree(place.parent, ignore_errors=True)
        write_articles(self.root, self.form, [corpus.edited])
        settle(self._place(corpus.edited).parent)

    def size(self) -> tuple[int, int]:
        """Return how many files the output has and how many bytes."""
        sizes = [file.stat().st_size for file in (self.root / self.output).rglob("*") if file.is_file()]
        return len(sizes), sum(sizes)

    def _place(self, article: CorpusArticle) -> Path:
        return self.root / FORMS[self.form][0](article)


def make_side(side: Side, corpus: Corpus, theme: str = "", search: str = "") -> Side:
    """Write the site of a side; return the side."""
    shutil.rmtree(side.root, ignore_errors=True)
    side.root.mkdir(parents=True)
    lay_out(side.root, side.form, corpus.articles)
    if side.form == "bulletin":
        configure(side.root, theme, search)
        settle(side.root)
    return side


def bulletin_command(*arguments: str) -> tuple[str, ...]:
    """The program of the Python that runs this."""
    return (str(Path(sys.executable).with_name("bulletin")), *arguments)


def our_sides(work: Path, corpus: Corpus, names: Sequence[str], jobs: int | None) -> list[Side]:
    options = ("--jobs", str(jobs)) if jobs else ()
    command = bulletin_command("--site", ".", "build", "--quiet", *options)
    sides = []
    for name in names:
        theme, _, search = name.partition("+")
        cases = (COLD,) if name == "plain" else CASES
        side = Side(
            f"ours: {name}",
            "bulletin",
            work / name,
            (command,),
            "output",
            ("output", ".bulletin"),
            cases,
        )
        sides.append(make_side(side, corpus, theme, "builtin" if search else "off"))
    return sides


def peer_sides(work: Path, corpus: Corpus, found: dict[str, str]) -> list[Side]:
    sides = []
    if tools.HUGO in found:
        build = (found[tools.HUGO], "--quiet")
        made = ("public", "resources")
        sides.append(Side("Hugo", "hugo", work / "hugo", (build,), "public", made, CASES))
        if tools.PAGEFIND in found:
            index = (found[tools.PAGEFIND], "--site", "public", "--quiet")
            root = work / "hugo-pagefind"
            sides.append(Side("Hugo + Pagefind", "hugo", root, (build, index), "public", made, (COLD,)))
    if tools.PELICAN in found:
        sides.append(_pelican_side(work / "pelican", found[tools.PELICAN]))
    return [make_side(side, corpus) for side in sides]


def _pelican_side(root: Path, program: str) -> Side:
    build = (program, "content", "-s", "pelicanconf.py", "-o", "output", "-q")
    return Side("Pelican", "pelican", root, (build,), "output", ("output", "__pycache__", "cache"), (COLD,))
