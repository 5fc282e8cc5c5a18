"""QuickBooks' lists in groups: every row keeps its group's customer, and opening balances are no documents."""

from collections.abc import Callable

from toolkit.files.canonical import CanonicalStream

Streams = Callable[..., dict[str, CanonicalStream]]


def parties(stream: CanonicalStream) -> list[tuple[str | None, str | None]]:
    table = stream.table()
    return list(zip(table["number"].to_pylist(), table["party_name"].to_pylist(), strict=True))


def test_a_customer_above_its_rows_is_that_of_each_row(export_streams: Streams) -> None:
    """The column has a name, so that the group stands in the customer's column on a line of its own."""
    streams = export_streams(
        "Customer,Date,Transaction type,Num,Due date,Amount,Open balance\n"
        "Birch Works,,,,,,\n"
        ",01/15/2026,Invoice,1001,02/14/2026,100.00,0.00\n"
        ",01/20/2026,Payment,P1,,-100.00,\n"
        "Cole Co,,,,,,\n"
        ",01/16/2026,Invoice,1003,02/15/2026,30.00,30.00\n"
        ",01/18/2026,Invoice,1005,02/15/2026,33.00,30.00\n"
        "Friday, January 30 2026,,,,,,\n".replace("Friday, January", "Friday January")
    )

    assert parties(streams["invoices"]) == [("1001", "Birch Works"), ("1003", "Cole Co"), ("1005", "Cole Co")]
    assert parties(streams["payments"]) == [("P1", "Birch Works")]
    assert streams["invoices"].quarantine["reason"].to_pylist()[:2] == ["group_line", "group_line"]


def test_a_vendor_in_the_first_row_of_its_group_is_that_of_the_others(export_streams: Streams) -> None:
    """A spreadsheet shows each vendor once; the cells below it are empty."""
    streams = export_streams(
        "Vendor,Date,Num,Due date,Amount,Open balance\n"
        "Alder Parts,01/15/2026,A-1,02/14/2026,100.00,0.00\n"
        ",01/20/2026,A-2,02/14/2026,50.00,0.00\n"
        ",01/21/2026,A-3,02/14/2026,51.00,0.00\n"
        "Birch Resin,01/16/2026,B-1,02/15/2026,30.00,30.00\n"
    )

    assert parties(streams["bills"]) == [
        ("A-1", "Alder Parts"),
        ("A-2", "Alder Parts"),
        ("A-3", "Alder Parts"),
        ("B-1", "Birch Resin"),
    ]


def test_a_missing_customer_in_a_plain_list_stays_missing(export_streams: Streams) -> None:
    """Where customers repeat on their rows, an empty cell is nobody's."""
    streams = export_streams(
        "Customer,Date,Num,Due date,Amount,Open balance\n"
        "Acme,01/15/2026,1,02/14/2026,1.00,0.00\nAcme,01/15/2026,2,02/14/2026,1.00,0.00\n"
        ",01/15/2026,3,02/14/2026,1.00,0.00\n,01/15/2026,4,02/14/2026,1.00,0.00\n"
    )

    assert parties(streams["invoices"])[2:] == [("3", None), ("4", None)]


def test_an_opening_balance_is_no_invoice(export_streams: Streams) -> None:
    """QuickBooks books it as one; the report's own total still agrees without it."""
    invoices = export_streams(
        ",Date,Transaction type,Num,Memo/Description,Due date,Amount,Open balance\n"
        "Birch Works,,,,,,,\n"
        ",01/15/2026,Invoice,1001,,02/14/2026,100.00,0.00\n"
        ",01/20/2026,Invoice,1002,Opening Balance,02/14/2026,70.00,70.00\n"
        "Total for Birch Works,,,,,,$170.00,$70.00\n"
        "Cole Co,,,,,,,\n"
        "Cole Co:Evanston,,,,,,,\n"
        ",01/16/2026,Invoice,1003,,02/15/2026,30.00,30.00\n"
        "Total for Cole Co:Evanston,,,,,,$30.00,$30.00\n"
        ",01/17/2026,Invoice,1004,,02/15/2026,20.00,20.00\n"
        "Total for Cole Co,,,,,,$50.00,$50.00\n"
        "TOTAL,,,,,,$220.00,$120.00\n"
    )["invoices"]

    assert parties(invoices) == [("1001", "Birch Works"), ("1003", "Cole Co:Evanston"), ("1004", "Cole Co")]
    assert "balance_line" in invoices.quarantine["reason"].to_pylist()
    assert invoices.counts[0].is_in_balance
