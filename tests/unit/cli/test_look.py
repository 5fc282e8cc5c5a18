"""``look`` as a consultant calls it: what each kind of file is, what is asked, and that nothing wrong is called sure."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.command_line import call

INVOICES = [
    ["Invoice No", "Customer", "Invoice Date", "Total"],
    ["INV-1001", "Roberts & Sons Ltd", "2026-03-01", "120.50"],
    ["INV-1002", "Alvarez Plumbing LLC", "2026-03-04", "89.00"],
    ["INV-1003", "Nguyen Foods Inc", "2026-03-09", "1300.25"],
    ["INV-1004", "Baker Marine Ltd", "2026-03-17", "77.10"],
    ["INV-1005", "Okafor Textiles Ltd", "2026-03-22", "410.00"],
]
UNDERSTOOD = {"Invoice No": "number", "Customer": "party_name", "Invoice Date": "issued_on", "Total": "amount_gross"}


def csv_text(rows: list[list[str]], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in rows)


def looked(path: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    """Return the one table that ``look --json`` finds in a file."""
    called = call("look", path, "--json", *arguments)
    assert called.code == code, called.err
    [table] = json.loads(called.out)["tables"]
    assert isinstance(table, dict)
    return table


def look_at(folder: Path, rows: list[list[str]]) -> dict[str, Any]:
    """Return what a CSV file of these rows is taken for."""
    path = folder / "export.csv"
    path.write_text(csv_text(rows), encoding="utf-8")
    return looked(path)


def meanings(table: dict[str, Any]) -> dict[str, str]:
    return {header: column["meaning"] for header, column in table["columns"].items()}


def sure(table: dict[str, Any]) -> dict[str, str]:
    """Return the columns that are said to mean something, and surely."""
    return {
        header: column["meaning"]
        for header, column in table["columns"].items()
        if column["certainty"] == "sure" and column["meaning"] != "none"
    }


def written(folder: Path, name: str) -> Path:
    """Return a file of the invoices in the format that the name says."""
    path = folder / name
    headers, *rows = INVOICES
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in INVOICES:
            book.active.append(row)
        book.save(path)
    elif path.suffix == ".parquet":
        pq.write_table(pa.table({header: [row[place] for row in rows] for place, header in enumerate(headers)}), path)
    elif path.suffix == ".json":
        path.write_text(json.dumps([dict(zip(headers, row, strict=True)) for row in rows]), encoding="utf-8")
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(dict(zip(headers, row, strict=True))) + "\n" for row in rows), encoding="utf-8")
    else:
        path.write_text(csv_text(INVOICES, {".tsv": "\t", ".txt": ";"}.get(path.suffix, ",")), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a.xlsx", "a.json", "a.jsonl", "a.parquet"])
def test_a_file_of_every_kind_is_understood_alike(tmp_path: Path, name: str) -> None:
    """What a list is does not depend on the program that saved it."""
    table = looked(written(tmp_path, name))

    assert (table["entity"], table["row_is"], table["key"]) == ("invoice", "record", ["Invoice No"])
    assert meanings(table) == UNDERSTOOD


def test_the_json_has_the_agreed_form(tmp_path: Path) -> None:
    """Other programs read it: these names stay."""
    path = written(tmp_path, "a.csv")
    answer = json.loads(call("look", path, "--json").out)

    [table] = answer["tables"]
    assert {"file", "sheet", "entity", "row_is", "key", "columns", "questions"} <= set(table)
    assert (table["file"], table["sheet"], table["questions"]) == (str(path), "", [])
    assert list(table["columns"]) == INVOICES[0]
    for place, column in enumerate(table["columns"].values()):
        assert {"meaning", "certainty", "probability", "reason", "index"} <= set(column)
        assert column["index"] == place
        assert column["certainty"] in {"sure", "probable", "doubtful"}
        assert 0 <= column["probability"] <= 1
        assert column["reason"]


def test_a_person_reads_a_line_per_column(tmp_path: Path) -> None:
    """Meaning, certainty, samples and reason; above them what a row is and how many were looked at."""
    called = call("look", written(tmp_path, "a.csv"))

    assert called.code == 0
    assert "invoice (sure), a row is record; looked at 5 rows" in called.out
    [line] = [line for line in called.out.splitlines() if line.strip().startswith("Total")]
    assert all(word in line for word in ("amount_gross", "sure", "120.50", "its header says total"))


def test_every_sheet_of_a_workbook_is_a_table_of_its_own(tmp_path: Path) -> None:
    """Each is named, whatever the other one holds."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Invoices"
    people = book.create_sheet("People")
    for row in INVOICES:
        book.active.append(row)
    for row in (["First name", "Last name", "Email"], ["Anna", "Schmidt", "a@b.example"], ["Bob", "Stone", "b@b.example"]):
        people.append(row)
    book.save(tmp_path / "a.xlsx")

    tables = json.loads(call("look", tmp_path / "a.xlsx", "--json").out)["tables"]

    assert [one["sheet"] for one in tables] == ["Invoices", "People"]
    assert meanings(tables[1]) == {"First name": "given_name", "Last name": "family_name", "Email": "email"}


