"""issue.md: the issue's date and the editor's word on it, and what conversion keeps there."""

from datetime import date

import pytest

from generator.content import format_issue, parse_issue
from generator.model import ConvertedFile, Issue, IssueDate

PATH = "content/articles/2024-07-22/issue.md"


def read(yaml: str, body: str = "") -> Issue:
    return parse_issue(f"---\n{yaml}\n---\n{body}".encode(), PATH).issue


def test_the_id_is_the_name_of_the_folder() -> None:
    assert read("number: 29").id == "2024-07-22"


def test_an_empty_issue_file_is_an_issue_without_a_date() -> None:
    assert read("").date == IssueDate(None, "none", 0.0)


def test_a_date_alone_is_the_editors_word() -> None:
    assert read("date: 2024-07-22").date == IssueDate(date(2024, 7, 22), "editor", 1.0)


def test_an_editor_confirms_a_guess_by_changing_its_basis() -> None:
    guess = IssueDate(date(2024, 7, 20), "text-vote", 0.6, "7月20日 ×3")
    written = format_issue(Issue(id="2024-07-22", date=guess)).decode()
    confirmed = written.replace("date_basis: text-vote", "date_basis: editor")
    assert confirmed != written
    assert parse_issue(written.encode(), PATH).issue.date == guess
    assert parse_issue(confirmed.encode(), PATH).issue.date.basis == "editor"


def test_an_unknown_basis_is_refused() -> None:
    with pytest.raises(Exception, match='"guess" is not one of option, file-name'):
        read("date: 2024-07-22\ndate_basis: guess")


def test_an_issue_is_written_as_a_person_would_write_it() -> None:
    issue = Issue(
        id="2024-07-22",
        date=IssueDate(date(2024, 7, 22), "masthead", 1.0, "2024年7月22日 星期一"),
        title="国庆特刊",
        number="29",
        total_number="616",
        articles=("lao-jie", "jian-xun"),
        note_markdown="编者按。",
        raw_digests={"content/raw/2024-07-22.txt": "0123456789abcdef"},
        converted=(ConvertedFile("01-lao-jie.md", "lao-jie", "12e4", "1234-5678"),),
    )
    written = """\
---
date: 2024-07-22
date_basis: masthead
date_evidence: 2024年7月22日 星期一
title: 国庆特刊
number: "29"
total_number: "616"
articles:
  - lao-jie
  - jian-xun
raw:
  content/raw/2024-07-22.txt: 0123456789abcdef
converted:
  - name: 01-lao-jie.md
    slug: lao-jie
    digest: "12e4"
    source_key: 1234-5678
---

编者按。
"""
    assert format_issue(issue).decode() == written
    assert parse_issue(written.encode(), PATH).issue == issue


def test_numbers_need_no_quotes() -> None:
    issue = read("number: 029\ntotal_number: 616")
    assert (issue.number, issue.total_number) == ("029", "616")
