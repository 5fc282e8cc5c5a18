"""What pages and workbooks are made with, loaded while something else is computed."""

from toolkit.charts.style import drawing
from toolkit.report.html import packed_library
from toolkit.report.sheets import load_writer


def prepare_files() -> None:
    """Load what draws, pack it for a page, and load what writes workbooks: a third of a second."""
    packed_library()
    drawing("")
    load_writer()
