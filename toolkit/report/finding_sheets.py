"""Sheets of what systems do not agree in: fields that differ, items without a counterpart, documents without a source.

Each has one column to decide in and the grey columns by which ``files.decisions`` reads it back. What was decided before
stands last, with its word filled in.
"""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.decision_words import CHOICES, FOUND, FOUND_AS, shown
from toolkit.reconcile.coded import array_of
from toolkit.reconcile.outcome_words import BOTH_WRONG, DECIDED, SECOND_ENTRY, SOURCE_RIGHT
from toolkit.report.examples import field_words
from toolkit.report.run import RunTables
from toolkit.report.said_words import decision_columns
from toolkit.report.second_entries import oversized_entries
from toolkit.report.sheet_columns import (
    Column,
    document_columns,
    golden_names,
    looked_up,
    party_names,
    sheet,
    system_words,
    worded,
)
from toolkit.report.sheets import Sheet
from toolkit.report.stakes import major_units, record_stakes
from toolkit.report.wrong_items import difference_words, error_fields, said_sides, wrong_items
from toolkit.tables.rulings import DIFFERENCE, EXTRA, MISSING

_KIND_WORDS = {"different": "both have one", "missing_l": "left is empty", "missing_r": "right is empty"}
_CHANGED_WORDS = {"l": "left", "r": "right"}
_STATUS_WORDS = {
    "missing": "nothing found", "ambiguous": "several fit equally well", "not_due": "not due", "found": "found",
    "extra": "no source found", "in_order": "in order",
}  # fmt: skip
_MOST_CANDIDATES = 3
_HINT = f"Or write the number or key of the document behind it: {FOUND_AS} 1042"


def difference_sheet(run: RunTables, stakes: pa.Table, max_rows: int) -> Sheet:
    """Return the sheet of fields in which two systems disagree, those of the largest customers first.

    Parameters
    ----------
    run
        Its tables.
    stakes
        What hangs on each party (``stakes.party_stakes``).
    max_rows
        Rows of the sheet at most.
    """
    mismatch = run.table("mismatch")
    own = mismatch.filter(pc.not_equal(mismatch["kind"], "formatting"))
    amount, currency = record_stakes(run, stakes, own["key_l"], own["key_r"])
    told = own.append_column("amount_minor", amount).append_column("currency", currency)
    order = [("is_decided", "ascending"), ("amount_minor", "descending"), ("golden_id", "ascending")]
    order += [("column", "ascending"), ("key_l", "ascending"), ("key_r", "ascending")]
    told = told.append_column("is_decided", pc.is_valid(told["decision"]).cast(pa.int8()))
    rows = told.sort_by(order).slice(0, max_rows)
    words = {word: shown(DIFFERENCE, word) for word in ("left", "right", "neither")}
    columns: dict[str, Column] = {
        "customer or supplier": (golden_names(run, rows["golden_id"]), 30),
        "field": (worded(rows["column"], {name: field_words(name) for name in pc.unique(rows["column"]).to_pylist()}), 12),
        "left says": (rows["value_l"], 28),
        "right says": (rows["value_r"], 28),
        **decision_columns(run, worded(rows["decision"], words), DIFFERENCE, rows["column"], (rows["key_l"], rows["key_r"])),
        "left system": (worded(rows["system_l"], run.labels), 18),
        "right system": (worded(rows["system_r"], run.labels), 18),
        "proposed": (rows["proposed_value"], 28),
        "amount": (major_units(rows["amount_minor"], rows["currency"]), 13),
        "currency": (rows["currency"], 9),
        "kind": (worded(rows["kind"], _KIND_WORDS), 14),
        "changed last": (worded(rows["changed_last"], _CHANGED_WORDS), 12),
    }
    ids: dict[str, Column] = {"key_l": (rows["key_l"], 30), "key_r": (rows["key_r"], 30), "column": (rows["column"], 14)}
    purpose = (
        "Fields in which two systems disagree about the same customer, supplier or person. Write which side is right, or "
        "neither; leave the cell empty to decide later. The proposal is the value on the sheet Values chosen, which says "
        "why it holds. The amount is what the customer's documents of one list come to."
    )
    return sheet("Differences", purpose, columns, told.num_rows, ids=ids, choices=CHOICES[DIFFERENCE])


