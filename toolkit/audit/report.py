"""Writes what is handed over: the client's report as HTML and PDF, and the work-through workbook."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from toolkit.audit.engagement import Engagement
from toolkit.audit.freed_memory import return_memory
from toolkit.audit.progress import Progress, silent
from toolkit.audit.run_gaps import measured_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_result import VerbResult
from toolkit.bundled import bundled
from toolkit.cores import meanwhile
from toolkit.disk import disk_errors, private_folder
from toolkit.errors import IncompleteError, InputError
from toolkit.notebooks import require_report_extra, run_notebook
from toolkit.report import run_tables, write_html, write_pdf, write_review_workbook
from toolkit.report.html import packed_library
from toolkit.report.pdf import found_browser
from toolkit.settings import browser_path
from toolkit.store import Run
from toolkit.store.checksums import file_sha256
from toolkit.values.counted import counted
from toolkit.version import __version__

REPORT = "client_report"
WORKBOOK = "work_through.xlsx"
_LOGGED = "report"


@dataclass(frozen=True, slots=True, repr=False)
class Documents:
    """Paths of what was written; ``pdf`` is null when no browser could print it, and ``note`` says so.

    ``gaps`` are sentences about what the run behind them leaves out.
    """

    run_id: str
    html: Path
    workbook: Path
    pdf: Path | None
    note: str = ""
    gaps: tuple[str, ...] = ()

    def written(self) -> tuple[Path, ...]:
        """Return the files that there are, the report first."""
        return tuple(one for one in (self.html, self.pdf, self.workbook) if one is not None)

    def __repr__(self) -> str:
        return repr(self._answer())

    def _repr_html_(self) -> str:
        return self._answer()._repr_html_()

    def _answer(self) -> VerbResult:
        import pandas as pd

        what = {".html": "the client's report", ".pdf": "the same on paper", ".xlsx": "records and values to go through"}
        rows = tuple((one.name, what[one.suffix]) for one in self.written())
        return VerbResult(
            f"Written from the run {self.run_id}: {counted(len(rows), 'document')}.",
            ("document", "what it is"),
            rows,
            pd.DataFrame(rows, columns=["document", "what"]),
            (self.note,) if self.note else (),
            gaps=self.gaps,
            next_step="go through the report with the client; 09_cleanup_job plans what is put in order.",
            files=self.written(),
        )


def render_report(
    engagement: Engagement, *, with_pdf: bool = False, out: Path | None = None, progress: Progress = silent
) -> Documents:
    """Write the client's report and the work-through workbook of the latest audit.

    Documents that were made from this very run, and that nobody touched, are not made again. A workbook that somebody worked
    in is kept under another name before a new one takes its place. A trial's documents stand in a folder of their own.

    Parameters
    ----------
    engagement
        An engagement with snapshots; stages that are missing or out of date are run first.
    with_pdf
        Also print the report to PDF.
    out
        The folder to write into; the engagement's ``reports/`` without.
    progress
        What long work reports to.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    InputError
        The engagement cannot be written, and ``out`` names no other folder; or the extra ``report`` is not installed.
    DamagedError
        A snapshot is not as it was written.
    """
    require_report_extra()
    if engagement.store.is_read_only and out is None:
        raise InputError(f"Cannot write into {engagement.folder}: it is read-only. Name another folder with --out DIR.")
    run = run_stages(engagement, progress=progress)
    if out is not None:
        return _rendered(engagement, run, private_folder(out.expanduser()).resolve(), with_pdf=with_pdf, progress=progress)
    home = engagement.folder / "reports"
    home = home / f"trial-{run.run_id}" if engagement.is_trial else home
    wanted = [f"{REPORT}.html", WORKBOOK, *([f"{REPORT}.pdf"] if with_pdf else [])]
    if {*wanted} <= _made(engagement, run.run_id, home):
        progress("Done", 3, 3)
        pdf = home / wanted[-1] if with_pdf else None
        return Documents(run.run_id, home / wanted[0], home / WORKBOOK, pdf, gaps=measured_gaps(run))
    with engagement.store.writing(f"report of {engagement.settings.client}"):
        found = _rendered(engagement, run, private_folder(home), with_pdf=with_pdf, progress=progress)
        hashes = {path.name: file_sha256(path) for path in (found.html, found.workbook, found.pdf) if path}
        engagement.store.log(_LOGGED, {"run_id": run.run_id, "version": __version__, "files": hashes})
    return found


def _made(engagement: Engagement, run_id: str, home: Path) -> set[str]:
    """Return the names of documents that were made from a run by this version and are as they were written."""
    logged = [one for one in engagement.store.logged(_LOGGED) if one["run_id"] == run_id]
    if not logged or logged[-1].get("version") != __version__:
        return set()
    return {name for name, digest in logged[-1]["files"].items() if file_sha256(home / name) == digest}


def _rendered(engagement: Engagement, run: Run, home: Path, *, with_pdf: bool, progress: Progress) -> Documents:
    notes = []
    progress("Writing the report", 0, 3)
    with meanwhile(packed_library) if _needs_library(run, home) else nullcontext():
        executed = run_notebook(
            bundled("notebooks") / f"{REPORT}.ipynb",
            home / f"{REPORT}.ipynb",
            {"engagement": str(engagement.folder), "run_id": run.run_id},
            is_ours=True,
        )
    html = write_html(
        executed,
        home / f"{REPORT}.html",
        title=f"{engagement.settings.client}: how the systems work together",
        country=engagement.settings.country,
    )
    progress("Writing the workbook", 1, 3)
    # The workbook reads the tables of the run anew: not on top of what the report has freed.
    return_memory()
    kept = _kept_workbook(engagement, home / WORKBOOK)
    if kept is not None:
        notes.append(f"{WORKBOOK} had been worked in: it is now {kept.name}. Read it in: decisions import {kept}")
    workbook = write_review_workbook(home / WORKBOOK, run_tables(engagement.folder, run.run_id))
    pdf = None
    if with_pdf:
        progress("Printing the report", 2, 3)
        try:
            pdf = write_pdf(html, home / f"{REPORT}.pdf", browser=browser_path() or found_browser())
        except IncompleteError as error:
            notes.append(str(error))
    progress("Done", 3, 3)
    return Documents(run.run_id, html, workbook, pdf, " ".join(notes), measured_gaps(run))


def _needs_library(run: Run, home: Path) -> bool:
    """Return whether the page will pack what draws its charts: handoffs have some, and a page of before holds it packed."""
    return run.table("handoff").num_rows > 0 and not (home / f"{REPORT}.html").exists()


def _kept_workbook(engagement: Engagement, path: Path) -> Path | None:
    """Give a workbook that is not as it was written another name, and return that."""
    written = {one["files"].get(path.name) for one in engagement.store.logged(_LOGGED) if "files" in one}
    if not path.exists() or not written or file_sha256(path) in written:
        return None
    kept = path.with_name(f"{path.stem}.{datetime.now(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")
    with disk_errors(path):
        path.replace(kept)
    return kept
