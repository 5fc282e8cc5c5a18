"""Whether ``explain`` leads from a figure to its arithmetic, to every input with its evidence, and to rows that make it."""

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.explain import Explanation, explain
from toolkit.audit.record_words import KEY_COLUMNS


def every_explanation(engagement: Engagement) -> Iterator[Explanation]:
    """Yield what ``explain`` says of each figure of the latest run."""
    for name in engagement.store.run().table("figure")["figure_id"].to_pylist():
        found = explain(engagement, name)
        assert isinstance(found, Explanation)
        yield found


def gaps(one: Explanation) -> list[str]:
    """Return what an explanation lacks, in words; empty where it leads to the ground."""
    figure = one.figure
    lacking = [] if figure["method"] and figure["evidence"] else ["no method or evidence"]
    if figure["value"] is None:
        return lacking
    is_input = figure["source_table"] == "cost_input"
    lacking += [] if figure["formula"] or is_input else ["no arithmetic"]
    lacking += [one.note] if one.note else []
    lacking += [f"no {name}" for name in figure["inputs"] or () if name not in {row["figure_id"] for row in one.inputs}]
    for ground in [step.figure for step in one.steps if step.is_ground and not step.is_told] or [figure]:
        lacking += _ungrounded(ground)
    if figure["source_table"] and not one.rows.num_rows and figure["value"]:
        lacking.append("no rows")
    return lacking + _nameless(one.rows) + _nameless(one.records)


def _ungrounded(ground: dict[str, Any]) -> list[str]:
    """Return why a figure that is computed from no other does not stand on its own."""
    if ground["source_table"] == "cost_input":
        told = ("Said by ", "From a document", "Assumed", "Measured")
        return [] if str(ground["method"]).startswith(told) else [f"nobody said {ground['figure_id']}"]
    # Of a nothing, and of what nobody has said, the arithmetic says all there is.
    is_nothing = not ground["value"] or str(ground["figure_id"]).startswith("roi.missing_inputs.")
    is_said = is_nothing and bool(ground["formula"] or ground["value"] is None)
    is_measured = ground["evidence"] == "measured" and ground["source_table"] not in {"case", "cost_line"}
    return [] if is_measured or is_said else [f"{ground['figure_id']} rests on nothing"]


def _nameless(rows: pa.Table) -> list[str]:
    """Return which record keys stand without words."""
    found = []
    for key, words in KEY_COLUMNS.items():
        if key in rows.column_names and rows.num_rows:
            told = rows[words].to_pylist() if words in rows.column_names else [None] * rows.num_rows
            found += [
                f"no words for {one}" for one, word in zip(rows[key].to_pylist(), told, strict=True) if one and not word
            ]
    return found[:3]


def counted_again(one: Explanation) -> float | None:
    """Return the figure as its rows give it, or null where rows alone do not make it (a median, a simulation)."""
    name, rows = str(one.figure["figure_id"]), one.rows
    for prefix, counted in _COUNTED.items():
        if name.startswith(prefix):
            return float(counted(one))
    if one.figure["source_table"] == "counterpart" and name.startswith("reconcile.") and "_count." in name:
        return float(rows.num_rows)
    return None


def _beyond(one: Explanation) -> int:
    systems = [key.partition("/")[0] for key in one.rows["record_key"].to_pylist()]
    return one.rows.num_rows - len(set(zip(systems, one.rows["cluster_id"].to_pylist(), strict=True)))


def _sum(column: str) -> Callable[[Explanation], int]:
    return lambda one: sum(one.rows[column].to_pylist())


def _share(count: Callable[[Explanation], int]) -> Callable[[Explanation], float]:
    return lambda one: count(one) / one.figure["n"] if one.figure["n"] else 0.0


_COUNTED: dict[str, Callable[[Explanation], float]] = {
    "intake.rows_quarantined": lambda one: one.records.num_rows,
    **{f"intake.{name}": _sum(name) for name in ("rows_read", "rows_kept", "rows_folded", "rows_repeated")},
    "intake.files": lambda one: len(set(one.rows["file"].to_pylist())),
    "intake.tables": lambda one: one.rows.num_rows,
    "snapshot.records": lambda one: one.records.num_rows,
    "match.duplicate_count": _beyond,
    "match.spelling_count": _beyond,
    "match.duplicate_share": _share(_beyond),
    "match.spelling_share": _share(_beyond),
    "match.review_count": lambda one: one.rows.num_rows,
    "match.related_count": lambda one: one.rows.num_rows,
    "quality.score": lambda one: 1 - one.records.num_rows / one.figure["n"],
    "quality.failing": lambda one: one.rows.num_rows,
    "quality.fill": lambda one: 1 - one.records.num_rows / one.figure["n"],
    "reconcile.coverage_": lambda one: one.records.num_rows,
    "reconcile.different_": lambda one: one.rows.num_rows / (one.figure["n"] if one.figure["unit"] == "share" else 1),
    "reconcile.unresolved_share": _share(lambda one: one.rows.num_rows),
    "reconcile.error_share": _share(lambda one: one.rows.num_rows),
    "reconcile.missing_share": _share(lambda one: one.rows.num_rows),
    "reconcile.unsettled_count": lambda one: one.rows.num_rows,
    "roi.not_invoiced_count": lambda one: one.rows.num_rows,
}
