"""What the counterparts say of a handoff: items per month, lag, error share, missing share, average amounts.

Shares are counted on items of whole months only, those before ``as_of``: a stock of old differences is no rate of new ones.

Source: cost model, section 2 (median of the last six full months) and section 3 (stock is not flow).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Ints
from toolkit.rates import wilson_interval
from toolkit.reconcile.coded import Flags, array_of, coded, flags, known_numbers
from toolkit.reconcile.covered_days import Covered
from toolkit.reconcile.events import NO_DAY, days_of, is_time_up
from toolkit.reconcile.lag_measures import lag_measures
from toolkit.reconcile.mean_intervals import mean_measure
from toolkit.reconcile.nouns import PAYING
from toolkit.reconcile.passed_on import WRONG_AMOUNTS
from toolkit.tables import COUNTERPART, HANDOFF_MEASURE, HANDOFF_MONTH, checked
from toolkit.values.counted import counted
from toolkit.values.currency import exponent

VOLUME_MONTHS = 6
RATE_MONTHS = 12
_FEW_DAYS = 4
MONEY_DOCUMENTS = frozenset({"invoice", "order", "payment", "bank_line", "bill", "credit_note"})
_BILLING = frozenset({"invoice", "credit_note"})

_FATES = ("found", "missing", "waiting", "ambiguous", "unknown", "not_due")
_READ = (
    "event_on", "status", "event_l_at", "event_r_at", "lag_minutes", "lag_days", "is_error", "error_kind", "amount_l_minor",
    "amount_r_minor", "currency", "is_passed_on",
)  # fmt: skip
_EPOCH = date(1970, 1, 1)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months from ``first_on`` to the day before ``end_on``; ``months`` of them."""

    first_on: date
    end_on: date
    months: int


@dataclass(frozen=True, slots=True)
class _Items:
    """The source's items of one handoff: the local day of each (``NO_DAY``: unknown), and the rest of their rows."""

    day: Ints
    table: pa.Table

    def __len__(self) -> int:
        return len(self.day)

    def where(self, is_kept: Flags) -> "_Items":
        """Return some of the items."""
        return _Items(self.day[is_kept], self.table.filter(pa.array(is_kept)))

    def inside(self, window: Window | None) -> "_Items":
        """Return the items of a window; without one there are none."""
        if window is None:
            return self.where(np.zeros(len(self), dtype=bool))
        return self.where((self.day >= _number(window.first_on)) & (self.day < _number(window.end_on)))

    def has(self, status: str) -> Flags:
        """Return which items have a status."""
        return np.asarray(pc.equal(self.table["status"], status).combine_chunks())


def full_months(first_on: date, as_of: date) -> list[date]:
    """Return the first days of the months that had wholly passed at ``as_of``, from the month of ``first_on``.

    Examples
    --------
    >>> [str(one) for one in full_months(date(2026, 7, 9), date(2026, 10, 5))]
    ['2026-07-01', '2026-08-01', '2026-09-01']
    """
    months = []
    month = first_on.replace(day=1)
    while _next_month(month) <= as_of + timedelta(days=1):
        months.append(month)
        month = _next_month(month)
    return months


def months_of(counterparts: pa.Table, *, as_of: date) -> pa.Table:
    """Return the HANDOFF_MONTH table: what became of the source's documents of each local month.

    Months between the first and the last document without any are there with 0 items. Extra documents of the target and
    documents without a date belong to no month.
    """
    columns = ["handoff_id", "key_l", "event_on", "status", "is_error"]
    table = checked(counterparts, COUNTERPART).select(columns)
    table = table.filter(pc.and_(pc.is_valid(table["key_l"]), pc.is_valid(table["event_on"]))).combine_chunks()
    handoff, month = coded(table["handoff_id"]), _months_of(days_of(table["event_on"]))
    counted = [np.ones(table.num_rows, dtype=bool)]
    counted += [np.asarray(pc.equal(array_of(table["status"]), name)) for name in _FATES]
    counted.append(flags(table["is_error"]))
    result = []
    for number, handoff_id in enumerate(handoff.texts.to_pylist()):
        own = np.flatnonzero(handoff.code == number)
        first = int(month[own].min())
        counts = [np.bincount(month[own[one[own]]] - first).tolist() for one in counted]
        full = full_months(_first_day(first), as_of)
        met = [at for at, items in enumerate(counts[0]) if items]
        for at in sorted({*range(len(full)), *met}):
            named = zip(("items", *_FATES, "errors"), counts, strict=True)
            result.append(
                {
                    "handoff_id": handoff_id,
                    "month": _first_day(first + at),
                    **{name: one[at] if at < len(one) else 0 for name, one in named},
                    "is_full": at < len(full),
                }
            )
    return HANDOFF_MONTH.from_rows(result)


