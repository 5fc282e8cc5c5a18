"""How much of a text is looked at, and what is told by it: just under, at and just over each limit."""

import datetime as dt
import io
import struct
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.errors import InputError
from toolkit.files.archive import opened_zip
from toolkit.files.cells import text_of
from toolkit.files.code_pages import _evidence
from toolkit.files.delimited import _check_is_table, _head_lines, delimited_tables
from toolkit.files.encoding import UNREADABLE, Utf8Stream
from toolkit.files.filled_sheets import FilledSheet
from toolkit.files.form_sheets import form_titles, is_form
from toolkit.files.header import header_position, rows_above_are_records
from toolkit.files.identity import with_ordinals
from toolkit.files.landscape_workbook import ALL_SHEETS, _form_of
from toolkit.files.layout import Aside, cells_refused, plain_table
from toolkit.files.package import _scan
from toolkit.files.read import kind_of
from toolkit.files.source import Reading, Source
from toolkit.files.text_rows import sample_rows
from toolkit.files.zones import offset_text

READING = Reading(frozenset(), frozenset(), "")


def source(data: bytes, name: str = "t.csv", size: int = 0) -> Source:
    """Return bytes as a file, which may call itself larger than it is."""
    return Source(name, "", name, size or len(data), lambda: io.BytesIO(data))


@pytest.mark.parametrize(("single", "pairs", "delimiter"), [(150, 150, ";"), (151, 149, ""), (149, 151, ";")])
def test_the_first_three_hundred_lines_tell_what_separates_cells(single: int, pairs: int, delimiter: str) -> None:
    """Half of them hold it; what follows may be anything."""
    data = ("Nut\n" * single + "Nut;5.00\n" * pairs + "Nut\n" * 100).encode()

    [table] = delimited_tables(source(data), READING)

    assert table.delimiter == delimiter


