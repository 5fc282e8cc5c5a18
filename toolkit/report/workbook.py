"""The work-through workbook of a run: what a person should look at, with a column to decide in.

It shows records as they are. The sheet ``Duplicates`` is read back: its headers ``key_l``, ``key_r``, ``decision``,
``reviewer`` and ``note`` stay as they are.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.match_waterfall import strength
from toolkit.match.identity.history import event_sentence
from toolkit.report.examples import field_words
from toolkit.report.run import RunTables
from toolkit.report.sheets import MAX_ROWS, Sheet, write_sheets

_COMPARED = ("name", "company_name", "email", "phone", "street", "city", "postcode", "tax_id")
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
    shown, party = ranked.slice(0, max_rows), run.table("party")
    rows = {side: pc.index_in(shown[f"key_{side}"], value_set=party["record_key"]) for side in "lr"}
    # What a person decided before is filled in, so that nobody has to make it again.
    is_decided = pc.and_(pc.equal(shown["decided_by"], "person"), pc.equal(shown["decision"], "same"))
    columns = {
        "key_l": (shown["key_l"], 30),
        "key_r": (shown["key_r"], 30),
        "decision": (pc.if_else(is_decided, "same", ""), 12),
        "reviewer": (pa.nulls(shown.num_rows), 12),
        "note": (pa.nulls(shown.num_rows), 24),
        "proposed": (shown["decision"], 11),
        "probability": (shown["match_probability"], 11),
        "why": (pc.coalesce(_reasons(run.table("pair_level"), shown), shown["reason"]), 44),
        # Both sides of a field stand next to each other, so that an eye can compare them.
        **{f"{field}_{side}": (pc.take(party[field], rows[side]), 22) for field in _COMPARED for side in "lr"},
    }
    purpose = (
        "Pairs of records that may be one. Decide in the column “decision”: same, not_same, or open when you cannot "
        "tell. exclude_l and exclude_r keep the left or the right record out of the other's group, whoever else is in it. "
        "Leave it empty to accept what is proposed."
    )
    return _sheet("Duplicates", purpose, columns, ranked.num_rows)


def _reasons(pair_level: pa.Table, shown: pa.Table) -> pa.Array:
    """Return what speaks for and against each pair in words, the strongest first; null where no field says anything."""
    keys = ("key_l", "key_r")
    places = {pair: place for place, pair in enumerate(zip(*(shown[key].to_pylist() for key in keys), strict=True))}
    words = {name: field_words(name) for name in pc.unique(pair_level["comparison"]).to_pylist()}
    spoken: dict[int, list[tuple[float, str]]] = {}
    columns = (pair_level[name].to_pylist() for name in (*keys, "comparison", "bits"))
    for left, right, comparison, bits in zip(*columns, strict=True):
        place = places.get((left, right))
        if place is not None and strength(bits) != "says nothing":
            spoken.setdefault(place, []).append((-bits, f"{words[comparison]} {strength(bits)}"))
    sentences = {place: "; ".join(said for _, said in sorted(own)) for place, own in spoken.items()}
    return pa.array([sentences.get(place) for place in range(shown.num_rows)], pa.string())


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
    shown = changed.slice(0, max_rows)
    sentences = [event_sentence(row, row["cluster_id"]) for row in shown.to_pylist()]
    return _sheet(
        "Group changes",
        "Groups of records that were merged, or split, since they were matched before. Ids of groups stay otherwise.",
        {
            "group": (shown["cluster_id"], 18),
            "other_group": (shown["other_cluster_id"], 18),
            "what": (shown["kind"], 12),
            "in words": (pa.array(sentences, pa.string()), 70),
        },
        changed.num_rows,
    )


def _differences(run: RunTables, max_rows: int) -> Sheet:
    mismatch = run.table("mismatch")
    ranked = mismatch.filter(pc.not_equal(mismatch["kind"], "formatting")).sort_by(
        [("kind", "ascending"), ("column", "ascending"), ("key_l", "ascending"), ("key_r", "ascending")]
    )
    names = ("key_l", "key_r", "column", "value_l", "value_r", "kind", "changed_last", "proposed_value", "proposed_system")
    widths = (30, 30, 14, 30, 30, 12, 12, 30, 14)
    return _sheet(
        "Differences",
        "Fields in which two systems disagree about the same customer, supplier or person. The proposal follows the "
        "system that decides this field.",
        {**_columns(ranked.slice(0, max_rows), names, widths), **_inputs(min(ranked.num_rows, max_rows))},
        ranked.num_rows,
    )


def _missing(run: RunTables, max_rows: int) -> Sheet:
    counterpart = run.table("counterpart")
    statuses = pa.array(["missing", "extra", "ambiguous"])
    ranked = counterpart.filter(pc.is_in(counterpart["status"], value_set=statuses)).sort_by(
        [("status", "descending"), ("handoff_id", "ascending"), ("event_on", "ascending"), ("key_l", "ascending")]
    )
    labels = run.handoff_labels()
    shown = ranked.slice(0, max_rows)
    ids, currencies = shown["handoff_id"].to_pylist(), shown["currency"].to_pylist()
    columns = {
        "handoff": (pa.array([labels.get(one, one) for one in ids], pa.string()), 30),
        "status": (shown["status"], 12),
        "key_l": (shown["key_l"], 32),
        "key_r": (shown["key_r"], 32),
        "date": (shown["event_on"], 12),
        "amount_l": (_major(shown["amount_l_minor"].to_pylist(), currencies), 14),
        "amount_r": (_major(shown["amount_r_minor"].to_pylist(), currencies), 14),
        "currency": (shown["currency"], 9),
        "basis": (shown["basis"], 30),
        **_inputs(shown.num_rows),
    }
    return _sheet(
        "Missing",
        "Documents without a counterpart in the other system (missing), counterparts without a source (extra), and "
        "ties (ambiguous).",
        columns,
        ranked.num_rows,
    )


def _quarantine(run: RunTables, max_rows: int) -> Sheet:
    quarantine = run.table("quarantine")
    names = ("file", "part", "line", "reason", "detail", "system", "stream", "row")
    return _sheet(
        "Put aside",
        "Rows that did not become records, with the reason: total lines, titles, and rows that could not be read.",
        _columns(quarantine.slice(0, max_rows), names, (36, 16, 8, 16, 50, 14, 14, 60)),
        quarantine.num_rows,
    )


def _figures(run: RunTables, max_rows: int) -> Sheet:
    counted = ("figure_id", "label", "value", "unit", "currency", "low", "high", "n", "evidence")
    names = (*counted, "unconfirmed", "method", "formula")
    figure = run.table("figure").sort_by("figure_id")
    columns = _columns(figure.slice(0, max_rows), names, (44, 50, 14, 16, 9, 14, 14, 9, 11, 40, 60, 40))
    unconfirmed, width = columns["unconfirmed"]
    return _sheet(
        "Figures",
        "Every figure of this run with its range, evidence, method and arithmetic.",
        {**columns, "unconfirmed": (pc.binary_join(unconfirmed, ", "), width)},
        figure.num_rows,
    )


def _sheet(name: str, purpose: str, columns: Mapping[str, tuple[pa.Array, int]], row_count: int) -> Sheet:
    table = pa.table({header: values for header, (values, _) in columns.items()})
    return Sheet(name, purpose, table, tuple(width for _, width in columns.values()), row_count)


def _columns(table: pa.Table, names: Sequence[str], widths: Sequence[int]) -> dict[str, tuple[pa.Array, int]]:
    return {name: (table[name], width) for name, width in zip(names, widths, strict=True)}


def _inputs(count: int) -> dict[str, tuple[pa.Array, int]]:
    return {name: (pa.nulls(count), width) for name, width in {"decision": 12, "reviewer": 12, "note": 24}.items()}


def _major(amounts_minor: Sequence[int | None], currencies: Sequence[str | None]) -> pa.Array:
    from toolkit.roi.rounding import currency_places

    units = {currency: 10 ** currency_places(currency or "") for currency in set(currencies)}
    amounts = zip(amounts_minor, currencies, strict=True)
    return pa.array([None if amount is None else amount / units[currency] for amount, currency in amounts], pa.float64())
