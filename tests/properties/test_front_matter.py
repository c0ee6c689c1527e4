"""Front matter: what is written is read back, by this program and by every other reader of YAML."""

import datetime
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.content import (
    format_article,
    format_issue,
    format_record,
    parse_article,
    parse_issue,
    parse_page,
    parse_record,
)
from generator.content.keys import ISSUE_DATE_BASES
from generator.content.splitting import split_front_matter
from generator.diagnostics import BulletinError
from generator.model import (
    Article,
    ArticleHead,
    ConversionRecord,
    ConvertedFile,
    Correction,
    Decision,
    Doubt,
    EventDate,
    Issue,
    IssueDate,
    LineSpan,
    RawFileRecord,
    Removal,
    Repair,
)

PATH = "content/articles/2024-07-22/01-a.md"
ISSUE_PATH = "content/articles/2024-07-22/issue.md"

# Texts that look like something else, and those with signs that mean something to YAML.
SCALARS = "~ null Null true no Off y 1 -1 1e5 1_000 1,000 0x1F 0o17 0571 12:30 .inf .nan = << --- ..."
SIGNS = "a: ; a #b;- a;? a;a:;# a;[a];{a};&a;*a;!a;|;>;%a;@a;`a`;'a';\"a\";\\; a;a ;\ta;\u3000a"
DATES = "2024-07-22;2024-07-22 10:00:00;12:30:00;7月22日"
LINES = "a\nb;a\n\nb\n;\na;a\n;a\n---\nb;a\n b;\r\n;\x85;\u2028"
CHARACTERS = "\x00 \x1b \ufeff a\ufeffb \ufffe 𠮷 🎉"
TRICKY = [*SCALARS.split(), *SIGNS.split(";"), *DATES.split(";"), *LINES.split(";"), *CHARACTERS.split(" ")]
texts = st.one_of(st.sampled_from(TRICKY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
some_texts = texts.filter(lambda text: text.strip() != "")
tuples_of_texts = st.lists(texts, max_size=3).map(tuple)
dates = st.dates()
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
shares = st.floats(0, 1)
counts = st.integers(0, 10**9 - 1)
spans = st.builds(
    lambda file, first, more: LineSpan(file, first, first + more),
    texts.filter(bool),
    st.integers(0, 99999),
    st.integers(0, 999),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.floats(allow_nan=False), texts
)
own_keys = st.dictionaries(
    texts,
    st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
    ),
    max_size=3,
)
heads = st.builds(
    ArticleHead,
    title=some_texts,
    kicker=texts,
    subtitle=texts,
    byline=tuples_of_texts,
    byline_kind=st.sampled_from(["author", "source", ""]),
    date=st.none() | dates,
    issue=texts,
    order=counts,
    page=texts,
    column=texts,
    topics=tuples_of_texts,
    keywords=tuples_of_texts,
    people=tuples_of_texts,
    places=tuples_of_texts,
    organisations=tuples_of_texts,
    events=st.lists(st.builds(EventDate, texts, dates, dates, texts, shares), max_size=2).map(tuple),
    summary=texts,
    slug=slugs | st.just(""),
    aliases=st.lists(slugs.map(lambda slug: f"/old/{slug}/") | slugs, max_size=2).map(tuple),
    draft=st.booleans(),
    source=st.lists(spans, max_size=2).map(tuple),
    doubts=st.lists(st.builds(Doubt, texts, texts, counts), max_size=2).map(tuple),
    corrections=st.lists(st.builds(Correction, dates, some_texts), max_size=2).map(tuple),
    extra=own_keys,
)
bodies = st.one_of(
    st.sampled_from(
        ["", "\n", "\n\n", "\r\n", "---", "---\n", "\n---\na", "\ufeff", " ", "\t", "a\r\nb\r\n", "\ra"]
    ),
    st.text(st.characters(exclude_categories=["Cs"])),
)
issues = st.builds(
    Issue,
    id=st.just("2024-07-22"),
    date=st.builds(IssueDate, st.none() | dates, st.sampled_from(ISSUE_DATE_BASES), shares, texts),
    title=texts,
    number=texts,
    total_number=texts,
    articles=st.lists(slugs, max_size=3).map(tuple),
    note_markdown=bodies,
    raw_digests=st.dictionaries(texts, texts, max_size=2),
    converted=st.lists(st.builds(ConvertedFile, some_texts, slugs, texts, texts), max_size=2).map(tuple),
    extra=own_keys,
)


@settings(max_examples=60)
@given(heads, bodies)
def test_an_article_is_read_as_it_was_written(head: ArticleHead, body: str) -> None:
    article = Article(head, body)
    content = format_article(article)
    assert parse_article(content, PATH).article == article
    assert format_article(parse_article(content, PATH).article) == content


@settings(max_examples=60)
@given(issues)
def test_an_issue_is_read_as_it_was_written(issue: Issue) -> None:
    content = format_issue(issue)
    assert parse_issue(content, ISSUE_PATH).issue == issue


@settings(max_examples=30)
@given(heads, bodies)
def test_windows_line_ends_and_a_byte_order_mark_change_no_head(head: ArticleHead, body: str) -> None:
    content = format_article(Article(head, body))
    windows = b"\xef\xbb\xbf" + content.replace(b"\r", b"").replace(b"\n", b"\r\n")
    read = parse_article(windows, PATH).article
    assert read == replace(Article(head, body.replace("\r", "")))


def native(value: Any) -> Any:
    """What a plain reader of YAML should see: lists for tuples, texts as texts."""
    return [native(item) for item in value] if isinstance(value, (tuple, list)) else value


@settings(max_examples=30)
@given(heads)
def test_other_readers_of_yaml_see_the_same_texts(head: ArticleHead) -> None:
    written = split_front_matter(format_article(Article(head, "")), PATH).yaml
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        table = yaml.load(written, loader)
        assert table["title"] == head.title
        for name in ("kicker", "column", "summary", "slug", "topics", "keywords", "aliases"):
            assert table.get(name, native(type(getattr(head, name))())) == native(getattr(head, name))
        assert table.get("date") == head.date
        assert table.get("extra", {}) == head.extra


record_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
tuples_of_spans = st.lists(spans, max_size=2).map(tuple)
tuples_of_reasons = st.lists(record_texts, max_size=2).map(tuple)
records = st.builds(
    ConversionRecord,
    files=st.lists(st.builds(RawFileRecord, record_texts, record_texts, record_texts), max_size=2).map(tuple),
    repairs=st.lists(
        st.builds(
            Repair, record_texts, tuples_of_spans, record_texts, record_texts, tuples_of_reasons, counts
        ),
        max_size=2,
    ).map(tuple),
    removals=st.lists(
        st.builds(Removal, record_texts, tuples_of_spans, record_texts, record_texts), max_size=2
    ).map(tuple),
    doubts=st.lists(st.builds(Doubt, record_texts, record_texts, counts), max_size=2).map(tuple),
    decisions=st.lists(
        st.builds(Decision, spans, record_texts, counts, record_texts, tuples_of_reasons, shares), max_size=2
    ).map(tuple),
)


@given(records)
def test_a_record_is_read_as_it_was_written(record: ConversionRecord) -> None:
    assert parse_record(format_record(record), "record.json") == record


PIECES = "---\n;---;title: a\n;title;: ;\n;  ;- ;[;];{;};\";';&a ;*a;!t ;|\n;#;\t;\r\n;a;extra:\n;date: ;\x00"
pieces = st.sampled_from(PIECES.split(";"))


@given(st.lists(pieces, max_size=30).map("".join))
def test_whatever_an_editor_types_is_read_or_refused_with_its_line(text: str) -> None:
    for parse in (parse_article, parse_issue, parse_page):
        for content in (text.encode(), f"---\n{text}\n---\n".encode()):
            try:
                parse(content, ISSUE_PATH)
            except BulletinError as failure:
                for problem in failure.diagnostics:
                    assert problem.span is not None
                    assert 1 <= problem.span.line <= content.count(b"\n") + 1
                    assert problem.hint


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for parse in (parse_article, parse_issue, parse_page, parse_record):
        try:
            parse(content, ISSUE_PATH)
        except BulletinError as failure:
            assert failure.diagnostics


def test_the_day_has_no_time() -> None:
    article = Article(ArticleHead(title="a", date=datetime.date(2024, 7, 22)), "")
    assert b"date: 2024-07-22\n" in format_article(article)