def item_sheets(run: RunTables, max_rows: int) -> tuple[Sheet, Sheet, Sheet]:
    """Return the sheets of missing items, of items with several counterparts, and of documents without a source.

    Parameters
    ----------
    run
        Its tables.
    max_rows
        Rows of one sheet at most.
    """
    table = run.table("counterpart")
    status, is_said = table["status"], pc.is_valid(table["decision"])
    is_found = _is_found(table)
    is_settled = pc.or_(pc.and_(is_said, pc.equal(status, "not_due")), is_found)
    is_missing = pc.or_(pc.equal(status, "missing"), is_settled)
    is_extra = pc.is_in(status, value_set=pa.array(["extra", "in_order"]))
    missing = (
        "Items without a counterpart in the other system, the largest first. Write what becomes of each: invoice it (or "
        f"enter it), not due, or {FOUND_AS} with the number of the document behind it."
    )
    unclear = (
        "Items for which several documents fit equally well, so that none was chosen. Write which it is: "
        f"{FOUND_AS} with its number; not due; or that it has to be entered."
    )
    extra = "Documents entered twice, or without anything in the other system that explains them."
    return (
        _items(run, table.filter(is_missing), "Missing", missing, max_rows),
        _items(run, table.filter(pc.equal(status, "ambiguous")), "Unclear items", unclear, max_rows, is_unclear=True),
        _extra(run, table.filter(is_extra), extra, max_rows),
    )


def _items(run: RunTables, own: pa.Table, name: str, purpose: str, max_rows: int, *, is_unclear: bool = False) -> Sheet:
    handoff = run.table("handoff")
    is_invoice = pc.fill_null(pc.equal(handoff["entity_r"], "invoice"), False)
    billed = handoff["handoff_id"].filter(is_invoice).combine_chunks()
    others = handoff["handoff_id"].filter(pc.invert(is_invoice)).combine_chunks()
    rows = _ranked(own, "amount_l_minor").slice(0, max_rows)
    is_billed = pc.is_in(rows["handoff_id"], value_set=billed)
    enter = pc.if_else(is_billed, shown(MISSING, "enter", is_invoice=True), shown(MISSING, "enter"))
    said = pc.if_else(pc.equal(rows["decision"], "enter"), enter, worded(rows["decision"], _ITEM_WORDS))
    said = pc.if_else(_is_found(rows), pc.binary_join_element_wise(FOUND_AS, rows["key_r"], " "), said)
    present = pc.unique(own["handoff_id"])
    has = {
        word: bool(pc.any(pc.is_in(present, value_set=its)).as_py())
        for word, its in (("invoice it", billed), ("enter it", others))
    }
    target = _streams(handoff, rows["handoff_id"], "r")
    choices = tuple(word for word in CHOICES[MISSING] if has.get(word, True))
    columns: dict[str, Column] = {
        **document_columns(run, rows["key_l"]),
        **({"may be": (_candidates(run, rows), 40)} if is_unclear else {}),
        **decision_columns(run, said, MISSING, target, (rows["key_l"],)),
        "date": (rows["event_on"], 12),
        "amount": (major_units(rows["amount_l_minor"], rows["currency"]), 14),
        "currency": (rows["currency"], 9),
        "carried": (worded(rows["handoff_id"], run.handoff_labels()), 30),
        "found": (worded(rows["status"], _STATUS_WORDS), 22),
        "why": (rows["basis"], 30),
    }
    ids: dict[str, Column] = {"key_l": (rows["key_l"], 32), "target": (target, 22)}
    return sheet(name, purpose, columns, own.num_rows, ids=ids, choices=choices, hint=_HINT)


def _is_found(rows: pa.Table) -> pa.ChunkedArray:
    """Return which items a person found as another document, also where another word on it came later."""
    is_linked = pc.fill_null(pc.starts_with(rows["basis"], DECIDED), False)
    return pc.or_(is_linked, pc.fill_null(pc.equal(rows["decision"], FOUND), False))


_ITEM_WORDS = {"not_due": shown(MISSING, "not_due")}


