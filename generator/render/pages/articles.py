"""Article pages."""

from functools import partial

from markupsafe import Markup

from generator.model import GroupKind, SiteArticle, SiteIssue, Stage
from generator.render.citations import cite_article
from generator.render.context_parts import Citation, ContentsEntry, CorrectionNotice, Link, Share
from generator.render.contexts import ArticleContext, PageContext, PageKind
from generator.render.pages.desk import Desk, safe
from generator.render.pages.page import Page, key_of
from generator.render.qr import render_qr
from generator.render.structured_data import article_node

KIND = PageKind.ARTICLE
NO_CITATION = Citation("", "", "")
_COMPARED = 16
_DATELINE = 40
_NAMED = (
    (GroupKind.BYLINE, "byline"),
    (GroupKind.PERSON, "people"),
    (GroupKind.PLACE, "places"),
    (GroupKind.ORGANISATION, "organisations"),
)


def plan_article(
    desk: Desk, article: SiteArticle, key: str, issue: SiteIssue | None = None, place: int = -1
) -> Page:
    """Plan the page of the article at this place of its issue, if it has one; `key` is its `article_key`."""
    make = partial(_make, desk, article, issue, place)
    return Page(article.url, KIND, key, Stage.ARTICLE, make, place=article.place)


def article_key(desk: Desk, article: SiteArticle, issue: SiteIssue | None = None, place: int = -1) -> str:
    before, after = _neighbours(issue, place)
    return desk.key(
        KIND,
        desk.card_key(article),
        desk.texts.article_key(article),
        _names_key(desk, article),
        f"{issue.url}\n{issue.issue.number}\n{place}\n{len(issue.articles)}" if issue else "",
        desk.card_key(before) if before else "",
        desk.card_key(after) if after else "",
        desk.card_keys(desk.related(article)),
    )


def _neighbours(issue: SiteIssue | None, place: int) -> tuple[SiteArticle | None, SiteArticle | None]:
    if issue is None:
        return None, None
    return (
        issue.articles[place - 1] if place > 0 else None,
        issue.articles[place + 1] if place + 1 < len(issue.articles) else None,
    )


def _names_key(desk: Desk, article: SiteArticle) -> str:
    """Where the names of the article lead; the names themselves are in its digest."""
    outline = article.outline
    names = [(kind, name) for kind, field in _NAMED for name in getattr(outline, field)]
    names += [(GroupKind.COLUMN, outline.column)] if outline.column else []
    names += [(GroupKind.PAGE, outline.page)] if outline.page else []
    groups = [desk.group_of(kind, name) for kind, name in names]
    return "\n".join([group.slug if group else "" for group in groups])


def _make(
    desk: Desk, article: SiteArticle, issue: SiteIssue | None, place: int
) -> tuple[PageContext, ArticleContext]:
    head, settings = article.head, desk.settings
    text = desk.texts.article(article)
    before, after = _neighbours(issue, place)
    picture = desk.card(article).picture
    address = settings.absolute_url(article.url)
    corrections = sorted(head.corrections, key=lambda notice: notice.date, reverse=True)
    image_url = settings.absolute_url(picture.url) if picture else ""
    page = desk.page_context(
        KIND,
        article.url,
        head.title,
        description=article.summary,
        breadcrumbs=(Link(issue.label, issue.url),) if issue else (),
        nodes=lambda: [
            article_node(article, issue, settings, [image_url] if image_url else []),
            *desk.issue_nodes(issue),
        ],
        image_url=image_url,
        published=article.date,
        modified=corrections[0].date if corrections else None,
        told_by=lambda: (head.title, text.plain_text),
    )
    content = ArticleContext(
        title=head.title,
        kicker=head.kicker,
        subtitle=head.subtitle,
        bylines=desk.group_links(GroupKind.BYLINE, head.byline),
        byline_kind=(head.byline_kind or "author") if head.byline else "",
        date=article.date,
        issue=desk.issue_link(issue),
        page=head.page,
        page_url=desk.group_link(GroupKind.PAGE, head.page).url,
        column=desk.group_link(GroupKind.COLUMN, head.column) if head.column else None,
        body_html=safe(text.html),
        gap_count=text.html.count('class="gap"'),
        doubts=tuple(doubt.message for doubt in head.doubts),
        contents=tuple(
            ContentsEntry(heading.level, heading.text, heading.anchor) for heading in text.headings
        ),
        summary="" if _opens_with(text.plain_text, head.summary) else head.summary,
        topics=desk.topic_links(head.topics),
        people=desk.group_links(GroupKind.PERSON, head.people),
        places=desk.group_links(GroupKind.PLACE, head.places),
        organisations=desk.group_links(GroupKind.ORGANISATION, head.organisations),
        corrections=tuple(CorrectionNotice(notice.date, notice.text) for notice in corrections),
        related=tuple(map(desk.card, desk.related(article))),
        previous=Link(before.head.title, before.url) if before else None,
        next=Link(after.head.title, after.url) if after else None,
        position=place + 1,
        issue_size=len(issue.articles) if issue else 0,
        citation=cite_article(article, issue, settings) if desk.shows(KIND, "citation") else NO_CITATION,
        share=Share(address, f"{head.title} · {settings.title}", _qr(desk, address)),
        extra=head.extra,
    )
    return page, content


def _qr(desk: Desk, address: str) -> Markup:
    return render_qr(address if desk.shows(KIND, "qr_svg") else "")


def _opens_with(text: str, summary: str) -> bool:
    """The summary is how the text begins, after its dateline."""
    return summary[:_COMPARED] in text[: _DATELINE + len(summary)]


def article_digest(desk: Desk, article: SiteArticle) -> str:
    """Return a digest of an article as it stands among others on one page."""
    return key_of(desk.card_key(article), desk.texts.article_key(article))
