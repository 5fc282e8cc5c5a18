"""The work-through workbook of a run: what a person should look at, with a column to decide in.

It shows records as they are. The sheet ``Duplicates`` is read back: its headers ``key_l``, ``key_r``, ``decision``,
``reviewer`` and ``note`` stay as they are.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.match_waterfall import strength
from toolkit.match.identity.history import event_sentence
from toolkit.report.examples import field_words
from toolkit.report.run import RunTables
from toolkit.report.sheets import MAX_ROWS, Sheet, write_sheets

_INPUT_COLUMNS = ("decision", "reviewer", "note")
_ADVICE = (
    "_l is one record, _r the other. key_l and key_r name the records (system/stream/id): please do not change "
    "them. Yellow columns are yours. Save the workbook and send it back; decisions are read from the sheet "
    "“Duplicates”."
)


def write_review_workbook(path: Path, run: RunTables, *, max_rows: int = MAX_ROWS) -> Path:
    """Write the work-through workbook of a run: duplicates to decide, differences, missing documents, rows put aside.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all.
    max_rows
        Rows of one sheet at most.
    """
    sheets = (
        _duplicates(run, max_rows),
        _group_changes(run, max_rows),
        _differences(run, max_rows),
        _missing(run, max_rows),
        _quarantine(run, max_rows),
        _figures(run, max_rows),
    )
    return write_sheets(
        path, f"{run.client}: to work through", f"as of {run.as_of.isoformat()}, run {run.run_id}", sheets, advice=_ADVICE
    )


def _duplicates(run: RunTables, max_rows: int) -> Sheet:
    """Return pairs to review first, then those that the model would merge, each with both records side by side."""
    pair = run.table("pair")
    ranked = pair.filter(pc.is_in(pair["decision"], value_set=pa.array(["review", "same"]))).sort_by(
        [("decision", "ascending"), ("match_probability", "descending"), ("key_l", "ascending"), ("key_r", "ascending")]
    )
    shown = ranked.slice(0, max_rows).to_pylist()
    shown_keys = {key for row in shown for key in (row["key_l"], row["key_r"])}
    parties = run.parties(sorted(shown_keys))
    reasons = _reasons(run.table("pair_level"), {(row["key_l"], row["key_r"]) for row in shown})
    fields = ("name", "company_name", "email", "phone", "street", "city", "postcode", "tax_id")
    # Both sides of a field stand next to each other, so that an eye can compare them.
    columns = [
        ("key_l", 30),
        ("key_r", 30),
        ("decision", 12),
        ("reviewer", 12),
        ("note", 24),
        ("proposed", 11),
        ("probability", 11),
        ("why", 44),
        *((f"{field}_{side}", 22) for field in fields for side in "lr"),
    ]
    rows = [
        (
            row["key_l"],
            row["key_r"],
            _decided(row),
            "",
            "",
            row["decision"],
            row["match_probability"],
            reasons.get((row["key_l"], row["key_r"]), row["reason"]),
            *(parties.get(row[f"key_{side}"], {}).get(field) for field in fields for side in "lr"),
        )
        for row in shown
    ]
    purpose = (
        "Pairs of records that may be one. Decide in the column “decision”: same, not_same, or open when you cannot "
        "tell. exclude_l and exclude_r keep the left or the right record out of the other's group, whoever else is in it. "
        "Leave it empty to accept what is proposed."
    )
    return Sheet("Duplicates", purpose, tuple(columns), rows, ranked.num_rows)


def _decided(pair: dict[str, Any]) -> str:
    """Return the decision that a person made before, so that nobody has to make it again."""
    return "same" if pair["decided_by"] == "person" and pair["decision"] == "same" else ""


def _reasons(pair_level: pa.Table, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    by_pair: dict[tuple[str, str], list[tuple[float, str]]] = {}
    columns = (pair_level[name].to_pylist() for name in ("key_l", "key_r", "comparison", "bits"))
    for left, right, comparison, bits in zip(*columns, strict=True):
        if (left, right) in wanted and strength(bits) != "says nothing":
            by_pair.setdefault((left, right), []).append((-bits, f"{field_words(comparison)} {strength(bits)}"))
    return {pair: "; ".join(words for _, words in sorted(spoken)) for pair, spoken in by_pair.items()}


def _group_changes(run: RunTables, max_rows: int) -> Sheet:
    """Return the groups that were merged or split since the matching before: who works with their ids should know."""
    event = run.table("cluster_event")
    changed = event.filter(pc.is_in(event["kind"], value_set=pa.array(["merged", "split"]))).sort_by(
        [
            ("kind", "ascending"),
            ("moved_count", "descending"),
            ("cluster_id", "ascending"),
            ("other_cluster_id", "ascending"),
        ]
    )
    rows = [
        (row["cluster_id"], row["other_cluster_id"], row["kind"], event_sentence(row, row["cluster_id"]))
        for row in changed.slice(0, max_rows).to_pylist()
    ]
    return Sheet(
        "Group changes",
        "Groups of records that were merged, or split, since they were matched before. Ids of groups stay otherwise.",
        (("group", 18), ("other_group", 18), ("what", 12), ("in words", 70)),
        rows,
        changed.num_rows,
    )


def _differences(run: RunTables, max_rows: int) -> Sheet:
    mismatch = run.table("mismatch")
    ranked = mismatch.filter(pc.not_equal(mismatch["kind"], "formatting")).sort_by(
        [("kind", "ascending"), ("column", "ascending"), ("key_l", "ascending"), ("key_r", "ascending")]
    )
    names = ("key_l", "key_r", "column", "value_l", "value_r", "kind", "changed_last", "proposed_value", "proposed_system")
    widths = (30, 30, 14, 30, 30, 12, 12, 30, 14)
    return Sheet(
        "Differences",
        "Fields in which two systems disagree about the same customer, supplier or person. The proposal follows the "
        "system that decides this field.",
        tuple(zip((*names, *_INPUT_COLUMNS), (*widths, 12, 12, 24), strict=True)),
        [(*row, "", "", "") for row in _tuples(ranked.slice(0, max_rows), names)],
        ranked.num_rows,
    )


def _missing(run: RunTables, max_rows: int) -> Sheet:
    counterpart = run.table("counterpart")
    statuses = pa.array(["missing", "extra", "ambiguous"])
    ranked = counterpart.filter(pc.is_in(counterpart["status"], value_set=statuses)).sort_by(
        [("status", "descending"), ("handoff_id", "ascending"), ("event_on", "ascending"), ("key_l", "ascending")]
    )
    labels = run.handoff_labels()
    names = ("handoff_id", "status", "key_l", "key_r", "event_on", "amount_l_minor", "amount_r_minor", "currency", "basis")
    rows = [
        (labels.get(row[0], row[0]), *row[1:5], _major(row[5], row[7]), _major(row[6], row[7]), *row[7:], "", "", "")
        for row in _tuples(ranked.slice(0, max_rows), names)
    ]
    headers = (
        ("handoff", 30),
        ("status", 12),
        ("key_l", 32),
        ("key_r", 32),
        ("date", 12),
        ("amount_l", 14),
        ("amount_r", 14),
        ("currency", 9),
        ("basis", 30),
        ("decision", 12),
        ("reviewer", 12),
        ("note", 24),
    )
    return Sheet(
        "Missing",
        "Documents without a counterpart in the other system (missing), counterparts without a source (extra), and "
        "ties (ambiguous).",
        headers,
        rows,
        ranked.num_rows,
    )


def _quarantine(run: RunTables, max_rows: int) -> Sheet:
    quarantine = run.table("quarantine")
    names = ("file", "part", "line", "reason", "detail", "system", "stream", "row")
    return Sheet(
        "Put aside",
        "Rows that did not become records, with the reason: total lines, titles, and rows that could not be read.",
        tuple(zip(names, (36, 16, 8, 16, 50, 14, 14, 60), strict=True)),
        list(_tuples(quarantine.slice(0, max_rows), names)),
        quarantine.num_rows,
    )


def _figures(run: RunTables, max_rows: int) -> Sheet:
    counted = ("figure_id", "label", "value", "unit", "currency", "low", "high", "n", "evidence")
    names = (*counted, "unconfirmed", "method", "formula")
    figure = run.table("figure").sort_by("figure_id")
    rows = [
        tuple(", ".join(cell) if isinstance(cell, list) else cell for cell in row)
        for row in _tuples(figure.slice(0, max_rows), names)
    ]
    return Sheet(
        "Figures",
        "Every figure of this run with its range, evidence, method and arithmetic.",
        tuple(zip(names, (44, 50, 14, 16, 9, 14, 14, 9, 11, 40, 60, 40), strict=True)),
        rows,
        figure.num_rows,
    )


def _major(amount_minor: int | None, currency: str | None) -> float | None:
    from toolkit.roi.rounding import currency_places

    return None if amount_minor is None else amount_minor / 10 ** currency_places(currency or "")


def _tuples(table: pa.Table, names: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[name].to_pylist() for name in names), strict=True)
