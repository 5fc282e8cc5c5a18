"""What is handed over: the client's report as data, as HTML and as PDF, and the work-through workbooks."""

from toolkit.report.dedupe_page import write_dedupe_page
from toolkit.report.dedupe_workbook import write_dedupe_workbook, write_sample_workbook
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
    "write_dedupe_page",
    "write_dedupe_workbook",
    "write_html",
    "write_pdf",
    "write_review_workbook",
    "write_sample_workbook",
]
