"""What handoffs are made of, from a run and its records: weekdays, kinds of errors, corrections, double payments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.records import Records
from toolkit.insight.corrections import Correction, CreditNote, Invoice, changed_fields, corrections
from toolkit.insight.duplicate_payments import WINDOW_DAYS, Credit, DuplicatePayment, Paid, duplicate_payments
from toolkit.insight.number_likeness import plain_number
from toolkit.reconcile.error_kinds import changed_later, error_kinds, weekdays
from toolkit.reconcile.events import as_dates, first_events
from toolkit.reconcile.references import with_party_keys
from toolkit.store import Run
from toolkit.tables import (
    CORRECTION,
    CORRECTION_MONTH,
    DUPLICATE_PAYMENT,
    EVENT_COLUMNS,
    HANDOFF_ERROR,
    HANDOFF_WEEKDAY,
)
from toolkit.values.company_name import standardised

Row = Mapping[str, Any]

_BILLS = ("bill", "expense")
_READ = (
    "record_key", "system", "stream", "entity", "number", "party_ref", "party_name", "party_key", "description", "reference",
    "invoice_ref", "amount_minor", "currency", "status", "method", "issued_on", "created_at", "posted_on", "spent_on",
    "paid_at", "date_only", "offset_minutes",
)  # fmt: skip
_NO_CORRECTIONS = {"invoices": 0, "corrected": 0, "credit_notes_left": 0}
_EDITABLE = ("record_key", "number", "party_ref", "party_name", "amount_minor", "currency", "issued_on")


def detail_tables(run: Run, records: Records, grace_days: Mapping[str, int], time_zone: str) -> dict[str, pa.Table]:
    """Return HANDOFF_WEEKDAY, HANDOFF_ERROR, CORRECTION, CORRECTION_MONTH and DUPLICATE_PAYMENT of a run.

    Parameters
    ----------
    run
        With HANDOFF, COUNTERPART, HANDOFF_MEASURE, REFERENCE and CROSSWALK.
    records
        Documents, and earlier snapshots of them.
    grace_days
        How long the items of each handoff usually take at most.
    time_zone
        The client's, for days.
    """
    documents = with_party_keys(records.documents, run.table("reference")).select(list(_READ))
    days = document_days(documents, time_zone)
    rows = [{**row, "day": day} for row, day in zip(documents.to_pylist(), days, strict=True)]
    vendors = _vendors(documents, run.table("crosswalk"))
    return {
        **_handoff_tables(run, records, grace_days),
        **_correction_tables(rows, records),
        "duplicate_payment": DUPLICATE_PAYMENT.from_rows(_duplicates(rows, vendors)),
    }


def document_days(documents: pa.Table, time_zone: str) -> list[date | None]:
    """Return the local day on which each document happened; null where none is known.

    Parameters
    ----------
    documents
        Of any entities, with the columns of `EVENT_COLUMNS`.
    time_zone
        The client's.
    """
    found: list[date | None] = [None] * documents.num_rows
    entities = documents["entity"]
    for entity in pc.unique(entities).to_pylist():
        is_own = pc.equal(entities, entity)
        own = documents.filter(is_own)
        places = pc.indices_nonzero(is_own.combine_chunks()).to_pylist()
        told = as_dates(first_events(own, EVENT_COLUMNS.get(entity, ("created_at",)), time_zone).day).to_pylist()
        for place, day in zip(places, told, strict=True):
            found[place] = day
    return found


def _handoff_tables(run: Run, records: Records, grace_days: Mapping[str, int]) -> dict[str, pa.Table]:
    items: dict[str, list[Row]] = defaultdict(list)
    names = ["handoff_id", "key_l", "status", "basis", "event_on", "lag_days", "is_error", "error_kind"]
    for row in run.table("counterpart").select(names).to_pylist():
        items[row["handoff_id"]].append(row)
    windows = {
        (row["handoff_id"], row["measure"]): (row["first_on"], row["last_on"])
        for row in run.table("handoff_measure").to_pylist()
        if row["first_on"] is not None
    }
    kinds, by_day, changed = [], [], _Changed(records)
    for handoff in run.table("handoff").to_pylist():
        name = handoff["handoff_id"]
        own = items[name]
        # A handoff of which errors, or volumes, are held back has no such measure: then neither is told here.
        kinds += error_kinds(name, own, window=windows.get((name, "error_share")), grace_days=grace_days.get(name, 14))
        by_day += weekdays(name, own, window=windows.get((name, "volume_per_month")))
        kinds.append(changed_later(name, changed.of(handoff["system_r"], handoff["stream_r"])))
    return {"handoff_weekday": HANDOFF_WEEKDAY.from_rows(by_day), "handoff_error": HANDOFF_ERROR.from_rows(kinds)}


class _Changed:
    """Which documents of a stream changed after they first stood in a snapshot; each stream is looked at once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._found: dict[tuple[str, str], list[bool] | None] = {}

    def of(self, system: str, stream: str) -> list[bool] | None:
        """Return of each document that stands in two snapshots whether it changed; null without an earlier one."""
        if (system, stream) not in self._found:
            self._found[system, stream] = self._looked_at(system, stream)
        return self._found[system, stream]

    def _looked_at(self, system: str, stream: str) -> list[bool] | None:
        earlier = list(_earlier(self._records, system, stream))
        if not earlier:
            return None
        now = _invoices(self._records.documents_of(system, stream, _EDITABLE).to_pylist())
        held = {one.party for one in now.values()}
        told: dict[str, bool] = {}
        for snapshot in earlier:
            for key in snapshot.keys() & now.keys():
                told[key] = told.get(key, False) or bool(changed_fields(snapshot[key], now[key], held))
        return list(told.values())


