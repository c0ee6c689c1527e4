"""Two built sites, a web server for each, and a browser."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Severity
from tests.support.hosting import hosted
from tests.support.reading_site import TODAY, write_reading_site
from tests.support.sites import build, write_text

CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class BuiltSite:
    """A published site: its folder, its base path, and the files of each kind of page, the largest first."""

    output: Path
    base_path: str
    files: dict[str, list[Path]]

    def html_files(self) -> list[Path]:
        return sorted(self.output.rglob("*.html"))

    def samples(self) -> list[Path]:
        """The richest and the poorest pages of every kind."""
        return sorted({file for files in self.files.values() for file in (*files[:3], *files[-2:])})

    def address_of(self, file: Path) -> str:
        path = f"/{file.relative_to(self.output).as_posix()}"
        return path.removesuffix("index.html")


@dataclass(frozen=True)
class HostedSite:
    """A built site and where it is served."""

    site: BuiltSite
    address: str

    def page(self, kind: str) -> str:
        return self.address + self.site.address_of(self.site.files[kind][0])

    def index(self, kind: str) -> str:
        """The index of topics, of bylines, of people …"""
        return f"{self.address}/{kind}/"

    def entry(self, kind: str) -> str:
        """The richest page of that index's entries."""
        files = [file for file in self.site.files["group"] if file.is_relative_to(self.site.output / kind)]
        return self.address + self.site.address_of(files[0])


def _build(root: Path, base_path: str) -> BuiltSite:
    report = build(root, base_url=f"https://example.org{base_path}", today=TODAY, jobs=2)
    assert report.is_published
    assert [problem for problem in report.diagnostics if problem.severity is Severity.ERROR] == []
    site = BuiltSite(root / "output", base_path, {})
    for file in sorted(site.html_files(), key=lambda file: -file.stat().st_size):
        kind = re.search(r'<body class="kind-([a-z_]+)"', file.read_text(encoding="utf-8"))
        assert kind, file
        site.files.setdefault(kind[1], []).append(file)
    return site


@pytest.fixture(scope="session")
def paper(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The default theme, under a base path."""
    root = write_reading_site(repository, tmp_path_factory.mktemp("paper"))
    return _build(root, "/bulletin")


@pytest.fixture(scope="session")
def gazette(paper: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The same site in the theme gazette, at the root of a host."""
    root = tmp_path_factory.mktemp("gazette")
    shutil.copytree(paper.output.parent, root, ignore=shutil.ignore_patterns("output"), dirs_exist_ok=True)
    settings = (root / "site.toml").read_text(encoding="utf-8")
    write_text(root / "site.toml", settings.replace('theme = "default"', 'theme = "gazette"'))
    return _build(root, "")


@pytest.fixture(scope="session")
def hosted_paper(paper: BuiltSite) -> Iterator[HostedSite]:
    with hosted(paper.output, paper.base_path) as address:
        yield HostedSite(paper, address)


@pytest.fixture(scope="session")
def hosted_gazette(gazette: BuiltSite) -> Iterator[HostedSite]:
    with hosted(gazette.output, gazette.base_path) as address:
        yield HostedSite(gazette, address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    # Playwright keeps an event loop running in this thread, which must end before other tests begin.
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open an address with a reader's settings: ``open_page(address, width=360, scheme="dark")``."""
    contexts: list[Any] = []

    def open_one(address: str, *, width: int = 1280, height: int = 800, **reading: Any) -> Any:
        # Without smooth scrolling, so that what is focused is in view at once.
        options = {"reduced_motion": "reduce", **reading.pop("options", {})}
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if reading:
            kept = json.dumps(json.dumps(reading))
            context.add_init_script(f"localStorage.setItem('bulletin-reading', {kept})")
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
