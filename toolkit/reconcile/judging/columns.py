"""Whether each side says what is compared: when, how much, in which currency."""

import numpy as np
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import Flags, coded, flags
from toolkit.reconcile.events import NO_DAY, days_of
from toolkit.reconcile.judging.amount_ratios import Factors
from toolkit.reconcile.judging.compared import Compared
from toolkit.reconcile.judging.split import Hints, by_split, may_be_swapped, swapped, with_doubt
from toolkit.reconcile.judging.unread import Unread
from toolkit.reconcile.judging.verdict import (
    ERROR,
    FAILED,
    LAG,
    LOSS,
    MISSING,
    PARTLY,
    VOLUME,
    Verdict,
    counts_text,
    sound,
)
from toolkit.reconcile.measures import MONEY_DOCUMENTS
from toolkit.reconcile.sides import Side, finished_column, is_billed_work

_ENOUGH, _FEW = 0.9, 0.5
_FEWEST = 20
_MANY_DIFFER, _SOME_DIFFER = 0.3, 0.15
_MAX_FUTURE_SHARE = 0.05
_USUAL_LAG_DAYS = 5
_NONE, _PRICED = 0.05, frozenset({"deal", "quote"})
_LOST_APART, _LOST_TIMES = 0.2, 3
_MENDED_SHARE = 0.4
_MIN_EQUAL_SHARE = 0.25


def dates(compared: Compared, _hints: Hints) -> Verdict:
    """Return whether both sides are dated, and by days that can be.

    Parameters
    ----------
    compared
        Both sides.
    _hints
        Not asked.
    """
    told = ((compared.left.whole_days, compared.source), (compared.right.day, compared.target))
    parts = [f"{counts_text(int((days != NO_DAY).sum()), len(days))} {whose}" for days, whose in told]
    said = f"{' and '.join(parts)} have a date."
    shares = [float((days != NO_DAY).mean()) if len(days) else 1.0 for days, _ in told]
    place = int(np.argmin(shares))
    where = told[place][1]
    held = (*((VOLUME,) if shares[0] < _ENOUGH else ()), LAG, MISSING, LOSS)
    if shares[place] < _FEW:
        to_do = f"Name the column that dates the {where}, and how its dates are written, in engagement.yaml."
        return Verdict("dates", FAILED, said, to_do, (*held, ERROR) if shares[0] < _FEW else held)
    if shares[place] < _ENOUGH:
        to_do = f"Look at the {where} without a date: say how dates are written there, or ask for a new export."
        return Verdict("dates", PARTLY, said, to_do, held)
    return _unread(compared) or _undated(compared) or _swapped(compared) or _future(compared) or sound("dates", said)


def _swapped(compared: Compared) -> Verdict | None:
    """Return that day and month have changed places, which shows in three ways."""
    held = (VOLUME, LAG, MISSING, LOSS)
    to_do = "Say in engagement.yaml whether the day or the month comes first ({}), and audit again."
    sides = ((compared.left, compared.label_l, compared.noun_l), (compared.right, compared.label_r, compared.noun_r))
    for side, label, noun in sides:
        known = side.day[side.day != NO_DAY]
        day = known.astype("datetime64[D]")
        number = np.unique((day - day.astype("datetime64[M]")).astype(np.int64) + 1)
        if len(known) >= 2 * _FEWEST and len(number) >= 8 and number.max() <= 12:
            reason = f"All {len(known):,} dates of {noun} in {label} lie on the first twelve days of a month: day and month "
            return Verdict("dates", FAILED, f"{reason}seem to have changed places.", to_do.format(label), held)
    is_able, is_judged = may_be_swapped(compared.left.day), compared.is_found | compared.is_missing
    lost, able = int((compared.is_missing & is_able).sum()), int((is_judged & is_able).sum())
    others_lost, others = int((compared.is_missing & ~is_able).sum()), int((is_judged & ~is_able).sum())
    if min(able, others) >= _FEWEST and _are_lost_apart(lost / able, others_lost / others):
        reason = (
            f"{counts_text(lost, able)} {compared.noun_l} dated on one of the first twelve days of a month have no "
            f"counterpart, but only {counts_text(others_lost, others)} of the others: day and month seem to be swapped."
        )
        return Verdict("dates", FAILED, reason, to_do.format(f"{compared.label_l} and {compared.label_r}"), held)
    rows_l, rows_r = compared.linked.rows_l, compared.linked.rows_r
    day_l, day_r = compared.left.day[rows_l], compared.right.day[rows_r]
    is_known = (day_l != NO_DAY) & (day_r != NO_DAY)
    day_l, day_r = day_l[is_known], day_r[is_known]
    is_able = may_be_swapped(day_l) | may_be_swapped(day_r)
    odd, mended = _odd_lags(day_l, day_r, is_able)
    if mended >= 5 and mended >= 0.15 * is_able.sum() and mended >= _MENDED_SHARE * odd:
        reason = (
            f"{mended:,} of {is_able.sum():,} pairs of {compared.noun_l} and {compared.noun_r} lie weeks apart, and on the "
            "usual days when day and month change places."
        )
        return Verdict("dates", FAILED, reason, to_do.format(f"{compared.label_l} and {compared.label_r}"), held)
    return None


