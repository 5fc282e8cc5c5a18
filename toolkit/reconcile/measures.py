"""What the counterparts say of a handoff: items per month, lag, error share, missing share, average amounts.

Shares are counted on items of whole months only, those before ``as_of``: a stock of old differences is no rate of new ones.

Source: cost model, section 2 (median of the last six full months) and section 3 (stock is not flow).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.landscape.handoffs import Handoff
from toolkit.rates import wilson_interval
from toolkit.tables import COUNTERPART, HANDOFF_MEASURE, HANDOFF_MONTH, checked
from toolkit.values.currency import exponent

VOLUME_MONTHS = 6
RATE_MONTHS = 12
_MONEY_DOCUMENTS = frozenset({"invoice", "order", "payment", "bank_line", "bill", "credit_note"})
_BILLING = frozenset({"invoice", "credit_note"})
_PAYING = frozenset({"payment", "bank_line"})

Numbers = npt.NDArray[np.float64]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months from ``first_on`` to the day before ``end_on``; ``months`` of them."""

    first_on: date
    end_on: date
    months: int

    def holds(self, day: date | None) -> bool:
        """Return whether a day lies in the window."""
        return day is not None and self.first_on <= day < self.end_on


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
    rows = _rows(counterparts)
    per_handoff: dict[str, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        if row["key_l"] is not None and row["event_on"] is not None:
            counter = per_handoff[row["handoff_id"]][row["event_on"].replace(day=1)]
            counter.update({"items": 1, row["status"]: 1, "errors": int(row["is_error"])})
    result = []
    for handoff_id, months in sorted(per_handoff.items()):
        full = set(full_months(min(months), as_of))
        for month in sorted(full | set(months)):
            counts = months[month] if month in months else Counter[str]()
            names = ("items", "found", "missing", "waiting", "ambiguous", "errors")
            result.append(
                {
                    "handoff_id": handoff_id,
                    "month": month,
                    **{name: counts[name] for name in names},
                    "is_full": month in full,
                }
            )
    return HANDOFF_MONTH.from_rows(result)


def handoff_measures(handoff: Handoff, counterparts: pa.Table, *, as_of: date) -> pa.Table:
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
    """
    rows = [row for row in _rows(counterparts) if row["handoff_id"] == handoff.handoff_id and row["key_l"] is not None]
    dated = [row["event_on"] for row in rows if row["event_on"] is not None]
    months = full_months(min(dated), as_of) if dated else []
    window = _window(months)
    inside = [row for row in rows if window is not None and window.holds(row["event_on"])]
    found = [row for row in inside if row["status"] == "found"]
    measures = [
        _volume(months, dated),
        *_lags(found, window),
        _error_share(found, window),
        _missing_share(inside, window, handoff.grace_days, as_of),
        *_money(handoff, found, months),
    ]
    return HANDOFF_MEASURE.from_rows(
        {"handoff_id": handoff.handoff_id, "evidence": "measured", **measure} for measure in measures
    )


def _rows(counterparts: pa.Table) -> list[Row]:
    rows: list[Row] = checked(counterparts, COUNTERPART).to_pylist()
    return rows


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


def _volume(months: Sequence[date], dated: Sequence[date]) -> Row:
    kept = list(months[-VOLUME_MONTHS:])
    per_month = Counter(day.replace(day=1) for day in dated)
    counts = np.array([per_month[month] for month in kept], dtype=np.float64)
    return {
        "measure": "volume_per_month", "unit": "items per month",
        "value": float(np.median(counts)) if kept else None,
        "low": float(counts.min()) if kept else None, "high": float(counts.max()) if kept else None,
        "n": int(counts.sum()) if kept else 0,
        "method": f"Median of the items per month in the last {len(kept)} full months; limits are the quietest and the "
        "busiest of them." if kept else "No full month is covered, so no monthly volume can be told.",
    }  # fmt: skip


def _lags(found: Sequence[Row], window: Window | None) -> list[Row]:
    minutes = np.array([row["lag_minutes"] for row in found if row["lag_minutes"] is not None], dtype=np.float64)
    days = np.array([row["lag_days"] for row in found if row["lag_days"] is not None], dtype=np.float64)
    # Times of day on a few documents only would measure those few.
    has_minutes = len(minutes) > 0 and len(minutes) >= 0.8 * len(days)
    lags, unit = (minutes, "minutes") if has_minutes else (days, "days")
    said = (
        "time of entry in the target minus time in the source"
        if has_minutes
        else "date in the target minus date in the source"
    )
    mean_days = minutes / 1440 if has_minutes else days
    return [
        _quantile("lag_median", 0.5, lags, unit, f"Median of the {said}; {_words(window)}."),
        _quantile("lag_p90", 0.9, lags, unit, f"Nine in ten items took no longer: {said}; {_words(window)}."),
        _mean("delay_days", mean_days, "days", f"Mean of the {said}, in days; {_words(window)}."),
    ]


def _quantile(measure: str, share: float, values: Numbers, unit: str, method: str) -> Row:
    """Return a quantile with the order statistics that hold it in 95 of 100 samples."""
    if len(values) == 0:
        return {"measure": measure, "unit": unit, "value": None, "n": 0, "method": "No pair has a date on both sides."}
    ordered = np.sort(values)
    half = 1.959963984540054 * np.sqrt(len(values) * share * (1 - share))
    low = int(np.clip(np.floor(len(values) * share - half), 0, len(values) - 1))
    high = int(np.clip(np.ceil(len(values) * share + half), 0, len(values) - 1))
    return {
        "measure": measure, "unit": unit, "value": float(np.quantile(ordered, share)), "low": float(ordered[low]),
        "high": float(ordered[high]), "n": len(values), "method": method,
    }  # fmt: skip


def _mean(measure: str, values: Numbers, unit: str, method: str) -> Row:
    if len(values) == 0:
        return {"measure": measure, "unit": unit, "value": None, "n": 0, "method": "Nothing was found to measure."}
    mean = float(values.mean())
    half = 1.959963984540054 * float(values.std(ddof=1)) / np.sqrt(len(values)) if len(values) > 1 else None
    return {
        "measure": measure, "unit": unit, "value": mean, "low": None if half is None else mean - half,
        "high": None if half is None else mean + half, "n": len(values), "method": method,
    }  # fmt: skip


def _share(measure: str, x: int, n: int, method: str) -> Row:
    low, high = wilson_interval(x, n)
    return {
        "measure": measure, "unit": "share", "value": x / n if n else None, "low": low, "high": high, "x": x, "n": n,
        "method": method,
    }  # fmt: skip


def _error_share(found: Sequence[Row], window: Window | None) -> Row:
    wrong = sum(row["is_error"] for row in found)
    method = f"Items whose counterpart disagrees with them, of those with a counterpart; {_words(window)}; Wilson 95 %."
    return _share("error_share", wrong, len(found), method)


def _missing_share(inside: Sequence[Row], window: Window | None, grace_days: int, as_of: date) -> Row:
    last = as_of - timedelta(days=grace_days + 1)
    # An item inside the grace window can only be found or waiting: to count it would make the share too small.
    judged = [row for row in inside if row["status"] in {"found", "missing"} and row["event_on"] <= last]
    missing = sum(row["status"] == "missing" for row in judged)
    method = f"Items older than {grace_days} days without counterpart; {_words(window)}; Wilson 95 %."
    return _share("missing_share", missing, len(judged), method)


def _money(handoff: Handoff, found: Sequence[Row], months: Sequence[date]) -> list[Row]:
    if handoff.entity_r not in _MONEY_DOCUMENTS and handoff.entity_l not in _MONEY_DOCUMENTS:
        return []
    is_billing = bool({handoff.entity_l, handoff.entity_r} & _BILLING)
    is_paying = bool({handoff.entity_l, handoff.entity_r} & _PAYING)
    if not is_billing and not is_paying:
        return []
    value_name, count_name = (
        ("avg_invoice_value", "invoices_per_month") if is_billing else ("avg_payment", "payments_per_month")
    )
    side = "amount_r_minor" if handoff.entity_r in _MONEY_DOCUMENTS else "amount_l_minor"
    paid = [row for row in found if row[side] is not None]
    currencies = Counter(row["currency"] for row in paid if row["currency"])
    currency = min(currencies, key=lambda one: (-currencies[one], one)) if currencies else None
    places = exponent(currency) if currency else 2
    amounts = np.array([row[side] for row in paid if row["currency"] in {currency, None}], dtype=np.float64) / 10**places
    noun = "invoices" if is_billing else "payments"
    others = f" Other currencies ({len(paid) - len(amounts)} {noun}) are left out." if len(amounts) < len(paid) else ""
    per_month = _volume(months, [row["event_on"] for row in found])
    return [
        _mean(value_name, amounts, currency or "currency", f"Mean amount of the {noun} with a source document.{others}"),
        {
            **per_month,
            "measure": count_name,
            "unit": f"{noun} per month",
            "method": per_month["method"].replace("items", f"items that became {noun}", 1),
        },
    ]
