"""How likely two documents of two systems are the same event: bits for party, number, amount, date and words.

Each agreement is worth ``log2(m / u)``: m says how often true counterparts agree, u how often two documents agree by
chance, counted from the target's own values. A rare amount is worth more than a common one. The prior is one in the
number of documents in the target.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.query import query_connection
from toolkit.reconcile import amounts
from toolkit.reconcile.events import NO_DAY, Side
from toolkit.reconcile.quoted import Quotes, quotes
from toolkit.reconcile.wording import Wording, wording

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

EARLIEST_DAYS, LATEST_DAYS = -21, 200
_QUOTED_WINDOW_DAYS = 400
_NEAREST_IN_ACCOUNT = 60
_NEAREST_BY_AMOUNT = 12

# m: how often true counterparts agree so; what is left of the hundred are other differences.
_SAME_ACCOUNT, _OTHER_ACCOUNT = 0.93, 0.07
_AMOUNT_M = {
    amounts.EQUAL: 0.85, amounts.TAX: 0.05, amounts.FEE: 0.05, amounts.FACTOR: 0.01, amounts.TRANSPOSED: 0.01,
}  # fmt: skip
# How many amounts are within reach of each relation: so much likelier is it by chance than equality.
_AMOUNT_REACH = {amounts.EQUAL: 1, amounts.TAX: 2, amounts.FEE: 2, amounts.FACTOR: 4, amounts.TRANSPOSED: 6}
_MOST_AMOUNT_BITS = 17.0
# A party that the other system has no record of may well be one that was not recognised there.
_UNLINKED_BITS = -2.0
_CLOSE_BITS, _DIFFERENT_BITS = 0.0, -4.0
_CLAIMED_BITS = -7.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs that may be counterparts: rows on both sides, total bits, and what speaks for them."""

    left: Integers
    right: Integers
    bits: Numbers
    relation: npt.NDArray[np.int8]
    is_same_account: Flags
    quoted: Numbers
    worded: Numbers
    words: Wording


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two sides hold against each other, computed once; only the weight of the lag is learned afterwards."""

    left: Side
    right: Side
    pairs_l: Integers
    pairs_r: Integers
    fixed_bits: Numbers
    relation: npt.NDArray[np.int8]
    is_same_account: Flags
    quoted: Numbers
    worded: Numbers
    words: Wording

    def candidates(self, lags: "LagDensity") -> Candidates:
        """Return the pairs with their total bits under a distribution of lags."""
        lag = pair_lags(self.left, self.right, self.pairs_l, self.pairs_r)
        bits = self.fixed_bits + np.where(np.isnan(lag), 0.0, lags.bits(np.nan_to_num(lag)))
        return Candidates(
            self.pairs_l, self.pairs_r, bits, self.relation, self.is_same_account, self.quoted, self.worded, self.words
        )


@dataclass(frozen=True, slots=True)
class LagDensity:
    """How lags in days are spread among true counterparts, against chance over ``span_days``."""

    span_days: float
    learned: tuple[int, ...] = ()

    def bits(self, lag_days: Numbers) -> Numbers:
        """Return log2 of the density at each lag against an even spread over the span."""
        late = 0.9 / 10 / (1 + np.maximum(lag_days, 0) / 10) ** 2
        early = 0.1 / 4 * np.exp(np.minimum(lag_days, 0) / 4)
        density = np.where(lag_days >= 0, late, early)
        if self.learned:
            density = 0.15 * density + 0.85 * self._kernel(lag_days)
        bits: Numbers = np.log2(np.maximum(density * self.span_days, 2.0**-10))
        return bits

    def _kernel(self, lag_days: Numbers) -> Numbers:
        """Smooth the learned lags, wider where they are long: a day more matters less at thirty than at three."""
        days, counts = np.unique(np.array(self.learned), return_counts=True)
        width = 1.0 + 0.15 * np.abs(days)
        distance = np.abs(lag_days[:, None] - days[None, :]) / width[None, :]
        weights = counts / counts.sum() / (2 * width)
        density: Numbers = (weights[None, :] * np.exp(-distance)).sum(axis=1)
        return density


def pair_lags(left: Side, right: Side, rows_l: Integers, rows_r: Integers) -> Numbers:
    """Return target day minus source day of each pair; NaN where a date is unknown."""
    day_l, day_r = left.day[rows_l], right.day[rows_r]
    is_known = (day_l != NO_DAY) & (day_r != NO_DAY)
    return np.where(is_known, (day_r - day_l).astype(np.float64), np.nan)


def evidence(left: Side, right: Side) -> Evidence:
    """Return everything two sides of documents hold for and against each other."""
    words = wording(left.table, right.table)
    chance = _amount_chance(left, right)
    found = quotes(left.table, right.table, lambda rows_l, rows_r: _corroborated(left, right, rows_l, rows_r))
    pairs_l, pairs_r = _candidate_pairs(left, right, found, words)
    relation = _relations(left, right, pairs_l, pairs_r)
    is_same, account_bits = _account_bits(left, right, pairs_l, pairs_r, words)
    quoted = _quoted_bits(found, pairs_l, pairs_r)
    worded = words.text_bits(pairs_l, pairs_r)
    fixed = account_bits + quoted + worded + _amount_bits(relation, chance[pairs_r])
    return Evidence(
        left, right, pairs_l, pairs_r, fixed - np.log2(max(len(right), 2)), relation, is_same,
        np.maximum(quoted, 0.0), worded,
        words,
    )  # fmt: skip


def _amount_chance(left: Side, right: Side) -> Numbers:
    """Return for each target how likely an unrelated document has its amount: by others that have it, and by its spread.

    The spread counts the target's amounts within a tenth, over the number of amounts possible there: round amounts are
    fewer, so they meet by chance more often.
    """
    amount = np.abs(right.amount)
    known = np.sort(amount[~np.isnan(amount)])
    if len(known) == 0:
        return np.ones(len(right))
    near = np.searchsorted(known, amount * 1.1, "right") - np.searchsorted(known, amount * 0.9, "left")
    possible = np.maximum(0.2 * amount / _roundness(amount), 1.0)
    spread = np.minimum(np.maximum(near, 1) / len(known) / possible, 1 / len(known))
    others = np.maximum(_sharers(amount, amount) - 1, _sharers(amount, np.abs(left.amount)) - 1)
    chance: Numbers = np.maximum(others, 0) / len(known) + spread
    return chance


def _roundness(amount: Numbers) -> Numbers:
    """Return the step people count in when they name this amount: cents, whole units, tens, hundreds."""
    step = np.ones(len(amount))
    for candidate in (5, 100, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 1_000_000):
        step = np.where(np.mod(np.nan_to_num(amount), candidate) == 0, candidate, step)
    return step


def _sharers(amount: Numbers, others: Numbers) -> Numbers:
    """Return how many of ``others`` have each amount."""
    ordered = np.sort(others[~np.isnan(others)])
    found = np.searchsorted(ordered, amount, "right") - np.searchsorted(ordered, amount, "left")
    return found.astype(np.float64)


def _corroborated(left: Side, right: Side, rows_l: Integers, rows_r: Integers) -> Numbers:
    relation = _relations(left, right, rows_l, rows_r)
    is_same, is_known = _same_accounts(left, right, rows_l, rows_r)
    is_amount = np.isin(relation, (amounts.EQUAL, amounts.TAX, amounts.FEE))
    says_something = is_known | (relation != amounts.UNKNOWN)
    return np.where(is_same | is_amount, 1.0, np.where(says_something, 0.0, np.nan))


def _relations(left: Side, right: Side, rows_l: Integers, rows_r: Integers) -> npt.NDArray[np.int8]:
    amount_l, amount_r = left.amount[rows_l], right.amount[rows_r]
    # Money that goes the other way is another event; a bank shows both directions in one list.
    is_opposed = np.sign(amount_l) * np.sign(amount_r) < 0
    relation = amounts.amount_relations(
        amount_l, amount_r, tax_l=left.tax[rows_l], tax_r=right.tax[rows_r], fee_l=left.fee[rows_l], fee_r=right.fee[rows_r]
    )
    relation[is_opposed] = amounts.DIFFERENT
    return relation


def _same_accounts(left: Side, right: Side, rows_l: Integers, rows_r: Integers) -> tuple[Flags, Flags]:
    codes: dict[str, int] = {}
    code_l = np.array([-1 if one is None else codes.setdefault(one, len(codes)) for one in left.account], dtype=np.int64)
    code_r = np.array([-1 if one is None else codes.setdefault(one, len(codes)) for one in right.account], dtype=np.int64)
    one, other = code_l[rows_l], code_r[rows_r]
    is_known = (one >= 0) & (other >= 0)
    return is_known & (one == other), is_known


def _is_known_there(left: Side, right: Side) -> Flags:
    """Return which target documents belong to a party that the source's system has a record of."""
    return np.array([one is not None and one in left.known_accounts for one in right.account], dtype=bool)


