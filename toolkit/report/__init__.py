"""What is handed over: the client's report as data, as HTML and as PDF, and the work-through workbook.

The documents of ``dedupe`` stand in ``dedupe_page`` and ``dedupe_workbook``: they need all of matching, a report does not,
nor do they need what reads the results and the state of an engagement. So each is imported when it is used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.report.document import Report, client_report
    from toolkit.report.figures import counted_figures
    from toolkit.report.html import write_html
    from toolkit.report.pdf import write_pdf
    from toolkit.report.run import RunTables, run_tables
    from toolkit.report.workbook import write_review_workbook

__all__ = [
    "Report",
    "RunTables",
    "client_report",
    "counted_figures",
    "run_tables",
    "write_html",
    "write_pdf",
    "write_review_workbook",
]

_HOMES = {
    "Report": "toolkit.report.document",
    "RunTables": "toolkit.report.run",
    "client_report": "toolkit.report.document",
    "counted_figures": "toolkit.report.figures",
    "run_tables": "toolkit.report.run",
    "write_html": "toolkit.report.html",
    "write_pdf": "toolkit.report.pdf",
    "write_review_workbook": "toolkit.report.workbook",
}


def __getattr__(name: str) -> Any:
    """Import what is handed over only when it is used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit.report' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
