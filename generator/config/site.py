"""site.toml: what a site is called, where it stands, how it is built."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from generator.config import checks
from generator.config.tables import Key, check_table, parse_toml
from generator.diagnostics import BulletinError

SITE_FILE = "site.toml"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
# What an address may hold as it is: RFC 3986, and % for what is encoded already.
ADDRESS_CHARACTERS = "/%#?&=+:;,.~!$'()*@[]-_"
# Most need no look at each character.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9/_.~-]*")
SEARCHES = ("builtin", "pagefind", "off")

SITE_KEYS: tuple[Key, ...] = (
    Key("title", checks.some_text, "", "name of the bulletin", '"云岫报"', required=True),
    Key("subtitle", checks.text, "", "line under the name in the masthead", '"云岫县融媒体中心主办"'),
    Key("description", checks.text, "", "one sentence for search engines and share cards", '"…"'),
    Key(
        "base_url",
        checks.web_address,
        "",
        "address the site is reached at, with its folder if it has one",
        '"https://example.org/bulletin"',
    ),
    Key(
        "language",
        checks.one_of(*LANGUAGES),
        "zh-Hans",
        "language of the site and its interface",
        '"zh-Hans", "zh-Hant" or "en"',
    ),
    Key("timezone", checks.timezone, "Asia/Shanghai", "IANA time zone of the dates", '"Asia/Shanghai"'),
    Key(
        "theme",
        checks.slug,
        "default",
        "theme: a folder in themes/, or one that comes with bulletin",
        '"default"',
    ),
    Key("publisher", checks.text, "", "who publishes the bulletin", '"云岫县融媒体中心"'),
    Key("issn_cn", checks.text, "", "serial number of the bulletin (国内统一刊号)", '"CN 00-0000"'),
    Key("icp", checks.text, "", "ICP filing number, linked in the footer", '"某ICP备00000000号"'),
    Key(
        "police",
        checks.text,
        "",
        "public security filing number (公安备案号)",
        '"某公网安备 00000000000000号"',
    ),
    Key("telephone", checks.text, "", "telephone for the footer", '"000-0000000"'),
    Key("email", checks.text, "", "e-mail address for the footer", '"news@example.org"'),
    Key("address", checks.text, "", "postal address for the footer", '"…"'),
    Key(
        "share_image",
        checks.site_path,
        "",
        "picture for share cards of pages that have none: a file of content/static",
        '"/share.png"',
    ),
    Key("copyright", checks.text, "", "line on rights for the footer", '"© 云岫县融媒体中心"'),
    Key("search", checks.one_of(*SEARCHES), "builtin", "search engine of the site", '"builtin"'),
    Key("search_offline", checks.boolean, False, "keep visited pages and the search for offline use", "true"),
    Key("allow_html", checks.boolean, False, "let HTML in Markdown through unsanitised", "false"),
    Key("page_size", checks.number_between(5, 200), 30, "articles on one page of an index", "30"),
    Key("feed_size", checks.number_between(1, 200), 30, "articles in a feed", "30"),
    Key("extra", checks.table, {}, "keys of your own, handed to templates as site.extra", '{ motto = "…" }'),
)


class SiteSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The checked values of site.toml; SITE_KEYS says what each means."""

    title: str
    subtitle: str
    description: str
    base_url: str
    language: str
    timezone: str
    theme: str
    publisher: str
    issn_cn: str
    icp: str
    police: str
    telephone: str
    email: str
    address: str
    share_image: str
    copyright: str
    search: str
    search_offline: bool
    allow_html: bool
    page_size: int
    feed_size: int
    extra: Mapping[str, Any]

    @property
    def base_path(self) -> str:
        """The folder of `base_url` on its host: "" or ``/bulletin``, never with a slash at its end."""
        return urlsplit(self.base_url).path.rstrip("/")

    def absolute_url(self, url: str) -> str:
        """The full address of a path under the site's root ("/issues/…"), or "" when `base_url` is empty."""
        return f"{self.base_url}{quote_address(url)}" if self.base_url else ""


def quote_address(address: str) -> str:
    """Return the path of an address with everything encoded that may not stand in one as it is."""
    return address if _PLAIN_ADDRESS.fullmatch(address) else quote(address, safe=ADDRESS_CHARACTERS)


def parse_site_settings(text: str, path: str = SITE_FILE) -> SiteSettings:
    """Return the settings, or raise BulletinError with every problem of the file."""
    values, problems = check_table(parse_toml(text, path), SITE_KEYS, text, path, "site")
    if problems:
        raise BulletinError(problems)
    return SiteSettings(**values)
