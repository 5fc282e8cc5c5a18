"""Documents whose customer or supplier is not among the parties of their own system.

Nothing is judged where the system has no list of customers, suppliers or companies (names that only stand on its documents
are none). A placeholder is no reference, and a document of a placeholder refers to nobody, whatever id stands beside it.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged
from toolkit.quality.evidence import Evidence
from toolkit.quality.reference_names import NAMES, failing_references, holds_any, is_unknown_list, known_references
from toolkit.quality.streams import Records, Stream, is_filled, named
from toolkit.tables import DOCUMENT_ENTITIES, PARTY_ENTITIES

_SUPPLIERS_OF = ("bill", "expense")


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every stream of documents whose system keeps a list of those they are with."""
    for stream in evidence.streams:
        if stream.entity in DOCUMENT_ENTITIES:
            yield from _judged(evidence, stream)


def _judged(evidence: Evidence, stream: Stream) -> Iterator[Judged]:
    reference, name = named(stream.table["party_ref"]), named(stream.table["party_name"])
    is_resolved = pc.is_valid(stream.table["party_key"]).to_numpy(zero_copy_only=False)
    shown = pc.coalesce(reference, name)
    is_nobody = is_filled(stream.table["party_name"]) & ~is_filled(name)
    rows = np.flatnonzero(is_filled(shown) & ~is_nobody)
    role = "vendor" if stream.entity in _SUPPLIERS_OF else "customer"
    if (
        not len(rows)
        or not _has_list(evidence.records, stream.system, role)
        or not holds_any(evidence, stream.system, PARTY_ENTITIES)
    ):
        return
    by_reference = known_references(evidence, stream.system, PARTY_ENTITIES, reference)
    by_name = known_references(evidence, stream.system, PARTY_ENTITIES, name)
    failing = rows[~(is_resolved | by_reference | by_name)[rows]]
    if is_unknown_list(failing, rows):
        return
    words = "a supplier" if role == "vendor" else "a customer"
    found = failing_references(evidence, stream, failing, shown, entities=PARTY_ENTITIES, words=words)
    yield Judged(stream, "party_ref", f"of {words} that {stream.system} does not list", "high", len(rows), found)


def _has_list(records: Records, system: str, role: str) -> bool:
    """Say whether a system keeps a list of suppliers (``vendor``), or of customers and others that are no suppliers."""
    for (owner, stream), table in records.items():
        if owner != system or stream == NAMES or "roles" not in table.column_names:
            continue
        roles = table.filter(pc.equal(table["entity"], "party"))["roles"]
        listed = set(pc.unique(pc.list_flatten(roles)).to_pylist())
        # A list without roles may hold anybody.
        if len(roles) and not pc.all(pc.greater(pc.fill_null(pc.list_value_length(roles), 0), 0)).as_py():
            return True
        if "vendor" in listed if role == "vendor" else listed - {"vendor", "employee"}:
            return True
    return False


CHECK = Check(
    rule="reference",
    label="References to something that does not exist or is no longer in use",
    fails_when="a document names a customer or supplier that its own system does not list",
    severities=("high",),
    judged=judged,
    round=2,
    turn=5,
)
