"""Tables of records for the checks of data quality: a builder, what one check finds in them, and a messy client."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from toolkit.quality.all_checks import outcomes_of
from toolkit.quality.check import Check
from toolkit.quality.documents import without_documents
from toolkit.quality.evidence import Evidence
from toolkit.quality.outcome import Outcome
from toolkit.quality.streams import live_streams
from toolkit.query import query_connection
from toolkit.tables import DOCUMENT_LINE, ENTITY_SCHEMAS, record_key

Rows = Sequence[Mapping[str, Any]]
Records = Mapping[tuple[str, str], pa.Table]

AS_OF = date(2026, 10, 5)


def stream_table(entity: str, rows: Rows, *, system: str = "ledger", stream: str | None = None) -> pa.Table:
    """Return the table of one stream: ids are 1, 2, 3 … unless a row names its own."""
    name = stream or f"{entity}s"
    full = []
    for number, row in enumerate(rows, start=1):
        record_id = row.get("record_id", str(number))
        defaults = {
            "record_key": record_key(system, name, record_id),
            "system": system,
            "stream": name,
            "record_id": record_id,
            "entity": entity,
            "state": "active",
        }
        if entity in ("party", "employee"):
            defaults["kind"] = "company"
        full.append({**defaults, **row})
    return ENTITY_SCHEMAS[entity].from_rows(full)


def by_stream(*tables: pa.Table) -> Records:
    """Return tables by their system and stream."""
    return {(table["system"][0].as_py(), table["stream"][0].as_py()): table for table in tables}


@contextmanager
def evidence_of(records: Records, *, country: str | None = "US", lines: pa.Table | None = None) -> Iterator[Evidence]:
    """Yield the evidence that checks are asked with."""
    with query_connection() as connection, without_documents(connection):
        yield Evidence(tuple(live_streams(records)), records, AS_OF, connection, country, lines)


def outcomes(check: Check, records: Records, **options: Any) -> list[Outcome]:
    """Return what one check finds, without the others."""
    with evidence_of(records, **options) as evidence:
        return outcomes_of([check], evidence)


def failing(check: Check, *tables: pa.Table, column: str | None = None) -> list[str]:
    """Return the ids of the records that fail one check, in order."""
    return [
        key.rpartition("/")[2]
        for one in outcomes(check, by_stream(*tables))
        if column in (None, one.column)
        for key in one.failing["record_key"].to_pylist()
    ]


def checked(check: Check, *tables: pa.Table) -> list[int]:
    """Return how many values one check judged, of each column that it says anything of."""
    return [one.checked for one in outcomes(check, by_stream(*tables))]


def messy_records() -> Records:
    """Return a client whose records fail every check at least once."""
    day = date(2026, 1, 1)
    at = datetime(2026, 3, 3, tzinfo=UTC)
    parties = [{"record_id": f"C{number}", "name": f"Firm {number} Ltd"} for number in range(8)]
    parties[1] |= {"name": None, "email": "jo@"}
    parties[2] |= {"name": "SeÃ±or", "parent_ref": "Nobody Ltd"}
    accounts = [{"code": "4000", "name": "Sales", "is_active": True}, {"code": "4100", "name": "Old", "is_active": False}]
    invoices = [
        {
            "number": f"INV-{1000 + number}",
            "party_ref": f"C{number % 4}",
            "amount_minor": 50_000 + 7 * number,
            "paid_minor": 0,
            "currency": "USD",
            "issued_on": day + timedelta(days=number),
            "due_on": day + timedelta(days=number + 30),
            "gl_code": "4000",
        }
        for number in range(28)
    ]
    invoices[4] |= {"issued_on": date(2026, 5, 1), "due_on": date(2026, 5, 31)}
    invoices[6]["number"] = invoices[7]["number"] = "INV-7"
    invoices[9] |= {"party_ref": "C999", "gl_code": "4100"}
    invoices[11]["paid_minor"] = 60_000
    invoices[12] |= {"amount_minor": -5, "due_on": date(1900, 1, 1)}
    invoices[13]["amount_minor"] *= 10
    invoices[14]["issued_on"] = date(2026, 12, 31)
    bills = [{"party_ref": "C5", "number": f"L{number}", "amount_minor": 124_500} for number in range(8)]
    bills[3]["amount_minor"] = 142_500
    payment = {"party_ref": "C6", "amount_minor": 12_345, "paid_at": at, "invoice_ref": "INV-1001"}
    payments = [payment, payment, {**payment, "amount_minor": 777, "invoice_ref": "INV-9"}]
    return by_stream(
        stream_table("party", parties),
        stream_table("account", accounts),
        stream_table("invoice", invoices),
        stream_table("bill", bills),
        stream_table("payment", payments),
    )


def messy_lines() -> pa.Table:
    """Return lines of the same client's bills."""
    return DOCUMENT_LINE.from_rows([{"record_key": "ledger/bills/1", "line_no": 1, "gl_code": "9999"}])
