"""Whatever a text holds: safe HTML, the same by either way, and the text itself where it was escaped."""

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from generator.convert import escape_markdown
from generator.diagnostics import BulletinError
from generator.markup import nest_headings, render_markdown, rewrite_links
from generator.markup.plain import render_plain
from generator.markup.rendering import render_marked_up
from generator.markup.tags import BLOCK_TAGS, INLINE_TAGS
from generator.model import RenderedText

SIGNS = "# ## - + * ** _ > 1. 12. 1) = == --- ` ``` ~~~ | [ ] ( ) ![ ]( [^1] [^1]: [a]: < > & ; : ! \\ \" '"
HTML = "<b> </b> <p> <div> <script> </script> <style> <a href= onclick= javascript: <!-- gap: --> <img src="
WORDS = ["甲", "乙丙", "，", "。", "a", "B", "0", "2024", "𠮷", "🎉", "é"]
SPACES = ["\n", "\n\n", " ", "  \n", "    ", "\t", "\r\n", "\u3000", "\xa0"]
CONTROLS = ["\x00", "\x0c", "\u2028", "\ufdd0", "\ufeff"]
pieces = st.sampled_from([*SIGNS.split(" "), *HTML.split(" "), *SPACES, *CONTROLS, *WORDS])
marked_up = st.lists(pieces, max_size=30).map("".join)
raw_pieces = st.sampled_from([*SIGNS.split(" "), *HTML.split(" "), " ", *WORDS])
raw_line = st.lists(raw_pieces, max_size=12).map("".join)
raw_lines = st.lists(raw_line.filter(str.strip), max_size=3).map("\n".join)
any_text = st.text(st.characters(exclude_categories=["Cs"]))
# Texts most of which are plain, so that the short way is taken.
PLAIN_SIGNS = ["“", "-", "—", "(", ")", ":", "=", "#", "+", ".", "1.", '"', "'", "{", "/"]
plain_words = st.sampled_from([*WORDS, *WORDS, " ", "  ", *PLAIN_SIGNS])
plain_lines = st.lists(plain_words, min_size=1, max_size=8).map("".join)
plain_blocks = st.one_of(
    st.lists(plain_lines, min_size=1, max_size=3).map("\n".join),
    st.tuples(st.sampled_from(["# ", "## ", "### ", "###### ", "#", "####### "]), plain_lines).map("".join),
)
plain_texts = st.lists(plain_blocks, max_size=6).map("\n\n".join)


class Reader(HTMLParser):
    """Notes every tag with its attributes; fails on what a sanitised text never holds."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.opened.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def tags_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.opened


def rendered(text: str) -> RenderedText | None:
    try:
        return render_markdown(text)
    except BulletinError:
        return None  # too deep


ATTRIBUTES = (
    "alt class colspan datetime dir height href id lang reversed rowspan scope span src start style title"
    " value width"
)


def scheme_of(target: str) -> str:
    """The scheme as browsers see it: they pass over controls and spaces."""
    found = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", target).lower())
    return found[1] if found else ""


@given(marked_up | any_text)
def test_the_html_of_any_text_is_safe(source: str) -> None:
    text = rendered(source)
    for name, attributes in tags_of(text.html) if text else []:
        assert name in INLINE_TAGS | BLOCK_TAGS
        assert attributes.keys() <= set(ATTRIBUTES.split())
        assert attributes.get("class") in (None, "gap", "footnote", "footnote-ref", "footnote-backref")
        for target in (attributes.get("href") or "", attributes.get("src") or ""):
            assert scheme_of(target) in ("", "http", "https", "mailto", "tel")


@given(marked_up | any_text)
def test_every_anchor_stands_once_and_is_noted(source: str) -> None:
    text = rendered(source)
    if text is None:
        return
    ids = [attributes["id"] for _, attributes in tags_of(text.html) if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert set(text.anchors) == set(ids)
    assert [heading.anchor for heading in text.headings] == [
        attributes["id"] for name, attributes in tags_of(text.html) if re.fullmatch("h[2-6]", name)
    ]


@given(plain_texts)
def test_the_short_way_gives_the_same_as_the_long_way(source: str) -> None:
    short = render_plain(source)
    assert short is None or short == render_marked_up(source)
    assert short is None or short == render_marked_up(source, allow_html=True)


@given(any_text)
def test_the_short_way_gives_the_same_for_any_text_it_takes(source: str) -> None:
    short = render_plain(source)
    assert short is None or short == render_marked_up(source)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@given(raw_lines)
def test_escaped_text_is_shown_as_it_was(text: str) -> None:
    assert without_spaces(render_markdown(escape_markdown(text)).plain_text) == without_spaces(text)


def hrefs_of(html: str) -> list[str | None]:
    return [attributes.get("href") for name, attributes in tags_of(html) if name == "a"]


@given(marked_up)
def test_links_led_nowhere_else_change_nothing_and_others_are_all_led(source: str) -> None:
    text = rendered(source)
    if text is None:
        return
    assert rewrite_links(text.html, lambda written: written) == text.html
    led = rewrite_links(text.html, lambda written: f'/x?"{written}&')
    assert hrefs_of(led) == [href if href is None else f'/x?"{href}&' for href in hrefs_of(text.html)]


@given(marked_up)
def test_nesting_keeps_the_text_and_marks_every_anchor(source: str) -> None:
    text = rendered(source)
    if text is None:
        return
    nested = nest_headings(text.html, "n")
    for (name, attributes), (nested_name, nested_attributes) in zip(
        tags_of(text.html), tags_of(nested), strict=True
    ):
        assert nested_name == (f"h{min(6, int(name[1]) + 1)}" if re.fullmatch("h[1-6]", name) else name)
        if attributes.get("id"):
            assert nested_attributes["id"] == f"n-{attributes['id']}"
        href = attributes.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            assert nested_attributes["href"] == f"#n-{href[1:]}"
    assert unescape(re.sub("<[^>]*>", "", nested)) == unescape(re.sub("<[^>]*>", "", text.html))
