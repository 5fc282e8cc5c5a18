"""The figures that a command prints first are those of the client at hand, whatever its handoffs are called."""

from pathlib import Path

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of

INVOICES = "Invoice No,Client,Date,Total\n" + "".join(
    f"INV-{7000 + n},Firm{n % 9} Ltd,2026-0{1 + n % 6}-{1 + n % 27:02},{100 + n}.50\n" for n in range(60)
)
LINES = "Line,Text,Date,Amount\n" + "".join(
    f"L{n},Firm{n % 9} Ltd INV-{7000 + n},2026-0{1 + n % 6}-{1 + n % 27:02},{100 + n}.50\n" for n in range(60) if n % 12
)
SETTINGS = """client: Rec
currency: GBP
country: GB
as_of: 2026-10-05
systems:
  ledger: {connector: table, category: ledger, streams: {bills: {entity: invoice, key: [Invoice No],
    fields: {number: Invoice No, party_name: Client, issued_on: Date, amount_minor: Total}}}}
  bank: {connector: table, category: bank, streams: {lines: {entity: bank_line, key: [Line],
    fields: {description: Text, posted_on: Date, amount_minor: Amount}}}}
handoffs:
  money_that_comes: {label: Invoices paid, from: ledger.bills, to: bank.lines}
"""


def test_what_is_missing_is_said_first_of_any_handoff(tmp_path: Path) -> None:
    """Two systems, no answer, no price: five invoices without a payment are the message all the same."""
    files = {"exports/ledger/bills.csv": INVOICES, "exports/bank/lines.csv": LINES, "engagement.yaml": SETTINGS}
    folder = folder_of(tmp_path / "client", files)

    said = call("audit", folder).out

    [line] = [line for line in said.splitlines() if "Invoices without a bank line" in line]
    assert " 5 (n = 60)" in line
    assert "No duplicate, handoff or price" not in said
