"""Small whole sites in a folder, built with the real build."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.pipeline.build_site import BuildReport, build_site
from generator.pipeline.site_folder import load_site
from generator.pipeline.workbench import BuildOptions

TODAY = datetime.date(2026, 1, 31)

SITE_TOML = """
title = "溪口周报"
base_url = "https://example.org/weekly"
publisher = "溪口镇编辑部"
"""

TOPICS_TOML = """
[[topic]]
name = "民生"
slug = "minsheng"

[[topic]]
name = "文化"
slug = "wenhua"
"""

ARTICLES: Mapping[str, str] = {
    "2025-03-03/01-lamps.md": """---
title: 老街路灯换新
kicker: 夜路亮堂了
byline: 林小满
page: "1"
topics: [民生]
keywords: [路灯, 老街, 夜路]
people: [周知远]
---
昨晚，老街的路灯全部亮了。镇里换了三十二盏灯，周知远说，走夜路心里踏实。

## 下一步

桥头的灯四月再换。另见[戏台](02-stage.md)。
""",
    "2025-03-03/02-stage.md": """---
title: 古戏台修好开锣
byline: 林小满
page: "2"
topics: [文化]
keywords: [戏台, 老街, 开锣]
corrections:
  - date: 2025-03-05
    text: 戏台建于一七八二年，原文误作一七二八年。
---
修了两年的古戏台昨天开锣，台下坐满了人。
""",
    "2025-04-07/01-bridge.md": """---
title: 桥头路灯也换了
byline: 何青禾
topics: [民生]
keywords: [路灯, 桥头, 夜路]
---
继老街之后，桥头的路灯也换成了新的。
""",
}


def write_site(
    root: Path, files: Mapping[str, str] | None = None, articles: Mapping[str, str] = ARTICLES
) -> Path:
    """Write a site with these articles (by path below content/articles) and further files (by path)."""
    texts = {"site.toml": SITE_TOML, "content/topics.toml": TOPICS_TOML}
    texts |= {f"content/articles/{name}": text for name, text in articles.items()}
    for path, text in (texts | dict(files or {})).items():
        write_text(root / path, text)
    return root


def write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build(root: Path, *, base_url: str | None = None, **options: Any) -> BuildReport:
    """Build the site at `root` as the command does."""
    folder = load_site(root)
    if base_url is not None:
        folder = replace(folder, settings=replace(folder.settings, base_url=base_url))
    chosen = BuildOptions(**{"today": TODAY, **options})
    return build_site(folder, chosen, lambda _step, _done, _total: None)


def problems_of(report: BuildReport) -> list[str]:
    return [str(problem) for problem in report.diagnostics]


def output_files(root: Path, output: str = "output") -> dict[str, bytes]:
    """Every file of the built site by path."""
    folder = root / output
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
