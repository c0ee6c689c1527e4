"""How to cite an article: GB/T 7714-2015, RIS and BibTeX."""

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.config import SiteSettings
from generator.model import SiteArticle, SiteIssue
from generator.render.context_parts import Citation

# GB/T 7714-2015, 8.1.2: of more than three authors the first three and "等" or "et al".
_NAMED_AUTHORS = 3
_HELD = 1000
"""Lines that are held: names, and the title of a paper, come again and again."""
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f]")
_TEX_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def cite_article(article: SiteArticle, issue: SiteIssue | None, settings: SiteSettings) -> Citation:
    """Return the article's references; what is not known is left out."""
    url = settings.absolute_url(article.url)
    return Citation(
        gbt7714=_format_gbt7714(article, settings.title, url),
        ris="".join(f"{tag}  - {value}\n" for tag, value in _ris_lines(article, issue, settings, url)),
        bibtex=_format_bibtex(article, issue, settings, url),
    )


def _format_gbt7714(article: SiteArticle, newspaper: str, url: str) -> str:
    """``Authors. Title[N/OL]. Newspaper, 2024-07-22(1). Address.``; the reader adds the day of access."""
    authors = [_one_line(name) for name in article.head.byline]
    named = ", ".join(authors[:_NAMED_AUTHORS])
    if len(authors) > _NAMED_AUTHORS:
        named += ", et al" if named.isascii() else ", 等"
    date = article.date.isoformat() if article.date else ""
    page = f"({_one_line(article.head.page)})" if article.head.page else ""
    where = ", ".join(part for part in (_one_line(newspaper), date + page) if part)
    parts = [named, f"{_full_title(article)}[{'N/OL' if url else 'N'}]", where, url]
    return " ".join(part if part.endswith(".") and part != url else f"{part}." for part in parts if part)


def _ris_lines(
    article: SiteArticle, issue: SiteIssue | None, settings: SiteSettings, url: str
) -> Iterator[tuple[str, str]]:
    head = article.head
    yield "TY", "NEWS"
    yield from (("AU", _one_line(name)) for name in head.byline)
    date = article.date
    optional = (
        ("TI", _full_title(article)),
        ("T2", settings.title),
        ("PY", f"{date.year:04}" if date else ""),
        ("DA", f"{date.year:04}/{date.month:02}/{date.day:02}/" if date else ""),
        ("IS", issue.issue.number if issue else ""),
        ("SP", head.page),
        ("SN", settings.issn_cn),
        ("PB", settings.publisher),
        ("LA", settings.language),
        ("UR", url),
    )
    yield from ((tag, _one_line(value)) for tag, value in optional if value)
    yield "ER", ""


def _format_bibtex(article: SiteArticle, issue: SiteIssue | None, settings: SiteSettings, url: str) -> str:
    date = article.date
    fields = {
        # Braces keep a name whole: it is not to be split at "and", nor at a space.
        "author": " and ".join(f"{{{_tex(name)}}}" for name in article.head.byline),
        "title": f"{{{_tex(_full_title(article))}}}",
        "journal": _tex(settings.title),
        "year": f"{date.year:04}" if date else "",
        "month": str(date.month) if date else "",
        "day": str(date.day) if date else "",
        "number": _tex(issue.issue.number) if issue else "",
        "pages": _tex(article.head.page),
        "publisher": _tex(settings.publisher),
        "language": settings.language,
        "url": url.replace("{", "%7B").replace("}", "%7D"),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@article{{{_key(article)},\n" + ",\n".join(lines) + "\n}\n"


def _key(article: SiteArticle) -> str:
    """The entry's key, from the address: it is unique on the site and never changes."""
    words = re.findall(r"[A-Za-z0-9]+", article.url.removeprefix("/issues").removeprefix("/articles"))
    return "-".join(words) or "article"


def _full_title(article: SiteArticle) -> str:
    subtitle = article.head.subtitle.strip().lstrip("—–-")
    parts = (article.head.title, subtitle)
    return ": ".join(_one_line(part) for part in parts if part.strip())


@lru_cache(_HELD)
def _one_line(text: str) -> str:
    """The text without control characters, every run of white space (also U+3000) one space."""
    return " ".join(_CONTROL.sub(" ", text).split())


@lru_cache(_HELD)
def _tex(text: str) -> str:
    line = _one_line(text)
    # Most texts have nothing to be replaced, and translating takes long.
    return line.translate(_TEX) if _TEX_SPECIAL.search(line) else line
