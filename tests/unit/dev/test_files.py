"""From an address to a file: what a static host would answer, and nothing from outside the output folder."""

from pathlib import Path

import pytest

from generator.dev.files import FoundFile, Redirection, content_type, find_file


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    for name in ("index.html", "404.html", "issues/1/index.html", "静态/图 1.png", "empty/file.txt"):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text(name)
    (tmp_path / "secret.txt").write_text("secret")
    return output


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "index.html"),
        ("/?page=2", "index.html"),
        ("/index.html", "index.html"),
        ("/issues/1/", "issues/1/index.html"),
        ("/%E9%9D%99%E6%80%81/%E5%9B%BE%201.png", "静态/图 1.png"),
        ("/404.html", "404.html"),
    ],
)
def test_files_and_folders_with_a_page_are_found(output: Path, target: str, path: str) -> None:
    assert find_file(output, "", target) == FoundFile((output / path).resolve())
    assert find_file(output, "/bulletin", f"/bulletin{target}") == FoundFile((output / path).resolve())


@pytest.mark.parametrize(
    ("base", "target", "location"),
    [
        ("", "/issues/1", "/issues/1/"),
        ("", "/issues/1?a=b", "/issues/1/?a=b"),
        ("/bulletin", "/", "/bulletin/"),
        ("/bulletin", "/bulletin", "/bulletin/"),
        ("/bulletin", "/bulletin/issues/1", "/bulletin/issues/1/"),
    ],
)
def test_a_folder_without_its_slash_is_redirected(
    output: Path, base: str, target: str, location: str
) -> None:
    assert find_file(output, base, target) == Redirection(location)


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/issues/../../secret.txt",
        "/..\\secret.txt",
        "/%00",
        "/%ff",
        "//etc/passwd",
        "/out/secret.txt",
        "/out.txt",
        "/empty",
        "/empty/",
        "/issues/1/index.html/",
        "/nothing",
        "/" + "a" * 5000,
    ],
)
def test_everything_else_is_the_missing_page(output: Path, target: str) -> None:
    (output / "out").symlink_to(output.parent)
    (output / "out.txt").symlink_to(output.parent / "secret.txt")
    missing = FoundFile((output / "404.html").resolve(), is_missing_page=True)
    assert find_file(output, "", target) == missing


@pytest.mark.parametrize("target", ["/other", "/bulletins/", "/bulletinx", "*", "http://host/"])
def test_addresses_outside_the_base_path_have_no_answer(output: Path, target: str) -> None:
    assert find_file(output, "/bulletin", target) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.CSS", "text/css; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.unknown", "application/octet-stream"),
        ("noextension", "application/octet-stream"),
    ],
)
def test_types_come_with_their_charset(name: str, kind: str) -> None:
    assert content_type(Path(name)) == kind
