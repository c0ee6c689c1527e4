"""The richest and poorest pages of every kind pass html-validate and the Nu HTML checker."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.node_tools import BROWSER_TESTS, node_tool, run_tool

pytestmark = pytest.mark.node


@pytest.fixture(params=["paper", "gazette"])
def site(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def test_html_validate_finds_nothing(site: Any) -> None:
    command = node_tool("html-validate", "bin", "html-validate.mjs")
    settings = BROWSER_TESTS / "htmlvalidate.json"
    done = run_tool("node", command, "--config", settings, "--formatter", "json", *site.samples())
    assert done.stderr == ""
    found = {
        f"{message['ruleId']}: {message['message']}": f"{Path(file['filePath'])}:{message['line']}"
        for file in json.loads(done.stdout)
        for message in file["messages"]
    }
    assert found == {}


def test_the_nu_html_checker_finds_nothing(site: Any) -> None:
    checker = node_tool("vnu-jar", "build", "dist", "vnu.jar")
    done = run_tool("java", "-Xss4m", "-jar", checker, "--format", "json", *site.samples())
    found = {
        f"{message['type']}: {message['message']}": f"{message.get('url')}:{message.get('lastLine')}"
        for message in json.loads(done.stderr)["messages"]
    }
    assert found == {}
