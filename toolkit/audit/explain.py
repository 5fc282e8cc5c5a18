"""Where a figure comes from: the sentence, the arithmetic, the figures it uses, and the rows it was counted on.

Of a cluster: its records and what became of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pyarrow as pa

from toolkit.audit.clusters import ClusterExplanation, explained_cluster, is_cluster_name
from toolkit.audit.engagement import Engagement
from toolkit.errors import SnapshotMissingError, UnknownNameError
from toolkit.query import query_connection, quoted_name
from toolkit.store import Run
from toolkit.values.counted import worded


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """A figure, the rows behind it (all of them: ``rows``), and the figures it is computed from."""

    figure: Mapping[str, Any]
    rows: pa.Table
    inputs: tuple[Mapping[str, Any], ...]

    def facts(self, limit: int = 20) -> dict[str, Any]:
        """Return the explanation as plain values, with at most ``limit`` rows."""
        return {
            "figure": dict(self.figure),
            "inputs": [dict(one) for one in self.inputs],
            "row_count": self.rows.num_rows,
            "rows": self.rows.slice(0, limit).to_pylist(),
        }

    def lines(self, limit: int = 20) -> list[str]:
        """Return the explanation as text, with at most ``limit`` rows."""
        one = self.figure
        result = [f"{one['label']}: {shown_value(one)}", f"Evidence: {one['evidence']}. {one['method']}"]
        if one.get("unconfirmed"):
            result.append(f"Nobody has confirmed yet: {', '.join(one['unconfirmed'])} (engagement.yaml, unconfirmed).")
        if one["formula"]:
            result.append(f"Arithmetic: {one['formula']}")
        result += [f"  from {i['figure_id']}: {i['label']}: {shown_value(i)}" for i in self.inputs]
        if one["source_table"]:
            result.append(
                f"Rows: {self.rows.num_rows:,} of table {one['source_table']}, where {one['source_filter'] or 'all'}"
            )
            result += [_row_text(row) for row in self.rows.slice(0, limit).to_pylist()]
            if self.rows.num_rows > limit:
                result.append(f"  … and {self.rows.num_rows - limit:,} more")
        return result

    def __repr__(self) -> str:
        return "\n".join(self.lines(10))

    def _repr_html_(self) -> str:
        text = "".join(f"<div>{escape(line)}</div>" for line in self.lines(0))
        return text + str(self.rows.slice(0, 50).to_pandas().to_html(escape=True, index=False))


def explain(engagement: Engagement, name: str, run_id: str = "latest") -> Explanation | ClusterExplanation:
    """Return where a figure comes from, or which records a cluster holds and what became of it.

    Parameters
    ----------
    engagement
        The engagement.
    name
        Of a figure as in the report's appendix, e.g. ``match.duplicate_share.crm``; or a cluster id, or a record key.
    run_id
        The run to look for a figure in.

    Raises
    ------
    SnapshotMissingError
        Nothing has been audited yet.
    UnknownNameError
        No such figure, cluster or record; the message offers the nearest.
    """
    if is_cluster_name(name):
        return explained_cluster(engagement, name)
    run = engagement.store.run(run_id)
    figures = {row["figure_id"]: row for row in run.table("figure").to_pylist()}
    if not figures:
        raise SnapshotMissingError(
            f"The latest run in {engagement.folder} has no figures yet. "
            f"Run 'integration-audit audit {engagement.folder}' first."
        )
    if name not in figures:
        raise UnknownNameError("figure", name, figures)
    figure = figures[name]
    inputs = tuple(figures[one] for one in figure["inputs"] or () if one in figures)
    return Explanation(figure, _source_rows(run, figure), inputs)


def shown_value(figure: Mapping[str, Any]) -> str:
    """Return a figure's value with its unit and interval, for a line of text.

    Examples
    --------
    >>> shown_value({"value": 0.03, "unit": "share", "currency": None, "low": 0.017, "high": 0.052, "n": 400})
    '3.0 % (1.7 % to 5.2 %, n = 400)'
    """
    if figure["value"] is None:
        return "could not be measured"
    limits = [_amount(figure[name], figure) for name in ("low", "high") if figure[name] is not None]
    details = [" to ".join(limits)] if len(limits) == 2 and figure["low"] != figure["high"] else []
    details += [f"n = {figure['n']:,}"] if figure["n"] is not None else []
    return _amount(figure["value"], figure) + (f" ({', '.join(details)})" if details else "")


def _amount(value: float, figure: Mapping[str, Any]) -> str:
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
        return pa.table({})
    name = figure["source_table"]
    table = run.table(name)
    condition = figure["source_filter"] or "true"
    with query_connection() as connection:
        connection.register(name, table)
        return connection.sql(f"SELECT * FROM {quoted_name(name)} WHERE {condition}").to_arrow_table()


def _row_text(row: Mapping[str, Any]) -> str:
    return "  " + "  ".join(f"{name}={value}" for name, value in row.items() if value not in (None, [], ""))
