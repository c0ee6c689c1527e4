"""Every link, picture, script and anchor of every page leads to something, under any base path."""

import re
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

_TARGETS = re.compile(r'\s(?:href|src|action|data-search-script|data-search-index)="([^"]*)"')
_SOURCE_SETS = re.compile(r'\ssrcset="([^"]*)"')
_IDS = re.compile(r'\sid="([^"]*)"')


def targets_in(text: str) -> set[str]:
    found = {unescape(target) for target in _TARGETS.findall(text)}
    for sources in _SOURCE_SETS.findall(text):
        found.update(unescape(source).split()[0] for source in sources.split(", "))
    return {target for target in found if not urlsplit(target).scheme}


@pytest.fixture(params=["paper", "gazette"])
def site(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def test_no_link_and_no_anchor_is_dead(site: Any) -> None:
    texts = {site.address_of(file): file.read_text(encoding="utf-8") for file in site.html_files()}
    ids = {address: set(_IDS.findall(text)) for address, text in texts.items()}
    dead = []
    for address, text in texts.items():
        for target in targets_in(text):
            parts = urlsplit(target)
            path = unquote(parts.path) or site.base_path + address
            inside = path.removeprefix(site.base_path)
            exists = path.startswith(f"{site.base_path}/") and (site.output / inside[1:]).exists()
            if parts.fragment:
                exists = exists and unquote(parts.fragment) in ids.get(inside, set())
            if not exists:
                dead.append(f"{address} -> {target}")
    assert dead == []
