"""What takes back that two documents are one entered twice: another word in any column of their rows, mapped or not.

A party that stands for many (various suppliers, a petty cash) and a payment by card have equal amounts by nature. A number
that every document has for itself, a date, an amount and a status tell nothing: they differ in a second entry, too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Stream

_COLLECTIVE = re.compile(
    r"\b(various|sundr(y|ies)|misc(ellaneous)?|one[- ]time|divers(e|es|i)?|collective|petty cash|cash sales?|redacted|"
    r"walk[- ]?in)\b",
    re.IGNORECASE,
)
_CARD_COLUMN = re.compile(r"\bcard\b", re.IGNORECASE)
_YES = frozenset({"yes", "y", "true", "1", "x"})
_DATE_OR_NUMBER = re.compile(r"^[\W\d]*\d[\W\d]*$|\d{1,4}[-/. ](\d{1,2}|[a-z]{3,9})[-/. ]\d{1,4}", re.IGNORECASE)
_SAMPLE = 200
_FEWEST_FILLED = 5


class Written(NamedTuple):
    """Rows of a stream as the file wrote them, by record key, and the columns that name a row or say what became of it."""

    rows: Mapping[str, Mapping[str, str]]
    silent: frozenset[str]


def written_rows(evidence: Evidence, stream: Stream, keys: Iterable[str]) -> Written:
    """Return the rows of some documents as they were written, and which columns tell nothing.

    Parameters
    ----------
    evidence
        For what was written; nothing where that is not at hand.
    stream
        The documents' stream.
    keys
        Their record keys.
    """
    if evidence.written is None:
        return Written({}, frozenset())
    own = stream.table["record_key"]
    sample = own.take(pa.array(range(0, len(own), max(1, len(own) // _SAMPLE)))).to_pylist()
    rows = evidence.written(stream.system, stream.name, [*dict.fromkeys([*keys, *sample])])
    statuses = set(pc.unique(stream.table["status"]).to_pylist()) if "status" in stream.table.column_names else set()
    columns: dict[str, list[str]] = {}
    for row in rows.values():
        for name, cell in row.items():
            if cell.strip():
                columns.setdefault(name, []).append(cell)
    silent = {
        name
        for name, cells in columns.items()
        if (len(cells) >= _FEWEST_FILLED and len(set(cells)) == len(cells)) or set(cells) <= statuses
    }
    return Written(rows, frozenset(silent))


def are_told_apart(written: Written, key: str, other: str) -> bool:
    """Return whether any column of two rows tells them apart, or says that they were paid by card.

    Parameters
    ----------
    written
        The rows.
    key, other
        The documents.
    """
    left, right = written.rows.get(key, {}), written.rows.get(other, {})
    for name in left.keys() & right.keys():
        one, two = (" ".join(row[name].lower().split()) for row in (left, right))
        if _CARD_COLUMN.search(name) and one in _YES and two in _YES:
            return True
        if name in written.silent or not one or not two or one == two or _DATE_OR_NUMBER.search(one):
            continue
        words, others = (set(re.findall(r"\w+", text)) for text in (one, two))
        if words & others not in (words, others):
            return True
    return False


def collective_documents(stream: Stream, keys: Sequence[str]) -> set[str]:
    """Return those documents whose party stands for many.

    Parameters
    ----------
    stream
        The documents' stream.
    keys
        Their record keys.
    """
    table = stream.table.filter(pc.is_in(stream.table["record_key"], value_set=pa.array(list(keys), pa.string())))
    name = pc.coalesce(table["party_name"], table["party_ref"])
    found = zip(table["record_key"].to_pylist(), name.to_pylist(), strict=True)
    return {key for key, party in found if party and _COLLECTIVE.search(party)}
