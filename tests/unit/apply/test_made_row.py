"""Invoices and other records that are made: one row for each line, kept apart, with the total that was planned."""

import csv
import dataclasses
import io
import json
from collections.abc import Callable

import pyarrow as pa
import pytest

from toolkit.apply.imports.import_files import BY_HAND, READ_ME, ImportPackage, import_files
from toolkit.changes import Operation, Plan, made_reference, operation
from toolkit.connector import Field, Stream
from toolkit.connectors import connectors

CONNECTORS = {one.name: one for one in connectors()}
Made = Callable[..., Plan]
INVOICE: dict[str, str | None] = {
    "party_ref": "Oak & Co", "party_name": "Oak & Co", "issued_on": "2026-10-05", "due_on": "2026-11-04", "reference": "D-1",
    "amount_minor": "123456", "currency": "USD", "description": "Lobby", "deal_ref": "D-1", "tax_minor": "0",
}  # fmt: skip
_ANOTHER_TOTAL = "Its lines do not make up its amount, so that the import would show another total."
_NO_CURRENCY = "The import has no column for the currency."
_NO_PRICE = "The amount of a line is not its quantity times a price of one."
LAMPS = {
    "line.1.sku": "A-1", "line.1.description": "Lamp", "line.1.quantity": "4", "line.1.amount_minor": "100000",
    "line.2.description": "Delivery", "line.2.amount_minor": "23456",
}  # fmt: skip


def create(key: str, after: dict[str, str | None], *needed: Operation, stream: str = "invoices") -> Operation:
    ids = tuple(one.op_id for one in needed)
    return operation("create", "crm", stream, natural_key=key, after=after, depends_on=ids)


def made(plan: Made, connector: str, *ones: Operation, currency: str | None = None) -> ImportPackage:
    return import_files(plan(ones, connector), CONNECTORS[connector], {}, currency=currency)


