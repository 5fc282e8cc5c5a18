"""A reviewed workbook or CSV file read back: what a person decided about pairs of records, differences and missing items.

Every sheet with a column ``decision`` and the columns that say of what is read, whatever its name. ``key_l`` and ``key_r``
alone name two records that may be one (a key may name a cluster where a record is excluded from it); beside ``column`` they
name a field in which two records differ. ``key_l`` beside ``target`` names a document that lacks its counterpart in that
stream, beside ``source`` one that lacks what explains it, and ``key_l`` and ``key_r`` beside ``entered in`` one that
does not say what its source says. ``reviewer`` and ``note`` are taken along; other columns do not
matter. A row without a decision is not decided yet. What is not understood is named with its sheet, row and cell.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from toolkit.errors import InputError
from toolkit.files.blocks import column_letters
from toolkit.files.decision_words import FOUND, PAIR, PAIR_WORDS, decided, offered
from toolkit.files.filled_sheets import FilledSheet, Problem, filled_sheets
from toolkit.files.write import as_written
from toolkit.tables import decision_keys, is_record_key
from toolkit.tables.rulings import DIFFERENCE, EXTRA, MISSING, WRONG
from toolkit.tables.schema import TEXT

_PAIR_HEADERS = ("key_l", "key_r", "decision", "reviewer", "note")
_KEY_HEADERS = (("key_l", "key_r"), ("id_l", "id_r"))
_PARTS = {"column": DIFFERENCE, "target": MISSING, "source": EXTRA, "entered in": WRONG}
"""The column that tells what a row is about, beside the keys."""

_VALUES = {"value_l": ("left says", "should say", "value_l"), "value_r": ("right says", "says", "value_r")}
_SEARCHED = (*_PAIR_HEADERS, *_PARTS, "id_l", "id_r", *(name for names in _VALUES.values() for name in names))
_SWAPPED = {"exclude_l": "exclude_r", "exclude_r": "exclude_l", "left": "right", "right": "left"}

_OF_TWO = frozenset({PAIR, DIFFERENCE, WRONG})
"""What is decided of two records, and not of a document that is alone."""

DECISION_WORDS = PAIR_WORDS
REVIEWED = pa.schema([(name, TEXT) for name in _PAIR_HEADERS])
"""What is read of pairs: the smaller key is left, a cluster is right; decision is same, not_same, open or one of these:

``exclude`` (the record must not be in the cluster), ``exclude_l`` and ``exclude_r`` (the left or the right record must not
be in the cluster of the other).
"""


@dataclass(frozen=True, slots=True)
class ReviewedFinding:
    """What was decided about a difference, a missing or an unexplained document, as it was written.

    ``subject``, ``part``, ``key_l``, ``key_r`` and ``decision`` are those of table RULING; ``found_as`` is the number or key
    of the document that a missing one was found as. ``problem`` names the cell, for what turns out later.
    """

    subject: str
    part: str
    key_l: str
    key_r: str
    decision: str
    found_as: str
    value_l: str | None
    value_r: str | None
    reviewer: str | None
    note: str | None
    problem: Problem


@dataclass(frozen=True, slots=True)
class ReviewedDecisions:
    """Decisions that can be taken over, in the order of the sheets, and what cannot.

    ``decisions`` has the columns of ``REVIEWED``, and ``places`` where each of them stands; ``undecided`` counts the rows
    whose decision is empty.
    """

    decisions: pa.Table
    places: tuple[Problem, ...]
    findings: tuple[ReviewedFinding, ...]
    undecided: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with a decision: what it is about, its cells, and where it stands."""

    sheet: FilledSheet
    line: int
    cells: Mapping[str, str]

    def text(self, header: str) -> str:
        return as_written(self.cells.get(header, ""))

    def problem(self, header: str, message: str) -> Problem:
        """Return a problem at one cell of the row."""
        place = self.sheet.headers.index(header) if header in self.sheet.headers else None
        is_whole = bool(self.sheet.name) and "!" not in self.sheet.name
        cell = f"{column_letters(place)}{self.line}" if place is not None and is_whole else ""
        return Problem(self.sheet.name, self.line, header, self.cells.get(header, ""), message, cell)


class _Unclear(Exception):  # noqa: N818 - carries a problem, is no error of the programme
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def reviewed_decisions(path: Path) -> ReviewedDecisions:
    """Return the decisions of a reviewed file.

    What occurs twice with the same decision is taken once; with two decisions neither is taken, and the rows are named.

    Raises
    ------
    InputError
        The file cannot be read, or no sheet in it has the columns for decisions.
    """
    filled = list(filled_sheets(path, _SEARCHED))
    deciding = [sheet for sheet in filled if "decision" in sheet.headers]
    sheets = [sheet for sheet in deciding if _is_about_something(sheet)]
    if not sheets:
        raise InputError(
            f"{path.name!r} has no sheet with the columns 'key_l', 'key_r' and 'decision'. "
            "Send back the workbook as it was handed out, with decisions filled in."
        )
    problems = [
        _Row(sheet, line, cells).problem("decision", "Nothing in this sheet says what the decision is about.")
        for sheet in deciding
        if not _is_about_something(sheet)
        for line, cells in sheet.rows
        if cells["decision"]
    ]
    problems += [
        Problem(sheet.name, sheet.rows[0][0] - 1, "decision", "", "The column 'decision' is gone: nothing was read here.")
        for sheet in filled
        if "decision" not in sheet.headers and _is_about_something(sheet) and sheet.rows
    ]
    found: list[ReviewedFinding] = []
    undecided = 0
    for row in (_Row(sheet, line, cells) for sheet in sheets for line, cells in sheet.rows):
        if not row.cells["decision"]:
            undecided += bool(row.text("key_l") or row.text("id_l"))
            continue
        try:
            found.append(_finding(row))
        except _Unclear as unclear:
            problems.append(unclear.problem)
    kept, contradictions = _without_contradictions(found)
    pairs = [one for one in kept if one.subject == PAIR]
    columns = {name: [getattr(one, name) or None for one in pairs] for name in _PAIR_HEADERS}
    return ReviewedDecisions(
        pa.table(columns, schema=REVIEWED),
        tuple(one.problem for one in pairs),
        tuple(one for one in kept if one.subject != PAIR),
        undecided,
        (*problems, *contradictions),
    )