@pytest.mark.parametrize(("length", "lines"), [(10, 300), (10_000, 201), (10_001, 200), (2_000_000, 2), (2_000_001, 2)])
def test_two_million_characters_of_the_first_lines_are_looked_at(length: int, lines: int) -> None:
    """The line that goes beyond is the last one, and cut there."""
    data = (b"x" * (length - 1) + b"\n") * (600 if length < 100 else 6_200_000 // length)

    found = _head_lines(source(data))

    assert len(found) == lines
    assert max(map(len, found)) == min(length, 2_000_000)


@pytest.mark.parametrize(("size", "tables"), [(7_999_999, 2), (8_000_000, 2), (8_000_001, 1)])
def test_several_tables_are_looked_for_in_texts_of_eight_megabytes(size: int, tables: int) -> None:
    """Larger ones are exports of programs, which write one."""
    text = b"Name;Net;On\nAcme;1.00;5\nBolt;2.00;6\n\nBill;Seller;Paid on;By\n7;Cove;8;9\n8;Dunn;9;9\n"

    assert len(list(delimited_tables(source(text, size=size), READING))) == tables


@pytest.mark.parametrize(("words", "taken"), [(1_499, 1_499), (1_500, 1_500), (1_501, 1_500), (3_000, 1_500)])
def test_fifteen_hundred_words_tell_a_code_page(words: int, taken: int) -> None:
    """Each counts once, and no more of a text is looked at."""
    letters = ["\u0142" + "".join("abcdefghij"[int(digit)] for digit in str(number)) for number in range(words)]
    found, lines = _evidence(io.BytesIO("\n".join(["plain", *letters, *letters[:9]]).encode("cp1250")))

    assert len(found) == taken
    assert lines.count(b"\n") + 1 == (words + 9 if words < 1_500 else 1_500)


@pytest.mark.parametrize(("length", "different"), [(79, 2), (80, 2), (81, 1)])
def test_a_word_has_eighty_letters_at_most(length: int, different: int) -> None:
    """What comes behind them makes no other word."""
    words = "\n".join("\u0142" + "a" * (length - 2) + last for last in "xy")

    assert len(_evidence(io.BytesIO(words.encode("cp1250")))[0]) == different


@pytest.mark.parametrize(
    ("clean", "strange", "is_text"), [(57_600, 6_400, True), (57_599, 6_401, False), (64_000, 30_000, True)]
)
def test_the_first_64000_bytes_tell_whether_a_file_is_text(clean: int, strange: int, *, is_text: bool) -> None:
    """A tenth of them may be control characters where there are few; of many, one in fifty. Here they stand at the end."""
    data = b"a" * clean + b"\x01" * strange
    if strange == 6_400:
        # One in fifty and no more.
        data = b"a" * 62_720 + b"\x01" * 1_280
    if is_text:
        assert kind_of(source(data)) == "text file"
        return
    with pytest.raises(InputError, match="of a kind that cannot be read"):
        kind_of(source(data))


@pytest.mark.parametrize(("blanks", "is_noted"), [(988, False), (989, True)])
def test_a_bank_file_declares_its_code_page_in_its_first_thousand_bytes(
    read_one: Any, blanks: int, *, is_noted: bool
) -> None:
    """Then nothing was guessed; a number that is cut off there declares another one."""
    head = b"\n" * blanks + b"CHARSET:1252\n"
    body = b"OFXHEADER:100\n<OFX><STMTRS><STMTTRN><FITID>1<TRNAMT>5.00<NAME>Caf\xe9</STMTTRN></STMTRS></OFX>"

    assert bool(read_one("t.ofx", head + body).notes) is is_noted


@pytest.mark.parametrize(
    ("written", "text", "is_bad"),
    [
        (b"a\xed\xa0\x80b", f"a{UNREADABLE}ed{UNREADABLE}a0{UNREADABLE}80b", True),  # half a pair
        (b"a\xed\xbf\xbfb", f"a{UNREADABLE}ed{UNREADABLE}bf{UNREADABLE}bfb", True),
        (b"a\xed\x9f\xbfb", "a\ud7ffb", False),
        (b"a\xed\xa0b", "a\u00ed\u00a0b", False),
        (b"a\xed\xa0~", "a\u00ed\u00a0~", False),
        (b"a\xec\xa0~", "a\u00ec\u00a0~", False),
        (b"a\xed\xa0", "a\u00ed\u00a0", False),
        (b"a\x81b", f"a{UNREADABLE}81b", True),  # no letter of Windows-1252
    ],
)
def test_half_a_pair_of_letters_is_no_text(written: bytes, text: str, *, is_bad: bool) -> None:
    """Other bytes that are no UTF-8 are read in the code page, one by one."""
    with Utf8Stream(io.BytesIO(written)) as stream:
        found = stream.read(100).decode()

    assert (found, stream.has_bad) == (text, is_bad)


COLONS = [[f"Label {letter}:", "x"] for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
WORDS = [[f"Label {letter}", "x"] for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (COLONS[:3], False),
        (COLONS[:4], True),
        ([[f"Label {number}:", "x"] for number in range(80)], True),
        ([[f"Label {number}:", "x"] for number in range(81)], False),
        (COLONS[:3] + WORDS[:2], True),  # three of five end with a colon
        (COLONS[:4] + WORDS[:3], False),
        ([*COLONS[:4], ["More:", "", "x"]], False),  # a third column
        ([*COLONS[:4], ["A title"]], True),
        ([["Name", "Acme"], ["Phone", "0113 496"], ["Since", "1.5.1999"], ["Town", "York"]], True),  # three kinds of values
        ([["Name", "Acme"], ["Contact", "Ann"], ["Since", "1.5.1999"], ["Town", "York"]], False),
        ([["Name", "Acme"], ["Name", "0113 496"], ["Since", "1.5.1999"], ["Town", "York"]], False),
        ([["Name", "Acme"], ["E-mail", "a@acme.example"], ["Since", "1.5.1999"], ["Town", "York"]], True),
    ],
)
def test_a_form_has_four_to_eighty_labels_with_values(rows: list[list[str]], *, expected: bool) -> None:
    """Three of five labels end with a colon, or all differ and the values are of three kinds."""
    assert is_form(rows) is expected


def test_titles_of_a_form_stand_above_its_first_value() -> None:
    """Each of one cell."""
    assert [form_titles([*[["New customer", ""]] * titles, ["Name", "Acme"], ["Note", ""]]) for titles in range(3)] == [
        0,
        1,
        2,
    ]
    assert form_titles([["only"], ["single", ""]]) == 0


@pytest.mark.parametrize(("headers", "is_form_sheet"), [(8, False), (9, True), (10, True)])
def test_a_renamed_sheet_has_half_of_the_headers_of_its_form(headers: int, *, is_form_sheet: bool) -> None:
    """Nine of eighteen; and the first of them always."""
    form = next(one for one in ALL_SHEETS if one.name == "Handoffs")
    names = [column.header.casefold() for column in form.columns]

    assert _form_of(FilledSheet("What we carry", tuple(names[:headers]), ())) is (form if is_form_sheet else None)
    assert _form_of(FilledSheet("handoffs ", tuple(names[:1]), ())) is form
    assert _form_of(FilledSheet("What we carry", tuple(names[1:]), ())) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (dt.timedelta(hours=25, minutes=1, seconds=1), "25:01:01"),
        (dt.timedelta(seconds=59), "00:00:59"),
        (dt.timedelta(seconds=60), "00:01:00"),
        (dt.timedelta(seconds=3_599.6), "01:00:00"),
        (-dt.timedelta(minutes=90), "-01:30:00"),
        (dt.timedelta(0), "00:00:00"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (1e22, "10000000000000000000000"),
        (2.50, "2.5"),
    ],
)
def test_a_value_is_written_as_a_spreadsheet_shows_it(cell: object, text: str) -> None:
    """Hours of a duration may pass a day, and numbers have no exponent."""
    assert text_of(cell) == text


