"""Reading content: files → entries for the catalogue, each file once.

What a file says depends on its bytes alone, so it is kept in the store under their digest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from generator.catalog import (
    ArticleEntry,
    GatheredTerms,
    IssueEntry,
    PageEntry,
    PlacedArticle,
    PlacedVolume,
    Terms,
    place_article,
)
from generator.content import ContentFile, ContentListing, digest_of_texts
from generator.diagnostics import BulletinError, Diagnostic
from generator.pipeline.kept import (
    KeptIssue,
    KeptVolume,
    PageReading,
    text_space,
    volume_space,
)
from generator.pipeline.known_articles import SeenArticles
from generator.pipeline.known_files import KnownFiles
from generator.pipeline.workers import begin, map_on_cores
from generator.store import Store, keep_table, recall_table

if TYPE_CHECKING:
    from generator.pipeline.file_reading import ReadFile

    Read = Callable[[Sequence[str]], Sequence[ReadFile | BulletinError]]

ISSUES = "issues"

TOGETHER = 16
"""Files that are read at a time."""

MANY = 32
"""Files from which on they are read in several processes."""

_decode_terms = msgspec.msgpack.Decoder(tuple[tuple[str, float], ...]).decode


class Readings(msgspec.Struct, frozen=True):
    """Everything content/ says. Files that could not be read are problems, not entries; `unread` are the
    paths of the articles and pages among them. `former` are addresses in the last build, by path, of articles
    in volumes that have changed.
    """

    volumes: Sequence[PlacedVolume]
    issues: tuple[IssueEntry, ...]
    pages: tuple[PageEntry, ...]
    unread: frozenset[str]
    former: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


class _ReadIssues(msgspec.Struct, frozen=True):
    files: Sequence[ContentFile]
    entries: list[IssueEntry]
    problems: list[Diagnostic]


class Reader(msgspec.Struct, frozen=True):
    """Reads the files of one site. `allow_html` is site.toml's; `with_words`: the search will ask for the
    words of new articles (those of a few it cuts itself); `started_ns` is when the build began.
    """

    root: Path
    store: Store
    known: KnownFiles
    allow_html: bool
    with_words: bool
    started_ns: int
    jobs: int
    _terms: list[GatheredTerms] = msgspec.field(default_factory=lambda: [GatheredTerms()])
    _issues: list[_ReadIssues] = msgspec.field(default_factory=list)
    _seen: list[tuple[ContentListing, SeenArticles]] = msgspec.field(default_factory=list)

    def see_articles(self, listing: ContentListing) -> SeenArticles:
        """Compare the articles with what is known of them; those of one listing once."""
        if not self._seen or self._seen[-1][0] is not listing:
            seen = SeenArticles(self.store, listing.articles, self.known.is_settled)
            self._seen.append((listing, seen))
        return self._seen[-1][1]

    def read_issues(self, listing: ContentListing) -> tuple[list[IssueEntry], list[Diagnostic]]:
        """Issues lie in a table: every build needs them all. Those of one listing are read once."""
        if not self._issues or self._issues[-1].files is not listing.issues:
            self._issues.append(self._read_issues(listing))
        return self._issues[-1].entries, self._issues[-1].problems

    def _read_issues(self, listing: ContentListing) -> _ReadIssues:
        digests, unread = self.known.split("issues", listing.issues)
        kept = recall_table(self.store, ISSUES, KeptIssue)
        lost = [
            file
            for file in listing.issues
            if file.path in digests
            and (file.path not in kept or kept[file.path].digest != digests[file.path])
        ]
        fresh, problems = self._read_files([*unread, *lost], digests, self._issue_reader)
        read = {file.digest: file.issue for file in fresh if file.issue}
        issues = {}
        for file in listing.issues:
            digest = digests.get(file.path, "")
            if digest in read:
                # Equal files may stand in several folders, and an issue is called after its folder.
                issue = replace(read[digest], id=file.path.split("/")[-2])
                issues[file.path] = KeptIssue(digest, issue)
            elif digest:
                issues[file.path] = kept[file.path]
        keep_table(self.store, ISSUES, kept, issues)
        entries = [
            IssueEntry(path, known.digest, folder_of(path), known.issue) for path, known in issues.items()
        ]
        return _ReadIssues(listing.issues, entries, problems)

    def read_all(
        self,
        listing: ContentListing,
        slug_of: Callable[[str], str],
        *,
        with_drafts: bool,
        with_terms: bool,
        advance: Any,
    ) -> Readings:
        """Read all of the content; `with_terms`: somebody will ask for the terms of new articles."""
        issues, problems = self.read_issues(listing)
        volumes, former, article_problems = self.read_articles(listing, issues, slug_of, with_terms, advance)
        pages, page_problems = self.read_pages(listing)
        return Readings(
            volumes if with_drafts else [volume.without_drafts() for volume in volumes],
            tuple(issues),
            tuple(entry for entry, is_draft in pages if with_drafts or not is_draft),
            self._unread(listing, pages),
            former,
            (*problems, *article_problems, *page_problems),
        )

    def read_articles(
        self,
        listing: ContentListing,
        issues: Iterable[IssueEntry],
        slug_of: Callable[[str], str],
        with_terms: bool,
        advance: Any,
    ) -> tuple[list[PlacedVolume], dict[str, str], list[Diagnostic]]:
        """Return the articles by volume, and the former addresses of those in volumes that have changed.

        Articles are kept by volume: one with the same folders and files as in the last build, the same bytes
        in them, and the same dates of their issues is taken over whole.
        """
        seen = self.see_articles(listing)
        space = volume_space(self.allow_html, with_terms)
        kept = recall_table(self.store, space, KeptVolume)
        dates = {entry.folder: entry.issue.date.date for entry in issues}
        digests, unread = seen.digests, seen.unread

        def mark(first: str) -> str:
            return digest_of_texts(
                [seen.mark(first), *[str(dates.get(each)) for each in seen.volumes[first]]]
            )

        is_unread = {folder_of(file.path) for file in unread}
        changed = {
            first: seen.open(first)
            for first, volume in seen.volumes.items()
            if first not in kept
            or kept[first].mark != mark(first)
            or not is_unread.isdisjoint(volume)  # that of a file may have had no digest before, either
        }
        folders = [folder for first in changed.keys() & kept.keys() for folder in kept[first].placed.unpacked]
        before = list(chain.from_iterable(folders))
        outlines = {article.digest: article.outline for article in before}
        lost = [
            file
            for volume in changed.values()
            for file in chain.from_iterable(volume.values())
            if file.path in digests and digests[file.path] not in outlines
        ]
        reader = partial(self._article_reader, with_terms)
        meanwhile = partial(_load_what_follows, is_first=not kept, with_terms=with_terms)
        fresh, problems = self._read_files(unread + lost, digests, reader, advance, meanwhile)
        outlines |= {file.digest: file.outline for file in fresh if file.outline}

        def place(folder: str, file: ContentFile) -> PlacedArticle:
            digest = digests[file.path]
            entry = ArticleEntry(file.path, digest, folder, outlines[digest])
            return place_article(entry, dates.get(folder), slug_of)

        placed = {
            first: PlacedVolume.of(
                [
                    [place(folder, file) for file in files if file.path in digests]
                    for folder, files in changed[first].items()
                ]
            )
            if first in changed
            else kept[first].placed
            for first in seen.volumes
        }
        now = {
            first: KeptVolume.of(mark(first), placed[first]) if first in changed else kept[first]
            for first in seen.volumes
        }
        keep_table(self.store, space, kept, now)
        seen.keep()
        return list(placed.values()), {article.path: article.url for article in before}, problems

    def _unread(self, listing: ContentListing, pages: Sequence[tuple[PageEntry, bool]]) -> frozenset[str]:
        """The files of articles and pages that could not be read."""
        read = {entry.path for entry, _ in pages}
        unread = [*self.see_articles(listing).unread, *listing.pages]
        return frozenset(file.path for file in unread if file.path not in read)

    def take_terms(self) -> GatheredTerms:
        """Return the terms of the articles read since this was last called."""
        taken, self._terms[0] = self._terms[0], GatheredTerms()
        return taken

    def read_terms(self, wanted: Mapping[str, str]) -> dict[str, Terms]:
        """Read articles for the sake of their terms; `wanted` are digests of terms by the path of their
        article. Raises BulletinError for one that cannot be read."""
        from generator.pipeline.file_reading import Wanted, read_articles

        read = partial(read_articles, self.root, self.allow_html, Wanted(words=False, terms=True))
        found: dict[str, Terms] = {}
        for path, file in zip(wanted, self._read_together(list(wanted), read), strict=True):
            if isinstance(file, BulletinError):
                raise file
            found[wanted[path]] = _decode_terms(file.terms)
        return found

    def read_pages(self, listing: ContentListing) -> tuple[list[tuple[PageEntry, bool]], list[Diagnostic]]:
        digests, unread = self.known.split("pages", listing.pages)
        space = text_space("page", self.allow_html)
        recalled = self.store.recall(space, digests.values(), PageReading)
        lost = [file for file in listing.pages if file.path in digests and digests[file.path] not in recalled]
        fresh, problems = self._read_files(unread + lost, digests, self._page_reader)
        # New values take the same way as kept ones, so that both are equal in every detail.
        recalled |= self.store.recall(space, [file.digest for file in fresh], PageReading)
        found = [
            (file.path, digests[file.path], recalled[digests[file.path]])
            for file in listing.pages
            if digests.get(file.path) in recalled
        ]
        return [
            (
                PageEntry(
                    path,
                    digest,
                    reading.title,
                    reading.slug,
                    reading.summary,
                    reading.order,
                    reading.aliases,
                    reading.extra,
                    reading.facts,
                ),
                reading.is_draft,
            )
            for path, digest, reading in found
        ], problems

    def _read_files(
        self,
        files: Sequence[ContentFile],
        digests: dict[str, str],
        reader: Callable[[int], "Read"],
        advance: Any = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> tuple[list["ReadFile"], list[Diagnostic]]:
        """Read files and keep what they say; their digests are noted in `digests`, by path. When other
        processes have begun to read many, `meanwhile` is called."""
        if not files:
            return [], []
        found: list[ReadFile] = []
        problems: list[Diagnostic] = []
        results = self._read_together([file.path for file in files], reader(len(files)))
        for number, (file, result) in enumerate(zip(files, results, strict=True), start=1):
            if isinstance(result, BulletinError):
                problems += result.diagnostics
                digests.pop(file.path, None)
                continue
            digests[file.path] = result.digest
            self.known.note(file, result.digest, self.started_ns)
            self._keep(result)
            found.append(replace(result, kept=(), terms=b""))
            if advance and number % 64 == 0:
                advance("reading", number, len(files))
            if meanwhile and number == 1 and len(files) >= MANY:
                meanwhile()
        return found, problems

    def _read_together(self, paths: Sequence[str], read: "Read") -> "Iterator[ReadFile | BulletinError]":
        batches = [paths[start : start + TOGETHER] for start in range(0, len(paths), TOGETHER)]
        return chain.from_iterable(map_on_cores(read, batches, self.jobs, 1, 2))

    def _keep(self, file: "ReadFile") -> None:
        for namespace, key, value in file.kept:
            self.store.put(namespace, key, value)
        if file.outline and file.terms:
            self._terms[0].add(_decode_terms(file.terms), file.outline.terms_digest)

    # What reads files takes long to load, and most builds read none or few.

    def _issue_reader(self, _count: int) -> "Read":
        from generator.pipeline.file_reading import read_issue

        return partial(_each, partial(read_issue, self.root))

    def _article_reader(self, with_terms: bool, count: int) -> "Read":
        from generator.pipeline.file_reading import Wanted, load_word_tables, read_articles

        with_words = self.with_words and count >= MANY
        if with_words:
            # Once, before workers are forked. In a first build they have to be made, which leaves a process
            # with 90 MB of memory in pieces; made in another one, they are ready to be loaded here.
            from generator.language import prepare_for_many_texts  # loads numpy

            begin(self.jobs, load_word_tables)()
            prepare_for_many_texts()
        return partial(read_articles, self.root, self.allow_html, Wanted(words=with_words, terms=with_terms))

    def _page_reader(self, _count: int) -> "Read":
        from generator.pipeline.file_reading import read_page

        return partial(_each, partial(read_page, self.root, self.allow_html))


def _load_what_follows(*, is_first: bool, with_terms: bool) -> None:
    """Load what a build with many new articles needs next, and in a first one the tables of pinyin. It takes
    0.16 s, which would be waited for once all is read.
    """
    from generator.language import prepare_for_slugs

    if with_terms:
        import generator.catalog.related  # noqa: F401
    if is_first:
        prepare_for_slugs()


def folder_of(path: str) -> str:
    """The folder below content/articles a file lies in, "" for none."""
    parts = path.split("/", 3)
    return parts[2] if len(parts) > 3 else ""


def _each(read: Callable[[str], "ReadFile"], paths: Sequence[str]) -> "list[ReadFile | BulletinError]":
    return [_attempt(read, path) for path in paths]


def _attempt(read: Callable[[str], "ReadFile"], path: str) -> "ReadFile | BulletinError":
    try:
        return read(path)
    except BulletinError as failure:
        return failure
