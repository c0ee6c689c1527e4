"""Static pages, search, corrections, the page for missing addresses, redirects."""

from collections.abc import Iterator
from functools import partial

from generator.model import SiteArticle, SitePage, Stage
from generator.render.context_parts import ContentsEntry, CorrectionEntry, CorrectionNotice, Link
from generator.render.contexts import (
    CorrectionsContext,
    NotFoundContext,
    PageContext,
    PageKind,
    RedirectContext,
    SearchContext,
    StaticPageContext,
)
from generator.render.pages.desk import Desk, safe
from generator.render.pages.page import Page

SEARCH_INDEX_URL = {"builtin": "/search/", "pagefind": "/search/pagefind/"}
LATEST_ISSUES = 3


def plan_others(desk: Desk) -> Iterator[Page]:
    for page in desk.site.pages:
        yield _plan_static(desk, page)
    if desk.settings.search != "off":
        yield _plan_search(desk)
    if desk.site.columns.corrected:
        yield _plan_corrections(desk)
    yield _plan_not_found(desk)


def plan_redirects(desk: Desk) -> Iterator[Page]:
    if not desk.site.redirects:
        return
    targets = set(desk.site.redirects.values())
    places = (place for place, url in enumerate(desk.site.columns.urls) if url in targets)
    titles = {article.url: article.head.title for article in map(desk.site.articles.__getitem__, places)}
    titles |= {page.url: page.title for page in desk.site.pages}
    for old, new in desk.site.redirects.items():
        target = Link(titles.get(new, new), new)
        key = desk.key(PageKind.REDIRECT, old, target.title, target.url)
        make = partial(_make_redirect, desk, old, target)
        yield Page(old, PageKind.REDIRECT, key, Stage.INDEX, make, is_indexed=False)


def _plan_static(desk: Desk, page: SitePage) -> Page:
    facts = (page.url, page.title, page.summary, repr(sorted(page.extra.items())))
    key = desk.key(PageKind.STATIC_PAGE, *facts, desk.texts.static_page_key(page))
    return Page(page.url, PageKind.STATIC_PAGE, key, Stage.ISSUE, partial(_make_static, desk, page))


def _make_static(desk: Desk, page: SitePage) -> tuple[PageContext, StaticPageContext]:
    text = desk.texts.static_page(page)
    context = desk.page_context(
        PageKind.STATIC_PAGE, page.url, page.title, description=page.summary, breadcrumbs=()
    )
    contents = tuple(ContentsEntry(each.level, each.text, each.anchor) for each in text.headings)
    content = StaticPageContext(
        title=page.title,
        summary=page.summary,
        body_html=safe(text.html),
        contents=contents,
        extra=page.extra,
    )
    return context, content


def _plan_search(desk: Desk) -> Page:
    settings = desk.settings
    key = desk.key(PageKind.SEARCH, settings.search, str(settings.search_offline))
    return Page("/search/", PageKind.SEARCH, key, Stage.INDEX, partial(_make_search, desk))


def _make_search(desk: Desk) -> tuple[PageContext, SearchContext]:
    settings = desk.settings
    page = desk.page_context(PageKind.SEARCH, "/search/", desk.translate("search"), breadcrumbs=())
    content = SearchContext(
        engine=settings.search,
        index_url=SEARCH_INDEX_URL[settings.search],
        indexes=desk.indexes(),
        is_kept_offline=settings.search_offline,
    )
    return page, content


def _corrected(desk: Desk) -> list[tuple[CorrectionNotice, SiteArticle]]:
    """Every correction with its article, newest first."""
    found = [
        (CorrectionNotice(notice.date, notice.text), article)
        for article in map(desk.site.articles.__getitem__, desk.site.columns.corrected)
        for notice in article.head.corrections
    ]
    return sorted(found, key=lambda each: (-each[0].date.toordinal(), each[1].url, each[0].text))


def _plan_corrections(desk: Desk) -> Page:
    corrected = _corrected(desk)
    shown = (f"{notice.date}\n{notice.text}\n{desk.card_key(article)}" for notice, article in corrected)
    key = desk.key(PageKind.CORRECTIONS, *shown)
    return Page("/corrections/", PageKind.CORRECTIONS, key, Stage.INDEX, partial(_make_corrections, desk))


def _make_corrections(desk: Desk) -> tuple[PageContext, CorrectionsContext]:
    page = desk.page_context(
        PageKind.CORRECTIONS, "/corrections/", desk.translate("corrections"), breadcrumbs=()
    )
    entries = tuple(CorrectionEntry(notice, desk.card(article)) for notice, article in _corrected(desk))
    return page, CorrectionsContext(entries=entries)


def _plan_not_found(desk: Desk) -> Page:
    latest = desk.site.issues[:LATEST_ISSUES]
    key = desk.key(PageKind.NOT_FOUND, *map(desk.listed_issue_key, latest))
    make = partial(_make_not_found, desk)
    return Page("/404.html", PageKind.NOT_FOUND, key, Stage.INDEX, make, is_indexed=False)


def _make_not_found(desk: Desk) -> tuple[PageContext, NotFoundContext]:
    page = desk.page_context(
        PageKind.NOT_FOUND, "/404.html", desk.translate("not-found"), breadcrumbs=(), is_indexed=False
    )
    latest = tuple(map(desk.listed_issue_card, desk.site.issues[:LATEST_ISSUES]))
    return page, NotFoundContext(latest_issues=latest)


def _make_redirect(desk: Desk, url: str, target: Link) -> tuple[PageContext, RedirectContext]:
    page = desk.page_context(PageKind.REDIRECT, url, target.title, breadcrumbs=(), is_indexed=False)
    return page, RedirectContext(target=target)
