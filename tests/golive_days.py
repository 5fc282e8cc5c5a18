"""Two-sided days of a parallel run with known truth, as tests write them: only what a test is about stands in it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pyarrow as pa

from toolkit.golive.parallel_run import Reading
from toolkit.golive.sides import compared_side
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.sides import Side
from toolkit.tables import CROSSWALK, DOCUMENT

MONDAY = date(2026, 3, 2)
BY_HAND, INTEGRATED = ("ledger", "invoices"), ("trial", "invoices")
Row = dict[str, Any]


def invoice(number: str, amount: int, day: date | None = MONDAY, party: str = "Acme Ltd", **more: Any) -> Row:
    """Return an invoice of either side."""
    return {"number": number, "amount_minor": amount, "issued_on": day, "party_name": party, "currency": "USD", **more}


def side(place: tuple[str, str], rows: Iterable[Row], *, time_zone: str = "UTC", entity: str = "invoice") -> Side:
    """Return one side of these documents; the id of each is its number, unless it says its own."""
    system, stream = place
    whole = []
    for row in rows:
        record_id = str(row.get("record_id", row["number"]))
        facts = {"system": system, "stream": stream, "record_id": record_id, "entity": entity, "state": "active"}
        whole.append({**facts, "record_key": f"{system}/{stream}/{record_id}", **row})
    table = DOCUMENT.from_rows(whole).sort_by("record_key").combine_chunks()
    return compared_side(entity, place, table, accounts_in(CROSSWALK.empty(), "account_id"), time_zone=time_zone)


def reading(by_hand: Sequence[Row], integrated: Sequence[Row], through: date, **how: Any) -> Reading:
    """Return both lists as they were read on the morning after a day."""
    at = datetime.combine(through + timedelta(days=1), time(8), UTC)
    return Reading(at, through, side(BY_HAND, by_hand, **how), side(INTEGRATED, integrated, **how))


def names(table: pa.Table) -> list[str]:
    """Return the record keys of a table."""
    keys: list[str] = table["record_key"].to_pylist()
    return keys
