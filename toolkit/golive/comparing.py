"""How two documents of one event differ: field by field, each with its reason in a client's words."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from toolkit.golive.compared_fields import CURRENCY, DAY, MONEY, PARTY
from toolkit.golive.entries import Entry, Value
from toolkit.match.documents.amounts import LEVELS, UNKNOWN, amount_relations
from toolkit.values.counted import counted


class Difference(NamedTuple):
    """A field in which two documents differ: what stands on each side, and what kind of difference that is."""

    field: str
    by_hand: Value
    integrated: Value
    reason: str


def differences(by_hand: Entry, integrated: Entry, fields: Sequence[str]) -> tuple[Difference, ...]:
    """Return the fields in which two documents differ; case, blanks, accents and legal forms are no difference.

    Parameters
    ----------
    by_hand, integrated
        The two documents.
    fields
        Those that are compared.
    """
    found = []
    for name in fields:
        one, other = by_hand.said.get(name), integrated.said.get(name)
        if one == other or (name == PARTY and _is_one_party(by_hand, integrated)):
            continue
        found.append(Difference(name, by_hand.values.get(name), integrated.values.get(name), _reason(name, one, other)))
    return tuple(found)


def _is_one_party(one: Entry, other: Entry) -> bool:
    return (one.account == other.account != "") or (one.name == other.name != "")


def _reason(name: str, one: Value, other: Value) -> str:
    if other is None:
        return "only by hand"
    if one is None:
        return "only by the integration"
    if isinstance(one, date) and isinstance(other, date):
        days = (other - one).days
        return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'} by the integration"
    if name in MONEY and isinstance(one, int) and isinstance(other, int):
        return _amount_reason(one, other)
    return {CURRENCY: "another currency", PARTY: "another customer or supplier", DAY: "another day"}.get(name, "other text")


def _amount_reason(one: int, other: int) -> str:
    """Return how two amounts relate, such as "two digits swapped"."""
    none = np.array([np.nan])
    left, right = np.array([float(one)]), np.array([float(other)])
    relation = int(amount_relations(left, right, tax_l=none, tax_r=none, fee_l=none, fee_r=none)[0])
    return LEVELS[relation - 1] if relation != UNKNOWN else "unknown"
