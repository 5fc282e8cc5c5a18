"""Cells that hold several things, amounts of banks and parties of documents: what each form of writing means."""

from typing import Any

import pyarrow as pa
import pytest

from tests.unit.files.configured import configured_stream
from toolkit.connector import Field, Stream
from toolkit.errors import InputError
from toolkit.files.canonical import canonical_stream
from toolkit.files.cell_transforms import shaped
from toolkit.files.fields import Settings, stream_table
from toolkit.files.named_currency import named_currency
from toolkit.files.ofx import _with_plain_amounts, looks_like_ofx, plain_amount
from toolkit.files.raw import RawTable
from toolkit.files.totals import line_amounts
from toolkit.tables import QUARANTINE

US = "12 Main St\nSpringfield, IL 62704"
UK = "4 High Street, York YO1 7HH"


def bank(*lines: str, head: str = "") -> bytes:
    """Return a bank file; each line is a transaction's tags."""
    rows = "\n".join(f"<STMTTRN>\n{line}\n</STMTTRN>" for line in lines)
    return f"OFXHEADER:100\n\n<OFX><STMTRS>{head}\n<BANKTRANLIST>\n{rows}\n</BANKTRANLIST></STMTRS></OFX>\n".encode()


@pytest.mark.parametrize(
    ("text", "mark", "three", "plain"),
    [
        ("1,250", ".", False, "1250"),
        ("1,250", ",", False, "1.250"),
        ("1,250", ".", True, "1.250"),
        ("1,25", ".", False, "1.25"),
        ("1,2500", ".", False, "1.2500"),
        ("1,250,000", ",", False, "1250000"),
        ("1.250,000", ".", False, "1250.000"),
        ("1,250.5", ",", False, "1250.5"),
        ("-0,5", ".", False, "-0.5"),
        (",5", ".", False, ".5"),
        ("1'250.50", ".", False, "1250.50"),
        ("+12", ".", False, "+12"),
        ("12 USD", ".", False, "12 USD"),
    ],
)
def test_a_mark_before_three_digits_is_the_file_s_decimal_mark_or_none(
    text: str, mark: str, plain: str, *, three: bool
) -> None:
    """Before more or fewer digits, or beside another mark, it is the decimal mark."""
    assert plain_amount(text, mark, has_three=three) == plain


@pytest.mark.parametrize(
    ("amounts", "plain"),
    [
        (["1,50", "1,250"], "1.250"),  # one comma before decimals
        (["1.50", "1,50", "1,250"], "1250"),  # as many points
        (["1.50", "1,50", "2,5", "1,250"], "1.250"),
        (["1,250"], "1250"),
    ],
)
def test_the_decimal_mark_of_a_file_is_that_of_most_amounts(amounts: list[str], plain: str) -> None:
    """Of those with one or two decimals; of as many, the point."""
    [(_, rows)] = _with_plain_amounts([({}, [(1, {"TRNAMT": one}) for one in amounts])])

    assert rows[-1][1]["TRNAMT"] == plain


def test_transactions_stand_on_the_line_of_their_tag(read_one: Any) -> None:
    """Line ends inside of a text count too."""
    first, second = "<FITID>1\n<TRNAMT>5.00\n<MEMO>two\nlines", "<FITID>2\n<TRNAMT>6.00"
    table = read_one("t.ofx", bank(first, second))
    text = bank(first, second).decode().split("\n")

    assert [text[line - 1] for line in table.rows["line"].to_pylist()] == ["<STMTTRN>", "<STMTTRN>"]
    assert table.rows["line"].to_pylist()[0] < table.rows["line"].to_pylist()[1]


@pytest.mark.parametrize(("tags", "is_read"), [(470, True), (520, False)])
def test_a_bank_has_no_five_hundred_tags(read_one: Any, tags: int, *, is_read: bool) -> None:
    """With those that every table of a bank file has."""
    data = bank("<FITID>1<TRNAMT>5.00" + "".join(f"<X{number}>v" for number in range(tags)))

    if is_read:
        assert len(read_one("t.ofx", data).headers) > tags
    else:
        with pytest.raises(InputError, match="different tags"):
            read_one("t.ofx", data)


def test_a_tag_that_stands_twice_keeps_both_values(read_one: Any) -> None:
    """The same value once."""
    table = read_one("t.ofx", bank("<FITID>1<TRNAMT>5.00<MEMO>a<MEMO>b<MEMO>b", "<FITID>2<TRNAMT>5.00<MEMO>a<MEMO>a"))

    assert table.rows[f"c{table.headers.index('MEMO')}"].to_pylist() == ["a; b; b", "a"]


