"""Which sizes of a picture a site offers, and at which addresses; where a picture named in a text is."""

import posixpath
import re
from collections.abc import Container
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import msgspec
import PIL

from generator.model import PlannedFile, Stage
from generator.render.context_parts import Picture, PictureSource

IMAGES_FOLDER = "assets/images"
CONTENT_IMAGES = "content/images"
WIDTHS = (480, 960, 1440)
# A size hardly larger than the one before it is not worth a file.
_LEAST_STEP = 1.25


class ImageFacts(msgspec.Struct, frozen=True):
    """What is known of a picture. `format` is ``jpg``, ``png``, ``webp``, ``gif`` or ``svg``.

    `width` and `height` are pixels, upright. `is_fixed`: it is served as it is, in its one size.
    `is_smaller_as_webp`: WebP saves bytes.
    """

    digest: str
    format: str
    width: int
    height: int
    is_fixed: bool
    is_smaller_as_webp: bool


class ImageVariant(msgspec.Struct, frozen=True):
    """One file of a picture. `path` is that of the built site; `key` tells its bytes."""

    path: str
    key: str
    width: int
    height: int
    format: str

    @property
    def planned(self) -> PlannedFile:
        return PlannedFile(self.path, self.key, Stage.ASSET)

    @property
    def source(self) -> PictureSource:
        return PictureSource(f"/{self.path}", self.width)


class ImagePlan(msgspec.Struct, frozen=True):
    """The files of a picture: in its own format, and as WebP where that is smaller; smallest first."""

    facts: ImageFacts
    originals: tuple[ImageVariant, ...]
    webps: tuple[ImageVariant, ...]

    @property
    def variants(self) -> tuple[ImageVariant, ...]:
        return self.originals + self.webps

    def picture(self, alt: str) -> Picture:
        """Return the picture as templates receive it."""
        largest = self.originals[-1]
        several = len(self.originals) > 1
        return Picture(
            url=f"/{largest.path}",
            width=largest.width,
            height=largest.height,
            alt=alt,
            sources=tuple(variant.source for variant in self.originals) if several else (),
            webp_sources=tuple(variant.source for variant in self.webps),
        )


def plan_image(facts: ImageFacts, path: str) -> ImagePlan:
    """Plan the files of the picture at `path`. Their names change only when its bytes do."""
    stem = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(path).stem.lower()).strip("-")[:40] or "image"
    base = f"{IMAGES_FOLDER}/{stem}-{facts.digest[:8]}"
    if facts.is_fixed:
        only = ImageVariant(f"{base}.{facts.format}", facts.digest, facts.width, facts.height, facts.format)
        return ImagePlan(facts, (only,), ())

    def vary(extension: str) -> tuple[ImageVariant, ...]:
        return tuple(_vary(facts, base, width, extension) for width in _widths(facts.width))

    return ImagePlan(facts, vary(facts.format), vary("webp") if facts.is_smaller_as_webp else ())


def find_image(target: str, article_path: str, known: Container[str]) -> str:
    """Return the path of the picture a text at `article_path` calls `target`, or "".

    It stands beside the Markdown file, or in content/images/. All paths are relative to the site; `known`
    holds the pictures there are. Pictures on other hosts are not looked for.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = unquote(parts.path)
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(article_path), path.lstrip("/")))
    shared = posixpath.normpath(posixpath.join(CONTENT_IMAGES, path.lstrip("/").removeprefix("images/")))
    places = (shared,) if path.startswith("/") else (beside, shared)
    return next((place for place in places if place in known), "")


def _widths(width: int) -> list[int]:
    """The widths to make of a picture: never more than it has, its own if that is no large step away."""
    if width >= WIDTHS[-1]:
        return list(WIDTHS)
    return [*(step for step in WIDTHS if step * _LEAST_STEP <= width), width]


def _vary(facts: ImageFacts, base: str, width: int, extension: str) -> ImageVariant:
    height = max(1, round(facts.height * width / facts.width))
    # Another release of the library may encode differently.
    key = f"{facts.digest} {width} {extension} {PIL.__version__}"
    return ImageVariant(f"{base}-{width}.{extension}", key, width, height, extension)
