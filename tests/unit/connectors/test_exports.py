"""Each vendor's habits, on small exports: what a client's file means."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from toolkit.files.canonical import CanonicalStream

Streams = Callable[..., dict[str, CanonicalStream]]


def rows(stream: CanonicalStream) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = stream.table().to_pylist()
    return listed


def test_hubspot_contacts_belong_to_their_first_company(fixture_streams: Streams) -> None:
    """Several associations stand in one cell; the first is the company."""
    ana, bo = rows(fixture_streams("hubspot/contacts")["contacts"])

    assert (ana["record_id"], ana["name"], ana["parent_ref"]) == ("101", "Ana Pratt", "9001112223")
    assert bo["company_name"] == "Birch Works LLC"
    assert ana["created_at"] == datetime(2026, 1, 5, 15, 31, tzinfo=UTC)


def test_hubspot_further_phones_are_kept_as_points(fixture_streams: Streams) -> None:
    """The party row shows one number, the others are not lost."""
    points = fixture_streams("hubspot/contacts")["contacts"].points.to_pylist()

    assert ("phone", "(312) 555-0199", "mobile", False) in {
        (one["kind"], one["value"], one["label"], one["is_primary"]) for one in points
    }


def test_a_deal_is_closed_only_when_it_is_won_or_lost(fixture_streams: Streams) -> None:
    """The close date of an open deal is a hope."""
    won, still_open = rows(fixture_streams("hubspot/deals")["deals"])

    assert (won["is_won"], won["amount_minor"]) == (True, 1_250_000)
    assert won["closed_at"] == datetime(2026, 3, 1, 22, tzinfo=UTC)
    assert (still_open["is_won"], still_open["closed_at"]) == (None, None)


def test_quickbooks_customers_come_out_of_a_report_frame(fixture_streams: Streams) -> None:
    """Title rows, the time stamp, labelled phones, "Parent:Child" and "(deleted)" are understood."""
    alder, birch, cole = rows(fixture_streams("quickbooks/customers")["customers"])

    assert (alder["phone"], alder["street"], alder["city"], alder["postcode"]) == (
        "(312) 555-0101", "12 Main St", "Chicago", "60601",
    )  # fmt: skip
    assert (birch["record_id"], birch["parent_ref"]) == ("Birch Works LLC:Evanston", "Birch Works LLC")
    assert (cole["record_id"], cole["state"], cole["alt_ids"]) == ("Cole Co", "archived", ["Cole Co (deleted)"])


def test_quickbooks_open_balance_tells_what_is_paid(fixture_streams: Streams) -> None:
    """There is no status column: the amount less the open balance was paid."""
    stream = fixture_streams("quickbooks/invoices")["invoices"]

    assert [(row["paid_minor"], row["status"]) for row in rows(stream)] == [
        (1_250_000, "Paid"),
        (500_000, "Partly paid"),
        (0, "Open"),
    ]
    assert stream.counts[0].is_in_balance


def test_a_quickbooks_list_of_several_types_is_taken_apart(export_streams: Streams) -> None:
    """Invoices, payments and credit memos of one list become streams of their own; the control sum still holds."""
    streams = export_streams(
        "Date,Transaction type,Num,Name,Memo,Due date,Amount,Open balance\n"
        "01/15/2026,Invoice,1001,Acme,,02/14/2026,100.00,0.00\n"
        "01/20/2026,Payment,P1,Acme,,,-100.00,0.00\n"
        "01/21/2026,Credit Memo,C1,Acme,,,-5.00,0.00\n"
        "01/22/2026,Journal Entry,J1,Acme,,,7.00,0.00\n"
        "TOTAL,,,,,,$2.00,\n"
    )

    assert {name: [row["amount_minor"] for row in rows(stream)] for name, stream in streams.items()} == {
        "invoices": [10_000],
        "payments": [10_000],
        "credit_memos": [500],
    }
    assert streams["invoices"].quarantine["reason"].to_pylist() == ["total_line", "other_type"]


def test_an_invoice_number_typed_twice_stays_two_invoices(export_streams: Streams) -> None:
    """Double numbers are a finding; no document may vanish because of them."""
    streams = export_streams(
        "Date,Transaction type,Num,Name,Due date,Amount,Open balance\n"
        "01/15/2026,Invoice,1001,Acme,02/14/2026,100.00,0.00\n"
        "01/16/2026,Invoice,1001,Bolt,02/15/2026,70.00,0.00\n"
        "01/16/2026,Invoice,1001,Bolt,02/15/2026,70.00,0.00\n"
    )

    assert [(row["record_id"], row["amount_minor"]) for row in rows(streams["invoices"])] == [
        ("1001", 10_000),
        ("1001#2", 7_000),
    ]
    assert streams["invoices"].counts[0].rows_repeated == 1


def test_xero_totals_count_once_and_lines_are_kept(fixture_streams: Streams) -> None:
    """The export repeats an invoice's totals on each of its lines."""
    stream = fixture_streams("xero/invoices", country="GB")["invoices"]

    assert [(row["record_id"], row["amount_minor"], row["issued_on"]) for row in rows(stream)] == [
        ("INV-0101", 120_000, date(2026, 1, 13)),
        ("INV-0102", 6_000, date(2026, 2, 5)),
    ]
    assert stream.counts[0].rows_folded == 1
    assert [(one["line_no"], one["sku"], one["quantity"], one["amount_minor"]) for one in stream.lines.to_pylist()] == [
        (1, "DESK", 2.0, 80_000),
        (2, "LAMP", 4.0, 20_000),
        (1, None, 1.0, 5_000),
    ]


