"""The one way a Markdown file is read: split, parsed, checked; all of its mistakes at once."""

from typing import Any

from generator.content.faults import Fault, diagnostics_of
from generator.content.splitting import split_front_matter
from generator.content.tables import KeyTable, read_table
from generator.content.yaml_nodes import parse_yaml
from generator.diagnostics import BulletinError


def read_front_matter(content: bytes, path: str, keys: KeyTable) -> tuple[dict[str, Any], str]:
    """Return the values that are there and the body; raise BulletinError with every mistake of the file."""
    parts = split_front_matter(content, path)
    try:
        values, findings = read_table(parse_yaml(parts.yaml), keys)
    except Fault as mistake:
        raise BulletinError(diagnostics_of(mistake.findings, path)) from None
    if findings:
        raise BulletinError(diagnostics_of(findings, path))
    return values, parts.body
