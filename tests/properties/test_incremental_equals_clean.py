"""Whatever was edited between builds: the site is the one a first build would make."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.diagnostics import Severity
from generator.pipeline.build_site import BuildReport
from tests.support.sites import build, output_files, write_site, write_text

pytestmark = pytest.mark.usefixtures("small_volumes")

ONE = "content/articles/2025-03-03/01-lamps.md"
TWO = "content/articles/2025-03-03/02-stage.md"
NEW = "content/articles/2025-05-12/01-new.md"

ISSUE = "---\ndate: 2025-03-04\nnumber: '9'\n---\n编者按：本期写灯，也写戏台。\n"

Edit = Callable[[Path], object]


def replace_in(path: str, before: str, after: str) -> Edit:
    def edit(root: Path) -> None:
        file = root / path
        if file.exists():
            file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")

    return edit


def write(path: str, text: str) -> Edit:
    return lambda root: write_text(root / path, text)


def remove(path: str) -> Edit:
    return lambda root: (root / path).unlink(missing_ok=True)


EDITS: dict[str, Edit] = {
    "text": replace_in(ONE, "心里踏实", "心里亮堂"),
    "title": replace_in(ONE, "老街路灯换新", "老街路灯全换新"),
    "topic": replace_in(ONE, "topics: [民生]", "topics: [民生, 文化]"),
    "person": replace_in(ONE, "周知远]", "周知远, 何青禾]"),
    "byline of equal sound": replace_in(ONE, "byline: 林小满", "byline: 林晓满"),
    "keywords": replace_in(TWO, "keywords: [戏台, 老街, 开锣]", "keywords: [路灯, 老街, 夜路]"),
    "slug of a linked article": replace_in(TWO, "title:", "slug: old-stage\ntitle:"),
    "alias": replace_in(TWO, "page: ", "aliases: [/theatre/]\npage: "),
    "draft": replace_in(TWO, "page: ", "draft: true\npage: "),
    "correction gone": replace_in(TWO, "corrections:\n  - date: 2025-03-05\n    text:", "extra:\n  note:"),
    "new article": write(NEW, "---\ntitle: 新绿道通了\nkeywords: [绿道, 河岸]\n---\n河岸的绿道昨天通了。\n"),
    "article gone": remove(TWO),
    "new article gone": remove(NEW),
    "issue file": write("content/articles/2025-03-03/issue.md", ISSUE),
    "equal issue file": write("content/articles/2025-04-07/issue.md", ISSUE),
    "copy of an issue": lambda root: shutil.copytree(
        root / "content/articles/2025-03-03", root / "content/articles/2025-08-04", dirs_exist_ok=True
    ),
    "static page": write("content/pages/about.md", "---\ntitle: 关于本报\n---\n[首页](/)\n"),
    "raw issue": write(
        "content/raw/2025-06-09.txt",
        "河道清淤今天开工\n\n本报讯 镇里的河道清淤工程今天开工，预计两个月完成。\n\n（林小满）\n",
    ),
    "topics file": replace_in("content/topics.toml", 'name = "文化"', 'name = "文化生活"'),
    "slug of a topic": replace_in("content/topics.toml", "minsheng", "people-and-life"),
    "issue of an article": replace_in(TWO, "page: ", "issue: 2025-04-07\npage: "),
    "settings": replace_in("site.toml", "溪口周报", "溪口新周报"),
    "base path": replace_in("site.toml", "example.org/weekly", "example.org/paper/weekly"),
    "page size": replace_in("site.toml", "publisher", "page_size = 5\npublisher"),
    "no search": replace_in("site.toml", "publisher", 'search = "off"\npublisher'),
    "template": write(
        "themes/default/templates/not_found.html",
        '{% extends "parent:not_found.html" %}{% block main %}没有找到{% endblock %}',
    ),
    "root file": write("content/static/robots-extra.txt", "hello\n"),
}


def test_equal_files_of_two_issues_are_two_issues(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    build(root)
    EDITS["issue file"](root)
    EDITS["equal issue file"](root)
    report = build(root)
    assert not has_errors(report) and report.issues == 2
    assert {path for path in output_files(root) if path.endswith("2025-04-07/index.html")}


@settings(max_examples=12)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=5, unique=True), st.integers(1, 3))
@example(["issue of an article", "copy of an issue"], 1)
def test_any_edits_end_in_the_site_of_a_first_build(names: list[str], builds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_site(Path(folder) / "edited")
        build(root)
        for number, name in enumerate(names):
            EDITS[name](root)
            if number % builds == 0:
                build(root, jobs=2)
        build(root)
        clean = Path(folder) / "clean"
        shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".bulletin", "output"))
        (clean / "output").mkdir()
        report = build(clean)
        edited, first = output_files(root), output_files(clean)
        assert [path for path in first if edited.get(path) != first[path]] == []
        # While a site has errors (a link that has become dead) nothing is taken away.
        assert edited.keys() == first.keys() or has_errors(report)


def has_errors(report: BuildReport) -> bool:
    return any(problem.severity is Severity.ERROR for problem in report.diagnostics)
