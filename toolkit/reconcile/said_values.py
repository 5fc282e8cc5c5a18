"""Which cells of a party's field say something: a filler does not, nor a remark where a number or an address belongs."""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import Column, array_of
from toolkit.values.placeholder import placeholders

_SHAPES = {
    "phone": r"\d[^\d]*\d[^\d]*\d",
    "email": r"\S[@.]\S",
    "website": r"\w\.\w",
    "tax_id": r"\d",
}
"""What a value of these fields has at least: "call office" is no telephone number."""


def said_values(column: str, cells: Column) -> pa.StringArray:
    """Return the cells of a party's column; null where a cell is a filler, or a remark in place of the value.

    Examples
    --------
    >>> said_values("phone", pa.array(["call office", "312 555 0147", "n/a"])).to_pylist()
    [None, '312 555 0147', None]
    """
    texts = array_of(cells)
    is_empty = pc.fill_null(placeholders(texts), False)
    shape = _SHAPES.get(column)
    if shape is not None:
        is_empty = pc.or_(is_empty, pc.invert(pc.fill_null(pc.match_substring_regex(texts, shape), False)))
    return pc.if_else(is_empty, pa.scalar(None, pa.string()), texts)
