"""An archive of invented articles: words of jieba's dictionary in their frequency, names, figures, dates.

The text means nothing, but words, names and chance neighbours are as many as in a newspaper's. Articles are
kept on disk by month and read again when they are needed, as a build does it.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import blake2b
from itertools import accumulate, groupby
from pathlib import Path

import jieba
from msgspec.structs import asdict

from generator.search import SearchDocument, SearchSegment

NEWEST = date(2024, 7, 22)
YEARS = 25
PER_ISSUE = 8
CHARACTERS = 700
PHRASES = 100_000
SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳唐罗薛雷贺倪汤"
)
GIVEN = "安邦彩晨达恩芳国海弘佳建杰静娟康兰丽林明敏宁鹏琪清荣锐珊诗思涛婷伟文晓欣雪亚燕阳艺永宇玉泽振志子"
NUMBERED = (
    "第{}次会议",
    "{}亿元",
    "{}%",
    "{}万吨",
    "C{}型",
    "{}个项目",
    "A{}线",
    "{}公里",
    "2{:03}年",
    "G{}高速",
)
SIGNS = "，，，，。。。、：；“”（）"
FOREIGN = ("REITs", "GDP", "WTO", "5G", "iPhone", "AI", "CT", "PM2.5", "LED", "App")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and phrases, how often each and all before it are drawn; topics, which are words too; authors."""

    words: Sequence[str]
    bounds: Sequence[int]
    phrases: Sequence[Sequence[str]]
    phrase_bounds: Sequence[float]
    topics: Sequence[str]
    authors: Sequence[str]


def load_vocabulary() -> Vocabulary:
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    known = sorted((w, n) for w, n in jieba.dt.FREQ.items() if n > 2 and "一" <= w[0] <= "鿿")
    common = sorted((word for word, _ in known if len(word) == 2), key=lambda w: -jieba.dt.FREQ[w])
    words, counts = zip(*known, strict=True)
    bounds = list(accumulate(counts))
    chance = random.Random("phrases")
    phrases = [chance.choices(words, cum_weights=bounds, k=chance.randint(2, 7)) for _ in range(PHRASES)]
    phrase_bounds = list(accumulate(1 / (place + 20) for place in range(PHRASES)))
    authors = [invent_name(chance) for _ in range(120)]
    return Vocabulary(words, bounds, phrases, phrase_bounds, common[:1200:20], authors)


def write_articles(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """Write the articles by month, oldest first; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = load_vocabulary()
    paths = []
    for month, numbered in groupby(enumerate(_dates(count)), key=lambda row: f"{row[1]:%Y-%m}"):
        path = folder / f"{month}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number, day in numbered:
                document = invent_article(vocabulary, f"{seed}:{number}", number, day)
                file.write(json.dumps(asdict(document), ensure_ascii=False) + "\n")
        paths.append(path)
    return paths


def _dates(count: int) -> Iterator[date]:
    issues = -(-count // PER_ISSUE)
    days = min(7.0, YEARS * 365 / issues)
    for number in range(count):
        yield NEWEST - timedelta(days=int(days * (issues - 1 - number // PER_ISSUE)))


def invent_name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))


def invent_article(vocabulary: Vocabulary, seed: str, number: int, day: date) -> SearchDocument:
    """Return one article. Some of its words come again and again, as an article has a subject."""
    chance = random.Random(seed)
    drawn = list(_draw_words(vocabulary, chance))
    subject = chance.choices(drawn, k=12)
    people = [invent_name(chance) for _ in range(3)]
    pieces, words, length = [], [], 0
    for common in drawn:
        word = _next_word(chance, common, subject, people)
        words.append(word)
        pieces.append(word + _sign(chance))
        length += len(pieces[-1])
        if length > CHARACTERS:
            break
    title = [subject[0], subject[1], people[0], drawn[-1], subject[2]]
    body = "".join(pieces)
    return SearchDocument(
        url=f"/issues/{day:%Y-%m-%d}/{number}/",
        title="".join(title),
        byline=(chance.choice(vocabulary.authors),),
        date=f"{day:%Y-%m-%d}",
        issue_id=f"{day:%Y-%m-%d}",
        issue_label=f"第{number // PER_ISSUE + 1}期",
        topics=tuple((name, name) for name in sorted(set(chance.choices(vocabulary.topics, k=3)))),
        body=body,
        words=tuple(dict.fromkeys((*title, *words))),
    )


def _draw_words(vocabulary: Vocabulary, chance: random.Random) -> Iterator[str]:
    """Yield words: mostly phrases others use too, as news is written, the rest in no order."""
    for phrase in chance.choices(vocabulary.phrases, cum_weights=vocabulary.phrase_bounds, k=80):
        yield from phrase
        yield from chance.choices(vocabulary.words, cum_weights=vocabulary.bounds, k=chance.randint(0, 2))


def _next_word(chance: random.Random, common: str, subject: Sequence[str], people: Sequence[str]) -> str:
    kind = chance.random()
    if kind < 0.12:
        return chance.choice(subject)
    if kind < 0.14:
        return chance.choice(people)
    if kind < 0.17:
        return chance.choice(NUMBERED).format(chance.randint(1, 999))
    return chance.choice(FOREIGN) if kind < 0.175 else common


def _sign(chance: random.Random) -> str:
    if chance.random() > 0.14:
        return ""
    sign = chance.choice(SIGNS)
    return sign + "\n" * (sign == "。" and chance.random() < 0.3)


def load_documents(path: Path) -> Iterator[SearchDocument]:
    for line in path.read_text("utf-8").split("\n")[:-1]:
        values = json.loads(line)
        values["topics"] = tuple((slug, name) for slug, name in values["topics"])
        values["byline"], values["words"] = tuple(values["byline"]), tuple(values["words"])
        yield SearchDocument(**values)


def segment_of(path: Path) -> SearchSegment:
    """Return the month's articles as the search is given them."""
    content = path.read_bytes()
    key = blake2b(content, digest_size=16).hexdigest()
    return SearchSegment(path.stem, key, content.count(b"\n"), partial(load_documents, path))
