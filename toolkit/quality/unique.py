"""Numbers that must name one record: an invoice number in a stream, a supplier's number within the supplier."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.outcome import Finding, Outcome
from toolkit.quality.streams import Stream, folded

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


def unique_outcomes(stream: Stream) -> list[Outcome]:
    """Return one outcome per column of the stream that must not repeat.

    Every record that shares its number fails. Voided, cancelled and draft documents are left out. Where more than 20 % of
    the values repeat (and at least 20 do) the stream repeats them by design, as a list of lines does, and nothing is judged.
    """
    outcomes = []
    for rule in _UNIQUE.get(stream.entity, ()):
        table = _without_cancelled(stream)
        values = folded(table[rule.column])
        rows = np.flatnonzero(pc.is_valid(values).combine_chunks().to_numpy(zero_copy_only=False))
        if not len(rows):
            continue
        repeats = _repeats(table, values, rule)
        failing = rows[repeats[rows] > 1]
        if len(failing) > max(_MIN_HABIT_COUNT, _MAX_REPEATED_SHARE * len(rows)):
            continue
        written = table.select(["record_key", rule.column]).take(pa.array(failing)).to_pylist()
        outcomes.append(
            Outcome(
                system=stream.system,
                stream=stream.name,
                column=rule.column,
                rule="unique",
                label=f"{stream.noun.capitalize()} that share their {rule.words} with another one",
                severity="high",
                checked=len(rows),
                findings=[
                    Finding(row["record_key"], row[rule.column], f"{count} records carry this {rule.words}.")
                    for row, count in zip(written, repeats[failing].tolist(), strict=True)
                ],
            )
        )
    return outcomes


def _without_cancelled(stream: Stream) -> pa.Table:
    if "status" not in stream.table.column_names:
        return stream.table
    is_cancelled = pc.fill_null(pc.match_substring_regex(stream.table["status"], _CANCELLED), fill_value=False)
    return stream.table.filter(pc.invert(is_cancelled))


def _repeats(table: pa.Table, values: pa.ChunkedArray, rule: _Rule) -> npt.NDArray[np.int64]:
    """Return for every row how many rows share its value (and what it must be unique within)."""
    codes = pc.fill_null(values, "").combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    if rule.within:
        owner = pc.fill_null(pc.coalesce(*(folded(table[name]) for name in rule.within)), "")
        owners = owner.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
        codes = codes * (owners.max(initial=0) + 1) + owners
    _, inverse, counts = np.unique(codes, return_inverse=True, return_counts=True)
    result: npt.NDArray[np.int64] = counts[inverse]
    return result
