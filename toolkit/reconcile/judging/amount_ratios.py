"""By which numbers one side's amounts are multiplied, among documents of one party and time.

Looked at without any link: where a factor stands between two sides, few of their documents are linked at all.
"""

from typing import NamedTuple

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents import amounts
from toolkit.reconcile.coded import coded
from toolkit.reconcile.events import NO_DAY
from toolkit.reconcile.judging.compared import EXPLAINED, Compared

_SAMPLE, _MOST_CANDIDATES = 600, 120
_BIN = 0.002
_MOST_FACTORS, _TRIED = 3, 6
# A deposit or an instalment is a plain part of the whole, and no factor between two lists unless most amounts are such.
_PARTS = np.array([0.1, 0.2, 0.25, 0.3, 1 / 3, 0.4, 0.5, 0.6, 2 / 3, 0.7, 0.75])
_MOST = 0.6
_FEE_FROM = 0.93
_FARTHEST = 2_000.0


class Candidates(NamedTuple):
    """Targets that may belong to sources by party and day: their rows, and which sources were looked at."""

    rows_l: Ints
    rows_r: Ints
    looked_at: Ints


class Factors(NamedTuple):
    """What one side's amounts are multiplied by, the most usual first, and of how many documents that holds.

    ``explained`` are those with an amount that needs no factor, ``total`` all that have a candidate.
    """

    values: tuple[float, ...]
    held: int
    explained: int
    total: int


def constant_factors(compared: Compared) -> Factors:
    """Return the factors that hold between amounts which nothing else explains."""
    left, right = compared.left, compared.right
    found = candidates(compared)
    relation = amounts.amount_relations(
        left.amount[found.rows_l], right.amount[found.rows_r], tax_l=left.tax[found.rows_l], tax_r=right.tax[found.rows_r],
        fee_l=left.fee[found.rows_l], fee_r=right.fee[found.rows_r],
    )  # fmt: skip
    is_explained = compared.is_grouped.copy()
    is_explained[found.rows_l[np.isin(relation, (*EXPLAINED, amounts.TRANSPOSED))]] = True
    linked = compared.linked
    is_explained[linked.rows_l[np.isin(linked.relation, (*EXPLAINED, amounts.TRANSPOSED))]] = True
    is_net = left.is_net[found.rows_l] != right.is_net[found.rows_r]
    known = np.unique(found.rows_l)
    with np.errstate(invalid="ignore"):
        is_same_way = left.amount[found.rows_l] * right.amount[found.rows_r] > 0
    open_pairs = np.flatnonzero(~is_explained[found.rows_l] & ~is_net & is_same_way)
    rows, own, other = (
        found.rows_l[open_pairs],
        left.amount[found.rows_l[open_pairs]],
        right.amount[found.rows_r[open_pairs]],
    )
    values: list[float] = []
    is_held = np.zeros(len(left), dtype=bool)
    for _ in range(_MOST_FACTORS):
        is_open = ~is_held[rows]
        value, holders = _best_factor(rows[is_open], own[is_open], other[is_open], compared, usual=_MOST * len(known))
        if len(holders) < max(5, 0.05 * len(known)):
            break
        values.append(value)
        is_held[holders] = True
    return Factors(tuple(values), int(is_held.sum()), int(is_explained[known].sum()), len(known))


def _best_factor(rows: Ints, own: Floats, other: Floats, compared: Compared, *, usual: float) -> tuple[float, Ints]:
    """Return the factor that holds for most sources, and these."""
    if not len(rows):
        return 1.0, rows
    ratio = other / own
    is_possible = (np.abs(ratio - 1) > 0.005) & (ratio > 1 / _FARTHEST) & (ratio < _FARTHEST)
    if compared.handoff.entity_r in {"payment", "bank_line"} or compared.handoff.entity_l in {"payment", "bank_line"}:
        is_possible &= (ratio < _FEE_FROM) | (ratio > 1)
    step = np.round(np.log(ratio) / _BIN).astype(np.int64)
    pairs = np.unique(np.stack([step, rows], axis=1)[is_possible], axis=0)
    steps, counts = np.unique(pairs[:, 0], return_counts=True)
    best: tuple[float, Ints] = (1.0, rows[:0])
    for at in np.argsort(-counts, kind="stable")[:_TRIED]:
        middle = float(np.median(ratio[is_possible & (np.abs(step - steps[at]) <= 1)]))
        # Below one the other side was multiplied: 1 / 1.19 is no round number, 1.19 is.
        plain = [round(middle, 2), round(middle, 3)] if middle >= 1 else [1 / round(1 / middle, 2), 1 / round(1 / middle, 3)]
        for value in (middle, *plain):
            is_its = np.abs(other - value * own) <= np.maximum(1.01, 3e-4 * np.abs(other))
            holders = np.unique(rows[is_its & is_possible])
            if bool((np.abs(value - _PARTS) < 0.002).any()) and len(holders) < usual:
                continue
            if len(holders) > len(best[1]):
                best = (value, holders)
    return best


def candidates(compared: Compared) -> Candidates:
    """Return targets of a source's party and time, or where parties are not known, of its time; and those linked to it."""
    left, right = compared.left, compared.right
    usable_l = np.flatnonzero((np.nan_to_num(left.amount) != 0) & ~compared.is_grouped)
    looked_at = usable_l[:: max(1, len(usable_l) // _SAMPLE)]
    by_party = _joined(compared, looked_at, by_account=True)
    has_party = len(np.unique(by_party[0])) >= 0.3 * len(looked_at)
    rows_l, rows_r = by_party if has_party else _joined(compared, looked_at, by_account=False)
    is_looked_at = np.zeros(len(left), dtype=bool)
    is_looked_at[looked_at] = True
    is_linked = is_looked_at[compared.linked.rows_l] & (compared.linked.has_number | (not has_party))
    rows_l = np.concatenate([rows_l, compared.linked.rows_l[is_linked]])
    rows_r = np.concatenate([rows_r, compared.linked.rows_r[is_linked]])
    has_amount = ~np.isnan(right.amount[rows_r])
    return Candidates(rows_l[has_amount], rows_r[has_amount], looked_at)


def _joined(compared: Compared, looked_at: Ints, *, by_account: bool) -> tuple[Ints, Ints]:
    """Return pairs of rows within reach of each other."""
    left, right = compared.left, compared.right
    party = coded(right.account)
    code_r = party.code if by_account else np.zeros(len(right), dtype=np.int64)
    code_l = party.code_of(left.account) if by_account else np.zeros(len(left), dtype=np.int64)
    before, after = (45, compared.handoff.grace_days + 75) if by_account else (7, compared.handoff.grace_days + 21)
    day_r = np.where(right.day == NO_DAY, 0, right.day)
    order = np.lexsort((day_r, code_r))
    order = order[code_r[order] >= 0]
    party_r, days = code_r[order], day_r[order]
    pairs_l, pairs_r = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for row in looked_at.tolist():
        if code_l[row] < 0:
            continue
        since, until = np.searchsorted(party_r, [code_l[row], code_l[row] + 1])
        day = left.day[row]
        if day != NO_DAY:
            since, until = since + np.searchsorted(days[since:until], [day - before, day + after + 1])
        at = order[since:until][:_MOST_CANDIDATES]
        pairs_l.append(np.full(len(at), row, dtype=np.int64))
        pairs_r.append(at)
    return np.concatenate(pairs_l), np.concatenate(pairs_r)
