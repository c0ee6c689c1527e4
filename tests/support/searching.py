"""Search in tests: small documents, a memo, plain substring search, and a second reader of the index."""

import json
import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from generator.search import SearchDocument, SearchPlan, SearchSegment, SearchSettings, plan_search
from generator.search.folding import fold_character, index_text


class MemoInMemory:
    """A memo that also counts what it was asked for in vain."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], bytes] = {}
        self.misses = 0

    def get(self, namespace: str, key: str) -> bytes | None:
        self.misses += (namespace, key) not in self.values
        return self.values.get((namespace, key))

    def put(self, namespace: str, key: str, value: bytes) -> None:
        self.values[namespace, key] = value


def search_document(number: int = 1, **values: Any) -> SearchDocument:
    values.setdefault("title", f"第{number}篇")
    values.setdefault("url", f"/issues/2024-07-22/{number}/")
    return SearchDocument(**values)


def segment(name: str, documents: Sequence[SearchDocument]) -> SearchSegment:
    key = blake2b(repr(documents).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return SearchSegment(name, key, len(documents), lambda: iter(documents))


def built(segments: Sequence[SearchSegment], **settings: Any) -> dict[str, bytes]:
    """The files of the built-in search by path, decompressed."""
    return contents(plan_search("builtin", segments, SearchSettings(**settings), MemoInMemory()))


def contents(plan: SearchPlan) -> dict[str, bytes]:
    files = plan.render([planned.path for planned in plan.files])
    return {file.path: zlib.decompress(file.content) for file in files if file.path.endswith(".bin")}


def folded(text: str) -> str:
    return "".join(map(fold_character, text))


def holds(document: SearchDocument, phrase: str) -> bool:
    """Plain search: whether a field of the document contains the phrase, width and case aside."""
    fields = (document.title, document.kicker, document.subtitle, *document.byline, document.body)
    return any(folded(phrase) in folded(field) for field in fields)


def read_numbers(content: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in content:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


def read_terms(text: str) -> Iterator[str]:
    """Terms as a shard spells them: a line for each first character; tab, SOH and STX as signs."""
    for line in filter(None, text.split("\n")):
        first, second, sign = line[0], "", ""
        for character in line[1:]:
            if character in "\x01\x02":
                sign = character
            elif sign == "\x01":
                yield first + second + character
                sign = ""
            else:
                second = character
                if not sign:
                    yield first if second == "\t" else first + second
                sign = ""


class IndexReader:
    """Reads index files as docs/search.md describes them, written apart from the code that makes them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.directory = json.loads(files["search/index.bin"])

    def terms(self) -> dict[str, dict[int, int]]:
        """Every term of every volume: payloads by document number (over all volumes, oldest 0)."""
        found: dict[str, dict[int, int]] = {}
        offset = 0
        for volume in self.directory["volumes"]:
            for first in read_terms(volume["terms"]):
                name = "-".join(f"{ord(character):x}" for character in first)
                self._read_shard(self.files[f"search/{volume['name']}/{name}.bin"], offset, found)
            offset += volume["count"]
        return found

    def documents(self) -> list[list[Any]]:
        """Rows of all documents, oldest first."""
        rows: list[list[Any]] = []
        for volume in self.directory["volumes"]:
            for name, count, _ in volume["segments"]:
                for block in range(-(-count // 3)):
                    content = self.files[f"search/documents/{name}/{block}.bin"]
                    rows += json.loads(content.decode("utf-16-le"))
        return rows

    def candidates(self, phrase: str) -> set[int]:
        """Numbers of documents that hold every term of the phrase."""
        terms = self.terms()
        everything = set(range(sum(volume["count"] for volume in self.directory["volumes"])))
        for run in index_text(phrase).split():
            if len(run) == 1:
                wanted = [term for term in terms if term[0] == run] if run not in terms else [run]
                everything &= {number for term in wanted for number in terms[term]}
            for term in map("".join, pairwise(run)):
                everything &= terms.get(term, {}).keys()
            for start in range(len(run) - 2):
                triple = run[start : start + 3]
                if any(character in "0123456789abcdefghijklmnopqrstuvwxyz" for character in triple):
                    everything &= terms.get(triple, {}).keys()
        return everything

    def search(self, phrase: str) -> set[int]:
        """Numbers of documents that hold the phrase: candidates whose own stored text does."""
        rows = self.documents()
        found = set()
        for number in self.candidates(phrase):
            _, title, kicker, subtitle, byline, _, _, body = rows[number]
            if any(folded(phrase) in folded(field) for field in (title, kicker, subtitle, *byline, body)):
                found.add(number)
        return found

    def _read_shard(self, content: bytes, offset: int, found: dict[str, dict[int, int]]) -> None:
        length = next(read_numbers(content))
        start = next(place for place, byte in enumerate(content) if byte < 0x80) + 1
        terms = list(read_terms(content[start : start + length].decode("utf-16-le")))
        numbers = read_numbers(content[start + length :])
        counts = [next(numbers) for _ in terms]
        payload = len(content) - sum(counts)
        for term, count in zip(terms, counts, strict=True):
            postings = found.setdefault(term, {})
            document = offset
            for _ in range(count):
                document += next(numbers)
                postings[document] = content[payload]
                payload += 1
