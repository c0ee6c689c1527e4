"""The service worker: there when it is asked for."""

import pytest

from generator.search import SearchSettings, plan_search
from tests.support.searching import MemoInMemory, search_document, segment

SEGMENTS = [segment("2024", [search_document(1, title="老街")])]


def test_a_site_kept_offline_has_a_worker_at_its_root() -> None:
    plan = plan_search("builtin", SEGMENTS, SearchSettings(offline=True), MemoInMemory())
    (worker,) = plan.render(["sw.js"])
    assert b'addEventListener("fetch"' in worker.content


@pytest.mark.parametrize("engine", ["builtin", "off"])
def test_other_sites_have_none(engine: str) -> None:
    plan = plan_search(engine, SEGMENTS, SearchSettings(), MemoInMemory())
    assert "sw.js" not in {file.path for file in plan.files}
