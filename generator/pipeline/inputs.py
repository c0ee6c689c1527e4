"""What a site is made from, before any of it is read: which files there are, and what is known of them."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from generator.content import ContentFile, ContentListing
from generator.diagnostics import BulletinError, Diagnostic
from generator.pipeline.referring import Places
from generator.pipeline.workbench import Workbench, file_digests
from generator.render.assets import Assets, load_assets
from generator.render.root_files import discover_root_files
from generator.render.themes import Theme, load_theme


class Inputs(msgspec.Struct, frozen=True):
    """Everything a site is made from, looked at and not yet read: files with the digests that are known."""

    listing: ContentListing
    theme: Theme
    assets: Assets
    root_files: tuple[ContentFile, ...]
    root_digests: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]


def look_at_inputs(bench: Workbench, listing: ContentListing) -> Inputs:
    """Load the theme and see which files there are; BulletinError for a theme that cannot be used."""
    root = bench.folder.root
    try:
        theme = load_theme(root, bench.folder.settings.theme)
        assets = load_assets(theme)
    except BulletinError as failure:
        raise BulletinError(map(Places(root).locate, failure.diagnostics)) from None
    root_files, root_problems = _discover_root(root)
    digests, unreadable = file_digests(bench, "static", root_files)
    problems = (*listing.diagnostics, *theme.problems, *root_problems, *unreadable)
    return Inputs(listing, theme, assets, root_files, digests, problems)


def digest_of_inputs(bench: Workbench, inputs: Inputs) -> str:
    """Return a digest of all that the plan of the site depends on, "" while a file has to be read first."""
    listing = inputs.listing
    articles = bench.reader.see_articles(listing)
    texts = {"issues": listing.issues, "pages": listing.pages}
    known_files = {name: bench.known.split(name, files) for name, files in texts.items()}
    if articles.unread or any(unread for _, unread in known_files.values()):
        return ""
    digest = blake2b(digest_size=16)
    for part in _settings_of(bench, inputs):
        digest.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
    digest.update("\n".join(map(articles.mark, articles.volumes)).encode())
    for name, files in texts.items():
        digests, _ = known_files[name]
        if len(digests) < len(files):
            return ""  # one of them was read again, because the store had lost it, and could not be
        paths = [file.path for file in files]
        digest.update(_lines(paths, map(digests.__getitem__, paths)))
    # A picture is read when a text shows it; of the others it matters only that they are there.
    digests, _ = bench.known.split("images", listing.images)
    paths = [file.path for file in listing.images]
    digest.update(_lines(paths, [digests.get(path, "") for path in paths]))
    digest.update(_lines(inputs.root_digests.keys(), inputs.root_digests.values()))
    return digest.hexdigest()


def _lines(*columns: Iterable[str]) -> bytes:
    return "\0".join(map("\n".join, columns)).encode("utf-8", "surrogatepass")


def _settings_of(bench: Workbench, inputs: Inputs) -> Iterator[str]:
    folder, theme = bench.folder, inputs.theme
    yield repr((folder.settings, folder.topics, bench.options.with_drafts))
    yield repr([(key, template.digest, template.layer) for key, template in theme.templates.items()])
    yield repr((theme.name, theme.options, theme.messages))
    yield repr(sorted(inputs.assets.urls.items()))
    yield repr(inputs.diagnostics)


def _discover_root(root: Path) -> tuple[tuple[ContentFile, ...], list[Diagnostic]]:
    files, problems = discover_root_files(root)
    found = []
    for path, place in files.items():
        status = place.stat()
        found.append(ContentFile(f"content/static/{path}", status.st_size, status.st_mtime_ns))
    return tuple(found), problems
