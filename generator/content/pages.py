"""Static pages: parse only, they are written by people."""

import re
from pathlib import PurePosixPath

from generator.content.files import digest_of
from generator.content.keys import PAGE_KEYS
from generator.content.reading import read_front_matter
from generator.content.readings import SLUG_PATTERN
from generator.language import slug
from generator.model import PageFile


def parse_page(content: bytes, path: str) -> PageFile:
    """Return the page; raise BulletinError with every mistake of the file."""
    values, body = read_front_matter(content, path, PAGE_KEYS)
    values.setdefault("slug", _slug_of_name(PurePosixPath(path).stem))
    return PageFile(path=path, digest=digest_of(content), body_markdown=body, **values)


def _slug_of_name(name: str) -> str:
    return name if re.fullmatch(SLUG_PATTERN, name) else slug(name)