def _candidates(run: RunTables, rows: pa.Table) -> pa.Array:
    """Return the likeliest documents of each item, by what people call them, with their keys."""
    pair = run.table("document_pair").select(["handoff_id", "key_l", "key_r", "match_probability"])
    own = pair.filter(pc.is_in(pair["key_l"].cast(pa.string()), value_set=array_of(rows["key_l"])))
    names = ("handoff_id", "key_l", "key_r")
    coded = pa.table({**{name: own[name].cast(pa.string()) for name in names}, "likely": own["match_probability"]})
    own = coded.sort_by([("likely", "descending"), ("key_r", "ascending")])
    keys = own["key_r"]
    found: dict[tuple[str, str], list[str]] = {}
    called = document_columns(run, keys)["document"][0].to_pylist()
    columns = (own[name].to_pylist() for name in ("handoff_id", "key_l"))
    for handoff_id, key_l, name, key in zip(*columns, called, keys.to_pylist(), strict=True):
        found.setdefault((handoff_id, key_l), []).append(f"{name} ({key})")
    items = zip(rows["handoff_id"].to_pylist(), rows["key_l"].to_pylist(), strict=True)
    return pa.array(["; ".join(found.get(item, ())[:_MOST_CANDIDATES]) or None for item in items], pa.string())


def _extra(run: RunTables, own: pa.Table, purpose: str, max_rows: int) -> Sheet:
    rows = _ranked(own, "amount_r_minor").slice(0, max_rows)
    words = {word: shown(EXTRA, word) for word in ("in_order", "remove")}
    source = _streams(run.table("handoff"), rows["handoff_id"], "l")
    columns: dict[str, Column] = {
        **document_columns(run, rows["key_r"]),
        **decision_columns(run, worded(rows["decision"], words), EXTRA, source, (rows["key_r"],)),
        "date": (rows["event_on"], 12),
        "amount": (major_units(rows["amount_r_minor"], rows["currency"]), 14),
        "currency": (rows["currency"], 9),
        "carried": (worded(rows["handoff_id"], run.handoff_labels()), 30),
        "why": (_extra_reasons(run, rows), 46),
    }
    ids: dict[str, Column] = {"key_l": (rows["key_r"], 32), "source": (source, 22)}
    return sheet("Without a source", purpose, columns, own.num_rows, ids=ids, choices=CHOICES[EXTRA])


def _extra_reasons(run: RunTables, rows: pa.Table) -> pa.Array:
    """Return why each document is one too many, and where it is many times its item, that too."""
    told = rows.to_pylist()
    large = oversized_entries(run, [row for row in told if row["basis"] == SECOND_ENTRY])
    names = [(row["handoff_id"], row["key_r"]) for row in told]
    times = [f"; {difference_words(large[name])}" if name in large else "" for name in names]
    reasons = [f"{row['basis']}{words}" if row["basis"] else None for row, words in zip(told, times, strict=True)]
    return pa.array(reasons, pa.string())


def _ranked(rows: pa.Table, amount: str) -> pa.Table:
    """Return rows with those that nobody decided first, the largest amounts before the others."""
    is_decided = pc.is_valid(rows["decision"]).cast(pa.int8())
    order = [("is_decided", "ascending"), (amount, "descending"), ("event_on", "ascending"), ("handoff_id", "ascending")]
    return rows.append_column("is_decided", is_decided).sort_by([*order, ("key_l", "ascending"), ("key_r", "ascending")])


def _streams(handoff: pa.Table, handoff_ids: pa.ChunkedArray, side: str) -> pa.ChunkedArray:
    """Return the stream of one side of each handoff, as ``system.stream``."""
    names = pc.binary_join_element_wise(handoff[f"system_{side}"], handoff[f"stream_{side}"], ".")
    return looked_up(handoff_ids, handoff["handoff_id"], names)[0]


def agreed_sheet(run: RunTables, max_rows: int) -> Sheet:
    """Return the work that was agreed: what is to be entered or removed, and which records are to be corrected.

    Parameters
    ----------
    run
        Its tables.
    max_rows
        Rows of the sheet at most.
    """
    parts = [_agreed_items(run, "enter", "l"), _agreed_items(run, "remove", "r"), _corrections(run), *_mended(run)]
    # Two words may ask for the same work: of three systems two call the third wrong.
    whole = pa.concat_tables(parts)
    whole = whole.group_by(whole.column_names).aggregate([])
    whole = whole.sort_by([("amount", "descending"), ("key", "ascending"), ("to do", "ascending")])
    rows = whole.slice(0, max_rows)
    widths = {"to do": 44, "customer or supplier": 30, "what": 24, "where": 20, "amount": 14, "currency": 9}
    columns: dict[str, Column] = {name: (rows[name], width) for name, width in widths.items()}
    purpose = "What follows from your decisions and still has to be done in the systems, the largest amounts first."
    return sheet("Agreed work", purpose, columns, whole.num_rows, ids={"key": (rows["key"], 32)}, frozen=1)