def handoff_measures(
    handoff: Handoff,
    counterparts: pa.Table,
    *,
    as_of: date,
    covered_l: Covered | None = None,
    covered_r: Covered | None = None,
) -> pa.Table:
    """Return the HANDOFF_MEASURE rows of one handoff, all measured.

    - ``volume_per_month``: median over the last 6 full months of the source's items.
    - ``lag_median``, ``lag_p90``: minutes where both systems keep times of day, else days; ``delay_days``: the mean in days.
    - ``error_share``: found items that disagree; ``missing_share``: items without counterpart among those older than the
      grace window. Both on items of the last 12 full months, with Wilson limits.
    - Where money moves: ``avg_invoice_value`` and ``invoices_per_month``, or ``avg_payment`` and ``payments_per_month``.

    A measure that nothing was counted for has a null value: unknown is not zero.

    Parameters
    ----------
    handoff
        The handoff.
    counterparts
        Table COUNTERPART; rows of other handoffs are left out.
    as_of
        Local day up to which the data is complete.
    covered_l, covered_r
        The days that source and target cover, where one of them does not reach up to ``as_of`` or has holes: months are
        counted in the source's, missing items in the target's.
    """
    table = checked(counterparts, COUNTERPART)
    is_own = pc.and_(pc.equal(table["handoff_id"], handoff.handoff_id), pc.is_valid(table["key_l"]))
    table = table.select(list(_READ)).filter(is_own)
    items = _Items(days_of(table["event_on"]), table)
    dated = items.day[items.day != NO_DAY]
    months = full_months(_day(int(dated.min())), _last_on(covered_l, as_of)) if len(dated) else []
    window = _window(months)
    inside = items.inside(window)
    found = inside.where(inside.has("found"))
    told = inside if covered_r is None else inside.where(covered_r.holds(inside.day, inside.day + handoff.grace_days))
    measures = [
        _volume(_whole_months(months, covered_l), dated),
        *_lags(found, inside, window, _number(as_of) - handoff.grace_days),
        _error_share(found, window),
        _missing_share(told, window, handoff.grace_days, as_of),
        *_money(handoff, found, months),
    ]
    counted = _days(window.first_on, window.end_on) if window else {}
    return HANDOFF_MEASURE.from_rows(
        {"handoff_id": handoff.handoff_id, "evidence": "measured", **counted, **measure} for measure in measures
    )


def _days(first_on: date | None, end_on: date | None) -> Row:
    """Return the first and the last day of what was counted."""
    return {"first_on": first_on, "last_on": end_on and end_on - timedelta(days=1)}


def _last_on(covered: Covered | None, as_of: date) -> date:
    """Return the day up to which a list goes; one that ends some days before its month does ends with that month."""
    if covered is None or covered.last == NO_DAY:
        return as_of
    last_on = _day(covered.last)
    month_end = _next_month(last_on) - timedelta(days=1)
    return min(as_of, month_end if (month_end - last_on).days <= _FEW_DAYS else last_on)


def _whole_months(months: Sequence[date], covered: Covered | None) -> Sequence[date]:
    """Return the months without the first, where the list begins in its middle."""
    is_cut = covered is not None and covered.first != NO_DAY and _day(covered.first).day > 1 + _FEW_DAYS
    return months[1:] if is_cut and len(months) > 1 else months


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def _number(day: date) -> int:
    return (day - _EPOCH).days


