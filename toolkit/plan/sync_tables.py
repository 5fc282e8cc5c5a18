"""What syncing looks at: records, who is who, and what comparing systems found. Tables of the newest run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.cell_texts import filled_columns
from toolkit.tables import (
    COUNTERPART,
    CROSSWALK,
    DOCUMENT,
    DOCUMENT_LINE,
    FINDING,
    GOLDEN,
    MISMATCH,
    PAIR,
    PARTY,
    SNAPSHOT,
    SYNC_BASE,
    checked,
)

_OWN_CHECKS = r"\.(format|implausible\.[^.]+)$"
"""Checks of a value by itself, as CHECK names them."""
NAMES = "names"
"""Stream of the names that a system mentions in its documents, without a list of them."""


@dataclass(frozen=True)
class SyncTables:
    """Tables by the name of their schema; documents with ``party_key`` resolved.

    Parties and documents may hold deleted and absent records too: who was deleted is known by them. ``base`` is what the
    records held when both sides were last alike; without one, nothing tells who changed a field. ``taken`` are by system
    and list the columns that a new record takes there, where that is known.
    """

    parties: pa.Table = field(default_factory=PARTY.empty)
    documents: pa.Table = field(default_factory=DOCUMENT.empty)
    lines: pa.Table = field(default_factory=DOCUMENT_LINE.empty)
    crosswalk: pa.Table = field(default_factory=CROSSWALK.empty)
    golden: pa.Table = field(default_factory=GOLDEN.empty)
    pairs: pa.Table = field(default_factory=PAIR.empty)
    mismatches: pa.Table = field(default_factory=MISMATCH.empty)
    counterparts: pa.Table = field(default_factory=COUNTERPART.empty)
    findings: pa.Table = field(default_factory=FINDING.empty)
    snapshots: pa.Table = field(default_factory=SNAPSHOT.empty)
    base: pa.Table = field(default_factory=SYNC_BASE.empty)
    taken: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, schema in _SCHEMAS.items():
            object.__setattr__(self, name, checked(getattr(self, name), schema).combine_chunks())

    def list_of(self, system: str, stream: str) -> pa.Table:
        """Return the records of one stream that are there, as PARTY or DOCUMENT.

        Parameters
        ----------
        system, stream
            Which.
        """
        for table in (self.documents, self.parties):
            own = table.filter(pc.and_(pc.equal(table["system"], system), pc.equal(table["stream"], stream)))
            if own.num_rows:
                return own.filter(pc.is_in(own["state"], value_set=pa.array(["active", "archived"])))
        return PARTY.empty()

    def kept_in(self, system: str, stream: str, columns: Iterable[str]) -> frozenset[str]:
        """Return the columns that a list keeps: what its records fill, and what a new one takes there.

        Parameters
        ----------
        system, stream
            Which list.
        columns
            Which are looked at.
        """
        filled = filled_columns(self.list_of(system, stream), columns)
        taken = self.taken.get((system, stream))
        if taken is None:
            return filled
        # A new document must be found again: its texts say what it was entered for, where it has no reference.
        texts = {"description"} if "reference" not in taken else set()
        return (filled & taken) | (texts & taken & {*columns})

    @cached_property
    def faulty(self) -> frozenset[tuple[str, str]]:
        """Records and columns whose value fails its own check: no such value is ever carried into another record."""
        is_its_own = pc.match_substring_regex(self.findings["check_id"], _OWN_CHECKS)
        own = self.findings.filter(is_its_own)
        return frozenset(zip(own["record_key"].to_pylist(), own["column"].to_pylist(), strict=True))

    @cached_property
    def incomplete(self) -> frozenset[tuple[str, str]]:
        """Streams of which not everything could be read: what looks missing there may be there."""
        rows = self.snapshots.filter(pc.invert(self.snapshots["is_complete"])).select(["system", "stream"]).to_pylist()
        return frozenset((row["system"], row["stream"]) for row in rows)


_SCHEMAS = {
    "parties": PARTY,
    "documents": DOCUMENT,
    "lines": DOCUMENT_LINE,
    "crosswalk": CROSSWALK,
    "golden": GOLDEN,
    "pairs": PAIR,
    "mismatches": MISMATCH,
    "counterparts": COUNTERPART,
    "findings": FINDING,
    "snapshots": SNAPSHOT,
    "base": SYNC_BASE,
}
