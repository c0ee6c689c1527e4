"""Addresses and the paths of their files."""

from hypothesis import given
from hypothesis import strategies as st

from generator.model import output_path, output_paths, url_of, urls_of

NAMES = st.text(alphabet="ab茶.\n", min_size=1, max_size=4) | st.just("index.html")
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


@given(st.lists(PATHS))
def test_addresses_of_many_files_are_those_of_each(paths: list[str]) -> None:
    assert urls_of(paths) == list(map(url_of, paths))


@given(st.lists(PATHS.map("/{}".format) | PATHS.map("/{}/".format)))
def test_paths_of_many_addresses_are_those_of_each(urls: list[str]) -> None:
    assert output_paths(urls) == list(map(output_path, urls))


@given(st.lists(st.text(alphabet="ab茶", min_size=1, max_size=4), max_size=3))
def test_a_page_is_found_at_its_address(names: list[str]) -> None:
    url = "".join(f"/{name}" for name in names) + "/"
    assert url_of(output_path(url)) == url
