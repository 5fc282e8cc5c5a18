"""The workbook of interviews: a sheet for each role with its questions, and one that a day is timed with.

Text is written as text, never as a formula or a link; ``toolkit.audit.interviews`` reads it back.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.disk import atomic_path
from toolkit.landscape.guides.answers import CONFIDENCES, HEADERS
from toolkit.landscape.guides.questions import Question
from toolkit.landscape.guides.roles import ROLES
from toolkit.landscape.guides.text import SAMPLING_HEAD
from toolkit.report.sheets import cell_text

_WIDTHS = {"question_id": 24, "question": 60, "answer": 60, "who": 18, "on": 16, "confidence": 16, "about": 28}
_SPARE_ROWS = 15
_SAMPLING_ROWS = 60
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_interview_workbook(path: Path, questions: Mapping[str, Sequence[Question]], *, client: str) -> Path:
    """Write the workbook; the file appears whole or not at all.

    Parameters
    ----------
    path
        An ``.xlsx`` file.
    questions
        By role.
    client
        Name of the client, for the title.

    Returns
    -------
    ``path``.
    """
    import xlsxwriter

    with atomic_path(path) as target, xlsxwriter.Workbook(str(target), _OPTIONS) as workbook:
        workbook.set_properties({"title": "Interviews", "comments": "CONFIDENTIAL"})
        bold = workbook.add_format({"bold": True})
        head = workbook.add_format({"bold": True, "bg_color": "#FFE680", "border": 1, "text_wrap": True})
        cell = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 4})
        for role, own in questions.items():
            _role_sheet(workbook.add_worksheet(ROLES[role].label[:31]), own, client, (bold, head, cell))
        _sampling_sheet(workbook.add_worksheet("A day, timed"), (bold, head, cell))
    return path


def _role_sheet(page: Any, questions: Sequence[Question], client: str, formats: tuple[Any, Any, Any]) -> None:
    bold, head, cell = formats
    page.write_string(0, 0, cell_text(f"CONFIDENTIAL: interview at {client}"), bold)
    for place, (key, header) in enumerate(HEADERS.items()):
        page.set_column(place, place, _WIDTHS[key])
        page.write_string(1, place, header, head)
        for line in range(2, 2 + len(questions) + _SPARE_ROWS):
            page.write_blank(line, place, None, cell)
    for line, one in enumerate(questions, start=2):
        known = {"question_id": one.question_id, "question": one.ask, "about": one.about}
        for place, key in enumerate(HEADERS):
            if known.get(key):
                page.write_string(line, place, cell_text(known[key]), cell)
    last = 1 + len(questions) + _SPARE_ROWS
    place = [*HEADERS].index("confidence")
    page.data_validation(2, place, last, place, {"validate": "list", "source": [*CONFIDENCES], "error_type": "warning"})
    page.freeze_panes(2, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _sampling_sheet(page: Any, formats: tuple[Any, Any, Any]) -> None:
    bold, head, cell = formats
    page.write_string(0, 0, "CONFIDENTIAL: one line each time something is carried, looked up or typed again", bold)
    for place, words in enumerate(SAMPLING_HEAD):
        page.set_column(place, place, 22)
        page.write_string(1, place, words, head)
        for line in range(2, 2 + _SAMPLING_ROWS):
            page.write_blank(line, place, None, cell)
