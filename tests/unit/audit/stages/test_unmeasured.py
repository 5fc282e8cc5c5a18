"""Which handoffs lack a list: what a person said is missing, and what was only guessed keeps no audit from being whole."""

from pathlib import Path

import pytest

from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.stages.handoffs import unmeasured_handoffs

SAID = "Handoff paid could not be measured: nothing was pulled for bank.lines."


@pytest.mark.parametrize(
    ("more", "is_missing"), [("", True), (", is_proposed: true", False), (", is_proposed: false", True)]
)
def test_a_handoff_that_nobody_confirmed_keeps_no_audit_from_being_whole(
    tmp_path: Path, more: str, *, is_missing: bool
) -> None:
    """It is named among what could not be measured all the same; once confirmed, its list is missing."""
    settings = (
        "client: Quak\ncurrency: EUR\ncountry: NL\nsystems:\n"
        "  books:\n    connector: table\n    streams:\n"
        "      invoices: {entity: invoice, key: [Factuur], file: invoices.csv, fields: "
        "{number: Factuur, party_ref: Relatie, issued_on: Datum, amount_minor: Bedrag}}\n"
        f"handoffs:\n  paid: {{from: books.invoices, to: bank.lines{more}}}\n"
    )
    rows = "".join(f"F{n},Quak Metaal,2026-03-{n + 2:02},{100 + n}.50\n" for n in range(20))
    files = {"engagement.yaml": settings, "exports/books/invoices.csv": f"Factuur,Relatie,Datum,Bedrag\n{rows}"}
    engagement = open_engagement(folder_of(tmp_path / "client", files))
    pull_snapshots(engagement)

    assert unmeasured_handoffs(engagement) == [SAID]
    assert unmeasured_handoffs(engagement, with_proposed=False) == ([SAID] if is_missing else [])
