"""Sheets to look things up in: chosen values, who decides which field, which records are one, cases to test on, figures."""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.identity.history import event_sentence
from toolkit.report.examples import field_words
from toolkit.report.run import RunTables
from toolkit.report.sheet_columns import Column, golden_names, party_names, plain_columns, sheet, system_words, worded
from toolkit.report.sheets import Sheet
from toolkit.report.stakes import record_stakes
from toolkit.values.written import sentence_text

LOOKED_UP_ROWS = 5_000
"""Rows of a sheet that nobody works through; the whole table is in the run's folder."""

_UNDISPUTED = ("only value", "all agree")
_AMOUNTS = ("amount_minor", "net_minor", "tax_minor", "fee_minor", "paid_minor")
_MAKESHIFT = "most complete"
_CASE_WORDS = {
    "refund": "refund", "other_currency": "another currency", "partial_payment": "part payment", "negative": "below zero",
    "zero": "nothing", "long_name": "long name", "other_script": "another script",
}  # fmt: skip


def reference_sheets(run: RunTables, stakes: pa.Table, max_rows: int) -> tuple[Sheet, ...]:
    """Return the sheets to look things up in.

    Parameters
    ----------
    run
        Its tables.
    stakes
        What hangs on each party (``stakes.party_stakes``): those of the largest come first.
    max_rows
        Rows of one sheet at most.
    """
    few = min(max_rows, LOOKED_UP_ROWS)
    return (
        _golden(run, stakes, few),
        _source_of_truth(run, few),
        _crosswalk(run, stakes, few),
        _edge_cases(run, few),
        _group_changes(run, max_rows),
        _quarantine(run, max_rows),
        _figures(run, max_rows),
    )


