"""The work-through workbook of a run: what a person should look at, with one column to decide in on each sheet.

It shows records as they are. Every decision is read back by ``files.decisions`` and obeyed by the next audit: the grey
columns at the end of a sheet say what a row is about, and stay as they are.
"""

from pathlib import Path

from toolkit.report.finding_sheets import agreed_sheet, difference_sheet, item_sheets
from toolkit.report.gaps import not_told
from toolkit.report.pair_sheets import pair_sheets
from toolkit.report.reference_sheets import reference_sheets
from toolkit.report.run import RunTables
from toolkit.report.sheets import MAX_ROWS, write_sheets
from toolkit.report.stakes import party_stakes
from toolkit.report.wrong_items import wrong_sheet
from toolkit.values.written import written_for

_ADVICE = (
    "Yellow columns are yours. Grey columns say what a row is about: please do not change them, and keep them in the file. "
    "Begin with Missing, which is money; then Doubtful pairs, then Differences. Each sheet has the largest amounts first. "
    "Save the workbook and send it back: decisions of all sheets are read, the next report obeys them, and what could not "
    "be understood is named with its sheet and cell. “leave open” takes an earlier decision back."
)


def write_review_workbook(path: Path, run: RunTables, *, max_rows: int = MAX_ROWS) -> Path:
    """Write the work-through workbook of a run: what is to be decided, what follows from it, and what to look up.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all. Numbers in its texts are written as in the client's country.
    max_rows
        Rows of one sheet at most.
    """
    with written_for(run.country):
        return _written(path, run, max_rows)


def _written(path: Path, run: RunTables, max_rows: int) -> Path:
    stakes = party_stakes(run)
    # Sheets that read the same tables are made one after another, and of a large client no moment holds all tables.
    missing, unclear, extra = item_sheets(run, max_rows)
    wrong, agreed = wrong_sheet(run, max_rows), agreed_sheet(run, max_rows)
    run.let_go("counterpart", "reference", "document", "document_pair")
    doubtful, duplicates = pair_sheets(run, stakes, max_rows)
    run.let_go("pair", "pair_level", "cluster")
    differences = difference_sheet(run, stakes, max_rows)
    sheets = (
        missing,
        unclear,
        extra,
        wrong,
        doubtful,
        duplicates,
        differences,
        agreed,
        *reference_sheets(run, stakes, max_rows),
    )
    title, facts = f"{run.client}: to work through", f"as of {run.as_of.isoformat()}, run {run.run_id}"
    untold = not_told(run)
    advice = f"{_ADVICE} Not in these sheets: {' '.join(untold)}" if untold else _ADVICE
    return write_sheets(path, title, facts, sheets, advice=advice)
