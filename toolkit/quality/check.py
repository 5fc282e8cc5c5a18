"""What a check is: a rule of one file in ``checks/``, and what it says of a column of a stream."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyarrow as pa

from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Rows, Stream

FAILING = pa.schema(
    [("record_key", pa.string()), ("value", pa.string()), ("reason", pa.string()), ("suggestion", pa.string())]
)
"""Records that fail: the value as written, why in a sentence, and a likely right value where there is one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One column of one stream as one check judged it: how many values, and the records that fail (FAILING).

    ``words`` complete what the records are called: "without a customer", of invoices. ``step`` is the place among the
    columns of the stream, where checks of one turn alternate; without it they stand as they were found.
    """

    stream: Stream
    column: str
    words: str
    severity: str
    checked: int
    failing: pa.Table
    step: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One rule.

    Parameters
    ----------
    rule
        Its name in the tables, "required" or "implausible.<kind>". Files that judge different columns may share one.
    label
        What fails, in a client's words, for the figure that counts it. Files of one rule share it.
    fails_when
        The line of ``docs/data-quality.md``.
    severities
        What a finding may weigh: "high", "medium", "low", in this order.
    judged
        From the evidence to every column that the rule could judge.
    round, turn
        Place in the tables: the streams are gone through once a round, and have their checks in turn. Figures are listed by
        turn. Checks of one turn alternate by the step of what they judged.
    """

    rule: str
    label: str
    fails_when: str
    severities: tuple[str, ...]
    judged: Callable[[Evidence], Iterable[Judged]]
    round: int = 9
    turn: int = 99


def failing_rows(
    stream: Stream,
    rows: Rows,
    values: pa.ChunkedArray | pa.Array | list[str | None],
    reasons: pa.ChunkedArray | pa.Array | list[str] | str,
    suggestions: pa.ChunkedArray | pa.Array | list[str | None] | None = None,
) -> pa.Table:
    """Return a FAILING table of some rows of a stream.

    Parameters
    ----------
    stream
        Live records.
    rows
        Which of them fail, by number from 0.
    values
        The value of each failing row as a person writes it.
    reasons
        Why each fails, in a sentence; one text stands for all.
    suggestions
        A likely right value of each; without them there is none.
    """
    return keyed_rows(stream.table["record_key"].take(pa.array(rows, pa.int64())), values, reasons, suggestions)


def keyed_rows(
    keys: pa.ChunkedArray | pa.Array | list[str],
    values: pa.ChunkedArray | pa.Array | list[str | None],
    reasons: pa.ChunkedArray | pa.Array | list[str] | str,
    suggestions: pa.ChunkedArray | pa.Array | list[str | None] | None = None,
) -> pa.Table:
    """Return a FAILING table of records by their keys.

    Parameters
    ----------
    keys
        The record key of each failing record.
    values, reasons, suggestions
        As of `failing_rows`.
    """
    count = len(keys)
    columns = {
        "record_key": keys,
        "value": values,
        "reason": pa.repeat(pa.scalar(reasons), count) if isinstance(reasons, str) else reasons,
        "suggestion": pa.nulls(count, pa.string()) if suggestions is None else suggestions,
    }
    return pa.table(columns, schema=FAILING)
