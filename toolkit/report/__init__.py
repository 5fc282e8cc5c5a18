"""What is handed over: the client's report as data, as HTML and as PDF, and the work-through workbook.

The documents of ``dedupe`` stand in ``dedupe_page`` and ``dedupe_workbook``: they need all of matching, a report does not.
"""

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
