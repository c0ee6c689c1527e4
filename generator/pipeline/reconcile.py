"""What converting again does to an issue's folder: pure decisions, no disk.

An article that nobody edited since conversion wrote it follows the raw issue; an edited one stays as it is
and gets a proposal to compare; one that an editor deleted stays deleted. File names and slugs stay.
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from itertools import islice

import msgspec
from msgspec.structs import replace

from generator.content import digest_of
from generator.language import slug as slug_of
from generator.language import unique_slug
from generator.model import Article, ArticleHead, ConvertedFile, ConvertedIssue, Issue, IssueDate
from generator.pipeline.convert_report import ArticleOutcome

_LEAST_LIKENESS = 0.6


class FolderPlan(msgspec.Struct, frozen=True):
    """What to write (by file name), what to remove, what to propose, and the new issue.md."""

    writes: Mapping[str, bytes]
    proposals: Mapping[str, bytes]
    removals: tuple[str, ...]
    outcomes: tuple[ArticleOutcome, ...]
    issue: Issue


def plan_folder(
    converted: ConvertedIssue,
    previous: Issue | None,
    on_disk: Mapping[str, bytes],
    format_article: Callable[[Article], bytes],
    *,
    is_forced: bool,
) -> FolderPlan:
    """Decide what the folder of an issue will hold. `on_disk` are its article files by name."""
    earlier = previous.converted if previous else ()
    pairs = _match(converted.articles, earlier)
    taken_slugs = {file.slug for file in earlier}
    taken_names = set(on_disk) | {file.name for file in earlier}
    writes: dict[str, bytes] = {}
    proposals: dict[str, bytes] = {}
    outcomes: list[ArticleOutcome] = []
    files: list[ConvertedFile] = []
    for number, article in enumerate(converted.articles, start=1):
        known = pairs.get(number - 1)
        if known is None:
            slug = unique_slug(slug_of(article.head.title), taken_slugs)
            name = _free_name(number, slug, taken_names)
            taken_slugs.add(slug)
            taken_names.add(name)
        else:
            slug, name = known.slug, known.name
        head = replace(_as_written(article.head), issue=converted.id, order=number, slug=slug)
        content = format_article(replace(article, head=head))
        outcome = _outcome(name, head.title, content, known, on_disk.get(name), is_forced=is_forced)
        outcomes.append(outcome)
        recorded = digest_of(content)
        if outcome.action == "written":
            writes[name] = content
        elif outcome.action in ("kept", "deleted") and known is not None:
            recorded = known.digest
            if outcome.difference:
                proposals[name] = content
        files.append(ConvertedFile(name, slug, recorded, source_key(article)))
    gone, gone_outcomes = _vanished(earlier, pairs, on_disk)
    issue = _merge_issue(converted, previous, tuple(files), is_forced=is_forced)
    return FolderPlan(writes, proposals, gone, (*outcomes, *gone_outcomes), issue)


def _as_written(head: ArticleHead) -> ArticleHead:
    """An unsigned article goes without `source`: other programs would take that for its byline. Where every
    article comes from is in the record of the conversion.
    """
    return head if head.byline else replace(head, source=())


def source_key(article: Article) -> str:
    """What an article is recognised by when its raw issue changes: digests of headline and opening."""
    opening = "".join(islice(filter(str.isalnum, article.body_markdown), 40))
    return f"{_short(article.head.title)}-{_short(opening)}"


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()


def _match(articles: Sequence[Article], earlier: Sequence[ConvertedFile]) -> dict[int, ConvertedFile]:
    """Pair articles (by position) with files written earlier: same key, half of it, or a like slug."""
    pairs: dict[int, ConvertedFile] = {}
    left = list(earlier)

    def pair(is_same: Callable[[Article, ConvertedFile], bool]) -> None:
        for number, article in enumerate(articles):
            if number not in pairs:
                match = next((file for file in left if is_same(article, file)), None)
                if match is not None:
                    pairs[number] = match
                    left.remove(match)

    pair(lambda article, file: file.source_key == source_key(article))
    pair(lambda article, file: file.source_key.split("-")[-1] == source_key(article).split("-")[-1])
    pair(lambda article, file: file.source_key.split("-")[0] == source_key(article).split("-")[0])
    pair(lambda article, file: _likeness(slug_of(article.head.title), file.slug) >= _LEAST_LIKENESS)
    return pairs


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _free_name(number: int, slug: str, taken: set[str]) -> str:
    name = f"{number:02d}-{slug}.md"
    copy = 2
    while name in taken:
        name, copy = f"{number:02d}-{slug}-{copy}.md", copy + 1
    return name


def _outcome(
    name: str,
    title: str,
    content: bytes,
    known: ConvertedFile | None,
    current: bytes | None,
    *,
    is_forced: bool,
) -> ArticleOutcome:
    if current == content:
        return ArticleOutcome(name, title, "unchanged")
    if is_forced or known is None or (current is not None and digest_of(current) == known.digest):
        return ArticleOutcome(name, title, "written")
    if current is None:
        return ArticleOutcome(name, title, "deleted")
    return ArticleOutcome(name, title, "kept", difference(current, content, name))


def difference(current: bytes, content: bytes, name: str) -> str:
    """Return a unified diff from an editor's file to what conversion would write."""
    lines = difflib.unified_diff(
        current.decode("utf-8", "replace").splitlines(),
        content.decode("utf-8", "replace").splitlines(),
        f"{name} (yours)",
        f"{name} (converted)",
        lineterm="",
        n=1,
    )
    return "\n".join(lines)


