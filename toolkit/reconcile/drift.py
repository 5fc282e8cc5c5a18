"""Drift between two runs: what is newly wrong, what was repaired or is gone, and what is still wrong.

The three are disjoint and sum to all that was wrong in either run. A difference of formatting is none.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from toolkit.tables import DRIFT

Row = Mapping[str, Any]
Place = tuple[str, str, str]

DRIFT_TABLES = ("mismatch", "counterpart", "finding")
"""Results tables that say what is wrong."""
NEW, REPAIRED, STILL = "new", "repaired", "still"


def drift(before: Mapping[str, pa.Table], now: Mapping[str, pa.Table]) -> pa.Table:
    """Return what changed between two runs, schema DRIFT.

    Parameters
    ----------
    before, now
        The `DRIFT_TABLES` of the earlier and of the later run, by name.

    Examples
    --------
    >>> from toolkit.tables import COUNTERPART, FINDING, MISMATCH
    >>> none = {"mismatch": MISMATCH.empty(), "counterpart": COUNTERPART.empty(), "finding": FINDING.empty()}
    >>> drift(none, none).num_rows
    0
    """
    old, new = dict(_wrong(before)), dict(_wrong(now))
    rows = []
    for place in dict.fromkeys([*old, *new]):
        kind, item, subject = place
        state = STILL if place in old and place in new else REPAIRED if place in old else NEW
        told = {"kind": kind, "item": item, "subject": subject, "state": state}
        rows.append({**told, "before": old.get(place), "now": new.get(place)})
    return DRIFT.from_rows(rows)


def _wrong(tables: Mapping[str, pa.Table]) -> Iterator[tuple[Place, str]]:
    """Yield all that is wrong in a run: where, and what."""
    for row in tables["mismatch"].to_pylist():
        if row["kind"] != "formatting":
            words = f"{row['value_l'] or '-'} | {row['value_r'] or '-'}"
            yield ("mismatch", f"{row['key_l']} {row['key_r']}", row["column"]), words
    for row in tables["counterpart"].to_pylist():
        item, subject = row["key_l"] or row["key_r"], row["handoff_id"]
        if row["status"] in {"missing", "extra"}:
            yield (row["status"], item, subject), str(row["basis"] or row["status"])
        if row["is_error"]:
            yield ("error", item, subject), str(row["error_kind"] or "error")
    for row in tables["finding"].to_pylist():
        yield ("finding", row["record_key"], f"{row['check_id']} {row['column'] or ''}".strip()), row["reason"]
