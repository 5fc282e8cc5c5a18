"""Work-through workbooks: what a person should look at, with a column to decide in.

They show records as they are and say CONFIDENTIAL on every sheet. Text from the client is written as text, never as a
formula or a link.
The sheet ``Duplicates`` is read back: its headers ``key_l``, ``key_r``, ``decision``, ``reviewer`` and ``note`` stay as
they are.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.match_waterfall import strength
from toolkit.disk import atomic_path
from toolkit.match.history import event_sentence
from toolkit.report.examples import field_words
from toolkit.report.run import RunTables

DECISIONS = ("same", "not_same", "exclude_l", "exclude_r", "open")
MAX_ROWS = 50_000
"""Rows of one sheet; a workbook beyond that opens slowly everywhere. The sheet says how many were left out."""

_MAX_CELL = 32_767
_CONFIDENTIAL = "CONFIDENTIAL: personal data of customers, suppliers and staff. Do not pass on."
_INPUT_COLUMNS = ("decision", "reviewer", "note")
_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)), "�")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its name, what it is for, its headers with column widths, and its rows in order."""

    name: str
    purpose: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[tuple[Any, ...]]
    row_count: int


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
    return _written(path, f"{run.client}: to work through", f"as of {run.as_of.isoformat()}, run {run.run_id}", sheets)


def write_dedupe_workbook(
    path: Path, pairs: pa.Table, candidates: pa.Table, clusters: pa.Table, *, max_rows: int = MAX_ROWS
) -> Path:
    """Write the review workbook of ``dedupe``: candidates first, then pairs decided already, then clusters.

    Parameters
    ----------
    pairs, candidates
        ``id_l, id_r, file_l, file_r, match_probability, match_weight`` and a level per field; ``candidates`` were put
        aside for
        review. Where ``key_l`` and ``key_r`` are given, these name the records.
    clusters
        ``record_id, cluster_id, file``.
    max_rows
        Rows of one sheet at most.
    """
    rows = [*_file_pairs(candidates, "review"), *_file_pairs(pairs, "same")]
    levels = [name for name in pairs.column_names if name not in _PAIR_COLUMNS]
    names = ("key_l", "key_r", *_INPUT_COLUMNS, "proposed", "probability", "file_l", "file_r", *levels)
    sheets = (
        _Sheet(
            "Duplicates",
            "Pairs of records. Decide in the column “decision”: same, not_same or open.",
            tuple((name, 16) for name in names),
            [tuple(row.get(name) for name in names) for row in rows[:max_rows]],
            len(rows),
        ),
        _Sheet(
            "Clusters",
            "Every record, and the group that it belongs to.",
            (("record_id", 30), ("cluster_id", 24), ("file", 30)),
            list(_tuples(clusters.slice(0, max_rows), ("record_id", "cluster_id", "file"))),
            clusters.num_rows,
        ),
    )
    return _written(path, "Duplicates to work through", "", sheets)


_PAIR_COLUMNS = ("key_l", "key_r", "id_l", "id_r", "file_l", "file_r", "match_probability", "match_weight")


def _file_pairs(pairs: pa.Table, proposed: str) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "key_l": row.get("key_l", row.get("id_l")),
            "key_r": row.get("key_r", row.get("id_r")),
            "proposed": proposed,
            "probability": row["match_probability"],
        }
        for row in pairs.to_pylist()
    ]


def _duplicates(run: RunTables, max_rows: int) -> _Sheet:
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
    return _Sheet("Duplicates", purpose, tuple(columns), rows, ranked.num_rows)


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


def _group_changes(run: RunTables, max_rows: int) -> _Sheet:
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
    return _Sheet(
        "Group changes",
        "Groups of records that were merged, or split, since they were matched before. Ids of groups stay otherwise.",
        (("group", 18), ("other_group", 18), ("what", 12), ("in words", 70)),
        rows,
        changed.num_rows,
    )


def _differences(run: RunTables, max_rows: int) -> _Sheet:
    mismatch = run.table("mismatch")
    ranked = mismatch.filter(pc.not_equal(mismatch["kind"], "formatting")).sort_by(
        [("kind", "ascending"), ("column", "ascending"), ("key_l", "ascending"), ("key_r", "ascending")]
    )
    names = ("key_l", "key_r", "column", "value_l", "value_r", "kind", "changed_last", "proposed_value", "proposed_system")
    widths = (30, 30, 14, 30, 30, 12, 12, 30, 14)
    return _Sheet(
        "Differences",
        "Fields in which two systems disagree about the same customer, supplier or person. The proposal follows the "
        "system that decides this field.",
        tuple(zip((*names, *_INPUT_COLUMNS), (*widths, 12, 12, 24), strict=True)),
        [(*row, "", "", "") for row in _tuples(ranked.slice(0, max_rows), names)],
        ranked.num_rows,
    )


def _missing(run: RunTables, max_rows: int) -> _Sheet:
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
    return _Sheet(
        "Missing",
        "Documents without a counterpart in the other system (missing), counterparts without a source (extra), and "
        "ties (ambiguous).",
        headers,
        rows,
        ranked.num_rows,
    )


def _quarantine(run: RunTables, max_rows: int) -> _Sheet:
    quarantine = run.table("quarantine")
    names = ("file", "part", "line", "reason", "detail", "system", "stream", "row")
    return _Sheet(
        "Put aside",
        "Rows that did not become records, with the reason: total lines, titles, and rows that could not be read.",
        tuple(zip(names, (36, 16, 8, 16, 50, 14, 14, 60), strict=True)),
        list(_tuples(quarantine.slice(0, max_rows), names)),
        quarantine.num_rows,
    )


