"""What the records themselves tell: errors, names and texts as written, numbers carried over, and who created them."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.arrivals.pairs import Arrivals, texts
from toolkit.reconcile.coded import flags

Found = dict[str, tuple[float, int]]

_NAMES = ("party_name", "name")
_POINTS = ("phone", "email", "street", "city", "postcode", "tax_id")
_TEXTS = ("name", "description")
_NUMBERS_L = ("number", "record_id")
_NUMBERS_R = ("reference", "number", "deal_ref", "invoice_ref", "description", "name")
_FEWEST_SIGNS = 3
_PROGRAM = re.compile(
    r"(?i)\b(api|app|integrations?|bot|robot|rpa|sync|connector|zapier|make\.com|n8n|workato|boomi|mulesoft|celigo|tray\.io|"
    r"power automate|flow|webhook|automations?|automatic|automated|service account|system|scheduler|cron|job|etl|interface|"
    r"middleware|batch user|svc)\b|^svc[-_.]|[-_.](bot|api|sync|svc)\b"
)
_IMPORT = re.compile(r"(?i)\b(imports?|imported|importer|csv|xlsx?|excel|upload(ed|er)?|data ?loader|migration|bulk)\b")
_REGULAR_PERSON = 0.05


def contents(arrivals: Arrivals) -> Found:
    """Return what the records of one flow tell: value and number of items by measure.

    Parameters
    ----------
    arrivals
        The items side by side.
    """
    found: Found = {}
    # Of customers only those are due that their list calls so; where it calls none so, nobody knows who is missing.
    if not arrivals.is_of_parties or arrivals.due_count > arrivals.found_count:
        found["found"] = (arrivals.found_count / max(arrivals.due_count, 1), arrivals.due_count)
    if not len(arrivals):
        return found
    errors = "field_errors" if arrivals.is_of_parties else "typing_errors"
    found[errors] = (float(arrivals.is_wrong.mean()), len(arrivals))
    source, target = arrivals.source, arrivals.target
    found["same_names"] = _same(source, target, _NAMES[-1:] if arrivals.is_of_parties else _NAMES[:1])
    found["same_texts"] = _same(source, target, _POINTS) if arrivals.is_of_parties else _carried_texts(source, target)
    if not arrivals.is_of_parties:
        found["carried_numbers"] = _carried_numbers(source, target)
    return found | _creators(target)


def _same(source: pa.Table, target: pa.Table, columns: tuple[str, ...]) -> tuple[float, int]:
    """Return the share of values that both sides fill and write alike, and of how many items."""
    same, known = 0, 0
    for column in columns:
        left, right = texts(source, column), texts(target, column)
        is_known = flags(pc.and_(pc.is_valid(left), pc.is_valid(right)))
        same += int(flags(pc.equal(left, right)).sum())
        known += int(is_known.sum())
    return (same / known if known else 0.0, min(known, source.num_rows))


def _carried_texts(source: pa.Table, target: pa.Table) -> tuple[float, int]:
    """Return of how many items a text of the source stands, whole, in a text of the target."""
    carried = np.zeros(source.num_rows, dtype=bool)
    known = np.zeros(source.num_rows, dtype=bool)
    for one in _TEXTS:
        for other in _TEXTS:
            left, right = texts(source, one), texts(target, other)
            known |= flags(pc.and_(pc.is_valid(left), pc.is_valid(right)))
            carried |= _stands_in(left, right)
    return (float(carried[known].mean()) if known.any() else 0.0, int(known.sum()))


def _carried_numbers(source: pa.Table, target: pa.Table) -> tuple[float, int]:
    carried = np.zeros(source.num_rows, dtype=bool)
    known = np.zeros(source.num_rows, dtype=bool)
    for one in _NUMBERS_L:
        left = texts(source, one)
        known |= flags(pc.is_valid(left))
        for other in _NUMBERS_R:
            carried |= _stands_in(left, texts(target, other))
    return (float(carried[known].mean()) if known.any() else 0.0, int(known.sum()))


def _stands_in(parts: pa.StringArray, wholes: pa.StringArray) -> np.ndarray:
    """Return which texts stand in the text beside them; very short ones stand anywhere by chance."""
    if not pc.any(pc.and_(pc.is_valid(parts), pc.is_valid(wholes))).as_py():
        return np.zeros(len(parts), dtype=bool)
    pairs = zip(parts.to_pylist(), wholes.to_pylist(), strict=True)
    return np.array(
        [
            one is not None and other is not None and (one == other or (len(one) >= _FEWEST_SIGNS and one in other))
            for one, other in pairs
        ],
        dtype=bool,
    )


def _creators(target: pa.Table) -> Found:
    """Return who created the counterparts, where at least half of them say."""
    names = texts(target, "created_by").drop_null()
    if len(names) * 2 < target.num_rows or not len(names):
        return {}
    counted = {one["values"]: one["counts"] for one in pc.value_counts(names).to_pylist()}
    programs = sum(count for name, count in counted.items() if creator_kind(name) == "program")
    imports = sum(count for name, count in counted.items() if creator_kind(name) == "import")
    people = [one for name, one in counted.items() if creator_kind(name) == "person" and one >= _REGULAR_PERSON * len(names)]
    found = {"by_program": (programs / len(names), len(names)), "by_import": (imports / len(names), len(names))}
    return found | ({"people": (float(len(people)), len(names))} if people else {})


def creator_kind(name: str) -> str:
    """Return what a name in ``created_by`` is: a ``program``, an ``import`` or a ``person``.

    Examples
    --------
    >>> [creator_kind(one) for one in ("Zapier", "CSV import", "Dana Ortiz")]
    ['program', 'import', 'person']
    """
    if _IMPORT.search(name):
        return "import"
    return "program" if _PROGRAM.search(name) else "person"