def rows_of(package: ImportPackage, name: str = "01-create-invoices.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.file(name).content.decode(), newline="")))


def test_an_invoice_is_a_row_of_the_template(plan: Made) -> None:
    """What it stands for is in its memo, so that it is found again; its number is the product's own."""
    package = made(plan, "quickbooks", create("crm/deals/1", INVOICE))

    assert rows_of(package) == [
        {
            "*InvoiceNo": "D-1", "*Customer": "Oak & Co", "*InvoiceDate": "10/05/2026", "*DueDate": "11/04/2026",
            "Memo": "D-1", "ItemDescription": "Lobby", "*ItemAmount": "1234.56", "Currency": "USD",
        }
    ]  # fmt: skip
    page = package.file(READ_ME).content.decode()
    assert "   The import has no field for: deal (of 1)." in page
    assert "tax" not in page.split("The import has no field for")[1].split("\r\n")[0]


def test_an_invoice_with_lines_is_a_row_for_each(plan: Made) -> None:
    """A quantity and the price of one where they are the amount; what the first row says is not said again."""
    package = made(
        plan,
        "quickbooks",
        create("crm/deals/1", {**INVOICE, **LAMPS}),
        create("crm/deals/2", {**INVOICE, "reference": "D-2"}),
    )

    rows = rows_of(package)
    assert [(row["*InvoiceNo"], row["*Customer"], row["*ItemAmount"]) for row in rows] == [
        ("D-1", "Oak & Co", "1000.00"), ("D-1", "", "234.56"), ("D-2", "Oak & Co", "1234.56"),
    ]  # fmt: skip
    assert [(row["ItemDescription"], row["ItemQuantity"], row["ItemRate"]) for row in rows] == [
        ("Lamp", "4", "250"), ("Delivery", "1", "234.56"), ("Lobby", "", ""),
    ]  # fmt: skip
    assert package.by_file == 2
    page = package.file(READ_ME).content.decode()
    assert "Step 1. Import 01-create-invoices.csv (3 rows)." in page
    assert "   The import has no field for: description (of 1)." in page


def test_drafts_repeat_what_they_say_on_each_line(plan: Made) -> None:
    """Xero tells by the number which rows are one invoice; the price stands in the column of the unit."""
    package = made(
        plan,
        "xero",
        create("crm/deals/1", {**INVOICE, **LAMPS, "line.2.gl_code": "200"}),
        create("e/2", {**INVOICE, "reference": "D-2"}),
    )

    rows = rows_of(package)
    assert [(row["*ContactName"], row["*InvoiceNumber"], row["*InvoiceDate"], row["Reference"]) for row in rows] == [
        ("Oak & Co", "D-1", "05/10/2026", "D-1"), ("Oak & Co", "D-1", "05/10/2026", "D-1"),
        ("Oak & Co", "D-2", "05/10/2026", "D-2"),
    ]  # fmt: skip
    assert [(row["*Quantity"], row["*UnitAmount"], row["*AccountCode"], row["*TaxType"]) for row in rows] == [
        ("4", "250", "", ""), ("1", "234.56", "200", ""), ("1", "1234.56", "", ""),
    ]  # fmt: skip


def test_documents_of_one_number_are_not_made_one(plan: Made) -> None:
    """Both go by hand, where a person sees them."""
    package = made(plan, "quickbooks", create("crm/deals/1", INVOICE), create("crm/deals/2", INVOICE))

    assert package.reasons == {"Another one of the plan has the same number, and the import would make one of both.": 2}


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ({"line.1.amount_minor": "123455"}, _ANOTHER_TOTAL),
        ({"line.1.amount_minor": None}, _ANOTHER_TOTAL),
        ({"line.1.amount_minor": "123456", "line.1.quantity": "7"},
         _NO_PRICE),
        ({"line.1.amount_minor": "123456", "line.1.quantity": "0"},
         _NO_PRICE),
        ({"line.1.amount_minor": "123456", "line.1.description": "=1+1"},
         "The description of a line holds what a spreadsheet would run as a formula."),
        ({"line.1.amount_minor": "123456", "line.1.colour": "red"}, "The import has no column for the colour of a line."),
        ({"line.1.amount_minor": "123456", "currency": None}, _NO_PRICE),
        ({"tax_minor": "2000"}, "The import has no column for the tax."),
        ({"due_on": None}, "The import needs the due, which is not known."),
    ],
)  # fmt: skip
def test_an_invoice_that_would_come_out_otherwise_is_made_by_hand(
    after: dict[str, str | None], reason: str, plan: Made
) -> None:
    """Its total, its tax and its lines are those that were planned, or no file makes it."""
    package = made(plan, "quickbooks", create("crm/deals/1", {**INVOICE, **after}))

    assert package.reasons == {reason: 1}


def test_a_line_that_costs_nothing_says_so(plan: Made) -> None:
    """It adds nothing to the total."""
    lines = {"line.1.description": "Lamp", "line.1.amount_minor": "123456", "line.2.description": "Bulb"}

    rows = rows_of(made(plan, "quickbooks", create("e/1", {**INVOICE, **lines})))

    assert [(row["ItemDescription"], row["*ItemAmount"]) for row in rows] == [("Lamp", "1234.56"), ("Bulb", "0.00")]


@pytest.mark.parametrize(("quantity", "rate"), [("100", "0.0001"), ("1000", "")])
def test_a_price_of_one_has_four_decimals_at_most(quantity: str, rate: str, plan: Made) -> None:
    """More would be cut by the product, and the total would be another."""
    one = {**INVOICE, "amount_minor": "1", "line.1.amount_minor": "1", "line.1.quantity": quantity}

    package = made(plan, "quickbooks", create("e/1", one))

    assert [row["ItemRate"] for row in (rows_of(package) if package.by_file else [])] == ([rate] if rate else [])


