"""The documents of one side of a parallel run, as they are compared: day, party, amount, and the fields agreed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow.compute as pc

from toolkit.golive.compared_fields import AMOUNT, CURRENCY, DAY, PARTY
from toolkit.reconcile.events import NO_DAY
from toolkit.reconcile.party_names import folded_names
from toolkit.reconcile.sides import Side
from toolkit.values import company_name
from toolkit.values.text import folded

Value = str | int | date | None
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of one side.

    ``values`` are the compared fields as written, ``said`` the same without what is only another way of writing it.
    ``account`` and ``name`` say whose it is, ``joined`` what the columns hold that name the document on both sides; each is
    empty where nothing is known. ``title`` and ``party`` are the number (or id) and the name as people read them.
    """

    key: str
    day: date | None
    account: str
    name: str
    amount: int | None
    currency: str
    number: str
    joined: str
    values: dict[str, Value]
    said: dict[str, Value]
    title: str
    party: str


def entries(side: Side, fields: Sequence[str], by: Sequence[str] = ()) -> list[Entry]:
    """Return the documents of a side in the order of their keys.

    Parameters
    ----------
    side
        The documents, with the account of each party.
    fields
        What is compared, of ``COMPARABLE``.
    by
        Columns whose values, equal on both sides, join two documents.
    """
    days = [None if day == NO_DAY else _EPOCH + timedelta(days=day) for day in side.day.tolist()]
    accounts, names = _parties(side)
    amounts = [None if np.isnan(one) else round(one) for one in side.amount.tolist()]
    texts = {name: side.texts(name).to_pylist() for name in {*by, CURRENCY, "number", "party_name", "party_ref"}}
    others = {name: _column(side, name) for name in fields if name not in {DAY, PARTY, AMOUNT}}
    found = []
    for row, key in enumerate(side.keys.to_pylist()):
        shown: dict[str, Value] = {}
        said: dict[str, Value] = {}
        for name in fields:
            if name == PARTY:
                shown[name] = texts["party_name"][row] or texts["party_ref"][row]
                said[name] = accounts[row] or names[row] or None
            else:
                value = days[row] if name == DAY else amounts[row] if name == AMOUNT else others[name][row]
                shown[name], said[name] = value, (plain(value) or None) if isinstance(value, str) else value
        joined = "\n".join(plain(str(texts[name][row] or "")) for name in by)
        found.append(
            Entry(
                key, days[row], accounts[row], names[row], amounts[row], texts[CURRENCY][row] or "",
                plain(texts["number"][row] or ""), joined if joined.strip() else "", shown, said,
                texts["number"][row] or key.split("/", 2)[-1], texts["party_name"][row] or texts["party_ref"][row] or "",
            )
        )  # fmt: skip
    return found


def kept_fields(left: Sequence[Entry], right: Sequence[Entry], fields: Sequence[str]) -> tuple[str, ...]:
    """Return the fields that both sides keep: a column that one list does not have differs from nothing.

    Parameters
    ----------
    left, right
        Both sides.
    fields
        Those that may be compared.
    """
    both = (left, right)
    return tuple(name for name in fields if all(any(one.said.get(name) is not None for one in side) for side in both))


def _column(side: Side, name: str) -> list[Value]:
    if name not in side.table.column_names:
        return [None] * len(side)
    values: list[Value] = side.table[name].to_pylist()
    return [None if one == "" else one for one in values]


def plain(text: str) -> str:
    """Return a text in small letters, without accents and with single blanks: what is left says the same.

    Examples
    --------
    >>> plain("  Café  DELUXE ")
    'cafe deluxe'
    """
    return " ".join(folded(text).split())


def _parties(side: Side) -> tuple[list[str], list[str]]:
    """Return whose each document is: the account, and the name without its legal form, or else what stands for it."""
    written = side.texts("party_name")
    names = pc.if_else(pc.is_valid(folded_names(written)), company_name.standardised(written), None).to_pylist()
    references = side.texts("party_ref").to_pylist()
    shown = [name or plain(reference or "") for name, reference in zip(names, references, strict=True)]
    return [account or "" for account in side.account.to_pylist()], shown
