"""Families of numbers: INV-12 and CN-12 are two documents, though both are number 12."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.match.documents.side import Documents, Flags
from toolkit.values.cells import of_distinct

QUOTING = ("reference", "invoice_ref", "description", "name")
"""Columns in which a document quotes others."""

_USUAL_SHARE = 0.5


def families(side: Documents) -> pa.StringArray:
    """Return the letters in front of each document's own number, in capitals; null where there are none."""
    if "number" not in side.table.column_names:
        return pa.nulls(len(side), pa.string())
    numbers = side.table["number"].combine_chunks().cast(pa.string())
    found = pc.extract_regex(numbers, r"^(?P<letters>[A-Za-z]{2,6})[-_/# .]?[0-9]")
    return pc.ascii_upper(pc.struct_field(found, 0))


def usual_family(side: Documents) -> str:
    """Return the letters in front of most numbers of a side; empty where there are none."""
    counts = pc.value_counts(families(side).drop_null()).to_pylist()
    best = max(counts, key=lambda one: one["counts"], default=None)
    return str(best["values"]) if best and best["counts"] >= _USUAL_SHARE * len(side) else ""


def quoting(side: Documents, family: str) -> Flags:
    """Return which documents quote a number of a family: "INV-7", "invoice 7"."""
    result = np.zeros(len(side), dtype=bool)
    pattern = rf"(?i)(?:^|[^a-z0-9]){family}[a-z]*[ #:._/-]*[0-9]"
    for name in QUOTING:
        if name in side.table.column_names:
            cells = side.table[name].combine_chunks().cast(pa.string())
            found = of_distinct(cells, lambda texts: pc.match_substring_regex(texts, pattern))
            result |= np.asarray(pc.fill_null(found, False), dtype=bool)
    return result


def of_another_family(left: Documents, right: Documents, rows_l: Ints, rows_r: Ints, numbers: pa.StringArray) -> Flags:
    """Return which pairs share a number that the target writes only with the letters of another family.

    Parameters
    ----------
    left, right
        Source and target.
    rows_l, rows_r, numbers
        Pairs of documents, and the number of each, folded.
    """
    result = np.zeros(len(rows_l), dtype=bool)
    known = families(left)
    others = pc.unique(known.drop_null()).to_pylist()
    if len(others) < 2 or not len(rows_l):
        return result
    at = pa.array(rows_r)
    own = known.take(pa.array(rows_l)).to_pylist()
    cells = [right.table[name].combine_chunks().cast(pa.string()) for name in QUOTING if name in right.table.column_names]
    filled = [pc.fill_null(one.take(at), "") for one in cells]
    texts = pc.binary_join_element_wise(*filled, " ").to_pylist() if filled else [""] * len(at)
    for place, (family, text, number) in enumerate(zip(own, texts, numbers.to_pylist(), strict=True)):
        written = {found.upper() for found in _written(number).findall(text)}
        met = {one for one in others if any(letters.startswith(one) for letters in written)}
        result[place] = bool(met) and family not in met
    return result


def _written(number: str) -> re.Pattern[str]:
    """Return what finds the letters in front of a number in a text."""
    return re.compile(rf"(?<![A-Za-z])([A-Za-z]{{2,}})[ #:._/-]*0*{re.escape(number)}(?![A-Za-z0-9])", re.IGNORECASE)
