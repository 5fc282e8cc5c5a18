"""What speaks against documents that a reviewed workbook names as counterparts, said when it is read."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.match.documents.amounts import amount_relations
from toolkit.reconcile.decided_doubts import doubt_words, shared_names
from toolkit.store import Run
from toolkit.tables import EVENT_COLUMNS, PARTY_ENTITIES

_AMOUNTS = ("amount_minor", "tax_minor", "fee_minor")
_COLUMNS = ("record_key", "entity", "party_key", "party_name", *_AMOUNTS)


def found_doubts(engagement: Engagement, run: Run | None, rulings: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return for each document found what speaks against it, in words; empty where nothing does.

    Parameters
    ----------
    engagement
        With the newest records.
    run
        The latest audit: whose counterpart a document is by now, and which records are one customer.
    rulings
        Rows of RULING that found a document.
    """
    if not rulings:
        return []
    wanted = pa.array(sorted({row[name] for row in rulings for name in ("key_l", "key_r")}), pa.string())
    dates = dict.fromkeys(("created_at", *(name for names in EVENT_COLUMNS.values() for name in names)))
    known: dict[str, dict[str, Any]] = {}
    for table in engagement.store.records().values():
        names = [name for name in (*_COLUMNS, *dates) if name in table.column_names]
        own = table.select(names).filter(pc.is_in(table["record_key"], value_set=wanted))
        known |= {row["record_key"]: row for row in own.to_pylist() if row["entity"] not in PARTY_ENTITIES}
    # The handoff knows which of a document's dates counts: that it was finished, not that it was begun.
    days = _days(run, [row["key_l"] for row in rulings])
    known = {key: {**row, "day": days.get(key) or _day(row)} for key, row in known.items()}
    taken, accounts = _taken(run, rulings), _accounts(run, known)
    return [_doubts(row, known.get(row["key_l"], {}), known.get(row["key_r"], {}), taken, accounts) for row in rulings]


def _doubts(
    ruling: Mapping[str, Any],
    left: Mapping[str, Any],
    right: Mapping[str, Any],
    taken: Mapping[str, Sequence[str]],
    accounts: Mapping[str, str],
) -> str:
    by = [key for key in taken.get(ruling["key_r"], ()) if key != ruling["key_l"]]
    amount, tax, fee = (np.array([[_number(row.get(name))] for row in (left, right)]) for name in _AMOUNTS)
    [relation] = amount_relations(*amount, tax_l=tax[0], tax_r=tax[1], fee_l=fee[0], fee_r=fee[1])
    one, other = (accounts.get(row.get("record_key", "")) for row in (left, right))
    [shared] = shared_names([left.get("party_name")], [right.get("party_name")])
    on_l, on_r = left.get("day"), right.get("day")
    return doubt_words(
        is_other_party=one is not None and other is not None and one != other and shared != 1,
        relation=int(relation),
        days=float((on_r - on_l).days) if on_l and on_r else float("nan"),
        taken_by=by,
    )


def _number(value: int | None) -> float:
    return float("nan") if value is None else float(value)


def _day(row: Mapping[str, Any]) -> date | None:
    """Return the day on which a document happened, by what is told of its kind first."""
    names = (*EVENT_COLUMNS.get(row.get("entity", ""), ()), "created_at")
    value = next((row[name] for name in names if row.get(name) is not None), None)
    return value.date() if isinstance(value, datetime) else value


def _days(run: Run | None, keys: Sequence[str]) -> dict[str, date]:
    """Return the day of each item by the latest audit."""
    if run is None or not run.has("counterpart"):
        return {}
    table = run.table("counterpart").select(["key_l", "event_on"])
    own = table.filter(pc.is_in(table["key_l"], value_set=pa.array(keys, pa.string())))
    return {row["key_l"]: row["event_on"] for row in own.to_pylist() if row["event_on"] is not None}


def _taken(run: Run | None, rulings: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the items that each document is the counterpart of by the latest audit, and by the file itself."""
    found: dict[str, list[str]] = {}
    for row in rulings:
        found.setdefault(row["key_r"], []).append(row["key_l"])
    if run is None or not run.has("counterpart"):
        return found
    # A document may come from several lists of one system: only another item of the same list takes it.
    lists = {(_list_of(row["key_l"]), row["key_r"]) for row in rulings}
    table = run.table("counterpart").select(["key_l", "key_r", "status"])
    own = table.filter(pc.is_in(table["key_r"], value_set=pa.array(sorted(found), pa.string())))
    for row in own.filter(pc.equal(own["status"], "found")).to_pylist():
        if (_list_of(row["key_l"]), row["key_r"]) in lists and row["key_l"] not in found[row["key_r"]]:
            found[row["key_r"]].append(row["key_l"])
    return found


def _list_of(record_key: str) -> str:
    return record_key.rpartition("/")[0]


def _accounts(run: Run | None, known: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return whose each document is, by the latest audit."""
    if run is None or not run.has("crosswalk") or not run.has("reference"):
        return {}
    reference = run.table("reference").select(["record_key", "column", "found_key"])
    own = reference.filter(pc.is_in(reference["record_key"], value_set=pa.array(sorted(known), pa.string())))
    party = {row["record_key"]: row["found_key"] for row in own.to_pylist() if row["column"] == "party_key"}
    crosswalk = run.table("crosswalk").select(["record_key", "account_id"])
    held = crosswalk.filter(pc.is_in(crosswalk["record_key"], value_set=pa.array(list(party.values()), pa.string())))
    account = dict(zip(held["record_key"].to_pylist(), held["account_id"].to_pylist(), strict=True))
    return {key: account[one] for key, one in party.items() if one in account}
