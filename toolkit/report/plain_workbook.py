"""A workbook of one sheet, as a vendor's import takes it: amounts are numbers, all else is text; no formula, no link."""

import io
import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,3})?")
"""What a cell of a workbook holds to the last digit: it has fifteen."""
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""What the file says of when it was made: the same rows give the same bytes on any day."""


def plain_workbook(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> bytes:
    """Return a workbook in which every cell is text, but for the numbers of some columns.

    Parameters
    ----------
    headers
        Of the first row.
    rows
        Cells in the order of the headers; an empty one is left empty.
    numbers
        Places of the columns that hold numbers, from 0: what is one there and loses nothing by it is written as one.

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
                if place and column in numbers and _NUMBER.fullmatch(text):
                    sheet.write_number(place, column, float(text))
                elif text:
                    sheet.write_string(place, column, text, as_text)
    return out.getvalue()