@pytest.mark.parametrize(("blanks", "expected"), [(3_991, True), (3_996, False)])
def test_a_bank_file_is_told_by_its_first_four_thousand_characters(blanks: int, *, expected: bool) -> None:
    """Whatever its letters' case."""
    assert looks_like_ofx(" " * blanks + "OfxHeader") is expected


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("labelled_phone", "555-0100", "555-0100"),
        ("labelled_mobile", "555-0100", None),
        ("labelled_phone", "Mobile: 555-0101", "555-0101"),
        ("labelled_phone", "Phone: 555-0100 Mobile: 555-0101 Fax: 555-0102", "555-0100"),
        ("labelled_fax", "Phone: 555-0100, Fax: 555-0102;", "555-0102"),
        ("block_street", US, "12 Main St"),
        ("block_city", US, "Springfield"),
        ("block_region", US, "IL"),
        ("block_postcode", US, "62704"),
        ("block_street", UK, "4 High Street"),
        ("block_city", UK, "York"),
        ("block_region", UK, None),
        ("block_postcode", UK, "YO1 7HH"),
        ("block_street", "Somewhere, far", "Somewhere, far"),
        ("block_city", "Somewhere", "Somewhere"),
        ("block_city", "Some, where", "Some, where"),  # one comma is no block
        ("block_city", "So, me, where", None),
        ("block_city", "Some\nwhere", None),
        ("block_postcode", "Springfield", None),
        ("block_postcode", "62704", "62704"),
        ("block_postcode", "YO1 7HH", "YO1 7HH"),
        ("block_postcode", "5", None),
        ("block_postcode", "12", "12"),
        ("block_postcode", "123456789012", "123456789012"),
        ("block_postcode", "1234567890123", None),
        ("hundredths", "12345", "123.45"),
        ("hundredths", "-5", "-0.05"),
        ("hundredths", "100", "1.00"),
        ("hundredths", "1.5", "1.5"),
        ("epoch_s", "86400", "1970-01-02T00:00:00+00:00"),
        ("epoch_ms", "86400000", "1970-01-02T00:00:00+00:00"),
        ("salesforce_id", "001D000000IRFma", "001D000000IRFmaIAH"),
        ("salesforce_id", "001D000000IRFm", "001D000000IRFm"),
        ("first_listed", " ; a ; b", "a"),
        ("person_name", "Doe, Jane", "Jane Doe"),
        ("person_name", "Acme, Inc, Ltd", "Acme, Inc, Ltd"),
        ("person_name", "Doe, Jr.", "Doe, Jr."),
    ],
)
def test_a_cell_of_several_things_is_taken_apart(form: str, text: str, expected: str | None) -> None:
    """Where it can be done safely; the id with check letters is the vendor's own example."""
    assert shaped(pa.array([text]), form).to_pylist() == [expected]


@pytest.mark.parametrize(("length", "is_split"), [(300, True), (301, False)])
def test_an_address_has_three_hundred_characters_at_most(length: int, *, is_split: bool) -> None:
    """Longer texts are none."""
    text = "1" + "x" * (length - len("1\nSpringfield, IL 62704")) + "\nSpringfield, IL 62704"

    assert (shaped(pa.array([text]), "block_city").to_pylist() == ["Springfield"]) is is_split


@pytest.mark.parametrize(
    ("lines", "currency"),
    [
        ((("EUR",),), "EUR"),
        ((("All amounts in EUR",),), "EUR"),
        ((("Currency: USD", "in EUR"),), None),
        ((("x" * 193 + " in EUR",),), "EUR"),  # its last letter is the two-hundredth
        ((("x" * 194 + " in EUR",),), None),
        ((),  None),
    ],
)  # fmt: skip
def test_a_currency_is_named_in_the_first_two_hundred_characters_of_a_cell(
    lines: tuple[tuple[str, ...], ...], currency: str | None
) -> None:
    """One alone; of two nobody can say."""
    rows = pa.table({"line": pa.array([], pa.int64()), "c0": pa.array([], pa.string())})
    raw = RawTable("a.csv", "", ("Net",), rows, QUARANTINE.empty(), 0, 1, preamble=lines)

    assert named_currency(raw) == currency


def invoices(read_one: Any, text: str, **fields: Field) -> list[Any]:
    """Return the amounts of invoices that are read by these fields."""
    base = configured_stream("invoices", "invoice", {"number": "No"}, key="No")
    stream = Stream(
        name="invoices", entity="invoice", fields={**base.fields, **fields}, key=base.key, is_id=False,
        identifying=("number",), has_ordinal=False,
    )  # fmt: skip
    table = read_one("t.csv", text.encode())
    read = canonical_stream([table], stream, system="books", country="GB", currency="GBP")
    amounts: list[Any] = read.table()["amount_minor"].to_pylist()
    return amounts


def test_a_price_is_taken_as_often_as_its_quantity_says(read_one: Any) -> None:
    """Once where none is written, and to the nearest penny."""
    text = "No,Price,Qty\n1,10.01,3\n2,10.01,\n3,10.01,0.5\n4,10.00,0\n"

    assert invoices(read_one, text, amount_minor=Field(("Price",), times="Qty")) == [3_003, 1_001, 500, 0]


def test_of_a_header_that_stands_twice_the_first_column_is_read(read_one: Any) -> None:
    """Joined texts have each column once."""
    text = "No,Net,Net\n1,10.00,20.00\n2,,30.00\n"

    assert invoices(read_one, text, amount_minor=Field(("Net",))) == [1_000, None]


def test_a_discount_is_taken_off_in_percent(read_one: Any) -> None:
    """Of each line; without one nothing is."""
    text = "No,Net,Off\n1,10.00,25\n1,10.00,12.5%\n1,10.00,\n"
    table = stream_table(read_one("t.csv", text.encode()), configured_stream("i", "invoice", {"number": "No"}, key="No"))

    found = line_amounts(
        table, Field(("Net",), percent_off="Off"), table.raw.rows, Settings("books", "GB", "UTC", "GBP"), None
    )

    assert found is not None
    assert found.to_pylist() == [750, 875, 1_000]