def _vanished(
    earlier: Sequence[ConvertedFile], pairs: Mapping[int, ConvertedFile], on_disk: Mapping[str, bytes]
) -> tuple[tuple[str, ...], tuple[ArticleOutcome, ...]]:
    """Files of articles that the raw issue no longer has: unedited ones go, edited ones stay."""
    matched = {file.name for file in pairs.values()}
    removals: list[str] = []
    outcomes: list[ArticleOutcome] = []
    for file in earlier:
        current = on_disk.get(file.name)
        if file.name in matched or current is None:
            continue
        if digest_of(current) == file.digest:
            removals.append(file.name)
            outcomes.append(ArticleOutcome(file.name, file.slug, "removed"))
        else:
            outcomes.append(ArticleOutcome(file.name, file.slug, "kept"))
    return tuple(removals), tuple(outcomes)


def _merge_issue(
    converted: ConvertedIssue,
    previous: Issue | None,
    files: tuple[ConvertedFile, ...],
    *,
    is_forced: bool,
) -> Issue:
    """After the first conversion issue.md is the editor's: only what is empty there is filled."""
    slugs = tuple(file.slug for file in files)
    raw_digests = {file.path: file.digest for file in converted.record.files}
    fresh = Issue(
        id=converted.id,
        date=converted.date,
        title=converted.title,
        number=converted.number,
        total_number=converted.total_number,
        articles=slugs,
        raw_digests=raw_digests,
        converted=files,
    )
    if previous is None:
        return fresh
    if is_forced:
        return replace(fresh, note_markdown=previous.note_markdown, extra=previous.extra)
    return replace(
        previous,
        date=_merge_date(converted.date, previous.date),
        title=previous.title or converted.title,
        number=previous.number or converted.number,
        total_number=previous.total_number or converted.total_number,
        articles=_merge_order(slugs, previous),
        raw_digests=raw_digests,
        converted=files,
    )


def _merge_date(fresh: IssueDate, kept: IssueDate) -> IssueDate:
    return fresh if kept.date is None or fresh.basis == "option" else kept


def _merge_order(slugs: tuple[str, ...], previous: Issue) -> tuple[str, ...]:
    """The raw issue's order, unless an editor has chosen another; new articles then come last."""
    if previous.articles == tuple(file.slug for file in previous.converted):
        return slugs
    return previous.articles + tuple(slug for slug in slugs if slug not in previous.articles)
