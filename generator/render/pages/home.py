"""The front page: the latest issue as a paper shows it, then the ways into the archive."""

import datetime
from collections.abc import Sequence
from functools import partial

import msgspec

from generator.model import Group, GroupKind, SiteArticle, SiteIssue, Stage
from generator.render.contexts import HomeContext, PageContext, PageKind
from generator.render.pages.calendars import Calendars
from generator.render.pages.desk import Desk
from generator.render.pages.page import Page
from generator.render.structured_data import newspaper_node, website_node

KIND = PageKind.HOME
EARLIER_ISSUES = 6
TOPICS = 16
SECONDARY = 4
DAYS_AROUND = 4
YEARS_BACK = 3


class FrontPage(msgspec.Struct, frozen=True):
    """The articles of an issue by their weight."""

    lead: SiteArticle | None
    secondary: tuple[SiteArticle, ...]
    further: tuple[SiteArticle, ...]
    briefs: tuple[SiteArticle, ...]


def plan_home(desk: Desk, calendars: Calendars) -> Page:
    issues = desk.site.issues
    latest = issues[0] if issues else None
    front = lay_out(latest.articles if latest else ())
    shown = (*filter(None, (front.lead,)), *front.secondary, *front.further, *front.briefs)
    earlier = issues[1 : 1 + EARLIER_ISSUES]
    ago = _years_ago(calendars, latest)
    key = desk.key(
        KIND,
        desk.issue_card_key(latest, shown) if latest else "",
        *map(desk.listed_issue_key, earlier),
        "ago",
        *map(desk.listed_issue_key, ago),
        calendars.key_of_day(latest.date if latest else None),
        *(f"{group.url}\n{group.name}\n{len(group.articles)}" for group in _topics(desk)),
    )
    return Page("/", KIND, key, Stage.HOME, partial(_make, desk, calendars, latest, front, earlier, ago))


def lay_out(articles: Sequence[SiteArticle]) -> FrontPage:
    """Choose the lead story and those beside it; ties go to the earlier article."""
    stories = [article for article in articles if not article.outline.is_brief]
    briefs = tuple(article for article in articles if article.outline.is_brief)
    if not stories:
        return FrontPage(None, (), (), briefs)
    first_page = stories[0].outline.page
    places = {article.url: place for place, article in enumerate(stories)}

    def weight(article: SiteArticle) -> tuple[float, int]:
        head = article.head
        score = 3.0 * (head.page == first_page) + 2.0 * article.outline.has_images
        score += bool(head.kicker) + 0.5 * bool(head.subtitle) + min(article.facts.length, 1500) / 1000
        return (score - 0.4 * places[article.url], -places[article.url])

    ranked = sorted(stories, key=weight, reverse=True)
    beside = sorted(ranked[1 : 1 + SECONDARY], key=lambda article: places[article.url])
    taken = {ranked[0].url, *(article.url for article in beside)}
    further = tuple(article for article in stories if article.url not in taken)
    return FrontPage(ranked[0], tuple(beside), further, briefs)


def _years_ago(calendars: Calendars, latest: SiteIssue | None) -> list[SiteIssue]:
    """The issue nearest to the same day in each of the years before, where there is one within days."""
    if latest is None or latest.date is None:
        return []
    found = []
    first = datetime.date.min.toordinal()
    for years in range(1, YEARS_BACK + 1):
        wanted = latest.date.toordinal() - round(365.25 * years)
        near = [
            (abs(day - wanted), issue.url, issue)
            for day in range(max(first, wanted - DAYS_AROUND), wanted + DAYS_AROUND + 1)
            for issue in calendars.issues_of(datetime.date.fromordinal(day))
        ]
        if near:
            found.append(min(near, key=lambda each: each[:2])[2])
    return found


def _topics(desk: Desk) -> Sequence[Group]:
    return desk.site.groups_by_kind.get(GroupKind.TOPIC, ())[:TOPICS]


def _make(
    desk: Desk,
    calendars: Calendars,
    latest: SiteIssue | None,
    front: FrontPage,
    earlier: Sequence[SiteIssue],
    ago: Sequence[SiteIssue],
) -> tuple[PageContext, HomeContext]:
    settings = desk.settings
    lead = desk.card(front.lead) if front.lead else None
    page = desk.page_context(
        KIND,
        "/",
        settings.title,
        description=settings.description or settings.subtitle,
        nodes=lambda: [newspaper_node(settings), website_node(settings, desk.site_context.search_url)],
        image_url=settings.absolute_url(lead.picture.url) if lead and lead.picture else "",
    )
    content = HomeContext(
        issue=desk.issue_card(latest) if latest else None,
        lead=lead,
        secondary=tuple(map(desk.card, front.secondary)),
        further=tuple(map(desk.card, front.further)),
        briefs=tuple(map(desk.card, front.briefs)),
        earlier_issues=tuple(map(desk.listed_issue_card, earlier)),
        topics=tuple(map(desk.group_entry, _topics(desk))),
        calendar=calendars.month_of(latest.date) if latest and latest.date else None,
        years_ago=tuple(map(desk.listed_issue_card, ago)),
    )
    return page, content
