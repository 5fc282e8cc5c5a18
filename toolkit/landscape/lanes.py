"""Two lanes side by side: how each item stands in one system, and how its counterpart stands in the other.

Where the two contradict each other (a deal that is won, an invoice that was voided), that is said with why.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.values.status import outcome_of

NOTHING = "none"
NOT_YET = "not yet due"
UNTOLD = "not told"
_CALLED_OFF = frozenset({"lost", "cancelled", "failed", "refunded", "voided"})
_SETTLED = frozenset({"won", "paid", "done"})
_OWED = frozenset({"open", "overdue", "part_paid", "sent", "draft"})
_UNDECIDED = frozenset({"open", "pending", "in_progress", "draft"})
_MONEY = frozenset({"invoice", "bill", "payment", "order"})
_SOLD = frozenset({"deal", "quote"})
_MAX_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Pairing:
    """An item and its counterpart: keys and states as written; a key is empty where there is none.

    ``is_due`` is whether a counterpart must be there by now.
    """

    key_l: str
    state_l: str
    key_r: str
    state_r: str
    is_due: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """Items that stand alike on both sides: how many, whether that is a contradiction, and up to three of them."""

    state_l: str
    state_r: str
    items: int
    because: str
    examples: tuple[str, ...]

    @property
    def is_differing(self) -> bool:
        """Whether the two states contradict each other."""
        return bool(self.because)


def lanes(pairings: Iterable[Pairing], entity_l: str, entity_r: str) -> tuple[Lane, ...]:
    """Return the pairs of states with how many items stand so, contradictions first.

    Parameters
    ----------
    pairings
        Items of one handoff with their counterparts.
    entity_l, entity_r
        What stands in each lane.

    Examples
    --------
    >>> sold = [Pairing("a", "Closed Won", "1", "Paid"), Pairing("b", "Closed Won", "", "")]
    >>> [(one.state_l, one.state_r, one.because) for one in lanes(sold, "deal", "invoice")]
    [('won', 'none', 'settled on the left, nothing on the right'), ('won', 'paid', '')]
    """
    grouped: dict[tuple[str, str, str], list[Pairing]] = {}
    for one in pairings:
        absent = NOTHING if one.is_due else NOT_YET
        states = _state(one.key_l, one.state_l, absent), _state(one.key_r, one.state_r, absent)
        grouped.setdefault((*states, _contradiction(states, entity_l, entity_r)), []).append(one)
    found = [
        Lane(left, right, len(own), because, tuple((one.key_l or one.key_r) for one in own[:_MAX_EXAMPLES]))
        for (left, right, because), own in grouped.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_differing, -one.items, one.state_l, one.state_r)))


def _state(key: str, written: str, absent: str) -> str:
    return (outcome_of(written) or UNTOLD) if key else absent


def _contradiction(states: tuple[str, str], entity_l: str, entity_r: str) -> str:
    left, right = states
    is_told = UNTOLD not in states and NOT_YET not in states
    rules = {
        "settled on the left, nothing on the right": right == NOTHING and left in _SETTLED,
        "nothing on the left": left == NOTHING and right != NOT_YET,
        "called off on the left, alive on the right": is_told
        and left in _CALLED_OFF
        and right not in {*_CALLED_OFF, NOTHING},
        "settled on the left, called off on the right": left in _SETTLED and right in _CALLED_OFF,
        "not decided on the left, done on the right": is_told
        and entity_l in _SOLD
        and left in _UNDECIDED
        and right not in {*_CALLED_OFF, NOTHING},
        **_unequal_money(left, right, is_money={entity_l, entity_r} <= _MONEY and entity_l != "order"),
    }
    return next((words for words, holds in rules.items() if holds), "")


def _unequal_money(left: str, right: str, *, is_money: bool) -> dict[str, bool]:
    return {
        "paid on the left, owed on the right": is_money and left == "paid" and right in _OWED,
        "owed on the left, paid on the right": is_money and right == "paid" and left in _OWED,
    }
