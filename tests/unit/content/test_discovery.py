"""Discovery lists what is to be read and says what is not; it never fails."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from generator.content import (
    ContentFile,
    ContentListing,
    article_files,
    discover,
    discover_content,
    pack_articles,
)
from generator.pipeline.workers import beside


def site(root: Path, *paths: str) -> Path:
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path)
    return root


def articles_of(listing: ContentListing) -> list[ContentFile]:
    return [file for folder in listing.articles.items() for file in article_files(*folder)]


def paths_of(listing: ContentListing) -> dict[str, list[str]]:
    lists = {kind: getattr(listing, kind) for kind in ("raw", "issues", "pages", "images")}
    lists["articles"] = articles_of(listing)
    return {kind: [file.path for file in files] for kind, files in lists.items() if files}


def said(listing: ContentListing) -> list[str]:
    return [str(problem) for problem in listing.diagnostics]


def test_files_are_listed_by_what_they_are(tmp_path: Path) -> None:
    root = site(
        tmp_path,
        "content/raw/2024-07-22.txt",
        "content/raw/2024-07-22.fix.toml",
        "content/raw/2024-07-29/02.TXT",
        "content/raw/2024-07-29/01.txt",
        "content/articles/alone.md",
        "content/articles/2024-07-22/issue.md",
        "content/articles/2024-07-22/record.json",
        "content/articles/2024-07-22/02-b.md",
        "content/articles/2024-07-22/01-a.md",
        "content/articles/2024-07-22/lamp.JPG",
        "content/pages/about.md",
        "content/pages/map.svg",
        "content/images/2024/bridge.webp",
        "content/images/notes.pdf",
        "content/topics.toml",
        "elsewhere/x.md",
    )
    listing = discover_content(root)
    assert paths_of(listing) == {
        "raw": [
            "content/raw/2024-07-22.txt",
            "content/raw/2024-07-29/01.txt",
            "content/raw/2024-07-29/02.TXT",
        ],
        "articles": [
            "content/articles/2024-07-22/01-a.md",
            "content/articles/2024-07-22/02-b.md",
            "content/articles/alone.md",
        ],
        "issues": ["content/articles/2024-07-22/issue.md"],
        "pages": ["content/pages/about.md"],
        "images": [
            "content/articles/2024-07-22/lamp.JPG",
            "content/images/2024/bridge.webp",
            "content/pages/map.svg",
        ],
    }
    assert said(listing) == []


@pytest.mark.usefixtures("forking")
def test_half_of_a_large_folder_is_looked_at_by_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site(
        tmp_path,
        *(f"content/articles/2024-07-{day}/{name}" for day in range(10, 20) for name in ("a.md", "issue.md")),
        *(f"content/articles/2024-07-{day}/b.docx" for day in range(10, 20)),
        "content/raw/a.txt",
        "content/raw/b.txt",
        "content/pages/about.md",
    )
    (root / os.fsdecode(b"content/articles/\xff.md")).write_text("a name that is no text", "utf-8")
    (root / "content/articles/alone.md").write_text("in no issue", "utf-8")
    (root / "content/articles/2024-07-15/away.md").symlink_to(tmp_path.parent)
    alone = discover_content(root)
    monkeypatch.setattr(discover, "MANY_ENTRIES", 2)
    here = os.getpid()

    def elsewhere(work: Callable[[], Any]) -> AbstractContextManager[Callable[[], Any]]:
        def do() -> Any:
            assert os.getpid() != here
            return work()

        return beside(2, do)

    assert discover_content(root, beside=elsewhere) == alone
    assert discover_content(root) == alone
    assert len(articles_of(alone)) == 11
    assert len(alone.diagnostics) == 12


def test_size_and_time_are_those_of_the_file(tmp_path: Path) -> None:
    root = site(tmp_path, "content/raw/a.txt")
    status = (root / "content/raw/a.txt").stat()
    (file,) = discover_content(root).raw
    assert (file.size, file.mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_a_site_without_content_has_none(tmp_path: Path) -> None:
    assert discover_content(tmp_path) == ContentListing((), {}, (), (), (), ())


def test_hidden_files_and_those_set_aside_are_passed_over(tmp_path: Path) -> None:
    root = site(
        tmp_path,
        "content/raw/.hidden.txt",
        "content/raw/_later.txt",
        "content/articles/_drafts/a.md",
        "content/articles/.obsidian/a.md",
        "content/pages/_a.md",
    )
    assert discover_content(root) == ContentListing((), {}, (), (), (), ())


def test_further_formats_of_raw_files_are_the_callers_to_name(tmp_path: Path) -> None:
    root = site(tmp_path, "content/raw/a.txt", "content/raw/b.docx")
    listing = discover_content(root, raw_suffixes=(".txt", ".docx"))
    assert [file.path for file in listing.raw] == ["content/raw/a.txt", "content/raw/b.docx"]


@pytest.mark.parametrize(
    "path",
    ["content/raw/a.docx", "content/articles/x/a.markdown", "content/articles/x/a.MD", "content/pages/a.txt"],
)
def test_a_file_that_was_meant_to_be_read_is_not_passed_over_in_silence(tmp_path: Path, path: str) -> None:
    (problem,) = said(discover_content(site(tmp_path, path)))
    assert problem.startswith(f"{path}: warning[not-read]")
    assert "hint: " in problem


def test_a_link_out_of_the_site_is_said_and_not_followed(tmp_path: Path) -> None:
    outside = site(tmp_path / "outside", "a.txt")
    root = site(tmp_path / "site", "content/raw/b.txt")
    (root / "content/raw/file.txt").symlink_to(outside / "a.txt")
    (root / "content/raw/folder").symlink_to(outside)
    listing = discover_content(root)
    assert [file.path for file in listing.raw] == ["content/raw/b.txt"]
    assert [problem.split(":")[0] for problem in said(listing)] == [
        "content/raw/file.txt",
        "content/raw/folder",
    ]
    assert all("error[link-outside]" in problem for problem in said(listing))


def test_a_content_folder_that_is_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    outside = site(tmp_path / "outside", "a.txt")
    root = site(tmp_path / "site", "content/pages/a.md")
    (root / "content/raw").symlink_to(outside)
    listing = discover_content(root)
    assert listing.raw == ()
    assert said(listing)[0].startswith("content/raw: error[link-outside]")


def test_a_link_within_the_site_is_followed(tmp_path: Path) -> None:
    root = site(tmp_path, "archive/a.txt", "archive/more/b.txt")
    (root / "content/raw").mkdir(parents=True)
    (root / "content/raw/c.txt").symlink_to(root / "archive/a.txt")
    (root / "content/raw/more").symlink_to("../../archive/more")
    listing = discover_content(root)
    assert [file.path for file in listing.raw] == ["content/raw/c.txt", "content/raw/more/b.txt"]
    assert said(listing) == []


def test_a_link_back_to_a_folder_above_ends(tmp_path: Path) -> None:
    root = site(tmp_path, "content/articles/x/a.md", "content/articles/y/b.md")
    (root / "content/articles/x/up").symlink_to(root / "content/articles")
    (root / "content/articles/x/across").symlink_to(root / "content/articles/y")
    (root / "content/articles/y/across").symlink_to(root / "content/articles/x")
    listing = discover_content(root)
    assert "content/articles/x/a.md" in paths_of(listing)["articles"]
    assert any("error[link-loop]" in problem for problem in said(listing))


def test_a_link_to_nothing_is_said(tmp_path: Path) -> None:
    root = site(tmp_path, "content/raw/a.txt")
    (root / "content/raw/gone.txt").symlink_to(root / "nothing.txt")
    (problem,) = said(discover_content(root))
    assert problem.startswith("content/raw/gone.txt: error[unreadable]")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_is_said_and_never_opened(tmp_path: Path) -> None:
    root = site(tmp_path, "content/articles/x/a.md")
    os.mkfifo(root / "content/articles/x/b.md")
    listing = discover_content(root)
    assert paths_of(listing) == {"articles": ["content/articles/x/a.md"]}
    assert said(listing)[0].startswith("content/articles/x/b.md: error[not-a-file]")


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (problem,) = said(discover_content(site(tmp_path, "content/articles")))
    assert problem.startswith("content/articles: error[not-a-folder]")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    root = site(tmp_path, "content/articles/x/a.md", "content/articles/y/b.md")
    (root / "content/articles/y").chmod(0)
    listing = discover_content(root)
    (root / "content/articles/y").chmod(0o755)
    assert paths_of(listing) == {"articles": ["content/articles/x/a.md"]}
    assert said(listing)[0].startswith("content/articles/y: error[unreadable]")


def test_articles_are_packed_by_folder_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ("b/2.md", "b/1.md", "b-c/1.md", "b/more/1.md", "c.md", "a.md", "d/1.md")
    root = site(tmp_path, *(f"content/articles/{name}" for name in names))
    listing = discover_content(root)
    assert list(listing.articles) == ["", "b-c", "b", "d"]
    found = {folder: article_files(folder, packed) for folder, packed in listing.articles.items()}
    paths = {folder: [file.path for file in files] for folder, files in found.items()}
    assert paths["b"] == [f"content/articles/b/{name}.md" for name in ("1", "2", "more/1")]
    assert paths[""] == ["content/articles/a.md", "content/articles/c.md"]
    for file in articles_of(listing):
        status = (root / file.path).stat()
        assert (file.size, file.mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert all(pack_articles(folder, files) == listing.articles[folder] for folder, files in found.items())


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_not_utf8_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    root = site(tmp_path, "content/articles/x/a.md", "content/pages/关于.md")
    try:
        (root / os.fsdecode(b"content/articles/x/\xff.md")).write_text("b")
        (root / os.fsdecode(b"content/articles/\xc4\xe3")).mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    listing = discover_content(root)
    assert paths_of(listing) == {"articles": ["content/articles/x/a.md"], "pages": ["content/pages/关于.md"]}
    first, second = said(listing)
    assert first.startswith("content/articles/\\udcc4\\udce3: error[file-name]")
    assert second.startswith("content/articles/x/\\udcff.md: error[file-name]")
