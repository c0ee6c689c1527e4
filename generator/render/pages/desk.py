"""The desk: what all pages draw on. Cards, links and keys that many pages share are made once."""

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import Any, Protocol

from markupsafe import Markup

from generator.config import SiteSettings
from generator.language import printed_page_name, script
from generator.model import ChosenArticles, Group, GroupKind, Site, SiteArticle, SiteIssue, pick, put
from generator.render.context_parts import Alternate, ArticleCard, GroupEntry, IssueCard, Link
from generator.render.contexts import PageContext, PageKind, SiteContext, ThemeContext
from generator.render.pages.page import Texts, key_of
from generator.render.structured_data import (
    Node,
    breadcrumbs_node,
    format_json_ld,
    format_node,
    issue_node,
    newspaper_node,
)

HEADLINES_ON_CARD = 3
MOST_CARDS = 20_000
"""Cards held at a time; in a large archive all of them would take more memory than anything else."""

INDEX_MESSAGES: Mapping[GroupKind, str] = {kind: kind.value for kind in GroupKind}
"""The interface text that names each index."""

_TELLING_PART = 400
_TELLING_LENGTH = 100
"""Characters from which a Chinese text has some that only one script has."""

_POLICE_LOOK_UP = "https://beian.mps.gov.cn/#/query/webSearch?code="


class Reach(Protocol):
    """What templates need (`generator.render.reach.TemplateReach`)."""

    def key(self, template: str) -> str: ...

    def shows(self, template: str, field: str) -> bool: ...


