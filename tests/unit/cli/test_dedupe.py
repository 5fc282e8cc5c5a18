"""``dedupe`` as a consultant calls it: several files, answers, a sample, and what is wrong with either."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tests.command_line import call
from tests.invented_names import FAMILY, GIVEN
from toolkit import match_records
from toolkit.match.dedupe import Deduplicated

CRM = """Id,Company,E-mail,Phone,City
C0,Acorn Books LLC,info@acorn.example,312-555-0100,Chicago
C1,Bluebird Bakery,hi@bluebird.example,312-555-0101,Chicago
C2,Cedar Law Group,law@cedar.example,312-555-0102,Boston
C3,Delta Fitness,d@delta.example,312-555-0103,Boston
C9,Acorn Books,info@acorn.example,312-555-0100,
"""
LEDGER = """No,Vendor,Mail,Tel,Town
1,Acorn Books,,312 555 0100,Chicago
2,"Cedar Law Grp, The",law@cedar.example,,Boston
3,Zebra Zoo,z@zebra.example,415 555 0199,Reno
"""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "crm.csv").write_text(CRM, "utf-8")
    (tmp_path / "ledger.csv").write_text(LEDGER, "utf-8")
    return tmp_path


def facts(folder: Path, *arguments: str | Path, code: int = 0) -> dict[str, Any]:
    """Call ``dedupe`` into ``out`` and return what it printed as JSON."""
    called = call("dedupe", *arguments, "--out", folder / "out", "--json")
    assert called.code == code, called.err
    found: dict[str, Any] = json.loads(called.out)
    return found


def groups(folder: Path) -> list[list[str]]:
    """Return the ids of each cluster with several records."""
    members: dict[str, list[str]] = {}
    with (folder / "out" / "clusters.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            members.setdefault(row["cluster_id"], []).append(row["record_id"])
    return sorted(sorted(one) for one in members.values() if len(one) > 1)


def test_several_files_give_one_cluster_over_all(folder: Path) -> None:
    """Kinds come with their reason; every file of results is written."""
    found = facts(folder, folder / "crm.csv", folder / "ledger.csv", "--threshold", "0.8")

    assert groups(folder) == [["1", "C0", "C9"], ["2", "C2"]]
    assert (found["records"], found["clusters"], found["threshold"]) == (8, 5, 0.8)
    assert found["kinds"]["Company"]["kind"] == "company"
    assert found["kinds"]["Company"]["reason"].endswith("Its header speaks of companies.")
    assert {path.name for path in (folder / "out").iterdir()} == {
        "pairs.csv", "clusters.csv", "candidates.csv", "related.csv", "review.xlsx", "duplicates.html",
    }  # fmt: skip


def test_kinds_are_shown_before_what_was_found(folder: Path) -> None:
    """A column that was taken for the wrong thing is seen first; a told kind that fits nothing is warned about."""
    called = call("dedupe", folder / "crm.csv", "--field", "City=phone", "--out", folder / "out")

    kinds, _, result = called.out.partition("\n\n")
    assert "Its header speaks of companies." in kinds
    assert "Column 'City' was given the kind 'phone', but none of its values looks like it." in kinds
    assert result.startswith("1 of the 5 records is a repeat of another")


def test_two_files_are_linked_in_either_spelling(folder: Path) -> None:
    """``--link`` and ``--against`` are the same."""
    linked = facts(folder, folder / "crm.csv", folder / "ledger.csv", "--link")
    against = facts(folder, folder / "crm.csv", "--against", folder / "ledger.csv")

    assert {**linked, "files": []} == {**against, "files": []}
    assert call("dedupe", folder / "crm.csv", "--link").code == 3
    assert call("dedupe", folder / "crm.csv", folder / "ledger.csv", "--against", folder / "crm.csv").code == 3


def test_a_reviewed_workbook_is_obeyed_and_not_written_over(folder: Path) -> None:
    """Typed into the workbook, given back with --answers; the next round goes into a new workbook."""
    facts(folder, folder / "crm.csv")
    path = folder / "out" / "review.xlsx"
    book = openpyxl.load_workbook(path)
    assert (book["Decided"]["A2"].value, book["Decided"]["B2"].value) == ("C0", "C9")
    book["Decided"]["E2"] = "not_same"
    book.save(path)

    found = facts(folder, folder / "crm.csv", "--answers", path)

    assert (found["answers"], groups(folder)) == (1, [])
    assert openpyxl.load_workbook(path)["Decided"]["E2"].value == "not_same"
    assert (folder / "out" / "review-2.xlsx").exists()


def test_answers_that_cannot_be_taken_are_each_named(folder: Path) -> None:
    """Unknown ids, a contradiction along a chain, a word that is no answer: the rest is done, and the code says so."""
    rows = ["C0,C9,same", "C0,C1,same", "C9,C1,no", "C77,C1,same", "C2,C3,perhaps"]
    (folder / "answers.csv").write_text("\n".join(["id_l,id_r,answer", *rows]), "utf-8")

    found = facts(folder, folder / "crm.csv", "--answers", folder / "answers.csv", code=4)

    assert found["problems"] == [
        "answers.csv, the table, line 6: This is no answer. Write same, not_same or unsure.",
        "There is no record 'C77'; its answer was left out.",
        "'C1' and 'C9' are answered not_same, but answers join them: 'C1' = 'C0' = 'C9'. None of these answers was taken.",
    ]
    assert (found["answers"], groups(folder)) == (0, [["C0", "C9"]])


def test_a_sample_that_was_answered_measures(folder: Path) -> None:
    """Drawn, answered, given back: precision and recall with their intervals."""
    said = facts(folder, folder / "crm.csv", folder / "ledger.csv", "--review", "100")["certainty"]
    assert said.startswith("Answered in full, the sample of ")
    path = folder / "out" / "sample.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Sample"]
    for line in range(2, sheet.max_row + 1):
        sheet.cell(line, 5).value = "same"
    book.save(path)

    found = facts(folder, folder / "crm.csv", folder / "ledger.csv", "--measure", path)

    assert (found["measured"]["precision"], found["measured"]["precision_interval"]) == (1.0, [1.0, 1.0])
    assert found["answers"] == 0
    both = call("dedupe", folder / "crm.csv", "--answers", path, "--measure", path, "--out", folder / "out")
    assert (both.code, "Measure first" in both.err) == (3, True)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", "", "is empty"),
        ("header.csv", "Id,Company\n", "no records"),
        ("blank.csv", "Company,Phone\n,\n,\n", "no records"),
        ("dates.csv", "Created,Row\n2026-01-01,1\n2026-01-02,2\n", "--field"),
    ],
)
def test_a_file_of_nothing_says_what_to_do(folder: Path, name: str, content: str, message: str) -> None:
    """Empty, without records, without a value, without a column to compare."""
    (folder / name).write_text(content, "utf-8")

    called = call("dedupe", folder / name, "--out", folder / "out")

    assert called.code == 3
    assert message in called.err


def test_one_record_is_a_result(folder: Path) -> None:
    """Nothing to compare it with is no mistake."""
    (folder / "one.csv").write_text("Id,Company,Phone\n1,Acme Ltd,312 644 2671\n", "utf-8")

    assert facts(folder, folder / "one.csv")["clusters"] == 1


def test_wrong_options_are_refused(folder: Path) -> None:
    """Repeated ids are named, a file twice is a mistake, a threshold is a probability."""
    repeated = call("dedupe", folder / "crm.csv", "--id", "Phone", "--out", folder / "out")
    twice = call("dedupe", folder / "crm.csv", folder / "crm.csv", "--out", folder / "out")
    percent = call("dedupe", folder / "crm.csv", "--threshold", "75", "--out", folder / "out")

    assert [one.code for one in (repeated, twice, percent)] == [3, 3, 3]
    assert "'312-555-0100'" in repeated.err
    assert "given twice" in twice.err
    assert "such as 0.75" in percent.err


def test_a_notebook_matches_tables_with_answers() -> None:
    """Frames in, the same result as the command; labelled pairs are optional."""
    frame = pd.DataFrame(
        {"Id": [1, 2, 3], "Company": ["Acorn Books LLC", "Acorn Books", "Zorro"], "Mixed": [1, "\ud800", None]}
    )
    labelled = pd.DataFrame({"id_l": [1], "id_r": [2], "answer": ["not_same"]})

    found = match_records(frame, kinds={"Mixed": "text"})
    answered = match_records({"customers": frame}, answers=labelled)

    assert isinstance(found, Deduplicated)
    assert (found.parties_count, answered.parties_count) == (2, 3)
    assert "records" in found._repr_html_()


@pytest.mark.parametrize(
    ("headers", "delimiter"),
    [
        (("Contact ID", "First Name", "Last Name", "Street", "City", "Phone"), ","),
        (("Kontakt-Nr.", "Vorname", "Nachname", "Straße", "Ort", "Telefon"), ";"),
        (("Código", "Nombre", "Apellidos", "Dirección", "Ciudad", "Teléfono"), "\t"),
    ],
)
def test_a_last_name_tells_two_of_one_household_apart(tmp_path: Path, headers: tuple[str, ...], delimiter: str) -> None:
    """Two Aishas of one address and phone: one Abbott twice, and one Castell."""
    rows = [
        (f"P{n}", GIVEN[n % 15], FAMILY[(n + n // 15 * 3) % 12], f"{9 + n} Elm Street", "Leeds", f"07700 900{99 + n}")
        for n in range(1, 41)
    ]
    rows += [
        ("P41", rows[0][1], "Castellano", *rows[0][3:]),
        ("P42", rows[0][1], rows[0][2], rows[0][3].replace("Street", "St"), *rows[0][4:]),
    ]
    (tmp_path / "contacts.csv").write_text("\n".join(delimiter.join(row) for row in (headers, *rows)), "utf-8")

    found = facts(tmp_path, tmp_path / "contacts.csv")

    assert found["kinds"][headers[2]]["kind"] == "family_name"
    assert groups(tmp_path) == [["P1", "P42"]]


def test_headers_with_a_digit_at_their_end_are_read(tmp_path: Path) -> None:
    """Date1 and Payee3 are a date and a payee; what is left out is named with the reason."""
    rows = [
        "Date1,Payee3,Total,Memo Field",
        "2026-01-04,City Metro,75.50,monthly pass",
        "2026-01-20,Brightcell,49.94,mobile",
    ]
    (tmp_path / "expenses.csv").write_text("\n".join([*rows, "2026-01-22,Oak Cafe,12.10,lunch"]), "utf-8")

    kinds = facts(tmp_path, tmp_path / "expenses.csv")["kinds"]

    assert {header: one["kind"] for header, one in kinds.items()} == {
        "Date1": "date", "Payee3": "company", "Total": "none", "Memo Field": "none",
    }  # fmt: skip
    assert all("name it to have it compared" in kinds[header]["reason"] for header in ("Total", "Memo Field"))


def test_every_column_of_a_list_of_persons_and_companies_may_stay_in(tmp_path: Path) -> None:
    """A name, its parts and the company beside them: colleagues are several persons, and their company one."""
    rows = [
        "System,Type,Name,First name,Last name,Company,E-mail,Town",
        "crm,person,Ann Lee,Ann,Lee,Kelmor Ltd,ann@kelmor.example,Leeds",
        "crm,person,Bob Smith,Bob,Smith,Kelmor Ltd,bob@kelmor.example,Leeds",
        "desk,,Ann Lee,,,Kelmor Ltd,ann@kelmor.example,Leeds",
        "ledger,company,Kelmor Limited,,,Kelmor Limited,,Leeds",
        "shop,company,Kelmor Ltd,,,Kelmor Ltd,,Leeds",
        "shop,person,Cara Orton,Cara,Orton,,cara@mail.example,York",
    ]
    numbered = [f"{number or 'No'},{row}" for number, row in enumerate(rows)]
    (tmp_path / "all.csv").write_text("\n".join(numbered), "utf-8")

    found = facts(tmp_path, tmp_path / "all.csv")

    assert {header for header, one in found["kinds"].items() if one["kind"] == "none"} == {"No", "System", "Type"}
    assert groups(tmp_path) == [["1", "3"], ["4", "5"]]
