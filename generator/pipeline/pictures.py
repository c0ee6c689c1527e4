"""The pictures texts show: what each file holds, which sizes the site offers, and which are missing."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.content import ContentFile, load_bytes
from generator.diagnostics import BulletinError, Diagnostic, error
from generator.model import ImageReference, OutputFile
from generator.pipeline.known_files import KnownFiles
from generator.pipeline.referring import Places, ReferringText
from generator.render.image_plan import ImageFacts, ImagePlan, find_image, plan_image
from generator.store import Store

NAMESPACE = "image"
_NOWHERE = "put the file beside the Markdown file or into content/images, or correct the name"


class Pictures(msgspec.Struct, frozen=True):
    """Plans of the pictures that texts show, by path, and what is wrong with them."""

    plans: Mapping[str, ImagePlan]
    diagnostics: tuple[Diagnostic, ...]


def shown_images(texts: Iterable[ReferringText]) -> Iterator[tuple[ReferringText, ImageReference]]:
    """Every image with the text that shows it."""
    for text in texts:
        for image in text.facts.images:
            yield text, image


def plan_pictures(
    root: Path,
    texts: Iterable[ReferringText],
    files: Iterable[ContentFile],
    store: Store,
    known: KnownFiles,
    started_ns: int,
) -> Pictures:
    """Plan the sizes of every picture a text shows; a missing or broken one is a problem."""
    by_path = {file.path: file for file in files}
    wanted: dict[str, ContentFile] = {}
    problems: list[Diagnostic] = []
    places = Places(root)
    for text, image in shown_images(texts):
        found = find_image(image.target, text.path, by_path)
        if found:
            wanted[found] = by_path[found]
        elif _is_own(image.target):
            span = places.span(text.path, image.target)
            problems.append(error("image-missing", f'there is no picture "{image.target}"', span, _NOWHERE))
    digests, unread = known.split("pictures", list(wanted.values()))
    facts = store.recall(NAMESPACE, digests.values(), ImageFacts)
    unread += [wanted[path] for path, digest in digests.items() if digest not in facts]
    for file in unread:
        try:
            seen = _inspect(root, file.path)
        except BulletinError as failure:
            problems += failure.diagnostics
            digests.pop(file.path, None)
            continue
        digests[file.path] = seen.digest
        facts[seen.digest] = seen
        store.keep(NAMESPACE, {seen.digest: seen})
        known.note(file, seen.digest, started_ns)
    plans = {path: plan_image(facts[digest], path) for path, digest in sorted(digests.items())}
    return Pictures(plans, tuple(dict.fromkeys(problems)))


def _is_own(target: str) -> bool:
    return "://" not in target and not target.startswith(("//", "data:"))


def _inspect(root: Path, path: str) -> ImageFacts:
    from generator.render.images import inspect_image  # Pillow is loaded for new pictures only

    return inspect_image(load_bytes(root, path), path)


def make_sizes(root: Path, path: str, plan: ImagePlan, wanted: frozenset[str]) -> list[OutputFile]:
    """Make the sizes of one picture that are `wanted`, by output path."""
    from generator.render.images import render_image

    return list(render_image(load_bytes(root, path), path, plan, wanted))