class Desk:
    """Everything pages are made from. `reach` tells what templates need, `translate` gives the texts of the
    interface.

    Two pages with equal parts have equal bytes, so a key names every part: the site's own facts (`site_key`),
    the template, and what the page shows.
    """

    def __init__(
        self,
        site: Site,
        settings: SiteSettings,
        texts: Texts,
        theme: ThemeContext,
        reach: Reach,
        translate: Callable[..., str],
    ) -> None:
        self.site = site
        self.settings = settings
        self.texts = texts
        self.theme = theme
        self.translate = translate
        self.issue_by_id = {issue.id: issue for issue in site.issues}
        self.alone = tuple(site.articles[place] for place in site.columns.alone)
        self.groups = {
            (group.kind, group.name): group for groups in site.groups_by_kind.values() for group in groups
        }
        self._topic_by_name = site.topics_by_name()
        self._topic_lines = {
            name: f"{group.name}\t{group.url}" for name, group in self._topic_by_name.items()
        }
        self.site_context = self._make_site_context()
        self._share_image = settings.absolute_url(settings.share_image) if settings.share_image else ""
        parts = (repr(self.site_context), repr(sorted(theme.options.items())), self._share_image)
        self.site_key = key_of(*parts, str(settings.allow_html))
        self._reach = reach
        self._kind_keys: dict[PageKind, str] = {}
        self._shown: dict[tuple[PageKind, str], bool] = {}
        self._cards: dict[str, ArticleCard] = {}
        self._card_keys: list[str | None] = [None] * len(site.articles)
        self._issue_keys: dict[str, str] = {}
        self._issue_nodes: dict[str, tuple[str, ...]] = {}

    def key(self, kind: PageKind, *parts: str) -> str:
        """Return the key of a page of this kind that is made from `parts`."""
        if kind not in self._kind_keys:
            self._kind_keys[kind] = key_of(self.site_key, self._reach.key(kind.template))
        return key_of(self._kind_keys[kind], *parts)

    def shows(self, kind: PageKind, field: str) -> bool:
        """Whether pages of this kind may show the field; if not it need not be worked out."""
        if (kind, field) not in self._shown:
            self._shown[kind, field] = self._reach.shows(kind.template, field)
        return self._shown[kind, field]

    def card(self, article: SiteArticle) -> ArticleCard:
        found = self._cards.get(article.url)
        if found is None:
            if len(self._cards) >= MOST_CARDS:
                self._cards.clear()
            found = self._cards[article.url] = self._make_card(article)
        return found

    def card_key(self, article: SiteArticle) -> str:
        """Return a digest of all that the card of the article shows."""
        found = self._card_keys[article.place]
        if found is None:
            issue = self.issue_by_id.get(article.issue_id)
            outline = article.outline
            found = self._card_keys[article.place] = key_of(
                outline.card_digest,
                article.url,
                str(article.date),
                issue.label if issue else "",
                "\n".join([self._topic_lines.get(name, "") for name in outline.topics]),
                self.texts.article_key(article) if outline.has_images else "",
            )
        return found

    def card_keys(self, articles: Sequence[SiteArticle]) -> str:
        if isinstance(articles, ChosenArticles):
            keys = pick(self._card_keys, articles.places)
            with suppress(TypeError):  # until each of them is known
                return "".join(keys)  # type: ignore[arg-type]
        return "".join(map(self.card_key, articles))

    @cached_property
    def end_of_years(self) -> dict[str, int]:
        """The place after the last article of each year, by its figures, "" being that of articles without a
        date."""
        days, ends, place = self.site.columns.days, dict[str, int](), 0
        while place < len(days):  # newest first, those without a date last
            year = days[place][:4]
            place = ends[year] = bisect_left(days, True, place, key=partial(_is_after, year))
        return ends

    def take_card_keys(self, articles: ChosenArticles, keys: Sequence[str]) -> None:
        """Take keys of the cards of articles that are known already."""
        put(self._card_keys, articles.places, keys)

    def take_full_issue_key(self, issue: SiteIssue, key: str) -> None:
        self._issue_keys[issue.url] = key

    def names_of_groups(self) -> dict[str, str]:
        """Every name an article can have, with what it becomes on pages. Topics that nobody knows become
        nothing: once they are known, pages that have been made before name them, too."""
        names = {f"{kind.value}\t{name}": group.slug for (kind, name), group in self.groups.items()}
        names |= {f"unknown\t{name}": "" for name in self.site.unknown_topics}
        return names | {f"\t{name}": line for name, line in self._topic_lines.items()}

    def issue_card(self, issue: SiteIssue, articles: Sequence[SiteArticle] = ()) -> IssueCard:
        """The issue as it is listed, with these of its articles."""
        return IssueCard(
            label=issue.label,
            url=issue.url,
            date=issue.date,
            is_date_uncertain=issue.issue.date.basis == "text-vote",
            title=issue.issue.title,
            number=issue.issue.number,
            total_number=issue.issue.total_number,
            article_count=len(issue.articles),
            articles=tuple(map(self.card, articles)),
        )

    def issue_card_key(self, issue: SiteIssue, articles: Sequence[SiteArticle] = ()) -> str:
        facts = (issue.label, issue.url, str(issue.date), issue.digest, str(len(issue.articles)))
        return key_of(*facts, self.card_keys(articles))

    def full_issue_key(self, issue: SiteIssue) -> str:
        """Return the key of its card with all of its articles."""
        found = self._issue_keys.get(issue.url)
        if found is None:
            found = self._issue_keys[issue.url] = self.issue_card_key(issue, issue.articles)
        return found

    def listed_issue_card(self, issue: SiteIssue) -> IssueCard:
        return self.issue_card(issue, issue.articles[:HEADLINES_ON_CARD])

    def listed_issue_key(self, issue: SiteIssue) -> str:
        return self.issue_card_key(issue, issue.articles[:HEADLINES_ON_CARD])

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers that related articles go by, of the articles in their places."""
        numbers = [0] * len(self.site.articles)
        for number, place in enumerate(self.site.related.places):
            numbers[place] = number
        return numbers

    def related(self, article: SiteArticle) -> ChosenArticles:
        """Articles like this one, best first."""
        related = self.site.related
        others = related.numbers[self.numbers[article.place]]
        return ChosenArticles(self.site.articles, [related.places[number] for number in others])

    def issue_link(self, issue: SiteIssue | None) -> Link | None:
        return Link(issue.label, issue.url) if issue else None

    def group_link(self, kind: GroupKind, name: str) -> Link:
        group = self.group_of(kind, name)
        return Link(name, group.url if group else "")

    def group_of(self, kind: GroupKind, name: str) -> Group | None:
        """The group of a name as an article has it."""
        return self.groups.get((kind, printed_page_name(name) if kind is GroupKind.PAGE else name))

    def group_links(self, kind: GroupKind, names: Iterable[str]) -> tuple[Link, ...]:
        return tuple(self.group_link(kind, name) for name in names)

    def topic_links(self, names: Iterable[str]) -> tuple[Link, ...]:
        """Links of the topics an article names, by slug or by name."""
        return tuple(Link(group.name, group.url) for group in self.topics_of(names))

    def topics_of(self, names: Iterable[str]) -> Iterator[Group]:
        for name in names:
            group = self._topic_by_name.get(name)
            if group:
                yield group

    def group_name(self, group: Group) -> str:
        """What the group is called: a bare number or code of a printed page gets its word."""
        if group.kind is GroupKind.PAGE and group.name.isascii():
            return self.translate("page-n", page=group.name)
        return group.name

    def group_entry(self, group: Group) -> GroupEntry:
        return GroupEntry(self.group_name(group), group.url, len(group.articles), group.description)

    def index_link(self, kind: GroupKind) -> Link:
        return Link(self.translate(INDEX_MESSAGES[kind]), f"/{kind.value}/")

    def indexes(self, without: str = "") -> tuple[Link, ...]:
        """Every index that is not empty, without the one at that address."""
        return tuple(link for link in self.site_context.menu if link.url != without)

    @property
    def home_link(self) -> Link:
        return Link(self.translate("home"), "/")

    def page_context(
        self,
        kind: PageKind,
        url: str,
        heading: str,
        *,
        description: str = "",
        breadcrumbs: tuple[Link, ...] | None = None,
        nodes: Callable[[], Sequence[Node | str]] = tuple,
        alternates: tuple[Alternate, ...] = (),
        image_url: str = "",
        published: datetime.date | None = None,
        modified: datetime.date | None = None,
        is_indexed: bool = True,
        told_by: Callable[[], Iterable[str]] = tuple,
    ) -> PageContext:
        """Return what every page has; `breadcrumbs` is the way below the home page, None on the home page.
        The texts its language is `told_by` may be too short to tell: then it is that of the site."""
        settings = self.settings
        way = () if breadcrumbs is None else (self.home_link, *breadcrumbs)
        return PageContext(
            kind=kind,
            title=f"{heading} · {settings.title}" if breadcrumbs is not None else settings.title,
            heading=heading,
            url=url,
            canonical_url=settings.absolute_url(url) if is_indexed else "",
            description=description,
            language=self._language(kind, told_by),
            breadcrumbs=way,
            json_ld=self._json_ld(kind, nodes, way if is_indexed else (), heading, url),
            alternates=(*alternates, *self._feeds()),
            image_url=image_url or self._share_image,
            published=published,
            modified=modified,
            is_indexed=is_indexed,
        )

    def _json_ld(
        self,
        kind: PageKind,
        nodes: Callable[[], Sequence[Node | str]],
        way: tuple[Link, ...],
        heading: str,
        url: str,
    ) -> Markup:
        if not self.shows(kind, "json_ld"):
            return Markup("")
        breadcrumbs = [breadcrumbs_node(way, heading, url, self.settings)] if way else []
        return format_json_ld([*nodes(), *breadcrumbs], self.settings)

    def issue_nodes(self, issue: SiteIssue | None) -> tuple[str, ...]:
        """What all pages of an issue say of it and of the paper to search engines."""
        url = issue.url if issue else ""
        if url not in self._issue_nodes:
            paper = format_node(newspaper_node(self.settings))
            nodes = (format_node(issue_node(issue, self.settings)), paper) if issue else (paper,)
            self._issue_nodes[url] = nodes
        return self._issue_nodes[url]

    def _language(self, kind: PageKind, told_by: Callable[[], Iterable[str]]) -> str:
        text = "".join(told_by())[:_TELLING_PART] if self.shows(kind, "language") else ""
        return (script(text) if len(text) >= _TELLING_LENGTH else "") or self.settings.language

    def template_variables(self, page: PageContext, content: object) -> dict[str, Any]:
        return {"site": self.site_context, "page": page, "theme": self.theme, "content": content}

    def _feeds(self) -> tuple[Alternate, ...]:
        title = self.settings.title
        return (
            Alternate(title, "/feed.xml", "application/atom+xml"),
            Alternate(title, "/feed.json", "application/feed+json"),
        )

    def _make_card(self, article: SiteArticle) -> ArticleCard:
        head = article.head
        return ArticleCard(
            title=head.title,
            kicker=head.kicker,
            subtitle=head.subtitle,
            url=article.url,
            byline=" ".join(head.byline),
            date=article.date,
            issue=self.issue_link(self.issue_by_id.get(article.issue_id)),
            page=head.page,
            column=head.column,
            topics=self.topic_links(head.topics),
            summary=article.summary,
            is_brief=article.outline.is_brief,
            picture=self.texts.picture(article) if article.outline.has_images else None,
        )

    def _make_site_context(self) -> SiteContext:
        settings = self.settings
        digits = "".join(letter for letter in settings.police if letter.isdigit())
        return SiteContext(
            title=settings.title,
            subtitle=settings.subtitle,
            description=settings.description,
            base_url=settings.base_url,
            base_path=settings.base_path,
            language=settings.language,
            publisher=settings.publisher,
            issn_cn=settings.issn_cn,
            icp=settings.icp,
            police=settings.police,
            police_url=_POLICE_LOOK_UP + digits if digits else "",
            telephone=settings.telephone,
            email=settings.email,
            address=settings.address,
            copyright=settings.copyright,
            menu=tuple(self._menu()),
            pages=tuple(Link(page.title, page.url) for page in self.site.pages),
            feed_url="/feed.xml",
            search_url="" if settings.search == "off" else "/search/",
            corrections_url="/corrections/" if self.site.columns.corrected else "",
            extra=settings.extra,
        )

    def _menu(self) -> Iterator[Link]:
        if self.site.issues:
            yield Link(self.translate("issues"), "/issues/")
        for kind in GroupKind:
            if self.site.groups_by_kind.get(kind):
                yield self.index_link(kind)
            if kind is GroupKind.TOPIC and any(issue.date for issue in self.site.issues):
                yield Link(self.translate("dates"), "/dates/")


def safe(html: str) -> Markup:
    """Mark HTML that `markup` has made safe as safe for templates."""
    return Markup(html)  # noqa: S704


def _is_after(year: str, day: str) -> bool:
    """Whether a day stands after those of a year in a list that begins with the newest."""
    return day[:4] < year
