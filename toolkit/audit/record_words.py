"""Records in a person's words: an invoice by its number, customer, amount and day, a customer by the name."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.files.canonical import major_units
from toolkit.store import Run
from toolkit.store.snapshots import read_snapshot, refuse_damaged_snapshot
from toolkit.values.written import day_text

KEY_COLUMNS: Mapping[str, str] = {"record_key": "record", "key_l": "record_l", "key_r": "record_r", "found_key": "found"}
"""Columns that hold record keys, and what the column of words beside each is called."""

_MAX_ROWS = 10_000
"""A table of more rows gets words for its first ones: nobody reads further, and a million look-ups take time."""
_DAYS = ("issued_on", "posted_on", "spent_on", "paid_at", "closed_at", "started_at", "opened_at", "created_at")
_READ = (
    "record_key", "record_id", "number", "name", "company_name", "email", "party_name", "party_ref", "amount_minor",
    "currency", *_DAYS,
)  # fmt: skip


def with_words(engagement: Engagement, run: Run, rows: pa.Table) -> pa.Table:
    """Return rows with a column of words behind the others for each column of record keys.

    Parameters
    ----------
    engagement, run
        The run that the rows are of, and where its snapshots lie.
    rows
        Of any table; without record keys it comes back as it is.

    Raises
    ------
    DamagedError
        A snapshot that a record stands in is gone, or no longer what was written.
    """
    columns = [name for name in KEY_COLUMNS if name in rows.column_names]
    if not columns or not rows.num_rows:
        return rows
    keys = {key for name in columns for key in rows[name].slice(0, _MAX_ROWS).to_pylist() if key}
    words = record_words(engagement, run, sorted(keys))
    for name in columns:
        told = [words.get(key) for key in rows[name].slice(0, _MAX_ROWS).to_pylist()]
        told += [None] * (rows.num_rows - len(told))
        rows = rows.append_column(KEY_COLUMNS[name], pa.array(told, pa.string()))
    return rows


def record_words(engagement: Engagement, run: Run, record_keys: Sequence[str]) -> dict[str, str]:
    """Return what each record is called, by its key.

    Parameters
    ----------
    engagement, run
        The run, whose snapshots are read.
    record_keys
        Which records; one that no snapshot holds is left out.
    """
    wanted = pa.array(list(record_keys), pa.string())
    streams = {tuple(key.split("/", 2)[:2]) for key in record_keys}
    found: dict[str, str] = {}
    for row in run.table("snapshot").to_pylist():
        if (row["system"], row["stream"]) not in streams:
            continue
        table = stream_records(engagement, row, _READ)
        for one in table.filter(pc.is_in(table["record_key"], value_set=wanted)).to_pylist():
            found[one["record_key"]] = words_of(one)
    return found


def stream_records(engagement: Engagement, snapshot: Mapping[str, Any], columns: Sequence[str]) -> pa.Table:
    """Return columns of the records of a snapshot.

    Parameters
    ----------
    engagement
        The engagement.
    snapshot
        A row of SNAPSHOT.
    columns
        Those that its entity has not are left out.
    """
    refuse_damaged_snapshot(engagement.folder, snapshot["path"], snapshot["sha256"])
    return read_snapshot(engagement.folder / snapshot["path"], snapshot["entity"], columns)


def words_of(record: Mapping[str, Any]) -> str:
    """Return a record in words: what it is called, whose it is, how much, and when.

    Examples
    --------
    >>> from datetime import date
    >>> words_of({"number": "INV-7", "party_name": "Acme Ltd", "amount_minor": 125000, "currency": "USD",
    ...           "issued_on": date(2026, 3, 2)})
    'INV-7, Acme Ltd, USD 1,250.00, 2 Mar 2026'
    >>> words_of({"name": None, "email": "jo@acme.example"})
    'jo@acme.example'
    """
    if "amount_minor" not in record:
        named = (record.get(name) for name in ("name", "company_name", "email", "record_id"))
        return str(next((one for one in named if one), ""))
    number = record.get("number")
    # The number of a deal or a project is often only its id in the system.
    called = record.get("name") if number in {None, record.get("record_id")} else number
    called = called or number
    parts = [called, record.get("party_name") or record.get("party_ref")]
    amount, currency = record["amount_minor"], record.get("currency")
    if amount is not None:
        parts.append(f"{currency or ''} {major_units(amount, currency):,}".strip())
    day = next((record[name] for name in _DAYS if record.get(name) is not None), None)
    if day is not None:
        parts.append(day_text(day.date() if hasattr(day, "date") else day, is_short=True))
    return ", ".join(str(part) for part in parts if part) or str(record.get("record_id") or "")
