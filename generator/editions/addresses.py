"""Addresses outside the site's own pages: absolute ones, and ids that never change."""

import re
from urllib.parse import urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

from generator.config import SiteSettings

# RFC 4151 wants a date on which the host was ours. An article's own may be corrected, so one serves for all.
_TAG_YEAR = "2024"

_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9]*(?:\s+[\w:-]+(?:=\"[^\"]*\")?)*\s*/?>")
_ADDRESS = re.compile(r"(\s)(href|src|poster|srcset)=\"([^\"]*)\"")


def address_of(url: str, settings: SiteSettings) -> str:
    """Return the full address of a path, or the path itself when the site has no `base_url`."""
    return settings.absolute_url(url) or url


def stable_id(url: str, settings: SiteSettings) -> str:
    """Return the id of what is at `url`: a tag URI, or a UUID when the site has no `base_url`."""
    if not settings.base_url:
        return uuid5(NAMESPACE_URL, f"{settings.title} {url}").urn
    host = urlsplit(settings.base_url).hostname
    return f"tag:{host},{_TAG_YEAR}:{settings.base_path}{url}"


def make_addresses_absolute(html: str, page_url: str, settings: SiteSettings) -> str:
    """Return HTML from the page at `page_url` with every link and picture addressed in full."""
    page = address_of(page_url, settings)
    return _TAG.sub(lambda tag: _ADDRESS.sub(lambda found: _complete(found, page), tag[0]), html)


def _complete(found: re.Match[str], page: str) -> str:
    space, name, value = found.groups()
    if name != "srcset":
        return f'{space}{name}="{_join(page, value)}"'
    candidates = [candidate.split(maxsplit=1) for candidate in value.split(",")]
    complete = (" ".join([_join(page, first), *rest]) for first, *rest in candidates if first)
    return f'{space}srcset="{", ".join(complete)}"'


def _join(page: str, address: str) -> str:
    try:
        return urljoin(page, address)
    except ValueError:
        # Such as "http://[": an address nothing can be done with stays as it is.
        return address
