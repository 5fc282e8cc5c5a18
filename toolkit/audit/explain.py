"""Where a figure comes from: its arithmetic, the figures it uses down to each answer and each file, and the rows it counts.

Of a cluster: its records and what became of it.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.answer_explanation import PREFIX as ANSWER
from toolkit.audit.answer_explanation import AnswerExplanation, explained_answer
from toolkit.audit.clusters import ClusterExplanation, explained_cluster, is_cluster_name
from toolkit.audit.engagement import Engagement
from toolkit.audit.record_words import KEY_COLUMNS, with_words
from toolkit.audit.records_behind import records_behind
from toolkit.errors import DamagedError, InputError, SnapshotMissingError, UnknownNameError
from toolkit.query import query_connection, quoted_name
from toolkit.report.judgements import doubt_sentences
from toolkit.report.row_counts import present_count
from toolkit.report.shown import open_range
from toolkit.store import Run
from toolkit.store.results import run_ids
from toolkit.values.counted import counted, worded

_MAX_LINES = 80
"""How many lines a tree of figures may take before it is cut to the levels that fit."""
_MAX_NAMES = 12
_MAX_CONDITION = 120
"""Of a longer condition the beginning is shown; the figure has the whole of it."""
_NOT_TOLD = frozenset({"formula", "sha256", "path", "raw", "reasons", "source_files", "rows", "rows_absent"})
_NO_ROWS = pa.table({})
_JUDGED = ("handoff", "handoff_judgement")
_MEASURED = ("reconcile.", "roi.not_invoiced_")
"""How figures begin that are held back where two lists could not be compared."""


@dataclass(frozen=True, slots=True)
class Step:
    """A figure below the one that was asked for, so many levels down; ``is_told`` where it stands further up already."""

    depth: int
    figure: Mapping[str, Any]
    is_told: bool = False

    @property
    def is_ground(self) -> bool:
        """Whether it is computed from no other figure: an answer, a document, a default, or a count."""
        return not self.figure["inputs"]

    def lines(self) -> list[str]:
        """Return its value, its arithmetic and, at the ground, who said it or how it was counted."""
        one, indent = self.figure, "  " * self.depth
        said = [f"{indent}{one['label']}: {shown_value(one)}  [{one['figure_id']}]"]
        if self.is_told:
            return [f"{said[0]} (see above)"]
        said += [f"{indent}    = {one['formula']}"] if one["formula"] else []
        said += [f"{indent}    {one['method']}"] if self.is_ground else []
        return said


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """A figure, the figures it is computed from, and the rows behind it.

    ``rows`` are all rows of its table, with each record in words; ``records`` those that the rows only count; ``inputs``
    the figures of its arithmetic, and ``steps`` these and all that they rest on, down to the ground. ``note`` says what is
    left out.
    """

    figure: Mapping[str, Any]
    rows: pa.Table
    inputs: tuple[Mapping[str, Any], ...]
    records: pa.Table = field(default_factory=lambda: _NO_ROWS)
    steps: tuple[Step, ...] = ()
    note: str = ""

    def facts(self, limit: int = 20) -> dict[str, Any]:
        """Return the explanation as plain values, with at most ``limit`` rows."""
        return {
            "figure": dict(self.figure),
            "inputs": [dict(one) for one in self.inputs],
            "steps": [{"depth": one.depth, **one.figure} for one in self.steps if not one.is_told],
            "row_count": self.rows.num_rows,
            "rows": self.rows.slice(0, limit).to_pylist(),
            "record_count": self.records.num_rows,
            "records": self.records.slice(0, limit).to_pylist(),
            "note": self.note,
        }

    def lines(self, limit: int = 20, depth: int | None = None) -> list[str]:
        """Return the explanation as text.

        Parameters
        ----------
        limit
            How many rows.
        depth
            How many levels of figures below this one; without, as many as fit into some eighty lines.
        """
        return [*self._head(), *self._tree(depth), *self._rows(limit), *([self.note] if self.note else [])]

    def _head(self) -> list[str]:
        one = self.figure
        result = [f"{one['label']}: {shown_value(one)}", f"Evidence: {one['evidence']}. {one['method']}"]
        if one.get("unconfirmed"):
            result.append(f"Nobody has confirmed yet: {', '.join(one['unconfirmed'])} (engagement.yaml, unconfirmed).")
        if one["formula"]:
            result.append(f"Arithmetic: {one['formula']}")
        return result

    def _tree(self, depth: int | None) -> list[str]:
        if not self.steps:
            return []
        deepest = max(step.depth for step in self.steps)
        sizes = {
            level: sum(len(step.lines()) for step in self.steps if step.depth <= level) for level in range(1, deepest + 1)
        }
        fitting = max((level for level, size in sizes.items() if size <= _MAX_LINES), default=1)
        shown = max(1, min(fitting if depth is None else depth, deepest))
        result = ["Computed from:", *(line for step in self.steps if step.depth <= shown for line in step.lines())]
        hidden = sum(step.depth > shown and not step.is_told for step in self.steps)
        if hidden:
            result.append(f"  … and {counted(hidden, 'figure')} below these: --depth {deepest} shows them")
        return result

    def _rows(self, limit: int) -> list[str]:
        one, result = self.figure, []
        if one["source_table"]:
            condition = _shortened(one["source_filter"] or "all")
            result.append(f"Rows: {self.rows.num_rows:,} of table {one['source_table']}, where {condition}")
            result += _row_texts(self.rows, limit)
        if self.records.num_rows:
            result.append(f"Records: {self.records.num_rows:,}")
            result += _row_texts(self.records, limit)
        return result

    def __repr__(self) -> str:
        return "\n".join(self.lines(10))

    def _repr_html_(self) -> str:
        def div(lines: list[str]) -> str:
            return "".join(f'<div style="white-space: pre-wrap">{escape(line)}</div>' for line in lines)

        tree = self._tree(None)
        opened = f"<details open><summary>{escape(tree[0])}</summary>{div(tree[1:])}</details>" if tree else ""
        tables = "".join(_html_table(table) for table in (self.rows, self.records) if table.num_rows)
        return div(self._head()) + opened + tables + div([self.note] if self.note else [])


def explain(
    engagement: Engagement, name: str, run_id: str = "latest"
) -> Explanation | ClusterExplanation | AnswerExplanation:
    """Return where a figure or an answer comes from, or which records a cluster holds and what became of it.

    Parameters
    ----------
    engagement
        The engagement.
    name
        Of a figure as in the report's appendix, e.g. ``match.duplicate_share.crm``; a cluster id, a record key, or
        ``answer.NAME``.
    run_id
        The run to look for a figure in.

    Raises
    ------
    SnapshotMissingError
        Nothing has been audited yet.
    UnknownNameError
        No such figure, cluster or record; the message offers those that begin so, or else the nearest.
    """
    if is_cluster_name(name):
        return explained_cluster(engagement, name)
    if name.startswith(ANSWER):
        return explained_answer(engagement, name)
    run, figures = _figures(engagement, run_id)
    if name not in figures:
        raise UnknownNameError("figure", name, figures, hint=_beginning(name, figures) or _held_back(run, name))
    figure = figures[name]
    inputs = tuple(figures[one] for one in figure["inputs"] or () if one in figures)
    rows = _source_rows(run, figure)
    steps = tuple(_steps(figure, figures, {name}, 1))
    note = _staleness(engagement, run)
    try:
        records = with_words(engagement, run, records_behind(engagement, run, figure, rows))
        return Explanation(figure, with_words(engagement, run, rows), inputs, records, steps, note)
    except DamagedError as error:
        return Explanation(figure, rows, inputs, steps=steps, note=f"{note} Names of records are left out: {error}".strip())


def listed_figures(engagement: Engagement, word: str = "", run_id: str = "latest") -> list[Mapping[str, Any]]:
    """Return the figures whose id or label holds a word, whatever its case, in the order of their ids.

    Parameters
    ----------
    engagement
        The engagement.
    word
        Several words must all be there; without any, every figure is listed.
    run_id
        The run to look in.

    Raises
    ------
    SnapshotMissingError
        Nothing has been audited yet.
    """
    _, figures = _figures(engagement, run_id)
    wanted = word.casefold().split()
    return [
        row for name, row in sorted(figures.items()) if all(one in f"{name} {row['label']}".casefold() for one in wanted)
    ]


def _figures(engagement: Engagement, run_id: str) -> tuple[Run, dict[str, Mapping[str, Any]]]:
    """Return the figures of a run by their ids; where the latest has none yet, of the last audit that had."""
    run = engagement.store.run(run_id)
    if not run.has("figure") and run_id == "latest":
        run = next((one for one in _earlier(engagement) if one.has("figure") and not one.facts.get("trial")), run)
    figures = {row["figure_id"]: row for row in run.table("figure").to_pylist()} if run.has("figure") else {}
    if not figures:
        raise SnapshotMissingError(
            f"The latest run in {engagement.folder} has no figures yet. "
            f"Run 'integration-audit audit {engagement.folder}' first."
        )
    return run, figures


def _earlier(engagement: Engagement) -> Iterator[Run]:
    for name in run_ids(engagement.folder):
        # What is damaged is said by the next audit, which makes it again.
        with suppress(DamagedError, InputError):
            yield engagement.store.run(name)


def _staleness(engagement: Engagement, run: Run) -> str:
    """Return that something changed since a run; empty where it still holds."""
    if run.facts.get("trial") or run.facts.get("inputs_hash") == engagement.inputs_hash():
        return ""
    return (
        f"As of the audit {run.run_id}: files, settings or decisions changed since. "
        f"Anew: integration-audit audit {engagement.folder}"
    )


def _beginning(name: str, figures: Mapping[str, Any]) -> str:
    """Return the figures that begin like a name that none has; empty where none does."""
    names = [one for one in sorted(figures) if name and one.startswith(name)]
    if not names:
        return ""
    more = f" and {len(names) - _MAX_NAMES:,} more (explain --list {name})" if len(names) > _MAX_NAMES else ""
    return f"So begin: {', '.join(names[:_MAX_NAMES])}{more}."


def _held_back(run: Run, name: str) -> str:
    """Return why a handoff has no such figure, where something of it is held back; empty for any other name."""
    handoff_id = name.rpartition(".")[2]
    own = (table.filter(pc.equal(table["handoff_id"], handoff_id)) for table in map(run.table, _JUDGED))
    return " ".join(doubt_sentences(*own)) if name.startswith(_MEASURED) else ""


def _steps(
    figure: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]], told: set[str], depth: int
) -> Iterator[Step]:
    """Yield every figure that a figure rests on, each opened where it is met first."""
    for name in figure["inputs"] or ():
        if name not in figures:
            continue
        is_told = name in told
        yield Step(depth, figures[name], is_told)
        if not is_told:
            told.add(name)
            yield from _steps(figures[name], figures, told, depth + 1)


def shown_value(figure: Mapping[str, Any]) -> str:
    """Return a figure's value with its unit and interval, for a line of text.

    Examples
    --------
    >>> shown_value({"value": 0.03, "unit": "share", "currency": None, "low": 0.017, "high": 0.052, "n": 400})
    '3.0 % (1.7 % to 5.2 %, n = 400)'
    """
    if figure["value"] is None:
        return "could not be measured"
    limits = [figure_amount(figure[name], figure) for name in ("low", "high") if figure[name] is not None]
    details = [" to ".join(limits)] if len(limits) == 2 and figure["low"] != figure["high"] else []
    limits_of = (figure["low"], figure["high"])
    never = open_range(figure.get("figure_id", ""), *limits_of, lambda value: figure_amount(value, figure))
    details += [never] if never else []
    details += [f"n = {figure['n']:,}"] if figure["n"] is not None else []
    return figure_amount(figure["value"], figure) + (f" ({', '.join(details)})" if details else "")


def figure_amount(value: float, figure: Mapping[str, Any]) -> str:
    """Return a value in the unit of a figure, which has ``unit`` and ``currency``."""
    unit = figure["unit"]
    if unit == "share":
        return f"{value * 100:.1f} %"
    if unit == "percent":
        return f"{value:,.0f} %"
    number = f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.1f}"
    if unit.startswith("currency"):
        return f"{figure['currency'] or ''} {number}{unit.removeprefix('currency')}".strip()
    return number if unit == "count" else worded(number, unit)


def _source_rows(run: Run, figure: Mapping[str, Any]) -> pa.Table:
    if not figure["source_table"]:
        return _NO_ROWS
    name = figure["source_table"]
    table = run.table(name)
    condition = figure["source_filter"] or "true"
    with query_connection() as connection:
        connection.register(name, table)
        found = connection.sql(
            f"SELECT * FROM {quoted_name(name)} WHERE {condition} {_ORDERS.get(name, '')}"
        ).to_arrow_table()
    if name == "snapshot":
        # Records that are absent by now lie in a snapshot and are counted nowhere.
        found = found.append_column("records", pa.array([present_count(row) for row in found.to_pylist()], pa.int64()))
    return found


_ORDERS = {"cluster": "ORDER BY min(record_key) OVER (PARTITION BY cluster_id), record_key"}
"""In which order rows stand, where another than that of the table tells more: duplicates beside each other."""


def _shortened(condition: str) -> str:
    return condition if len(condition) <= _MAX_CONDITION else f"{condition[: _MAX_CONDITION - 2]} …"


def _row_texts(rows: pa.Table, limit: int) -> list[str]:
    result = [_row_text(row) for row in rows.slice(0, limit).to_pylist()]
    return [*result, f"  … and {rows.num_rows - limit:,} more"] if rows.num_rows > limit else result


def _row_text(row: Mapping[str, Any]) -> str:
    """Return a row as text: its records in words, then what else is known of it."""
    words = [str(row[name]) for name in KEY_COLUMNS.values() if row.get(name)]
    rest = [
        f"{name}={value}"
        for name, value in row.items()
        if value not in (None, [], "") and name not in _NOT_TOLD and name not in KEY_COLUMNS.values()
    ]
    return "  " + "  ".join([" <> ".join(words), *rest] if words else rest)


def _html_table(table: pa.Table) -> str:
    return str(table.slice(0, 50).to_pandas().to_html(escape=True, index=False))
