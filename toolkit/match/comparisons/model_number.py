"""Model number in the midst of a title, or else of what is said of a thing; graded as codes that stand in a column are."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Keys
from toolkit.match.comparisons import product_code as codes
from toolkit.values import product_code


def standardised(columns: Columns) -> pa.StringArray:
    """Return the model numbers in the title of each record, or else in its text."""
    told = (columns[kind] for kind in ("title", "text") if kind in columns)
    return pc.coalesce(*map(product_code.standardised, told))


def narrow(values: codes.Codes) -> Keys:
    """Return each number."""
    return codes.keys_of(values, "model number")


COMPARISON = replace(
    codes.COMPARISON,
    name="model number",
    reads=("title",),
    reads_beside=("text",),
    standardised=standardised,
    narrow=narrow,
)
