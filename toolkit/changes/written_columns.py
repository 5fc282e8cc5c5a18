"""Columns of a change that are more than a cell: a reference to a record that the same plan makes, lines of a document.

A record that is made has no id before it is made, so what refers to it names the change that makes it. A document's lines
stand in the change of the document, as columns ``line.1.description``, ``line.1.amount_minor`` …
"""

import re
from collections.abc import Mapping

LINE_COLUMNS = ("sku", "description", "gl_code", "quantity", "amount_minor")
"""What a line says, in the names of DOCUMENT_LINE."""
_MADE = "made:"
_LINE = re.compile(r"line\.(\d+)\.(\w+)")


def made_reference(op_id: str) -> str:
    """Return the value of a column that refers to what a change of the same plan makes.

    Examples
    --------
    >>> made_reference("0f3a")
    'made:0f3a'
    """
    return f"{_MADE}{op_id}"


def maker_of(value: str | None, depends_on: tuple[str, ...]) -> str | None:
    """Return the ``op_id`` of the change that makes what a value refers to; null: it is a value like any other.

    Parameters
    ----------
    value
        Of a reference, such as ``party_ref``.
    depends_on
        Of the change that holds it: a client's id that only looks so is none.

    Examples
    --------
    >>> maker_of("made:0f3a", ("0f3a",)), maker_of("made:0f3a", ()), maker_of("Acme", ("0f3a",)), maker_of(None, ())
    ('0f3a', None, None, None)
    """
    op_id = value.removeprefix(_MADE) if value is not None and value.startswith(_MADE) else None
    return op_id if op_id in depends_on else None


def line_column(line_no: int, name: str) -> str:
    """Return the column under which a change holds one cell of a line.

    Examples
    --------
    >>> line_column(2, "sku")
    'line.2.sku'
    """
    return f"line.{line_no}.{name}"


def lines_of(after: Mapping[str, str | None]) -> tuple[Mapping[str, str | None], ...]:
    """Return the lines that a change holds, in their order.

    Examples
    --------
    >>> lines_of({"line.10.sku": "B", "line.2.sku": "A", "line.2.quantity": "1", "currency": "USD"})
    ({'sku': 'A', 'quantity': '1'}, {'sku': 'B'})
    """
    found: dict[int, dict[str, str | None]] = {}
    for name, value in after.items():
        cell = _LINE.fullmatch(name)
        if cell:
            found.setdefault(int(cell[1]), {})[cell[2]] = value
    return tuple(found[number] for number in sorted(found))
