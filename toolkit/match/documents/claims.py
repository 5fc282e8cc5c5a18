"""Which targets a source claims by its number: what quotes one order is no invoice for a ticket."""

import numpy as np
import pyarrow as pa

from toolkit.match.documents.evidence import corroborated
from toolkit.match.documents.families import of_another_family
from toolkit.match.documents.mentions import Mentions
from toolkit.match.documents.numbers import quotes
from toolkit.match.documents.side import Flags, two_sides


def claimed_by_number(left: pa.Table, right: pa.Table, numbers: tuple[Mentions, Mentions]) -> Flags:
    """Return which target rows quote the number of one document of the source, as it is written there.

    Party or amount must agree as well: two systems often count with the same digits.

    Parameters
    ----------
    left, right
        Tables as `matching.matched_documents` reads them, in order of ``record_key``.
    numbers
        The numbers in both.
    """
    one, other = two_sides(left, right)
    quoted = quotes(
        numbers[0].whole(), numbers[1].whole(), len(one), len(other),
        corroborated=lambda *rows: corroborated(one, other, *rows),
        is_another=lambda *told: of_another_family(one, other, *told),
    )  # fmt: skip
    rows_l, rows_r = quoted.exact()
    # A target that quotes two documents of the source is told by neither number.
    is_single = np.bincount(rows_r, minlength=len(other))[rows_r] == 1
    rows_l, rows_r = rows_l[is_single], rows_r[is_single]
    result = np.zeros(len(other), dtype=bool)
    result[rows_r[corroborated(one, other, rows_l, rows_r) == 1]] = True
    return result
