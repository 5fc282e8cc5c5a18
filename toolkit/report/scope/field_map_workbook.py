"""The workbook of field maps: each field with its transform and its round trip, what is lost, what to test with."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.report.sheets import MAX_ROWS, Sheet, write_sheets

Row = Mapping[str, Any]
_TEXT, _COUNT, _NUMBER = pa.string(), pa.int64(), pa.float64()
_ADVICE = (
    "Which field of one system becomes which of another. What is proposed is ours until somebody confirms it in "
    "engagement.yaml, under field_maps. A row that is open keeps the scope from being signed: name a source or a default."
)
_LISTS = frozenset({"source_fields", "source_types"})


def write_field_map_workbook(
    path: Path, client: str, facts: str, *, maps: Sequence[Row], examples: Sequence[Row], cases: Sequence[Row]
) -> Path:
    """Write the workbook.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all.
    client, facts
        Whose it is, of which day and run.
    maps, examples, cases
        Rows of FIELD_MAP, FIELD_MAP_EXAMPLE and TEST_CASE.
    """
    sheets = (
        _sheet(
            "Fields",
            "Each field of the target, what fills it, and how many records survive the way there and back.",
            {
                "handoff_id": ("flow", _TEXT, 22), "target_field": ("field there", _TEXT, 24),
                "target_type": ("type there", _TEXT, 10), "source_fields": ("field here", _TEXT, 28),
                "source_types": ("type here", _TEXT, 10), "transform": ("transform", _TEXT, 16),
                "options": ("told", _TEXT, 30), "is_required": ("must be filled", pa.bool_(), 10),
                "default": ("default", _TEXT, 14), "master": ("master", _TEXT, 12), "is_open": ("open", pa.bool_(), 8),
                "is_proposed": ("proposed", pa.bool_(), 10), "rows": ("tried", _COUNT, 9),
                "survived": ("survive", _COUNT, 9), "survived_share": ("share", _NUMBER, 9),
                "compared": ("compared", _COUNT, 10), "agreed": ("same there today", _COUNT, 12), "why": ("why", _TEXT, 44),
            },
            maps,
        ),
        _sheet(
            "Not carried",
            "Values that are refused, come back otherwise, or stand otherwise in the target today.",
            {
                "handoff_id": ("flow", _TEXT, 22), "target_column": ("field", _TEXT, 18), "kind": ("kind", _TEXT, 10),
                "value": ("value", _TEXT, 34), "carried": ("would arrive", _TEXT, 34),
                "came_back": ("comes back, or is there", _TEXT, 34), "reason": ("why", _TEXT, 44),
                "rows": ("records", _COUNT, 9), "record_key": ("record", _TEXT, 30),
            },
            examples,
        ),
        _sheet(
            "Test cases",
            "Records that are right but unusual: a connection is tried on them before it goes live.",
            {
                "handoff_id": ("flow", _TEXT, 22), "kind": ("kind", _TEXT, 16), "party_name": ("customer", _TEXT, 28),
                "column": ("field", _TEXT, 16), "value": ("value", _TEXT, 26), "expected": ("must arrive", _TEXT, 34),
                "counterpart_key": ("stands there as", _TEXT, 28), "record_key": ("record", _TEXT, 30),
                "found": ("of the kind", _COUNT, 10), "reason": ("why", _TEXT, 36),
            },
            cases,
        ),
    )  # fmt: skip
    return write_sheets(path, f"Field maps: {client}", facts, sheets, advice=_ADVICE)


def _sheet(name: str, purpose: str, columns: Mapping[str, tuple[str, pa.DataType, int]], rows: Sequence[Row]) -> Sheet:
    shown = rows[:MAX_ROWS]
    arrays = {
        head: pa.array([", ".join(row[column]) if column in _LISTS else row[column] for row in shown], kind)
        for column, (head, kind, _) in columns.items()
    }
    widths = tuple(width for _, _, width in columns.values())
    return Sheet(name, purpose, pa.table(arrays), widths, len(rows), frozen=1)
