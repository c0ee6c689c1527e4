"""An editor's corrections of the structure: content/raw/<name>.fix.toml, applied at every conversion."""

import re
import tomllib
from collections.abc import Iterator, Mapping

import msgspec
from msgspec.structs import fields

from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error, nearest_name_hint

BLOCK_ROLES = (
    "headline",
    "kicker",
    "subtitle",
    "column",
    "byline",
    "paragraph",
    "continuation",
    "subhead",
    "furniture",
    "drop",
    "keep",
)
_SEAMLESS = ("keep", "continuation")
_LINES = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")


class BlockFix(msgspec.Struct, frozen=True):
    """What the blocks on these lines are; `file` is a file name of a folder issue, "" of a single file."""

    first: int
    last: int
    role: str
    file: str = ""


class MoveFix(msgspec.Struct, frozen=True):
    """The blocks on these lines belong behind the block on line `after` of the same file."""

    first: int
    last: int
    after: int
    file: str = ""


class ArticleFix(msgspec.Struct, frozen=True):
    """What the head of the article that holds line `line` is to say; None leaves what was found."""

    line: int
    file: str = ""
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    byline: tuple[str, ...] | None = None
    page: str | None = None
    column: str | None = None


class Fix(msgspec.Struct, frozen=True):
    """All corrections of one issue, in the order of the file."""

    blocks: tuple[BlockFix, ...] = ()
    moves: tuple[MoveFix, ...] = ()
    articles: tuple[ArticleFix, ...] = ()

    def role_at(self, file: str, line: int) -> str:
        """Return the role given to a line of a raw file, "" when there is none; the last entry counts."""
        found = ""
        for entry in self.blocks:
            if entry.first <= line <= entry.last and is_file(entry.file, file):
                found = entry.role
        return found

    def begins_at(self, file: str, line: int) -> bool:
        """Say whether a correction begins with this line, so that a block must."""
        firsts = [(block.first, block.file) for block in self.blocks if block.role not in _SEAMLESS]
        firsts += [(move.first, move.file) for move in self.moves]
        return any(line == first and is_file(name, file) for first, name in firsts)


def is_file(name: str, path: str) -> bool:
    """Say whether `name` (of a fix; "" stands for any) means the raw file at `path`."""
    return name in ("", path) or path.endswith(f"/{name}")


def parse_fix(text: str, path: str) -> Fix:
    """Return the corrections in `text`; BulletinError gathers every mistake in it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        found = re.search(r"line (\d+)", str(mistake))
        span = SourceSpan(path, int(found[1]) if found else 0)
        raise BulletinError(
            error("fix-syntax", f"this is no TOML: {mistake}", span, "see docs/conversion.md")
        ) from mistake
    parser = _Parser(path, text)
    fix = parser.read(tables)
    if parser.problems:
        raise BulletinError(parser.problems)
    return fix


class _Parser:
    """Gathers the problems of one file while its tables are read."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.heads = [
            (name[1], number)
            for number, line in enumerate(text.splitlines(), start=1)
            if (name := re.match(r"\s*\[\[\s*(\w+)\s*\]\]", line))
        ]
        self.problems: list[Diagnostic] = []

    def read(self, tables: Mapping[str, object]) -> Fix:
        known = ("block", "move", "article")
        for name in tables:
            if name not in known:
                self._report(0, "fix-key", f'unknown table "{name}"', nearest_name_hint(name, known))
        blocks = [self._block(line, table) for line, table in self._entries(tables, "block")]
        moves = [self._move(line, table) for line, table in self._entries(tables, "move")]
        articles = [self._article(line, table) for line, table in self._entries(tables, "article")]
        return Fix(
            tuple(block for block in blocks if block),
            tuple(move for move in moves if move),
            tuple(article for article in articles if article),
        )

    def _entries(self, tables: Mapping[str, object], name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
        value = tables.get(name, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self._report(0, "fix-table", f"{name} is no list of tables", f"write [[{name}]]")
            return
        lines = [line for head, line in self.heads if head == name]
        for index, entry in enumerate(value):
            yield (lines[index] if index < len(lines) else 0), entry

    def _block(self, line: int, table: Mapping[str, object]) -> BlockFix | None:
        self._check_keys(line, table, ("lines", "role", "file"))
        span = self._lines(line, table)
        role = self._text(line, table, "role")
        if role is None or role not in BLOCK_ROLES:
            self._report(
                line, "fix-role", f'unknown role "{role or ""}"', nearest_name_hint(role or "", BLOCK_ROLES)
            )
            return None
        return BlockFix(*span, role, self._text(line, table, "file") or "") if span else None

    def _move(self, line: int, table: Mapping[str, object]) -> MoveFix | None:
        self._check_keys(line, table, ("lines", "after", "file"))
        span = self._lines(line, table)
        after = self._number(line, table, "after")
        if not span or after is None:
            return None
        if span[0] <= after <= span[1]:
            self._report(
                line,
                "fix-move",
                f"lines {span[0]}-{span[1]} cannot go after line {after}, which is one of them",
            )
            return None
        return MoveFix(*span, after, self._text(line, table, "file") or "")

    def _article(self, line: int, table: Mapping[str, object]) -> ArticleFix | None:
        names = tuple(field.name for field in fields(ArticleFix))
        self._check_keys(line, table, names)
        number = self._number(line, table, "line")
        texts = {
            name: self._text(line, table, name) for name in ("title", "kicker", "subtitle", "page", "column")
        }
        byline = table.get("byline")
        if isinstance(byline, str):
            byline = [byline] if byline else []
        if byline is not None and not (
            isinstance(byline, list) and all(isinstance(name, str) for name in byline)
        ):
            self._report(line, "fix-value", "byline is no name and no list of names", 'write byline = ["…"]')
            byline = None
        if texts["title"] == "":
            self._report(
                line, "fix-value", "the title is empty", "leave the key out to keep the headline found"
            )
        if number is None:
            return None
        names_of = None if byline is None else tuple(byline)
        return ArticleFix(number, self._text(line, table, "file") or "", byline=names_of, **texts)

    def _check_keys(self, line: int, table: Mapping[str, object], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                self._report(line, "fix-key", f'unknown key "{key}"', nearest_name_hint(key, known))

    def _lines(self, line: int, table: Mapping[str, object]) -> tuple[int, int] | None:
        value = table.get("lines")
        found = (
            _LINES.fullmatch(str(value))
            if isinstance(value, (str, int)) and not isinstance(value, bool)
            else None
        )
        if found is None or int(found[1]) < 1 or int(found[2] or found[1]) < int(found[1]):
            self._report(
                line,
                "fix-lines",
                f"lines = {value!r} is no line and no range of lines",
                'write lines = "40-43"',
            )
            return None
        return int(found[1]), int(found[2] or found[1])

    def _number(self, line: int, table: Mapping[str, object], key: str) -> int | None:
        value = table.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._report(line, "fix-value", f"{key} is no line number", f"write {key} = 40")
        return None

    def _text(self, line: int, table: Mapping[str, object], key: str) -> str | None:
        value = table.get(key)
        if value is None or isinstance(value, str):
            return value
        self._report(line, "fix-value", f"{key} is no text", f'write {key} = "…"')
        return None

    def _report(self, line: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(error(code, message, SourceSpan(self.path, line), hint))
