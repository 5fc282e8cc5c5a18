"""Whether what is missing is only what lacks something: a date, a party, an amount, or a month of the other list."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import NONE, Flags, coded
from toolkit.reconcile.events import NO_DAY
from toolkit.reconcile.judging.amount_ratios import Factors
from toolkit.reconcile.judging.compared import Compared
from toolkit.reconcile.judging.verdict import FAILED, LOSS, MISSING, Verdict, counts_text

MIN_DOUBTED_SHARE = 0.1
"""Below this share of missing items nothing is asked about them: chance alone makes patterns of a few."""

_FEWEST = 10
_ALL_BUT_MISSING, _HARDLY_MISSING, _EXPLAINED_SHARE = 0.85, 0.2, 0.6
_MOST_GROUPS = 40


class Split(NamedTuple):
    """Documents that all have one thing in common and are missing, while the others are not."""

    aspect: str
    words: str
    missing: int
    total: int
    others_missing: int
    others: int


class Hints(NamedTuple):
    """What several aspects ask for: what all that is missing has in common, and how amounts relate."""

    split: Split | None
    factors: Factors


def telling_split(compared: Compared) -> Split | None:
    """Return what nearly all missing documents have in common and the found ones do not, if anything."""
    if compared.missing_share < MIN_DOUBTED_SHARE:
        return None
    is_judged = compared.is_found | compared.is_missing
    for aspect, words, is_in in _groups(compared):
        own, others = is_judged & is_in, is_judged & ~is_in
        missing, others_missing = int((own & compared.is_missing).sum()), int((others & compared.is_missing).sum())
        if (
            own.sum() >= _FEWEST
            and others.sum() >= _FEWEST
            and missing >= _ALL_BUT_MISSING * own.sum()
            and others_missing <= _HARDLY_MISSING * others.sum()
            and missing >= _EXPLAINED_SHARE * (missing + others_missing)
        ):
            return Split(aspect, words, missing, int(own.sum()), others_missing, int(others.sum()))
    return None


def _groups(compared: Compared) -> Iterator[tuple[str, str, Flags]]:
    """Give what documents may have in common: the aspect it belongs to, in words, and which of the source have it."""
    left = compared.left
    yield "amounts", "without an amount", np.isnan(left.amount)
    yield "references", "without a customer or supplier that was recognised", np.asarray(pc.is_null(left.account))
    yield "references", "without a number", np.asarray(pc.is_null(left.texts("number")))
    yield "amounts", "with an amount below zero", left.amount < 0
    for aspect, column, words in (("currency", "currency", "in {}"), ("filter", "status", "with the status “{}”")):
        found = coded(left.texts(column))
        for at, text in enumerate(found.texts.to_pylist()[:_MOST_GROUPS]):
            yield aspect, words.format(str(text)[:40]), found.code == at
        yield aspect, f"without a {column}", found.code == NONE
    month = left.day.astype("datetime64[D]").astype("datetime64[M]")
    for one in np.unique(month[left.day != NO_DAY])[-_MOST_GROUPS:]:
        yield "period", f"of {one.astype('datetime64[D]').item():%B %Y}", month == one


def with_doubt(compared: Compared, *held: str) -> tuple[str, ...]:
    """Return the measures that are held back, also what is missing where so much is that this may be why."""
    return (*held, MISSING) if compared.missing_share >= MIN_DOUBTED_SHARE else held


def by_split(compared: Compared, split: Split) -> Verdict:
    """Return that what is missing has one thing in common, so that the comparison and not the work may be why."""
    return Verdict(
        split.aspect, FAILED,
        f"{counts_text(split.missing, split.total)} {compared.noun_l} {split.words} have no counterpart, but only "
        f"{counts_text(split.others_missing, split.others)} of the others.",
        f"Find out whether {compared.label_r} keeps the {compared.noun_l} {split.words} elsewhere, or whether a column was "
        "read wrongly.",
        (MISSING, LOSS),
    )  # fmt: skip


def may_be_swapped(days: Ints) -> Flags:
    """Return which days stay a date when day and month change places, and become another one.

    Examples
    --------
    >>> at = np.array(["2026-03-05", "2026-03-25", "2026-03-03"], "datetime64[D]").astype(np.int64)
    >>> may_be_swapped(at).tolist()
    [True, False, False]
    """
    day, month = days_and_months(days)
    return np.asarray((day <= 12) & (day != month) & (days != NO_DAY), dtype=bool)


def days_and_months(days: Ints) -> tuple[Ints, Ints]:
    """Return day of the month and month, from 1, of days since 1970."""
    at = np.where(days == NO_DAY, 0, days).astype("datetime64[D]")
    month = at.astype("datetime64[M]")
    return (at - month).astype(np.int64) + 1, month.astype(np.int64) % 12 + 1


def swapped(days: Ints) -> Ints:
    """Return days with day and month in each other's place; those that cannot be swapped as they are.

    Examples
    --------
    >>> at = np.array(["2026-03-05", "2026-03-25"], "datetime64[D]").astype(np.int64)
    >>> swapped(at).astype("datetime64[D]").astype(str).tolist()
    ['2026-05-03', '2026-03-25']
    """
    day, month = days_and_months(days)
    year = np.where(days == NO_DAY, 0, days).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    is_able = may_be_swapped(days)
    turned = (year * 12 + day - 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + month - 1
    return np.asarray(np.where(is_able, turned, days), dtype=np.int64)
