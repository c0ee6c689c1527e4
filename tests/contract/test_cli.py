"""What every command promises: help with an example, exit codes, --quiet, --json, plain output."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import exit_codes
from generator.cli.main import COMMANDS
from generator.cli.main import bulletin as group
from tests.support.command_line import bulletin, run_here

Capture = pytest.CaptureFixture[str]

HEAVY = ("jieba", "PIL", "pypinyin", "markdown", "yaml", "jinja2", "nh3", "watchdog", "sqlite3", "zxingcpp")


@pytest.fixture
def site(tmp_path: Path, capsys: Capture) -> Path:
    assert run_here(capsys, "new", tmp_path / "site", "--quiet").code == 0
    return tmp_path / "site"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_the_common_options(name: str) -> None:
    result = CliRunner().invoke(group, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert f"Example:  bulletin {name}" in result.output
    assert "--quiet" in result.output
    assert "--json" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_of_each_what_its_own_help_begins_with(name: str) -> None:
    result = CliRunner().invoke(group, [name, "--help"])
    assert " ".join(result.output.split()).partition("[")[2]
    assert COMMANDS[name] in " ".join(result.output.split())


def test_the_list_of_commands_has_an_example_and_every_command(tmp_path: Path) -> None:
    ran = bulletin("--help", cwd=tmp_path)
    assert ran.code == exit_codes.FINE
    assert "Example:  bulletin " in ran.out
    assert re.findall(r"^  (\w+) {2,}\S", ran.out.partition("Commands:")[2], re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["unknown"]])
def test_start_up_loads_none_of_the_libraries_that_only_some_commands_need(arguments: list[str]) -> None:
    script = (
        "import sys; from generator.cli.main import run; run(sys.argv[1:]);"
        f"print('loaded', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "loaded []", done.stderr


def test_help_and_version_are_fine_and_everything_misspelt_is_a_usage_error(tmp_path: Path) -> None:
    assert bulletin("--version", cwd=tmp_path).code == exit_codes.FINE
    unknown = bulletin("biuld", cwd=tmp_path)
    assert (unknown.code, unknown.out) == (exit_codes.USAGE, "")
    assert 'did you mean "build"?' in unknown.err
    option = bulletin("build", "--clena", cwd=tmp_path)
    assert option.code == exit_codes.USAGE
    assert "--clean" in option.err
    assert bulletin("new", cwd=tmp_path).code == exit_codes.USAGE


def test_an_option_of_the_group_after_the_command_is_said_where_it_belongs(capsys: Capture) -> None:
    ran = run_here(capsys, "check", "--site", "somewhere")
    assert ran.code == exit_codes.USAGE
    assert "bulletin --site DIR COMMAND" in ran.err


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("new", "review", "theme")])
def test_outside_of_a_site_every_command_says_how_to_come_to_one(
    tmp_path: Path, name: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run_here(capsys, name)
    assert (ran.code, ran.out) == (exit_codes.USER_CAN_FIX, "")
    [problem] = ran.problems
    assert problem.startswith("error[no-site]: no site.toml in ")
    assert "bulletin new DIR" in problem


def test_a_command_works_on_the_nearest_site_above_the_current_folder(
    site: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / "content" / "pages")
    ran = run_here(capsys, "convert", "--json")
    assert ran.code == exit_codes.FINE
    assert [issue["id"] for issue in ran.document["report"]["issues"]] == ["2026-01-05"]


def test_a_command_works_on_the_site_named_by_site(
    site: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run_here(capsys, "--site", "site", "convert", "--json")
    assert ran.code == exit_codes.FINE
    assert (site / "content/articles/2026-01-05/issue.md").is_file()


def test_a_folder_named_by_site_that_is_no_site_is_said(tmp_path: Path, capsys: Capture) -> None:
    ran = run_here(capsys, "--site", tmp_path, "convert")
    assert ran.code == exit_codes.USER_CAN_FIX
    assert ran.problems == [
        f"error[no-site]: {tmp_path} has no site.toml · hint: bulletin new {tmp_path} makes a site there"
    ]


def test_json_is_one_document_with_the_outcome_the_report_and_the_problems(
    site: Path, capsys: Capture
) -> None:
    ran = run_here(capsys, "--site", site, "convert", "--json")
    assert list(ran.document) == ["ok", "report", "diagnostics"]
    assert ran.document["ok"] is True
    assert ran.err == ""


def test_json_of_a_failure_says_where_and_what_to_do_and_nothing_else_is_printed(
    site: Path, capsys: Capture
) -> None:
    settings = site / "site.toml"
    settings.write_text(settings.read_text() + '\ntitel = "x"\n')
    ran = run_here(capsys, "--site", site, "convert", "--json")
    assert (ran.code, ran.err) == (exit_codes.USER_CAN_FIX, "")
    assert list(ran.document) == ["ok", "report", "diagnostics"]
    assert (ran.document["ok"], ran.document["report"]) == (False, None)
    [problem] = ran.document["diagnostics"]
    assert problem == {
        "severity": "error",
        "code": "site-key",
        "message": 'unknown key "titel"',
        "path": "site.toml",
        "line": len(settings.read_text().splitlines()),
        "column": 0,
        "hint": 'did you mean "title"?',
    }


def test_quiet_shows_problems_only(site: Path, capsys: Capture) -> None:
    ran = run_here(capsys, "--site", site, "convert", "--quiet")
    assert (ran.code, ran.out, ran.err) == (exit_codes.FINE, "", "")


def test_without_a_terminal_output_is_plain_lines(
    site: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    ran = run_here(capsys, "--site", site, "convert")
    assert ran.code == exit_codes.FINE
    assert "\x1b" not in ran.out + ran.err
    assert "2026-01-05\t2026-01-05\t" in ran.out


def test_a_bug_ends_with_70_one_line_and_a_file_with_the_whole_story(tmp_path: Path) -> None:
    script = (
        "import generator.cli.commands.new as new\n"
        "from generator.cli.main import run\n"
        "def broken(folder): raise RuntimeError('two\\nlines')\n"
        "new.create_site = broken\n"
        "raise SystemExit(run(['new', 'site']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (exit_codes.BUG, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("error[bug]: RuntimeError: two lines · hint: ")
    story = Path(line.rpartition(" ")[2])
    assert "Traceback" in story.read_text()
    story.unlink()


def test_a_reader_that_goes_away_is_no_bug_and_no_success(tmp_path: Path) -> None:
    script = "import sys; from generator.cli.main import run; code = run(['--help']); sys.exit(code)"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == exit_codes.USER_CAN_FIX
