"""Amounts with the decimal point in the wrong place, by the party's own history or by the document it refers to."""

from collections.abc import Iterator

from toolkit.quality.amount_slips import decimal_slips, judged_slips
from toolkit.quality.check import Check, Judged
from toolkit.quality.evidence import Evidence


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield the amounts of every stream of documents."""
    yield from judged_slips(
        evidence, evidence.once(decimal_slips), "whose amount may have the decimal point in the wrong place"
    )


CHECK = Check(
    rule="implausible.factor",
    label="Amounts that may have the decimal point in the wrong place",
    fails_when="an amount is 10 or 100 times (or a tenth or a hundredth of) what is usual for this party, "
    "or of the document that it refers to",
    severities=("high",),
    judged=judged,
    round=5,
    turn=8,
)