@pytest.mark.parametrize("open_with", [list, lambda inner: {"in": inner[0]}])
def test_a_list_is_nested_sixty_four_levels_deep(open_with: Any) -> None:
    """One level more is refused."""
    value: Any = open_with([1])
    for _ in range(63):
        value = open_with([value])

    assert text_of(value).count("1") == 1
    with pytest.raises(InputError, match="more than 64 levels"):
        text_of([value])


@pytest.mark.parametrize(
    ("document", "parts"),
    [
        (b'{"a": {"b": {"rows": [{"n": 1}]}}}', ["a.b.rows"]),
        (b'{"a": {"b": {"c": {"rows": [{"n": 1}]}}}}', [""]),
        (b'{"a": {"rows": [{"n": 1}]}, "rows": [{"n": 2}]}', ["a.rows", "rows"]),
        (b'{"rows": []}', [""]),
        (b'{"rows": [1]}', [""]),
    ],
)
def test_lists_of_records_are_looked_for_three_names_deep(read: Any, document: bytes, parts: list[str]) -> None:
    """A document without any is one record."""
    assert [table.part for table in read("t.json", document)] == parts


def test_a_second_row_of_one_id_gets_a_number() -> None:
    """In the order of the rows; those that do not count keep theirs."""
    ids = pa.array(["b", "a", "b", "c", "b", "a", "c"])

    found = with_ordinals(ids, np.array([True, True, True, False, True, True, True]), "-")

    assert found.to_pylist() == ["b", "a", "b-2", "c", "b-3", "a-2", "c"]
    assert with_ordinals(ids, np.zeros(7, bool), "-").to_pylist() == ids.to_pylist()
    assert with_ordinals(ids, np.arange(7) == 2, "-").to_pylist() == ids.to_pylist()


@pytest.mark.parametrize(("signs", "is_kept"), [(250_000, True), (250_001, False)])
def test_a_cell_of_long_letters_may_have_a_million_bytes_too(signs: int, *, is_kept: bool) -> None:
    """Four bytes each: a quarter of a million of them."""
    assert (cells_refused(1, ["\U0001d11e" * signs]) is None) == is_kept


@pytest.mark.parametrize(("cells", "shown"), [(1_999, 1_999), (2_000, 2_000), (2_001, 2_000), (2_400, 2_000)])
def test_two_thousand_cells_of_a_row_put_aside_are_shown(cells: int, shown: int) -> None:
    """Here each is empty."""
    table = plain_table(source(b"x"), (), [], aside=[Aside(7, "bad_json", "It is none.", ("",) * cells)])

    assert table.quarantine["row"][0].as_py().count('""') == shown


def test_titles_above_repeated_names_of_columns_are_put_aside_with_them(read_one: Any, reasons: Any) -> None:
    """As on the next page of a report; a remark among the records stays what it is."""
    page = ["Report,,", "Page 2,,", "Name,City,Net"]
    rows = ["Name,City,Net", "Acme,York,5", "As agreed,,", "Bolt,Hull,6", *page, "Cove,Bath,7", "Dunn,Ely,8"]

    assert reasons(read_one("t.csv", "\n".join(rows).encode())) == [
        (3, "one_cell"),
        *[(line, "repeated_header") for line in (5, 6, 7)],
    ]


@pytest.mark.parametrize("before", [1, 100, 199, 200])
def test_a_tag_may_lie_across_two_pieces_of_a_part(before: int) -> None:
    """Two hundred bytes of the piece before are seen again."""
    tag = b'<table-cell office:value-type="x"' + b" " * 250 + b'table:number-columns-repeated="16385">'
    cut = tag[: 33 + (before - 33 if before > 33 else 0)] + tag[-39:]
    data = b" " * ((1 << 20) - before) + cut
    label: Any = SimpleNamespace(label="'t.ods'")

    with pytest.raises(InputError, match="16,385 columns"):
        _scan(label, io.BytesIO(data), is_xml=True, is_sheet=True)


