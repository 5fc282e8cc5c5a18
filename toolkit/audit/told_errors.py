"""What the latest audit said of items that arrived wrong: a person's word on one of them is held against it."""

from toolkit.audit.engagement import Engagement
from toolkit.reconcile.decided_errors import told_difference
from toolkit.report import run_tables
from toolkit.report.wrong_items import said_sides, wrong_items
from toolkit.store import Run
from toolkit.values.written import written_for


def told_errors(engagement: Engagement, run: Run) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """Return how each wrong item differs from its source, by the stream it stands in and both keys.

    The difference as a ruling keeps it, what the item should say and what it says, as the sheet shows them.

    Parameters
    ----------
    engagement
        Its folder holds the run.
    run
        The latest audit.
    """
    if not run.has("counterpart"):
        return {}
    tables = run_tables(engagement.folder, run.run_id)
    parts = {row["handoff_id"]: f"{row['system_r']}.{row['stream_r']}" for row in tables.table("handoff").to_pylist()}
    rows = wrong_items(tables, with_settled=True)
    with written_for(tables.country):
        shown = said_sides(tables, rows, is_masked=False)
    return {
        (parts[row["handoff_id"]], row["key_l"], row["key_r"]): (told_difference(row), *sides)
        for row, sides in zip(rows.to_pylist(), shown, strict=True)
    }