def _figures(run: RunTables, max_rows: int) -> _Sheet:
    names = ("figure_id", "label", "value", "unit", "currency", "low", "high", "n", "evidence", "method", "formula")
    figure = run.table("figure").sort_by("figure_id")
    return _Sheet(
        "Figures",
        "Every figure of this run with its range, evidence, method and arithmetic.",
        tuple(zip(names, (44, 50, 14, 16, 9, 14, 14, 9, 11, 60, 40), strict=True)),
        list(_tuples(figure.slice(0, max_rows), names)),
        figure.num_rows,
    )


def _major(amount_minor: int | None, currency: str | None) -> float | None:
    from toolkit.roi.rounding import currency_places

    return None if amount_minor is None else amount_minor / 10 ** currency_places(currency or "")


def _tuples(table: pa.Table, names: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[name].to_pylist() for name in names), strict=True)


def _written(path: Path, title: str, facts: str, sheets: Sequence[_Sheet]) -> Path:
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
        "nan_inf_to_errors": True,
    }
    with atomic_path(path) as target, xlsxwriter.Workbook(str(target), options) as workbook:
        workbook.set_properties({"title": _text(title)[:200], "comments": _CONFIDENTIAL})
        _read_me(workbook, title, facts, sheets)
        for sheet in sheets:
            _write_sheet(workbook, sheet)
    return path


def _read_me(workbook: Any, title: str, facts: str, sheets: Sequence[_Sheet]) -> None:
    page = workbook.add_worksheet("Read me")
    page.hide_gridlines(2)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 92)
    bold, large = workbook.add_format({"bold": True}), workbook.add_format({"bold": True, "font_size": 16})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    red = workbook.add_format({"bold": True, "font_color": "#B00020"})
    page.write_string(0, 0, _text(title), large)
    page.write_string(1, 0, _CONFIDENTIAL, red)
    page.write_string(2, 0, _text(facts))
    line = 4
    for sheet in sheets:
        page.write_string(line, 0, sheet.name, bold)
        page.write_string(line, 1, f"{sheet.purpose} {_count_text(sheet)}", wrap)
        line += 1
    page.write_string(line + 1, 0, "Columns", bold)
    page.write_string(
        line + 1,
        1,
        "_l is one record, _r the other. key_l and key_r name the records (system/stream/id): please do not change "
        "them. Yellow columns are yours. Save the workbook and send it back; decisions are read from the sheet "
        "“Duplicates”.",
        wrap,
    )


def _count_text(sheet: _Sheet) -> str:
    if sheet.row_count > len(sheet.rows):
        return f"Shows the first {len(sheet.rows):,} of {sheet.row_count:,} rows; the others are in the results folder."
    return f"{sheet.row_count:,} row{'' if sheet.row_count == 1 else 's'}."


def _write_sheet(workbook: Any, sheet: _Sheet) -> None:
    page = workbook.add_worksheet(sheet.name)
    head = workbook.add_format({"bold": True, "bg_color": "#E3EEF6", "bottom": 1})
    yours = workbook.add_format({"bg_color": "#FFF8D6"})
    yours_head = workbook.add_format({"bold": True, "bg_color": "#FFE680", "bottom": 1})
    share, day = workbook.add_format({"num_format": "0.0%"}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    page.set_header(f"&C&B{_CONFIDENTIAL}")
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for position, (name, width) in enumerate(sheet.columns):
        page.set_column(position, position, width, yours if name in _INPUT_COLUMNS else None)
        page.write_string(0, position, _text(name), yours_head if name in _INPUT_COLUMNS else head)
    page.freeze_panes(1, 2)
    names = [name for name, _ in sheet.columns]
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(names) - 1)
        if "decision" in names:
            position = names.index("decision")
            page.data_validation(
                1,
                position,
                len(sheet.rows),
                position,
                {
                    "validate": "list",
                    "source": list(DECISIONS),
                    "error_title": "Not one of these",
                    "error_message": "Choose same, not_same, exclude_l, exclude_r or open, or leave it empty.",
                },
            )
    writers = [_cell_writer(page, name, yours, share, day) for name in names]
    for line, row in enumerate(sheet.rows, start=1):
        for position, (write, value) in enumerate(zip(writers, row, strict=True)):
            write(line, position, value)
    if sheet.row_count > len(sheet.rows):
        page.write_string(len(sheet.rows) + 1, 0, _count_text(sheet))


def _cell_writer(page: Any, name: str, yours: Any, share: Any, day: Any) -> Callable[[int, int, Any], None]:
    number_format = share if name == "probability" else None
    text_format = yours if name in _INPUT_COLUMNS else None

    def write(line: int, position: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool | str):
            page.write_string(line, position, _text(str(value)), text_format)
        elif isinstance(value, int | float):
            page.write_number(line, position, value, number_format)
        else:
            page.write_datetime(line, position, value, day)

    return write


def _text(value: str) -> str:
    """Return text that a cell can hold: no characters that XML forbids, and no longer than a cell may be."""
    cleaned = value.translate(_ILLEGAL)
    return cleaned if len(cleaned) <= _MAX_CELL else cleaned[: _MAX_CELL - 1] + "…"
