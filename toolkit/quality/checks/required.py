"""What a record cannot do without; a placeholder ("n/a") counts as missing.

A column that a whole stream leaves empty is not judged here: nobody keeps it there, and the column profile says so.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged, failing_rows
from toolkit.quality.evidence import Evidence
from toolkit.quality.requirements import PARTY_COLUMNS, REQUIRED
from toolkit.quality.streams import Rows, Stream, is_filled, named

_MAY_BE_PLACEHOLDER = ("name", "company_name", "email")
_NAMED_ENTITIES = ("party", "employee")


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every requirement of each stream's entity that the stream keeps at all."""
    for stream in evidence.streams:
        for requirement in REQUIRED.get(stream.entity, ()):
            kept = [name for name in requirement.columns if is_filled(stream.table[name]).any()]
            if not kept:
                continue
            has_value, says_something = _filled(stream, kept)
            rows = np.flatnonzero(~says_something)
            failing = _failing(stream, rows, has_value[rows], column=kept[0], words=requirement.words)
            yield Judged(
                stream, kept[0], f"without {requirement.words}", requirement.severity, stream.table.num_rows, failing
            )


def _filled(stream: Stream, columns: Sequence[str]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return for every row whether one of the columns is filled at all, and with more than a placeholder."""
    has_value = np.zeros(stream.table.num_rows, dtype=bool)
    says_something = has_value.copy()
    for name in columns:
        column = stream.table[name]
        has_value |= is_filled(column)
        # "Test" may well be the name of a product; a person or company of that name is none.
        may_be_placeholder = name in PARTY_COLUMNS or (stream.entity in _NAMED_ENTITIES and name in _MAY_BE_PLACEHOLDER)
        says_something |= is_filled(named(column) if may_be_placeholder else column)
    return has_value, says_something


def _failing(stream: Stream, rows: Rows, has_value: npt.NDArray[np.bool_], *, column: str, words: str) -> pa.Table:
    reasons = pc.if_else(pa.array(has_value), f"There is only a placeholder for {words}.", f"There is no value for {words}.")
    return failing_rows(stream, rows, stream.values_at(column, rows).cast(pa.string()), reasons)


CHECK = Check(
    rule="required",
    label="Values that are required and missing",
    fails_when='something a record cannot do without is missing, or is only a placeholder ("n/a", "unknown", "test")',
    severities=("high", "medium", "low"),
    judged=judged,
    round=1,
    turn=1,
)
