"""What persons said of fields in which two records differ: the left value is right, the right one, or neither.

A word holds as long as the value that it is about stands as it was: after that the difference is open again.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import NONE, array_of, positions
from toolkit.reconcile.outcome_words import DECIDED
from toolkit.reconcile.said_values import said_values
from toolkit.reconcile.survivorship import SURVIVING_COLUMNS
from toolkit.tables import CROSSWALK, GOLDEN, MISMATCH, PARTY, RULING, checked
from toolkit.tables.rulings import DIFFERENCE

_FOLLOWING = {"name": ("name", "given_name", "family_name")}
"""Columns that are taken along: the parts of a name are those of the record whose name is right."""


_SIDES = ("left", "right", "neither")


class _Word(NamedTuple):
    """What holds of one field of one party: the record whose value is right (null: of neither), and the values refused."""

    golden_id: str
    column: str
    right_key: str | None
    wrong_key: str | None
    refused: tuple[str | None, ...]


def decided_mismatches(mismatches: pa.Table, rulings: pa.Table) -> pa.Table:
    """Return MISMATCH with what persons said in ``decision``, and the value that they chose as the proposed one.

    Parameters
    ----------
    mismatches
        Table MISMATCH.
    rulings
        Table RULING.
    """
    table = checked(mismatches, MISMATCH)
    own = _differences(rulings)
    if not own:
        return table
    named = pa.array([key for row in own for key in (row["key_l"], row["key_r"])], pa.string())
    at = pc.indices_nonzero(pc.is_in(table["key_l"], value_set=named)).to_pylist()
    told = {(row["part"], row["key_l"], row["key_r"]): row for row in own}
    changes: dict[int, dict[str, str | None]] = {}
    for place, row in zip(at, table.take(pa.array(at, pa.int64())).to_pylist(), strict=True):
        is_turned = row["key_l"] > row["key_r"]
        ruling = told.get((row["column"], *sorted((row["key_l"], row["key_r"]))))
        if ruling is None:
            continue
        seen = _turned(ruling) if is_turned else ruling
        if holds(seen, row["value_l"], row["value_r"]):
            changes[place] = _decided(row, seen["decision"])
    return _changed(table, changes)


def holds(ruling: Mapping[str, Any], value_l: str | None, value_r: str | None) -> bool:
    """Return whether a ruling on a difference still speaks of the values that the two records have.

    Parameters
    ----------
    ruling
        A row of RULING.
    value_l, value_r
        Of its left and its right record now.

    Examples
    --------
    >>> ruling = {"decision": "left", "value_l": "Bonn", "value_r": "Ulm"}
    >>> holds(ruling, "Bonn", "Kiel"), holds(ruling, "Köln", "Ulm"), holds({**ruling, "decision": "neither"}, "Bonn", "Kiel")
    (True, False, False)
    """
    is_left, is_right = value_l == ruling["value_l"], value_r == ruling["value_r"]
    decision = ruling["decision"]
    return (is_left or decision == "right") and (is_right or decision == "left") if decision in _SIDES else False


def decided_golden(golden: pa.Table, parties: pa.Table, crosswalk: pa.Table, rulings: pa.Table) -> pa.Table:
    """Return GOLDEN with the values that persons chose; where neither value is right there is none.

    Of several words on a field of one party, a value that another word calls wrong gives way; of those that are left the
    last one holds.

    Parameters
    ----------
    golden
        Table GOLDEN.
    parties, crosswalk
        Tables PARTY and CROSSWALK.
    rulings
        Table RULING, in order of entry.
    """
    table = checked(golden, GOLDEN)
    own = _differences(rulings)
    if not own:
        return table
    keys = {key for row in own for key in (row["key_l"], row["key_r"])}
    columns = {name for row in own for name in _FOLLOWING.get(row["part"], (row["part"],))}
    values = present_values(checked(parties, PARTY), keys, columns)
    walk = checked(crosswalk, CROSSWALK)
    at = positions(pa.array(list(values), pa.string()), walk["record_key"])
    ids = array_of(walk["golden_id"]).take(pa.array(at, mask=at == NONE)).to_pylist()
    words = _words(own, values, dict(zip(values, ids, strict=True)))
    return _with_words(table, words, values) if words else table


def _differences(rulings: pa.Table) -> list[dict[str, Any]]:
    table = checked(rulings, RULING)
    is_own = pc.and_(pc.equal(table["subject"], DIFFERENCE), pc.not_equal(table["decision"], "open"))
    return [dict(row) for row in table.filter(is_own).to_pylist()]


def _turned(ruling: Mapping[str, Any]) -> dict[str, Any]:
    """Return a ruling seen from its other record."""
    word = {"left": "right", "right": "left"}.get(ruling["decision"], ruling["decision"])
    return {"decision": word, "value_l": ruling["value_r"], "value_r": ruling["value_l"]}


def _decided(row: Mapping[str, Any], decision: str) -> dict[str, str | None]:
    """Return the columns of a difference that a word changes."""
    side = {"left": "l", "right": "r"}.get(decision)
    if side is None:
        return {"decision": decision, "proposed_value": None, "proposed_system": None}
    return {"decision": decision, "proposed_value": row[f"value_{side}"], "proposed_system": row[f"system_{side}"]}


def _changed(table: pa.Table, changes: Mapping[int, Mapping[str, str | None]]) -> pa.Table:
    for name in ("decision", "proposed_value", "proposed_system") if changes else ():
        mask = pa.array([place in changes for place in range(table.num_rows)])
        chosen = pa.array([changes[place][name] for place in sorted(changes)], pa.string())
        values = pc.replace_with_mask(array_of(table[name]), mask, chosen)
        table = table.set_column(table.column_names.index(name), name, values)
    return table


def present_values(
    parties: pa.Table, record_keys: Collection[str], columns: Collection[str]
) -> dict[str, dict[str, str | None]]:
    """Return what records that are there now say in some columns, by record key; a filler is no value.

    Parameters
    ----------
    parties
        Table PARTY, or ``record_key``, ``state`` and the columns of it.
    record_keys, columns
        Of which records, and what of them.
    """
    names = sorted(columns)
    is_there = pc.invert(pc.is_in(parties["state"], value_set=pa.array(["deleted", "absent"])))
    is_named = pc.is_in(parties["record_key"], value_set=pa.array(sorted(record_keys), pa.string()))
    table = parties.filter(pc.and_(is_named, is_there)).select(["record_key", *names]).combine_chunks()
    filled = {name: said_values(name, table[name]).to_pylist() for name in names}
    return {key: {name: filled[name][place] for name in names} for place, key in enumerate(table["record_key"].to_pylist())}


def _words(
    rulings: list[dict[str, Any]], values: Mapping[str, Mapping[str, str | None]], golden_of: Mapping[str, str | None]
) -> list[_Word]:
    """Return the words that hold: both records are there, are one party, and say what they said."""
    words = []
    for row in rulings:
        left, right, column = row["key_l"], row["key_r"], row["part"]
        golden_id = golden_of.get(left)
        if left not in values or right not in values or golden_id is None or golden_of[right] != golden_id:
            continue
        if not holds(row, values[left][column], values[right][column]):
            continue
        right_key, wrong_key = {"left": (left, right), "right": (right, left)}.get(row["decision"], (None, None))
        refused = () if right_key else (row["value_l"], row["value_r"])
        words.append(_Word(golden_id, column, right_key, wrong_key, refused))
    return words


def _with_words(table: pa.Table, words: list[_Word], values: Mapping[str, Mapping[str, str | None]]) -> pa.Table:
    fields: dict[tuple[str, str], list[_Word]] = {}
    for word in words:
        fields.setdefault((word.golden_id, word.column), []).append(word)
    rows: list[dict[str, Any]] = []
    gone: set[tuple[str, str]] = set()
    refused: dict[tuple[str, str], set[str | None]] = {}
    for (golden_id, column), own in fields.items():
        wrong = {word.wrong_key for word in own}
        named = [word.right_key for word in own if word.right_key]
        standing = [key for key in named if key not in wrong] or named
        if not standing:
            refused[golden_id, column] = {value for word in own for value in word.refused}
            continue
        chosen = standing[-1]
        for name in _FOLLOWING.get(column, (column,)):
            gone.add((golden_id, name))
            value = values[chosen][name]
            if value is not None:
                one = {"golden_id": golden_id, "column": name, "value": value, "record_key": chosen, "reason": DECIDED}
                rows.append(one)
    ids = pa.array(sorted({key[0] for key in (*gone, *refused)}), pa.string())
    is_touched = pc.is_in(table["golden_id"], value_set=ids)
    touched = [
        row
        for row in table.filter(is_touched).to_pylist()
        if (row["golden_id"], row["column"]) not in gone
        and row["value"] not in refused.get((row["golden_id"], row["column"]), ())
    ]
    whole = pa.concat_tables([table.filter(pc.invert(is_touched)), GOLDEN.from_rows([*touched, *rows])])
    place = pc.index_in(whole["column"], value_set=pa.array(SURVIVING_COLUMNS))
    order = [("golden_id", "ascending"), ("place", "ascending")]
    return whole.append_column("place", place).sort_by(order).drop_columns("place")
