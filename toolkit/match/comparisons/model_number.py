"""Model number in the midst of a title, or else of what is said of a thing; graded as codes that stand in a column are."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Keys
from toolkit.match.comparisons import product_code as codes
from toolkit.match.hashing import tagged
from toolkit.values import product_code


def standardised(columns: Columns) -> pa.StringArray:
    """Return the model numbers in the title of each record, or else in its text."""
    titles, texts = columns.get("title"), columns.get("text")
    if titles is None:
        # A text by itself may speak of any thing.
        return pa.nulls(len(columns["text"]), pa.string())
    return pc.coalesce(*(product_code.standardised(one) for one in (titles, texts) if one is not None))


def narrow(values: codes.Codes) -> Keys:
    """Return each number."""
    ids, owners = values.words.ids, values.words.owners
    return Keys(tagged("model number", values.hashes[ids]), owners)


COMPARISON = replace(
    codes.COMPARISON, name="model number", reads=("title", "text"), standardised=standardised, narrow=narrow
)
