"""Invoices that needed a correction: credited, voided, or changed after they were issued; each counted once.

A payment changes an invoice too, so only its amount, customer, number and date count as changes, seen as two snapshots of
one list that differ.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.insight.number_likeness import plain_number

CREDIT_DAYS = 120
_VOID = re.compile(r"(?i)\b(void|voided|cancel|canceled|cancelled|deleted|written off)\b")
_MIN_NAMED = 3
_EDITED = {"amount_minor": "amount", "party": "customer", "number": "number", "issued_on": "date"}


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice as its list has it; ``party`` is its customer as one key, or the name as written."""

    record_key: str
    number: str | None
    party: str | None
    amount_minor: int | None
    currency: str | None
    issued_on: date | None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class CreditNote:
    """A credit note; ``names`` are texts in which it may name its invoice."""

    record_key: str
    party: str | None
    amount_minor: int | None
    currency: str | None
    issued_on: date | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """Why an invoice counts as corrected: ``kinds`` of credited, voided, edited, in this order, and a sentence."""

    invoice: Invoice
    kinds: tuple[str, ...]
    reason: str
    other_key: str | None


def corrections(
    invoices: Sequence[Invoice], credit_notes: Iterable[CreditNote] = (), earlier: Iterable[Mapping[str, Invoice]] = ()
) -> tuple[list[Correction], list[CreditNote]]:
    """Return the invoices that needed a correction, and the credit notes that fit none of them.

    Parameters
    ----------
    invoices
        As the list has them now.
    credit_notes
        A credit note belongs to the invoice that it names, else to the last one of the same customer, amount and currency
        within `CREDIT_DAYS`.
    earlier
        The same invoices by their keys in snapshots before, oldest first.

    Examples
    --------
    >>> one = Invoice("ledger/invoices/7", "INV-7", "acme", 12500, "USD", date(2026, 3, 2), "Voided")
    >>> found, left = corrections([one])
    >>> found[0].kinds, left
    (('voided',), [])
    """
    reasons: dict[str, dict[str, str]] = defaultdict(dict)
    others: dict[str, str] = {}
    left: list[CreditNote] = []
    by_number, by_amount = _by_number(invoices), _by_amount(invoices)
    for note in credit_notes:
        owner = _owner(note, by_number, by_amount)
        if owner is None:
            left.append(note)
            continue
        reasons[owner.record_key]["credited"] = "a credit note takes it back, or part of it"
        others.setdefault(owner.record_key, note.record_key)
    for one in invoices:
        if one.status and _VOID.search(one.status):
            reasons[one.record_key]["voided"] = f"its status is {one.status!r}"
    now = {one.record_key: one for one in invoices}
    parties = {one.party for one in invoices}
    for snapshot in earlier:
        for key, before in snapshot.items():
            if key in now and (changed := changed_fields(before, now[key], parties)):
                reasons[key].setdefault("edited", f"its {' and '.join(changed)} changed after it was issued")
    order = ("credited", "voided", "edited")
    return [
        Correction(
            one,
            tuple(kind for kind in order if kind in reasons[one.record_key]),
            "; ".join(reasons[one.record_key][kind] for kind in order if kind in reasons[one.record_key]),
            others.get(one.record_key),
        )
        for one in invoices
        if one.record_key in reasons
    ], left


def _by_number(invoices: Sequence[Invoice]) -> dict[str, list[Invoice]]:
    found: dict[str, list[Invoice]] = defaultdict(list)
    for one in invoices:
        if len(number := plain_number(one.number)) >= _MIN_NAMED:
            found[number].append(one)
    return found


def _by_amount(invoices: Sequence[Invoice]) -> dict[tuple[str | None, int | None, str | None], list[Invoice]]:
    found: dict[tuple[str | None, int | None, str | None], list[Invoice]] = defaultdict(list)
    for one in sorted((one for one in invoices if one.issued_on and one.party), key=lambda one: one.issued_on or date.min):
        found[one.party, one.amount_minor, one.currency].append(one)
    return found


def _owner(
    note: CreditNote,
    by_number: Mapping[str, Sequence[Invoice]],
    by_amount: Mapping[tuple[str | None, int | None, str | None], Sequence[Invoice]],
) -> Invoice | None:
    # In the order in which they are written: of two that a note names the first one counts, in every run.
    words = [plain_number(word) for text in note.names for word in [text, *re.findall(r"[\w\-/]+", text)]]
    named = [one for word in words for one in by_number.get(word, ()) if one.party == note.party or one.party is None]
    if named:
        return named[0]
    if note.amount_minor is None or note.issued_on is None:
        return None
    same = by_amount.get((note.party, abs(note.amount_minor), note.currency), ())
    before = [one for one in same if one.issued_on and 0 <= (note.issued_on - one.issued_on).days <= CREDIT_DAYS]
    return before[-1] if before else None


def changed_fields(before: Invoice, now: Invoice, parties: Container[str | None]) -> list[str]:
    """Return what of a document changed between two snapshots, in words; a value that only one of them has did not.

    Parameters
    ----------
    before, now
        The same document.
    parties
        Customers that the list names now: one that it names no more was renamed, and its documents did not change.

    Examples
    --------
    >>> one = Invoice("ledger/invoices/7", "INV-7", "acme", 12500, "USD", date(2026, 3, 2))
    >>> changed_fields(one, Invoice("ledger/invoices/7", "INV-7", "acme", 12000, "USD", date(2026, 3, 2)), {"acme"})
    ['amount']
    """
    values = {words: (getattr(before, name), getattr(now, name)) for name, words in _EDITED.items()}
    changed = [words for words, (old, new) in values.items() if old is not None and new is not None and old != new]
    return [words for words in changed if words != _EDITED["party"] or before.party in parties]