def test_xero_bills_are_keyed_by_contact_and_number(fixture_streams: Streams) -> None:
    """Two suppliers may both send a bill number 77."""
    bills = rows(fixture_streams("xero/invoices", country="GB")["bills"])

    assert [one["record_id"] for one in bills] == ["Oakfield Joinery Ltd|77", "Rowan Design|77"]


def test_stripe_amounts_are_major_units_in_utc(fixture_streams: Streams) -> None:
    """A fee in another currency than the charge is left out, refunds lower what was kept."""
    first, second = rows(fixture_streams("stripe/payments")["payments"])

    assert (first["amount_minor"], first["fee_minor"], first["paid_minor"], first["currency"]) == (
        12_500,
        393,
        10_000,
        "USD",
    )
    assert first["paid_at"] == datetime(2026, 2, 1, 18, 30, 51, tzinfo=UTC)
    assert (second["currency"], second["fee_minor"], second["party_ref"]) == ("EUR", None, "bo@birchworks.example")


def test_shopify_rows_below_an_order_are_its_lines(fixture_streams: Streams) -> None:
    """Only the first row of an order has totals; every row is a line."""
    stream = fixture_streams("shopify/orders")["orders"]
    first, _ = rows(stream)

    assert (first["number"], first["amount_minor"], first["paid_minor"], first["alt_ids"]) == (
        "#1001",
        3_200,
        3_200,
        ["5001"],
    )
    assert first["raw"].count('"Lineitem name"') == 2
    assert [(one["sku"], one["amount_minor"]) for one in stream.lines.to_pylist()] == [
        ("MAT", 1_000), ("CUP", 2_000), ("PEN", 500),
    ]  # fmt: skip


def test_shopify_protective_apostrophes_are_dropped(fixture_streams: Streams) -> None:
    """They protect ids and postcodes from spreadsheets and are no part of them."""
    [ana] = rows(fixture_streams("shopify/customers")["customers"])

    assert (ana["record_id"], ana["postcode"], ana["phone"]) == ("7001", "60601", "+13125550101")


def test_asana_top_level_tasks_are_projects(fixture_streams: Streams) -> None:
    """A task below another one is a task of that project."""
    streams = fixture_streams("asana/projects")

    assert [row["name"] for row in rows(streams["projects"])] == ["Alder lobby", "Birch kitchen"]
    [task] = rows(streams["tasks"])
    assert (task["name"], task["reference"]) == ("Permits", "Alder lobby")
    assert set(task["date_only"]) == {"completed_at", "created_at", "updated_at"}


