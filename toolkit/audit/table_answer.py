"""A table of a run as a person reads it: columns in words, amounts in their currency, shares in per cent, marks of evidence.

``frame`` is the table as it is.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from toolkit.audit.explain import figure_amount
from toolkit.audit.run_gaps import labels_of, read_gaps
from toolkit.audit.verb_answers import frame_of, frame_rows
from toolkit.audit.verb_result import MAX_ROWS, UNKNOWN, VerbResult, evidence_text, html_answer, number_text, share_text
from toolkit.errors import UnknownNameError
from toolkit.report.record_names import written_amount
from toolkit.store import Run
from toolkit.tables import RESULTS
from toolkit.tables.schema import Column

if TYPE_CHECKING:
    import pandas as pd

_MAX_COLUMNS = 8
_ENDS = frozenset({"minor", "share", "at", "on"})
"""Ends of a name that say a unit, which the cell shows."""
_SIDES = {"l": " (left)", "r": " (right)"}
_SYSTEMS = frozenset({"system", "system_l", "system_r", "proposed_system"})
_SHARES = frozenset({"share", "match_probability", "probability"})
_OF_THE_ROW = frozenset({"value", "low", "high", "median", "likely", "p10", "p50", "p90", "assumed", "limit"})
"""Columns whose unit stands in the row."""
_CODED = frozenset({
    "aspect", "carrier", "column", "decision", "entity", "kind", "line", "measure", "metric", "name", "reason", "role",
    "status", "stream", "stream_l", "stream_r", "trigger", "verdict", "error_kind", "missing", "held_back", "lacking",
})  # fmt: skip
"""Columns of words of ours, which are written with underscores."""

Writer = Callable[[Any, Mapping[str, Any]], str]
"""Puts a value, which is none of nothing, and its row into words."""


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where rows come from: the table, how many it has, what its run leaves out, and what that calls things."""

    table: str = ""
    whole: int = 0
    gaps: tuple[str, ...] | None = None
    systems: Mapping[str, str] = field(default_factory=dict)
    handoffs: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class TableAnswer(VerbResult):
    """Rows of a table of a run, to be read; ``of`` shows other rows or columns of it in the same way."""

    meanings: tuple[str, ...] = ()
    origin: _Origin = field(default_factory=_Origin)

    def of(self, frame: "pd.DataFrame", *columns: str) -> "TableAnswer":
        """Return rows of the table as they are read.

        Parameters
        ----------
        frame
            Rows of ``frame``, in any order.
        columns
            Which columns, in which order; the first ones without.

        Raises
        ------
        UnknownNameError
            The table has no such column.
        """
        return _shown(self.origin, frame, columns)

    def _repr_html_(self) -> str:
        return html_answer(self.sentence, self.head, self.rows, self.notes, said=self._standing(), meanings=self.meanings)

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, key: Any) -> Any:
        """Return columns or rows of ``frame``: notebooks of before, which people have changed, go on working."""
        return self.frame[key]

    def __getattr__(self, name: str) -> Any:
        """Return what ``frame`` has of that name, for the same reason."""
        if name.startswith("_") or name == "frame":
            raise AttributeError(name)
        return getattr(self.frame, name)


def table_answer(run: Run, name: str, columns: Sequence[str] = ()) -> TableAnswer:
    """Return a table of a run to be read.

    Parameters
    ----------
    run
        A finished run.
    name
        Of the table.
    columns
        Which columns are shown, in which order; the first ones without.

    Raises
    ------
    UnknownNameError
        There is no such table, or it has no such column.
    """
    frame = frame_of(run.table(name))
    handoffs = {row["handoff_id"]: row["label"] or row["handoff_id"] for row in run.table("handoff").to_pylist()}
    handoffs |= {"total": "all of them", "recommended": "what pays"}
    currency = str(run.facts.get("currency") or "")
    return _shown(_Origin(name, len(frame), read_gaps(run), labels_of(run), handoffs, currency), frame, columns)


