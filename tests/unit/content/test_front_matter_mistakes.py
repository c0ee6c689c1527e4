"""Every mistake in front matter is said, with file, line, column and what to do."""

import pytest
import yaml

from generator.content import parse_article, parse_issue, parse_page, yaml_nodes
from generator.diagnostics import BulletinError

PATH = "content/articles/1998-12-03/02-roads.md"


def problems_of(content: str | bytes) -> list[str]:
    if isinstance(content, str):
        content = content.encode()
    with pytest.raises(BulletinError) as failure:
        parse_article(content, PATH)
    return [str(problem).removeprefix(PATH) for problem in failure.value.diagnostics]


def problem_of(yaml: str) -> str:
    (problem,) = problems_of(f"---\n{yaml}\n---\n\n正文。\n")
    return problem


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    expected = ':3:1: error[front-matter-key]: unknown key "topcs" · hint: did you mean "topics"?'
    assert problem_of("title: a\ntopcs: [x]") == expected


def test_a_key_like_no_other_is_sent_to_extra() -> None:
    problem = problem_of("title: a\nphotographer: 丁一")
    assert problem.startswith(':3:1: error[front-matter-key]: unknown key "photographer"')
    assert "keys of your own go below extra:" in problem


def test_all_mistakes_of_a_file_are_said_at_once() -> None:
    yaml = "titel: a\ndate: 2024-13-01\norder: first\ndraft: yes\nslug: 中文\npage: [1]"
    found = problems_of(f"---\n{yaml}\n---\n")
    assert [problem.split(" ")[0] for problem in found] == [
        ":2:1:",
        ":3:7:",
        ":4:8:",
        ":5:8:",
        ":6:7:",
        ":7:7:",
        ":2:1:",
    ]
    assert "title" in found[-1] and "missing" in found[-1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("date: 2024-13-01", "month must be in 1..12"),
        ("date: 2024-02-30", "is no date"),
        ("date: 2024年7月22日", "YYYY-MM-DD"),
        ("date: 2024-7-2", "YYYY-MM-DD"),
        ("date: 20240722", "YYYY-MM-DD"),
        ("date: [2024-07-22]", "found a list"),
        ("order: -1", "whole number"),
        ("order: 1.5", "whole number"),
        ("draft: yes", "true or false"),
        ('draft: "true"', "true or false"),
        ("slug: Old-Street", "no slug"),
        ("slug: a--b", "no slug"),
        ("slug: ../x", "no slug"),
        (f"slug: {'a' * 151}", "more than 150 characters"),
        ("aliases: [/ok/, ../../etc/]", ".. as a folder"),
        ("aliases: //elsewhere.example/", "no path inside the site"),
        ("aliases: https://elsewhere.example/", "no path inside the site"),
        ('aliases: "a\\\\b"', "no path inside the site"),
        ("aliases: /", "no path inside the site"),
        ("source: content/raw/a.txt", "FILE:LINES"),
        ("source: content/raw/a.txt:9-3", "after the last"),
        ("byline_kind: autor", 'did you mean "author"?'),
        ("topics: {a: b}", "found a table"),
        ("topics: [[a]]", "found a list"),
        ("kicker: {a: b}", "expected a text, found a table"),
        ("corrections: [{date: 2024-07-22}]", 'key "text" is missing'),
        ("corrections: [{date: x, text: a}]", "date: expected a date"),
        ("doubts: [{code: a, message: b, lines: 3}]", 'did you mean "line"?'),
        ("events: [昨天]", "expected keys and values"),
        ("events: [{start: 2024-07-21, confidence: 2}]", "from 0 to 1"),
        ("extra: 1", "expected a table"),
        ("extra: {a: 1, a: 2}", 'key "a" stands here twice'),
    ],
)
def test_a_wrong_value_is_said_with_its_line_and_what_to_write(line: str, said: str) -> None:
    problem = problem_of(f"title: a\n{line}")
    assert problem.startswith(":3:")
    assert said in problem
    assert "hint: " in problem


def test_a_key_that_stands_twice_is_refused() -> None:
    assert problem_of("title: a\ntitle: b").startswith(":3:1: error[front-matter-duplicate]")


@pytest.mark.parametrize("yaml", ["kicker: a", "title:", "title: ~", 'kicker: a\ntitle: ""', "title: '  '"])
def test_a_missing_or_empty_title_is_said(yaml: str) -> None:
    problem = problem_of(yaml)
    assert "title" in problem
    assert "title: 老街路灯换新" in problem


@pytest.mark.parametrize(
    ("yaml", "where", "said"),
    [
        ('title: "a\nkicker: b', ":2:8:", "quoted scalar"),
        ("title: a\nkicker: 引题: 副题", ":3:", 'holds ": "'),
        ("title: a\n\tkicker: b", ":3:1:", "tab"),
        ("title: a\nkicker: @b", ":3:9:", "in double quotes"),
        ("title: a\nkicker:b\ncolumn: c", ":3:1:", 'stands ":" and a space'),
        ("title：老街", ":2:1:", 'write the colon as ":"'),
        ("title: a\n...\nkicker: b", ":4:", "hint: "),
        ("just words", ":2:1:", "expected keys and values"),
        ("- title", ":2:1:", "expected keys and values"),
        ("? [title]\n: a", ":2:3:", "a key must be a text"),
        ("title: a\x07b", ":2:9:", "U+0007"),
    ],
)
def test_broken_yaml_is_said_with_its_line_in_the_file(yaml: str, where: str, said: str) -> None:
    problem = problem_of(yaml)
    assert problem.startswith(where)
    assert said in problem


