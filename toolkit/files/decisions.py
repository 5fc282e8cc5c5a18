"""A reviewed workbook or CSV file read back: what a person decided about pairs of records.

The sheet is ``Duplicates`` (another one with the same headers is taken where there is none). Its columns are ``key_l``,
``key_r``, ``decision``, ``reviewer`` and ``note``; others do not matter. A key may name a cluster where a record is excluded
from it. A row without a decision is not decided yet.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from toolkit.errors import InputError
from toolkit.files.filled_sheets import FilledSheet, Problem, filled_sheets
from toolkit.files.write import as_written
from toolkit.tables import decision_keys, is_record_key
from toolkit.tables.schema import TEXT

_HEADERS = ("key_l", "key_r", "decision", "reviewer", "note")
_KEY_HEADERS = (("key_l", "key_r"), ("id_l", "id_r"))
_SHEET = "duplicates"

_WORDS = {
    "same": "same|s|yes|y|duplicate|duplicates|dup|match|merge|identical|true|1|x",
    "not_same": "not_same|not same|notsame|not the same|n|no|different|distinct|not a duplicate|no duplicate|no match|"
    "false|0",
    "exclude_l": "exclude_l|exclude l|exclude left|exclude the left one",
    "exclude_r": "exclude_r|exclude r|exclude right|exclude the right one",
    "exclude": "exclude|excluded|exclude member",
    "open": "open|o|?|unsure|unclear|maybe|don't know|do not know|unknown",
}
DECISION_WORDS = {word: decision for decision, words in _WORDS.items() for word in words.split("|")}
"""What people write, in lower case, and the decision that it stands for."""
_SWAPPED = {"exclude_l": "exclude_r", "exclude_r": "exclude_l"}

REVIEWED = pa.schema([(name, TEXT) for name in _HEADERS])
"""What is read: the smaller key is left, a cluster is right; decision is same, not_same, open or one of these:

``exclude`` (the record must not be in the cluster), ``exclude_l`` and ``exclude_r`` (the left or the right record must not
be in the cluster of the other).
"""


@dataclass(frozen=True, slots=True)
class ReviewedDecisions:
    """Decisions that can be taken over, in the order of the sheet, and what cannot.

    ``decisions`` has the columns of ``REVIEWED``; ``undecided`` counts the pairs whose decision is empty.
    """

    decisions: pa.Table
    undecided: int
    problems: tuple[Problem, ...]


def reviewed_decisions(path: Path) -> ReviewedDecisions:
    """Return the decisions of a reviewed file.

    A pair that occurs twice with the same decision is taken once; with two decisions neither is taken, and both rows
    are named.

    Raises
    ------
    InputError
        The file cannot be read, or no sheet in it has the columns for decisions.
    """
    sheets = [
        sheet for sheet in filled_sheets(path, (*_HEADERS, "id_l", "id_r")) if _keys(sheet) and "decision" in sheet.headers
    ]
    sheets = [sheet for sheet in sheets if sheet.name.casefold() == _SHEET] or sheets[:1]
    if not sheets:
        raise InputError(
            f"{path.name!r} has no sheet with the columns 'key_l', 'key_r' and 'decision'. "
            "Send back the workbook as it was handed out, with decisions filled in on the sheet 'Duplicates'."
        )
    return _read(sheets[0])


def _keys(sheet: FilledSheet) -> tuple[str, str] | None:
    return next((keys for keys in _KEY_HEADERS if set(keys) <= set(sheet.headers)), None)


def _read(sheet: FilledSheet) -> ReviewedDecisions:
    left, right = _keys(sheet) or _KEY_HEADERS[0]
    problems: list[Problem] = []
    taken: list[tuple[int, dict[str, str]]] = []
    undecided = 0
    for line, cells in sheet.rows:
        first, second = (as_written(cells[side]) for side in (left, right))
        keys = decision_keys(first, second)
        written = cells["decision"]
        decision = DECISION_WORDS.get(" ".join(written.casefold().split()))
        if keys != (first, second):
            decision = _SWAPPED.get(decision or "", decision)
        if not written:
            undecided += all(keys)
        elif not all(keys):
            message = "A record's key is missing, so nobody can tell what was decided. Copy both keys from the original."
            problems.append(Problem(sheet.name, line, left, written, message))
        elif keys[0] == keys[1]:
            message = "Both keys name the same record. Copy both keys from the original."
            problems.append(Problem(sheet.name, line, right, keys[0], message))
        elif decision is None:
            message = "This is no decision. Write same, not_same, exclude_l, exclude_r or open."
            problems.append(Problem(sheet.name, line, "decision", written, message))
        elif decision == "exclude" and is_record_key(keys[1]):
            message = "Which of the two? Write exclude_l or exclude_r: that record must not be in the group of the other."
            problems.append(Problem(sheet.name, line, "decision", written, message))
        else:
            kept = {name: as_written(cells.get(name, "")) for name in ("reviewer", "note")}
            taken.append((line, {"key_l": keys[0], "key_r": keys[1], "decision": decision, **kept}))
    kept_rows, contradictions = _without_contradictions(sheet.name, taken)
    columns = {name: [row[name] or None for row in kept_rows] for name in _HEADERS}
    return ReviewedDecisions(pa.table(columns, schema=REVIEWED), undecided, (*problems, *contradictions))


def _without_contradictions(
    sheet: str, rows: list[tuple[int, dict[str, str]]]
) -> tuple[list[dict[str, str]], list[Problem]]:
    """Return one row per pair, and a problem for each pair that was decided in two ways."""
    by_pair: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = {}
    for line, row in rows:
        by_pair.setdefault((row["key_l"], row["key_r"]), []).append((line, row))
    kept, problems = [], []
    for group in by_pair.values():
        decided = Counter(row["decision"] for _, row in group)
        if len(decided) == 1:
            kept.append(group[0][1])
            continue
        lines = ", ".join(str(line) for line, _ in group)
        message = f"Rows {lines} decide the same pair in different ways. Keep one of them; none was taken."
        problems.append(Problem(sheet, group[0][0], "decision", " / ".join(sorted(decided)), message))
    return kept, problems
