"""Packages: every one that an installation brings is pinned, and the wheel carries all that it needs."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "bulletin-generator"


def pins(repository: Path) -> dict[str, str]:
    lines = (repository / "constraints.txt").read_text().splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def requirements_of(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in (*extras, "")
        ):
            yield requirement


def installed_for(name: str, extras: frozenset[str]) -> set[str]:
    """The names of all packages that installing `name` brings, those they need in turn included."""
    found: set[str] = set()
    waiting = list(requirements_of(name, extras))
    while waiting:
        requirement = waiting.pop()
        key = canonicalize_name(requirement.name)
        if key in found:
            continue
        found.add(key)
        try:
            waiting += requirements_of(key, frozenset(requirement.extras))
        except PackageNotFoundError:
            raise AssertionError(f"{key} is asked for and not installed") from None
    return found


def test_every_package_that_the_tests_and_the_program_need_is_pinned(repository: Path) -> None:
    needed = installed_for(PROJECT, frozenset({"test"}))
    assert needed - pins(repository).keys() == set()
    assert "jieba" in needed


def test_the_lowest_versions_asked_for_are_not_above_the_pinned_ones(repository: Path) -> None:
    pinned = pins(repository)
    too_old = [
        str(requirement)
        for requirement in requirements_of(PROJECT, frozenset({"test", "pagefind"}))
        if not requirement.specifier.contains(pinned[canonicalize_name(requirement.name)])
    ]
    assert too_old == []


def test_every_requirement_says_the_lowest_version_it_works_with() -> None:
    unbounded = [
        str(requirement)
        for requirement in requirements_of(PROJECT, frozenset({"test"}))
        if not requirement.specifier and not requirement.name.startswith("types-")
    ]
    assert unbounded == []


def test_both_readmes_name_the_same_two_commands(repository: Path) -> None:
    commands = [
        re.findall(r"^python3 -m venv .*$", (repository / name).read_text(), re.MULTILINE)
        for name in ("README.md", "README.zh.md")
    ]
    assert commands[0] == commands[1]
    assert [command.rpartition(" ")[2] for command in commands[0]] == ["build", ".venv/bin/pytest"]


@pytest.fixture(scope="module")
def unpacked_wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in ("generator", "themes"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(repository / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(repository / name, source / name)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=source,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_carries_every_theme_and_every_starter_file(repository: Path, unpacked_wheel: Path) -> None:
    for source, packed in (("themes", "generator/themes"), ("generator", "generator")):
        expected = {
            path.relative_to(repository / source)
            for path in (repository / source).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        present = {
            path.relative_to(unpacked_wheel / packed)
            for path in (unpacked_wheel / packed).rglob("*")
            if path.is_file()
        }
        assert expected - present == set()


def test_the_wheel_makes_and_builds_a_site_outside_the_checkout(unpacked_wheel: Path, tmp_path: Path) -> None:
    def bulletin(*arguments: str) -> None:
        program = (
            f"import sys; sys.path.insert(0, {str(unpacked_wheel)!r});"
            "import generator; from generator.cli.main import main;"
            f"assert generator.__file__.startswith({str(unpacked_wheel)!r}); main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], cwd=tmp_path, capture_output=True, text=True
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr

    bulletin("new", "trial", "--quiet")
    bulletin("--site", "trial", "build", "--quiet")
    assert "星渚镇讯" in (tmp_path / "trial/output/index.html").read_text(encoding="utf-8")
