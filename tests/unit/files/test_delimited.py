"""CSV and its relatives: delimiters, encodings, odd rows."""

from typing import Any

import pytest

from toolkit.errors import InputError
from toolkit.files.layout import MAX_CELL_BYTES


def test_cells_stay_text_exactly_as_written(read_one: Any, cells: Any) -> None:
    """Leading zeros, long ids, NA and blanks inside a cell survive."""
    table = read_one("ids.csv", b"Id,Code,Note\n007,1234567890123456789,NA\n008,1.10, padded \n")

    assert cells(table) == [("007", "1234567890123456789", "NA"), ("008", "1.10", " padded ")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_recognised(read_one: Any, cells: Any, delimiter: str) -> None:
    """Separators inside quotes do not count."""
    rows = [["Name", "Place", "Net"], ["Acme", '"a, b; c|d\te"', "1"], ["Bolt", "x", "2"]]

    table = read_one("t.txt", "\n".join(delimiter.join(row) for row in rows).encode())

    assert table.delimiter == delimiter
    assert cells(table)[0] == ("Acme", "a, b; c|d\te", "1")


def test_a_decimal_comma_does_not_pass_for_a_delimiter(read_one: Any, cells: Any) -> None:
    """European files separate with semicolons."""
    assert cells(read_one("t.csv", b"Name;Net;Tax\nAcme;1,50;0,30\n")) == [("Acme", "1,50", "0,30")]


def test_a_list_of_names_has_one_column(read_one: Any, cells: Any) -> None:
    """The comma of "Smith, John" under a title without one separates nothing."""
    assert cells(read_one("t.csv", b"Name\nSmith, John\nDoe, Jane\n")) == [("Smith, John",), ("Doe, Jane",)]


def test_a_declared_delimiter_is_obeyed(read_one: Any, cells: Any) -> None:
    """A spreadsheet's first line ``sep=;`` is no row."""
    table = read_one("t.csv", b"sep=;\nName;Net\nAcme;1\n")

    assert table.headers == ("Name", "Net")
    assert cells(table) == [("Acme", "1")]


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
    ],
)
def test_every_encoding_gives_the_same_cells(read_one: Any, cells: Any, codec: str, said: str) -> None:
    """The byte-order mark never sticks to the first header."""
    table = read_one("t.csv", "Näme,City\nMüller,Zürich\nJones,Leeds\n".encode(codec))

    assert table.headers == ("Näme", "City")
    assert cells(table) == [("Müller", "Zürich"), ("Jones", "Leeds")]
    assert table.encoding == said


def test_two_encodings_in_one_row_are_both_understood(read_one: Any, cells: Any) -> None:
    """Files that were pasted together mix UTF-8 and Windows-1252."""
    table = read_one("t.csv", b"Name,City\n" + "Müller".encode() + b"," + "Zürich – Süd".encode("cp1252") + b"\n")

    assert cells(table) == [("Müller", "Zürich – Süd")]
    assert table.encoding == "utf-8 and windows-1252"


@pytest.mark.parametrize("bad", [b"\x00", b"\x81", b"\xed\xa0\x80"], ids=["NUL", "no letter", "half a pair"])
def test_a_row_with_bytes_that_are_no_text_is_put_aside(read_one: Any, cells: Any, reasons: Any, bad: bytes) -> None:
    """The other rows are kept, and the row is shown with its bytes."""
    table = read_one("t.csv", b"Name,City\nAcme,Leeds\nB" + bad + b",York\nCole,Hull\n")

    assert cells(table) == [("Acme", "Leeds"), ("Cole", "Hull")]
    assert reasons(table) == [(3, "bad_bytes")]


def test_a_quoted_cell_may_hold_lines_and_quotes(read_one: Any, cells: Any) -> None:
    """Lines are counted in the file, not in the table."""
    table = read_one("t.csv", b'Name,Note\nAcme,"one\r\ntwo, ""three"""\n\nBolt,x\n')

    assert cells(table) == [("Acme", 'one\r\ntwo, "three"'), ("Bolt", "x")]
    assert table.rows["line"].to_pylist() == [2, 5]


def test_a_quote_inside_a_cell_is_a_letter(read_one: Any, cells: Any) -> None:
    """Pipes are measured in inches."""
    assert cells(read_one("t.csv", b'Item,Qty\n5" pipe,2\n6" pipe,3\n7" pipe,1\n')) == [
        ('5" pipe', "2"), ('6" pipe', "3"), ('7" pipe', "1"),
    ]  # fmt: skip


def test_a_quote_that_never_closes_spoils_its_own_line_only(read_one: Any, cells: Any, reasons: Any) -> None:
    """Otherwise it would swallow the rest of the file."""
    table = read_one("t.csv", b'Name,Note\nAcme,"open\nBolt,x\nCole,y\n')

    assert cells(table) == [("Bolt", "x"), ("Cole", "y")]
    assert reasons(table) == [(2, "unclosed_quote")]


