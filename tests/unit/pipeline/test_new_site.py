"""A new site: everything it needs, and nothing of what was there is touched."""

from pathlib import Path

import pytest

from generator.diagnostics import BulletinError
from generator.pipeline.new_site import create_site
from generator.pipeline.site_folder import load_site


def codes(raised: pytest.ExceptionInfo[BulletinError]) -> list[str]:
    return [problem.code for problem in raised.value.diagnostics]


def test_a_new_site_has_settings_topics_names_pages_and_one_raw_issue(tmp_path: Path) -> None:
    report = create_site(tmp_path / "site")
    assert set(report.files) == {
        path.relative_to(tmp_path / "site").as_posix()
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
    }
    site = load_site(tmp_path / "site")
    assert site.settings.title
    assert len({topic.slug for topic in site.topics}) == len(site.topics) >= 20
    assert all(topic.description and topic.triggers and topic.strong for topic in site.topics)
    assert len(list((tmp_path / "site/content/raw").iterdir())) == 1
    assert (tmp_path / "site/themes").is_dir()


def test_no_word_of_the_starting_topics_speaks_for_two_of_them(tmp_path: Path) -> None:
    create_site(tmp_path / "site")
    words = [
        word for topic in load_site(tmp_path / "site").topics for word in (*topic.triggers, *topic.strong)
    ]
    assert sorted(words) == sorted(set(words))


def test_git_keeps_the_output_folder_but_nothing_that_is_built(tmp_path: Path) -> None:
    create_site(tmp_path)
    lines = (tmp_path / ".gitignore").read_text().split()
    assert lines == ["/output/*", "!/output/.gitkeep", ".bulletin/"]
    assert (tmp_path / "output/.gitkeep").read_bytes() == b""


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    create_site(tmp_path / "site")
    assert (tmp_path / "site/site.toml").is_file()


def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BulletinError, match="not empty") as raised:
        create_site(tmp_path)
    assert codes(raised) == ["not-empty"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_folder_is_left_as_it_is(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "site"
    if kind == "file":
        target.write_text("mine")
    else:
        (tmp_path / "elsewhere").mkdir()
        target.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BulletinError) as raised:
        create_site(target)
    assert codes(raised) == ["not-a-folder"]
    assert not list((tmp_path / "elsewhere").glob("*"))


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BulletinError, match="cannot write") as raised:
        create_site(tmp_path / "file" / "site")
    assert codes(raised) == ["unwritable"]