def test_the_currency_of_the_system_stands_for_one_that_is_not_said(plan: Made) -> None:
    """Where neither is known, nobody knows the decimals."""
    bare = {name: value for name, value in INVOICE.items() if name != "currency"}

    assert rows_of(made(plan, "quickbooks", create("e/1", bare), currency="JPY"))[0]["*ItemAmount"] == "123456"
    assert made(plan, "quickbooks", create("e/1", bare)).reasons == {
        "The amount has no currency, so that its decimals are not known.": 1
    }


def test_an_import_without_lines_takes_no_document_that_has_them(plan: Made) -> None:
    """They would be lost. A line that the import prices by its amount alone keeps that."""
    form = CONNECTORS["quickbooks"].stream("invoices").imports[0]
    rateless = tuple(one for one in form.lines if one.column != "rate")
    one = create("e/1", {**INVOICE, **LAMPS})

    def taken(**changes: object) -> ImportPackage:
        other = dataclasses.replace(form, **changes)  # type: ignore[arg-type]
        streams = tuple(
            dataclasses.replace(stream, imports=(other,)) if stream.name == "invoices" else stream
            for stream in CONNECTORS["quickbooks"].streams
        )
        return import_files(plan([one], "quickbooks"), dataclasses.replace(CONNECTORS["quickbooks"], streams=streams), {})

    assert taken(lines=()).reasons == {"The import takes no lines.": 1}
    rows = rows_of(taken(lines=rateless))
    assert [(row["ItemQuantity"], row["*ItemAmount"]) for row in rows] == [("4", "1000.00"), ("", "234.56")]
    assert [row["*InvoiceNo"] for row in rows_of(taken(apart=""))] == ["D-1", ""]


def test_who_is_made_before_is_named_in_words(plan: Made) -> None:
    """An invoice that is made by hand says which change makes its customer."""
    oak = create("crm/companies/1", {"name": "Oak & Co"}, stream="customers")
    bill = create("e/1", {"party_ref": made_reference(oak.op_id), "party_name": "Oak & Co"}, oak, stream="bills")

    package = made(plan, "quickbooks", oak, bill)

    assert rows_of(package, "01-create-customers.csv") == [{"Name": "Oak & Co"}]
    [line] = rows_of(package, BY_HAND)
    assert line["step"] == "2"
    assert line["after"] == (
        f"customer or supplier name: Oak & Co\ncustomer or supplier: (the record that change {oak.op_id} makes)"
    )


@pytest.mark.parametrize(
    ("currency", "by_file", "why"),
    [
        ("USD", 1, []),
        ("EUR", 0, ["The import has no column for the currency."]),
        (None, 0, ["The import has no column for the currency."]),
    ],
)
def test_a_list_without_a_currency_takes_amounts_of_its_own(
    plan: Made, documents: Callable[..., pa.Table], currency: str | None, by_file: int, why: list[str]
) -> None:
    """A list of one currency says it nowhere; an amount in another would be read as one in that."""
    fields = {"name": Field(("Job",)), "amount_minor": Field(("Contract $",)), "party_ref": Field(("Client",))}
    jobs = dataclasses.replace(CONNECTORS["table"], streams=(Stream("jobs", "project", fields, key=("No",)),))
    row = {"No": "1", "Job": "Lobby", "Client": "Oak", "Contract $": "52750"}
    there = documents(
        "jobs", "project", {"record_id": "1", "name": "Lobby", "amount_minor": 5275000, "raw": json.dumps(row)}
    )
    new = {"name": "Suite", "amount_minor": "3915000", "currency": "USD", "party_ref": "Oak", "reference": "D-1"}

    package = import_files(
        plan([create("crm/deals/1", new, stream="jobs")], "table"), jobs, {"jobs": there}, currency=currency
    )

    assert (package.by_file, [*package.reasons]) == (by_file, why)
    if by_file:
        [made_row] = rows_of(package, "01-create-jobs.csv")
        assert made_row == {"No": "", "Job": "Suite", "Client": "Oak", "Contract $": "39150"}
