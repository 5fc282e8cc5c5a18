"""What was corrected between two exports of a client's list, and what its bills show twice."""

import pytest

from toolkit.audit.engagement import open_engagement
from toolkit.audit.handoff_details import detail_answer
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.store import Run

SETTINGS = """\
client: Acme
currency: USD
country: US
as_of: 2026-06-01
systems:
  books:
    connector: table
    category: ledger
    file: "*.csv"
    streams:
      invoices:
        entity: invoice
        key: [Invoice]
        fields: {number: Invoice, party_name: Customer, amount_minor: Total, issued_on: {column: Date, format: "%Y-%m-%d"}}
      bills:
        entity: bill
        key: [Bill]
        fields: {number: Bill, party_name: Vendor, amount_minor: Amount, issued_on: {column: Billed, format: "%Y-%m-%d"}}
"""
INVOICES = "Invoice,Customer,Total,Date\n" + "".join(
    f"INV-{1000 + one},Customer {one},{100 + one}.50,2026-0{1 + one % 4}-0{1 + one % 8}\n" for one in range(40)
)
BILLS = "Bill,Vendor,Amount,Billed\n" + "".join(
    f"B-{5000 + 37 * one},Vendor {one % 9},{200 + 13 * one}.75,2026-0{1 + one % 4}-1{one % 8}\n" for one in range(40)
)
AGAIN = "B-5037A,Vendor 1,213.75,2026-02-25\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return the details of a client whose list of invoices was exported twice, with two of them changed in between."""
    folder = tmp_path_factory.mktemp("details") / "acme"
    exports = folder / "exports" / "books"
    exports.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(SETTINGS, "utf-8")
    (exports / "invoices.csv").write_text(INVOICES, "utf-8")
    (exports / "bills.csv").write_text(BILLS + AGAIN, "utf-8")
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    changed = INVOICES.replace("Customer 3,103.50", "Customer 3,130.50").replace(
        "INV-1007,Customer 7", "INV-1007,Customer 8"
    )
    (exports / "invoices.csv").write_text(changed, "utf-8")
    pull_snapshots(engagement)
    found = run_stages(engagement, "details")
    engagement.close()
    return found


def test_invoices_that_changed_between_two_exports_were_corrected(run: Run) -> None:
    """One got another amount; the customer of the other is named no more, so that one was renamed."""
    rows = {row["number"]: row for row in run.table("correction").to_pylist()}

    assert {name: row["kinds"] for name, row in rows.items()} == {"INV-1003": ["edited"]}
    assert rows["INV-1003"]["reason"] == "its amount changed after it was issued"
    months = run.table("correction_month").to_pylist()
    assert sum(row["invoices"] for row in months) == 40
    assert sum(row["corrected"] for row in months) == 1


def test_a_bill_that_was_entered_twice_is_a_candidate(run: Run) -> None:
    """With both records, both days and the reason."""
    [row] = run.table("duplicate_payment").to_pylist()

    assert (row["number_first"], row["number_second"], row["amount_minor"]) == ("B-5037", "B-5037A", 21_375)
    assert row["reason"] == "Same supplier and amount, one character more, 14 days apart."


def test_without_handoffs_the_answer_still_tells_what_it_can(run: Run) -> None:
    """No error by kind, and nothing made up."""
    found = detail_answer(run)

    assert found.rows == ()
    assert "1 of 40 invoices seen to be corrected later" in found.sentence
    assert "1 payment may have been made twice, USD 214 in all" in " ".join(found.notes)


def test_what_no_count_of_corrections_holds_is_said() -> None:
    """Goodwill fits no invoice, and one snapshot tells of no edits: neither is shown as nothing corrected."""
    from toolkit.audit.handoff_details import not_told

    months = [
        {"invoices": 30, "corrected": 0, "is_edit_told": False, "credit_notes_left": 0},
        {"invoices": 0, "corrected": 0, "is_edit_told": False, "credit_notes_left": 2},
        {"invoices": 10, "corrected": 1, "is_edit_told": True, "credit_notes_left": 0},
    ]

    assert not_told(months) == [
        "Whether 30 invoices were edited cannot be told: it takes two snapshots.",
        "2 credit notes fit no invoice, as one for goodwill does, and count for none.",
    ]
