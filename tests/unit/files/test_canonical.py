"""Raw rows become canonical records, and every row is accounted for."""

from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.files.configured import configured_stream
from toolkit.connector import Field, Stream
from toolkit.files.canonical import canonical_stream, major_units
from toolkit.files.parties_by_name import names_stream
from toolkit.files.raw import RawTable
from toolkit.tables import DOCUMENT, QUARANTINE

INVOICES = configured_stream(
    "invoices",
    "invoice",
    {"number": "No", "party_name": "Customer", "amount_minor": ["Amount", "Net"], "issued_on": "Date"},
    key="No",
)
HEADERS = ("No", "Customer", "Amount", "Date")
CONTACTS = Stream(
    "contacts",
    "party",
    {"name": Field(("Name",)), "updated_at": Field(("Changed",))},
    key=("Id",),
    identifying=("name",),
)


def table(
    headers: tuple[str, ...], *rows: tuple[str | None, ...], file: str = "a.csv", totals: tuple[dict[int, str], ...] = ()
) -> RawTable:
    cells = {f"c{index}": pa.array([row[index] for row in rows], pa.string()) for index in range(len(headers))}
    lines = pa.table({"line": pa.array(range(2, len(rows) + 2), pa.int64()), **cells})
    return RawTable(file, "", headers, lines, QUARANTINE.empty(), len(rows), 1, totals=totals)


def records(*raws: RawTable, stream: Stream = INVOICES) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = (
        canonical_stream(raws, stream, system="sys", country="US", currency="USD").table().to_pylist()
    )
    return listed


def test_a_bad_amount_puts_an_invoice_aside_with_line_and_reason() -> None:
    """A document is nothing without its amount; the row itself is kept in quarantine."""
    found = canonical_stream(
        [table(HEADERS, ("1", "Acme", "10.00", "2026-01-02"), ("2", "Bolt", "ten", "2026-01-03"))], INVOICES, system="sys"
    )

    [aside] = found.quarantine.to_pylist()
    assert (aside["line"], aside["reason"], aside["system"]) == (3, "bad_value", "sys")
    assert '"Amount":"ten"' in aside["row"]
    assert (found.counts[0].rows_kept, found.counts[0].rows_quarantined) == (1, 1)


def test_a_bad_date_keeps_the_row_and_is_noted() -> None:
    """An optional value that cannot be read is empty, its text stays in the raw row."""
    found = canonical_stream([table(HEADERS, ("1", "Acme", "10.00", "soon"))], INVOICES, system="sys")

    [row] = found.table().to_pylist()
    assert row["issued_on"] is None
    assert '"soon"' in row["raw"]
    assert [(note.code, note.column, note.count) for note in found.notes] == [("bad_value", "issued_on", 1)]


def test_a_row_that_names_nothing_is_put_aside() -> None:
    """No key and no identifying value: it cannot be a record."""
    found = canonical_stream([table(("Id", "Name", "Changed"), (None, None, "2026-01-01"))], CONTACTS, system="sys")

    assert found.quarantine["reason"].to_pylist() == ["no_key"]


def test_a_record_without_an_id_is_named_by_its_content() -> None:
    """The id is the same in any row of any file, never the row number."""
    headers = ("Id", "Name", "Changed")
    [first] = records(table(headers, (None, "Acme", None)), stream=CONTACTS)
    rows = records(table(headers, ("7", "Bolt", None), (None, "Acme", None)), stream=CONTACTS)

    assert rows[1]["record_id"] == first["record_id"]
    assert len(first["record_id"]) == 16


def test_the_newest_version_of_an_overlapping_export_counts() -> None:
    """The later change wins, whatever the order of the files."""
    headers = ("Id", "Name", "Changed")
    new = table(headers, ("7", "Acme Ltd", "2026-02-01"), file="new.csv")
    old = table(headers, ("7", "Acme", "2026-01-01"), ("8", "Bolt", "2026-01-01"), file="old.csv")

    found = canonical_stream([new, old], CONTACTS, system="sys")

    assert sorted(found.table()["name"].to_pylist()) == ["Acme Ltd", "Bolt"]
    assert [count.rows_repeated for count in found.counts] == [0, 1]


def test_two_generations_of_headers_make_one_table() -> None:
    """The amount is called Amount in one file and Net in the other."""
    rows = records(
        table(HEADERS, ("1", "Acme", "10.00", "2026-01-02")),
        table(("Net", "No", "Customer"), ("20.00", "2", "Bolt"), file="b.csv"),
    )

    assert [(row["number"], row["amount_minor"]) for row in rows] == [("1", 1_000), ("2", 2_000)]