def _are_lost_apart(share: float, others: float) -> bool:
    """Whether so many more of one group are missing than of the other that chance is no explanation."""
    return share - others >= _LOST_APART and share >= _LOST_TIMES * others


def _odd_lags(day_l: Ints, day_r: Ints, is_able: Flags) -> tuple[int, int]:
    """Return how many pairs that could be swapped lie unusually far apart, and how many of them no longer when swapped."""
    lag = day_r - day_l
    usual = lag[~is_able]
    if len(usual) < 10:
        return 0, 0
    low, high = np.quantile(usual, (0.05, 0.95))
    low, high = low - _USUAL_LAG_DAYS, high + _USUAL_LAG_DAYS

    def is_usual(lags: Ints) -> Flags:
        return np.asarray((lags >= low) & (lags <= high), dtype=bool)

    is_odd = is_able & ~is_usual(lag)
    is_mended = is_usual(swapped(day_r) - day_l) | is_usual(day_r - swapped(day_l))
    return int(is_odd.sum()), int((is_odd & is_mended).sum())


def _future(compared: Compared) -> Verdict | None:
    today = int(np.datetime64(compared.as_of).astype(np.int64))
    sides = ((compared.left, compared.label_l, compared.noun_l), (compared.right, compared.label_r, compared.noun_r))
    for side, label, noun in sides:
        known = side.day[side.day != NO_DAY]
        late = int((known > today + _USUAL_LAG_DAYS).sum())
        if late >= _FEWEST and late >= _MAX_FUTURE_SHARE * len(known):
            reason = f"{counts_text(late, len(known))} {noun} in {label} are dated after {compared.as_of}."
            to_do = f"Check how {label} writes its dates (day or month first), and which column says when it happened."
            return Verdict("dates", FAILED, reason, to_do, (VOLUME, LAG, MISSING, LOSS))
    return None


def _unread(compared: Compared) -> Verdict | None:
    """Return that days stand in a list and could not be read, so that other days stood in for them."""
    sides: tuple[tuple[Unread | None, str, tuple[str, ...]], ...] = (
        (compared.unread_l, compared.source, _held(compared.handoff)),
        (compared.unread_r, compared.target, (LAG,)),
    )
    for unread, whose, held in sides:
        if unread is None or unread.lost <= (1 - _ENOUGH) * unread.stated:
            continue
        reason = (
            f"{counts_text(unread.lost, unread.stated)} days in column “{unread.header}” of the {whose} could not be read, "
            f"such as “{unread.example}”; another day that stands there is no measure of a delay."
        )
        to_do = f"Say in engagement.yaml how the days in “{unread.header}” are written, or ask for a new export."
        return Verdict("dates", FAILED if unread.lost > _FEW * unread.stated else PARTLY, reason, to_do, held)
    return None


def _held(handoff: Handoff) -> tuple[str, ...]:
    # Of work, what is not finished takes part then as well.
    return (*((VOLUME,) if is_billed_work(handoff) else ()), LAG, MISSING, LOSS)


def _undated(compared: Compared) -> Verdict | None:
    """Return that deals have no day of their win, or work none of its end, so that the day of entry stood in for it."""
    handoff, table = compared.handoff, compared.left.table
    if handoff.trigger == "record_created" or not table.num_rows:
        return None
    if handoff.entity_l == "deal":
        column, done, end = "closed_at", "won", "win"
    elif is_billed_work(handoff):
        column, done, end = finished_column(handoff), "finished", "end"
    else:
        return None
    told = int((days_of(table[column].cast("date32", safe=False)) != NO_DAY).sum())
    if told >= _FEW * table.num_rows:
        return None
    return Verdict(
        "dates", PARTLY,
        f"Only {counts_text(told, table.num_rows)} {compared.source} say when they were {done}; the day they "
        "were entered is no measure of a delay.",
        f"Name the column with the day of the {end} in {compared.label_l}, and how it is written, in engagement.yaml.",
        _held(handoff),
    )  # fmt: skip


