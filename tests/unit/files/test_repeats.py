"""Only what is equal in every column was read twice; what differs anywhere is another record, or another version of it."""

from collections.abc import Callable

import pytest

from tests.unit.files.configured import configured_stream
from toolkit.connector import Field, Lines
from toolkit.files.canonical import CanonicalStream

EXPENSES = configured_stream(
    "expenses", "expense", {"amount_minor": "Total", "currency": "Currency", "description": "Memo Field"}
)
JANUARY = b"""Date1,Payee3,Total,Currency,Category,Memo Field
2026-01-04,City Metro,75.50,CAD,Travel,monthly pass
2026-01-20,Brightcell,49.94,CAD,Phone,mobile
2026-01-22,Oak Cafe,12.10,CAD,Meals,lunch with client
"""
FEBRUARY = b"""Date1,Payee3,Total,Currency,Category,Memo Field
2026-02-04,City Metro,75.50,CAD,Travel,monthly pass
2026-02-20,Brightcell,49.94,CAD,Phone,mobile
2026-02-25,Elm Books,30.00,CAD,Office,paper
"""
INVOICES = configured_stream(
    "invoices",
    "invoice",
    {"number": "No", "party_name": "Customer", "issued_on": "Date", "amount_minor": "Amount", "status": "Status"},
    key="No",
)


def amounts(stream: CanonicalStream) -> list[int]:
    found: list[int] = stream.table()["amount_minor"].to_pylist()
    return found


def repeated(stream: CanonicalStream) -> list[int]:
    return [count.rows_repeated for count in stream.counts]


def test_a_column_that_nobody_reads_tells_two_expenses_apart(stream_of: Callable[..., CanonicalStream]) -> None:
    """January's and February's metro pass have the same memo and amount; the date, under a name not known, differs."""
    found = stream_of(EXPENSES, JANUARY, FEBRUARY)

    assert (len(amounts(found)), sum(amounts(found)), repeated(found)) == (6, 29_298, [0, 0])
    assert len(set(found.table()["record_id"].to_pylist())) == 6


def test_german_months_are_kept_apart_as_well(stream_of: Callable[..., CanonicalStream]) -> None:
    """Other words, another delimiter and a decimal comma: the rows differ in a column without meaning."""
    stream = configured_stream("ausgaben", "expense", {"amount_minor": "Betrag", "description": "Zweck"})
    january = b"Wann;Zweck;Betrag\n04.01.2026;Miete;1.200,00\n05.01.2026;Strom;80,10\n"
    february = b"Wann;Zweck;Betrag\n04.02.2026;Miete;1.200,00\n05.02.2026;Strom;80,10\n"

    assert amounts(stream_of(stream, january, february)) == [120_000, 8_010, 120_000, 8_010]


def test_months_that_overlap_count_their_common_rows_once(stream_of: Callable[..., CanonicalStream]) -> None:
    """A row that stands in both files, equal in every column, was read twice; twice in one file are two."""
    twice = b"2026-01-30,Bean Bar,4.00,CAD,Meals,coffee\n2026-01-30,Bean Bar,4.00,CAD,Meals,coffee\n"

    found = stream_of(EXPENSES, JANUARY + twice, FEBRUARY + twice)

    assert (sum(amounts(found)), repeated(found)) == (29_298 + 800, [0, 2])


def test_the_newest_first_in_an_overlapping_file_changes_nothing(stream_of: Callable[..., CanonicalStream]) -> None:
    """The second file holds January's pass below February's: the one is read twice, the other is new."""
    later = b"""Date1,Payee3,Total,Currency,Category,Memo Field
2026-02-04,City Metro,75.50,CAD,Travel,monthly pass
2026-01-04,City Metro,75.50,CAD,Travel,monthly pass
"""

    found = stream_of(EXPENSES, JANUARY, later)

    assert (amounts(found).count(7_550), repeated(found)) == (2, [0, 1])
    assert len(set(found.table()["record_id"].to_pylist())) == 4


def test_more_of_the_same_are_added_and_no_more(stream_of: Callable[..., CanonicalStream]) -> None:
    """Two coffees in the first file and three in the second are three."""
    header, coffee = b"When,Memo Field,Total\n", b"2026-01-30,coffee,4.00\n"

    found = stream_of(EXPENSES, header + 2 * coffee, header + 3 * coffee)

    assert (amounts(found), repeated(found)) == ([400, 400, 400], [0, 2])


def test_a_later_export_with_one_more_column_is_not_another_set_of_rows(stream_of: Callable[..., CanonicalStream]) -> None:
    """Rows are compared by the columns that both files have."""
    wider = JANUARY.replace(b"Memo Field\n", b"Memo Field,Project\n").replace(b"pass\n", b"pass,P1\n")

    found = stream_of(EXPENSES, JANUARY, wider)

    assert len(amounts(found)) == 3


