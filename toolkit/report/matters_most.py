"""Three lists of handoffs: where most is wrong or missing, where most hours go, and where most is still under way."""

from collections.abc import Callable
from typing import Any

from toolkit.report.blocks import Block, Heading, Inline, Note, Table
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text, shown_figure

_TOP = 3
_DAYS_PER_MONTH = 365 / 12
_MINUTES_PER_DAY = 24 * 60


def most_blocks(run: RunTables) -> list[Block]:
    """Return the three handoffs that matter most to right reports, to people's time, and to knowing how things stand.

    A list is left out where nothing is known for it.
    """
    labels = run.handoff_labels()
    wrong = _top(run, labels, lambda name: _times(run, name, _share(run, name)))
    hours = _top(run, labels, lambda name: _value(run, f"roi.hours_now.{name}"))
    under_way = _top(run, labels, lambda name: _times(run, name, _waiting(run, name)))
    rows: list[tuple[Inline, ...]] = []
    if wrong:
        rows.append(("Most that is wrong or missing in reports: items a month",))
        rows += [(labels[name], f"{decimal_text(items, 1)}") for name, items in wrong]
    if hours:
        rows.append(("Most of people’s time",))
        rows += [(labels[name], shown_figure(run.figures, f"roi.hours_now.{name}")) for name, _ in hours]
    if under_way:
        rows.append(("Most that a look at the figures does not show yet: items under way at any time",))
        rows += [(labels[name], f"{decimal_text(items, 1)}") for name, items in under_way]
    if not rows:
        return []
    told = (
        "Wrong or missing: items a month times the shares that arrive wrong and never arrive. Under way: items a month "
        "times the usual wait; payments on terms are left out, since their days are credit."
    )
    return [Heading("Where it matters most"), Table(("Handoff", "How much"), tuple(rows)), Note((told,))]


def _top(run: RunTables, labels: dict[str, str], weight: Callable[[str], float | None]) -> list[tuple[str, float]]:
    on_terms = run.paid_on_terms()
    found = [(name, amount) for name in labels if name not in on_terms and (amount := weight(name))]
    return sorted(found, key=lambda one: (-one[1], one[0]))[:_TOP]


def _value(run: RunTables, figure_id: str) -> float | None:
    row: Any = run.figures.get(figure_id)
    return None if row is None or row["value"] is None else float(row["value"])


def _times(run: RunTables, name: str, share: float | None) -> float | None:
    volume = _value(run, f"reconcile.volume.{name}")
    return None if volume is None or share is None else volume * share


def _share(run: RunTables, name: str) -> float | None:
    parts = [_value(run, f"reconcile.{one}.{name}") for one in ("error_share", "missing_share")]
    known = [one for one in parts if one is not None]
    return sum(known) if known else None


def _waiting(run: RunTables, name: str) -> float | None:
    """Return which part of a month an item is usually under way."""
    row: Any = run.figures.get(f"reconcile.lag_median.{name}")
    if row is None or row["value"] is None:
        return None
    days = row["value"] / _MINUTES_PER_DAY if row["unit"] == "minutes" else row["value"]
    return float(max(0.0, days)) / _DAYS_PER_MONTH