def _is_about_something(sheet: FilledSheet) -> bool:
    return any(set(keys) <= set(sheet.headers) for keys in _KEY_HEADERS) or (
        "key_l" in sheet.headers and bool({"target", "source"} & set(sheet.headers))
    )


def _finding(row: _Row) -> ReviewedFinding:
    subject, header = _subject(row)
    keys = ("id_l", "id_r") if "id_l" in row.sheet.headers and "key_l" not in row.sheet.headers else ("key_l", "key_r")
    understood = decided(subject, row.cells["decision"])
    if understood is None:
        raise _Unclear(row.problem("decision", f"This is no decision here. Write {offered(subject)}."))
    decision, found_as = understood
    if decision == FOUND and not found_as:
        raise _Unclear(row.problem("decision", "Found as what? Write the number behind it: found as 1042."))
    left, right = (row.text(side) for side in keys)
    values = {name: _value(row, headers) for name, headers in _VALUES.items()}
    if subject in {PAIR, DIFFERENCE}:
        left, right, decision, values = _sided(row, keys, decision, values)
    elif lacking := [name for name in keys if not is_record_key(row.text(name)) and (name == keys[0] or subject in _OF_TWO)]:
        raise _Unclear(row.problem(lacking[0], "The document's key is missing. Copy it from the original."))
    return ReviewedFinding(
        subject=subject,
        part=row.text(header) if header else "",
        key_l=left,
        key_r=right if subject in _OF_TWO else "",
        decision=decision,
        found_as=found_as,
        **values,
        reviewer=row.text("reviewer") or None,
        note=row.text("note") or None,
        problem=row.problem("decision", ""),
    )


def _subject(row: _Row) -> tuple[str, str]:
    """Return what a row is about, and the column that says so; nothing but keys name a pair."""
    headers = [name for name in _PARTS if name in row.sheet.headers]
    filled = [name for name in headers if row.cells.get(name)]
    if len(filled) == 1:
        return _PARTS[filled[0]], filled[0]
    # A file of exported decisions has all of these columns; a sheet has one, which every row of it needs.
    if not headers or (not filled and len(headers) > 1):
        return PAIR, ""
    raise _Unclear(row.problem(headers[0], "Nothing says what was decided here. Copy the grey cells from the original."))


def _sided(
    row: _Row, headers: tuple[str, str], decision: str, values: dict[str, str | None]
) -> tuple[str, str, str, dict[str, str | None]]:
    """Return the two keys of a row with the smaller one left, and the decision and values seen from there."""
    first, second = (row.text(side) for side in headers)
    keys = decision_keys(first, second)
    if not all(keys):
        message = "A record's key is missing, so nobody can tell what was decided. Copy both keys from the original."
        raise _Unclear(row.problem(headers[0], message))
    if keys[0] == keys[1]:
        raise _Unclear(row.problem(headers[1], "Both keys name the same record. Copy both keys from the original."))
    if keys != (first, second):
        decision = _SWAPPED.get(decision, decision)
        values = {"value_l": values["value_r"], "value_r": values["value_l"]}
    if decision == "exclude" and is_record_key(keys[1]):
        message = "Which of the two? Write exclude_l or exclude_r: that record must not be in the group of the other."
        raise _Unclear(row.problem("decision", message))
    return *keys, decision, values


def _value(row: _Row, headers: Iterable[str]) -> str | None:
    """Return the value that a row shows of one side; nothing where it has no such column."""
    return next((row.text(name) for name in headers if name in row.sheet.headers), None)


def _without_contradictions(rows: list[ReviewedFinding]) -> tuple[list[ReviewedFinding], list[Problem]]:
    """Return one row per finding, and a problem for each that was decided in two ways."""
    by_finding: dict[tuple[str, ...], list[ReviewedFinding]] = {}
    for row in rows:
        by_finding.setdefault((row.subject, row.part, row.key_l, row.key_r), []).append(row)
    kept, problems = [], []
    for group in by_finding.values():
        words = Counter((row.decision, row.found_as) for row in group)
        if len(words) == 1:
            kept.append(group[0])
            continue
        first = group[0].problem
        places = [f"{one.problem.line}" if one.problem.sheet == first.sheet else place_text(one.problem) for one in group]
        message = f"Rows {', '.join(places)} decide the same in different ways. Keep one of them; none was taken."
        seen = " / ".join(sorted(f"{word} {number}".rstrip() for word, number in words))
        problems.append(Problem(first.sheet, first.line, "decision", seen, message, first.cell))
    return kept, problems


def place_text(problem: Problem) -> str:
    """Return where a problem stands, as a person looks for it.

    Examples
    --------
    >>> place_text(Problem("Missing", 7, "decision", "perhaps", "", "C7")), place_text(Problem("", 3, "decision", "", ""))
    ("Missing, cell C7 ('perhaps')", "row 3, column 'decision'")
    """
    where = f"cell {problem.cell}" if problem.cell else f"row {problem.line}, column {problem.column!r}"
    seen = f" ({problem.seen[:60]!r})" if problem.seen else ""
    return f"{problem.sheet}, {where}{seen}" if problem.sheet else f"{where}{seen}"
