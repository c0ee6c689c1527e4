"""The sample bulletin with all a page can hold: every kind of page, pictures, corrections, old addresses."""

import datetime
import shutil
from pathlib import Path

from PIL import Image, ImageDraw

from tests.support.sites import write_text

TODAY = datetime.date(2026, 11, 30)
ISSUE = "content/articles/2026-11-16"

_LEAD = """---
title: 老码头变身滨水书屋　夜里十点还亮着灯
kicker: “一河两岸”更新观察之三
subtitle: 三百二十八平方米、一万两千册书，一半由居民捐来
byline: [沈知夏, 顾远帆]
page: "1"
column: 城事
topics: [文化, 城乡建设]
people: [沈知夏]
places: [云岫县]
organisations: [云岫县图书馆]
summary: 闲置十九年的水运站修缮开放，借书不要押金。
aliases: [/old/shuwu.html]
doubts:
  - code: seam
    message: 第三段与第四段之间，原件字迹不清。
corrections:
  - date: 2026-11-18
    text: 开放时间应为每日九时至二十二时，原文误作二十一时。
  - date: 2026-11-20
    text: 藏书数应为一万两千册，原文误作两万一千册。
---
昨天傍晚，印月河边的老水运站重新亮起了灯。门楣上“客运售票”四个字留着，里面换成了书架。**借书不要押金**，还书可以扔进门口的邮筒。

![书屋临河的一面，窗里透出灯光](pier.png "书屋临河的一面（编辑部摄）")

## 站房留住了

墙上的船期表没有拆。馆长说，*最后一班船*开走那天是 2007 年 6 月 30 日。<!-- gap: 原件此处破损 -->

## 书从哪里来

| 来源 | 册数 | 比例 |
| --- | --- | --- |
| 居民捐赠 | 6100 | 51% |
| 县图书馆调拨 | 4400 | 37% |
| 新购 | 1500 | 12% |

> 书借出去就是活的，锁在柜子里才是旧的。

## 还缺什么

1. 河边的台阶没有扶手；
2. 夜里最后一班公交 21:40 就收了；
3. Wi-Fi 只到二楼。

## 怎样去

路线图见 <https://example.org/an-address-that-is-too-long-for-a-narrow-screen-0123456789>。
"""

_PLAIN = """---
title: {title}
byline: {byline}
page: "{page}"
column: {column}
topics: [文化]
---
{text}
"""

_TEXT = "从今天起，河边的六个埠头都装上了救生圈和照明灯，由沿河的十一家店铺轮流照看，坏了当天就换。"


def write_reading_site(repository: Path, root: Path) -> Path:
    """Write the sample site of the repository, and one more issue, into `root`."""
    shutil.copytree(repository / "content", root / "content", ignore=shutil.ignore_patterns("articles"))
    settings = (repository / "site.toml").read_text(encoding="utf-8")
    write_text(root / "site.toml", f"page_size = 5\n{settings}")
    write_text(root / ISSUE / "01-shuwu.md", _LEAD)
    for number, page in enumerate(("1", "2", "2", "3", "4"), start=2):
        text = _PLAIN.format(
            title=f"埠头灯火之{number}：十一家店铺轮流照看",
            byline=("云岫县图书馆", "江晚舟")[number % 2],
            page=page,
            column=("城事", "河边")[number % 2],
            text="\n\n".join([_TEXT * 3] * number),
        )
        write_text(root / ISSUE / f"{number:02}-lamps-{number}.md", text)
    _draw_picture(root / ISSUE / "pier.png")
    return root


def _draw_picture(path: Path) -> None:
    picture = Image.linear_gradient("L").resize((1600, 900)).convert("RGB")
    ImageDraw.Draw(picture).rectangle((500, 350, 1100, 800), fill=(163, 35, 26))
    picture.save(path)
