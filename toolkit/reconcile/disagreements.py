"""What a target document got wrong about its source: amount, currency, party, or a field left empty.

A difference that the two documents' nature explains is no error: a bank line less the card fee, an invoice with tax for a
deal without. Between a net and a gross amount no error is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc

from toolkit.match.documents import amounts
from toolkit.reconcile.events import Side

# Documents that name a price before tax: their invoice may carry tax without being wrong.
_BEFORE_TAX = frozenset({"deal", "project", "quote", "ticket"})
# Fields that a target is expected to fill when at least half of its documents do.
_USUALLY_FILLED_SHARE = 0.5
_NAMED_ALIKE_SHARE = 0.1
_PARTLY_ALIKE_SHARE = 0.75

_ERROR_OF = {
    amounts.FACTOR: "factor",
    amounts.TRANSPOSED: "transposed",
    amounts.CLOSE: "amount",
    amounts.LESS: "amount",
    amounts.DIFFERENT: "amount",
}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The first kind of error of a pair and every column that disagrees; no kind: the two agree."""

    kind: str | None
    columns: tuple[str, ...]


class Pair(NamedTuple):
    """Two counterparts: their rows, how their amounts relate (``amounts``), whether both belong to one account.

    ``named_share`` is how much of the source's party name the target's document names, 0 to 1; null without a name.
    """

    row_l: int
    row_r: int
    relation: int
    is_same_account: bool
    named_share: float | None


def disagreements(left: Side, right: Side, pairs: Sequence[Pair], *, entity_l: str, entity_r: str) -> list[Disagreement]:
    """Return what each pair disagrees in.

    Parameters
    ----------
    left, right
        Both sides.
    pairs
        The counterparts.
    entity_l, entity_r
        What the documents are canonically.
    """
    keeps_amount = bool(len(right)) and np.isnan(right.amount).mean() < 1 - _USUALLY_FILLED_SHARE
    names_party = _usually_filled(right)
    party_r = [name or ref for name, ref in zip(right.texts("party_name"), right.texts("party_ref"), strict=True)]
    result = []
    for pair in pairs:
        row_l, row_r = pair.row_l, pair.row_r
        found: list[tuple[str, str]] = []
        one, other = left.currency[row_l], right.currency[row_r]
        if one and other and one != other:
            found.append(("currency", "currency"))
        else:
            kind = _amount_error(pair, left, right, entity_l, entity_r)
            if kind is not None:
                found.append((kind, "tax_minor" if kind == "tax_missed" else "amount_minor"))
        if keeps_amount and not np.isnan(left.amount[row_l]) and np.isnan(right.amount[row_r]):
            found.append(("missing_field", "amount_minor"))
        account_l, account_r = left.account[row_l], right.account[row_r]
        if account_l and account_r and not pair.is_same_account and _is_another_party(pair, left, right):
            found.append(("party", "party_key"))
        elif names_party and account_l and not party_r[row_r]:
            found.append(("missing_field", "party_name"))
        columns = tuple(dict.fromkeys(column for _, column in found))
        result.append(Disagreement(found[0][0] if found else None, columns))
    return result


def _is_another_party(pair: Pair, left: Side, right: Side) -> bool:
    """Whether the target names somebody else, not just a party that was not recognised as the same.

    Two accounts may still be one client whose records were not linked. So both must be known from several systems, and
    the names must differ: wholly, or, where both systems know both accounts, at least in part.
    """
    one, other = left.account[pair.row_l], right.account[pair.row_r]
    if pair.named_share is None or not {one, other} <= left.linked_accounts:
        return False
    is_known_to_both = one in right.known_accounts and other in left.known_accounts
    return pair.named_share < (_PARTLY_ALIKE_SHARE if is_known_to_both else _NAMED_ALIKE_SHARE)


def _usually_filled(right: Side) -> bool:
    is_filled = pc.or_(pc.is_valid(right.table["party_name"]), pc.is_valid(right.table["party_ref"]))
    return bool(len(right)) and pc.sum(is_filled).as_py() / len(right) > _USUALLY_FILLED_SHARE


def _amount_error(pair: Pair, left: Side, right: Side, entity_l: str, entity_r: str) -> str | None:
    if left.is_net[pair.row_l] != right.is_net[pair.row_r]:
        # One states the net amount only: what the other has more is tax, as far as anybody can say.
        return None
    if pair.relation == amounts.TAX:
        is_explained = entity_l in _BEFORE_TAX or left.tax[pair.row_l] == right.tax[pair.row_r]
        return None if is_explained else "tax_missed"
    if pair.relation == amounts.FEE:
        return None if entity_r == "bank_line" else "fee"
    return _ERROR_OF.get(pair.relation)