def _account_bits(left: Side, right: Side, rows_l: Integers, rows_r: Integers, words: Wording) -> tuple[Flags, Numbers]:
    is_same, is_known = _same_accounts(left, right, rows_l, rows_r)
    sizes: dict[str, int] = {}
    for account in right.account:
        if account is not None:
            sizes[account] = sizes.get(account, 0) + 1
    size = np.array([sizes.get(one, 1) if one is not None else 1 for one in right.account], dtype=np.float64)
    agree = np.log2(_SAME_ACCOUNT * max(len(right), 2) / size[rows_r]) if len(right) else np.zeros(0)
    # Two systems whose party was not recognised as one may still write it alike.
    named = words.name_bits(rows_l, rows_r)
    is_there = _is_known_there(left, right)[rows_r]
    differs = np.where(is_there, np.log2(_OTHER_ACCOUNT), _UNLINKED_BITS)
    apart = np.where(is_known, np.where(named > 0, named - np.where(is_there, 1.0, 0.0), differs), named)
    return is_same, np.where(is_same, agree, apart)


def _amount_bits(relation: npt.NDArray[np.int8], chance: Numbers) -> Numbers:
    bits = np.zeros(len(relation))
    for code, m in _AMOUNT_M.items():
        worth = np.minimum(np.log2(m / np.minimum(chance * _AMOUNT_REACH[code], 1.0)), _MOST_AMOUNT_BITS)
        bits = np.where(relation == code, worth, bits)
    bits = np.where(relation == amounts.CLOSE, _CLOSE_BITS, bits)
    result: Numbers = np.where(relation == amounts.DIFFERENT, _DIFFERENT_BITS, bits)
    return result


