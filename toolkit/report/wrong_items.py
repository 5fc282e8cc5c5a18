"""Documents that arrived wrong: what each should say, what it says, and how much hangs on it."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.decision_words import CHOICES, shown
from toolkit.report.blocks import Block, Heading, Inline, Paragraph, Table
from toolkit.report.examples import field_words
from toolkit.report.masking import masked_text, masked_value
from toolkit.report.record_names import record_names, written_amount
from toolkit.report.run import RunTables
from toolkit.report.said_words import decision_columns
from toolkit.report.sheet_columns import Column, document_columns, looked_up, sheet, system_words, worded
from toolkit.report.sheets import Sheet
from toolkit.report.shown import decimal_text
from toolkit.report.stakes import major_units
from toolkit.tables.rulings import WRONG
from toolkit.values.counted import listed
from toolkit.values.written import number_text

_KIND_WORDS = {
    "amount": "another amount", "transposed": "digits of the amount changed places", "tax_missed": "the tax left out",
    "fee": "less by a fee", "currency": "another currency", "party": "another customer or supplier", "factor": "the amount",
}  # fmt: skip
_AMOUNT_COLUMNS = ("amount_minor", "tax_minor")
_PARTY_COLUMNS = ("party_key", "party_name")
_MAX_ROWS = 10
_WORDS = {word: shown(WRONG, word) for word in ("left", "right", "neither")}
_LEFT_EMPTY = "left empty"
MANY_TIMES = 5
"""From here on how many times says more than that it is another amount."""


def wrong_items(run: RunTables, *, with_settled: bool = False) -> pa.Table:
    """Return the rows of COUNTERPART that arrived wrong, with ``at_stake`` in whole units, the largest first.

    At stake is what two amounts differ by; where another customer stands there, or a field was left empty, all of it.

    Parameters
    ----------
    run
        Its tables.
    with_settled
        Also those that a person called right as they are; what was decided stands last then.
    """
    table = run.table("counterpart")
    is_told = pc.is_in(table["decision"], value_set=pa.array([*_WORDS]))
    own = table.filter(pc.or_(table["is_error"], is_told) if with_settled else table["is_error"])
    columns = pc.fill_null(pc.binary_join(own["error_columns"], " "), "")
    is_amount = pc.match_substring_regex(columns, "|".join(_AMOUNT_COLUMNS))
    is_whole = pc.match_substring_regex(columns, "|".join((*_PARTY_COLUMNS, "currency")))
    apart = pc.abs(pc.subtract(own["amount_r_minor"], own["amount_l_minor"]))
    whole = pc.abs(pc.coalesce(own["amount_r_minor"], own["amount_l_minor"]))
    stake = pc.if_else(pc.and_(is_amount, pc.invert(is_whole)), pc.coalesce(apart, whole), whole)
    told = own.append_column("at_stake", major_units(stake, own["currency"]))
    order = [("at_stake", "descending"), ("event_on", "ascending"), ("handoff_id", "ascending"), ("key_l", "ascending")]
    if not with_settled:
        return told.sort_by([*order, ("key_r", "ascending")])
    is_settled = pc.is_in(told["decision"], value_set=pa.array([*_WORDS])).cast(pa.int8())
    ranked = told.append_column("is_settled", is_settled)
    return ranked.sort_by([("is_settled", "ascending"), *order, ("key_r", "ascending")])


def difference_words(row: Mapping[str, Any]) -> str:
    """Return what a target got wrong, in words.

    Parameters
    ----------
    row
        Of COUNTERPART.

    Examples
    --------
    >>> wrong = {"error_kind": "factor", "error_columns": ["amount_minor"], "amount_l_minor": 3_747_500}
    >>> difference_words({**wrong, "amount_r_minor": 37_475_000})
    '10 times the amount'
    >>> difference_words({"error_kind": "missing_field", "error_columns": ["party_name"]})
    'customer or supplier left empty'
    """
    kind, columns = row["error_kind"], list(row["error_columns"] or ())
    if kind == "factor" and row["amount_l_minor"] and row["amount_r_minor"]:
        # With tax on one side only the ratio is no round one, the factor still is.
        power = round(math.log10(abs(row["amount_r_minor"] / row["amount_l_minor"])))
        if power:
            times = number_text(f"{10 ** abs(power):,}")
            return _with_others(f"{times} times the amount" if power > 0 else f"1/{times} of the amount", columns, kind)
    if kind in {"field", "missing_field"}:
        said = ", ".join(dict.fromkeys(field_words(name) for name in columns)) or "a field"
        return f"{said} {_LEFT_EMPTY}" if kind == "missing_field" else f"another {said}"
    return _with_others(_many_times(row) or _KIND_WORDS.get(kind, "another value"), columns, kind)


def _many_times(row: Mapping[str, Any]) -> str:
    """Return how many times too large an amount is, where that is many times."""
    if row["error_kind"] != "amount" or not row["amount_l_minor"] or row["amount_r_minor"] is None:
        return ""
    ratio = abs(row["amount_r_minor"] / row["amount_l_minor"])
    return f"about {decimal_text(ratio, 0)} times the amount" if ratio >= MANY_TIMES else ""


def _with_others(said: str, columns: Sequence[str], kind: str) -> str:
    """Return what differs first, and whatever else does."""
    own = {"party": _PARTY_COLUMNS, "currency": ("currency",)}.get(kind, _AMOUNT_COLUMNS)
    others = dict.fromkeys(field_words(name) for name in columns if name not in own)
    return f"{said}; also {', '.join(others)}" if others else said


def error_fields(row: Mapping[str, Any]) -> str:
    """Return the fields that a target got wrong, in words.

    Parameters
    ----------
    row
        Of COUNTERPART.

    Examples
    --------
    >>> error_fields({"error_columns": ["amount_minor", "party_key"]})
    'amount and customer or supplier'
    """
    return listed(list(dict.fromkeys(field_words(name) for name in row["error_columns"] or ()))) or "document"


def said_sides(run: RunTables, rows: pa.Table, *, is_masked: bool) -> list[tuple[str, str]]:
    """Return for each row what the target should say, and what it says, of every field that is wrong.

    Parameters
    ----------
    run
        Its tables.
    rows
        Of ``wrong_items``.
    is_masked
        Whether persons are shortened.
    """
    names = [document_columns(run, rows[key])["customer or supplier"][0].to_pylist() for key in ("key_l", "key_r")]
    parties = run.parties([key for name in ("key_l", "key_r") for key in rows[name].to_pylist()])
    kinds = run.kinds(list(parties)) if is_masked else {}

    def said(row: Mapping[str, Any], column: str, side: str, name: str | None) -> str:
        if column in _PARTY_COLUMNS:
            return masked_value("name", name, kind=run.name_words.kind(name)) if is_masked and name else name or ""
        key = row[f"key_{side}"]
        if key in parties:
            value = parties[key].get(column)
            return masked_value(column, value, kind=kinds.get(key, "unknown")) if is_masked and value else str(value or "")
        return written_amount(row[f"amount_{side}_minor"], row["currency"] or run.currency)

    found = []
    for row, *both in zip(rows.to_pylist(), *names, strict=True):
        # Of a wrong currency the amounts are what can be shown; the tax is part of them.
        wrong = row["error_columns"] or ()
        columns = dict.fromkeys("amount_minor" if one in {"tax_minor", "currency"} else one for one in wrong)
        texts = [
            "; ".join(dict.fromkeys(text for one in columns if (text := said(row, one, side, name))))
            for side, name in zip("lr", both, strict=True)
        ]
        found.append((texts[0], texts[1] or "(empty)"))
    return found


def _repeated_in(run: RunTables, rows: pa.Table) -> list[list[str]]:
    """Return for each row the documents of further handoffs that repeat the wrong amount."""
    table = run.table("counterpart")
    own = table.filter(pc.fill_null(table["is_passed_on"], False))
    after: dict[str, list[str]] = {}
    for key_l, key_r in zip(own["key_l"].to_pylist(), own["key_r"].to_pylist(), strict=True):
        after.setdefault(key_l, []).append(key_r)
    found = []
    for key in rows["key_r"].to_pylist():
        reached = list(after.get(key, ()))
        for one in reached:
            reached += [further for further in after.get(one, ()) if further not in reached]
        found.append(reached)
    return found


def wrong_sheet(run: RunTables, max_rows: int) -> Sheet:
    """Return the sheet of what arrived wrong, the largest amounts at stake first.

    Parameters
    ----------
    run
        Its tables.
    max_rows
        Rows of the sheet at most.
    """
    whole = wrong_items(run, with_settled=True)
    rows = whole.slice(0, max_rows)
    sides = said_sides(run, rows, is_masked=False)
    handoff = run.table("handoff")
    streams = pc.binary_join_element_wise(handoff["system_r"], handoff["stream_r"], ".")
    (part,) = looked_up(rows["handoff_id"], handoff["handoff_id"], streams)
    is_told = pc.is_in(rows["decision"], value_set=pa.array([*_WORDS]))
    said = pc.if_else(is_told, worded(rows["decision"], _WORDS), pa.scalar(None, pa.string()))
    columns: dict[str, Column] = {
        **document_columns(run, rows["key_l"]),
        "entered as": (document_columns(run, rows["key_r"])["document"][0], 30),
        "what differs": (pa.array([difference_words(row) for row in rows.to_pylist()], pa.string()), 34),
        "repeated in": (pa.array([", ".join(keys) or None for keys in _repeated_in(run, rows)], pa.string()), 30),
        "should say": (pa.array([one for one, _ in sides], pa.string()), 26),
        "says": (pa.array([other for _, other in sides], pa.string()), 26),
        **decision_columns(run, said, WRONG, part, (rows["key_l"],)),
        "at stake": (rows["at_stake"], 14),
        "currency": (rows["currency"], 9),
        "date": (rows["event_on"], 12),
        "where": (system_words(run, rows["key_r"]), 18),
        "carried": (worded(rows["handoff_id"], run.handoff_labels()), 30),
    }
    ids: dict[str, Column] = {
        "key_l": (rows["key_l"], 32), "key_r": (rows["key_r"], 32), "entered in": (part, 22),
    }  # fmt: skip
    purpose = (
        "What arrived in the other system and does not say what it should, the largest amounts at stake first. At stake is "
        "what the two amounts differ by as they stand; where it went to another customer or supplier, or something was left "
        "empty, the whole amount. Write who is right: correct it (in the system under “where”), right as it is, or both are "
        "wrong. What is right as it is counts as wrong no more."
    )
    return sheet("Wrong items", purpose, columns, whole.num_rows, ids=ids, choices=CHOICES[WRONG])


def _with_repeats(said: str, names: Sequence[str]) -> str:
    return f"{said}; repeated in {listed(list(names))}" if names else said


def wrong_blocks(run: RunTables) -> list[Block]:
    """Return the report's list of what arrived wrong; nothing where nothing did."""
    whole = wrong_items(run)
    if not whole.num_rows:
        return []
    rows, labels = whole.slice(0, _MAX_ROWS), run.handoff_labels()
    told = rows.to_pylist()
    repeated = _repeated_in(run, rows)
    named = [row[key] for row in told for key in ("key_l", "key_r")] + [key for keys in repeated for key in keys]
    names = record_names(run, named, is_short=True)
    cells: list[tuple[Inline, ...]] = [
        (
            masked_text(labels.get(row["handoff_id"], row["handoff_id"])),
            names[row["key_l"]],
            names[row["key_r"]],
            _with_repeats(difference_words(row), [str(names[key]) for key in keys]),
            *both,
        )
        for row, keys, both in zip(told, repeated, said_sides(run, rows, is_masked=True), strict=True)
    ]
    return [
        Heading("What arrived wrong"),
        Paragraph(("Those with the most at stake; the work-through workbook lists every one on the sheet “Wrong items”.",)),
        Table(
            ("Handoff", "From", "Entered as", "What differs", "Should say", "Says"),
            tuple(cells),
            caption="Items that arrived wrong, the largest amounts at stake first",
            row_count=whole.num_rows,
        ),
    ]
