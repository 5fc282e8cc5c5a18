"""From what a table was understood as to the stream that reads it."""

import pyarrow as pa
import pytest

from toolkit.connector import Field, Stream
from toolkit.files.interpreted import (
    StreamMap,
    given_table,
    left_out,
    mapped_stream,
    shown_headers,
    stream_map,
    unconfirmed_columns,
)
from toolkit.files.raw import RawTable
from toolkit.interpret.interpretation import (
    DOUBTFUL,
    LINE,
    PROBABLE,
    RECORD,
    SURE,
    ColumnReading,
    Guess,
    Interpretation,
    Locale,
)
from toolkit.tables import QUARANTINE


def understood(entity: str, *columns: tuple[str, str, str], key: tuple[int, ...] = (), total: str = "") -> Interpretation:
    """Return an interpretation: for each column header, meaning and certainty; a doubtful one looks like money."""
    readings = tuple(
        ColumnReading(
            place, header, (Guess(meaning, 0.9, "so"),), certainty, ("1",), "money" if certainty == DOUBTFUL else ""
        )
        for place, (header, meaning, certainty) in enumerate(columns)
    )
    return Interpretation(
        entity=entity,
        entities=(Guess(entity, 0.99, "so"),),
        entity_certainty=SURE,
        row_is=LINE if total else RECORD,
        row_reason="so",
        row_certainty=SURE,
        total=total,
        key=key,
        key_reason="so",
        columns=readings,
        locale=Locale(),
        statuses={},
        questions=(),
        rows_seen=3,
        rows_total=3,
    )


def stream_of(found: Interpretation, name: str) -> Stream:
    """Return the stream that reads a table as it was understood."""
    return mapped_stream(name, stream_map(found))


def test_what_is_doubtful_is_not_read_and_is_named() -> None:
    """A column nobody is sure of gives no amount; it is listed among those that look like money."""
    found = understood("invoice", ("No", "number", SURE), ("Sum", "amount_gross", DOUBTFUL), key=(0,))

    stream = stream_of(found, "invoices")

    assert (stream.key, set(stream.fields)) == (("No",), {"number"})
    assert [one.header for one in left_out(found)] == ["Sum"]


def test_what_is_probable_is_read_and_named_as_unconfirmed() -> None:
    """By its canonical name, and the key too."""
    found = understood("invoice", ("No", "number", PROBABLE), ("Sum", "amount_gross", SURE), key=(0,))

    assert unconfirmed_columns(found) == ("number", "key")
    assert set(stream_map(found).fields) == {"number", "amount_minor"}


def test_debit_and_credit_make_one_signed_amount() -> None:
    """What came in, less what went out."""
    found = understood("bank_line", ("Soll", "debit", SURE), ("Haben", "credit", SURE))

    amount = stream_of(found, "lines").fields["amount_minor"]

    assert (amount.headers, amount.minus) == (("Haben",), ("Soll",))


def test_the_open_balance_of_an_invoice_says_what_was_paid() -> None:
    """The amount less what is still open."""
    found = understood("invoice", ("Total", "amount_gross", SURE), ("Open", "balance", SURE))

    paid = stream_of(found, "invoices").fields["paid_minor"]

    assert (paid.headers, paid.minus) == (("Total",), ("Open",))


@pytest.mark.parametrize("total", ["repeats", "first_line", "adds_up"])
def test_lines_of_one_document_share_its_key(total: str) -> None:
    """Their text and quantity belong to the line, the number to the document."""
    found = understood(
        "invoice", ("No", "number", SURE), ("Item", "description", SURE), ("Qty", "quantity", SURE),
        ("Sum", "amount_gross", SURE), key=(0,), total=total,
    )  # fmt: skip

    stream = stream_of(found, "invoices")

    assert stream.lines is not None
    assert stream.lines.total == total
    assert not stream.is_id
    assert {"description", "quantity"} <= set(stream.lines.fields)
    assert "description" not in stream.fields
    assert ("amount_minor" in stream.lines.fields) == (total == "adds_up")


