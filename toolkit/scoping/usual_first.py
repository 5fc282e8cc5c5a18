"""The usual first three connections: the bank's feed, the payment processor, the main sales or billing tool.

They are a place to start from, never an answer: what the client's data says of them stands beside each.

Source: cost model, section 12, rule 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LEDGER = frozenset({"ledger", "erp"})
USUAL: Mapping[str, tuple[str, frozenset[str]]] = {
    "bank_feed": ("the bank's feed into the ledger", frozenset({"bank"})),
    "payment_processor": ("the payment processor into the ledger", frozenset({"payments"})),
    "sales_or_billing": ("the main sales or billing tool into the ledger", frozenset({"crm", "shop", "billing", "pos"})),
}
"""The usual three, each with its words and the categories of system that it is about."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A handoff with the categories of its systems, its rank by what it costs today, and how stable that is."""

    handoff_id: str
    category_l: str
    category_r: str
    rank: int | None
    top_share: float | None = None


@dataclass(frozen=True, slots=True)
class UsualFirst:
    """One of the usual three: the handoff that it is here, null where there is none, and what the data says of it."""

    kind: str
    handoff_id: str | None
    rank: int | None
    agrees: bool | None
    reason: str


def usual_first(candidates: Sequence[Candidate], *, top: int = 3) -> tuple[UsualFirst, ...]:
    """Return the usual first three, each held against what the client's handoffs cost.

    Parameters
    ----------
    candidates
        The handoffs; of several that fit, the one that costs most stands for them.
    top
        How many ranks count as the first.

    Examples
    --------
    >>> found = usual_first([Candidate("cards", "payments", "ledger", 5), Candidate("deals", "crm", "ledger", 1)])
    >>> [(one.kind, one.handoff_id, one.agrees) for one in found]
    [('bank_feed', None, None), ('payment_processor', 'cards', False), ('sales_or_billing', 'deals', True)]
    """
    return tuple(_held_against(kind, candidates, top) for kind in USUAL)


def _held_against(kind: str, candidates: Sequence[Candidate], top: int) -> UsualFirst:
    words, categories = USUAL[kind]
    fitting = [one for one in candidates if _is_of(one, categories)]
    if not fitting:
        return UsualFirst(kind, None, None, None, f"No handoff is {words}.")
    # One whose cost nobody knows stands for the others only where none is known.
    best = min(fitting, key=lambda one: (one.rank is None, one.rank or 0, one.handoff_id))
    if best.rank is None:
        return UsualFirst(
            kind, best.handoff_id, None, None, "What it costs is not known yet, so the data says nothing of it."
        )
    agrees = best.rank <= top
    stable = f", among the first {top} in {100 * best.top_share:.0f} % of the cases" if best.top_share is not None else ""
    told = "The data agrees" if agrees else "The data disagrees: others cost more"
    return UsualFirst(
        kind, best.handoff_id, best.rank, agrees, f"{told}. It is number {best.rank} by what it costs{stable}."
    )


def _is_of(one: Candidate, categories: frozenset[str]) -> bool:
    """Return whether a handoff goes from a system of a category into the ledger."""
    return one.category_l in categories and one.category_r in _LEDGER
