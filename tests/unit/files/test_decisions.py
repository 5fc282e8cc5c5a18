"""What a person decided in a reviewed workbook, read back."""

import csv
from pathlib import Path

import pytest
import xlsxwriter

from toolkit.errors import InputError
from toolkit.files.decision_words import decided
from toolkit.files.decisions import reviewed_decisions

HEADERS = ("key_l", "key_r", "decision", "reviewer", "note", "why")


def _workbook(path: Path, rows: list[tuple[str, ...]], *, sheet: str = "Duplicates", above: tuple[str, ...] = ()) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("Read me").write_string(0, 0, "CONFIDENTIAL")
        page = workbook.add_worksheet(sheet)
        for line, text in enumerate(above):
            page.write_string(line, 0, text)
        for line, row in enumerate((HEADERS, *rows), start=len(above)):
            for place, text in enumerate(row):
                page.write_string(line, place, text)
    return path


def test_decisions_come_back_with_the_smaller_key_left(tmp_path: Path) -> None:
    """What the reviewer chose is taken over, whichever way round the two records stood."""
    path = _workbook(
        tmp_path / "review.xlsx",
        [
            ("crm/companies/2", "crm/companies/1", "same", "Jo", "same tax number"),
            ("crm/companies/3", "ledger/customers/9", "Not same ", "Jo", ""),
            ("crm/companies/4", "crm/companies/5", "?", "", ""),
        ],
    )

    review = reviewed_decisions(path)

    assert review.decisions.to_pylist() == [
        {
            "key_l": "crm/companies/1",
            "key_r": "crm/companies/2",
            "decision": "same",
            "reviewer": "Jo",
            "note": "same tax number",
        },
        {"key_l": "crm/companies/3", "key_r": "ledger/customers/9", "decision": "not_same", "reviewer": "Jo", "note": None},
        {"key_l": "crm/companies/4", "key_r": "crm/companies/5", "decision": "open", "reviewer": None, "note": None},
    ]
    assert review.problems == ()


def test_an_empty_decision_is_counted_as_undecided(tmp_path: Path) -> None:
    """A row that nobody decided is no decision, and no mistake either."""
    path = _workbook(tmp_path / "review.xlsx", [("a/b/1", "a/b/2", "", "", "later"), ("a/b/3", "a/b/4", "same", "", "")])

    review = reviewed_decisions(path)

    assert (review.decisions.num_rows, review.undecided) == (1, 1)


def test_a_word_that_is_no_decision_is_reported_with_its_row(tmp_path: Path) -> None:
    """An unclear word is reported, never guessed."""
    path = _workbook(tmp_path / "review.xlsx", [("a/b/1", "a/b/2", "probably", "", "")])

    review = reviewed_decisions(path)

    [problem] = review.problems
    assert (problem.sheet, problem.line, problem.column, problem.seen) == ("Duplicates", 2, "decision", "probably")
    assert review.decisions.num_rows == 0


def test_two_decisions_about_one_pair_are_both_put_aside(tmp_path: Path) -> None:
    """A contradiction is named by its rows, and neither side wins silently."""
    rows = [("a/b/1", "a/b/2", "same", "", ""), ("a/b/2", "a/b/1", "not_same", "", ""), ("a/b/3", "a/b/4", "same", "", "")]

    review = reviewed_decisions(_workbook(tmp_path / "review.xlsx", rows))

    assert review.decisions["key_l"].to_pylist() == ["a/b/3"]
    assert "Rows 2, 3" in review.problems[0].message


def test_the_same_decision_twice_counts_once(tmp_path: Path) -> None:
    """A copied row does no harm."""
    rows = [("a/b/1", "a/b/2", "same", "", ""), ("a/b/1", "a/b/2", "Yes", "", "")]

    review = reviewed_decisions(_workbook(tmp_path / "review.xlsx", rows))

    assert review.decisions["decision"].to_pylist() == ["same"]


def test_one_record_is_excluded_from_a_group(tmp_path: Path) -> None:
    """By the group's id, or as one side of a pair; sides follow the keys when these are put in order."""
    rows = [
        ("g-599872fab32f", "a/b/1", "exclude", "Jo", ""),
        ("a/b/9", "a/b/2", "exclude_l", "Jo", ""),
        ("a/b/3", "a/b/4", "exclude right", "", ""),
        ("a/b/5", "a/b/6", "exclude", "", ""),
    ]

    review = reviewed_decisions(_workbook(tmp_path / "review.xlsx", rows))

    assert [(row["key_l"], row["key_r"], row["decision"]) for row in review.decisions.to_pylist()] == [
        ("a/b/1", "g-599872fab32f", "exclude"),
        ("a/b/2", "a/b/9", "exclude_r"),
        ("a/b/3", "a/b/4", "exclude_r"),
    ]
    [problem] = review.problems
    assert (problem.line, problem.message[:17]) == (5, "Which of the two?")


