"""A preview of a tiny real site: content/NAME.txt becomes NAME.html, a text that says "broken" an error."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from generator.dev import BuildOutcome, serve
from generator.diagnostics import Diagnostic, SourceSpan, error
from generator.model import OutputFile, PlannedFile, Stage
from generator.publish import Publication
from generator.publish.manifest import digest_of

PATIENCE_SECONDS = 30.0
PAGE = (
    '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>t</title>'
    '<link rel="icon" href="data:,"><link rel="stylesheet" href="{base}/site.css"></head>'
    '<body><p id="text">{text}</p></body></html>'
)


@dataclass
class TinySite:
    """Folders content/ and output/ in `root`; `builds` gets the set of changed file names of each build."""

    root: Path
    base_path: str = ""
    builds: "queue.SimpleQueue[set[str]]" = field(default_factory=queue.SimpleQueue)
    lines: "queue.SimpleQueue[str]" = field(default_factory=queue.SimpleQueue)
    address: str = ""

    def write(self, name: str, text: str) -> Path:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def build(self, changed: frozenset[Path]) -> BuildOutcome:
        outcome = self._build()
        self.builds.put({path.name for path in changed})
        return outcome

    def next_build(self) -> set[str]:
        return self.builds.get(timeout=PATIENCE_SECONDS)

    def line_with(self, words: str) -> str:
        while True:
            line = self.lines.get(timeout=PATIENCE_SECONDS)
            if words in line:
                return line

    def _build(self) -> BuildOutcome:
        files, problems = self._make()
        if problems:
            return BuildOutcome(False, tuple(problems))
        plan = [PlannedFile(file.path, digest_of(file.content), Stage.ARTICLE) for file in files]
        contents = {file.path: file for file in files}
        with Publication.open(self.root / "output", self.root / ".bulletin") as publication:
            for planned in publication.outdated(plan):
                publication.stage(contents[planned.path])
            report = publication.apply()
        return BuildOutcome(True, (), (*report.written, *report.removed))

    def _make(self) -> tuple[list[OutputFile], list[Diagnostic]]:
        files: list[OutputFile] = []
        problems: list[Diagnostic] = []
        for path in sorted((self.root / "content").rglob("*.*")):
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".css":
                files.append(OutputFile(path.name, text.encode()))
            elif "broken" in text:
                span = SourceSpan(f"content/{path.name}", 1)
                problems.append(error("broken", f"says {text!r}", span, "mend it"))
            elif path.suffix == ".txt":
                page = PAGE.format(base=self.base_path, text=escape(text))
                files.append(OutputFile(f"{path.stem}.html", page.encode()))
        return files, problems


@contextmanager
def serving(site: TinySite, *, is_polling: bool = False) -> Iterator[TinySite]:
    """Serve the site on a free port while the block runs; `site.address` says where."""
    stop = threading.Event()
    (site.root / "content").mkdir(exist_ok=True)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            serve(
                site.build,
                watched=[site.root / "content", site.root / "site.toml", site.root / "themes"],
                output_dir=site.root / "output",
                report=site.lines.put,
                port=0,
                base_path=site.base_path,
                is_polling=is_polling,
                stop=stop,
            )
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        site.address = site.line_with("serving ").split()[1]
        assert site.next_build() == set()
        yield site
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
        assert failures == []