def _earlier(records: Records, system: str, stream: str) -> Iterator[dict[str, Invoice]]:
    for table in records.earlier_documents_of(system, stream, _EDITABLE):
        yield _invoices(table.to_pylist())


def _invoices(rows: Iterable[Row]) -> dict[str, Invoice]:
    return {row["record_key"]: _invoice(row) for row in rows}


def _invoice(row: Row) -> Invoice:
    party = row["party_ref"] or row["party_name"]
    status = row.get("status")
    return Invoice(row["record_key"], row["number"], party, row["amount_minor"], row["currency"], row["issued_on"], status)


def _correction_tables(rows: Sequence[Row], records: Records) -> dict[str, pa.Table]:
    invoices: dict[str, list[Row]] = defaultdict(list)
    notes: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["entity"] == "invoice":
            invoices[row["system"]].append(row)
        elif row["entity"] == "credit_note":
            notes[row["system"]].append(row)
    found: list[dict[str, Any]] = []
    months: dict[tuple[str, str, date], dict[str, Any]] = {}
    for system in sorted({*invoices, *notes}):
        own = invoices[system]
        before = {stream: list(_earlier(records, system, stream)) for stream in sorted({row["stream"] for row in own})}
        earlier = [snapshot for snapshots in before.values() for snapshot in snapshots]
        corrected, left = corrections([_invoice(row) for row in own], map(_credit_note, notes[system]), earlier)
        found += [_correction_row(one) for one in corrected]
        wrong = {one.invoice.record_key for one in corrected}
        unfit = {one.record_key for one in left}
        for row in (*own, *notes[system]):
            if row["day"] is None:
                continue
            month = row["day"].replace(day=1)
            told = months.setdefault((system, row["stream"], month), {**_NO_CORRECTIONS, "is_edit_told": False})
            told["is_edit_told"] = bool(before.get(row["stream"]))
            told["invoices"] += row["entity"] == "invoice"
            told["corrected"] += row["record_key"] in wrong
            told["credit_notes_left"] += row["record_key"] in unfit
    by_month = [
        {"system": system, "stream": stream, "month": month, **told}
        for (system, stream, month), told in sorted(months.items())
    ]
    return {"correction": CORRECTION.from_rows(found), "correction_month": CORRECTION_MONTH.from_rows(by_month)}


def _credit_note(row: Row) -> CreditNote:
    names = tuple(row[name] for name in ("invoice_ref", "reference", "description") if row[name])
    party = row["party_ref"] or row["party_name"]
    return CreditNote(row["record_key"], party, row["amount_minor"], row["currency"], row["day"], names)


def _correction_row(one: Correction) -> dict[str, Any]:
    return {
        "record_key": one.invoice.record_key,
        "number": one.invoice.number,
        "issued_on": one.invoice.issued_on,
        "kinds": list(one.kinds),
        "reason": one.reason,
        "other_key": one.other_key,
        "amount_minor": one.invoice.amount_minor,
        "currency": one.invoice.currency,
    }