@pytest.mark.parametrize(("left", "right"), [("a/b/1", ""), ("", "a/b/1"), ("a/b/1", "a/b/1")])
def test_a_row_without_two_records_is_reported(tmp_path: Path, left: str, right: str) -> None:
    """A decision needs two different records."""
    review = reviewed_decisions(_workbook(tmp_path / "review.xlsx", [(left, right, "same", "", "")]))

    assert len(review.problems) == 1
    assert review.decisions.num_rows == 0


def test_lines_above_the_headers_and_another_sheet_name_do_no_harm(tmp_path: Path) -> None:
    """A client may rename the sheet and write above the table."""
    path = _workbook(
        tmp_path / "review.xlsx",
        [("a/b/1", "a/b/2", "no", "Jo", "")],
        sheet="Doubles checked",
        above=("CONFIDENTIAL", "Checked by Jo"),
    )

    assert reviewed_decisions(path).decisions["decision"].to_pylist() == ["not_same"]


def test_a_csv_file_works_like_a_workbook(tmp_path: Path) -> None:
    """Spreadsheets save CSV in many ways; a semicolon and Windows letters are read as well."""
    path = tmp_path / "review.csv"
    with path.open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(
            [HEADERS, ("shop/customers/Müller", "crm/contacts/7", "same", "Zoë", "", "")]
        )

    [decision] = reviewed_decisions(path).decisions.to_pylist()

    assert (decision["key_l"], decision["key_r"]) == ("crm/contacts/7", "shop/customers/Müller")


def test_the_workbook_of_two_files_names_records_by_their_ids(tmp_path: Path) -> None:
    """The review of ``dedupe`` has the ids of the files as its keys."""
    path = tmp_path / "review.csv"
    path.write_text("id_l,id_r,decision\n0012,0007,same\n", encoding="utf-8")

    assert reviewed_decisions(path).decisions["key_l"].to_pylist() == ["0007"]


def test_a_formula_in_a_note_stays_text(tmp_path: Path) -> None:
    """Cells from clients are data and nothing else."""
    path = tmp_path / "review.csv"
    path.write_text('key_l,key_r,decision,reviewer,note\na,b,same,=1+1,"=HYPERLINK(""http://x"")"\n', encoding="utf-8")

    [decision] = reviewed_decisions(path).decisions.to_pylist()

    assert (decision["reviewer"], decision["note"]) == ("=1+1", '=HYPERLINK("http://x")')


def test_a_file_without_the_columns_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """The wrong file is told apart from an empty review."""
    path = tmp_path / "other.csv"
    path.write_text("name,email\nA,a@b.com\nB,b@b.com\n", encoding="utf-8")

    with pytest.raises(InputError, match="no sheet with the columns 'key_l', 'key_r' and 'decision'"):
        reviewed_decisions(path)