def _shown(origin: _Origin, frame: "pd.DataFrame", columns: Sequence[str]) -> TableAnswer:
    schema = {one.name: one for one in RESULTS[origin.table].columns}
    names = [str(one) for one in frame.columns]
    unknown = next((one for one in columns if one not in names), None)
    if unknown is not None:
        raise UnknownNameError(f"column of {origin.table}", unknown, names)
    shown = [*columns] or names[:_MAX_COLUMNS]
    writers = {one: _writer(one, schema.get(one), origin) for one in shown}
    # Only what is shown is put into words.
    rows = tuple(
        tuple(UNKNOWN if _is_nothing(row[one]) else write(row[one], row) for one, write in writers.items())
        for row in frame_rows(frame.head(MAX_ROWS))
    )
    left = len(frame) - MAX_ROWS
    hidden = [] if columns else names[_MAX_COLUMNS:]
    notes = [f"… and {left:,} more; .frame has all of them."] if left > 0 else []
    notes += [f"Further columns in .frame: {', '.join(hidden)}."] if hidden else []
    of_all = f" of {origin.whole:,}" if len(frame) != origin.whole else ""
    return TableAnswer(
        f"{origin.table}: {len(frame):,}{of_all} {'row' if len(frame) == 1 and not of_all else 'rows'}.",
        tuple(_head(one, schema.get(one), origin.currency) for one in shown),
        rows,
        frame,
        tuple(notes),
        origin.gaps,
        meanings=tuple(schema[one].meaning if one in schema else "" for one in shown),
        origin=origin,
    )


def _head(name: str, column: Column | None, currency: str) -> str:
    """Return a column's name in words, with its unit where all rows have the same."""
    parts = name.split("_")
    parts = parts[:-1] if len(parts) > 1 and parts[-1] in _ENDS else parts
    side = next((said for one, said in _SIDES.items() if one in parts[1:]), "")
    words = " ".join(one for place, one in enumerate(parts) if not place or one not in _SIDES) + side
    words = {"handoff id": "handoff", "match probability": "probability"}.get(words, words)
    unit = column.unit if column is not None else ""
    if unit.startswith("currency") and currency:
        return f"{words}, {currency}{unit.removeprefix('currency').replace(' per ', ' a ')}"
    return words if unit in {"", "share", "minor units", words} else f"{words}, {unit}"


def _writer(name: str, column: Column | None, origin: _Origin) -> Writer:
    """Return what puts the values of a column into words."""
    written: Writer = _coded_text if name in _CODED else _plain_text
    if name == "evidence":
        written = _evidence
    elif name == "handoff_id":
        written = _named(origin.handoffs)
    elif name in _SYSTEMS:
        written = _named(origin.systems)
    elif name.endswith("_minor"):
        written = _amount_in(origin.currency)
    elif name in _SHARES or (column is not None and column.unit == "share"):
        written = _share
    elif name in _OF_THE_ROW:
        written = _measure_in(origin.currency)
    return written


def _evidence(value: Any, _row: Mapping[str, Any]) -> str:
    return evidence_text(str(value))


def _share(value: Any, _row: Mapping[str, Any]) -> str:
    return share_text(float(value))


def _named(names: Mapping[str, str]) -> Writer:
    return lambda value, _row: names.get(value, str(value))


def _amount_in(currency: str) -> Writer:
    """Return what writes an amount in its row's currency, else in that of the report."""

    def written(value: Any, row: Mapping[str, Any]) -> str:
        own = row.get("currency")
        return written_amount(int(value), currency if _is_nothing(own) else own)

    return written


def _measure_in(currency: str) -> Writer:
    """Return what writes a value in the unit that its row names."""

    def written(value: Any, row: Mapping[str, Any]) -> str:
        unit = row.get("unit")
        if not isinstance(unit, str) or isinstance(value, str) or not math.isfinite(value):
            return _plain_text(value, row)
        if unit.startswith("share per "):
            return f"{share_text(float(value))} a {unit.removeprefix('share per ')}"
        own = row.get("currency")
        return figure_amount(float(value), {"unit": unit, "currency": currency if _is_nothing(own) else own})

    return written


def _coded_text(value: Any, row: Mapping[str, Any]) -> str:
    return _plain_text(value, row).replace("_", " ")


def _plain_text(value: Any, row: Mapping[str, Any]) -> str:
    if isinstance(value, str | bool):
        return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return number_text(value, digits=0 if abs(value) >= 100 or float(value).is_integer() else 2)
    return ", ".join(_plain_text(one, row) for one in value) or UNKNOWN


def _is_nothing(value: Any) -> bool:
    """Return whether a cell is empty, whichever word pandas has for that; a list is not."""
    import pandas as pd

    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))