def _fields(column: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return worded(column, {name: field_words(name) for name in pc.unique(column).to_pylist()})


def _largest(run: RunTables, stakes: pa.Table, rows: pa.Table, order: tuple[str, ...]) -> pa.Table:
    """Return rows of parties with those first on which most money hangs."""
    ranked = rows.append_column("amount_minor", record_stakes(run, stakes, rows["record_key"]).amount_minor)
    return ranked.sort_by([("amount_minor", "descending"), *((name, "ascending") for name in order)])


def _golden(run: RunTables, stakes: pa.Table, max_rows: int) -> Sheet:
    golden = run.table("golden")
    is_chosen = pc.invert(pc.is_in(golden["reason"], value_set=pa.array(_UNDISPUTED)))
    whole = golden.filter(is_chosen)
    rows = _largest(run, stakes, whole, ("golden_id",)).slice(0, max_rows)
    columns: dict[str, Column] = {
        "customer or supplier": (golden_names(run, rows["golden_id"]), 32),
        "field": (_fields(rows["column"]), 14),
        "value that holds": (rows["value"], 34),
        "taken from": (system_words(run, rows["record_key"]), 20),
        "because": (_because(run, rows["reason"]), 34),
    }
    ids: dict[str, Column] = {"golden_id": (rows["golden_id"], 18), "record_key": (rows["record_key"], 32)}
    purpose = (
        "Which value holds where records of one customer, supplier or person say different things, where it comes from, and "
        "why. Change it on the sheet Differences. Values on which all agree are in the table golden of the run."
    )
    return sheet("Values chosen", purpose, columns, whole.num_rows, ids=ids)


def _because(run: RunTables, reason: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    words = {"newest": "changed last"}
    named = "source of truth: "
    for one in pc.unique(reason).to_pylist():
        if one.startswith(named):
            words[one] = f"{run.label(one.removeprefix(named))} decides this field"
        elif one.startswith(_MAKESHIFT):
            words[one] = one.replace(f"{_MAKESHIFT}, ", "fullest record; ")
    return worded(reason, words)


def _source_of_truth(run: RunTables, max_rows: int) -> Sheet:
    table = run.table("source_of_truth")
    ranked = table.sort_by([("undecided", "descending"), ("differences", "descending"), ("column", "ascending")])
    rows = ranked.slice(0, max_rows)
    decides = worded(rows["system"], run.labels)
    columns: dict[str, Column] = {
        "field": (_fields(rows["column"]), 20),
        "system that decides": (pc.coalesce(decides, "open: nobody said"), 28),
        "differences": (rows["differences"], 14),
        "still open": (rows["undecided"], 14),
    }
    purpose = (
        "Which system is right when records of one customer or supplier differ, as you told us; who decides one part of an "
        "address decides all of it. Where it is open, we assume what most systems say, else what changed last, and ask "
        "about the rest. Name a system under sources_of_truth in engagement.yaml: one line settles a field."
    )
    return sheet("Who decides", purpose, columns, table.num_rows, ids={"column": (rows["column"], 14)}, frozen=1)


def _crosswalk(run: RunTables, stakes: pa.Table, max_rows: int) -> Sheet:
    crosswalk = run.table("crosswalk")
    counts = crosswalk.group_by("golden_id").aggregate([([], "count_all")])
    several = counts.filter(pc.greater(counts["count_all"], 1))["golden_id"].combine_chunks()
    whole = crosswalk.filter(pc.is_in(crosswalk["golden_id"], value_set=several))
    rows = _largest(run, stakes, whole, ("golden_id", "system", "record_key")).slice(0, max_rows)
    columns: dict[str, Column] = {
        "customer or supplier": (golden_names(run, rows["golden_id"]), 32),
        "called there": (party_names(run, rows["record_key"]), 32),
        "system": (worded(rows["system"], run.labels), 20),
        "list": (rows["stream"], 14),
        "id there": (rows["record_id"], 28),
        "decided by": (rows["decided_by"], 12),
        "probability": (rows["match_probability"], 11),
    }
    ids: dict[str, Column] = {"golden_id": (rows["golden_id"], 18)}
    purpose = "Which records of which systems stand for one customer, supplier or person, where there are several."
    return sheet("Crosswalk", purpose, columns, whole.num_rows, ids=ids)


def _edge_cases(run: RunTables, max_rows: int) -> Sheet:
    table = run.table("edge_case").sort_by([("kind", "ascending"), ("system", "ascending"), ("record_key", "ascending")])
    rows = table.slice(0, max_rows)
    is_amount = pc.is_in(rows["column"], value_set=pa.array(_AMOUNTS))
    columns: dict[str, Column] = {
        "case": (worded(rows["kind"], _CASE_WORDS), 18),
        "value": (pc.if_else(is_amount, _in_sentences(rows["value"]), rows["value"]), 40),
        "what is unusual": (rows["reason"], 50),
        "system": (worded(rows["system"], run.labels), 20),
        "list": (rows["stream"], 14),
        "field": (_fields(rows["column"]), 14),
    }
    purpose = "Records that are right but unusual: whatever connects the systems has to carry them too. Test on these first."
    return sheet("Cases to test on", purpose, columns, table.num_rows, ids={"record_key": (rows["record_key"], 32)})


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
    rows = changed.slice(0, max_rows)
    sentences = [event_sentence(row, row["cluster_id"]) for row in rows.to_pylist()]
    columns: dict[str, Column] = {
        "group": (golden_names(run, rows["cluster_id"]), 30),
        "what": (rows["kind"], 12),
        "in words": (pa.array(sentences, pa.string()), 70),
    }
    ids: dict[str, Column] = {
        "group id": (rows["cluster_id"], 18),
        "other group id": (rows["other_cluster_id"], 18),
    }
    purpose = "Groups of records that were merged, or split, since they were matched before. Ids of groups stay otherwise."
    return sheet("Group changes", purpose, columns, changed.num_rows, ids=ids)


def _quarantine(run: RunTables, max_rows: int) -> Sheet:
    quarantine = run.table("quarantine")
    names = ("file", "part", "line", "reason", "detail", "system", "stream", "row")
    purpose = "Rows that did not become records, with the reason: total lines, titles, and rows that could not be read."
    columns = plain_columns(quarantine.slice(0, max_rows), names, (36, 16, 8, 16, 50, 14, 14, 60))
    return sheet("Put aside", purpose, columns, quarantine.num_rows)


def _in_sentences(texts: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return texts with their numbers as the reader's country writes them."""
    return worded(texts, {text: sentence_text(text) for text in pc.unique(texts).to_pylist() if text})


def _figures(run: RunTables, max_rows: int) -> Sheet:
    names = ("label", "value", "unit", "currency", "low", "high", "n", "evidence", "unconfirmed", "method", "formula")
    figure = run.table("figure").sort_by("figure_id")
    rows = figure.slice(0, max_rows)
    columns = plain_columns(rows, names, (50, 14, 16, 9, 14, 14, 9, 11, 40, 60, 40))
    columns |= {name: (_in_sentences(rows[name]), width) for name, width in (("method", 60), ("formula", 40))}
    columns["unconfirmed"] = (pc.binary_join(rows["unconfirmed"], ", "), 40)
    purpose = "Every figure of this run with its range, evidence, method and arithmetic."
    ids: dict[str, Column] = {"figure_id": (rows["figure_id"], 44)}
    return sheet("Figures", purpose, columns, figure.num_rows, ids=ids, frozen=1)
