"""Second entries that are themselves many times their item: one slip of the decimal sign in a sum is said beside it."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.report.run import RunTables
from toolkit.report.wrong_items import MANY_TIMES

_ROUND = 0.12
"""How far the logarithm of a ratio may lie from a whole power of ten: with tax on one side only it is no round one."""


def oversized_entries(run: RunTables, seconds: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return second entries of many times their item, by handoff and key, each as a row of COUNTERPART would tell it.

    Parameters
    ----------
    run
        Its tables.
    seconds
        Rows of COUNTERPART for what was entered a second time.
    """
    counterpart = run.table("counterpart")
    wrong = counterpart.filter(pc.and_(counterpart["is_error"], pc.is_valid(counterpart["amount_r_minor"]))).to_pylist()
    # One that repeats a wrong document is known by its amount, any other by the item that it was compared with.
    first = {(row["handoff_id"], row["currency"], row["amount_r_minor"]): row for row in wrong if _is_many_times(row)}
    sources = _sources(run, [row["key_r"] for row in seconds])
    found = {}
    for row in seconds:
        name = (row["handoff_id"], row["key_r"])
        twin = first.get((row["handoff_id"], row["currency"], row["amount_r_minor"]))
        if twin is None and name in sources and _is_many_times(own := {**row, **sources[name]}):
            power = math.log10(abs(own["amount_r_minor"] / own["amount_l_minor"]))
            kind = "factor" if abs(power - round(power)) <= _ROUND else "amount"
            twin = {**own, "error_kind": kind, "error_columns": ["amount_minor"]}
        if twin is not None:
            found[name] = dict(twin)
    return found


def _is_many_times(row: Mapping[str, Any]) -> bool:
    amounts = row["amount_l_minor"], row["amount_r_minor"]
    return all(amounts) and abs(row["amount_r_minor"]) >= MANY_TIMES * abs(row["amount_l_minor"])


def _sources(run: RunTables, keys: Sequence[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the likeliest item of each document, with its amount, by handoff and the document's key."""
    pair, counterpart = run.table("document_pair"), run.table("counterpart")
    own = pair.filter(pc.is_in(pair["key_r"].cast(pa.string()), value_set=pa.array(keys, pa.string())))
    rows = sorted(own.select(["handoff_id", "key_l", "key_r", "match_probability"]).to_pylist(), key=_likely)
    best = {(row["handoff_id"], row["key_r"]): row["key_l"] for row in rows}
    is_asked = pc.is_in(counterpart["key_l"], value_set=pa.array(list(best.values()), pa.string()), skip_nulls=True)
    amounts = {(row["handoff_id"], row["key_l"]): row["amount_l_minor"] for row in counterpart.filter(is_asked).to_pylist()}
    return {
        (handoff_id, key_r): {"key_l": key_l, "amount_l_minor": amounts.get((handoff_id, key_l))}
        for (handoff_id, key_r), key_l in best.items()
    }


def _likely(row: Mapping[str, Any]) -> tuple[float, str]:
    return row["match_probability"] or 0.0, row["key_l"]
