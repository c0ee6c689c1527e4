"""Every key of front matter: of an article, of an issue, of a page. Written in this order."""

from collections.abc import Callable
from typing import Any

from generator.content import kinds
from generator.content.kinds import Kind
from generator.content.tables import Key, KeyTable, key_table, table_list
from generator.model import ConvertedFile, Correction, Doubt, EventDate

ISSUE_DATE_BASES = ("option", "file-name", "masthead", "text-vote", "editor", "none")
"""How the date of an issue is known; see IssueDate."""


def _tables(keys: KeyTable, make: Callable[..., Any], write: Callable[[Any], dict[str, Any]]) -> Kind:
    schema = {"type": "array", "items": table_schema(keys)}
    label = f"list of tables ({', '.join(keys.by_name)})"
    return Kind(label, table_list(keys, make), schema, lambda items: [write(item) for item in items])


def table_schema(keys: KeyTable) -> dict[str, Any]:
    """Return the JSON Schema of a table with these keys and no others."""
    properties = {name: _property(key) for name, key in keys.by_name.items()}
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": sorted(keys.required)} if keys.required else schema


def _property(key: Key) -> dict[str, Any]:
    """A key without a value is as good as absent, where it may be."""
    if key.required:
        return {"description": key.meaning, **key.kind.schema}
    return {"description": key.meaning, "anyOf": [key.kind.schema, {"type": "null"}]}


def _without(values: dict[str, Any], *defaults: tuple[str, Any]) -> dict[str, Any]:
    """The values without those that have the value a reader assumes."""
    assumed = dict(defaults)
    return {name: value for name, value in values.items() if name not in assumed or value != assumed[name]}


def _make_event(
    start: Any, text: str = "", end: Any = None, basis: str = "", confidence: float = 1.0
) -> EventDate:
    return EventDate(text, start, end or start, basis, confidence)


def _event_values(event: EventDate) -> dict[str, Any]:
    values = {
        "text": event.text,
        "start": event.start,
        "end": event.end,
        "basis": event.basis,
        "confidence": event.confidence,
    }
    return _without(values, ("text", ""), ("end", event.start), ("basis", ""), ("confidence", 1.0))


EVENT_KEYS = key_table(
    Key("text", kinds.TEXT, "the date as printed", "7月21日"),
    Key("start", kinds.DATE, "the day, or the first day", "2024-07-21", required=True),
    Key("end", kinds.DATE, "the last day", "2024-07-23", "same as `start`"),
    Key("basis", kinds.TEXT, "how it was worked out", "stated"),
    Key("confidence", kinds.SHARE, "how sure that is", "0.9", "`1.0`"),
)

DOUBT_KEYS = key_table(
    Key("code", kinds.TEXT, "kind of doubt", "join", required=True),
    Key("message", kinds.TEXT, "what to look at", "joined by a narrow margin", required=True),
    Key("line", kinds.COUNT, "line of the raw file", "31", "none"),
)

CORRECTION_KEYS = key_table(
    Key("date", kinds.DATE, "day of the notice", "2024-07-29", required=True),
    Key("text", kinds.SOME_TEXT, "what was wrong and what is right", "人数应为12人。", required=True),
)

EVENTS = _tables(EVENT_KEYS, _make_event, _event_values)
DOUBTS = _tables(
    DOUBT_KEYS,
    Doubt,
    lambda doubt: _without({"code": doubt.code, "message": doubt.message, "line": doubt.line}, ("line", 0)),
)
CORRECTIONS = _tables(
    CORRECTION_KEYS, Correction, lambda correction: {"date": correction.date, "text": correction.text}
)

_EXTRA = Key("extra", kinds.OWN_KEYS, "keys of your own, handed to templates", "{ photographer: 丁一 }")
_DRAFT = Key("draft", kinds.BOOLEAN, "built only with `bulletin build --drafts`", "true", "`false`")
_ALIASES = Key("aliases", kinds.ALIASES, "old addresses that lead here", "[/old/path/, old-slug]")

