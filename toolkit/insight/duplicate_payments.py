"""Payments that may have been made twice: candidates that are counted, each to be looked at by a person.

Two entries of one list are a candidate when the same supplier, amount and currency stand within a window, and their
numbers may be one (`number_likeness`). Without numbers they must be a few days apart and off the rhythm in which this
supplier is paid that amount. What a credit note took back, and instalments, are left out.

Amounts are minor units, positive for money out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from statistics import median

from toolkit.insight.number_likeness import number_likeness, plain_number

WINDOW_DAYS = 90
UNNUMBERED_DAYS = 7
_CREDIT_DAYS = 180
_A_SERIES = 3
_MANY_A_DAY = 1.5
_SAME = "the same number"
_UNNUMBERED = "no number to tell them apart"
_BEYOND = "payments of one bill beyond its amount"


@dataclass(frozen=True, slots=True)
class Paid:
    """One entry of a list of money going out; ``settles`` names the bill it pays, where the list says so."""

    record_key: str
    vendor: str
    amount_minor: int
    currency: str
    on: date
    number: str | None = None
    settles: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Money that a supplier gave back, or promised to."""

    vendor: str
    amount_minor: int
    currency: str
    on: date


@dataclass(frozen=True, slots=True)
class DuplicatePayment:
    """Two entries that may be one payment, the earlier first, and why."""

    first: Paid
    second: Paid
    likeness: str

    @property
    def days(self) -> int:
        """How far they are apart."""
        return (self.second.on - self.first.on).days


def duplicate_payments(
    paid: Iterable[Paid],
    credits_given: Iterable[Credit] = (),
    *,
    bill_totals: Mapping[tuple[str, str], int] | None = None,
    window_days: int = WINDOW_DAYS,
    unnumbered_days: int = UNNUMBERED_DAYS,
) -> list[DuplicatePayment]:
    """Return the candidates of one list, in the order of the second entry; each entry is the second of one at most.

    Parameters
    ----------
    paid
        The list: bills as entered, or payments.
    credits_given
        What suppliers gave back.
    bill_totals
        Amount of a bill by supplier and number, in minor units: payments of one bill that do not exceed it are instalments.
    window_days
        How far two entries with like numbers may be apart.
    unnumbered_days
        How far they may be apart where a number is missing.

    Examples
    --------
    >>> one = Paid("a", "Acme", 12500, "USD", date(2026, 3, 2), "INV-104")
    >>> [found] = duplicate_payments([one, Paid("b", "Acme", 12500, "USD", date(2026, 3, 20), "104")])
    >>> found.likeness, found.days
    ('the same number', 18)
    """
    groups: dict[tuple[str, int, str], list[Paid]] = defaultdict(list)
    for one in paid:
        if one.amount_minor > 0 and one.vendor:
            groups[one.vendor, one.amount_minor, one.currency].append(one)
    given: dict[tuple[str, int, str], list[date]] = defaultdict(list)
    for back in credits_given:
        given[back.vendor, back.amount_minor, back.currency].append(back.on)
    limits = (window_days, unnumbered_days)
    found = []
    for key, entries in groups.items():
        if len(entries) > 1:
            own = _candidates(sorted(entries, key=lambda one: (one.on, one.record_key)), bill_totals or {}, limits)
            found += _not_credited(own, sorted(given[key]))
    return sorted(found, key=lambda one: (one.second.on, one.second.record_key))


def _candidates(
    entries: Sequence[Paid], totals: Mapping[tuple[str, str], int], limits: tuple[int, int]
) -> list[DuplicatePayment]:
    rhythm = _rhythm(entries)
    found = []
    for place, second in enumerate(entries):
        is_beyond = _is_beyond_bill(second, entries[: place + 1], totals)
        told = [
            (
                first,
                _BEYOND if is_beyond and _is_one_bill(first, second) else _likeness(first, second, entries, rhythm, limits),
            )
            for first in takewhile(lambda one: (second.on - one.on).days <= limits[0], reversed(entries[:place]))  # noqa: B023
        ]
        best = next(((first, words) for first, words in told if words in {_SAME, _BEYOND}), None)
        best = best or next(((first, words) for first, words in told if words), None)
        if best is not None and best[1] and not _are_instalments(best[0], second, best[1], totals):
            found.append(DuplicatePayment(best[0], second, best[1]))
    return found


def _rhythm(entries: Sequence[Paid]) -> float | None:
    """Return how many days usually lie between two payments of this amount; null where too few can tell."""
    days = sorted({one.on for one in entries})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(days) < _A_SERIES:
        return None
    # Who pays the same sum several times on most days, as tolls, has no rhythm that a second payment would break.
    return 0.0 if len(entries) >= _MANY_A_DAY * len(days) else median(gaps)


def _likeness(
    first: Paid, second: Paid, entries: Sequence[Paid], rhythm: float | None, limits: tuple[int, int]
) -> str | None:
    apart = (second.on - first.on).days
    window_days, unnumbered_days = limits
    if apart > window_days:
        return None
    is_off_rhythm = rhythm is None or apart < rhythm / 2
    if not first.number and not second.number:
        return _UNNUMBERED if apart <= unnumbered_days and is_off_rhythm else None
    words = number_likeness(first.number, second.number)
    if words == _SAME:
        number = plain_number(first.number)
        # A number that stands on every payment is the client's number at the supplier.
        is_account = sum(plain_number(one.number) == number for one in entries) >= _A_SERIES
        is_regular = is_account and rhythm is not None and rhythm > unnumbered_days
        return words if is_off_rhythm or not is_regular else None
    if words is not None:
        # Without the second entry three others must tell the rhythm; of two equal amounts one may be chance.
        return words if is_off_rhythm or len({one.on for one in entries}) <= _A_SERIES else None
    if plain_number(first.number) and plain_number(second.number):
        return None
    return _UNNUMBERED if apart <= unnumbered_days and is_off_rhythm else None


def _is_one_bill(first: Paid, second: Paid) -> bool:
    return plain_number(first.settles) == plain_number(second.settles) != ""


def _is_beyond_bill(second: Paid, until: Sequence[Paid], totals: Mapping[tuple[str, str], int]) -> bool:
    """Return whether a payment brings those of its bill, at this amount, above what the bill states."""
    total = totals.get((second.vendor, plain_number(second.settles)))
    return total is not None and sum(one.amount_minor for one in until if _is_one_bill(one, second)) > total


def _are_instalments(first: Paid, second: Paid, likeness: str, totals: Mapping[tuple[str, str], int]) -> bool:
    if likeness == _BEYOND or not plain_number(first.settles) or not plain_number(second.settles):
        return False
    if _is_one_bill(first, second):
        # Parts of a bill up to its amount; of a bill that nobody has seen it cannot be told.
        return (second.vendor, plain_number(second.settles)) in totals
    # Each pays a bill of its own, unless one bill was entered twice.
    return number_likeness(first.settles, second.settles) is None


def _not_credited(found: Sequence[DuplicatePayment], given: list[date]) -> list[DuplicatePayment]:
    """Return the candidates that no credit note took back; each credit note takes back one."""
    kept = []
    for one in found:
        back = next((on for on in given if one.first.on <= on and (on - one.second.on).days <= _CREDIT_DAYS), None)
        if back is None:
            kept.append(one)
        else:
            given.remove(back)
    return kept
