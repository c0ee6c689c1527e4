"""Pagefind instead of the built-in index: an optional package, run over a page for each document.

It finds words, not pieces of words; docs/search.md compares the two.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from generator.diagnostics import BulletinError, error
from generator.search.directory import directory_parts, encode_suggestions
from generator.search.documents import Memo, SearchDocument, SearchSegment, SearchSettings, Spread
from generator.search.files import ROOT, Part, PlannedParts, key_of
from generator.search.offline import offline_parts

NAMESPACE = "search-pagefind"
_FORMAT = "2"


def plan_pagefind(
    segments: Sequence[SearchSegment],
    settings: SearchSettings,
    memo: Memo,
    spread: Spread,  # noqa: ARG001
) -> PlannedParts:
    """Plan Pagefind's files. It has no incremental build: any changed article makes them all again.

    Two runs over the same pages differ in bytes and file names, so the memo keeps the files themselves.
    """
    memo_key = _key(segments, settings)
    contents = _known_files(memo.get(NAMESPACE, memo_key))
    if contents is None:
        contents = run_pagefind(segments, settings.language)
        memo.put(NAMESPACE, memo_key, _archive(contents))
    files = contents
    keys = {path: key_of(content) for path, content in files.items()}
    suggestions = directory_parts((), {"suggestions": encode_suggestions(settings)})
    return PlannedParts((Part(keys, lambda: files), *suggestions, *offline_parts(settings.offline)))


def run_pagefind(segments: Sequence[SearchSegment], language: str) -> Mapping[str, bytes]:
    """Let Pagefind index the documents in a temporary folder; return its files by path."""
    with TemporaryDirectory(prefix="bulletin-") as folder:
        pages, output = Path(folder, "pages"), Path(folder, "output")
        for segment in segments:
            for document in segment.load_documents():
                page = pages.joinpath(*document.url.strip("/").split("/"), "index.html")
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(render_page(document, language), "utf-8")
        pages.mkdir(exist_ok=True)
        asyncio.run(_index(pages, output, language))
        return {
            f"{ROOT}/pagefind/{path.relative_to(output).as_posix()}": path.read_bytes()
            for path in sorted(output.rglob("*"))
            if path.is_file()
        }


def render_page(document: SearchDocument, language: str) -> str:
    """Return the document as a page with Pagefind's marks for fields, filters and order."""
    marks = [("date", document.date), ("issue", document.issue_label), ("kicker", document.kicker)]
    marks += [("byline", " ".join(document.byline))]
    filters = [("topic", name) for _, name in document.topics]
    filters += [("by", name) for name in document.byline]
    filters += [("issue", document.issue_label), ("year", document.date[:4])]
    spans = [f'<span data-pagefind-meta="{name}">{escape(value)}</span>' for name, value in marks if value]
    spans += [
        f'<span data-pagefind-filter="{name}">{escape(value)}</span>' for name, value in filters if value
    ]
    spans += [f'<span data-pagefind-sort="date">{escape(document.date)}</span>'] if document.date else []
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in document.body.splitlines())
    return (
        f'<!doctype html><html lang="{escape(language)}"><body data-pagefind-body>'
        f"<div data-pagefind-ignore>{''.join(spans)}</div><h1>{escape(document.title)}</h1>"
        f"<p>{escape(document.subtitle)}</p>{paragraphs}</body></html>"
    )


async def _index(pages: Path, output: Path, language: str) -> None:
    try:
        from pagefind.service import PagefindService
    except ImportError:
        message = 'search = "pagefind" needs a package that is not installed'
        hint = 'pip install "pagefind[extended]", or write search = "builtin" in site.toml'
        raise BulletinError(error("search-pagefind", message, hint=hint)) from None
    try:
        async with PagefindService() as service:
            index = await service.create_index({"force_language": language.partition("-")[0]})
            await index.add_directory(str(pages))
            await index.write_files(str(output))
    except (OSError, RuntimeError, AssertionError) as failure:
        message = f"Pagefind did not finish: {failure}"
        raise BulletinError(error("search-pagefind", message, hint='try search = "builtin"')) from None


def _key(segments: Sequence[SearchSegment], settings: SearchSettings) -> str:
    identity = [_FORMAT, settings.language, *((segment.name, segment.key) for segment in segments)]
    return blake2b(json.dumps(identity).encode(), digest_size=20).hexdigest()


def _archive(contents: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path, content in contents.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def _known_files(record: bytes | None) -> Mapping[str, bytes] | None:
    if record is None:
        return None
    try:
        with ZipFile(BytesIO(record)) as archive:
            return {path: archive.read(path) for path in archive.namelist()}
    except (BadZipFile, ValueError):
        return None
