"""The three connections that are usually worth most: bank feeds, the payment processor, the sales or billing tool.

They are proposed where the client has what they need; where its own costs rank them lower, that is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.landscape.pattern import BANK, CRM, LEDGER, PAYMENTS, SHOP
from toolkit.landscape.pattern_matches import Held

_KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bank feed": (BANK, LEDGER),
    "payment processor": (PAYMENTS, LEDGER),
    "sales or billing tool": ((*CRM, *SHOP), LEDGER),
}
_FIRST_PLACES = 3


@dataclass(frozen=True, slots=True)
class FirstCandidate:
    """One of the three: the systems that make it possible, its handoffs, and their best place by what they cost today."""

    kind: str
    systems: tuple[str, ...]
    handoffs: tuple[str, ...]
    best_rank: int | None
    said: str

    @property
    def is_present(self) -> bool:
        """Whether the client has both sides."""
        return bool(self.systems)


def first_candidates(held: Held, ranks: Mapping[str, int] | None = None) -> tuple[FirstCandidate, ...]:
    """Return the three, in their usual order.

    Parameters
    ----------
    held
        What the client has.
    ranks
        Place of each handoff by what it costs today, 1 first; empty where that is not known.

    Examples
    --------
    >>> held = Held({"bank": "bank", "books": "ledger"})
    >>> [(one.kind, one.is_present) for one in first_candidates(held)]
    [('bank feed', True), ('payment processor', False), ('sales or billing tool', False)]
    """
    return tuple(_candidate(kind, left, right, held, ranks or {}) for kind, (left, right) in _KINDS.items())


def _candidate(kind: str, left: Sequence[str], right: Sequence[str], held: Held, ranks: Mapping[str, int]) -> FirstCandidate:
    sides = [sorted(name for name, one in held.categories.items() if one in side) for side in (left, right)]
    systems = tuple(name for side in sides for name in side) if all(sides) else ()
    handoffs = tuple(one.handoff_id for one in held.handoffs if _joins(one.system_l, one.system_r, sides))
    placed = sorted(ranks[one] for one in handoffs if one in ranks)
    best = placed[0] if placed else None
    return FirstCandidate(kind, systems, handoffs, best, _said(systems, handoffs, best))


def _joins(one: str, other: str, sides: Sequence[Sequence[str]]) -> bool:
    return (one in sides[0] and other in sides[1]) or (other in sides[0] and one in sides[1])


def _said(systems: Sequence[str], handoffs: Sequence[str], best: int | None) -> str:
    if not systems:
        return "not here: a system of the kind is lacking"
    if not handoffs:
        return "possible, and nobody has named a handoff: ask how it is done"
    if best is None:
        return "worth doing first as a rule; what it costs here is not known yet"
    if best <= _FIRST_PLACES:
        return f"worth doing first, and number {best} by what it costs here"
    return f"usually done first, but number {best} by what it costs here: look at that before following the rule"
