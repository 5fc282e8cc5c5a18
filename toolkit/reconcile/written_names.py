"""Parties whose records were not linked, though both sides of a handoff write one name for them.

A list of nothing but names, beside one that has addresses, gives too little to link records by in general. Within a handoff
an equal name is enough, with or without its legal form, where it stands for one party on each side and neither system has a
record of the other's.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import NONE, coded, flags
from toolkit.reconcile.party_names import folded_names
from toolkit.reconcile.sides import Side
from toolkit.values import company_name

_SEVERAL = -2


def with_one_account(left: Side, right: Side, told: pa.StringArray) -> tuple[Side, Side]:
    """Return both sides, the target's documents in the source's account wherever only the name says that it is the same.

    Parameters
    ----------
    left, right
        Both sides of a handoff of documents.
    told
        Accounts that a person spoke of: nothing is added to that person's word.
    """
    written = pa.concat_arrays([left.texts("party_name"), right.texts("party_name")])
    # A legal form is left out by one person and written by the next.
    names = coded(pc.if_else(pc.is_valid(folded_names(written)), company_name.standardised(written), None))
    accounts = coded(pa.concat_arrays([left.account, right.account]))
    count = len(names.texts)
    named_l, named_r = names.code[: len(left)], names.code[len(left) :]
    own_l = _own_accounts(named_l, accounts.code[: len(left)], count)
    own_r = _own_accounts(named_r, accounts.code[len(left) :], count)
    is_known_r = _is_held(accounts.texts, right.known_accounts)[own_l]
    is_known_l = _is_held(accounts.texts, left.known_accounts)[own_r]
    is_joined = (own_l >= 0) & (own_r >= 0) & (own_l != own_r) & ~is_known_r & ~is_known_l
    is_told = _is_held(accounts.texts, told)
    is_joined &= ~is_told[own_l] & ~is_told[own_r]
    if not is_joined.any():
        return left, right
    at = np.flatnonzero((named_r >= 0) & is_joined[named_r])
    code = accounts.code[len(left) :].copy()
    code[at] = own_l[named_r[at]]
    joined = accounts.texts.take(pa.array(np.unique(own_l[is_joined])))
    linked = pc.unique(pa.concat_arrays([left.linked_accounts, joined]))
    return (
        replace(left, linked_accounts=linked),
        replace(
            right, account=accounts.texts.take(pa.array(code, mask=code == NONE)), linked_accounts=linked,
            known_accounts=pc.unique(pa.concat_arrays([right.known_accounts, joined])),
        ),
    )  # fmt: skip


def _own_accounts(names: Ints, accounts: Ints, count: int) -> Ints:
    """Return the one account that documents of each name have; ``NONE`` without any, ``_SEVERAL`` for more than one."""
    is_told = (names >= 0) & (accounts >= 0)
    name, account = names[is_told], accounts[is_told]
    lowest, highest = np.full(count, np.iinfo(np.int64).max), np.full(count, NONE, dtype=np.int64)
    np.minimum.at(lowest, name, account)
    np.maximum.at(highest, name, account)
    return np.where((highest == NONE) | (lowest == highest), highest, _SEVERAL)


def _is_held(accounts: pa.StringArray, held: pa.StringArray) -> np.ndarray:
    """Return which accounts are held, and false for ``NONE`` and ``_SEVERAL`` beyond the end."""
    return np.concatenate([flags(pc.is_in(accounts, value_set=held)), [False, False]])
