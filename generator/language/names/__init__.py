"""People, places and organisations of a whole issue. Rules and dictionaries, precision before recall."""

from generator.language.names.issue_names import NamesInText, find_names

__all__ = ["NamesInText", "find_names"]
