"""Which columns name a record, by meaning and by whether their values do."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from toolkit.interpret.header_words import HeaderWords
from toolkit.interpret.interpretation import LINE
from toolkit.interpret.observed import Observed
from toolkit.interpret.row_kinds import number_column

_FULL = 0.985
_PEOPLE = frozenset({"party", "employee"})
_NUMBERS = frozenset({"record_id", "number", "code"})
_REFERENCES = frozenset({"reference", "party_ref", "employee_ref", "invoice_ref"})
_DIFFERENT = "its values differ in every row"
_NOTHING = "nothing in it names a row"

_Key = tuple[tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose columns have meanings, one place a column."""

    entity: str
    meanings: Sequence[str]
    headers: Sequence[HeaderWords]
    columns: Sequence[Observed]
    cells: Sequence[pa.ChunkedArray]
    shares: Sequence[float]

    def places(self, meanings: frozenset[str]) -> list[int]:
        """Return the columns that have one of these meanings."""
        return [place for place, meaning in enumerate(self.meanings) if meaning in meanings]

    def number(self) -> int | None:
        """Return the column that holds the number of the document or record."""
        return number_column(self.meanings, self.columns, self.headers, self.entity)


def record_key(
    entity: str,
    row_is: str,
    *,
    meanings: Sequence[str],
    headers: Sequence[HeaderWords],
    columns: Sequence[Observed],
    cells: Sequence[pa.ChunkedArray],
    shares: Sequence[float],
) -> tuple[tuple[int, ...], str]:
    """Return the columns that name a record, and the reason; none where nothing does.

    ``shares`` says how sure each meaning is: of several columns that could name a record the surest does.

    Parameters
    ----------
    entity
        What the table lists.
    row_is
        What a row is: a record, or a line of one.
    meanings, headers, columns, cells
        Of each column: its meaning, its header, what was observed, and the cells themselves.
    shares
        How sure each meaning is, from 0 to 1.
    """
    table = _Table(entity, meanings, headers, columns, cells, shares)
    if row_is == LINE:
        return _pair(table) if entity == "other" else _of_a_document(table)
    return _numbered(table) or _referred(table) or _of_a_person(table) or _pair(table)


def _of_a_document(table: _Table) -> _Key:
    number = table.number()
    return ((), "no column names the document") if number is None else ((number,), "the lines of a document share it")


def _numbered(table: _Table) -> _Key | None:
    by_meaning = table.places(_NUMBERS)
    named = [place for place in by_meaning if _names_rows(table.columns[place])]
    if named:
        order = ("record_id", "code", "number") if table.entity in _PEOPLE else ("number", "code", "record_id")
        best = max(named, key=lambda place: (round(table.shares[place], 1), -order.index(table.meanings[place]), -place))
        return (best,), _DIFFERENT
    if by_meaning and table.entity == "journal_line":
        return (by_meaning[0],), "the lines of an entry share it"
    return None


def _referred(table: _Table) -> _Key | None:
    number = table.number()
    if number is not None and _names_rows(table.columns[number]):
        return (number,), _DIFFERENT
    for place in table.places(_REFERENCES):
        if _names_rows(table.columns[place]) and _is_own_reference(table.headers[place]):
            return (place,), _DIFFERENT
        # "Ref" and no more, in front of a list of people, is their own.
        is_bare = place == 0 and table.entity in _PEOPLE and table.headers[0].concepts == {"reference"}
        if is_bare and _names_rows(table.columns[0]):
            return (0,), f"it stands first, and {_DIFFERENT}"
    return None


def _of_a_person(table: _Table) -> _Key | None:
    if table.entity not in _PEOPLE:
        return None
    for place in table.places(frozenset({"tax_id"})):
        if _names_rows(table.columns[place]):
            return (place,), "a national number, different in every row"
    if {"given_name", "family_name"} <= set(table.meanings):
        for place in table.places(frozenset({"email"})):
            if _names_rows(table.columns[place]):
                return (place,), "every person has an e-mail address of their own"
    return None


def _pair(table: _Table) -> _Key:
    """Return two columns that together name a row of another list."""
    first = next(iter(table.places(frozenset({"employee_ref", "record_id", "number"}))), None)
    if table.entity != "other" or first is None or table.columns[first].fill < _FULL:
        return (), _NOTHING
    for second in table.places(frozenset({"kind", "gl_code", "line_no"})):
        if table.columns[second].fill >= _FULL:
            pairs = pa.table({"a": table.cells[first], "b": table.cells[second]}).group_by(["a", "b"]).aggregate([])
            if pairs.num_rows == len(table.cells[first]):
                return (first, second), "the two together differ in every row"
    return (), _NOTHING


def _names_rows(seen: Observed) -> bool:
    return seen.filled >= 2 and seen.fill >= _FULL and seen.distinct == seen.filled


def _is_own_reference(words: HeaderWords) -> bool:
    concepts = words.concepts
    return {"transaction", "reference"} <= concepts and not concepts & {"original", "parent"}
