"""Names of an issue: found by cues, joined with their aliases, the editor's list having the last word."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.language.names.english_people import find_english_people
from generator.language.names.foreign_people import family_names
from generator.language.names.mentions import Mentions
from generator.language.names.organisations import find_organisations, organisation_aliases
from generator.language.names.people import find_people
from generator.language.names.places import find_places, place_aliases
from generator.model import KnownName, KnownNames

# A name is sought in the beginning of a very long text only, so that its length cannot stop a conversion.
_LONGEST_TEXT = 50_000


class NamesInText(msgspec.Struct, frozen=True):
    """The names a text speaks of, each once, in the order they first appear."""

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def find_names(
    texts: Sequence[str], bylines: Sequence[Sequence[str]], known: KnownNames
) -> tuple[NamesInText, ...]:
    """Return the names in each text of one issue; `bylines` are the authors of each text.

    What is proven to be a name anywhere in the issue is one in all its texts. A name in `known` is found
    wherever one of its forms stands, and shown as its `name`; one in `known.not_names` is never found.
    """
    texts = [text[:_LONGEST_TEXT] for text in texts]
    people = find_people(texts, [name for names in bylines for name in names])
    english, english_aliases = find_english_people(texts)
    places = {place for place in find_places(texts) if not any(place in person for person in people)}
    organisations = find_organisations(texts)
    mentions = (
        _mentions(people | english, family_names(people) | english_aliases, known.people, known.not_names),
        _mentions(places, place_aliases(places), known.places, known.not_names),
        _mentions(organisations, organisation_aliases(organisations), known.organisations, known.not_names),
    )
    return tuple(
        NamesInText(
            _with_authors(mentions[0].names_in(text), authors, mentions[0]),
            mentions[1].names_in(text),
            mentions[2].names_in(text),
        )
        for text, authors in zip(texts, bylines, strict=True)
    )


def _mentions(
    found: Iterable[str], aliases: Mapping[str, str], known: Iterable[KnownName], not_names: Iterable[str]
) -> Mentions:
    """Return the forms of all names; the editor's forms win over the ones that were found."""
    name_by_form = {name: name for name in found} | dict(aliases)
    for unwanted in not_names:
        name_by_form = {form: name for form, name in name_by_form.items() if unwanted not in (form, name)}
    stated = {form: entry.name for entry in known for form in (entry.name, *entry.aliases) if form}
    joined = {form: stated.get(name, name) for form, name in name_by_form.items()}
    return Mentions(joined | stated, frozenset(stated))


def _with_authors(names: Sequence[str], authors: Iterable[str], people: Mentions) -> tuple[str, ...]:
    known_authors = (people.name_of("".join(author.split())) for author in authors)
    return tuple(dict.fromkeys([*names, *(name for name in known_authors if name)]))