def test_a_deal_is_won_by_what_its_status_stands_for() -> None:
    """In any wording; a payment that failed or is pending is put aside as no money moved."""
    status = {"status": Field(("Stage",))}

    won = mapped_stream(
        "deals", StreamMap("deal", status, statuses={"Gewonnen": "won", "Verloren": "lost", "Offen": "open"})
    )
    paid = mapped_stream("payments", StreamMap("payment", status, statuses={"Failed": "failed", "OK": "paid"}))

    assert won.fields["is_won"].values == (("^gewonnen$", "true"), ("^verloren$", "false"))
    assert [one.excluded for one in paid.filters] == [("failed",)]


def test_a_document_that_the_clients_own_word_calls_off_is_gone() -> None:
    """An order whose status stands for "cancelled" waits for no invoice; deals and payments are told otherwise."""
    status = {"number": Field(("No",)), "status": Field(("Stand",))}
    words = {"X.": "cancelled", "OK": "paid"}

    order = mapped_stream("orders", StreamMap("order", status, statuses=words))

    assert order.fields["state"] == Field(("Stand",), values=((r"^x\.$", "deleted"),))
    assert "state" not in mapped_stream("orders", StreamMap("order", status, statuses={"OK": "paid"})).fields
    assert "state" not in mapped_stream("deals", StreamMap("deal", status, statuses=words)).fields
    assert "state" not in mapped_stream("payments", StreamMap("payment", status, statuses=words)).fields
    own = {**status, "state": Field(("Gone",))}
    assert mapped_stream("orders", StreamMap("order", own, statuses=words)).fields["state"] == Field(("Gone",))


def test_headers_are_told_apart_whatever_they_are() -> None:
    """Empty ones, the same twice, and one that would read as two alternatives."""
    assert shown_headers(["*Date", "date", "", "A|B"]) == ("*Date", "date (2)", "column 3", "A/B")


def test_a_large_table_is_looked_at_in_three_places() -> None:
    """Start, middle and end, so that the cost does not grow with the file."""
    cells = pa.chunked_array([[str(number) for number in range(10_000)]])
    rows = pa.table({"line": pa.array(range(10_000)), "c0": cells})
    raw = RawTable("exports/ledger/a.csv", "Sheet 1", ("No",), rows, QUARANTINE.empty(), 10_000, 1)

    table = given_table(raw)

    seen = table.columns[0].to_pylist()
    assert (len(seen), seen[0], seen[-1], table.rows_total) == (3_000, "0", "9999", 10_000)
    assert (table.file, table.folder, table.sheet) == ("a.csv", "ledger", "Sheet 1")


def test_documents_of_two_parties_may_have_one_number() -> None:
    """Lines of bill 12 of Fern are not those of bill 12 of Oak; a list of payments has no such lines."""
    fields = {"number": Field(("No",)), "party_name": Field(("Supplier",)), "issued_on": Field(("Date",))}

    assert mapped_stream("bills", StreamMap("bill", fields, key=("No",), is_lines=True)).scope == "party_name"
    assert mapped_stream("bills", StreamMap("bill", fields, key=("No",))).scope == ""


@pytest.mark.parametrize(("name", "won"), [("won_deals", "true"), ("verlorene_deals", "false"), ("deals", None)])
def test_a_list_without_a_status_is_what_its_name_says(name: str, won: str | None) -> None:
    """Every row that holds anything is won in "won deals.csv"; a status of its own goes before."""
    fields = {"name": Field(("Deal",)), "party_name": Field(("Customer",))}
    field = mapped_stream(name, StreamMap("deal", fields)).fields.get("is_won")

    assert (field.values if field else None) == ((("", won),) if won else None)
    assert "is_won" not in mapped_stream(name, StreamMap("deal", {**fields, "status": Field(("Stage",))})).fields


def test_a_payment_that_is_due_has_moved_no_money() -> None:
    """Failed and open payments are put aside; an open line of a bank is no such thing."""
    fields = {"amount_minor": Field(("Betrag",)), "status": Field(("Status",))}
    statuses = {"Ausstehend": "open", "Fehlgeschlagen": "failed", "Bezahlt": "paid"}

    [payments] = mapped_stream("p", StreamMap("payment", fields, statuses=statuses)).filters
    [lines] = mapped_stream("b", StreamMap("bank_line", fields, statuses=statuses)).filters

    assert payments.excluded == ("ausstehend", "fehlgeschlagen")
    assert lines.excluded == ("fehlgeschlagen",)
