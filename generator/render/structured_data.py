"""JSON-LD for search engines, in the words of schema.org.

Every function returns one node without its context; `format_json_ld` joins the nodes of a page. Nodes name
each other by ``@id``, which is an address: on a site without `base_url` there is no structured data.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from markupsafe import Markup

from generator.config import SiteSettings
from generator.model import SiteArticle, SiteIssue
from generator.render.context_parts import Link

Node = Mapping[str, object]

_encode = msgspec.json.Encoder().encode

# Google reads no more of a headline.
_HEADLINE_LENGTH = 110
# Inside a script element these could end it, or begin a comment; U+2028 and U+2029 end lines in scripts.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def format_json_ld(nodes: Iterable[Node | str], settings: SiteSettings) -> Markup:
    """Return the nodes as text that is safe inside a script element, or "" on a site without `base_url`.

    A node that many pages have may come formatted already (`format_node`).
    """
    graph = ",".join(node if isinstance(node, str) else format_node(node) for node in nodes)
    if not settings.base_url or not graph:
        return Markup("")
    text = f'{{"@context":"https://schema.org","@graph":[{graph}]}}'
    # Every character that is replaced can only stand inside a JSON string.
    for character, escape in _UNSAFE.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704


def format_node(node: Node) -> str:
    """Return a node ready for any number of pages."""
    return _encode(_without_empty(node)).decode()


def newspaper_node(settings: SiteSettings) -> Node:
    return {
        "@type": "Newspaper",
        "@id": _newspaper_id(settings),
        "name": settings.title,
        "alternateName": settings.subtitle,
        "description": settings.description,
        "url": settings.absolute_url("/"),
        "inLanguage": settings.language,
        "identifier": settings.issn_cn,
        "publisher": _publisher(settings),
    }


def website_node(settings: SiteSettings, search_url: str = "") -> Node:
    """The site; `search_url` is the search page's address ("/search/"), or "" without a search."""
    target = f"{settings.absolute_url(search_url)}?q={{search_term_string}}" if search_url else ""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": target},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": settings.absolute_url("/") + "#website",
        "name": settings.title,
        "description": settings.description,
        "url": settings.absolute_url("/"),
        "inLanguage": settings.language,
        "about": {"@id": _newspaper_id(settings)},
        "potentialAction": search if search_url else None,
    }


def issue_node(issue: SiteIssue, settings: SiteSettings) -> Node:
    return {
        "@type": "PublicationIssue",
        "@id": settings.absolute_url(issue.url) + "#issue",
        "name": issue.label,
        "url": settings.absolute_url(issue.url),
        "issueNumber": issue.issue.total_number or issue.issue.number,
        "datePublished": _iso(issue.date),
        "inLanguage": settings.language,
        "isPartOf": {"@id": _newspaper_id(settings)},
    }


def article_node(
    article: SiteArticle, issue: SiteIssue | None, settings: SiteSettings, image_urls: Sequence[str] = ()
) -> Node:
    """The article; `image_urls` are absolute."""
    head = article.head
    url = settings.absolute_url(article.url)
    # A source is an office or another paper; an author is a person.
    author_type = "Organization" if head.byline_kind == "source" else "Person"
    part_of = settings.absolute_url(issue.url) + "#issue" if issue else _newspaper_id(settings)
    return {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": head.title[:_HEADLINE_LENGTH],
        "alternativeHeadline": head.subtitle,
        "description": article.summary,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": _iso(article.date),
        "dateModified": _iso(max((notice.date for notice in head.corrections), default=article.date)),
        "author": [{"@type": author_type, "name": name} for name in head.byline],
        "publisher": _publisher(settings),
        "printPage": head.page,
        "printSection": head.column,
        "articleSection": head.column,
        "keywords": [*head.topics, *(word for word in head.keywords if word not in head.topics)],
        "image": list(image_urls),
        "inLanguage": settings.language,
        "isAccessibleForFree": True,
        "isPartOf": {"@id": part_of},
    }


def breadcrumbs_node(breadcrumbs: Sequence[Link], heading: str, url: str, settings: SiteSettings) -> Node:
    """The way to a page: `breadcrumbs` from the home page to its parent, then the page itself."""
    way = [*breadcrumbs, Link(heading, url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": link.title,
                "item": settings.absolute_url(link.url),
            }
            for position, link in enumerate(way, start=1)
        ],
    }


def _newspaper_id(settings: SiteSettings) -> str:
    return settings.absolute_url("/") + "#newspaper"


def _publisher(settings: SiteSettings) -> Node:
    contact = {"telephone": settings.telephone, "email": settings.email, "address": settings.address}
    name = settings.publisher or settings.title
    return {"@type": "Organization", "name": name, "url": settings.absolute_url("/"), **contact}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _without_empty(value: object) -> object:
    """The value without members that say nothing."""
    # Plain dictionaries throughout: asking for the abstract Mapping takes ten times as long.
    if isinstance(value, dict):
        members = {name: _without_empty(member) for name, member in value.items() if member}
        return {name: member for name, member in members.items() if member}
    if isinstance(value, list):
        return [_without_empty(member) for member in value]
    return value