def _quoted_bits(found: Quotes, rows_l: Integers, rows_r: Integers) -> Numbers:
    """A number shared is evidence for; a document that quotes somebody else's number is evidence against."""
    known = {(int(one), int(other)): bits for one, other, bits in zip(found.left, found.right, found.bits, strict=True)}
    bits = np.zeros(len(rows_l))
    for index, pair in enumerate(zip(rows_l.tolist(), rows_r.tolist(), strict=True)):
        own = known.get(pair, 0.0)
        if own:
            bits[index] = own
        elif pair[0] in found.claimed_l or pair[1] in found.claimed_r:
            bits[index] = _CLAIMED_BITS
    return bits


def _candidate_pairs(left: Side, right: Side, found: Quotes, words: Wording) -> tuple[Integers, Integers]:
    """Return the pairs worth weighing: same account or amount within the window, a shared number, rare shared words."""
    pairs = pa.table({"l": found.left, "r": found.right})
    rare_l, rare_r = words.rare_pairs
    named = pa.table({"l": rare_l, "r": rare_r})
    with query_connection() as connection:
        connection.register("l", _side_table(left))
        connection.register("r", _side_table(right))
        connection.register("al", _amount_keys(left))
        connection.register("ar", _amount_keys(right))
        connection.register("quoted", pairs)
        connection.register("named", named)
        rows: pa.Table = connection.sql(
            f"""
            WITH by_account AS (
                SELECT l.i AS l, r.i AS r FROM l JOIN r ON l.account = r.account
                WHERE r.day IS NULL OR l.day IS NULL OR r.day - l.day BETWEEN {EARLIEST_DAYS} AND {LATEST_DAYS}
                QUALIFY row_number() OVER (PARTITION BY l.i ORDER BY abs(r.day - l.day), r.i) <= {_NEAREST_IN_ACCOUNT}
                     OR (l.amount = r.amount)
            ), by_amount AS (
                SELECT l.i AS l, r.i AS r FROM al JOIN ar ON al.amount = ar.amount
                JOIN l ON l.i = al.i JOIN r ON r.i = ar.i
                WHERE r.day - l.day BETWEEN {EARLIEST_DAYS} AND {LATEST_DAYS}
                QUALIFY row_number() OVER (PARTITION BY l.i ORDER BY abs(r.day - l.day), r.i) <= {_NEAREST_BY_AMOUNT}
            ), by_quote AS (
                SELECT quoted.l, quoted.r FROM quoted JOIN l ON l.i = quoted.l JOIN r ON r.i = quoted.r
                WHERE r.day IS NULL OR l.day IS NULL OR abs(r.day - l.day) <= {_QUOTED_WINDOW_DAYS}
            ), by_name AS (
                SELECT named.l, named.r FROM named JOIN l ON l.i = named.l JOIN r ON r.i = named.r
                WHERE r.day - l.day BETWEEN {EARLIEST_DAYS} AND {LATEST_DAYS}
            )
            SELECT DISTINCT l, r FROM (
                FROM by_account UNION ALL FROM by_amount UNION ALL FROM by_quote UNION ALL FROM by_name
            ) ORDER BY l, r
            """
        ).to_arrow_table()
    pairs_l, pairs_r = (np.asarray(rows[name].to_numpy(), dtype=np.int64) for name in ("l", "r"))
    return pairs_l, pairs_r


def _side_table(side: Side) -> pa.Table:
    return pa.table(
        {
            "i": np.arange(len(side)),
            "account": pa.array(side.account, pa.string()),
            "day": pa.array(side.day, mask=side.day == NO_DAY),
            "amount": pa.array(side.amount, mask=np.isnan(side.amount)),
        }
    )


def _amount_keys(side: Side) -> pa.Table:
    """Return each document with every amount it may be known by: gross, net of tax, less the fee."""
    variants = [side.amount, side.amount - np.nan_to_num(side.tax), side.amount - np.nan_to_num(side.fee)]
    keys = np.concatenate(variants)
    rows = np.tile(np.arange(len(side)), len(variants))
    is_known = ~np.isnan(keys)
    return pa.table({"i": rows[is_known], "amount": keys[is_known]})
