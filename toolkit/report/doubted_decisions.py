"""Decisions of the client that were obeyed although something speaks against them: named, to look at once more."""

import re

import pyarrow.compute as pc

from toolkit.reconcile.outcome_words import DOUBTED
from toolkit.report.blocks import Block, Bullets, Heading, Paragraph
from toolkit.report.masking import masked_text
from toolkit.report.record_names import record_names
from toolkit.report.run import RunTables

_RECORD = re.compile(r"[^\s,;/]+/[^\s,;/]+/[^\s,;]+")
_MAX_ROWS = 10


def doubted_blocks(run: RunTables) -> list[Block]:
    """Return the documents that were named as found although customer, amount, date or another item speaks against them."""
    table = run.table("counterpart")
    own = table.filter(pc.fill_null(pc.starts_with(table["basis"], DOUBTED), False))
    if not own.num_rows:
        return []
    rows = own.sort_by([("handoff_id", "ascending"), ("key_l", "ascending")]).slice(0, _MAX_ROWS).to_pylist()
    doubts = [row["basis"].removeprefix(DOUBTED) for row in rows]
    keys = {row[name] for row in rows for name in ("key_l", "key_r")} | {
        key for one in doubts for key in _RECORD.findall(one)
    }
    names, labels = record_names(run, sorted(keys), is_short=True), run.handoff_labels()
    lines = [
        f"“{masked_text(labels.get(row['handoff_id'], row['handoff_id']))}”: {names[row['key_l']]}, found as "
        f"{names[row['key_r']]}: {_RECORD.sub(lambda found: names[found.group()], doubt)}."
        for row, doubt in zip(rows, doubts, strict=True)
    ]
    others = own.num_rows - len(rows)
    lines += [f"{others} more: the sheet “Missing” of the work-through workbook says why beside each."] if others else []
    words = (
        "You said which document these items were found as. That is obeyed, and something speaks against it: look once more."
    )
    return [
        Heading("What you found, and what speaks against it"),
        Paragraph((words,)),
        Bullets(tuple((one,) for one in lines)),
    ]