def directory(members: int) -> bytes:
    """Return an archive of empty members, as far as its directory says."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    return entry * members + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, members, members, len(entry) * members, 0, 0)


@pytest.mark.parametrize(("members", "is_opened"), [(10_000, True), (10_001, False)])
def test_an_archive_has_ten_thousand_members_at_most(members: int, *, is_opened: bool) -> None:
    """More are no export."""
    if is_opened:
        with opened_zip(source(directory(members))) as archive:
            assert len(archive.infolist()) == members
        return
    with pytest.raises(InputError, match="more than 10,000 members"), opened_zip(source(directory(members))):
        pass


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("GMT+5:30", "+05:30"),
        ("UTC-0330", "-03:30"),
        ("+2", "+02:00"),
        ("gmt -10", "-10:00"),
        ("UTC", "+00:00"),
        ("Europe/Berlin", None),
        ("GMT+12345", None),
    ],
)
def test_an_offset_has_a_sign_hours_and_perhaps_minutes(zone: str, offset: str | None) -> None:
    """As programs write them."""
    assert offset_text(zone) == offset


@pytest.mark.parametrize(("values", "position"), [(6, None), (7, None), (8, 0)])
def test_more_than_seven_of_ten_cells_under_a_known_name_are_values(values: int, position: int | None) -> None:
    """Above codes that could be anything: else the first row is a record."""
    row = ["Date", "Total", "K1", "K2", "K3", "K4"]
    body = [["x", "5.00" if at < values else "five", "K5", "K6", "K7", "K8"] for at in range(10)]

    assert header_position([row, *body]) == position


@pytest.mark.parametrize(
    ("row", "is_header"),
    [
        (["Name", "City", ""], False),  # two names
        (["Name", "City", "Net", ""], True),
        (["Name", "City", "Net"], False),  # it has no cell for the last column
    ],
)
def test_a_last_column_may_be_without_a_name(row: list[str], *, is_header: bool) -> None:
    """Above rows that fill it, where three others have one."""
    width = 4 if "Net" in row else 3
    rows = [row, *[["Acme", "York", "5.00", "6.00"][:width]] * 4]

    assert (header_position(rows) == 0) is is_header


@pytest.mark.parametrize(
    ("digits", "words", "expected"), [(8, 2, True), (7, 2, False), (8, 3, True), (8, 4, False), (10, 0, True)]
)
def test_rows_above_a_header_look_like_those_below(digits: int, words: int, *, expected: bool) -> None:
    """More than seven of ten have digits where the others have them, at most three of ten where those have words."""
    above = [["7" if at < words else "Acme", "York", "5" if at < digits else "x"] for at in range(10)]

    assert rows_above_are_records(above, ["Name", "Town", "Net"], [["Bolt", "Hull", "6"]] * 3) is expected


@pytest.mark.parametrize(("filled", "expected"), [(6, False), (7, True)])
def test_a_record_above_a_header_fills_seven_of_ten_columns(filled: int, *, expected: bool) -> None:
    """A line with fewer cells is a fact of the preamble."""
    names = [f"Name {letter}" for letter in "ABCDEFGHIJ"]
    record = ["5", *["Acme"] * 9]

    assert rows_above_are_records([record[:filled]], names, [record] * 3) is expected


@pytest.mark.parametrize("line", [b'{"a": ', b'["a", "'])
@pytest.mark.parametrize(("length", "shown"), [(9_000, 9_004), (9_996, 10_000), (12_000, 10_000)])
def test_ten_thousand_characters_of_a_line_that_is_no_record_are_shown(
    read_one: Any, line: bytes, length: int, shown: int
) -> None:
    """As the row that it stands for: with its brackets and quotes."""
    bad = (line + b"x" * (length - len(line))).replace(b'"', b"'")
    table = read_one("t.jsonl", b'{"a": 1}\n' + bad + b'\n{"a": 2}\n')

    assert [len(text) for text in table.quarantine["row"].to_pylist()] == [shown]


@pytest.mark.parametrize(("known", "position"), [(["Date"], None), (["Date", "Total"], 0)])
def test_two_known_names_over_values_make_a_header_of_codes(known: list[str], position: int | None) -> None:
    """One word of a header may be a value among others."""
    row = [*known, "K1", "K2", "K3", "K4"]
    body = [[*["2026-03-01", "5.00"][: len(known)], "K5", "K6", "K7", "K8"]] * 4

    assert header_position([row, *body]) == position


@pytest.mark.parametrize(("cut", "whole", "is_prose"), [(2, 2, True), (2, 1, True), (3, 2, False)])
def test_separators_that_split_half_of_the_lines_are_those_of_sentences(cut: int, whole: int, *, is_prose: bool) -> None:
    """Of a table more than half of the rows have the usual number of cells."""
    lines = ["the first of some words;and more of them"] * cut + ["just some words in a line"] * whole
    lines = lines if cut != 2 or whole != 1 else ["one of them;two of them;three of them", *lines[1:]]
    head = sample_rows(lines, ";")

    if is_prose:
        with pytest.raises(InputError, match="is prose"):
            _check_is_table(source(b"x"), lines, head, ";")
    else:
        _check_is_table(source(b"x"), lines, head, ";")
