"""Files are read whole and safely, and written whole or not at all."""

import os
from pathlib import Path

import pytest

from generator.content import load_bytes, make_folder, write_atomically
from generator.diagnostics import BulletinError


def refusal(root: Path, path: str, **options: int) -> str:
    with pytest.raises(BulletinError) as failure:
        load_bytes(root, path, **options)
    return str(failure.value)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\x00a\r\n")
    assert load_bytes(tmp_path, "a.md") == b"\x00a\r\n"


def test_a_missing_file_is_said_by_its_path_in_the_site(tmp_path: Path) -> None:
    assert refusal(tmp_path, "content/a.md").startswith(
        "content/a.md: error[unreadable]: cannot be read: No such"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert "error[not-a-file]" in refusal(tmp_path, "a.md")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert "a.md: error" in refusal(tmp_path, "a.md")


def test_a_file_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * 11)
    assert load_bytes(tmp_path, "a.md", largest=11)
    assert "the file has 11 bytes, more than 10" in refusal(tmp_path, "a.md", largest=10)


def test_a_link_is_followed_within_the_site_only(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    (tmp_path / "secret").write_text("secret")
    (root / "a.md").write_text("a")
    (root / "in.md").symlink_to("a.md")
    (root / "out.md").symlink_to(tmp_path / "secret")
    (root / "loop.md").symlink_to("loop.md")
    assert load_bytes(root, "in.md") == b"a"
    assert refusal(root, "out.md").startswith("out.md: error[link-outside]")
    assert refusal(root, "loop.md").startswith("loop.md: error[unreadable]")


def test_a_file_is_written_into_a_folder_made_for_it(tmp_path: Path) -> None:
    path = make_folder(tmp_path, "a/b") / "c.md"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in (tmp_path / "a" / "b").iterdir()] == ["c.md"]


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine")
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere")
    write_atomically(tmp_path / "a.md", b"new")
    assert (tmp_path / "elsewhere").read_text() == "mine"
    assert (tmp_path / "a.md").read_text() == "new"


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "a.md", tmp_path / "folder"):
        with pytest.raises(BulletinError, match=r"error\[unwritable\]: cannot write .* hint: "):
            write_atomically(path, b"x")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BulletinError, match=r"error\[unwritable\]: cannot write .* hint: "):
        make_folder(tmp_path, "file/folder")


def test_no_folder_is_made_where_a_link_leads_out_of_the_site(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    (root / "kept").mkdir(parents=True)
    (root / "articles").symlink_to(outside)
    (root / "more").symlink_to(root / "kept")
    with pytest.raises(BulletinError, match=r"^articles/x: error\[link-outside\]"):
        make_folder(root, "articles/x")
    assert list(outside.iterdir()) == []
    make_folder(root, "more/x")
    assert (root / "kept" / "x").is_dir()
