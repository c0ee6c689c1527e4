"""The corpus as a site of each generator: the same articles, each with the front matter the generator reads.

python -m benchmarks.build.sites FOLDER COUNT [--side bulletin|hugo|pelican] [--theme default] [--search off]
"""

import argparse
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks.build import vocabulary as words
from benchmarks.build.corpus import CorpusArticle, make_articles

HERE = Path(__file__).resolve().parent
TITLE = "云台报"
SETTLED_NS = 3_600 * 10**9
"""How long ago files of a finished site seem to have been written: generators distrust the time of a file
written just now."""


def bulletin_article(article: CorpusArticle) -> str:
    return _front_matter(
        f"title: {article.title}",
        f"byline: [{article.byline}]",
        f"date: {article.date}",
        f"order: {article.place}",
        f"topics: [{', '.join(topic_slug(topic) for topic in article.topics)}]",
        f"keywords: [{', '.join(article.keywords)}]",
        f"slug: {article.slug}",
    )


def hugo_article(article: CorpusArticle) -> str:
    return _front_matter(
        f"title: {article.title}",
        f"date: {article.date}",
        f"author: {article.byline}",
        f"issue: {article.issue_number}",
        f"topics: [{', '.join(article.topics)}]",
        f'months: ["{article.date:%Y-%m}"]',
        f"keywords: [{', '.join(article.keywords)}]",
    )


def pelican_article(article: CorpusArticle) -> str:
    # Pelican reads one line per key and no YAML.
    return _front_matter(
        f"title: {article.title}",
        f"date: {article.date}",
        f"author: {article.byline}",
        f"issue: {article.issue_number}",
        f"tags: {', '.join(article.topics)}",
        f"keywords: {', '.join(article.keywords)}",
        f"slug: {article.slug}",
    )


def bulletin_place(article: CorpusArticle) -> str:
    return f"content/articles/{article.date}/{article.place:02}-{article.slug}.md"


def hugo_place(article: CorpusArticle) -> str:
    return f"content/posts/{article.slug}.md"


def pelican_place(article: CorpusArticle) -> str:
    return f"content/{article.slug}.md"


FORMS: Mapping[str, tuple[Callable[[CorpusArticle], str], Callable[[CorpusArticle], str]]] = {
    "bulletin": (bulletin_place, bulletin_article),
    "hugo": (hugo_place, hugo_article),
    "pelican": (pelican_place, pelican_article),
}
"""Place and front matter of an article on each side."""


def lay_out(root: Path, side: str, articles: Iterable[CorpusArticle]) -> None:
    """Write a whole site of this side below `root`."""
    if side == "bulletin":
        _lay_out_bulletin(root)
    else:
        shutil.copytree(HERE / "peers" / side, root, dirs_exist_ok=True)
    write_articles(root, side, articles)
    settle(root)


def write_articles(root: Path, side: str, articles: Iterable[CorpusArticle]) -> list[Path]:
    """Write articles, with the file of each issue where the side has one; return the files written."""
    place_of, front_matter_of = FORMS[side]
    written = []
    for article in articles:
        file = root / place_of(article)
        if article.place == 1:
            file.parent.mkdir(parents=True, exist_ok=True)
            if side == "bulletin":
                written.append(_write_issue(file.parent, article))
        file.write_text(front_matter_of(article) + article.body, encoding="utf-8")
        written.append(file)
    return written


def configure(root: Path, theme: str, search: str) -> None:
    """Write site.toml of a bulletin site."""
    # The lists of the peers are not cut into pages; 200 is the most a page of ours can hold.
    page_size = "page_size = 200\n" if theme == "plain" else ""
    text = f"""title = "{TITLE}"
base_url = "https://example.org"
language = "zh-Hans"
theme = "{theme}"
search = "{search}"
feed_size = 20
{page_size}"""
    (root / "site.toml").write_text(text, encoding="utf-8")


def settle(root: Path) -> None:
    """Make every file look as if it had been written an hour ago."""
    then = time.time_ns() - SETTLED_NS
    for folder, _, names in os.walk(root):
        for name in names:
            os.utime(Path(folder, name), ns=(then, then))


def topic_slug(topic: str) -> str:
    return f"t{words.TOPICS.index(topic) + 1:02}"


def _lay_out_bulletin(root: Path) -> None:
    shutil.copytree(HERE / "themes", root / "themes", dirs_exist_ok=True)
    (root / "content").mkdir(exist_ok=True)
    rows = (f'[[topic]]\nname = "{topic}"\nslug = "{topic_slug(topic)}"\n' for topic in words.TOPICS)
    (root / "content" / "topics.toml").write_text("\n".join(rows), encoding="utf-8")
    configure(root, "default", "off")


def _write_issue(folder: Path, article: CorpusArticle) -> Path:
    file = folder / "issue.md"
    facts = (f"date: {article.date}", f'number: "{article.issue_number}"')
    file.write_text(_front_matter(*facts), encoding="utf-8")
    return file


def _front_matter(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", "", ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--side", choices=FORMS, default="bulletin")
    parser.add_argument("--theme", choices=("default", "plain"), default="default")
    parser.add_argument("--search", choices=("builtin", "pagefind", "off"), default="off")
    parser.add_argument("--seed", type=int, default=6)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    lay_out(options.folder, options.side, make_articles(options.count, options.seed))
    if options.side == "bulletin":
        configure(options.folder, options.theme, options.search)


if __name__ == "__main__":
    main()