def test_references_and_tags_are_refused() -> None:
    assert "error[front-matter-reference]" in problem_of("title: &a x")
    assert "error[front-matter-reference]" in problem_of("title: x\nkicker: *a")
    assert "error[front-matter-tag]" in problem_of("title: !!python/object:os.system x")


def test_a_yaml_bomb_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for name, inner in zip("bcdefghi", "abcdefgh", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{inner}'] * 9)}]\n"
    assert "error[front-matter-reference]" in problem_of(
        f"title: x\nextra:\n  {bomb.replace(chr(10), chr(10) + '  ')}"
    )


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
def test_deep_nesting_is_refused(opening: str) -> None:
    assert "hint: " in problem_of(f"title: x\nextra: {{a: {opening * 5000}")


def test_of_a_thousand_mistakes_the_first_twenty_are_said() -> None:
    lines = "\n".join(f"key{number}: x" for number in range(1000))
    assert len(problems_of(f"---\n{lines}\n---\n")) == 20


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file is empty"),
        ("正文。\n", "no front matter"),
        ("title: a\n", "no front matter"),
        ("+++\ntitle = 'a'\n+++\n", "TOML"),
        ("\n---\ntitle: a\n---\n", "must begin with ---"),
        (" ---\ntitle: a\n---\n", "must begin with ---"),
        ("--- # head\ntitle: a\n---\n", "must begin with ---"),
        ("----\ntitle: a\n---\n", "must begin with ---"),
    ],
)
def test_a_file_without_front_matter_is_told_how_to_begin(content: str, said: str) -> None:
    (problem,) = problems_of(content)
    assert problem.startswith(":1: error[front-matter]")
    assert said in problem
    assert "begin the file with a line ---" in problem


@pytest.mark.parametrize(
    "content", ["---\ntitle: a\n", "---\ntitle: a\n----\n", "---\ntitle: a\n ---\n", "---\n"]
)
def test_front_matter_without_an_end_is_said(content: str) -> None:
    (problem,) = problems_of(content)
    assert problem.startswith(":1: error[front-matter-end]")


def test_empty_front_matter_asks_for_a_title() -> None:
    (problem,) = problems_of("---\n---\n正文。\n")
    assert "add title:" in problem


def test_bytes_that_are_not_utf_8_are_named() -> None:
    (problem,) = problems_of("---\ntitle: a\n---\n正文".encode() + "老街".encode("gb18030"))
    assert problem.startswith(":4: error[not-utf-8]: not UTF-8: byte 24 of the file is 0xc0")


def test_the_byte_is_counted_behind_a_byte_order_mark() -> None:
    (problem,) = problems_of(b"\xef\xbb\xbf---\n\xff")
    assert ":2: error[not-utf-8]: not UTF-8: byte 8 of the file is 0xff" in problem


def test_front_matter_that_goes_on_for_ever_is_refused() -> None:
    (problem,) = problems_of("---\nkicker: " + "长" * 1_000_001 + "\n---\n")
    assert problem.startswith(":1: error[front-matter-long]")


def test_an_issue_and_a_page_have_keys_of_their_own() -> None:
    with pytest.raises(BulletinError, match='unknown key "kicker"'):
        parse_issue(b"---\nkicker: a\n---\n", "content/articles/x/issue.md")
    with pytest.raises(BulletinError, match='unknown key "date"'):
        parse_page(b"---\ntitle: a\ndate: 2024-07-22\n---\n", "content/pages/about.md")


def test_lines_are_counted_in_files_of_windows_too() -> None:
    (problem,) = problems_of(b"---\r\ntitle: a\r\ntopcs: b\r\n---\r\n")
    assert problem.startswith(":3:1: ")


def test_without_the_fast_parser_mistakes_are_said_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_nodes, "_Parser", yaml.SafeLoader)
    assert problem_of("title: a\ntopcs: [x]").startswith(':3:1: error[front-matter-key]: unknown key "topcs"')
    assert problem_of("title: a\x07b").startswith(":2:9: error[front-matter-character]")
    assert problem_of("title: &a x").startswith(":2:8: error[front-matter-reference]")
    assert problem_of('title: "a').startswith(":2:8: error[front-matter-yaml]")
    assert problem_of("title: a\nextra: {a: " + "[" * 500).startswith(":3:")
    article = parse_article("---\ntitle: 甲\ntopics: [a, '1']\n---\n乙".encode(), PATH).article
    assert (article.head.title, article.head.topics, article.body_markdown) == ("甲", ("a", "1"), "乙")
