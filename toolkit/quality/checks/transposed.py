"""Amounts with two digits swapped, by the party's own history or by the document that this one refers to."""

from collections.abc import Iterator

from toolkit.quality.amount_slips import judged_slips, transposed_slips
from toolkit.quality.check import Check, Judged
from toolkit.quality.evidence import Evidence


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield the amounts of every stream of documents."""
    yield from judged_slips(evidence, evidence.once(transposed_slips), "whose amount may have two digits swapped")


CHECK = Check(
    rule="implausible.transposed",
    label="Amounts that may have two digits swapped",
    fails_when="an amount differs from the party's regular amount, or from the document it refers to, by two swapped digits",
    severities=("high",),
    judged=judged,
    round=5,
    turn=9,
)
