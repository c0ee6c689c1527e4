"""The documentation leads nowhere that is not there, and both READMEs say the same."""

import re
from pathlib import Path

import pytest

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PAGES = ("README.md", "README.zh.md", "docs/*.md")


def pages(repository: Path) -> list[Path]:
    return sorted(page for pattern in PAGES for page in repository.glob(pattern))


def test_every_link_of_the_documentation_leads_to_a_file(repository: Path) -> None:
    dead = [
        f"{page.relative_to(repository)}: {target}"
        for page in pages(repository)
        for target in LINK.findall(re.sub(r"`[^`\n]*`", "", CODE.sub("", page.read_text(encoding="utf-8"))))
        if "://" not in target and not target.startswith("/") and not (page.parent / target).exists()
    ]
    assert dead == []


@pytest.mark.parametrize(
    "what",
    [
        re.compile(r"^```.*$", re.MULTILINE),
        re.compile(r"^\| `bulletin (\w+)", re.MULTILINE),
        re.compile(r"\]\((docs/[^)]*)\)"),
        re.compile(r"^#+ ", re.MULTILINE),
    ],
)
def test_both_readmes_have_the_same_parts(repository: Path, what: re.Pattern[str]) -> None:
    english, chinese = (
        what.findall((repository / name).read_text(encoding="utf-8"))
        for name in ("README.md", "README.zh.md")
    )
    assert english == chinese
    assert english


def test_the_readmes_name_every_command(repository: Path) -> None:
    from generator.cli.main import COMMANDS

    named = re.findall(r"^\| `bulletin (\w+)", (repository / "README.md").read_text(), re.MULTILINE)
    assert named == list(COMMANDS)


def test_the_example_of_corrections_is_one(repository: Path) -> None:
    from generator.convert.fixes import BLOCK_ROLES, parse_fix

    text = (repository / "docs/conversion.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    fix = parse_fix(example, "docs/conversion.md")
    assert fix.blocks
    assert fix.moves
    assert fix.articles
    table = text.partition("| role | meaning |")[2].partition("\n\n")[0]
    named = re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE)
    assert sorted(re.findall(r"[a-z]+", " ".join(named))) == sorted(BLOCK_ROLES)