def _vendors(documents: pa.Table, crosswalk: pa.Table) -> dict[str, str]:
    """Return whose each document is: its account, so that a supplier who is there twice is one; else its name."""
    accounts = dict(zip(crosswalk["record_key"].to_pylist(), crosswalk["account_id"].to_pylist(), strict=True))
    written = pc.coalesce(documents["party_name"], documents["party_ref"]).combine_chunks()
    names = standardised(written)
    columns = (
        documents["record_key"].to_pylist(),
        documents["party_key"].to_pylist(),
        names.to_pylist(),
        written.to_pylist(),
    )
    return {
        key: accounts.get(party or "") or plain or as_written or ""
        for key, party, plain, as_written in zip(*columns, strict=True)
    }


def _duplicates(rows: Sequence[Row], vendors: Mapping[str, str]) -> list[dict[str, Any]]:
    lists: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["day"] is not None and row["amount_minor"] and (row["entity"] in {*_BILLS, "bank_line"}):
            lists[row["system"], row["stream"]].append(row)
    totals = {
        (vendors[row["record_key"]], plain_number(row["number"])): row["amount_minor"]
        for row in rows
        if row["entity"] in _BILLS and row["amount_minor"] and row["number"]
    }
    credit_notes = [row for row in rows if row["entity"] == "credit_note" and row["day"] and row["amount_minor"]]
    found: list[tuple[DuplicatePayment, Row]] = []
    by_key = {row["record_key"]: row for row in rows}
    for own in lists.values():
        sign = -1 if own[0]["entity"] == "bank_line" else 1
        paid = [_paid(row, vendors, sign) for row in own]
        back = [_credit(row, vendors) for row in [*credit_notes, *(one for one in own if one["amount_minor"] * sign < 0)]]
        told = duplicate_payments(paid, back, bill_totals=totals)
        found += [(one, by_key[one.second.record_key]) for one in told]
    incidents = _incidents([one for one, _ in found])
    return [_duplicate_row(one, row, incident) for (one, row), incident in zip(found, incidents, strict=True)]


def _paid(row: Row, vendors: Mapping[str, str], sign: int) -> Paid:
    # What a bank calls the payee of a line is its text; a line has no number of a bill.
    number = row["number"] if row["entity"] in _BILLS else None
    return Paid(
        row["record_key"],
        vendors[row["record_key"]],
        row["amount_minor"] * sign,
        row["currency"] or "",
        row["day"],
        number,
        row["invoice_ref"],
    )


def _credit(row: Row, vendors: Mapping[str, str]) -> Credit:
    return Credit(vendors[row["record_key"]], abs(row["amount_minor"]), row["currency"] or "", row["day"])


def _incidents(found: Sequence[DuplicatePayment]) -> list[int]:
    """Return the incident of each candidate: a bill that stands twice and the two payments of it are one."""
    numbers: list[int] = []
    for place, one in enumerate(found):
        same = next(
            (
                number
                for number, other in zip(numbers, found[:place], strict=True)
                # A bank writes a supplier's name in its own way; twice the same sum in both lists is enough.
                if (one.second.amount_minor, one.second.currency) == (other.second.amount_minor, other.second.currency)
                and abs((one.second.on - other.second.on).days) <= WINDOW_DAYS
                and one.second.record_key.rsplit("/", 1)[0] != other.second.record_key.rsplit("/", 1)[0]
            ),
            None,
        )
        numbers.append(max(numbers, default=0) + 1 if same is None else same)
    return numbers


def _duplicate_row(one: DuplicatePayment, row: Row, incident: int) -> dict[str, Any]:
    reason = f"Same supplier and amount, {one.likeness}, {one.days} days apart."
    return {
        "key_first": one.first.record_key,
        "key_second": one.second.record_key,
        "system": row["system"],
        "stream": row["stream"],
        "incident": incident,
        "vendor": row["party_name"] or row["party_ref"],
        "amount_minor": one.second.amount_minor,
        "currency": one.second.currency or None,
        "first_on": one.first.on,
        "second_on": one.second.on,
        "number_first": one.first.number,
        "number_second": one.second.number,
        "reason": reason,
    }
