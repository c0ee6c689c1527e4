"""The record of what was published: columns that read like a mapping."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.publish.manifest import Entry, Manifest, load_manifest, write_manifest

entries = st.builds(
    Entry,
    st.text(max_size=3),
    st.binary(min_size=16, max_size=16).map(bytes.hex),
    st.integers(0, 2**40),
    st.integers(-(2**62), 2**62),
)
paths = st.sampled_from([f"{letter}/index.html" for letter in "abcdefghij"])
mappings = st.dictionaries(paths, entries)


@given(mappings, st.integers(1, 4))
def test_it_holds_what_it_was_given_in_that_order(given_entries: dict[str, Entry], parts: int) -> None:
    manifest = Manifest("plan", given_entries)
    assert list(manifest.items()) == list(given_entries.items())
    assert manifest.keys() == given_entries.keys()
    assert [row for part in range(parts) for row in manifest.standings(part, parts)] == [
        (path, entry.size, entry.mtime_ns) for path, entry in given_entries.items()
    ]
    assert "elsewhere" not in manifest


@given(mappings, st.lists(paths, unique=True), st.integers(0, 9), st.integers(0, 9), st.data())
def test_files_with_other_keys_are_found_in_any_order(
    given_entries: dict[str, Entry], order: list[str], first: int, last: int, data: st.DataObject
) -> None:
    for some in (order, list(given_entries)[first:last]):
        manifest = Manifest("plan", given_entries)
        before = [given_entries[path].key if path in given_entries else None for path in some]
        keys = data.draw(st.tuples(*(st.sampled_from([key or "", "new"]) for key in before)))
        expected = [place for place, key in enumerate(before) if key != keys[place]]
        assert manifest.outdated(some, keys) == expected
        assert manifest.missing(some) == [path for path in some if path not in given_entries]
        asked = [*some, *given_entries, "elsewhere"]
        assert {path: manifest.get(path) for path in asked} == {
            path: given_entries.get(path) for path in asked
        }


@given(before=mappings, order=st.lists(paths, unique=True), fresh=mappings)
def test_updated_it_has_the_new_entries_and_else_the_old_ones(
    before: dict[str, Entry], order: list[str], fresh: dict[str, Entry]
) -> None:
    fresh = {path: entry for path, entry in fresh.items() if path in order}
    now = Manifest("then", before).updated("now", order, fresh)
    both = before | fresh
    assert list(now.items()) == [(path, both[path]) for path in order if path in both]
    assert now.plan_digest == "now"
    assert now == Manifest("now", dict(now))


@given(before=mappings, data=st.data())
def test_updating_files_that_stay_changes_nothing_before(
    before: dict[str, Entry], data: st.DataObject
) -> None:
    manifest = Manifest("then", before)
    fresh = data.draw(st.dictionaries(st.sampled_from([*before, "x"]), entries)) if before else {}
    fresh.pop("x", None)
    now = manifest.updated("now", list(before), fresh)
    assert dict(now) == before | fresh
    assert dict(manifest) == before
    assert (now == manifest) is False


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    manifest = Manifest(
        "plan", {"a/index.html": Entry("key", "0f" * 16, 12, 10**18), "b": Entry("", "a0" * 16, 0, -1)}
    )
    write_manifest(tmp_path / "published", manifest)
    assert load_manifest(tmp_path / "published") == manifest


def test_a_file_that_is_no_manifest_is_as_none(tmp_path: Path) -> None:
    assert load_manifest(tmp_path / "nothing") == Manifest()
    whole = Manifest("plan", {"a": Entry("key", "0f" * 16, 12, 10**18)}).encode()
    for content in (b"", b"x", whole):
        (tmp_path / "published").write_bytes(content)
        assert load_manifest(tmp_path / "published") == Manifest()
