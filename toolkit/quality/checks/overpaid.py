"""Documents that were paid more than once or too much."""

from collections.abc import Iterator

import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged
from toolkit.quality.documents import failing_amounts
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import rows_where


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield what was paid of invoices, bills and orders."""
    for stream in evidence.streams:
        if stream.entity in ("invoice", "bill", "order"):
            due, paid = stream.table["amount_minor"], stream.table["paid_minor"]
            checked = len(rows_where(pc.and_(pc.is_valid(due), pc.is_valid(paid))))
            rows = rows_where(pc.and_(pc.greater(paid, due), pc.greater(due, 0)))
            failing = failing_amounts(stream, "paid_minor", rows, "More was paid than the document asks for.")
            words = "that were paid more than once or too much"
            yield Judged(stream, "paid_minor", words, "medium", checked, failing)


CHECK = Check(
    rule="implausible.overpaid",
    label="Documents that were paid too much",
    fails_when="more was paid than the document asks for",
    severities=("medium",),
    judged=judged,
    round=5,
    turn=11,
)
