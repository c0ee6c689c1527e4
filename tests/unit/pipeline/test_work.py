"""How much of a site is made again after a change: what shows the change, and nothing else."""

import datetime
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from generator.catalog import arrange
from generator.model import GroupKind, SiteArticle
from generator.pipeline.plan_site import SiteDraft
from generator.render.pages import ANYWHERE
from generator.render.pages.groups import cut_into_leaves
from tests.support.sites import build, output_files, write_site, write_text

FIRST = datetime.date(2024, 1, 1)
WEEKS = 40


def issue_of(week: int) -> dict[str, str]:
    day = FIRST + datetime.timedelta(weeks=week)
    return {
        f"{day}/{place:02}-a{week}x{place}.md": (
            f"---\ntitle: 第{week}周{subject}\nslug: a{week}x{place}\nbyline: 林小满\ntopics: [民生]\n"
            f"keywords: [周{week}, 事{place}]\n---\n这一周的{subject}，编号{week}之{place}。\n"
        )
        for place, subject in enumerate(("路灯", "戏台", "绿道"), start=1)
    }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of weekly issues, its lists cut into short pages, built."""
    articles = {name: text for week in range(WEEKS) for name, text in issue_of(week).items()}
    root = write_site(tmp_path, {}, articles)
    write_text(root / "site.toml", 'title = "周报"\nbase_url = "https://example.org"\npage_size = 10\n')
    build(root)
    return root


def test_added_issues_make_none_of_the_old_pages_of_long_lists_again(archive: Path) -> None:
    for week in range(WEEKS, WEEKS + 4):
        for name, text in issue_of(week).items():
            write_text(archive / "content/articles" / name, text)
    numbers = {
        int(path.split("/page/")[1].split("/")[0]) for path in build(archive).written if "/page/" in path
    }
    # 120 articles were 12 pages of 10; now page 12 has a number, and its neighbours lead to it.
    assert numbers == {10, 11, 12}


def test_an_edited_text_makes_again_what_shows_the_text_and_no_list(archive: Path) -> None:
    day = FIRST + datetime.timedelta(weeks=3)
    file = archive / f"content/articles/{day}/02-a3x2.md"
    file.write_text(file.read_text("utf-8") + "\n末段补记一句。\n", "utf-8")
    written = [path for path in build(archive).written if not path.startswith("search/")]
    assert written == [f"issues/{day}/a3x2/index.html", f"issues/{day}/all/index.html"]


def test_an_edited_text_makes_few_articles_of_an_archive(archive: Path) -> None:
    with (archive / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write('search = "off"\n')  # it is told the newest 2000 in any case
    build(archive)
    file = archive / f"content/articles/{FIRST}/02-a0x2.md"
    file.write_text(file.read_text("utf-8") + "\n末段补记一句。\n", "utf-8")
    made: set[str] = set()
    make = arrange._make_article

    def made_and_counted(*parts: Any) -> SiteArticle:
        article = make(*parts)
        made.add(article.slug)
        return article

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrange, "_make_article", made_and_counted)
        build(archive)
    # The issue itself, what is related to its articles, the newest for front page and feeds.
    assert {"a0x1", "a0x2", "a0x3"} <= made
    assert len(made) < 3 * WEEKS / 2


def test_pages_are_made_by_the_time_of_the_articles_they_show(archive: Path) -> None:
    held: list[Any] = []
    build(archive, is_clean=True, hold=held.append)
    ((_, draft, _),) = (each for each in held if isinstance(each, tuple) and isinstance(each[1], SiteDraft))
    site = draft.materials.site
    (topic,) = site.groups_by_kind[GroupKind.TOPIC]
    leaves = cut_into_leaves(topic.articles, 10)
    place_by_path = {file.path: task.place for task in draft.tasks for file in task.files}
    for number, leaf in enumerate(leaves[:8], start=1):
        # Some pages are made together: they lie within the time of one of them.
        assert place_by_path[f"{topic.url[1:]}page/{number}/index.html"] in leaves[4].places
        assert len(leaf) == 10
    for issue in site.issues:
        assert place_by_path[f"{issue.url[1:]}index.html"] in issue.articles.places
        month = f"dates/{issue.date:%Y/%m}/index.html"
        assert abs(place_by_path[month] - issue.articles.places[0]) < 3 * 5
    assert place_by_path["feed.xml"] == place_by_path["index.html"] == ANYWHERE


def test_an_edited_headline_makes_again_the_lists_it_stands_in(archive: Path) -> None:
    day = FIRST + datetime.timedelta(weeks=3)
    file = archive / f"content/articles/{day}/02-a3x2.md"
    file.write_text(file.read_text("utf-8").replace("title: 第3周", "title: 三周"), "utf-8")
    written = build(archive).written
    assert {
        f"issues/{day}/index.html",
        f"dates/{day:%Y/%m}/index.html",
        "topics/minsheng/page/2/index.html",
    } <= {*written}


def test_an_edited_text_needs_none_of_the_large_libraries(archive: Path, repository: Path) -> None:
    with (archive / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write('search = "off"\n')
    for path in (archive / "content").rglob("*.md"):
        os.utime(path, (0, 0))  # files as young as the build are read again by the next one
    build(archive)
    file = archive / f"content/articles/{FIRST}/02-a0x2.md"
    file.write_text(f"{file.read_text('utf-8')}\n补记一句。\n", "utf-8")
    script = (
        "import sys; from pathlib import Path; from tests.support.sites import build;"
        "print(len(build(Path(sys.argv[1])).written), [name for name in sys.argv[2:] if name in sys.modules])"
    )
    large = ("numpy", "jieba", "pypinyin", "PIL.Image")
    done = subprocess.run(
        [sys.executable, "-c", script, archive, *large], cwd=repository, capture_output=True, text=True
    )
    written, _, loaded = done.stdout.strip().partition(" ")
    assert int(written) > 1, done.stderr
    assert loaded == "[]"


def test_relations_are_worked_out_for_a_theme_that_shows_them(archive: Path) -> None:
    settings = (archive / "site.toml").read_text("utf-8")
    shown = output_files(archive)
    page = '{% extends "base.html" %}{% block main %}{{ content.title }}{% endblock %}\n'
    write_text(archive / "themes/own/theme.toml", 'name = "Own"\nextends = "default"\n')
    write_text(archive / "themes/own/templates/article.html", page)
    write_text(archive / "site.toml", f'{settings}theme = "own"\n')
    shutil.rmtree(archive / ".bulletin")
    build(archive, is_clean=True)
    assert not any(name.startswith("relations") for name in kept_names(archive))
    write_text(archive / "site.toml", settings)
    build(archive)
    assert output_files(archive) == shown


def kept_names(root: Path) -> set[str]:
    with closing(sqlite3.connect(root / ".bulletin/memo.sqlite")) as store:
        return {name for (name,) in store.execute("SELECT DISTINCT namespace FROM entry")}


@pytest.mark.parametrize("lost", ["%", "relations-table%", "relations%", "article%", "text%", "volumes%"])
def test_what_the_store_has_lost_is_read_from_the_files_again(archive: Path, lost: str) -> None:
    file = archive / f"content/articles/{FIRST}/02-a0x2.md"
    file.write_text(file.read_text("utf-8").replace("keywords: [周0", "keywords: [周1"), "utf-8")
    with closing(sqlite3.connect(archive / ".bulletin/memo.sqlite")) as store:
        chosen = f"SELECT id FROM entry WHERE namespace LIKE '{lost}'"
        assert store.execute(f"DELETE FROM payload WHERE id IN ({chosen})").rowcount
        store.commit()
    build(archive, is_clean=True)
    found = output_files(archive)
    shutil.rmtree(archive / ".bulletin")
    build(archive, is_clean=True)
    assert output_files(archive) == found
