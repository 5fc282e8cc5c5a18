"""Sheets that are a form: a label and its value in each row, not a table of records."""

from collections.abc import Sequence

from toolkit.files.header import has_known_header, is_address, is_amount, is_date, is_name, stripped

FORM_NOTE = "It reads like a form, a label and its value in each row, not like a table of records."

_MIN_ROWS, _MAX_ROWS = 4, 80
_MANY = 0.6
_MIN_KINDS = 3


def is_form(rows: Sequence[Sequence[str]], known_headers: frozenset[str] = frozenset()) -> bool:
    """Say whether the rows of a sheet that are not empty are labels with values.

    Most labels end with a colon, or all are different names while the values are of three kinds or more. A row of known
    names of columns makes it a table.

    Examples
    --------
    >>> is_form([["Company:", "Acme"], ["Phone:", "0113 1"], ["Founded:", "1999"], ["VAT:", "GB1"]])
    True
    >>> is_form([["Name", "Phone"], ["Acme", "0113 1"], ["Bolt", "0113 2"], ["Cove", "0113 3"]])
    False
    """
    columns = {place for row in rows for place, cell in enumerate(row) if stripped(cell)}
    if len(columns) > 2:
        return False
    filled = [[stripped(cell) for cell in row if stripped(cell)] for row in rows]
    pairs = [row for row in filled if len(row) == 2]
    if has_known_header(rows, known_headers) or not _MIN_ROWS <= len(pairs) <= _MAX_ROWS:
        return False
    labels = [label for label, _ in pairs]
    if sum(label.endswith(":") for label in labels) >= _MANY * len(labels):
        return True
    kinds = {_kind(value) for _, value in pairs}
    return len(set(labels)) == len(labels) and all(map(is_name, labels)) and len(kinds) >= _MIN_KINDS


def form_titles(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows of one cell stand above the first label with a value."""
    return next((place for place, row in enumerate(rows) if sum(bool(stripped(cell)) for cell in row) > 1), 0)


def _kind(value: str) -> str:
    if is_address(value):
        return "address"
    if is_date(value):
        return "date"
    return "number" if is_amount(value) else "text"
