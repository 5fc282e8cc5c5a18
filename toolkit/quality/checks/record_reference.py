"""References to an invoice, a deal or a company that the system itself does not hold."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged
from toolkit.quality.evidence import Evidence
from toolkit.quality.reference_names import NAMES, failing_references, holds_any, is_unknown_list, known_references
from toolkit.quality.streams import Records, Stream, is_filled


class _Kind(NamedTuple):
    """A column, what it refers to, and what the failing records lack in a client's words."""

    column: str
    targets: tuple[str, ...]
    words: str
    severity: str


_KINDS = (
    _Kind("invoice_ref", ("invoice", "bill", "credit_note", "order"), "an invoice", "medium"),
    _Kind("deal_ref", ("deal",), "a deal", "medium"),
    _Kind("parent_ref", ("party",), "a company", "low"),
)


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every column of references whose targets the system holds."""
    for stream in evidence.streams:
        for kind in _KINDS:
            if kind.column in stream.table.column_names:
                yield from _judged(evidence, stream, kind)


def _judged(evidence: Evidence, stream: Stream, kind: _Kind) -> Iterator[Judged]:
    column = stream.table[kind.column]
    rows = np.flatnonzero(is_filled(column))
    if not len(rows) or not holds_any(evidence, stream.system, kind.targets):
        return
    if kind.column == "parent_ref" and not _has_companies(evidence.records, stream):
        return
    is_known = known_references(evidence, stream.system, kind.targets, column)
    if kind.column == "parent_ref":
        is_known |= pc.is_valid(stream.table["parent_key"]).to_numpy(zero_copy_only=False)
    failing = rows[~is_known[rows]]
    if is_unknown_list(failing, rows):
        return
    found = failing_references(evidence, stream, failing, column, entities=kind.targets, words=kind.words)
    words = f"that name {kind.words} that {stream.system} does not list"
    yield Judged(stream, kind.column, words, kind.severity, len(rows), found)


def _has_companies(records: Records, stream: Stream) -> bool:
    """Say whether a system keeps companies, in the stream itself or, where kinds are unknown, in another one."""
    for (owner, name), table in records.items():
        if owner == stream.system and name != NAMES and "kind" in table.column_names:
            kinds = set(pc.unique(table["kind"]).to_pylist())
            if "company" in kinds or (name != stream.name and "unknown" in kinds):
                return True
    return False


CHECK = Check(
    rule="reference",
    label="References to something that does not exist or is no longer in use",
    fails_when="a document names an invoice or a deal, or a contact a company, that its own system does not list",
    severities=("medium", "low"),
    judged=judged,
    round=3,
    turn=6,
)