def test_a_day_order_that_one_file_proves_holds_for_the_others() -> None:
    """January's file has no day above twelve, February's has."""
    rows = records(
        table(HEADERS, ("1", "Acme", "1.00", "03/04/2026")),
        table(HEADERS, ("2", "Acme", "1.00", "25/04/2026"), file="b.csv"),
    )

    assert [str(row["issued_on"]) for row in rows] == ["2026-04-03", "2026-04-25"]


def test_the_control_sum_is_held_against_the_rows() -> None:
    """The file's own total is a cent off, and the count says so."""
    found = canonical_stream(
        [table(HEADERS, ("1", "A", "10.00", None), ("2", "B", "5.50", None), totals=({2: "$15.51"},))],
        INVOICES,
        system="sys",
        currency="USD",
    )

    [count] = found.counts
    assert (count.sum_minor, count.control_sum_minor, count.is_in_balance) == (1_550, 1_551, False)
    assert str(major_units(1_550, "USD")) == "15.50"


def test_amounts_of_two_currencies_are_never_added() -> None:
    """There is no sum of dollars and pounds."""
    found = canonical_stream(
        [table(HEADERS, ("1", "A", "$10", None), ("2", "B", "£5", None))], INVOICES, system="sys", country="US"
    )

    assert found.counts[0].sum_minor is None
    assert found.table()["currency"].to_pylist() == ["USD", "GBP"]


def test_a_currency_in_the_header_is_the_columns() -> None:
    """A header "Amount (GBP)" says it for all rows."""
    [row] = records(table(("No", "Amount (GBP)"), ("1", "10.00")))

    assert (row["amount_minor"], row["currency"]) == (1_000, "GBP")


def test_headers_that_occur_twice_keep_all_their_cells() -> None:
    """The raw row has a list for them; names that differ in case stay two."""
    [row] = records(table(("No", "Note", "Note", "note", "Amount"), ("1", "a", None, "c", "1.00")))

    assert row["raw"] == '{"No":"1","Note":["a",null],"note":"c","Amount":"1.00"}'


def test_hostile_headers_and_cells_are_only_text() -> None:
    """Quotes, SQL and formulas pass through unharmed."""
    [row] = records(table(("No", "x'); DROP TABLE t;--", 'say "hi"', "Amount"), ("=1+1", "a'b", '\\"', "1.00")))

    assert row["record_id"] == "=1+1"
    assert row["raw"] == '{"No":"=1+1","x\'); DROP TABLE t;--":"a\'b","say \\"hi\\"":"\\\\\\"","Amount":"1.00"}'


def test_an_ordinal_never_meets_an_id_that_looks_like_one() -> None:
    """A number typed as "1#2" and the second "1" stay apart."""
    rows = records(table(HEADERS, ("1#2", "A", "1.00", None), ("1", "B", "2.00", None), ("1", "C", "3.00", None)))

    assert len({row["record_key"] for row in rows}) == 3


def test_no_files_make_an_empty_stream() -> None:
    """A system without files is no error."""
    found = canonical_stream([], INVOICES, system="sys")

    assert found.table().num_rows == 0
    assert found.counts == ()


def test_a_file_with_a_header_only_has_no_records() -> None:
    """Zero rows read, zero kept."""
    assert records(table(HEADERS)) == []


_CELL = st.sampled_from(["1", "2", "3", None])


@settings(deadline=None, max_examples=12)
@given(
    st.lists(st.lists(st.tuples(_CELL, _CELL, st.sampled_from(["1.00", "2.00", "x"]), st.none()), max_size=8), max_size=3)
)
def test_rows_always_add_up_and_keys_are_unique(files: list[list[tuple[str | None, ...]]]) -> None:
    """Whatever repeats, clashes or is missing, no row is lost and no key occurs twice."""
    raws = [table(HEADERS, *rows, file=f"{number}.csv") for number, rows in enumerate(files)]

    found = canonical_stream(raws, INVOICES, system="sys", currency="USD")

    assert [one.rows_kept + one.rows_folded + one.rows_repeated + one.rows_quarantined for one in found.counts] == [
        len(rows) for rows in files
    ]
    assert found.table().num_rows == sum(one.rows_kept for one in found.counts)


def test_names_on_documents_become_parties_but_placeholders_do_not() -> None:
    """A redacted name is a missing name."""
    names = ("Acme Ltd", "Acme Ltd", "REDACTED PERSONAL DATA", "n/a", "-", None)
    documents = DOCUMENT.from_rows(
        {
            "record_key": f"s/p/{number}", "system": "s", "stream": "p", "record_id": str(number), "entity": "bill",
            "state": "active", "party_name": name,
        }
        for number, name in enumerate(names)
    )  # fmt: skip

    [party] = names_stream([documents], system="s").to_pylist()

    assert (party["record_key"], party["roles"], party["kind"]) == ("s/names/Acme Ltd", ["vendor"], "company")
