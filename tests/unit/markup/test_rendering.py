"""Markdown as editors write it, and the HTML of it."""

import pytest

from generator.markup import render_markdown
from generator.model import Heading, ImageReference


def html_of(text: str) -> str:
    return render_markdown(text).html


def test_paragraphs_are_paragraphs() -> None:
    assert html_of("昨晚，老街亮了。\n\n三百盏灯。\n") == "<p>昨晚，老街亮了。</p>\n<p>三百盏灯。</p>"


def test_an_empty_text_is_empty() -> None:
    for text in ("", "\n", " \n\n "):
        assert render_markdown(text).html == ""
        assert render_markdown(text).plain_text == ""


def test_emphasis_links_lists_quotes_and_code() -> None:
    assert html_of("**重**点 *a* `x<y`") == "<p><strong>重</strong>点 <em>a</em> <code>x&lt;y</code></p>"
    assert html_of("[甲](../a.md#b)") == '<p><a href="../a.md#b">甲</a></p>'
    assert html_of("- 甲\n- 乙") == "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"
    assert html_of("3. 甲\n4. 乙") == '<ol start="3">\n<li>甲</li>\n<li>乙</li>\n</ol>'
    assert html_of("> 甲") == "<blockquote>\n<p>甲</p>\n</blockquote>"
    assert html_of("```\n# a\n```") == "<pre><code># a\n</code></pre>"


def test_a_table_keeps_its_alignment() -> None:
    html = html_of("| 组 | 数 |\n| --- | --: |\n| 甲 | 3 |")
    assert '<th style="text-align: right;">数</th>' in html
    assert "<td>甲</td>" in html


def test_quotes_and_dashes_stay_as_typed() -> None:
    text = "\"a\" 'b' -- c --- d ... (c)"
    assert html_of(text) == f"<p>{text}</p>"


def test_two_spaces_at_the_end_of_a_line_break_it() -> None:
    assert html_of("甲  \n乙") == "<p>甲<br>\n乙</p>"


def test_a_line_break_between_chinese_characters_is_no_space() -> None:
    assert html_of("老街\n亮了，\n灯\nnew\nlamps") == "<p>老街亮了，灯\nnew\nlamps</p>"
    assert html_of("**老**\n街\n亮") == "<p><strong>老</strong>\n街亮</p>"
    assert html_of("```\n老\n街\n```") == "<pre><code>老\n街\n</code></pre>"


def test_the_largest_heading_of_a_body_is_of_level_2() -> None:
    assert [heading.level for heading in render_markdown("# a\n\n## b\n\n### c").headings] == [2, 3, 4]
    assert [heading.level for heading in render_markdown("## a\n\n### b").headings] == [2, 3]
    assert [heading.level for heading in render_markdown("#### a\n\n###### b").headings] == [2, 4]
    assert [heading.level for heading in render_markdown("# a\n\n###### *b*").headings] == [2, 6]
    assert html_of("甲\n===\n\n乙\n---") == '<h2 id="甲">甲</h2>\n<h3 id="乙">乙</h3>'


def test_anchors_are_the_words_of_the_heading_and_each_is_unique() -> None:
    text = render_markdown(
        "## 改造 工程（一）\n\n## **改造**工程\n\n## A & B\n\n## ！\n\n## 改造工程\n\n## 改造工程-2\n"
    )
    assert text.headings == (
        Heading(2, "改造 工程（一）", "改造-工程-一"),
        Heading(2, "改造工程", "改造工程"),
        Heading(2, "A & B", "a-b"),
        Heading(2, "！", "section"),
        Heading(2, "改造工程", "改造工程-2"),
        Heading(2, "改造工程-2", "改造工程-2-2"),
    )
    assert text.anchors == tuple(heading.anchor for heading in text.headings)


def test_a_heading_does_not_take_the_anchor_of_a_footnote() -> None:
    text = render_markdown("## fn-1\n\n甲[^x]\n\n[^x]: 乙")
    assert text.headings[0].anchor == "fn-1-2"
    assert len(set(text.anchors)) == len(text.anchors) == 3


def test_footnotes_are_numbered_whatever_they_are_called() -> None:
    text = render_markdown('甲[^注 "1"]，乙[^b]，再[^注 "1"]。\n\n[^注 "1"]: 脚注一。\n[^b]: 脚注二。')
    assert '<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup>' in text.html
    assert '<li id="fn-2">' in text.html
    assert text.anchors == ("fnref-1", "fnref-2", "fnref2-1", "fn-1", "fn-2")
    assert text.plain_text == "甲，乙，再。\n脚注一。\n脚注二。"
    assert text.links == ()


def test_plain_text_has_one_line_a_block_and_no_markup() -> None:
    source = (
        "## 小 标题\n\n甲 &amp; **乙**\n丙[丁](x)  \n戊&nbsp;己 <b>庚</b>\n\n- 一\n- 二\n\n"
        "| a | b |\n|--|--|\n| 1 | 2 |\n\n"
        "> 引\n\n```\nx <y\nz\n```\n\n![图](a.jpg)\n"
    )
    assert render_markdown(source).plain_text.split("\n") == [
        "小 标题",
        "甲 & 乙 丙丁 戊 己 庚",
        "一",
        "二",
        "a b",
        "1 2",
        "引",
        "x <y z",
    ]


