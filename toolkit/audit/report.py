"""Writes what is handed over: the client's report as HTML and PDF, and the work-through workbook."""

from dataclasses import dataclass
from pathlib import Path

from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress, silent
from toolkit.audit.runs import run_stages
from toolkit.bundled import bundled
from toolkit.errors import IncompleteError
from toolkit.notebooks import run_notebook
from toolkit.report import run_tables, write_html, write_pdf, write_review_workbook
from toolkit.report.pdf import found_browser
from toolkit.settings import browser_path

REPORT = "client_report"


@dataclass(frozen=True, slots=True)
class Documents:
    """Paths of what was written; ``pdf`` is null when no browser could print it, and ``note`` says so."""

    run_id: str
    html: Path
    workbook: Path
    pdf: Path | None
    note: str = ""


def render_report(engagement: Engagement, *, with_pdf: bool = False, progress: Progress = silent) -> Documents:
    """Write the client's report and the work-through workbook of the latest audit into ``reports/``.

    Parameters
    ----------
    engagement
        An engagement with snapshots; stages that are missing or out of date are run first.
    with_pdf
        Also print the report to PDF.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    """
    run = run_stages(engagement, progress=progress)
    home = engagement.folder / "reports"
    progress("Writing the report", 0, 3)
    executed = run_notebook(
        bundled("notebooks") / f"{REPORT}.ipynb",
        home / f"{REPORT}.ipynb",
        {"engagement": str(engagement.folder), "run_id": run.run_id},
    )
    html = write_html(
        executed, home / f"{REPORT}.html", title=f"{engagement.settings.client}: how the systems work together"
    )
    progress("Writing the workbook", 1, 3)
    workbook = write_review_workbook(home / "work_through.xlsx", run_tables(engagement.folder, run.run_id))
    pdf, note = None, ""
    if with_pdf:
        progress("Printing the report", 2, 3)
        try:
            pdf = write_pdf(html, home / f"{REPORT}.pdf", browser=browser_path() or found_browser())
        except IncompleteError as error:
            note = str(error)
    engagement.store.log("report", {"run_id": run.run_id})
    progress("Done", 3, 3)
    return Documents(run.run_id, html, workbook, pdf, note)
