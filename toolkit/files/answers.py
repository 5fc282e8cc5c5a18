"""Answers to pairs of records, as a person filled them in: a workbook of ``dedupe``, or a CSV file.

Columns: ``id_l``, ``id_r``, ``answer`` (same, not_same, unsure), and ``file_l``, ``file_r`` where an id occurs in several
files. Every sheet that has them is read. A row without an answer is not answered yet.
"""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from toolkit.errors import InputError
from toolkit.files.decisions import DECISION_WORDS
from toolkit.files.filled_sheets import FilledSheet, Problem, filled_sheets
from toolkit.files.write import as_written
from toolkit.tables.schema import TEXT

_NAMES = ("id_l", "id_r", "file_l", "file_r", "answer")
_WORDS = {word: "unsure" if decision == "open" else decision for word, decision in DECISION_WORDS.items()}

READ_ANSWERS = pa.schema([(name, TEXT) for name in _NAMES])
"""What is read: answer is same, not_same or unsure; files are null where they are not named."""


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """Answers in the order of the file, how many pairs have none yet, and the cells that are no answer."""

    answers: pa.Table
    unanswered: int
    problems: tuple[Problem, ...]


def read_answers(path: Path) -> ReadAnswers:
    """Return the answers of a file.

    Raises
    ------
    InputError
        The file cannot be read, or no sheet in it has the columns for answers.
    """
    if not path.is_file():
        raise InputError(f"There is no file {str(path)!r}. Mend the path.")
    sheets = [sheet for sheet in filled_sheets(path, _NAMES) if {"id_l", "id_r", "answer"} <= set(sheet.headers)]
    if not sheets:
        raise InputError(
            f"{path.name!r} has no sheet with the columns 'id_l', 'id_r' and 'answer'. Fill in the workbook that "
            "dedupe wrote, or write a CSV file with these columns."
        )
    rows: list[dict[str, str | None]] = []
    problems: list[Problem] = []
    unanswered = 0
    for sheet in sheets:
        taken, odd, empty = _read(sheet)
        rows += taken
        problems += odd
        unanswered += empty
    return ReadAnswers(pa.Table.from_pylist(rows, schema=READ_ANSWERS), unanswered, tuple(problems))


def _read(sheet: FilledSheet) -> tuple[list[dict[str, str | None]], list[Problem], int]:
    rows: list[dict[str, str | None]] = []
    problems: list[Problem] = []
    unanswered = 0
    for line, cells in sheet.rows:
        written = cells["answer"]
        answer = _WORDS.get(" ".join(written.casefold().split()))
        if not written:
            unanswered += 1
        elif not (cells["id_l"] and cells["id_r"]):
            message = "A record's id is missing, so nobody can tell what was answered. Copy both from the original."
            problems.append(Problem(sheet.name, line, "id_l", written, message))
        elif answer is None:
            problems.append(
                Problem(sheet.name, line, "answer", written, "This is no answer. Write same, not_same or unsure.")
            )
        else:
            rows.append({**{name: as_written(cells.get(name, "")) or None for name in _NAMES}, "answer": answer})
    return rows, problems, unanswered