def _sheets(path: Path, sheets: dict[str, list[tuple[str, ...]]]) -> Path:
    """Return a workbook of these sheets, the first row of each its headers."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in sheets.items():
            page = workbook.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, text in enumerate(row):
                    page.write_string(line, place, text)
    return path


DIFFERENCES = ("name", "left says", "right says", "decision", "reviewer", "note", "key_l", "key_r", "column")
MISSING = ("name", "decision", "reviewer", "note", "key_l", "target")
EXTRA = ("name", "decision", "key_l", "source")


def test_every_sheet_with_decisions_is_read(tmp_path: Path) -> None:
    """Pairs, differences, missing and unexplained documents, each by its own words."""
    path = _sheets(
        tmp_path / "back.xlsx",
        {
            "Doubtful pairs": [("name, left", "decision", "key_l", "key_r"), ("Acme", "not the same", "a/b/1", "a/b/2")],
            "Differences": [
                DIFFERENCES,
                ("Acme", "Bonn", "Ulm", "Right is right", "Jo", "called", "a/b/1", "c/d/2", "city"),
            ],
            "Missing": [MISSING, ("Acme", "Found as RE 7", "Jo", "", "a/deals/1", "c.invoices")],
            "Without a source": [EXTRA, ("Acme", "in order", "c/invoices/9", "a.deals")],
        },
    )

    review = reviewed_decisions(path)

    assert review.problems == ()
    assert review.decisions["decision"].to_pylist() == ["not_same"]
    told = [(one.subject, one.part, one.key_l, one.key_r, one.decision, one.found_as) for one in review.findings]
    assert told == [
        ("difference", "city", "a/b/1", "c/d/2", "right", ""),
        ("missing", "c.invoices", "a/deals/1", "", "found", "RE 7"),
        ("extra", "a.deals", "c/invoices/9", "", "in_order", ""),
    ]
    assert (review.findings[0].value_l, review.findings[0].value_r, review.findings[0].note) == ("Bonn", "Ulm", "called")


def test_a_difference_whose_keys_are_turned_is_turned_with_them(tmp_path: Path) -> None:
    """The smaller key stands left, with its value; what is right stays right."""
    row = ("Acme", "Ulm", "Bonn", "left is right", "", "", "c/d/2", "a/b/1", "city")
    [one] = reviewed_decisions(_sheets(tmp_path / "back.xlsx", {"Differences": [DIFFERENCES, row]})).findings

    assert (one.key_l, one.decision, one.value_l, one.value_r) == ("a/b/1", "right", "Bonn", "Ulm")


@pytest.mark.parametrize(
    ("sheet", "row", "cell"),
    [
        ("Differences", ("Acme", "Bonn", "Ulm", "same", "", "", "a/b/1", "c/d/2", "city"), "D2"),
        ("Differences", ("Acme", "Bonn", "Ulm", "left", "", "", "a/b/1", "c/d/2", ""), "I2"),
        ("Missing", ("Acme", "left is right", "", "", "a/deals/1", "c.invoices"), "B2"),
        ("Missing", ("Acme", "found as", "", "", "a/deals/1", "c.invoices"), "B2"),
        ("Missing", ("Acme", "not due", "", "", "", "c.invoices"), "E2"),
    ],
)
def test_a_word_of_another_sheet_or_a_lost_key_is_named_by_its_cell(
    tmp_path: Path, sheet: str, row: tuple[str, ...], cell: str
) -> None:
    """Whoever mends the workbook finds the cell."""
    header = DIFFERENCES if sheet == "Differences" else MISSING
    review = reviewed_decisions(_sheets(tmp_path / "back.xlsx", {sheet: [header, row]}))

    assert [(one.sheet, one.cell) for one in review.problems] == [(sheet, cell)]
    assert not review.findings


def test_a_decision_in_a_sheet_that_says_nothing_of_records_is_named(tmp_path: Path) -> None:
    """A column that somebody added to a sheet to look things up in is seen, and not obeyed in silence."""
    sheets = {
        "Missing": [MISSING, ("Acme", "", "", "", "a/deals/1", "c.invoices")],
        "Figures": [("label", "value", "decision"), ("Items", "12", "same")],
    }

    [problem] = reviewed_decisions(_sheets(tmp_path / "back.xlsx", sheets)).problems

    assert (problem.sheet, problem.cell) == ("Figures", "C2")


def test_two_sheets_that_decide_a_pair_in_two_ways_are_both_named(tmp_path: Path) -> None:
    """Neither wins; the other sheet is named with its cell."""
    header = ("decision", "key_l", "key_r")
    sheets = {
        "Doubtful pairs": [header, ("same", "a/b/1", "a/b/2")],
        "Duplicates": [header, ("not the same", "a/b/1", "a/b/2")],
    }

    review = reviewed_decisions(_sheets(tmp_path / "back.xlsx", sheets))

    assert review.decisions.num_rows == 0
    assert "Rows 2, Duplicates, cell A2 ('not the same') decide the same in different ways" in review.problems[0].message


def test_a_sheet_without_its_decision_column_is_named(tmp_path: Path) -> None:
    """Somebody deleted the column on one sheet: that nothing was read there is said, not passed over."""
    path = tmp_path / "review.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        for sheet, header in (("Missing", ("key_l", "target", "decision")), ("Duplicates", ("name", "key_l", "key_r"))):
            page = workbook.add_worksheet(sheet)
            for line, row in enumerate((header, ("a/b/1", "c.d", "not due"))):
                for place, text in enumerate(row):
                    page.write_string(line, place, text)

    review = reviewed_decisions(path)

    assert len(review.findings) == 1
    [problem] = review.problems
    assert (problem.sheet, problem.message) == ("Duplicates", "The column 'decision' is gone: nothing was read here.")


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("pair", ("yes", "no", "not_same")),
        ("difference", ("left", "right", "none")),
        ("missing", ("invoice", "none due")),
        ("extra", ("ok", "delete")),
    ],
)
def test_the_other_words_that_the_manual_lists_are_understood(subject: str, words: tuple[str, ...]) -> None:
    """What the manual says is understood is understood on that sheet."""
    assert all(decided(subject, word) is not None for word in words)


@pytest.mark.parametrize(
    ("subject", "word"),
    [("missing", "ok"), ("missing", "yes"), ("difference", "ok"), ("pair", "left")],
)
def test_a_word_that_may_mean_either_is_refused(subject: str, word: str) -> None:
    """An 'ok' beside a missing invoice may mean that it is to be written, or that none is due."""
    assert decided(subject, word) is None
