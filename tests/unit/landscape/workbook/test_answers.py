"""What sheets say that came back, before anything is compared with what is known."""

from toolkit.landscape.workbook.answers import WrittenSheet, answers_on
from toolkit.landscape.workbook.form import FORM_SHEETS, FormSheet

SYSTEMS, HANDOFFS, PEOPLE = FORM_SHEETS


def sheet(form: FormSheet, *rows: dict[str, str]) -> WrittenSheet:
    """Return a sheet with ``rows`` from line 4 on; cells that are not named are empty."""
    empty = {column.key: "" for column in form.columns}
    return WrittenSheet(form.name, form, tuple((line, empty | row) for line, row in enumerate(rows, start=4)))


def test_the_line_of_hints_is_no_answer() -> None:
    """What stands below the headers is ours."""
    hints = {column.key: column.hint for column in PEOPLE.columns}

    assert answers_on([sheet(PEOPLE, hints, {"name": "Dana"})]).people == (
        {"name": "Dana", "role": None, "department": None, "systems": None, "note": None},
    )


def test_a_row_without_its_name_is_kept_and_reported() -> None:
    """The place is named, so that the client can mend it."""
    answers = answers_on([sheet(PEOPLE, {"role": "Bookkeeper"})])

    assert answers.people[0]["role"] == "Bookkeeper"
    [problem] = answers.problems
    assert (problem.sheet, problem.line, problem.column) == ("People", 4, "Name")


def test_without_the_sheet_systems_no_name_of_a_system_is_wrong() -> None:
    """Somebody may send back the handoffs alone."""
    row = {"label": "Deals", "system_l": "crm", "system_r": "books"}

    assert answers_on([sheet(HANDOFFS, row)]).problems == ()
    listed = answers_on([sheet(SYSTEMS, {"name": "CRM"}), sheet(HANDOFFS, row)])
    assert [(one.column, one.seen) for one in listed.problems] == [("To system", "books")]
    assert listed.handoffs[0]["system_l"] == "CRM"


def test_a_long_text_is_reported_in_part() -> None:
    """A page pasted into a cell does not fill the list of problems."""
    answers = answers_on([sheet(SYSTEMS, {"name": "crm", "category": "x" * 1000})])

    assert [len(one.seen) for one in answers.problems] == [200]