def test_a_changed_row_of_a_typed_key_is_a_version(stream_of: Callable[..., CanonicalStream]) -> None:
    """The invoice was paid since: it is the same invoice."""
    old = b"No,Customer,Date,Amount,Status\n1,Acme,2026-01-02,10.00,Open\n2,Bolt,2026-01-03,20.00,Open\n"
    new = b"No,Customer,Date,Amount,Status\n1,Acme,2026-01-02,10.00,Paid\n2,Bolt,2026-01-03,20.00,Open\n"

    found = stream_of(INVOICES, old, new)

    assert found.table().select(["record_id", "status"]).to_pylist() == [
        {"record_id": "2", "status": "Open"},
        {"record_id": "1", "status": "Paid"},
    ]


def test_numbers_that_begin_again_in_each_file_lose_nothing(stream_of: Callable[..., CanonicalStream]) -> None:
    """No. 1 of January and no. 1 of February share a number and nothing else: two invoices."""
    january = b"No,Customer,Date,Amount,Status\n1,Acme,2026-01-02,10.00,Open\n2,Bolt,2026-01-03,20.00,Open\n"
    february = b"No,Customer,Date,Amount,Status\n1,Cole,2026-02-02,30.00,Open\n2,Dean,2026-02-03,40.00,Open\n"

    found = stream_of(INVOICES, january, february)

    assert amounts(found) == [1_000, 2_000, 3_000, 4_000]
    assert found.table()["record_id"].to_pylist() == ["1", "2", "1#2", "2#2"]


def test_of_two_invoices_with_one_number_the_right_one_is_updated(stream_of: Callable[..., CanonicalStream]) -> None:
    """Number 7 was given twice; the second was paid since, and the first stands unchanged in both files."""
    old = b"No,Customer,Date,Amount,Status\n7,Acme,2026-01-02,10.00,Open\n7,Bolt,2026-01-03,20.00,Open\n"
    new = b"No,Customer,Date,Amount,Status\n7,Acme,2026-01-02,10.00,Open\n7,Bolt,2026-01-03,20.00,Paid\n"

    found = stream_of(INVOICES, old, new)

    assert sorted(zip(amounts(found), found.table()["status"].to_pylist(), strict=True)) == [
        (1_000, "Open"),
        (2_000, "Paid"),
    ]


def test_a_document_is_read_twice_only_if_all_its_lines_are(stream_of: Callable[..., CanonicalStream]) -> None:
    """A second line was added since; the first line is equal in both files."""
    stream = configured_stream(
        "invoices",
        "invoice",
        {"number": "No", "party_name": "Customer", "amount_minor": "Line Total"},
        key="No",
        lines=Lines({"description": Field(("Item",))}, total="adds_up"),
    )
    old = b"No,Customer,Item,Line Total\n1,Acme,Desk,10.00\n2,Bolt,Lamp,5.00\n"
    new = b"No,Customer,Item,Line Total\n1,Acme,Desk,10.00\n1,Acme,Chair,4.00\n2,Bolt,Lamp,5.00\n"

    found = stream_of(stream, old, new)

    assert sorted(amounts(found)) == [500, 1_400]
    assert found.lines.num_rows == 3


@pytest.mark.parametrize(
    ("old", "new", "records"),
    [
        ("7,Acme,,5.00,", "7,Birch,,6.00,", 2),  # two things differ
        ("7,Acme,,5.00,", "7,Acme,,6.00,", 1),  # one of two agrees
        ("7,,,5.00,", "7,Birch,2026-01-04,6.00,", 1),  # only the amount is in both
        ("7,Birch,2026-01-04,6.00,", "7,,,5.00,", 1),
        ("7,n/a,,5.00,", "7,Birch,,6.00,", 1),  # a placeholder says nothing
    ],
)
def test_a_number_in_two_files_names_one_record_unless_two_things_differ(
    stream_of: Callable[..., CanonicalStream], old: str, new: str, records: int
) -> None:
    """And nothing agrees: what stands in one file alone is no difference."""
    files = [f"No,Customer,Date,Amount,Status\n{row}\n".encode() for row in (old, new)]

    assert len(amounts(stream_of(INVOICES, *files))) == records


def test_pairs_are_compared_in_their_own_files(stream_of: Callable[..., CanonicalStream]) -> None:
    """Of three files, number 7 stands in the first and the last, 8 in the first two, 9 in the last two."""
    rows = [["7,Acme,,5.00,", "8,Acme,,5.00,"], ["8,Acme,,6.00,", "9,Birch,,5.00,"], ["9,Acme,,6.00,", "7,Acme,,6.00,"]]
    files = [("No,Customer,Date,Amount,Status\n" + "\n".join(one) + "\n").encode() for one in rows]

    ids = stream_of(INVOICES, *files).table()["record_id"].to_pylist()

    assert sorted(ids) == ["7", "8", "9", "9#2"]


def test_pairs_are_compared_row_by_row_wherever_each_stands(stream_of: Callable[..., CanonicalStream]) -> None:
    """In the second file the two invoices stand the other way round: each is a version of its own."""
    old = b"No,Customer,Date,Amount,Status\n8,Acme,,5.00,\n7,Birch,,6.00,\n"
    new = b"No,Customer,Date,Amount,Status\n7,Birch,,9.00,\n8,Acme,,4.00,\n"

    found = stream_of(INVOICES, old, new).table()

    assert sorted(zip(found["record_id"].to_pylist(), found["amount_minor"].to_pylist(), strict=True)) == [
        ("7", 900),
        ("8", 400),
    ]