def _agreed_items(run: RunTables, decision: str, side: str) -> pa.Table:
    table, handoff = run.table("counterpart"), run.table("handoff")
    rows = table.filter(pc.equal(table["decision"], decision))
    system, entity = looked_up(rows["handoff_id"], handoff["handoff_id"], handoff["system_r"], handoff["entity_r"])
    verb = {"enter": "Enter in ", "remove": "Remove from "}[decision]
    place = worded(system, run.labels)
    is_invoice = pc.fill_null(pc.equal(entity, "invoice"), False)
    said = pc.binary_join_element_wise(verb, place, "")
    if decision == "enter":
        said = pc.if_else(is_invoice, pc.binary_join_element_wise("Invoice it in ", place, ""), said)
    words = document_columns(run, rows[f"key_{side}"])
    return _work(
        said,
        words["customer or supplier"][0],
        words["document"][0],
        system_words(run, rows[f"key_{side}"]),
        major_units(rows[f"amount_{side}_minor"], rows["currency"]),
        rows["currency"],
        rows[f"key_{side}"],
    )


def _mended(run: RunTables) -> list[pa.Table]:
    """Return the documents to correct: of each wrong item the one that was called so, or both."""
    wrong = wrong_items(run)
    parts = []
    for decision, key in ((SOURCE_RIGHT, "key_r"), (BOTH_WRONG, "key_l"), (BOTH_WRONG, "key_r")):
        rows = wrong.filter(pc.fill_null(pc.equal(wrong["decision"], decision), False))
        should = [text for text, _ in said_sides(run, rows, is_masked=False)]
        fields = [error_fields(row) for row in rows.to_pylist()]
        is_known = decision == SOURCE_RIGHT
        said = [
            f"Correct the {field} to: {text}" if is_known else f"Find out the right {field}"
            for field, text in zip(fields, should, strict=True)
        ]
        words = document_columns(run, rows[key])
        who, what = (words[name][0] for name in ("customer or supplier", "document"))
        stake = rows["at_stake"], rows["currency"]
        parts.append(_work(pa.array(said, pa.string()), who, what, system_words(run, rows[key]), *stake, rows[key]))
    return parts


def _corrections(run: RunTables) -> pa.Table:
    """Return the records to correct: of each decided difference the side that is wrong, or both."""
    mismatch = run.table("mismatch")
    decided = mismatch.filter(pc.is_valid(mismatch["decision"]))
    parts = []
    for wrong, right in (("l", "right"), ("r", "left")):
        rows = decided.filter(pc.is_in(decided["decision"], value_set=pa.array([right, "neither"])))
        other = "r" if wrong == "l" else "l"
        value = pc.coalesce(rows[f"value_{other}"], "(empty)")
        field = worded(rows["column"], {name: field_words(name) for name in pc.unique(rows["column"]).to_pylist()})
        known = pc.binary_join_element_wise("Correct the ", field, " to: ", value, "")
        unknown = pc.binary_join_element_wise("Find out the right ", field, "")
        said = pc.if_else(pc.equal(rows["decision"], "neither"), unknown, known)
        names = party_names(run, rows[f"key_{wrong}"])
        none = pa.nulls(rows.num_rows, pa.float64()), pa.nulls(rows.num_rows, pa.string())
        parts.append(_work(said, names, field, worded(rows[f"system_{wrong}"], run.labels), *none, rows[f"key_{wrong}"]))
    return pa.concat_tables(parts)


def _work(*columns: pa.Array | pa.ChunkedArray) -> pa.Table:
    names = ("to do", "customer or supplier", "what", "where", "amount", "currency", "key")
    types = dict.fromkeys(names, pa.string()) | {"amount": pa.float64()}
    return pa.table({name: one.cast(types[name]) for name, one in zip(names, columns, strict=True)})