def test_rows_with_too_many_cells_are_put_aside(read_one: Any, cells: Any, reasons: Any) -> None:
    """An empty surplus is no surplus."""
    table = read_one("t.csv", b"A,B,C\nf,g,h,\ni,j,k,surplus\nl,m,n\n")

    assert cells(table) == [("f", "g", "h"), ("l", "m", "n")]
    assert reasons(table) == [(3, "too_many_cells")]


def test_a_row_that_lacks_a_cell_is_put_aside(read_one: Any, reasons: Any) -> None:
    """A lost delimiter shifts every cell behind it."""
    whole = "".join(f"2026-08-{day:02},Larkmoor Tools,income,{day}.00\n" for day in range(1, 30))
    text = "Date,Payee,Category,Amount\n" + whole.replace(
        "2026-08-05,Larkmoor Tools,income", "2026-08-05,Bondline Glassincome"
    )

    table = read_one("list.csv", text.encode())

    assert table.rows.num_rows == 28
    assert reasons(table) == [(6, "too_few_cells")]
    assert table.quarantine["detail"].to_pylist() == ["The row has 3 cells, the other rows have 4."]


@pytest.mark.parametrize(
    "text",
    [
        "Datum;Kunde;Betrag\n1.8.2026;Wörner;10,00\n2.8.2026;Bolt 11,00\n3.8.2026;Ost;12,00\n4.8.2026;West;13,00\n",
        'Fecha|Cliente|Importe\n1/8|"A|B"|10\n2/8|Bolt\n3/8|Sur|\n4/8|Norte|\n5/8|Este|9\n',
    ],
)
def test_the_same_in_other_languages_and_with_quotes(read_one: Any, reasons: Any, text: str) -> None:
    """Also row by row, and where the last cell is often empty but written."""
    assert reasons(read_one("t.csv", text.encode())) == [(3, "too_few_cells")]


def test_rows_are_padded_where_empty_cells_at_the_end_are_left_out(read_one: Any, cells: Any) -> None:
    """Some programs write no delimiters behind the last value of a row."""
    table = read_one("t.csv", b"Name,Phone,Note\nAcme,1,x\nBolt,2\nCove,3\nDunn,4,y\nEast,5\n")

    assert cells(table) == [
        ("Acme", "1", "x"),
        ("Bolt", "2", None),
        ("Cove", "3", None),
        ("Dunn", "4", "y"),
        ("East", "5", None),
    ]


def test_rows_that_all_end_in_a_separator_are_whole(read_one: Any, cells: Any) -> None:
    """Some banks write one more separator below the header than in it."""
    table = read_one("bank.csv", b"Date,Text,Amount\n01/02/2026,x,5.00,\n01/03/2026,y,6.00,\n")

    assert cells(table) == [("01/02/2026", "x", "5.00"), ("01/03/2026", "y", "6.00")]


def test_many_short_rows_keep_their_place(read_one: Any) -> None:
    """Rows of another length are put back where they stood."""
    lines = [f"a{n},b" if n % 2 else f"a{n},b,c" for n in range(1000)]

    table = read_one("t.csv", ("Name,Mid,End\n" + "\n".join(lines) + "\n").encode())

    assert table.rows["c0"].to_pylist() == [f"a{n}" for n in range(1000)]
    assert table.rows["line"].to_pylist() == list(range(2, 1002))