def amounts(compared: Compared, hints: Hints) -> Verdict:
    """Return whether documents of money state an amount on both sides.

    Parameters
    ----------
    compared
        Both sides.
    hints
        What is missing, and how amounts relate.
    """
    sides = (
        (compared.left, compared.label_l, compared.noun_l, compared.handoff.entity_l),
        (compared.right, compared.label_r, compared.noun_r, compared.handoff.entity_r),
    )
    parts, bare, worst = [], [], None
    for side, label, noun, entity in sides:
        known = int((~np.isnan(side.amount) | ~np.isnan(side.net)).sum())
        share = known / len(side) if len(side) else 1.0
        # Not every deal has a price, but where none has one a column was not read.
        is_priced = entity in MONEY_DOCUMENTS or entity in _PRICED
        if known or is_priced:
            parts.append(f"{counts_text(known, len(side))} {noun} in {label}")
        else:
            bare.append(f"the {noun} in {label} carry none")
        is_short = share < (_ENOUGH if entity in MONEY_DOCUMENTS else _NONE if entity in _PRICED else 0.0)
        if is_short and (worst is None or share < worst[0]):
            worst = (share, label, noun)
    said = "; ".join([f"{' and '.join(parts)} state an amount"] * bool(parts) + bare) + "."
    if worst is not None:
        verdict = FAILED if worst[0] < _FEW else PARTLY
        to_do = f"Name the column with the amount of the {worst[2]} in {worst[1]}, and how numbers are written there."
        return Verdict("amounts", verdict, said, to_do, with_doubt(compared, ERROR, LOSS))
    if hints.split is not None and hints.split.aspect == "amounts":
        return by_split(compared, hints.split)
    return _zeros(compared) or _strange(compared, hints.factors) or sound("amounts", said)


def _zeros(compared: Compared) -> Verdict | None:
    """Return that most amounts of a side are 0, as in a column of what is still open."""
    for side, label, noun in (
        (compared.left, compared.label_l, compared.noun_l),
        (compared.right, compared.label_r, compared.noun_r),
    ):
        known = side.amount[~np.isnan(side.amount)]
        if len(known) >= _FEWEST and (known == 0).mean() >= 1 - _FEW:
            reason = f"{counts_text(int((known == 0).sum()), len(known))} amounts of {noun} in {label} are 0."
            to_do = (
                f"Name the column with the whole amount of the {noun} in {label}: this one seems to hold what is still open."
            )
            return Verdict("amounts", FAILED, reason, to_do, with_doubt(compared, ERROR, LOSS))
    return None


def _strange(compared: Compared, factors: Factors) -> Verdict | None:
    """Return that hardly any amount of one side stands on the other, though parties and dates meet."""
    unexplained = factors.total - factors.explained - factors.held
    if factors.total < _FEWEST or factors.explained >= _MIN_EQUAL_SHARE * factors.total or unexplained < 0.5 * factors.total:
        return None
    return Verdict(
        "amounts", FAILED,
        f"Only {counts_text(factors.explained, factors.total)} {compared.noun_l} have an amount that stands in "
        f"{compared.label_r} for the same customer or supplier about that time.",
        f"Check which column holds the amount of the {compared.source} and of the {compared.target}.",
        (MISSING, ERROR, LOSS, LAG) if compared.missing_share > _FEW else with_doubt(compared, ERROR, LOSS),
    )  # fmt: skip


def currency(compared: Compared, hints: Hints) -> Verdict:
    """Return whether both sides state the same currency.

    Parameters
    ----------
    compared
        Both sides.
    hints
        What is missing, and how amounts relate.
    """
    left, right = compared.left.texts("currency"), compared.right.texts("currency")
    usual_l, share_l = _usual(compared.left)
    usual_r, share_r = _usual(compared.right)
    if hints.split is not None and hints.split.aspect == "currency":
        return by_split(compared, hints.split)
    one, other = left.take(compared.linked.rows_l), right.take(compared.linked.rows_r)
    is_known = flags(pc.and_(pc.not_equal(one, ""), pc.not_equal(other, "")))
    differ = int((flags(pc.not_equal(one, other)) & is_known).sum())
    count = int(is_known.sum())
    are_apart = usual_l != usual_r and min(share_l, share_r) >= 0.8 and min(len(left), len(right)) >= _FEWEST
    if (count >= _FEWEST and differ >= _SOME_DIFFER * count) or are_apart:
        reason = (
            f"Most {compared.source} are in {usual_l}, most {compared.target} in "
            f"{usual_r}; {counts_text(differ, count)} pairs state two currencies."
        )
        to_do = (
            f"Say in engagement.yaml in which currency {compared.label_l} and {compared.label_r} keep these amounts, or "
            "name the column that says so."
        )
        verdict = FAILED if are_apart or differ >= _MANY_DIFFER * count else PARTLY
        return Verdict("currency", verdict, reason, to_do, with_doubt(compared, ERROR, LOSS))
    if not usual_l or not usual_r:
        return sound("currency", "At least one side states no currency, so that of the client was taken.")
    return sound("currency", f"Most amounts are in {usual_l} on one side and in {usual_r} on the other.")


def _usual(side: Side) -> tuple[str, float]:
    """Return the currency of most documents, and their share of those that name one."""
    found = coded(side.texts("currency"))
    counts = np.bincount(found.code[found.code >= 0])
    if not len(counts):
        return "", 0.0
    return str(found.texts[int(np.argmax(counts))]), float(counts.max() / counts.sum())
