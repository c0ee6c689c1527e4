"""Links led elsewhere, and texts nested on a page of several."""

from generator.markup import fill_gaps, nest_headings, render_markdown, rewrite_links


def test_the_target_of_every_link_is_asked_for_as_written() -> None:
    html = render_markdown('[甲](../a.md?x=1&y=2) ![乙](b.jpg) [丙](#d "t") href="no"').html
    asked: list[str] = []

    def target_of(written: str) -> str:
        asked.append(written)
        return f'/site/"{len(asked)}"&'

    rewritten = rewrite_links(html, target_of)
    assert asked == ["../a.md?x=1&y=2", "#d"]
    assert '<a href="/site/&quot;1&quot;&amp;">甲</a>' in rewritten
    assert '<a href="/site/&quot;2&quot;&amp;" title="t">丙</a>' in rewritten
    assert '<img alt="乙" src="b.jpg">' in rewritten


def test_links_that_stay_leave_the_html_as_it_is() -> None:
    html = render_markdown('[甲](a"b.md) &amp; [乙](<c d>)').html
    assert rewrite_links(html, lambda written: written) == html
    assert rewrite_links("<p>甲</p>", lambda written: "x") == "<p>甲</p>"


def test_gaps_are_told_in_words() -> None:
    html = render_markdown('甲<!-- gap: 虫蛀 -->乙<!-- gap --> `<span class="gap"></span>`').html
    filled = fill_gaps(html, "[<lost>]", "en")
    assert '甲<span class="gap" title="虫蛀" lang="en">[&lt;lost&gt;]</span>乙' in filled
    assert '<span class="gap" lang="en">[&lt;lost&gt;]</span> <code>&lt;span' in filled
    assert fill_gaps("<p>甲</p>", "丙", "en") == "<p>甲</p>"


def test_nested_headings_are_one_level_lower_and_footnotes_still_work() -> None:
    html = render_markdown("# 甲\n\n###### 乙\n\n丙[^1] [丁](#甲) [戊](x.md#甲)\n\n[^1]: 己").html
    nested = nest_headings(html, "a1")
    assert '<h3 id="a1-甲">甲</h3>' in nested
    assert '<h6 id="a1-乙">乙</h6>' in nested
    assert '<sup id="a1-fnref-1"><a class="footnote-ref" href="#a1-fn-1">1</a></sup>' in nested
    assert '<li id="a1-fn-1">' in nested
    assert 'href="#a1-fnref-1"' in nested
    assert '<a href="#a1-甲">丁</a> <a href="x.md#甲">戊</a>' in nested


def test_what_looks_like_a_tag_in_the_text_is_left_alone() -> None:
    html = render_markdown('`<h2 id="x">` &lt;h2 id="y">').html
    assert nest_headings(html, "p") == html


def test_a_prefix_is_text_and_no_pattern() -> None:
    assert nest_headings('<h2 id="a">a</h2>', r"\1&") == r'<h3 id="\1&amp;-a">a</h3>'