def test_ids_that_a_spreadsheet_has_rounded_are_reported(export_streams: Streams) -> None:
    """Such an id, "1.21E+15", names no task any more."""
    streams = export_streams(
        "Task ID,Created At,Name,Section/Column,Assignee Email,Projects,Parent task\n"
        "1.21153E+15,2026-03-02,Lobby,Build,a@b.example,Tracker,\n"
    )

    assert [note.code for note in streams["projects"].notes] == ["damaged_id"]


def test_zendesk_agents_are_employees(fixture_streams: Streams) -> None:
    """End users ask, agents answer."""
    assert [row["roles"] for row in rows(fixture_streams("zendesk/users")["users"])] == [["requester"], ["employee"]]


def test_salesforce_ids_of_15_and_18_characters_are_one(fixture_streams: Streams) -> None:
    """Reports have the short id, exports the long one; both lead to the same account."""
    cedar, old = rows(fixture_streams("salesforce/accounts")["accounts"])
    won, still_open = rows(fixture_streams("salesforce/opportunities")["opportunities"])

    assert won["party_ref"] == cedar["record_id"] == "0015g00000AbCdEAAV"
    assert (old["state"], old["parent_ref"]) == ("deleted", cedar["record_id"])
    assert (won["is_won"], still_open["is_won"]) == (True, None)


def test_the_hr_sheet_gives_pay_by_the_hour(fixture_streams: Streams) -> None:
    """Employees are persons with a department; leavers are archived."""
    tom, kim = rows(fixture_streams("hr/employees")["employees"])

    assert (tom["entity"], tom["name"], tom["rate_minor_per_hour"], tom["department"]) == (
        "employee",
        "Tom Vukovic",
        3_100,
        "Field",
    )
    assert kim["state"] == "archived"


def test_two_equal_bank_lines_of_one_day_stay_two(fixture_streams: Streams) -> None:
    """Parking was paid twice; money out is negative."""
    lines = rows(fixture_streams("bank/transactions")["transactions"])

    assert [line["amount_minor"] for line in lines] == [1_250_000, -1_200, -1_200]
    assert lines[2]["record_id"] == f"{lines[1]['record_id']}-2"


def test_split_debit_and_credit_columns_become_one_signed_amount(export_streams: Streams) -> None:
    """Lloyds writes money in and money out in two columns, the day first."""
    streams = export_streams(
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
        "Debit Amount,Credit Amount,Balance\n"
        "13/02/2026,DD,'30-00-00,12345678,CITY RENT,500.00,,1000.00\n"
        "03/02/2026,FPI,'30-00-00,12345678,ACME LTD,,1500.00,1500.00\n",
        country="GB",
    )

    assert [(row["amount_minor"], row["posted_on"], row["account"]) for row in rows(streams["transactions"])] == [
        (-50_000, date(2026, 2, 13), "30-00-00 12345678"),
        (150_000, date(2026, 2, 3), "30-00-00 12345678"),
    ]


def test_a_bank_file_without_headers_is_told_by_its_cells(export_streams: Streams) -> None:
    """Wells Fargo sends five columns and no names."""
    streams = export_streams(
        '"02/13/2026","-45.00","*","","CHECK CARD 1"\n"02/14/2026","1200.00","*","","DEPOSIT"\n'
        '"02/15/2026","-9.99","*","12","CHECK"\n'
    )

    assert [(row["posted_on"].day, row["amount_minor"], row["number"]) for row in rows(streams["transactions"])] == [
        (13, -4_500, None),
        (14, 120_000, None),
        (15, -999, "12"),
    ]


def test_only_completed_revolut_lines_are_read(export_streams: Streams) -> None:
    """A pending or reverted line is no money; it is put aside with its reason."""
    streams = export_streams(
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "CARD,Current,2026-02-01 10:00:00,2026-02-02 08:00:00,Shop,-10.00,0.00,GBP,COMPLETED,90.00\n"
        "CARD,Current,2026-02-01 10:00:00,,Shop,-10.00,0.00,GBP,PENDING,\n"
    )

    assert streams["transactions"].table().num_rows == 1
    assert streams["transactions"].quarantine["reason"].to_pylist() == ["other_type"]