def test_headers_that_stand_twice_or_not_at_all_are_told_apart(tmp_path: Path) -> None:
    """The second one is ``Header (2)``, an empty one ``column 3``."""
    table = look_at(tmp_path, [["Name", "Name", "", "City"], *([f"a{n}", f"b{n}", f"c{n}", "Leeds"] for n in range(4))])

    assert list(table["columns"]) == ["Name", "Name (2)", "column 3", "City"]


def test_a_damaged_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """With exit code 3, and without a trace of the program."""
    path = written(tmp_path, "a.xlsx")
    path.write_bytes(path.read_bytes()[:400])

    called = call("look", path)

    assert called.code == 3
    assert "a.xlsx" in called.out + called.err
    assert "Traceback" not in called.out + called.err


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A slip in a path is told as one."""
    called = call("look", tmp_path / "nowhere.csv")

    assert called.code == 3
    assert "nowhere.csv" in called.err


def test_one_damaged_file_does_not_hide_the_others(tmp_path: Path) -> None:
    """What could be read is shown, what could not is named."""
    (tmp_path / "photo.xlsx").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500))

    called = call("look", written(tmp_path, "a.csv"), tmp_path / "photo.xlsx", "--json")

    answer = json.loads(called.out)
    assert called.code == 0
    assert [one["entity"] for one in answer["tables"]] == ["invoice"]
    assert [Path(name).name for name in answer["refused"]] == ["photo.xlsx"]


@pytest.mark.parametrize("width", [300, 3_000, pytest.param(16_000, marks=pytest.mark.heavy)])
def test_wide_tables_are_read_whole(tmp_path: Path, width: int) -> None:
    """Every column has its place; the known ones among them are found."""
    headers = [*INVOICES[0], *(f"Sensor reading {place}" for place in range(width - 4))]
    rows = [[*row, *(f"{place % 7}.{place % 10}" for place in range(width - 4))] for row in INVOICES[1:3]]

    table = look_at(tmp_path, [headers, *rows])

    assert len(table["columns"]) == width
    assert [column["index"] for column in table["columns"].values()] == list(range(width))
    assert {"Invoice No": "number", "Total": "amount_gross"}.items() <= meanings(table).items()


@pytest.mark.parametrize(
    "headers",
    [
        ["qaStaH", "ghItlh", "'ej", "mI'"],
        ["ihe nọmba", "onye ahịa", "ụbọchị", "ego"],
        ["Αριθμός", "Πελάτης", "Ημερομηνία", "Ποσό"],
    ],
    ids=["invented", "igbo", "greek"],
)
def test_headers_in_a_language_nobody_knows_are_not_guessed(tmp_path: Path, headers: list[str]) -> None:
    """Values may speak, but nothing is said to be sure, and what the table lists is asked."""
    table = look_at(tmp_path, [headers, *INVOICES[1:]])

    assert sure(table) == {}
    assert table["questions"]
    assert {column["looks_like"] for column in table["columns"].values()} >= {"date", "money"}


def test_a_table_without_a_header_keeps_its_first_row(tmp_path: Path) -> None:
    """Columns go by their place, all five rows are rows, and what they list is asked."""
    table = look_at(tmp_path, INVOICES[1:])

    assert list(table["columns"]) == ["column 1", "column 2", "column 3", "column 4"]
    assert table["rows_seen"] == 5
    assert sure(table) == {}
    assert [one["about"] for one in table["questions"]] == ["entity"]


@pytest.mark.parametrize("header", ["Value", "Wert", "Data"])
def test_one_column_is_not_enough_to_say_what_a_table_lists(tmp_path: Path, header: str) -> None:
    """It is asked."""
    table = look_at(tmp_path, [[header], ["alpha"], ["beta"], ["gamma"], ["delta"]])

    assert (table["entity_certainty"], sure(table)) == ("doubtful", {})
    assert [one["about"] for one in table["questions"]] == ["entity"]


@pytest.mark.parametrize("header", ["Column1", "Spalte1", "Unnamed: 1"])
def test_columns_that_a_program_named_have_no_name(tmp_path: Path, header: str) -> None:
    """They are told apart by their number, and nothing is read into the word."""
    table = look_at(tmp_path, [[header] * 4, *INVOICES[1:]])

    assert list(table["columns"]) == [header, f"{header} (2)", f"{header} (3)", f"{header} (4)"]
    assert sure(table) == {}
    assert table["questions"]


def test_a_header_row_in_the_middle_is_found(tmp_path: Path) -> None:
    """Titles above it are no rows."""
    table = look_at(tmp_path, [["Invoices of March"], [], ["prepared by", "Ann"], [], *INVOICES])

    assert (table["entity"], table["rows_seen"]) == ("invoice", 5)
    assert meanings(table) == UNDERSTOOD


def test_the_same_header_thrice_is_nowhere_sure(tmp_path: Path) -> None:
    """Which of three is the name, only a person can say."""
    people = [["Anna Schmidt", "Anna", "Schmidt"], ["Bob Stone", "Bob", "Stone"], ["Carla Rossi", "Carla", "Rossi"]]

    table = look_at(tmp_path, [["Name", "Name", "Name", "City"], *([*row, "Berlin"] for row in people)])

    assert list(table["columns"]) == ["Name", "Name (2)", "Name (3)", "City"]
    assert not {"Name", "Name (2)", "Name (3)"} & set(sure(table))


@pytest.mark.parametrize(
    "headers",
    [
        ["Invoice Date", "Email", "Amount", "Customer"],
        ["Rechnungsdatum", "E-Mail", "Betrag", "Kunde"],
        ["Date de facture", "Courriel", "Montant", "Client"],
    ],
    ids=["english", "german", "french"],
)
def test_values_that_contradict_their_header_are_not_used(tmp_path: Path, headers: list[str]) -> None:
    """A header that its values belie is neither believed nor replaced by a guess, and the reason says so."""
    rows = [[name, amount, f"a{number}@acme.example", day] for number, name, day, amount in INVOICES[1:]]

    table = look_at(tmp_path, [headers, *rows])

    assert meanings(table) == dict.fromkeys(headers, "none")
    assert "but its values are of another kind" in table["columns"][headers[1]]["reason"]
    assert table["questions"]


@pytest.mark.parametrize("word", ["Total", "Summe", "Totale"])
def test_a_table_of_totals_counts_nothing(tmp_path: Path, word: str) -> None:
    """It is told, and what a row is gets asked."""
    rows = [
        [f"{word} {place}", amount]
        for place, amount in [("north", "12.50"), ("south", "8.00"), ("east", "9.75"), ("west", "3.10")]
    ]

    table = look_at(tmp_path, [["Region", "Amount"], *rows])

    assert table["row_is"] == "total"
    assert [one["about"] for one in table["questions"]] == ["row"]


@pytest.mark.parametrize(
    "labels",
    [
        ["Company", "Address", "Postcode", "Phone", "Email", "Invoice date", "Amount"],
        ["Firma", "Adresse", "PLZ", "Telefon", "E-Mail", "Rechnungsdatum", "Betrag"],
        ["Entreprise", "Adresse", "Code postal", "Téléphone", "Courriel", "Date de facture", "Montant"],
    ],
    ids=["english", "german", "french"],
)
def test_a_sheet_that_is_a_form_counts_nothing(tmp_path: Path, labels: list[str]) -> None:
    """Labels on the left and answers on the right are one record at most."""
    answers = ["Roberts Ltd", "12 High Street", "LS1 4AP", "0113 496 0000", "ann@roberts.example", "2026-03-01", "120.50"]

    table = look_at(tmp_path, [["Field", "Answer"], *map(list, zip(labels, answers, strict=True))])

    assert table["row_is"] == "form"
    assert [one["about"] for one in table["questions"]] == ["row"]


@pytest.mark.parametrize(
    ("name", "start"),
    [("photo.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF"), ("scan.csv", b"\x89PNG\r\n\x1a\n"), ("list.xls", b"GIF89a")],
)
def test_a_photo_under_another_name_is_refused(tmp_path: Path, name: str, start: bytes) -> None:
    """The content decides, not the name."""
    (tmp_path / name).write_bytes(start + bytes(range(256)) * 8)

    called = call("look", tmp_path / name)

    assert called.code == 3
    assert "is a picture, not a table" in called.out + called.err
