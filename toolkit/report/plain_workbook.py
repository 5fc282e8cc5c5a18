"""A workbook of one sheet of texts, as a vendor's import takes it: no formula, no link, no number that loses its zeros."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""What the file says of when it was made: the same rows give the same bytes on any day."""


def plain_workbook(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook in which every cell is text.

    Parameters
    ----------
    headers
        Of the first row.
    rows
        Cells in the order of the headers; an empty one is left empty.

    Examples
    --------
    >>> plain_workbook(["Id"], [["007"]])[:2]
    b'PK'
    """
    import xlsxwriter

    out = io.BytesIO()
    # Each of these would turn a text into something else: a formula, a link, a number.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet("Import")
        as_text = book.add_format({"num_format": "@"})
        for place, cells in enumerate([headers, *rows]):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(place, column, text, as_text)
    return out.getvalue()