@pytest.mark.parametrize("filling", [b"x", b"x,\n"], ids=["one line", "many lines"])
def test_a_cell_of_ten_megabytes_does_not_sink_the_file(read_one: Any, cells: Any, reasons: Any, filling: bytes) -> None:
    """Its row is put aside, cut short; the next one is read."""
    table = read_one("t.csv", b'Name,Note\nAcme,"' + filling * (10_000_000 // len(filling)) + b'"\nBolt,x\n')

    assert cells(table) == [("Bolt", "x")]
    assert reasons(table) == [(2, "cell_too_long")]
    assert len(table.quarantine["row"][0].as_py()) <= 10_000


def test_a_cell_just_over_the_limit_is_put_aside_on_the_fast_way_too(read_one: Any, reasons: Any) -> None:
    """Both ways of reading know the same limit."""
    table = read_one("t.csv", b"Name,Note\nAcme," + b"x" * (MAX_CELL_BYTES + 1) + b"\nBolt," + b"y" * MAX_CELL_BYTES + b"\n")

    assert reasons(table) == [(2, "cell_too_long")]
    assert table.rows.num_rows == 1


def test_duplicate_headers_stay(read_one: Any, cells: Any) -> None:
    """Also those that differ in case only, and those without a name."""
    table = read_one("t.csv", b"Label,label,Label,\na,b,c,d\n")

    assert table.headers == ("Label", "label", "Label", "")
    assert cells(table) == [("a", "b", "c", "d")]


def test_a_header_without_rows_is_a_table_without_rows(read_one: Any) -> None:
    """Nothing to report is not an error."""
    table = read_one("t.csv", b"Name,City\r\n")

    assert (table.headers, table.rows_read, table.rows.num_columns) == (("Name", "City"), 0, 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_line_end_counts_lines_alike(read_one: Any, end: str) -> None:
    """Old Mac files too."""
    table = read_one("t.csv", end.join(["Name,City", "Acme,Leeds", "", "Bolt,York", ""]).encode())

    assert table.rows["line"].to_pylist() == [2, 4]


def test_a_file_of_blanks_is_empty(read_one: Any) -> None:
    """The message says what to do."""
    with pytest.raises(InputError, match=r"blanks only\. Export it again"):
        read_one("t.csv", b" \n\n \n")


def test_a_file_with_too_many_columns_is_no_table(read_one: Any) -> None:
    """A line of a million separators must not become a million columns."""
    with pytest.raises(InputError, match="columns"):
        read_one("t.csv", b"a," * 20_000 + b"\n" + b"1," * 20_000 + b"\n")


def test_a_repeated_character_is_read_in_linear_time(read_one: Any) -> None:
    """No pattern runs away on one long cell."""
    table = read_one("t.csv", b"Name,Note\n" + b"a" * 50_000 + b"!," + b"TOTAL " * 9_000 + b"\nx," + b"1," * 0 + b"y\n")

    assert table.rows_read == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"say \\"hi\\", ok"', 'say "hi", ok'),
        ('"5\\" pipe"', '5" pipe'),
        ('"ends with \\"it\\""', 'ends with "it"'),
        ('"two\nlines \\"here\\" too"', 'two\nlines "here" too'),
    ],
)
def test_quotes_may_be_escaped_with_a_backslash(read_one: Any, cells: Any, written: str, meant: str, end: str) -> None:
    """As some databases write them; lines stay those of the file."""
    text = f'Id,Note,Net\n1,{written},2.00\n2,"plain, text",3.00\n3,x,4.00\n'.replace("\n", end)

    table = read_one("t.csv", text.encode())

    assert cells(table)[0] == ("1", meant.replace("\n", end), "2.00")
    assert table.rows.num_rows == 3
    assert table.rows["line"].to_pylist()[-1] == 4 + written.count("\n")


def test_a_backslash_before_the_end_of_a_cell_is_one(read_one: Any, cells: Any) -> None:
    """Folders of Windows end so; and where quotes are doubled, a backslash escapes nothing."""
    assert cells(read_one("t.csv", b'Path,Net\n"C:\\data\\",1\n"D:\\",2\n')) == [("C:\\data\\", "1"), ("D:\\", "2")]
    text = b'Path,Net\n"C:\\""quoted""",1\n"a ""b"" c",2\n'
    assert cells(read_one("t.csv", text)) == [('C:\\"quoted"', "1"), ('a "b" c', "2")]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("README.txt", "Exports of March\nAsk Dana\n", "prose"),
        (
            "notes.txt",
            "These are the exports of March.\nPlease read them with care, and ask when in doubt.\nDana\n",
            "prose",
        ),
        (
            "brief.txt",
            "Sehr geehrte Frau Orsini,\n\nanbei finden Sie die Listen, um die Sie gebeten haben.\nMit Grüßen\n",
            "prose",
        ),
        (
            "lettre.txt",
            "Bonjour,\nvoici les fichiers demandés, avec les ventes du mois.\nMerci de votre patience.\n",
            "prose",
        ),
        ("LIESMICH.md", "# Hinweise\n\n- Bitte lesen\n", "prose"),
        ("app.log", "2026-08-01 12:00:00,123 INFO started\n2026-08-01 12:00:01,456 INFO read 3 files, done\n", "a log"),
        ("server.txt", "[2026-08-01 12:00:00] ready\n[2026-08-01 12:00:05] GET /\n", "a log"),
        ("access.log", '10.0.0.1 - - [01/Aug/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 1\n' * 3, "a log"),
    ],
)
def test_prose_is_no_table(read: Any, name: str, text: str, said: str) -> None:
    """A letter beside the exports is not a list of one column."""
    with pytest.raises(InputError, match=f"is {said}, not a table"):
        read(name, text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "E-mail\nanna@example.com\nben@example.com\n",
        "Harbor & Pine\nLarkmoor Tools\nOld Mill Bakery\n",
        "Product\nGalvanised screw M4\nOak board\nBrass hinge with pin\n",
        "Adresse\nAm Markt 1, 50667 Köln\nRue de la Gare 12, Lyon\nPlaza Mayor 3, Madrid\n",
        "Ort\nKöln\nBonn am Rhein\nFrankfurt am Main\n",
    ],
)
def test_a_list_of_one_column_is_a_table(read_one: Any, text: str) -> None:
    """Addresses, towns and products are no prose."""
    table = read_one("list.txt", text.encode())

    assert len(table.headers) == 1
    assert table.rows.num_rows >= 2
