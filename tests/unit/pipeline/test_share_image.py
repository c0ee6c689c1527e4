"""The picture that share cards show where a page has none of its own."""

from pathlib import Path

from tests.support.sites import SITE_TOML, build, output_files, problems_of, write_site, write_text

CARD = '<meta property="og:image" content="https://example.org/weekly/share.png">'


def with_share_image(root: Path) -> Path:
    write_site(root)
    write_text(root / "site.toml", SITE_TOML + 'share_image = "/share.png"\n')
    return root


def test_pages_without_a_picture_have_the_sites_own(tmp_path: Path) -> None:
    root = with_share_image(tmp_path)
    write_text(root / "content/static/share.png", "a picture")
    assert problems_of(build(root)) == []
    pages = [content.decode() for path, content in output_files(root).items() if path.endswith("index.html")]
    assert all(CARD in page for page in pages)


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    (problem,) = problems_of(build(with_share_image(tmp_path)))
    assert problem == (
        'site.toml: warning[share-image]: share_image: the site has no file "/share.png"'
        " · hint: put it at content/static/share.png"
    )
