"""The party records that pairs and groups are made of: looked up by key, shown field by field, with what belongs to them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.match.comparison import Ints
from toolkit.report.examples import field_words
from toolkit.report.systems import system_labels
from toolkit.store import Run

FIELDS = (
    "name", "given_name", "family_name", "company_name", "email", "phone", "website", "street", "city", "region", "postcode",
    "country", "tax_id", "department",
)  # fmt: skip
"""What stands side by side, in this order where nothing else orders it."""

_ABOUT = ("record_id", "kind", "roles", "owner", "created_at", "updated_at")
_ABOUT_WORDS = {
    "record_id": "id in the system",
    "created_at": "created",
    "updated_at": "last changed",
    "owner": "looked after by",
}
_MAX_TEXT = 500
_NEIGHBOURS = 3
"""So many other records are named beside a pair; of more it is said how many there are."""


class Parties:
    """Party records as columns. Nothing is built for a record before it is shown."""

    def __init__(self, engagement: Engagement, run: Run) -> None:
        """Read the records of the snapshots that count.

        Parameters
        ----------
        engagement, run
            Whose records, and the run whose groups they are in.
        """
        self._run = run
        self.table = Records(engagement).parties
        snapshot = run.table("snapshot")
        connectors = dict(zip(snapshot["system"].to_pylist(), snapshot["connector"].to_pylist(), strict=True))
        self.labels = system_labels(connectors, run.facts.get("labels") or {})

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row of each record, by its key."""
        return {key: row for row, key in enumerate(self.table["record_key"].to_pylist())}

    def rows(self, keys: pa.ChunkedArray) -> Ints:
        """Return the row of each key; -1 where no snapshot holds the record any more."""
        found = pc.index_in(keys, value_set=self.table["record_key"].combine_chunks())
        return np.asarray(pc.fill_null(found, -1), dtype=np.int64)

    def system(self, key: str) -> str:
        """Return what a client calls the system of a record."""
        name = key.split("/", 1)[0]
        return self.labels.get(name, name)

    def names(self, keys: Sequence[str]) -> list[str]:
        """Return what each record is called."""
        own = [self.row_of.get(key, -1) for key in keys]
        columns = [self._texts(column, own) for column in ("name", "company_name", "email")]
        ids = [key.split("/", 2)[-1] for key in keys]
        return [
            next((one for one in found if one), ids[at])[:_MAX_TEXT] for at, found in enumerate(zip(*columns, strict=True))
        ]

    def fields(self, keys: Sequence[str], columns: Sequence[str] = FIELDS) -> list[dict[str, str]]:
        """Return the filled fields of some records as text, by column."""
        own = [self.row_of.get(key, -1) for key in keys]
        texts = {column: self._texts(column, own) for column in columns}
        return [{name: texts[name][at] for name in columns if texts[name][at]} for at in range(len(keys))]

    def about(self, keys: Sequence[str]) -> list[list[tuple[str, str]]]:
        """Return what is known of each record beside its fields: label and text."""
        own = [self.row_of.get(key, -1) for key in keys]
        texts = {column: self._texts(column, own) for column in _ABOUT}
        result = []
        for at, key in enumerate(keys):
            told = [(_ABOUT_WORDS.get(name, name), texts[name][at]) for name in _ABOUT]
            documents = self.documents.get(key, 0)
            result.append([*told, ("documents", f"{documents:,}" if documents else "")])
        return result

    def _texts(self, column: str, rows: Sequence[int]) -> list[str]:
        """Return one field of some records as text; empty where there is none."""
        places = pa.array([None if row < 0 else row for row in rows], pa.int64())
        return [_text(one) for one in self.table[column].take(places).to_pylist()]

    @cached_property
    def documents(self) -> Mapping[str, int]:
        """How many documents name each record, by its key."""
        reference = self._run.table("reference")
        found = reference.filter(pc.equal(reference["column"], "party_key"))["found_key"].drop_null()
        counts = pc.value_counts(found.combine_chunks() if found.num_chunks != 1 else found.chunk(0))
        return dict(zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True))

    @cached_property
    def _addresses(self) -> "Groups":
        street, city = (
            pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(self.table[one], ""))) for one in ("street", "city")
        )
        is_known = np.asarray(pc.greater_equal(pc.utf8_length(street), 6))
        code = pc.binary_join_element_wise(street, city, "\x1f").combine_chunks().dictionary_encode().indices
        return Groups(np.where(is_known, np.asarray(code, dtype=np.int64), -1))

    @cached_property
    def _parents(self) -> Ints:
        """Row of the company of each contact; -1 for none."""
        table = self.table
        wanted = pc.binary_join_element_wise(table["system"], table["parent_ref"], "\x1f").combine_chunks()
        found = None
        for column in ("record_id", "name", "company_name"):
            known = pc.binary_join_element_wise(table["system"], table[column], "\x1f").combine_chunks()
            at = pc.index_in(wanted, value_set=known, skip_nulls=True)
            found = at if found is None else pc.coalesce(found, at)
        return np.asarray(pc.fill_null(found, -1), dtype=np.int64)

    def related(self, key: str, beside: Iterable[str]) -> list[tuple[str, str]]:
        """Return what else belongs to a record, in words: its company, and who else is at its address.

        Parameters
        ----------
        key
            The record.
        beside
            Records that are shown anyway.
        """
        row = self.row_of.get(key, -1)
        if row < 0:
            return []
        told = []
        shown = {self.row_of.get(one, -1) for one in beside} | {row}
        parent = int(self._parents[row])
        if parent >= 0 and parent not in shown:
            told.append(("belongs to", self.called(parent)))
        there = [one for one in self._addresses.beside(row, _NEIGHBOURS + len(shown)) if one not in shown]
        if there:
            told.append(("same address", self.listed(there, self._addresses.size(row) - 1)))
        return told

    def listed(self, rows: Sequence[int], count: int) -> str:
        """Return records by name, and how many more there are."""
        named = "; ".join(self.called(one) for one in rows[:_NEIGHBOURS])
        left = count - min(len(rows), _NEIGHBOURS)
        return f"{named}; and {left:,} more" if left > 0 else named

    def called(self, row: int) -> str:
        """Return the name and the system of a record by its row."""
        key = self.table["record_key"][row].as_py()
        return f"{self.names([key])[0]} ({self.system(key)})"

    @cached_property
    def search_text(self) -> pa.ChunkedArray:
        """What a search looks through: small letters, all fields of a record."""
        texts = [pc.fill_null(self.table[one], "") for one in (*FIELDS, "record_id")]
        return pc.utf8_lower(pc.binary_join_element_wise(*texts, "\x1f"))

    def found(self, text: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return which records hold each word of a text, wherever."""
        is_found = np.ones(self.table.num_rows, dtype=bool)
        for word in text.lower().split():
            is_found &= np.asarray(pc.match_substring(self.search_text, word))
        return is_found


class Groups:
    """Rows by a number that some of them share; -1 is none."""

    def __init__(self, code: Ints) -> None:
        self._code = code
        self._order = np.argsort(code, kind="stable")
        self._sorted = code[self._order]

    def _range(self, row: int) -> tuple[int, int]:
        code = self._code[row]
        if code < 0:
            return 0, 0
        low, high = np.searchsorted(self._sorted, [code, code + 1])
        return int(low), int(high)

    def size(self, row: int) -> int:
        """Return how many rows share the number of a row."""
        low, high = self._range(row)
        return high - low

    def beside(self, row: int, limit: int) -> list[int]:
        """Return other rows of the same number, at most ``limit``."""
        low, high = self._range(row)
        return [int(one) for one in self._order[low : min(high, low + limit + 1)] if one != row]


def label_of(column: str) -> str:
    """Return a field's name in a client's words.

    Examples
    --------
    >>> label_of("email"), label_of("postcode")
    ('e-mail', 'postcode')
    """
    return field_words(column)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)[:_MAX_TEXT]
