"""Xero's templates and its report on the transactions of accounts."""

from collections.abc import Callable

import pytest

from toolkit.files.canonical import CanonicalStream

Streams = Callable[..., dict[str, CanonicalStream]]

BILLS = (
    "*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,InvoiceAmountPaid,*Description,*Quantity,"
    "*UnitAmount,LineAmount,*AccountCode,Currency\n"
    "Alder Parts,ap@alder.example,A-610,PO-21,2026-09-01,2026-09-30,1960.17,1960.17,Brackets,10,96.00,960.00,300,USD\n"
    "Alder Parts,ap@alder.example,A-610,PO-21,2026-09-01,2026-09-30,1960.17,1960.17,Housings,4,250.04,1000.17,300,USD\n"
    "Birch Resin,ar@birch.example,B-22,PO-22,2026-09-03,2026-10-03,9366.95,9366.95,Resin,1,9366.95,9366.95,300,USD\n"
)
SALES = (
    "*ContactName,EmailAddress,*InvoiceNumber,*InvoiceDate,*DueDate,Total,*Description,*Quantity,*UnitAmount,*AccountCode,"
    "*TaxType,Currency\n"
    "Fern Bakery,,12,15/06/2026,30/06/2026,,Desk,10,20.00,200,Sales,\n"
    "Fern Bakery,,12,15/06/2026,30/06/2026,,Chair,5,30.00,200,Sales,\n"
    "Oak Tuition,,12,16/06/2026,30/06/2026,,Lamp,3,11.00,200,Sales,\n"
)
TRANSACTIONS = "Date,Source,Description,Reference,Debit,Credit,Running Balance\n"


def documents(stream: CanonicalStream) -> list[tuple[str, str, int]]:
    columns = ("number", "party_name", "amount_minor")
    return [tuple(row[name] for name in columns) for row in stream.table().to_pylist()]  # type: ignore[misc]


def test_a_template_of_bills_is_told_by_the_name_of_its_file(export_streams: Streams) -> None:
    """The columns are those of both templates; a total on every line counts once."""
    streams = export_streams(BILLS, "Bills export.csv")

    assert list(streams) == ["bills"]
    assert documents(streams["bills"]) == [("A-610", "Alder Parts", 196_017), ("B-22", "Birch Resin", 936_695)]
    assert streams["bills"].lines["amount_minor"].to_pylist() == [96_000, 100_017, 936_695]


def test_lines_of_a_sales_template_add_up_by_number_and_contact(export_streams: Streams) -> None:
    """No total, no line amount: quantity by unit amount; number 12 was given to two customers."""
    streams = export_streams(SALES, "SalesInvoices.csv", country="GB")

    assert documents(streams["invoices"]) == [("12", "Fern Bakery", 35_000), ("12", "Oak Tuition", 3_300)]
    assert streams["invoices"].table()["record_id"].to_pylist() == ["12", "12@Oak Tuition"]
    assert [note.code for note in streams["invoices"].notes] == ["total_from_lines"]


def test_the_columns_tell_a_template_whose_file_is_called_anything(export_streams: Streams) -> None:
    """Only sales have a reference, a discount in percent and a theme."""
    sales = (
        "*ContactName,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,*Description,*Quantity,*UnitAmount,Discount,*AccountCode,"
        "*TaxType,BrandingTheme\nFern,7,PO 1,2026-06-15,2026-06-30,Desk,10,20.00,10%,200,None,\n"
    )
    bills = (
        "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,Description,*Quantity,*UnitAmount,*AccountCode,*TaxType\n"
        "Alder,A-1,2026-06-15,2026-06-30,Desk,10,20.00,300,None\n"
    )

    assert documents(export_streams(sales, "list.csv")["invoices"]) == [("7", "Fern", 18_000)]
    assert documents(export_streams(bills, "import.csv")["bills"]) == [("A-1", "Alder", 20_000)]


@pytest.mark.parametrize("name", ["Purchases 2026.csv", "unpaid_bills.csv", "SupplierBills.csv"])
def test_other_words_for_bills_in_the_name(export_streams: Streams, name: str) -> None:
    """Words stand in names with blanks, underscores or capitals between them."""
    assert list(export_streams(BILLS, name)) == ["bills"]


def test_debit_and_credit_become_one_amount_signed_by_the_running_balance(export_streams: Streams) -> None:
    """The balance falls by what stands as debit, so it went out; title, account and total lines are no lines."""
    streams = export_streams(
        "Account Transactions\nFern Instruments Ltd\nFor the period 1 September 2026 to 30 September 2026\n\n"
        + TRANSACTIONS
        + "Business Bank Account,,,,,,\n"
        "02 Sep 2026,Payable Payment,Alder Parts,A-610,1960.17,,48039.83\n"
        "05 Sep 2026,Payable Payment,Birch Resin,B-22,9366.95,,38672.88\n"
        "10 Sep 2026,Receive Money,Customer receipt,INV-9001,,4000.00,42672.88\n"
        "Total Business Bank Account,,,,11327.12,4000.00,\n"
    )

    assert streams["bank_transactions"].table()["amount_minor"].to_pylist() == [-196_017, -936_695, 400_000]
    assert "bad_value" not in [note.code for note in streams["bank_transactions"].notes]


def test_a_debit_of_an_asset_is_money_in(export_streams: Streams) -> None:
    """As bookkeepers write it: the balance rises by the debit. Opening and closing balances are no lines."""
    streams = export_streams(
        TRANSACTIONS + "Opening Balance,,,,5000.00,,5000.00\n"
        "05 Jan 2026,Receive Money,Oakfield,INV-1,1200.00,,6200.00\n"
        "13 Jan 2026,Spend Money,Rowan,77,,450.00,5750.00\n"
        "Closing Balance,,,,5750.00,,5750.00\n"
    )

    assert streams["bank_transactions"].table()["amount_minor"].to_pylist() == [120_000, -45_000]
    assert streams["bank_transactions"].quarantine["reason"].to_pylist() == ["balance_line", "balance_line"]


def test_journals_are_no_lines_of_a_bank_account(fixture_streams: Streams) -> None:
    """Depreciation moves no money."""
    streams = fixture_streams("xero/bank_transactions")

    assert streams["account_transactions"].table()["description"].to_pylist() == ["Depreciation"]
    assert streams["bank_transactions"].table()["amount_minor"].to_pylist() == [120_000, -45_000, -500]


def test_the_chart_of_accounts_is_read(fixture_streams: Streams) -> None:
    """Its export has the asterisks of the template."""
    assert fixture_streams("xero/accounts")["accounts"].table()["name"].to_pylist() == ["Sales", "Purchases"]
