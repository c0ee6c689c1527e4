"""Time generator.language, and the metadata of an issue, on the sample issues of this repository.

python benchmarks/language/measure.py [CHARACTERS]
"""

import datetime
import sys
import time
from collections.abc import Callable
from pathlib import Path

from generator import language
from generator.convert.metadata import describe_issue
from generator.convert.settings import ConversionSettings
from generator.model import Article, ArticleHead

RAW = Path(__file__).parents[2] / "content" / "raw"
ARTICLE_LENGTH = 1000
TOPIC_FILE = RAW.parent / "topics.toml"


def main() -> None:
    length = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    articles = sample_articles(length)
    text = "\n".join(articles)
    print(f"{len(articles)} articles, {len(text):,} characters")
    report("start jieba", lambda: language.cut("热身"), len(text))
    report("start pypinyin", lambda: language.slug("热身"), len(text))
    for name, function in FUNCTIONS.items():
        report(name, lambda function=function: [function(article) for article in articles], len(text))
    report("describe_issue, first", lambda: describe(articles), len(text))
    report("describe_issue, again (texts remembered)", lambda: describe(articles), len(text))


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "cut": language.cut,
    "widen_punctuation": language.widen_punctuation,
    "split_sentences": language.split_sentences,
    "find_dates": language.find_dates,
    "fold_traditional": language.fold_traditional,
    "script": language.script,
    "content_terms": lambda text: language.content_terms("标题", language.dictionary_words(text)),
    "slug of a title": lambda text: language.slug(text[:20]),
}


def sample_articles(length: int) -> list[str]:
    whole = "".join(path.read_text("utf-8") for path in sorted(RAW.glob("2*.txt")) if is_utf8(path))
    while len(whole) < length:
        whole += "\n" + whole
    # A number in each article, so that no two texts are equal and remembered.
    return [
        f"第{start}号。{whole[start : start + ARTICLE_LENGTH]}" for start in range(0, length, ARTICLE_LENGTH)
    ]


def is_utf8(path: Path) -> bool:
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def describe(texts: list[str]) -> None:
    articles = [Article(ArticleHead(title=text[:18], order=order), "") for order, text in enumerate(texts, 1)]
    settings = ConversionSettings(latest=datetime.date(2100, 1, 1))
    describe_issue(articles, [text.splitlines() for text in texts], texts[0][:200], [], settings)


def report(name: str, work: Callable[[], object], characters: int) -> None:
    start = time.perf_counter()
    work()
    taken = time.perf_counter() - start
    print(f"{name:42} {taken * 1000:8.1f} ms {taken * 1e6 / characters:7.2f} ms per 1,000 characters")


if __name__ == "__main__":
    main()
