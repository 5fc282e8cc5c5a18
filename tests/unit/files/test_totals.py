"""What a document amounts to whose lines are rows."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.files.configured import configured_stream
from toolkit.connector import Field, Lines, LineTotal
from toolkit.errors import UnknownNameError
from toolkit.files.canonical import CanonicalStream, canonical_stream
from toolkit.files.interpreted import given_table, mapped_stream, stream_map
from toolkit.files.raw import RawTable
from toolkit.interpret.reading import interpretation

ReadOne = Callable[..., RawTable]
Canonical = Callable[..., CanonicalStream]


@pytest.fixture
def canonical(read_one: ReadOne) -> Canonical:
    """Return a function that reads an invoice list with a row per line."""

    def stream(
        text: str, total: LineTotal, amount: str, *, head: str = "", key: Any = "Invoice Number", party: str = "Client"
    ) -> CanonicalStream:
        lines = {
            "description": Field(("Item",)),
            "quantity": Field(("Qty",)),
            "amount_minor": Field(("Line Total", "Positionsbetrag")),
        }
        made = configured_stream(
            "invoices",
            "invoice",
            {"number": "Invoice Number", "party_name": party, "amount_minor": amount},
            key=key,
            lines=Lines(lines, head, total),
        )
        raw = read_one("invoices.csv", text.encode())
        return canonical_stream([raw], made, system="books", country="GB", currency="GBP")

    return stream


def documents(stream: CanonicalStream) -> list[tuple[str, int | None]]:
    table = stream.table()
    return list(zip(table["record_id"].to_pylist(), table["amount_minor"].to_pylist(), strict=True))


def notes(stream: CanonicalStream) -> list[tuple[str, int]]:
    return [(note.code, note.count) for note in stream.notes]


def test_lines_that_add_up_are_one_invoice(canonical: Canonical) -> None:
    """INV-1002 is one invoice of 308.00, not three; nothing states its total."""
    found = canonical(
        "Invoice Number,Client,Invoice Date,Item,Qty,Unit Price,Line Total\n"
        "INV-1000,Larkmoor Tools,2026-08-01,Item 1,1,50.00,50.00\n"
        "INV-1001,Fenwick Ltd,2026-08-02,Item 1,1,50.00,50.00\n"
        "INV-1001,Fenwick Ltd,2026-08-02,Item 2,2,51.00,102.00\n"
        "INV-1002,Nordlys AS,2026-08-03,Item 1,1,50.00,50.00\n"
        "INV-1002,Nordlys AS,2026-08-03,Item 2,2,51.00,102.00\n"
        "INV-1002,Nordlys AS,2026-08-03,Item 3,3,52.00,156.00\n",
        "adds_up",
        "Line Total",
    )

    assert documents(found) == [("INV-1000", 5_000), ("INV-1001", 15_200), ("INV-1002", 30_800)]
    assert (found.counts[0].rows_folded, found.counts[0].sum_minor) == (3, 51_000)
    assert found.lines["amount_minor"].to_pylist() == [5_000, 5_000, 10_200, 5_000, 10_200, 15_600]


def test_german_lines_add_up_to_the_cent(canonical: Canonical) -> None:
    """Decimal commas, another delimiter, and the party only on the first line."""
    found = canonical(
        "Invoice Number;Kunde;Item;Positionsbetrag\n"
        "R-1;Brück GmbH;Tisch;1.000,05\nR-1;;Stuhl;99,95\nR-2;Anders KG;Lampe;12,50\n",
        "adds_up",
        "Positionsbetrag",
        party="Kunde",
    )

    assert documents(found) == [("R-1", 110_000), ("R-2", 1_250)]
    assert found.table()["party_name"].to_pylist() == ["Brück GmbH", "Anders KG"]


def test_credits_among_the_lines_are_taken_off(canonical: Canonical) -> None:
    """A discount is a line of its own, below nought."""
    text = "Invoice Number,Client,Item,Line Total\n7,Acme,Desk,100.00\n7,Acme,Discount,-10.00\n"

    assert documents(canonical(text, "adds_up", "Line Total")) == [("7", 9_000)]


def test_a_total_that_every_line_repeats_counts_once(canonical: Canonical) -> None:
    """Two lines of 310.00 each are an invoice of 310.00."""
    found = canonical(
        "Invoice Number,Client,Invoice Total,Item,Qty,Unit Price\n"
        "INV-1000,Larkmoor Tools,300.00,Item 1,1,50.00\n"
        "INV-1001,Fenwick Ltd,310.00,Item 1,1,50.00\n"
        "INV-1001,Fenwick Ltd,310.00,Item 2,2,51.00\n",
        "repeats",
        "Invoice Total",
    )

    assert (documents(found), notes(found)) == ([("INV-1000", 30_000), ("INV-1001", 31_000)], [])


def test_totals_that_contradict_each_other_are_said_and_not_guessed(canonical: Canonical) -> None:
    """One invoice states two totals: which is right only a person can say, and nothing is counted until then."""
    found = canonical(
        "Invoice Number,Client,Invoice Total,Item\n1,Acme,310.00,A\n1,Acme,320.00,B\n2,Bolt,5.00,C\n",
        "repeats",
        "Invoice Total",
    )

    assert (documents(found), notes(found)) == ([("1", None), ("2", 500)], [("totals_differ", 1)])


def test_a_total_on_the_first_line_only_is_the_documents(canonical: Canonical) -> None:
    """The row that has the amount is the invoice, wherever it stands."""
    found = canonical(
        "Invoice Number,Client,Invoice Total,Item,Line Total\n"
        "1,Acme,30.00,A,10.00\n1,,,B,20.00\n2,,,C,4.00\n2,Bolt,9.00,D,5.00\n",
        "first_line",
        "Invoice Total",
    )

    assert documents(found) == [("1", 3_000), ("2", 900)]
    assert found.table()["party_name"].to_pylist() == ["Acme", "Bolt"]


def test_where_no_total_stands_the_lines_are_added(canonical: Canonical) -> None:
    """The column is there and empty for one invoice: a note says how many totals were made."""
    found = canonical(
        "Invoice Number,Client,Invoice Total,Item,Line Total\n1,Acme,,A,10.00\n1,Acme,,B,20.00\n2,Bolt,9.00,C,9.00\n",
        "repeats",
        "Invoice Total",
    )

    assert (documents(found), notes(found)) == ([("1", 3_000), ("2", 900)], [("total_from_lines", 1)])


def test_a_line_that_cannot_be_read_leaves_its_document_without_a_total(canonical: Canonical) -> None:
    """A sum with a part missing is worse than none."""
    found = canonical(
        "Invoice Number,Client,Item,Line Total\n1,Acme,A,10.00\n1,Acme,B,ten\n2,Bolt,C,9.00\n", "adds_up", "Line Total"
    )

    assert documents(found) == [("1", None), ("2", 900)]
    assert ("lines_not_added", 1) in notes(found)


def test_number_and_party_together_name_a_document(canonical: Canonical) -> None:
    """Two suppliers both sent a bill 12."""
    text = "Invoice Number,Client,Item,Line Total\n12,Fern,A,10.00\n12,Fern,B,5.00\n12,Oak,C,9.00\n"

    found = canonical(text, "adds_up", "Line Total", key=("Invoice Number", "Client"))

    assert documents(found) == [("12|Fern", 1_500), ("12|Oak", 900)]


def test_an_unknown_way_to_state_totals_is_refused_with_the_nearest() -> None:
    """Somebody wrote "add up" into the settings."""
    with pytest.raises(UnknownNameError, match="adds_up"):
        Lines({"description": Field(("Item",))}, total="add_up")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Invoice No,Date,Customer,Description,Net amount", "{no},2026-03-0{day},Oak {day} Ltd,{text},100.00"),
        ("Beleg;Belegdatum;Kunde;Text;Positionsbetrag netto", "{no};0{day}.03.2026;Alpha {day} GmbH;{text};100,00"),
        ("Facture;Date;Client;Désignation;Montant ligne HT", "{no};0{day}/03/2026;Chêne {day} SARL;{text};100,00"),
    ],
)
def test_the_net_amounts_of_lines_are_added_up(read_one: ReadOne, header: str, rows: str) -> None:
    """Two lines of 100.00 net are 200.00 net, in the document and in what the file came to; nothing is called gross."""
    lines = [rows.format(no=f"R-{99 + day}", day=day, text=text) for day in range(1, 10) for text in ("Work", "Parts")]
    raw = read_one("invoices.csv", "\n".join([header, *lines]).encode())
    stream = mapped_stream("invoices", stream_map(interpretation(given_table(raw))))

    found = canonical_stream([raw], stream, system="books", country="GB", currency="GBP")

    assert set(found.table()["net_minor"].to_pylist()) == {20_000}
    assert found.table()["amount_minor"].null_count == found.table().num_rows == 9
    assert set(found.lines["amount_minor"].to_pylist()) == {10_000}
    assert (found.counts[0].rows_folded, found.counts[0].sum_minor) == (9, 180_000)


def test_net_and_tax_of_lines_are_added_up_and_make_the_gross(read_one: ReadOne) -> None:
    """A document with a line that states no tax has a net amount and no gross, and a note says so."""
    text = (
        "Invoice Number,Client,Item,Net,VAT\n"
        "1,Acme,A,100.00,20.00\n1,Acme,B,50.00,10.00\n2,Bolt,C,5.00,1.00\n2,Bolt,D,7.00,\n"
    )
    fields = {"number": "Invoice Number", "party_name": "Client", "net_minor": "Net", "tax_minor": "VAT"}
    stream = configured_stream("invoices", "invoice", fields, key="Invoice Number", lines=Lines({}, total="adds_up"))

    found = canonical_stream([read_one("invoices.csv", text.encode())], stream, system="books", currency="GBP")

    assert found.table().select(["net_minor", "tax_minor", "amount_minor"]).to_pylist() == [
        {"net_minor": 15_000, "tax_minor": 3_000, "amount_minor": 18_000},
        {"net_minor": 1_200, "tax_minor": 100, "amount_minor": None},
    ]
    assert notes(found) == [("lines_not_added", 1)]
