"""The workbook of a plan: every change, field by field, and every case that was left out."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from toolkit.changes import SavedPlan
from toolkit.report.plan_words import change_rows, plan_sentence
from toolkit.report.sheets import MAX_ROWS, Sheet, write_sheets

_WIDTHS = {
    "step": 7,
    "record": 34,
    "kind": 14,
    "id": 18,
    "what happens": 20,
    "field": 14,
    "now": 30,
    "then": 30,
    "why": 50,
    "value from": 30,
    "probability": 11,
    "taken back": 30,
    "change": 22,
}
_ADVICE = (
    "This shows what the plan would change, one line for each field. It changes nothing by itself, and nothing that is "
    "written here is read back. To keep a record out, name it in engagement.yaml under keep_out and plan again."
)


def write_plan_workbook(path: Path, saved: SavedPlan, *, label: str, names: Mapping[str, str]) -> Path:
    """Write the workbook.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all.
    saved
        The plan.
    label
        What the client calls the system.
    names
        What each record is called, by record_key.
    """
    rows = change_rows(saved.plan, names)
    changes = pa.table({name: pa.array([row[name] for row in rows[:MAX_ROWS]], _type(name)) for name in _WIDTHS})
    left = [
        {
            "about": one.subject,
            "records": ", ".join(names.get(key, key) for key in one.record_keys),
            "why": one.reason,
            "keys": ", ".join(one.record_keys),
        }
        for one in saved.plan.left_out
    ]
    left_out = pa.table(
        {name: pa.array([row[name] for row in left[:MAX_ROWS]], pa.string()) for name in ("about", "records", "why", "keys")}
    )
    undecided = "What the rules could not decide: nothing is planned for it."
    ordered = "Every change in the order in which it is done."
    sheets = (
        Sheet("Changes", ordered, changes, (*_WIDTHS.values(),), len(rows), ids=frozenset({"change"})),
        Sheet("Left out", undecided, left_out, (18, 50, 60, 50), len(left), ids=frozenset({"keys"})),
    )
    made = f"Plan {saved.plan.plan_id[:12]}, made {saved.envelope.created_at:%Y-%m-%d %H:%M} UTC."
    return write_sheets(path, f"Plan for {label}", f"{plan_sentence(saved.plan, label)} {made}", sheets, advice=_ADVICE)


def _type(name: str) -> pa.DataType:
    return pa.int64() if name == "step" else pa.string()
