"""Documents that arrived wrong, and of which a person said that the source is right: they are made to say the same."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pyarrow.compute as pc

from toolkit.changes import LeftOut
from toolkit.plan.cell_texts import Row, filled_columns, rows_by_key
from toolkit.plan.document_fields import ENTERED, IS_GONE
from toolkit.plan.missing_documents import subject_of
from toolkit.plan.named_parties import named_parties
from toolkit.plan.sync_rules import SyncHandoff, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.updates import Update
from toolkit.tables import PARTY_ENTITIES

UNRULED = "it does not say what its source says: nobody has said which of the two is right"
BOTH_WRONG = "a person said that neither document is right"
SOURCE_WRONG = "the source itself is wrong: correct that first"
SEVERAL = "several documents stand for it there: which of them is wrong is for a person to say"
NOT_CORRECTED = "it is not corrected from this source: it says what happened"
PAID = "it is paid in whole or in part: correct it by a credit note or a further document"
HAS_LINES = "it has lines: correct them by hand"
OTHER_CURRENCY = "the currency differs: no amount can be carried over"
NO_VALUE = "the source leaves the field empty"
PARTY_NOT_THERE = "the right customer or supplier is not in the target: enter it first"
_BOOKED = frozenset({"invoice", "bill", "order", "credit_note"})
_AMOUNTS = ("amount_minor", "net_minor", "tax_minor", "fee_minor")
_READ = (*_AMOUNTS, "paid_minor", "currency", "party_ref", "party_name", "party_key", "state", "issued_on", "spent_on",
         "paid_at", "entity")  # fmt: skip


def corrected_documents(system: str, tables: SyncTables, rules: SyncRules) -> Iterator[Update | LeftOut]:
    """Give what documents of a system become that arrived wrong, and those that wait for a person.

    Parameters
    ----------
    system
        The target.
    tables
        COUNTERPART and the records.
    rules
        Its handoffs into the system count.
    """
    for handoff in rules.handoffs:
        if handoff.system_r == system and handoff.corrects and handoff.entity_l not in PARTY_ENTITIES:
            yield from _corrected(handoff, tables, rules)


def _corrected(handoff: SyncHandoff, tables: SyncTables, rules: SyncRules) -> Iterator[Update | LeftOut]:
    table = tables.counterparts
    own = table.filter(pc.and_(pc.equal(table["handoff_id"], handoff.handoff_id), table["is_error"])).sort_by("key_l")
    rows = own.to_pylist()
    documents = rows_by_key(tables.documents, (row[name] for row in rows for name in ("key_l", "key_r")), _READ)
    ruled = [row for row in rows if row["decision"] == "left"]
    sources = [documents[row["key_l"]] for row in ruled if row["key_l"] in documents]
    parties = named_parties(handoff, tables, sources, rules.min_probability)
    kept = filled_columns(tables.list_of(handoff.system_r, handoff.stream_r), _AMOUNTS)
    with_lines = frozenset(tables.lines["record_key"].to_pylist())
    for row in rows:
        left, right = documents.get(row["key_l"]), documents.get(row["key_r"])
        reason = _refusal(handoff, row, left, right, has_lines=row["key_r"] in with_lines)
        after: dict[str, str | None] = {}
        if not reason and left is not None:
            after, reason = _values(row["error_columns"] or (), left, kept)
            party = parties.of(left) if {*(row["error_columns"] or ())} & {"party_key", "party_name"} else None
            if isinstance(party, LeftOut) or (party is not None and party.depends_on):
                reason = PARTY_NOT_THERE
            elif party is not None:
                after |= party.values
        if reason or right is None:
            yield LeftOut(f"{subject_of(handoff)}, wrong there", (row["key_l"], row["key_r"]), reason or IS_GONE)
            continue
        before = {name: right[name] for name in after}
        yield Update(row["key_r"], before, after, "a person said that the source is right", row["key_l"])


def _refusal(  # noqa: PLR0911 - one reason each
    handoff: SyncHandoff, row: Mapping[str, Any], left: Row | None, right: Row | None, *,
    has_lines: bool,
) -> str | None:  # fmt: skip
    """Return why a wrong document stays as it is; null: a person's word lets it be corrected."""
    if row["decision"] != "left":
        return BOTH_WRONG if row["decision"] == "neither" else SOURCE_WRONG if row["is_passed_on"] else UNRULED
    if left is None or right is None or right["state"] != "active":
        return IS_GONE
    if handoff.entity_r not in ENTERED.get(handoff.entity_l, ()):
        return NOT_CORRECTED
    if row["is_passed_on"]:
        return SOURCE_WRONG
    if row["more_keys_r"]:
        return SEVERAL
    if "currency" in (row["error_columns"] or ()):
        return OTHER_CURRENCY
    if handoff.entity_r in _BOOKED and int(right["paid_minor"] or 0):
        return PAID
    return HAS_LINES if has_lines else None


def _values(columns: Collection[str], left: Row, kept: frozenset[str]) -> tuple[dict[str, str | None], str | None]:
    """Return the amounts that are taken over; a missed tax makes the whole amount wrong."""
    asked = {*columns} & {*_AMOUNTS}
    if asked:
        asked |= {"amount_minor"} | {name for name in ("net_minor", "tax_minor") if left[name] is not None}
    after = {name: left[name] for name in sorted(asked & kept)}
    return after, NO_VALUE if None in after.values() else None
