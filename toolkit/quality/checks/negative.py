"""Amounts that are negative where none belong, and nothing says that they give money back."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged
from toolkit.quality.documents import failing_amounts
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Rows, Stream, rows_where

_COLUMNS = ("amount_minor", "price_minor", "rate_minor_per_hour")
_NEVER_NEGATIVE = ("quote", "order", "invoice", "deal", "bill")
_GIVES_BACK = r"(?i)refund|credit|revers|return|void|adjust|charge ?back|rebate|discount|cancel|correct|write.?off|reimburs"
_MAX_NEGATIVE_SHARE = 0.2
_MIN_HABIT_COUNT = 20


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield the amounts, prices and rates of pay of every stream that does not use the sign by habit."""
    for stream in evidence.streams:
        for column in _COLUMNS:
            if column not in stream.table.column_names:
                continue
            if column == "amount_minor" and stream.entity not in _NEVER_NEGATIVE:
                continue
            amounts = stream.table[column]
            checked = len(amounts) - amounts.null_count
            rows = rows_where(pc.less(amounts, 0))
            rows = rows[~_gives_back(stream, rows)]
            # Some ledgers write what they owe as negative, all through.
            if len(rows) > max(_MIN_HABIT_COUNT, _MAX_NEGATIVE_SHARE * checked):
                continue
            reason = "It is negative, and nothing says that it gives money back."
            failing = failing_amounts(stream, column, rows, reason)
            yield Judged(stream, column, "whose amount is negative", "medium", checked, failing)


def _gives_back(stream: Stream, rows: Rows) -> npt.NDArray[np.bool_]:
    says_so = np.zeros(len(rows), dtype=bool)
    for name in ("description", "status", "name", "number", "method", "reference"):
        if name in stream.table.column_names:
            says_so[rows_where(pc.match_substring_regex(stream.values_at(name, rows), _GIVES_BACK))] = True
    return says_so


CHECK = Check(
    rule="implausible.negative",
    label="Amounts that are negative where none should be",
    fails_when="an invoice, bill, order, quote, deal, price or rate of pay is negative, and no text says that it gives "
    "money back",
    severities=("medium",),
    judged=judged,
    round=5,
    turn=10,
)
