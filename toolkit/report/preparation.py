"""What pages and workbooks are made with, loaded while something else is computed."""

from toolkit.report.html import packed_library
from toolkit.report.sheets import load_writer


def prepare_files() -> None:
    """Pack what draws for a page, and load what writes workbooks: a tenth of a second."""
    packed_library()
    load_writer()
