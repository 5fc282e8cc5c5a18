"""Two-sided days of a parallel run with known truth, as tests write them: only what a test is about stands in it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

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


def side(
    place: tuple[str, str],
    rows: Iterable[Row],
    *,
    time_zone: str = "UTC",
    entity: str = "invoice",
    accounts: Mapping[str, str] | None = None,
) -> Side:
    """Return one side of these documents; the id of each is its number, unless it says its own.

    ``accounts`` is the account of each party record that a document names as its ``party_key``.
    """
    system, stream = place
    whole = []
    for row in rows:
        record_id = str(row.get("record_id", row["number"]))
        facts = {"system": system, "stream": stream, "record_id": record_id, "entity": entity, "state": "active"}
        whole.append({**facts, "record_key": f"{system}/{stream}/{record_id}", **row})
    table = DOCUMENT.from_rows(whole).sort_by("record_key").combine_chunks()
    walk = [
        {
            "record_key": key, "system": key.split("/")[0], "stream": key.split("/")[1], "record_id": key.split("/")[2],
            "golden_id": account, "account_id": account, "match_probability": 1.0, "decided_by": "model",
        }
        for key, account in (accounts or {}).items()
    ]  # fmt: skip
    return compared_side(entity, place, table, accounts_in(CROSSWALK.from_rows(walk), "account_id"), time_zone=time_zone)


def reading(by_hand: Sequence[Row], integrated: Sequence[Row], through: date, **how: Any) -> Reading:
    """Return both lists as they were read on the morning after a day."""
    at = datetime.combine(through + timedelta(days=1), time(8), UTC)
    return Reading(at, through, side(BY_HAND, by_hand, **how), side(INTEGRATED, integrated, **how))
