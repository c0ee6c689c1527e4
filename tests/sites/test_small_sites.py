"""Whole small sites. Each broken_… folder is the good site with one fault, and the lines that must be said.

``expected.toml``: ``problems``, every line printed; ``publishes``, whether the good pages are published all
the same (a fault of content) or the site stays as it was (a fault of settings or theme); ``is_checked``,
whether ``bulletin check`` says the same.
"""

import os
import shutil
import socket
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command_line import Ran, bulletin, run_here
from tests.support.small_sites import (
    BRIDGE,
    BRIDGE_PAGE,
    GOOD,
    NEWS,
    NEWS_PAGE,
    NEWS_TEXT,
    SITES,
    copy_site,
    lay_over,
    tree,
    write,
)

FAULTS = sorted(path.name for path in SITES.glob("broken_*"))

NOBODY = 65534

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site after its first build."""
    site = copy_site(GOOD, tmp_path_factory.mktemp("sites") / "good")
    built = bulletin("--site", site, "build", "--quiet", cwd=site)
    assert (built.code, built.out, built.err) == (0, "", "")
    return site


@pytest.fixture
def site(built_site: Path, tmp_path: Path) -> Path:
    """A copy of the good site, built already, with a new article that is to be published."""
    site = copy_site(built_site, tmp_path / "site")
    write(site, NEWS, NEWS_TEXT)
    return site


def build(site: Path, capsys: Capture, *options: str) -> Ran:
    return run_here(capsys, "--site", site, "build", "--quiet", "--jobs", "1", *options)


def assert_good_pages_are_published(site: Path, before: dict[str, bytes]) -> None:
    """The new article is there, and so is everything that was there before."""
    assert "好消息" in (site / NEWS_PAGE).read_text(encoding="utf-8")
    assert before.keys() - tree(site / "output").keys() == set()


def test_nothing_is_said_of_a_site_without_a_fault(site: Path, capsys: Capture) -> None:
    checked = run_here(capsys, "--site", site, "check", "--strict")
    assert (checked.code, checked.err) == (0, "")
    built = build(site, capsys, "--strict")
    assert (built.code, built.err) == (0, "")
    assert (site / NEWS_PAGE).is_file()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_said_in_full_and_never_costs_the_good_pages(
    fault: str, site: Path, capsys: Capture
) -> None:
    expected = tomllib.loads((SITES / fault / "expected.toml").read_text(encoding="utf-8"))
    before = tree(site / "output")
    lay_over(SITES / fault, site)
    if expected.get("is_checked", True):
        checked = run_here(capsys, "--site", site, "check", "--quiet")
        assert (checked.code, checked.problems) == (1, expected["problems"])
        assert tree(site / "output") == before
    built = build(site, capsys)
    assert (built.code, built.problems) == (1, expected["problems"])
    if expected["publishes"]:
        assert_good_pages_are_published(site, before)
    else:
        assert tree(site / "output") == before


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if "front_matter" in fault])
def test_an_article_with_a_fault_keeps_its_last_good_page(fault: str, site: Path, capsys: Capture) -> None:
    before = (site / BRIDGE_PAGE).read_bytes()
    lay_over(SITES / fault, site)
    assert build(site, capsys).code == 1
    assert (site / BRIDGE_PAGE).read_bytes() == before


def test_a_mended_fault_leaves_no_trace(site: Path, capsys: Capture) -> None:
    original = (site / BRIDGE).read_bytes()
    lay_over(SITES / "broken_front_matter_key", site)
    assert build(site, capsys).code == 1
    write(site, BRIDGE, original)
    mended = build(site, capsys)
    assert (mended.code, mended.err) == (0, "")
    assert build(site, capsys, "--output", str(site / "clean")).code == 0
    shutil.rmtree(site / ".bulletin")
    assert build(site, capsys, "--output", str(site / "afresh")).code == 0
    assert tree(site / "output") == tree(site / "clean") == tree(site / "afresh")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("path", [BRIDGE, "content/raw/2025-04-07.txt", "content/pages/pipe.md"])
def test_a_named_pipe_is_said_and_nobody_waits_for_it(path: str, site: Path, capsys: Capture) -> None:
    before = tree(site / "output")
    (site / path).unlink(missing_ok=True)
    (site / path).parent.mkdir(exist_ok=True)
    os.mkfifo(site / path)
    built = build(site, capsys)
    assert built.code == 1
    assert [line.partition(": ")[0] for line in built.problems if f"{path}: error[not-a-file]" in line] == [
        path
    ]
    assert_good_pages_are_published(site, before)


@pytest.mark.parametrize("path", [BRIDGE, "content/raw/2025-04-07.txt", "content/pages/secret.md"])
def test_a_link_out_of_the_site_is_said_and_not_followed(
    path: str, site: Path, tmp_path: Path, capsys: Capture
) -> None:
    before = tree(site / "output")
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: secret\n---\nsecret words\n")
    (site / path).unlink(missing_ok=True)
    (site / path).parent.mkdir(exist_ok=True)
    (site / path).symlink_to(secret)
    built = build(site, capsys)
    assert built.code == 1
    assert any(line.startswith(f"{path}: error[link-outside]") for line in built.problems)
    assert_good_pages_are_published(site, before)
    assert b"secret words" not in b"".join(tree(site / "output").values())


def test_a_line_of_ten_megabytes_costs_no_other_page(site: Path, capsys: Capture) -> None:
    before = tree(site / "output")
    write(site, "content/raw/2025-04-07.txt", "柳荫河边的早市很热闹" * 350_000)
    built = build(site, capsys)
    assert built.code == 1
    assert any(line.startswith("content/raw/2025-04-07.txt") for line in built.problems)
    assert_good_pages_are_published(site, before)


@pytest.fixture
def restricted_site(site: Path, capsys: Capture) -> Iterator[Path]:
    """A built site in a place that any user can reach, whose owner is the one who runs the builds."""
    build(site, capsys)  # loads every library, which another user may not be able to read
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        restricted = copy_site(site, Path(folder) / "site")
        write(restricted, NEWS, NEWS_TEXT.replace("总能", "总是能"))
        if os.geteuid():
            yield restricted
            return
        for path in (restricted, *restricted.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        os.seteuid(NOBODY)
        try:
            if not os.access(SITES, os.R_OK, effective_ids=True):
                pytest.skip("another user cannot reach the program here")
            yield restricted
        finally:
            os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system has no permissions of this kind")
def test_a_file_that_may_not_be_read_is_said(restricted_site: Path, capsys: Capture) -> None:
    write(restricted_site, BRIDGE, "---\ntitle: 新桥通车了\n---\n").chmod(0)
    built = build(restricted_site, capsys)
    assert built.code == 1
    [line] = built.problems
    assert line.startswith(f"{BRIDGE}: error[unreadable]: cannot be read: Permission denied · hint: make it")
    assert "总是能" in (restricted_site / NEWS_PAGE).read_text(encoding="utf-8")
    assert (restricted_site / BRIDGE_PAGE).is_file()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system has no permissions of this kind")
def test_an_output_folder_that_may_not_be_written_to_is_said(restricted_site: Path, capsys: Capture) -> None:
    before = tree(restricted_site / "output")
    (restricted_site / "output").chmod(0o555)
    built = build(restricted_site, capsys)
    assert built.code == 1
    [line] = built.problems
    assert line.startswith(
        "output: error[output-folder]: the output folder cannot be written to · hint: make"
    )
    assert tree(restricted_site / "output") == before


def test_an_output_folder_that_is_a_file_is_said(site: Path, capsys: Capture) -> None:
    write(site, "file", "mine")
    built = build(site, capsys, "--output", str(site / "file" / "below"))
    assert built.code == 1
    [line] = built.problems
    assert line.startswith("file/below: error[output-folder]: the output folder cannot be made")
    assert (site / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["", "content", "themes/mine", ".bulletin"])
def test_an_output_folder_that_would_endanger_the_site_is_refused(
    name: str, site: Path, capsys: Capture
) -> None:
    before = tree(site)
    built = build(site, capsys, "--output", str(site / name))
    assert built.code == 1
    assert all("error[output-folder]" in line for line in built.problems)
    assert tree(site / "content") == {
        path.removeprefix("content/"): content
        for path, content in before.items()
        if path.startswith("content/")
    }


def test_files_of_others_in_the_output_folder_stay(site: Path, capsys: Capture) -> None:
    write(site, "output/.gitkeep", "")
    write(site, "output/topics/mine.html", "mine")
    assert build(site, capsys, "--clean").code == 0
    assert (site / "output/topics/mine.html").read_text() == "mine"
    assert (site / "output/.gitkeep").is_file()


def test_a_file_of_others_in_the_place_of_a_page_is_said_and_kept(site: Path, capsys: Capture) -> None:
    before = tree(site / "output")
    write(site, NEWS_PAGE, "mine")
    built = build(site, capsys)
    assert built.code == 1
    assert any(line.startswith(f"{NEWS_PAGE}: error[output-foreign]") for line in built.problems)
    assert (site / NEWS_PAGE).read_text() == "mine"
    assert tree(site / "output").items() >= before.items()


def test_a_second_build_at_the_same_time_says_so_and_stops(site: Path, capsys: Capture) -> None:
    from generator.publish import Publication

    before = tree(site / "output")
    with Publication.open(site / "output", site / ".bulletin"):
        second = bulletin("--site", site, "build", "--quiet", cwd=site)
    assert second.code == 1
    assert second.problems == [
        ".bulletin: error[build-running]: another build of this site is running · "
        "hint: wait until it has ended, or stop it, and start again"
    ]
    assert tree(site / "output") == before


def test_a_port_in_use_is_said(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        served = bulletin("--site", site, "serve", "--port", port, "--quiet", cwd=site)
    assert served.code == 1
    [line] = served.problems
    assert line.startswith("error[port-in-use]: ")
    assert str(port) in line
    assert "--port" in line


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_names_that_are_not_utf8_are_said_and_everything_else_is_published(
    site: Path, capsys: Capture
) -> None:
    folders = ("content/articles/2025-03-17", "content/pages", "content/raw", "content/static")
    for folder in folders:
        try:
            write(site, os.fsdecode(f"{folder}/".encode() + b"\xb9\xab.md"), "---\ntitle: 公\n---\n公。\n")
        except OSError:
            pytest.skip("this file system takes UTF-8 only")
    said = [f"{folder}/\\udcb9\\udcab.md: error[file-name]: its name is not in UTF-8" for folder in folders]
    for ran in (build(site, capsys), run_here(capsys, "--site", site, "check", "--quiet")):
        assert ran.code == 1
        assert [line.partition(" · ")[0] for line in ran.problems] == said
    assert (site / NEWS_PAGE).is_file()


def test_a_warning_stops_a_strict_build_and_only_that(site: Path, capsys: Capture) -> None:
    before = tree(site / "output")
    write(site, "content/articles/special/01-a.md", "---\ntitle: 特刊\nkeywords: [特刊]\n---\n特刊来了。\n")
    strict = build(site, capsys, "--strict")
    assert strict.code == 1
    assert [line.split(": ")[1].partition("[")[0] for line in strict.problems] == ["warning"]
    assert tree(site / "output") == before
    assert run_here(capsys, "--site", site, "check", "--strict", "--quiet").code == 1
    assert run_here(capsys, "--site", site, "check", "--quiet").code == 0
    assert build(site, capsys).code == 0
    assert (site / NEWS_PAGE).is_file()


def test_a_template_of_the_site_may_change_a_block_of_the_one_it_replaces(
    site: Path, capsys: Capture
) -> None:
    template = '{% extends "parent:static_page.html" %}{% block main %}<p>柳荫</p>{{ super() }}{% endblock %}'
    write(site, "themes/default/templates/static_page.html", template)
    built = build(site, capsys)
    assert (built.code, built.err) == (0, "")
    assert "<p>柳荫</p>" in (site / "output/pages/about/index.html").read_text(encoding="utf-8")