def test_links_and_images_are_noted_as_written() -> None:
    source = (
        '甲 [a](../x.md "t") 与 [b][r]\n\n![桥](../images/桥 1.jpg "一座&桥")\n\n![](../images/a.png)\n\n'
        "<https://example.org/?a=1&b=2> [c](#甲)\n\n[r]: /topics/\n"
    )
    text = render_markdown(source)
    assert text.links == ("../x.md", "/topics/", "https://example.org/?a=1&b=2", "#甲")
    assert text.images == (
        ImageReference("../images/桥 1.jpg", "桥", 3),
        ImageReference("../images/a.png", "", 5),
    )
    assert '<img alt="桥" src="../images/桥 1.jpg" title="一座&amp;桥">' in text.html


def test_lost_text_is_marked_inside_a_paragraph_and_alone() -> None:
    gap = '<span class="gap" title="text is missing here"></span>'
    comment = "<!-- gap: text is missing here -->"
    assert html_of(f"甲{comment}乙") == f"<p>甲{gap}乙</p>"
    assert html_of(f"{comment}乙") == f"<p>{gap}乙</p>"
    assert html_of(comment) == f"<p>{gap}</p>"
    assert html_of(f"- 甲{comment}") == f"<ul>\n<li>甲{gap}</li>\n</ul>"
    assert render_markdown(f"甲{comment}乙").plain_text == "甲乙"


def test_the_reason_of_a_gap_is_text() -> None:
    assert (
        html_of('<!-- gap: "><b>&\nx -->')
        == '<p><span class="gap" title="&quot;&gt;&lt;b&gt;&amp; x"></span></p>'
    )
    assert html_of("<!--gap-->") == '<p><span class="gap"></span></p>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("甲<!-- note -->乙", "<p>甲乙</p>"),
        ("<!-- note -->\n\n乙", "<p>乙</p>"),
        ("<!-- a\n\nb -->\n- 乙", "<ul>\n<li>乙</li>\n</ul>"),
        ("<!-- gaps are bad -->", ""),
        ("[甲<!-- x -->](a.md)", '<p><a href="a.md">甲</a></p>'),
    ],
)
def test_other_comments_vanish(source: str, html: str) -> None:
    assert html_of(source) == html


def test_a_comment_without_an_end_hides_nothing() -> None:
    assert html_of("甲 <!-- 乙\n\n丙") == "<p>甲 &lt;!-- 乙</p>\n<p>丙</p>"


def test_comments_in_code_are_shown() -> None:
    assert html_of("`<!-- gap: x -->`") == "<p><code>&lt;!-- gap: x --&gt;</code></p>"
    assert html_of("```\n<!-- a -->\n<b>\n```") == "<pre><code>&lt;!-- a --&gt;\n&lt;b&gt;\n</code></pre>"


def test_windows_line_ends_make_no_difference() -> None:
    source = "# 甲\n\n- 乙\n- 丙\n\n一  \n二<!-- x -->\n"
    assert render_markdown(source.replace("\n", "\r\n")) == render_markdown(source)


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    first = render_markdown("[a][r] 甲[^1]\n\n[r]: /x/\n\n[^1]: 乙\n\n## a")
    assert render_markdown("[a][r] 甲[^1]\n\n## a*").html == '<p>[a][r] 甲[^1]</p>\n<h2 id="a">a*</h2>'
    assert render_markdown("[a][r] 甲[^1]\n\n[r]: /x/\n\n[^1]: 乙\n\n## a") == first


def test_with_html_allowed_everything_stays() -> None:
    source = '甲 *乙*\n\n<div class="x" onclick="y()"><script>if (a<b) "<h2>"</script></div>\n\n## 丙\n'
    text = render_markdown(source, allow_html=True)
    assert '<div class="x" onclick="y()"><script>if (a<b) "<h2>"</script></div>' in text.html
    assert text.plain_text == "甲 乙\n丙"
    assert [heading.anchor for heading in text.headings] == ["丙"]


def test_with_html_allowed_an_id_of_the_editor_is_the_anchor() -> None:
    text = render_markdown('<h2 id="mine">甲</h2>\n\n[a](#mine)\n', allow_html=True)
    assert text.headings == (Heading(2, "甲", "mine"),)
    assert text.anchors == ("mine",)


def test_with_html_allowed_attributes_are_in_double_quotes() -> None:
    text = render_markdown("<p><a href='a\"b.md' id=x>甲</a> <input disabled type=text></p>", allow_html=True)
    assert text.html == '<p><a href="a&quot;b.md" id="x">甲</a> <input disabled="" type="text"></p>'
    assert (text.links, text.anchors) == (('a"b.md',), ("x",))
