"""The systems-and-handoffs workbook: written, filled in, and read back."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from toolkit.errors import InputError
from toolkit.files.landscape_workbook import landscape_answers
from toolkit.landscape.systems import CATEGORIES
from toolkit.landscape.workbook.answers import LandscapeAnswers
from toolkit.report.landscape_workbook import write_landscape_workbook

CRM = {
    "name": "crm",
    "category": "crm",
    "product": "HubSpot",
    "is_informal": False,
    "process": "sales",
    "owner": "Sales",
    "users": 12,
    "cost_per_month": 450.0,
    "tier": "Professional",
    "data_in": "web leads",
    "data_out": "won deals",
    "moved_by": "Dana",
    "note": "=cmd|'/c calc'!A1",
}
DEAL_TO_PROJECT = {
    "label": "Won deals become projects",
    "system_l": "crm",
    "system_r": "projects",
    "by": "Dana",
    "trigger": "status_change",
    "carrier": "copy",
    "volume_per_month": 20.0,
    "minutes_low": 10.0,
    "minutes_likely": 15.0,
    "minutes_high": 25.0,
    "evidence": "interview",
    "who": "Dana",
    "on": date(2026, 10, 2),
    "error_rate": 0.03,
    "rework_minutes": 20.0,
    "delay_days": 3.0,
    "note": "from the deal's page",
    "handoff_id": "deal_to_project",
}
DANA = {"name": "Dana", "role": "Project coordinator", "department": "Operations", "systems": "crm, projects", "note": None}
PROJECTS = {"name": "projects", "category": "projects"}


def _filled(path: Path, cells: dict[str, dict[str, Any]]) -> LandscapeAnswers:
    """Write an empty form, type ``cells`` into it by sheet and address, read it back."""
    write_landscape_workbook(path, [], [], [])
    book = openpyxl.load_workbook(path)
    for sheet, typed in cells.items():
        for address, value in typed.items():
            book[sheet][address] = value
    book.save(path)
    return landscape_answers(path)


def _places(sheet: Any) -> dict[str, str]:
    return {cell.value: cell.column_letter for cell in sheet[2]}


def test_what_is_written_comes_back_the_same(tmp_path: Path) -> None:
    """Sending the workbook out and reading it back unchanged loses and invents nothing."""
    path = write_landscape_workbook(
        tmp_path / "form.xlsx", [CRM, PROJECTS], [DEAL_TO_PROJECT], [DANA], client="Harbor & Pine"
    )

    answers = landscape_answers(path)

    assert answers.systems[0] == CRM
    assert {key: value for key, value in answers.systems[1].items() if value is not None} == PROJECTS
    assert answers.handoffs == (DEAL_TO_PROJECT,)
    assert answers.people == (DANA,)
    assert (answers.problems, answers.notes) == ((), ())


def test_text_is_never_a_formula_or_a_link(tmp_path: Path) -> None:
    """A cell that begins with an equals sign stays harmless text."""
    hostile = ["=1+1", "+1+1", "-2+3", "@SUM(1)", '=HYPERLINK("http://x","y")', "http://x.example", "<r></t></r>", "a\x00b"]
    rows = [{"name": text, "note": text} for text in hostile]

    path = write_landscape_workbook(tmp_path / "form.xlsx", rows, [], [], client="<script>")

    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert [row["name"] for row in landscape_answers(path).systems] == [*hostile[:-1], "a\ufffdb"]


def test_twenty_five_systems_come_back_all_with_their_category(tmp_path: Path) -> None:
    """None of 25 systems is lost, also those of which only the name is known."""
    codes = list(CATEGORIES)
    rows = [{"name": f"System {number}", "category": codes[number % len(codes)]} for number in range(25)]

    answers = landscape_answers(write_landscape_workbook(tmp_path / "form.xlsx", rows, [], []))

    assert [(row["name"], row["category"]) for row in answers.systems] == [(row["name"], row["category"]) for row in rows]


def test_a_system_of_which_only_the_name_is_known_is_kept(tmp_path: Path) -> None:
    """Blank rows between answers do not matter, and neither does a row with a single cell."""
    answers = _filled(tmp_path / "form.xlsx", {"Systems": {"A5": "Trello", "A9": "Total Office", "A12": "Price list"}})

    assert [row["name"] for row in answers.systems] == ["Trello", "Total Office", "Price list"]
    assert answers.problems == ()


def test_an_unknown_category_is_reported_not_guessed(tmp_path: Path) -> None:
    """The category stays empty, and the report names the cell."""
    answers = _filled(tmp_path / "form.xlsx", {"Systems": {"A4": "crm", "B4": "accounting", "A5": "odd", "B5": "CRM-ish"}})

    assert [row["category"] for row in answers.systems] == ["ledger", None]
    [problem] = answers.problems
    assert (problem.sheet, problem.line, problem.column, problem.seen) == ("Systems", 5, "Category", "CRM-ish")


def test_a_range_in_one_cell_gives_all_three_minutes(tmp_path: Path) -> None:
    """'15-20' under Usually is understood, and the note says how."""
    book_path = tmp_path / "form.xlsx"
    write_landscape_workbook(book_path, [], [], [])
    columns = _places(openpyxl.load_workbook(book_path)["Handoffs"])
    likely = columns["Minutes: usually"]

    answers = _filled(book_path, {"Handoffs": {"A4": "a", "B4": "x", "C4": "y", f"{likely}4": "15-20"}})

    [handoff] = answers.handoffs
    assert (handoff["minutes_low"], handoff["minutes_likely"], handoff["minutes_high"]) == (15, 17.5, 20)
    assert answers.notes[0].message == "'15-20' was read as 15 to 20, 17.5 in the middle."


def test_minutes_that_a_spreadsheet_turned_into_a_date_are_reported(tmp_path: Path) -> None:
    """10-15 becomes the fifteenth of October in some spreadsheets; that is said, not taken."""
    write_landscape_workbook(tmp_path / "form.xlsx", [], [], [])
    likely = _places(openpyxl.load_workbook(tmp_path / "form.xlsx")["Handoffs"])["Minutes: usually"]

    typed = {"A4": "a", "B4": "x", "C4": "y", f"{likely}4": date(2026, 10, 15)}
    answers = _filled(tmp_path / "form.xlsx", {"Handoffs": typed})

    assert answers.handoffs[0]["minutes_likely"] is None
    assert "turned this into a date" in answers.problems[0].message


def test_minutes_out_of_order_are_reported(tmp_path: Path) -> None:
    """At most cannot be less than usually."""
    row = {**DEAL_TO_PROJECT, "minutes_high": 5.0}

    answers = landscape_answers(write_landscape_workbook(tmp_path / "form.xlsx", [CRM, PROJECTS], [row], []))

    assert answers.handoffs[0]["minutes_likely"] is None
    assert "not in this order" in answers.problems[0].message


def test_a_handoff_between_unknown_systems_is_reported(tmp_path: Path) -> None:
    """A misspelt system is named, so that it can be corrected; case does not matter."""
    row = {**DEAL_TO_PROJECT, "system_l": "CRM", "system_r": "projcts"}

    answers = landscape_answers(write_landscape_workbook(tmp_path / "form.xlsx", [CRM, PROJECTS], [row], []))

    assert answers.handoffs[0]["system_l"] == "crm"
    assert [(one.column, one.seen) for one in answers.problems] == [("To system", "projcts")]


def test_two_systems_of_one_name_are_reported(tmp_path: Path) -> None:
    """Names must tell systems apart."""
    rows = [{"name": "Sheet"}, {"name": "sheet"}]

    answers = landscape_answers(write_landscape_workbook(tmp_path / "form.xlsx", rows, [], []))

    assert len(answers.systems) == 2
    assert "another system of this name" in answers.problems[0].message


def test_a_workbook_of_another_kind_is_refused(tmp_path: Path) -> None:
    """The wrong file gives a sentence that says which one is wanted."""
    book = openpyxl.Workbook()
    book.active.append(["Name", "Email"])
    book.active.append(["A", "a@b.com"])
    book.save(tmp_path / "other.xlsx")

    with pytest.raises(InputError, match="no sheet 'Systems', 'Handoffs' or 'People'"):
        landscape_answers(tmp_path / "other.xlsx")


def test_choices_are_offered_as_lists(tmp_path: Path) -> None:
    """Category, when, how and evidence open a list; every one of its words is understood when it comes back."""
    path = write_landscape_workbook(tmp_path / "form.xlsx", [], [], [])
    book = openpyxl.load_workbook(path)

    rules = {rule.formula1 for name in ("Systems", "Handoffs") for rule in book[name].data_validations.dataValidation}
    words = [cell.value for cell in book["Choices"]["A"][1:] if cell.value]

    assert rules == {"Choices!$A$2:$A$22", "Choices!$B$2:$B$6", "Choices!$C$2:$C$7", "Choices!$D$2:$D$4", '"Yes,No"'}
    assert words == list(CATEGORIES.values())


@pytest.mark.parametrize(
    ("value", "number_format", "share"),
    [
        (0.03, "0%", 0.03),
        (0.03, "0.00%", 0.03),
        (0.125, '0.0 "of all" %', 0.125),
        (3, "General", 0.03),
        (0.5, "0.00", 0.005),
        (3, '0 "%"', 0.03),
    ],
)
def test_a_cell_means_what_it_shows(tmp_path: Path, value: float, number_format: str, share: float) -> None:
    """A cell formatted as a percentage holds 0.03 and shows 3 %; people answer what they see."""
    path = write_landscape_workbook(tmp_path / "form.xlsx", [CRM, PROJECTS], [DEAL_TO_PROJECT], [])
    book = openpyxl.load_workbook(path)
    sheet = book["Handoffs"]
    [header] = [cell for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == "Errors in 100"]
    [line] = [cell.row for cell in sheet["A"] if cell.value == DEAL_TO_PROJECT["label"]]
    cell = sheet.cell(line, header.column, value)
    cell.number_format = number_format
    book.save(path)

    assert landscape_answers(path).handoffs[0]["error_rate"] == pytest.approx(share)