def _months_of(days: Ints) -> Ints:
    """Return the month of each day, counted from January 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _first_day(month: int) -> date:
    return date(1970 + month // 12, 1 + month % 12, 1)


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _window(months: Sequence[date]) -> Window | None:
    if not months:
        return None
    kept = months[-RATE_MONTHS:]
    return Window(kept[0], _next_month(kept[-1]), len(kept))


def _words(window: Window | None) -> str:
    if window is None:
        return "no whole month is covered"
    last = window.end_on - timedelta(days=1)
    return f"{window.months} whole months, {window.first_on:%B %Y} to {last:%B %Y}"


def _volume(months: Sequence[date], dated: Ints) -> Row:
    kept = list(months[-VOLUME_MONTHS:])
    month = _months_of(dated)
    counts = np.array([(month == int(_months_of(np.array([_number(one)]))[0])).sum() for one in kept], dtype=np.float64)
    return {
        "measure": "volume_per_month", "unit": "items per month",
        "value": float(np.median(counts)) if kept else None,
        "low": float(counts.min()) if kept else None, "high": float(counts.max()) if kept else None,
        "n": int(counts.sum()) if kept else 0,
        "method": f"Median of the items per month in the last {len(kept)} full months; limits are the quietest and the "
        "busiest of them." if kept else "No full month is covered, so no monthly volume can be told.",
        **_days(kept[0] if kept else None, _next_month(kept[-1]) if kept else None),
    }  # fmt: skip


def _lags(found: _Items, inside: _Items, window: Window | None, young: int) -> list[Row]:
    """Return the measures of the wait; where others still wait, of those whose time was up before the day ``young``."""
    old = found.where(found.day < young)
    # Of the young ones only the quick are seen.
    if window is None or not len(old) or not inside.has("waiting").any():
        return lag_measures(found.day, found.table, _words(window))
    words = f"{_words(window)}, without the last days, of which some still wait"
    counted = _days(window.first_on, min(window.end_on, _day(young)))
    return [{**row, **counted} for row in lag_measures(old.day, old.table, words)]


def _share(measure: str, x: int, n: int, method: str) -> Row:
    low, high = wilson_interval(x, n)
    return {
        "measure": measure, "unit": "share", "value": x / n if n else None, "low": low, "high": high, "x": x, "n": n,
        "method": method,
    }  # fmt: skip


def _error_share(found: _Items, window: Window | None) -> Row:
    wrong = int(flags(found.table["is_error"]).sum())
    method = f"Items whose counterpart disagrees with them, of those with a counterpart; {_words(window)}; Wilson 95 %."
    return _share("error_share", wrong, len(found), method)


def _missing_share(inside: _Items, window: Window | None, grace_days: int, as_of: date) -> Row:
    # An item inside the grace window can only be found or waiting: to count it would make the share too small.
    is_due = is_time_up(inside.day, grace_days, as_of)
    judged = inside.where((inside.has("found") | inside.has("missing")) & is_due)
    missing = int(judged.has("missing").sum())
    method = f"Items older than {grace_days} days without counterpart; {_words(window)}; Wilson 95 %."
    return _share("missing_share", missing, len(judged), method)


def _money(handoff: Handoff, found: _Items, months: Sequence[date]) -> list[Row]:
    if handoff.entity_r not in MONEY_DOCUMENTS and handoff.entity_l not in MONEY_DOCUMENTS:
        return []
    is_billing = bool({handoff.entity_l, handoff.entity_r} & _BILLING)
    is_paying = bool({handoff.entity_l, handoff.entity_r} & PAYING)
    if not is_billing and not is_paying:
        return []
    value_name, count_name = (
        ("avg_invoice_value", "invoices_per_month") if is_billing else ("avg_payment", "payments_per_month")
    )
    side = "amount_r_minor" if handoff.entity_r in MONEY_DOCUMENTS else "amount_l_minor"
    # One slip of the decimal sign among two hundred raises a mean by half: a wrong amount tells nothing of the usual one.
    is_wrong = flags(pc.is_in(found.table["error_kind"], pa.array(WRONG_AMOUNTS))) & flags(found.table["is_error"])
    is_passed_on = flags(found.table["is_passed_on"])
    paid = found.where(np.asarray(pc.is_valid(found.table[side]).combine_chunks()) & ~is_wrong & ~is_passed_on)
    currency = _usual_currency(paid.table["currency"])
    places = exponent(currency) if currency else 2
    own = pc.equal(paid.table["currency"], currency) if currency else pa.repeat(False, len(paid))
    is_own = flags(pc.or_(pc.fill_null(own, False), pc.is_null(paid.table["currency"])))
    amounts = known_numbers(paid.table[side])[is_own] / 10**places
    noun = "invoices" if is_billing else "payments"
    foreign = len(paid) - len(amounts)
    copied = int((is_passed_on & ~is_wrong).sum())
    aside = [f"{counted(foreign, noun.removesuffix('s'))} in other currencies"] * bool(foreign)
    aside += [f"{copied} that repeat a wrong amount of their source"] * bool(copied)
    others = f" Left out: {' and '.join(aside)}." if aside else ""
    per_month = _volume(months, found.day)
    said = f"Mean amount of the {noun} that agree with their source.{others}"
    return [
        mean_measure(value_name, amounts, currency or "currency", said),
        {
            **per_month,
            "measure": count_name,
            "unit": f"{noun} per month",
            "method": per_month["method"].replace("items", f"items that became {noun}", 1),
        },
    ]


def _usual_currency(currencies: pa.ChunkedArray) -> str | None:
    """Return the currency of most rows, of several the first by name; None where no row says."""
    named = coded(currencies.filter(pc.fill_null(pc.not_equal(currencies, ""), False)))
    if not len(named.texts):
        return None
    usual: str = named.texts[int(np.argmax(np.bincount(named.code)))].as_py()
    return usual
