"""Publishing: what is written, kept and removed, and what stops it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from generator.diagnostics import BulletinError
from generator.model import OutputFile, PlannedFile, Stage
from generator.publish import Publication, PublishReport, digest_of_plan, write_staged
from tests.support.publishing import plan_of, publish, published

SITE = {
    "index.html": "home",
    "issue/index.html": "issue",
    "issue/a/index.html": "a",
    "static/site.css": "css",
}


def code_of(failure: pytest.ExceptionInfo[BulletinError]) -> str:
    return failure.value.diagnostics[0].code


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_first_publication_writes_every_file(tmp_path: Path) -> None:
    report = publish(tmp_path, SITE)
    assert published(tmp_path) == SITE
    assert report.written == tuple(sorted(SITE))
    assert (report.unchanged, report.removed, report.kept_foreign) == (0, (), ())


def test_publishing_the_same_again_touches_nothing(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    before = snapshot(tmp_path)
    report = publish(tmp_path, SITE)
    assert snapshot(tmp_path) == before
    assert (report.written, report.unchanged) == ((), 4)


def test_only_what_has_another_key_is_outdated(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        outdated = publication.outdated(plan_of({**SITE, "index.html": "new home"}))
    assert [file.path for file in outdated] == ["index.html"]


def test_a_file_missing_or_changed_on_disk_is_outdated_and_written_again(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / "output/index.html").write_text("edited by hand")
    (tmp_path / "output/static/site.css").unlink()
    report = publish(tmp_path, SITE)
    assert report.written == ("index.html", "static/site.css")
    assert published(tmp_path) == SITE


def test_a_file_made_again_with_equal_bytes_keeps_its_place_and_time(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    before = snapshot(tmp_path / "output")
    plan = [PlannedFile(file.path, "another key", file.stage) for file in plan_of(SITE)]
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        assert publication.outdated(plan) == plan
        for file in plan:
            publication.stage(OutputFile(file.path, SITE[file.path].encode()))
        report = publication.apply()
    assert snapshot(tmp_path / "output") == before
    assert (report.written, report.unchanged) == ((), 4)
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        assert publication.outdated(plan) == []


def test_equal_bytes_that_only_have_another_time_are_kept_and_known_again(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    os.utime(tmp_path / "output/index.html", (1, 1))
    assert publish(tmp_path, SITE).written == ()
    assert (tmp_path / "output/index.html").stat().st_mtime == 1
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        assert publication.outdated(plan_of(SITE)) == []


def test_files_no_longer_planned_are_removed_with_the_folders_they_leave_empty(tmp_path: Path) -> None:
    publish(tmp_path, {**SITE, "old/deep/page.html": "old", "issue/b/index.html": "b"})
    report = publish(tmp_path, SITE)
    assert report.removed == ("issue/b/index.html", "old/deep/page.html")
    assert published(tmp_path) == SITE
    assert not (tmp_path / "output/old").exists()
    assert not (tmp_path / "output/issue/b").exists()


def test_without_pruning_what_is_no_longer_planned_stays_and_is_still_known(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    some = {"index.html": "new home"}
    assert publish(tmp_path, some, is_pruning=False).removed == ()
    assert published(tmp_path) == {**SITE, **some}
    assert publish(tmp_path, some).removed == tuple(sorted(SITE.keys() - some.keys()))


def test_a_planned_file_that_could_not_be_made_stays_as_it_is_and_outdated(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    plan = plan_of({**SITE, "index.html": "new home"})
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        publication.outdated(plan)
        publication.apply()
    assert published(tmp_path) == SITE
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        assert [file.path for file in publication.outdated(plan)] == ["index.html"]


def test_leaving_without_apply_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    before = snapshot(tmp_path)
    with (
        pytest.raises(ZeroDivisionError),
        Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication,
    ):
        publication.outdated(plan_of({"index.html": "new"}))
        publication.stage(OutputFile("index.html", b"new"))
        raise ZeroDivisionError
    assert snapshot(tmp_path) == before


def test_foreign_files_stay(tmp_path: Path) -> None:
    (tmp_path / "output/issue").mkdir(parents=True)
    (tmp_path / "output/.gitkeep").touch()
    (tmp_path / "output/issue/notes.txt").write_text("mine")
    publish(tmp_path, SITE)
    publish(tmp_path, {"index.html": "home"})
    assert published(tmp_path) == {".gitkeep": "", "issue/notes.txt": "mine", "index.html": "home"}


def test_a_foreign_file_where_a_planned_one_belongs_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/index.html").write_text("somebody's")
    with pytest.raises(BulletinError) as failure:
        publish(tmp_path, SITE)
    assert code_of(failure) == "output-foreign"
    assert str(failure.value.diagnostics[0].span) == "output/index.html"
    assert published(tmp_path) == {"index.html": "somebody's"}


def test_a_foreign_file_with_equal_bytes_is_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/index.html").write_text("home")
    assert "index.html" not in publish(tmp_path, SITE).written
    assert publish(tmp_path, {}).removed == tuple(sorted(SITE))


def test_a_clean_build_replaces_foreign_files_where_planned_ones_belong_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/index.html").write_text("somebody's")
    (tmp_path / "output/other.html").write_text("somebody's")
    publish(tmp_path, SITE, is_clean=True)
    assert published(tmp_path) == {**SITE, "other.html": "somebody's"}


def test_a_site_whose_record_is_lost_is_published_over_when_a_page_of_it_stands(tmp_path: Path) -> None:
    site = {"index.html": "home", "a/index.html": "one", "b/index.html": "two"}
    publish(tmp_path, site)
    shutil.rmtree(tmp_path / ".bulletin")
    changed = site | {"b/index.html": "changed"}
    publish(tmp_path, changed)
    assert published(tmp_path) == changed


def test_a_clean_build_has_every_file_outdated(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin", is_clean=True) as publication:
        assert publication.outdated(plan_of(SITE)) == plan_of(SITE)


def test_a_file_of_ours_that_somebody_changed_is_not_removed(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / "output/static/site.css").write_text("changed by hand")
    site = {path: text for path, text in SITE.items() if path != "static/site.css"}
    report = publish(tmp_path, site)
    assert (report.removed, report.kept_foreign) == ((), ("static/site.css",))
    assert publish(tmp_path, site).kept_foreign == ()
    assert (tmp_path / "output/static/site.css").read_text() == "changed by hand"


def test_a_file_of_ours_that_only_has_another_time_is_removed(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    os.utime(tmp_path / "output/static/site.css", (1, 1))
    assert publish(tmp_path, {"index.html": "home"}).removed[-1] == "static/site.css"


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    one = {"a": "file", "b/c/d": "deep", "b/e": "below"}
    other = {"a/index.html": "folder", "b": "file"}
    publish(tmp_path, one)
    publish(tmp_path, other)
    assert published(tmp_path) == other
    publish(tmp_path, one, is_pruning=False)
    assert published(tmp_path) == one


def test_a_path_that_changes_only_its_case_is_the_new_one_afterwards(tmp_path: Path) -> None:
    publish(tmp_path, {"About/index.html": "one"})
    publish(tmp_path, {"about/index.html": "two"})
    assert published(tmp_path) == {"about/index.html": "two"}


def test_a_foreign_file_in_a_folder_that_is_to_become_a_file_is_an_error(tmp_path: Path) -> None:
    publish(tmp_path, {"a/index.html": "one"})
    (tmp_path / "output/a/mine.txt").write_text("mine")
    with pytest.raises(BulletinError) as failure:
        publish(tmp_path, {"a": "two"})
    assert code_of(failure) == "output-foreign"
    assert str(failure.value.diagnostics[0].span) == "output/a/mine.txt"
    assert published(tmp_path) == {"a/index.html": "one", "a/mine.txt": "mine"}


def test_a_foreign_file_where_a_folder_belongs_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/issue").write_text("mine")
    with pytest.raises(BulletinError) as failure:
        publish(tmp_path, SITE)
    assert str(failure.value.diagnostics[0].span) == "output/issue"


def test_a_linked_folder_is_never_followed_out_of_the_output(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "output/issue").symlink_to(outside)
    with pytest.raises(BulletinError) as failure:
        publish(tmp_path, SITE)
    assert code_of(failure) == "output-symlink"
    assert list(outside.iterdir()) == []


def test_nothing_is_removed_through_a_linked_folder(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / "output/static").rename(tmp_path / "outside")
    (tmp_path / "output/static").symlink_to(tmp_path / "outside")
    publish(tmp_path, {"index.html": "home"})
    assert (tmp_path / "outside/site.css").read_text() == "css"


def test_a_link_in_the_place_of_a_file_is_an_error_and_its_target_stays(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "target.html").write_text("mine")
    (tmp_path / "output/index.html").symlink_to(tmp_path / "target.html")
    with pytest.raises(BulletinError) as failure:
        publish(tmp_path, SITE)
    assert code_of(failure) == "output-foreign"
    publish(tmp_path, SITE, is_clean=True)
    assert (tmp_path / "target.html").read_text() == "mine"
    assert not (tmp_path / "output/index.html").is_symlink()


def test_an_output_folder_that_is_a_link_stands_for_its_target(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "web")
    publish(tmp_path, SITE)
    assert (tmp_path / "web/index.html").read_text() == "home"
    assert (tmp_path / "output").is_symlink()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x00" * 100])
def test_a_damaged_manifest_is_as_if_there_were_none(tmp_path: Path, content: bytes) -> None:
    publish(tmp_path, SITE)
    (manifest,) = (tmp_path / ".bulletin").glob("published-*")
    manifest.write_bytes(content)
    assert publish(tmp_path, SITE).written == ()
    assert publish(tmp_path, SITE).unchanged == 4


def test_a_manifest_with_one_wrong_bit_is_not_believed(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (manifest,) = (tmp_path / ".bulletin").glob("published-*")
    content = bytearray(manifest.read_bytes())
    content[-10] ^= 1
    manifest.write_bytes(content)
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        assert publication.outdated(plan_of(SITE)) == plan_of(SITE)


def test_a_site_that_moved_with_its_output_is_known_again(tmp_path: Path) -> None:
    publish(tmp_path / "here", SITE)
    (tmp_path / "here").rename(tmp_path / "there")
    with Publication.open(tmp_path / "there/output", tmp_path / "there/.bulletin") as publication:
        assert publication.outdated(plan_of(SITE)) == []


def test_each_output_folder_has_its_own_manifest(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    with Publication.open(tmp_path / "other", tmp_path / ".bulletin") as publication:
        assert publication.outdated(plan_of(SITE)) == plan_of(SITE)
        publication.apply()
    assert publish(tmp_path, SITE).unchanged == 4


def test_a_second_build_at_once_says_so_and_stops(tmp_path: Path) -> None:
    with (
        Publication.open(tmp_path / "output", tmp_path / ".bulletin"),
        pytest.raises(BulletinError) as failure,
        Publication.open(tmp_path / "output", tmp_path / ".bulletin"),
    ):
        pass
    assert code_of(failure) == "build-running"
    publish(tmp_path, SITE)


@pytest.mark.parametrize(
    "output",
    [".", "..", "../..", "content", "content/articles", "themes/x", ".bulletin", ".bulletin/x", ".git"],
)
def test_folders_of_the_site_itself_are_refused_as_output(tmp_path: Path, output: str) -> None:
    site = tmp_path / "parent" / "site"
    site.mkdir(parents=True)
    with pytest.raises(BulletinError) as failure, Publication.open(site / output, site / ".bulletin"):
        pass
    assert code_of(failure) == "output-folder"


def test_an_output_folder_linked_to_the_sites_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "output").symlink_to("content")
    with pytest.raises(BulletinError) as failure:
        publish(tmp_path, SITE)
    assert code_of(failure) == "output-folder"


@pytest.mark.parametrize("output", ["file", "file/below", "nul\x00byte", "loop"])
def test_an_output_that_can_be_no_folder_is_refused(tmp_path: Path, output: str) -> None:
    (tmp_path / "file").write_text("a file")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(BulletinError) as failure, Publication.open(tmp_path / output, tmp_path / ".bulletin"):
        pass
    assert code_of(failure) == "output-folder"


def test_a_state_folder_that_cannot_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".bulletin").write_text("a file")
    with pytest.raises(BulletinError) as failure:
        publish(tmp_path, SITE)
    assert code_of(failure) == "state-folder"


UNWRITABLE = """
import os, sys
from pathlib import Path
from generator.diagnostics import BulletinError
from generator.publish import Publication
os.geteuid() or os.setuid(65534)
root = Path(sys.argv[1])
try:
    with Publication.open(root / "output", root / ".bulletin"):
        pass
