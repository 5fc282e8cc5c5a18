"""Test cases from a client's own records: what a connection is tried on before it goes live.

Of each kind (refunds, other currencies, part payments, negative and zero amounts, long names, other scripts) some are taken,
of as many customers as there are; those whose counterpart is known come first, since what must arrive can be looked up.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CASES_PER_KIND = 3
KINDS = ("refund", "other_currency", "partial_payment", "negative", "zero", "long_name", "other_script")


@dataclass(frozen=True, slots=True)
class UnusualRecord:
    """A record that is right but unusual: what is unusual about it, whose it is, what stands for it in the target."""

    kind: str
    record_key: str
    party: str
    column: str
    value: str
    reason: str
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class ChosenCase:
    """A record to test with, its place within its kind, and how many of the kind there are."""

    record: UnusualRecord
    place: int
    found: int


def chosen_cases(records: Iterable[UnusualRecord], *, per_kind: int = CASES_PER_KIND) -> list[ChosenCase]:
    """Return the records to test with, kind by kind; a kind that the data does not have has none.

    Parameters
    ----------
    records
        All unusual ones of one handoff's source.
    per_kind
        How many of each kind are taken, where there are.

    Examples
    --------
    >>> rows = [UnusualRecord("zero", f"crm/deals/{n}", party, "amount_minor", "0", "") for n, party in enumerate("AAAB")]
    >>> [(one.record.record_key, one.found) for one in chosen_cases(rows)]
    [('crm/deals/0', 4), ('crm/deals/3', 4), ('crm/deals/1', 4)]
    """
    by_kind: defaultdict[str, list[UnusualRecord]] = defaultdict(list)
    for one in records:
        by_kind[one.kind].append(one)
    order = [*KINDS, *sorted(by_kind.keys() - {*KINDS})]
    return [
        ChosenCase(one, place, len(by_kind[kind]))
        for kind in order
        if kind in by_kind
        for place, one in enumerate(_spread(by_kind[kind], per_kind), start=1)
    ]


def _spread(records: Sequence[UnusualRecord], count: int) -> list[UnusualRecord]:
    """Return some records: one of each customer before a second one of any."""
    ordered = sorted(records, key=lambda one: (not one.counterpart, one.record_key))
    turn: defaultdict[str, int] = defaultdict(int)
    ranked: list[tuple[int, bool, int, UnusualRecord]] = []
    for one in ordered:
        ranked.append((turn[one.party], not one.counterpart, len(ranked), one))
        turn[one.party] += 1
    return [one[3] for one in sorted(ranked, key=lambda one: one[:3])[:count]]
