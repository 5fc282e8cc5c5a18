"""The saved assumptions and their case as HTML that stands on its own, for a notebook that is printed or exported."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from toolkit.audit.desks.assumptions.rows import InputRow
from toolkit.roi.portfolio import TOTAL
from toolkit.settings import Settings

_MOST_ROWS = 50
_MARKS = {"default": "assumed", "": "nobody has said"}


def still_html(rows: Sequence[InputRow], case: Mapping[str, Any], settings: Settings, outdated: str = "") -> str:
    """Return the saved state as HTML, every text escaped.

    Parameters
    ----------
    rows
        The inputs.
    case
        As the desk tells it to the page.
    settings
        As they are saved.
    outdated
        That what was measured is not what would be measured now; empty where it is.
    """
    total = case["sums"][TOTAL]
    currency = escape(settings.currency)
    figures = [
        ("Costs now", _money(total["cost_now"], currency, " a month")),
        ("Saves", _money(total["net_saving"], currency, " a month")),
        ("Costs once", _money(total["one_time"], currency)),
        (f"Is worth over {settings.rates.horizon_months} months", _money(total["npv"], currency)),
    ]
    if total["payback_months"] and total["payback_months"][1] is not None:
        figures.append(("Pays back in", f"{total['payback_months'][1]:.1f} months"))
    head = "".join(f"<tr><th style='text-align:left'>{name}</th><td>{text}</td></tr>" for name, text in figures)
    used = [row for row in rows if row.is_used or row.is_missing]
    body = "".join(
        f"<tr><td>{escape(_place(row.place, settings))}</td><td>{escape(row.words)}</td>"
        f"<td style='text-align:right'>{_range(row)}</td><td>{escape(row.unit)}</td>"
        f"<td>{escape(_MARKS.get(row.evidence, row.evidence))}{escape(_told(row))}</td></tr>"
        for row in used[:_MOST_ROWS]
    )
    more = f"<p>And {len(used) - _MOST_ROWS} more inputs.</p>" if len(used) > _MOST_ROWS else ""
    missing = sum(row.is_missing for row in used)
    open_ = f"<p><b>{missing} inputs are missing: the money is incomplete.</b></p>" if missing else ""
    told = f"<p><b>{escape(outdated)}</b></p>" if outdated else ""
    return (
        f"<h4>Business case of {escape(settings.client)}, all handoffs together, as saved</h4>"
        f"{told}<table>{head}</table>{open_}"
        "<table><thead><tr><th>handoff</th><th>input</th><th>low / likely / high</th><th>unit</th><th>evidence</th></tr>"
        f"</thead><tbody>{body}</tbody></table>{more}"
    )


def _place(place: str, settings: Settings) -> str:
    if place == TOTAL:
        return "all"
    return (settings.handoffs[place].label if place in settings.handoffs else "") or place


def _range(row: InputRow) -> str:
    if row.likely is None:
        return "missing"
    ends = (row.low, row.likely, row.high) if row.low != row.high else (row.likely,)
    return " / ".join(f"{one:,.4g}" for one in ends if one is not None)


def _told(row: InputRow) -> str:
    return "".join(f", {one}" for one in (row.who, row.on) if one)


def _money(band: Sequence[float | None] | None, currency: str, per: str = "") -> str:
    low, middle, high = band or (None, None, None)
    if middle is None:
        return "unknown: inputs are missing"
    ends = f" ({low:,.0f} to {high:,.0f})" if low is not None and high is not None else ""
    return f"{middle:,.0f} {currency}{per}{ends}"