except BulletinError as failure:
    print(failure.diagnostics[0].code, failure.diagnostics[0].span)
"""


@pytest.mark.parametrize(
    ("read_only", "said"),
    [
        ("output", "output-folder output"),
        (".bulletin", "state-folder .bulletin"),
        (".", "output-folder output"),
    ],
)
def test_folders_that_cannot_be_written_to_are_said(repository: Path, read_only: str, said: str) -> None:
    # Not tmp_path: the account this runs as after giving up root's rights could not reach it.
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folders = [root] if read_only == "." else [root, root / "output", root / ".bulletin"]
        for folder in folders:
            folder.mkdir(exist_ok=True)
            folder.chmod(0o777)
        (root / read_only).chmod(0o555)
        command = [sys.executable, "-c", UNWRITABLE, name]
        run = subprocess.run(command, capture_output=True, text=True, cwd=repository, timeout=60)
        root.chmod(0o755)
        (root / read_only).chmod(0o755)
    assert (run.stdout.strip(), run.stderr) == (said, "")


def test_without_a_plan_nothing_can_be_applied(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    with (
        Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication,
        pytest.raises(RuntimeError),
    ):
        publication.apply()
    assert published(tmp_path) == SITE


def test_files_reach_the_site_in_the_order_of_their_stages_and_removals_come_last(tmp_path: Path) -> None:
    publish(tmp_path, {"gone.html": "gone", "index.html": "old"})
    steps: list[str] = []
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        for file in publication.outdated(plan_of(SITE)):
            publication.stage(OutputFile(file.path, SITE[file.path].encode()))
        publication.apply(on_step=steps.append)
    changes = [step for step in steps if step.split()[0] in ("write", "remove")]
    assert changes == [
        "write static/site.css",
        "write issue/a/index.html",
        "write issue/index.html",
        "write index.html",
        "remove gone.html",
    ]


def test_files_may_be_staged_elsewhere_and_accepted_in_any_order(tmp_path: Path) -> None:
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        outdated = publication.outdated(plan_of(SITE))
        staging = publication.staging
        staged = [write_staged(staging, OutputFile(file.path, SITE[file.path].encode())) for file in outdated]
        for file in reversed(staged):
            publication.accept(file)
        publication.apply()
    assert published(tmp_path) == SITE


def test_a_part_is_staged_before_the_rest_is_planned_but_nothing_outside_the_folder(tmp_path: Path) -> None:
    part = {"index.html": "home", "../outside.html": "outside", "issue/index.html": "issue"}
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        paths, staging = publication.staging_of(plan_of(part), publication.get_ready())
        assert paths == {"index.html", "issue/index.html"}
        for path in paths:
            publication.accept(write_staged(staging, OutputFile(path, part[path].encode())))
        with pytest.raises(BulletinError) as failure:
            publication.outdated(plan_of(part))
        assert code_of(failure) == "output-path"
        for file in publication.outdated(plan_of(SITE)):
            if file.path not in paths:
                publication.stage(OutputFile(file.path, SITE[file.path].encode()))
        publication.apply()
    assert published(tmp_path) == SITE


def test_nothing_but_the_site_is_left_behind(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    publish(tmp_path, {"index.html": "home"})
    names = sorted(path.name.split("-")[0] for path in (tmp_path / ".bulletin").iterdir())
    assert [name for name in names if name != "build.lock"] == ["published"]
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("output", ".bulletin")] == []


def test_an_output_on_another_file_system_is_staged_there(tmp_path: Path) -> None:
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second file system to write to")
    folder = other / f"bulletin-test-{os.getpid()}-{time.monotonic_ns()}"
    folder.mkdir()
    try:
        with Publication.open(folder / "output", tmp_path / ".bulletin") as publication:
            for file in publication.outdated(plan_of(SITE)):
                publication.stage(OutputFile(file.path, SITE[file.path].encode()))
            assert Path(publication.staging.folder).parent == folder
            publication.apply()
        assert published(folder) == SITE
        assert [path.name for path in folder.iterdir()] == ["output"]
    finally:
        shutil.rmtree(folder)


def test_a_staged_file_that_was_never_planned_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        publication.outdated([PlannedFile("a", "key", Stage.ARTICLE)])
        publication.stage(OutputFile("b", b"b"))
        with pytest.raises(RuntimeError, match="without being outdated: b"):
            publication.apply()


def test_a_plan_is_complete_while_all_its_files_and_no_others_stand_as_published(tmp_path: Path) -> None:
    site = {"index.html": "home", "a/index.html": "a"}
    digest = digest_of_plan(site, [file.key for file in plan_of(site)])
    publish(tmp_path, site)
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        assert publication.is_complete(digest)
        assert publication.apply() == PublishReport((), 2, (), ())
    (tmp_path / "output/a/index.html").write_text("another")
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        assert not publication.is_complete(digest)
    publish(tmp_path, {**site, "b/index.html": "b"})
    with Publication.open(tmp_path / "output", tmp_path / ".bulletin") as publication:
        assert not publication.is_complete(digest)
