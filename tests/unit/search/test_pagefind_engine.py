"""Pagefind as the search of a site, where it is installed."""

import pytest

from generator.diagnostics import BulletinError
from generator.search import SearchSettings, plan_search
from generator.search.pagefind_engine import render_page
from tests.support.searching import MemoInMemory, search_document, segment


def test_text_of_a_document_is_escaped_in_the_page_pagefind_reads() -> None:
    page = render_page(search_document(1, title="<b>", body="甲 & 乙\n<script>"), "zh-Hans")
    assert "<h1>&lt;b&gt;</h1>" in page
    assert "<p>甲 &amp; 乙</p><p>&lt;script&gt;</p>" in page


def test_pagefind_indexes_the_documents_and_the_memo_keeps_its_files() -> None:
    pytest.importorskip("pagefind", reason="the optional package pagefind is not installed")
    memo = MemoInMemory()
    segments = [segment("2024", [search_document(1, title="老街", body="路灯亮了")])]
    plan = plan_search("pagefind", segments, SearchSettings(), memo)
    paths = {file.path for file in plan.files}
    assert "search/pagefind/pagefind.js" in paths
    again = plan_search("pagefind", segments, SearchSettings(), memo)
    assert again.files == plan.files
    assert list(again.render(paths)) == list(plan.render(paths))


def test_a_missing_package_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pagefind.service", None)
    segments = [segment("2024", [search_document(1)])]
    with pytest.raises(BulletinError, match="pip install") as raised:
        plan_search("pagefind", segments, SearchSettings(), MemoInMemory())
    assert [problem.code for problem in raised.value.diagnostics] == ["search-pagefind"]
