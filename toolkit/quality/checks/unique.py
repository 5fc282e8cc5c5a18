"""Numbers that must name one record: an invoice number in a stream, a supplier's number within the supplier.

Every record that shares its number fails. Voided, cancelled and draft documents are left out. Where more than 20 % of the
values repeat (and at least 20 do) the stream repeats them by design, as a list of lines does, and nothing is judged.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged, keyed_rows
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Rows, coded, folded

_MAX_REPEATED_SHARE = 0.2
_MIN_HABIT_COUNT = 20


class _Rule(NamedTuple):
    column: str
    within: tuple[str, ...]
    words: str


_UNIQUE = {
    **dict.fromkeys(
        ("quote", "order", "invoice", "credit_note", "deal", "project", "ticket"),
        (_Rule("number", (), "number"),),
    ),
    "bill": (_Rule("number", ("party_key", "party_ref", "party_name"), "supplier and number"),),
    **dict.fromkeys(("product", "account"), (_Rule("code", (), "code"),)),
    "employee": (_Rule("email", (), "e-mail address"),),
}

_CANCELLED = r"(?i)\b(void(ed)?|cancel+ed|deleted|draft|reversed)\b"


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every column of each stream that must not repeat."""
    for stream in evidence.streams:
        for rule in _UNIQUE.get(stream.entity, ()):
            table = _without_cancelled(stream.table, ["record_key", rule.column, *rule.within])
            values = folded(table[rule.column])
            rows = np.flatnonzero(pc.is_valid(values).combine_chunks().to_numpy(zero_copy_only=False))
            if not len(rows):
                continue
            repeats = _repeats(table, values, rule)
            failing = rows[repeats[rows] > 1]
            if len(failing) > max(_MIN_HABIT_COUNT, _MAX_REPEATED_SHARE * len(rows)):
                continue
            places = pa.array(failing)
            counts = pa.array(repeats[failing]).cast(pa.string())
            reasons = pc.binary_join_element_wise(counts, f" records carry this {rule.words}.", "")
            found = keyed_rows(table["record_key"].take(places), table[rule.column].take(places), reasons)
            words = f"that share their {rule.words} with another one"
            yield Judged(stream, rule.column, words, "high", len(rows), found)


def _without_cancelled(table: pa.Table, columns: list[str]) -> pa.Table:
    if "status" not in table.column_names:
        return table.select(columns)
    is_cancelled = pc.fill_null(pc.match_substring_regex(table["status"], _CANCELLED), fill_value=False)
    return table.select(columns).filter(pc.invert(is_cancelled))


def _repeats(table: pa.Table, values: pa.ChunkedArray, rule: _Rule) -> Rows:
    """Return for every row how many rows share its value (and what it must be unique within)."""
    _, codes = coded(values)
    if rule.within:
        names, owners = coded(pc.coalesce(*(folded(table[name]) for name in rule.within)))
        # Those whose owner nobody wrote down (-1) count as of one owner.
        codes = codes * (len(names) + 1) + owners
    _, inverse, counts = np.unique(codes, return_inverse=True, return_counts=True)
    result: Rows = counts[inverse]
    return result


CHECK = Check(
    rule="unique",
    label="Numbers that should be unique and are not",
    fails_when="two live documents share a number (for bills: within a supplier), two products a code, two employees an "
    "e-mail address. Voided and draft documents do not count",
    severities=("high",),
    judged=judged,
    round=1,
    turn=2,
)