ARTICLE_KEYS = key_table(
    Key("title", kinds.SOME_TEXT, "the headline", "老街路灯换新", required=True),
    Key("kicker", kinds.TEXT, "line above the headline (引题)", "民生实事进展"),
    Key("subtitle", kinds.TEXT, "line below the headline (副题)", "三百盏灯昨夜亮起"),
    Key("byline", kinds.NAMES, "who wrote it, or the source", "[沈忱, 丁一]"),
    Key(
        "byline_kind",
        kinds.choice("author", "source", ""),
        "whether the byline names people or a paper, an office",
        "source",
        "`author` when there is a byline",
    ),
    Key("date", kinds.DATE, "the article's own date", "2024-07-22", "the issue's date"),
    Key("issue", kinds.TEXT, "id of the issue it belongs to", "2024-07-22", "name of its folder"),
    Key("order", kinds.COUNT, "place in the issue, from 1", "3", "after all numbered ones"),
    Key("page", kinds.TEXT, "printed page (版)", "1"),
    Key("column", kinds.TEXT, "column (栏目)", "民生一线"),
    Key("topics", kinds.TEXTS, "slugs or names from content/topics.toml", "[education, health]"),
    Key("keywords", kinds.TEXTS, "words it is about", "[路灯, 老街]"),
    Key("people", kinds.TEXTS, "people it names", "[王春]"),
    Key("places", kinds.TEXTS, "places it names", "[鹭汀街道]"),
    Key("organisations", kinds.TEXTS, "organisations it names", "[县水务局]"),
    Key("events", EVENTS, "dates the text speaks of", "[{ text: 7月21日, start: 2024-07-21 }]"),
    Key("summary", kinds.TEXT, "one or two sentences for lists and feeds", "老街…", "its first sentences"),
    Key("slug", kinds.SLUG, "last part of its address; keep it", "lao-jie-lu-deng", "from the file name"),
    _ALIASES,
    _DRAFT,
    Key(
        "source",
        kinds.SPANS,
        "where it stands in the raw issue; conversion writes it for signed articles, as other programs would "
        "take it for the byline of an unsigned one (record.json has the lines of all)",
        "[content/raw/2024-07-22.txt:12-40]",
    ),
    Key("doubts", DOUBTS, "what an editor should look at", "[{ code: join, message: … }]"),
    Key("corrections", CORRECTIONS, "notices to readers", "[{ date: 2024-07-29, text: … }]"),
    _EXTRA,
)

CONVERTED_KEYS = key_table(
    Key("name", kinds.SOME_TEXT, "file name", "01-lao-jie.md", required=True),
    Key("slug", kinds.SLUG, "slug it was given", "lao-jie", required=True),
    Key("digest", kinds.TEXT, "digest of the file as it was written", "3f1c…", required=True),
    Key("source_key", kinds.TEXT, "which article of the raw issue it is", "9ab2…", required=True),
)

CONVERTED = _tables(
    CONVERTED_KEYS,
    ConvertedFile,
    lambda file: {
        "name": file.name,
        "slug": file.slug,
        "digest": file.digest,
        "source_key": file.source_key,
    },
)

ISSUE_KEYS = key_table(
    Key("date", kinds.DATE, "day it appeared", "2024-07-22", "from the folder's name, if it is a date"),
    Key(
        "date_basis",
        kinds.choice(*ISSUE_DATE_BASES),
        "how the date is known; `editor` is your word on it",
        "editor",
        "`editor` when there is a date",
    ),
    Key("date_confidence", kinds.SHARE, "how sure the date is", "0.7", "`1.0` when there is a date"),
    Key("date_evidence", kinds.TEXT, "what the date was taken from", "报头：2024年7月22日"),
    Key("title", kinds.TEXT, "name of a special issue", "国庆特刊"),
    Key("number", kinds.TEXT, "number within the year (期)", "29"),
    Key("total_number", kinds.TEXT, "number since the first issue (总期)", "616"),
    Key(
        "articles", kinds.SLUGS, "slugs of its articles in reading order", "[lao-jie, jian-xun]", "by `order`"
    ),
    Key(
        "raw",
        kinds.TABLE_OF_TEXTS,
        "digests of its raw files; written by conversion",
        "{ content/raw/2024-07-22.txt: 3f1c }",
    ),
    Key(
        "converted",
        CONVERTED,
        "files it was made into; written by conversion",
        "[{ name: 01-lao-jie.md, slug: lao-jie, digest: 3f1c, source_key: 9ab2 }]",
    ),
    _EXTRA,
)

PAGE_KEYS = key_table(
    Key("title", kinds.SOME_TEXT, "name of the page", "关于本报", required=True),
    Key("slug", kinds.SLUG, "last part of its address", "about", "from the file name"),
    Key("summary", kinds.TEXT, "one sentence for search engines", "本报的由来。"),
    Key("order", kinds.COUNT, "place in the menu, from 1", "1", "after all numbered ones"),
    _ALIASES,
    _DRAFT,
    _EXTRA,
)
