"""Days that a file states and nobody can read are found again in its rows, by the header that the client knows."""

from pathlib import Path

import pytest

from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.records import Records
from toolkit.audit.unread_dates import UnreadDates
from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.judging.unread import Unread
from toolkit.reconcile.references import with_party_keys
from toolkit.reconcile.sides import Streams
from toolkit.tables import REFERENCE

SETTINGS = """
client: Quak
currency: EUR
country: NL
time_zone: Europe/Amsterdam
systems:
  field:
    connector: table
    category: projects
    streams:
      jobs:
        entity: project
        file: [jobs.csv]
        key: [Nummer]
        fields:
          {number: Nummer, party_name: Relatie, created_at: Ingevoerd, completed_at: Gereed, amount_minor: Bedrag}
  books:
    connector: table
    category: ledger
    streams:
      invoices:
        entity: invoice
        file: [invoices.csv]
        key: [Factuur]
        fields: {number: Factuur, party_name: Relatie, issued_on: Datum, amount_minor: Bedrag}
"""
BILLED = Handoff("billed", "Finished jobs invoiced", "field", "jobs", "project", "books", "invoices", "invoice")


@pytest.mark.parametrize(
    ("end", "found"),
    [
        (lambda n: f"wk{n:02}-zomer", Unread("Gereed", 20, 20, "wk00-zomer")),
        (lambda n: f"wk{n:02}-zomer" if n % 2 else f"2026-03-{n + 1:02}", Unread("Gereed", 10, 20, "wk01-zomer")),
        (lambda n: "open" if n % 2 else f"2026-03-{n + 1:02}", None),
        (lambda n: f"2026-03-{n + 1:02}", None),
    ],
)
def test_the_column_whose_days_could_not_be_read_is_named(tmp_path: Path, end: object, found: Unread | None) -> None:
    """Of "Gereed" it is told how many days could not be read, and one of them; a job that is open has none."""
    assert callable(end)
    jobs = "".join(f"J{n},Werk {n},Quak Metaal,2026-02-{n + 1:02},{end(n)},{100 + n}.50\n" for n in range(20))
    bills = "".join(f"F{n},Quak Metaal,2026-03-{n + 2:02},{100 + n}.50\n" for n in range(20))
    folder = folder_of(
        tmp_path,
        {
            "engagement.yaml": SETTINGS,
            "exports/field/jobs.csv": f"Nummer,Tekst,Relatie,Ingevoerd,Gereed,Bedrag\n{jobs}",
            "exports/books/invoices.csv": f"Factuur,Relatie,Datum,Bedrag\n{bills}",
        },
    )
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    records = Records(engagement)
    streams = Streams(with_party_keys(records.documents, REFERENCE.empty()), records.parties)
    assert UnreadDates(engagement, records).of(BILLED, streams.both(BILLED)) == (found, None)
