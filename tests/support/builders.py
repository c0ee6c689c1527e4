"""Small values for tests: only what a test speaks of is named, the rest is plain."""

from datetime import date
from typing import Any

from generator.catalog import (
    ArticleEntry,
    IssueEntry,
    PageEntry,
    PlacedVolume,
    SiteParts,
    arrange_site,
    place_article,
)
from generator.language import printed_page_name
from generator.model import (
    Article,
    ArticleDetails,
    ArticleHead,
    Issue,
    IssueDate,
    RelatedArticles,
    Site,
    SiteArticle,
    Topic,
)
from generator.pipeline.file_reading import outline_of


def head(title: str = "老街路灯换新", **values: Any) -> ArticleHead:
    return ArticleHead(title=title, **values)


def article(title: str = "老街路灯换新", body: str = "昨晚，老街的路灯全部亮了。", **values: Any) -> Article:
    return Article(head(title, **values), body)


def article_entry(path: str = "content/articles/2024-07-22/01-a.md", **values: Any) -> ArticleEntry:
    """An entry whose folder follows from its path, and whose digest does too."""
    parts = path.split("/")
    folder = parts[2] if len(parts) > 3 else ""
    values.setdefault("title", parts[-1].removesuffix(".md"))
    details = ArticleDetails(ArticleHead(**values))
    return ArticleEntry(path, f"digest of {path}", folder, outline_of(details))


def site_article(details: ArticleDetails, **values: Any) -> SiteArticle:
    """An article of a site, with its details at hand."""
    plain = {
        "path": "a.md",
        "digest": "d",
        "slug": "a",
        "url": "/a/",
        "date": None,
        "issue_id": "",
        "face": "",
        "place": 0,
    }
    return SiteArticle(outline_of(details), **{**plain, **values}, look_up=lambda _path, _digest: details)


def issue_entry(folder: str, day: date | None = None, **values: Any) -> IssueEntry:
    basis = "editor" if day else "none"
    issue = Issue(id=folder, date=IssueDate(day, basis, 1.0 if day else 0.0), **values)
    return IssueEntry(f"content/articles/{folder}/issue.md", f"digest of {folder}", folder, issue)


def arranged(
    articles: list[ArticleEntry],
    issues: list[IssueEntry] | None = None,
    pages: list[PageEntry] | None = None,
    topics: tuple[Topic, ...] = (),
    language: str = "zh-Hans",
) -> tuple[Site, list[str]]:
    """The site and the codes of its problems. Slugs: small letters, spaces become hyphens."""

    def slug_of(text: str) -> str:
        return text.lower().replace(" ", "-")

    dates = {entry.folder: entry.issue.date.date for entry in issues or []}
    parts = SiteParts(
        volumes=[
            PlacedVolume.of([[place_article(entry, dates.get(entry.folder), slug_of)]]) for entry in articles
        ],
        issues=issues or [],
        pages=pages or [],
        topics=topics,
        language=language,
        slug_of=slug_of,
        page_name_of=printed_page_name,
        relate=lambda articles, _columns: RelatedArticles([*range(len(articles))], [()] * len(articles)),
        look_up=lambda path, _digest: ArticleDetails(ArticleHead(title=path)),
    )
    site, problems = arrange_site(parts)
    return site, [problem.code for problem in problems]
