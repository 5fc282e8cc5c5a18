"""Workbooks of ``dedupe``: pairs to answer, both records side by side. Their answers are read back with ``--answers``."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.dedupe import Deduplicated
from toolkit.match.dedupe_tables import side_by_side
from toolkit.match.review.answers import questions
from toolkit.match.review.decision_worth import by_worth
from toolkit.report.sheets import Sheet, write_sheets

MAX_ROWS = 10_000
"""Rows of one sheet: more than anybody works through, and all are in the CSV files beside the workbook."""

_ADVICE = (
    "_l is one record, _r the other. id_l, id_r, file_l and file_r name them: please do not change these. Yellow "
    "columns are yours: same, not_same, or unsure when nobody can tell. Save the workbook and give it back with "
)
_INPUTS = ("answer", "note")
_NAMING = ("id_l", "id_r", "file_l", "file_r")
_WIDTHS = {"answer": 12, "note": 24, "proposed": 11, "probability": 11, "why": 44}


def write_dedupe_workbook(path: Path, found: Deduplicated, *, max_rows: int = MAX_ROWS) -> Path:
    """Write what a person should look at: the questions that teach most, pairs put aside, pairs decided, clusters.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all.
    max_rows
        Rows of one sheet at most.
    """
    pairs = found.matching.pairs
    surest = [("match_weight", "descending"), ("key_l", "ascending"), ("key_r", "ascending")]
    asked = questions(found.matching)
    doubtful, held = (pairs.filter(pc.equal(pairs["decision"], decision)) for decision in ("review", "same"))
    sheets = (
        _pairs_sheet(
            found,
            "Questions",
            "The pairs whose answers teach most: 20 to 30 answers make the next run surer about all pairs like them.",
            _listed(pairs, asked),
            max_rows,
        ),
        _pairs_sheet(
            found,
            "Review",
            "Pairs to be looked at, those first on which most hangs. One answer settles the two groups of its records.",
            by_worth(doubtful, found.matching.clusters),
            max_rows,
        ),
        _pairs_sheet(
            found,
            "Decided",
            "Pairs held to be the same, surest first. Leave the answer empty to accept; write not_same to take one apart.",
            held.sort_by(surest),
            max_rows,
        ),
        Sheet(
            "Clusters",
            "Every record, and the group that it belongs to.",
            found.clusters.slice(0, max_rows),
            (30, 24, 30),
            found.clusters.num_rows,
        ),
    )
    return write_sheets(path, "Duplicates to look at", found.summary(), sheets, advice=f"{_ADVICE}--answers.")


def write_sample_workbook(path: Path, found: Deduplicated, sample: pa.Table) -> Path:
    """Write a review sample to be answered without the verdict in sight: no probability, no grades, in random order.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all.
    sample
        ``key_l, key_r`` from ``review_sample``.
    """
    table = _with_inputs(side_by_side(found.joint, sample["key_l"], sample["key_r"]))
    sheet = Sheet(
        "Sample",
        "A random sample. Answer every pair from what you see and know; what the comparison thinks of it is not shown, "
        "so that the answers can measure how right it is.",
        table.slice(0, MAX_ROWS),
        _widths(table),
        table.num_rows,
    )
    return write_sheets(path, "Sample to measure by", "", (sheet,), advice=f"{_ADVICE}--measure.")


def _pairs_sheet(found: Deduplicated, name: str, purpose: str, pairs: pa.Table, max_rows: int) -> Sheet:
    shown = pairs.slice(0, max_rows)
    table = _with_inputs(side_by_side(found.joint, shown["key_l"], shown["key_r"]))
    first = len(_NAMING) + len(_INPUTS)
    for place, (label, column) in enumerate(
        {"proposed": "decision", "probability": "match_probability", "why": "reason"}.items(), start=first
    ):
        table = table.add_column(place, label, shown[column])
    return Sheet(name, purpose, table, _widths(table), pairs.num_rows)


def _listed(pairs: pa.Table, wanted: pa.Table) -> pa.Table:
    """Return the rows of ``pairs`` in the order in which ``wanted`` names them."""
    places = {
        pair: number
        for number, pair in enumerate(zip(wanted["key_l"].to_pylist(), wanted["key_r"].to_pylist(), strict=True))
    }
    own = pairs.filter(pc.is_in(pairs["key_l"], value_set=wanted["key_l"].combine_chunks()))
    order = {
        places[pair]: number
        for number, pair in enumerate(zip(own["key_l"].to_pylist(), own["key_r"].to_pylist(), strict=True))
        if pair in places
    }
    return own.take(pa.array([order[place] for place in sorted(order)], pa.int64()))


def _with_inputs(table: pa.Table) -> pa.Table:
    """Return the table with empty columns for a person, behind what names the records."""
    own = table.drop_columns([name for name in _INPUTS if name in table.column_names])
    for place, name in enumerate(_INPUTS, start=len(_NAMING)):
        own = own.add_column(place, name, pa.nulls(own.num_rows, pa.string()))
    return own


def _widths(table: pa.Table) -> tuple[int, ...]:
    return tuple(_WIDTHS.get(name, 22) for name in table.column_names)
