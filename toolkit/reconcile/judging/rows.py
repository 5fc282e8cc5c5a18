"""How many documents take part: which passed the filter, which were read twice, and which days both lists cover."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.documents.side import codes_of
from toolkit.reconcile.coded import array_of, coded, firsts
from toolkit.reconcile.covered_days import Covered
from toolkit.reconcile.events import NO_DAY, days_of
from toolkit.reconcile.judging.compared import Compared
from toolkit.reconcile.judging.split import Hints, by_split
from toolkit.reconcile.judging.verdict import (
    ALL_MEASURES,
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
from toolkit.reconcile.sides import Side

_MAX_UNKNOWN_SHARE = 0.1
_FEWEST = 20
_TWIN_SHARE = 0.3
_FEWEST_DAYS, _MIN_SHARED = 28, 0.7
_NO_VOLUME = (MISSING, LAG, ERROR, LOSS)


def row_filter(compared: Compared, hints: Hints) -> Verdict:
    """Return how many documents take part, and whether it is known which should.

    Parameters
    ----------
    compared
        Both sides.
    hints
        What is missing, and how amounts relate.
    """
    found = _without_rows(compared) or _twins(compared)
    if found is not None:
        return found
    if hints.split is not None and hints.split.aspect == "filter":
        return by_split(compared, hints.split)
    taking_part = counts_text(len(compared.left.whole_days), compared.stream_l.num_rows)
    return sound("filter", f"{taking_part} {compared.source.removeprefix('won ')} take part.")


def _without_rows(compared: Compared) -> Verdict | None:
    """Return that a side has nothing to compare, or that it is not known what of it should be."""
    rows, kept = compared.stream_l.num_rows, len(compared.left.whole_days)
    source = compared.source.removeprefix("won ")
    if not rows:
        return Verdict("filter", FAILED, f"No {source} were read.", f"Ask for an export of {source}.", ALL_MEASURES)
    unknown = _unknown_wins(compared, kept) if compared.handoff.entity_l == "deal" else None
    if unknown is not None:
        return unknown
    if not kept:
        reason = f"None of the {rows:,} {source} takes part: all are void or deleted."
        to_do = f"Say what the values of the status of {compared.label_l} mean{_statuses(compared.stream_l)}."
        return Verdict("filter", FAILED, reason, to_do, ALL_MEASURES)
    if not len(compared.right):
        reason = f"There are no {compared.target} to compare the {kept:,} {compared.source} with."
        return Verdict("filter", FAILED, reason, f"Ask for an export of {compared.target}.", _NO_VOLUME)
    return None


def _unknown_wins(compared: Compared, kept: int) -> Verdict | None:
    """Return that of deals it is not known whether they were won."""
    table = compared.stream_l
    is_open = np.asarray(pc.is_null(array_of(table["is_won"])))
    to_do = f"Say which values of the stage or status in {compared.label_l} mean won and lost{_statuses(table)}."
    if not kept:
        reason = f"None of the {table.num_rows:,} deals in {compared.label_l} is known to be won" + (
            ", and of none is it known that it was not." if is_open.all() else "."
        )
        return Verdict("filter", FAILED, reason, to_do, ALL_MEASURES)
    closed = days_of(table["closed_at"].cast(pa.date32(), safe=False))
    today = int(np.datetime64(compared.as_of).astype(np.int64))
    unknown = int((is_open & (closed != NO_DAY) & (closed <= today)).sum())
    if unknown >= _FEWEST and unknown >= _MAX_UNKNOWN_SHARE * (unknown + int((~is_open).sum())):
        reason = (
            f"Of {counts_text(unknown, table.num_rows)} deals in {compared.label_l} it is not known whether they were won."
        )
        return Verdict("filter", PARTLY, reason, to_do, (VOLUME, MISSING, LOSS))
    return None


def _statuses(table: pa.Table) -> str:
    """Return the usual values of a status, as a client reads them; nothing without any."""
    found = coded(table["status"]) if "status" in table.column_names else None
    if found is None or not len(found.texts):
        return ""
    usual = np.argsort(-np.bincount(found.code[found.code >= 0], minlength=len(found.texts)), kind="stable")[:4]
    return f" ({', '.join(f'“{str(found.texts[int(at)])[:30]}”' for at in usual)})"


def _twins(compared: Compared) -> Verdict | None:
    """Return that a side has many documents twice: then a file was read twice under two names."""
    for side, label, whose in (
        (compared.left, compared.label_l, compared.source),
        (compared.right, compared.label_r, compared.target),
    ):
        twins, count = twin_count(side)
        if count >= _FEWEST and twins >= _TWIN_SHARE * count:
            reason = f"{counts_text(twins, count)} {whose} stand there twice: same customer or supplier, amount and day."
            to_do = f"Take out of the exports of {label} the file that was sent twice, and audit again."
            return Verdict("filter", FAILED, reason, to_do, ALL_MEASURES)
    return None


def twin_count(side: Side) -> tuple[int, int]:
    """Return how many documents of a side have a twin, and how many could have: equal in number or party, amount and day."""
    number, account = codes_of(side.texts("number")), codes_of(side.account)
    is_known = ~np.isnan(side.amount) & (side.day != NO_DAY) & ((account >= 0) | (number >= 0))
    rows = np.flatnonzero(is_known)
    if not len(rows):
        return 0, 0
    # Numbers stand below zero, apart from accounts.
    whose = np.where(account[rows] < 0, ~number[rows], account[rows])
    columns = (whose, side.amount[rows].astype(np.int64), side.day[rows])
    order = np.lexsort(columns)
    size = np.diff(np.append(firsts(*(column[order] for column in columns)), len(rows)))
    return int(size[size > 1].sum()), len(rows)


def period(compared: Compared, hints: Hints) -> Verdict:
    """Return which days both lists cover; what lies outside is not judged.

    Parameters
    ----------
    compared
        Both sides.
    hints
        What is missing, and how amounts relate.
    """
    left, right = compared.covered_l, compared.covered_r
    if NO_DAY in {left.first, right.first}:
        return Verdict("period", FAILED, "One of the lists has no dated document.", None, ())
    first, last = max(left.first, right.first), min(left.last, right.last)
    said = f"{compared.label_l} covers {_days(left)}, {compared.label_r} {_days(right)}"
    to_do = f"Ask for the {compared.source} and the {compared.target} of the same months."
    if last - first + 1 < _FEWEST_DAYS:
        return Verdict("period", FAILED, f"{said}: there is no month that both cover.", to_do, _NO_VOLUME)
    whole = max(left.last, right.last) - min(left.first, right.first) + 1
    own = compared.left.whole_days
    own = own[own != NO_DAY]
    in_holes = sum(int(((own >= since) & (own <= until)).sum()) for since, until in right.holes)
    is_short = last - first + 1 < _MIN_SHARED * whole
    if is_short or in_holes >= _FEWEST / 2 or (left.holes and _have_entries(compared.right, left)):
        return Verdict("period", PARTLY, f"{said}: only what both cover was judged.", to_do, ())
    if hints.split is not None and hints.split.aspect == "period":
        return by_split(compared, hints.split)
    return sound("period", f"{said}.")


def _have_entries(side: Side, covered: Covered) -> bool:
    return sum(int(((side.day >= since) & (side.day <= until)).sum()) for since, until in covered.holes) >= _FEWEST / 2


def _days(covered: Covered) -> str:
    """Return the days that are covered; the report writes them as the client's country does."""
    first, last = (np.datetime64(day, "D").item() for day in (covered.first, covered.last))
    said = f"{first} to {last}"
    holes = [f"{np.datetime64(since, 'D').item()} to {np.datetime64(until, 'D').item()}" for since, until in covered.holes]
    return f"{said} without {' and '.join(holes[:3])}" if holes else said
