"""Texts made to run scripts, to crash the parser or to keep it busy."""

import pytest

from generator.diagnostics import BulletinError
from generator.markup import render_markdown
from generator.markup.limits import LONGEST_TEXT


@pytest.mark.parametrize(
    "source",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](  javascript:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "![a](javascript:alert(1))",
        "<javascript:alert(1)>",
        '<a href="javascript:alert(1)">a</a>',
        '<img src=x onerror="alert(1)">',
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<SCRIPT SRC=//x.example/></SCRIPT>",
        "<style>p { background: url(javascript:alert(1)) }</style>",
        '<p style="background: url(javascript:alert(1))">a</p>',
        "<iframe src=javascript:alert(1)></iframe>",
        "<object data=x></object><embed src=x>",
        "<form action=javascript:alert(1)><input onfocus=alert(1) autofocus></form>",
        "<svg onload=alert(1)><a xlink:href=javascript:alert(1)></a></svg>",
        "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
        '<base href="//x.example/"><link rel=stylesheet href=x>',
        '<meta http-equiv=refresh content="0;url=//x.example/">',
        '[a](x "\\" onmouseover=\\"alert(1)")',
        '![x" onerror="alert(1)](y)',
        "<!--><script>alert(1)</script>-->",
        "<!-- gap: --><script>alert(1)</script> -->",
        "| a | <script>alert(1)</script> |\n|--|--|\n| <b onclick=alert(1)>x | y |",
        "甲[^1]\n\n[^1]: <script>alert(1)</script>",
        "[a][r]\n\n[r]: javascript:alert(1)",
        "<b onclick=alert(1)>x</b>",
        '<div id="main" class="masthead" data-x="y">x</div>',
    ],
)
def test_nothing_that_acts_comes_through(source: str) -> None:
    html = render_markdown(source).html.lower()
    outside_of_text = html.replace("&lt;", "").replace("&quot;", "")
    for sign in (
        "<script",
        "<style",
        "<iframe",
        "<object",
        "<embed",
        "<form",
        "<svg",
        "<math",
        "<base",
        "<meta",
    ):
        assert sign not in outside_of_text
    for attribute in (
        ' onerror="',
        ' onclick="',
        ' onload="',
        ' onmouseover="',
        ' onfocus="',
        ' style="',
        ' id="main',
    ):
        assert attribute not in outside_of_text
    assert 'href="javascript' not in html
    assert 'src="javascript' not in html


def test_html_in_escaped_text_is_shown_as_text() -> None:
    text = render_markdown("&lt;script>alert(1)&lt;/script> \\<b>")
    assert text.plain_text.startswith("<script>alert(1)</script>")
    assert "<script" not in text.html


def test_harmless_html_is_kept() -> None:
    source = "H<sub>2</sub>O <ruby>岫<rt>xiù</rt></ruby> <mark>亮</mark>"
    assert render_markdown(source).html == f"<p>{source}</p>"


@pytest.mark.parametrize(
    "source",
    [
        ">" * 5000,
        "> " * 5000 + "甲",
        "- " * 5000 + "甲",
        "1. " * 5000 + "甲",
        "".join("    " * depth + "- 甲\n" for depth in range(300)),
        "".join("> " * depth + "甲\n\n" for depth in range(300)),
        "\t" * 300 + "- 甲",
    ],
)
def test_lists_and_quotes_too_deep_are_refused_with_a_hint(source: str) -> None:
    with pytest.raises(BulletinError, match=r"^a\.md: error\[markup\]: more than 25 .* flatter"):
        render_markdown(source, path="a.md")


def test_lists_and_quotes_as_deep_as_allowed_are_rendered() -> None:
    lists = "".join("    " * depth + "- 甲\n" for depth in range(24))
    assert render_markdown(lists).html.count("<ul>") == 24
    assert render_markdown("> " * 24 + "甲").html.count("<blockquote>") == 24


@pytest.mark.parametrize("sign", ["[", "![", "[[", "[^", "<a ", "<", "<!--", "<![CDATA[", "<?", "](", "[](<"])
def test_signs_that_open_nothing_are_text(sign: str) -> None:
    source = f"甲*乙*{sign * 700}"
    assert render_markdown(source).plain_text == f"甲乙{sign * 700}".rstrip()


def test_brackets_inside_each_other_are_text_and_links_among_them_work() -> None:
    source = "[" * 3000 + "甲" + "]" * 3000
    assert render_markdown(source).plain_text == source
    assert render_markdown("[" * 50 + " [甲](a.md)").links == ("a.md",)


@pytest.mark.parametrize(
    "source",
    [
        "# 甲\n" * 20_000,
        "甲\n---\n" * 20_000,
        "---\n" * 20_000,
        "```\n" * 20_000,
        "~~~ x\n\n" * 20_000,
        "[甲](" * 20_000,
        '[甲](乙 "' * 20_000,
        "`" * 100_000,
        "**甲" * 50_000,
        "\\*" * 90_000,
        "<b>" * 20_000,
        "甲*" + "乙" * LONGEST_TEXT,
    ],
)
def test_texts_that_would_take_minutes_are_refused_with_a_hint(source: str) -> None:
    with pytest.raises(BulletinError, match=r"^a\.md: error\[markup\]: .* hint: ") as failure:
        render_markdown(source, path="a.md")
    assert len(str(failure.value)) < 300


def test_a_line_of_ten_megabytes_is_a_paragraph_when_it_is_plain() -> None:
    line = "灯" * 3_500_000
    assert render_markdown(line).html == f"<p>{line}</p>"


def test_after_a_text_that_was_refused_the_next_is_rendered() -> None:
    before = render_markdown("*甲*\n\n- 乙").html
    with pytest.raises(BulletinError):
        render_markdown("- " * 5000)
    assert render_markdown("*甲*\n\n- 乙").html == before


def test_characters_used_inside_for_marks_do_no_harm() -> None:
    assert render_markdown("*甲*\ufdd07\ufdd1\ufdd2\ufdd3\ufdd4乙").plain_text == "甲7乙"
    assert render_markdown("*甲*\x02klzzwxh:0000\x03乙\x00").plain_text.startswith("甲")
