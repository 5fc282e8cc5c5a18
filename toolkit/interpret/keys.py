"""Which columns name a record, by meaning and by whether their values do."""

from collections.abc import Sequence

import pyarrow as pa

from toolkit.interpret.header_words import HeaderWords
from toolkit.interpret.interpretation import LINE
from toolkit.interpret.observed import Observed
from toolkit.interpret.row_kinds import number_column

_FULL = 0.985


def record_key(
    entity: str,
    row_is: str,
    meanings: Sequence[str],
    headers: Sequence[HeaderWords],
    columns: Sequence[Observed],
    cells: Sequence[pa.ChunkedArray],
    shares: Sequence[float],
) -> tuple[tuple[int, ...], str]:
    """Return the columns that name a record, and the reason; none where nothing does.

    ``shares`` says how sure each meaning is: of several columns that could name a record the surest does.
    """
    number = number_column(meanings, columns, headers, entity)
    if row_is == LINE and entity == "other":
        return _pair(entity, meanings, columns, cells)
    if row_is == LINE:
        if number is None:
            return (), "no column names the document"
        return (number,), "the lines of a document share it"
    by_meaning = [place for place, meaning in enumerate(meanings) if meaning in {"record_id", "number", "code"}]
    named = [place for place in by_meaning if _names_rows(columns[place])]
    if named:
        order = ("record_id", "code", "number") if entity in {"party", "employee"} else ("number", "code", "record_id")
        best = max(named, key=lambda place: (round(shares[place], 1), -order.index(meanings[place]), -place))
        return (best,), "its values differ in every row"
    if by_meaning and entity == "journal_line":
        return (by_meaning[0],), "the lines of an entry share it"
    if number is not None and _names_rows(columns[number]):
        return (number,), "its values differ in every row"
    refs = [
        place
        for place, meaning in enumerate(meanings)
        if meaning in {"reference", "party_ref", "employee_ref", "invoice_ref"}
    ]
    for place in refs:
        if _names_rows(columns[place]) and _is_own_reference(headers[place]):
            return (place,), "its values differ in every row"
        if entity in {"party", "employee"} and place == 0 and _names_rows(columns[0]) and _is_bare_reference(headers[0]):
            return (0,), "it stands first, and its values differ in every row"
    if entity in {"party", "employee"}:
        for place, meaning in enumerate(meanings):
            if meaning == "tax_id" and _names_rows(columns[place]):
                return (place,), "a national number, different in every row"
        if {"given_name", "family_name"} <= set(meanings):
            for place, meaning in enumerate(meanings):
                if meaning == "email" and _names_rows(columns[place]):
                    return (place,), "every person has an e-mail address of their own"
    return _pair(entity, meanings, columns, cells)


def _pair(
    entity: str, meanings: Sequence[str], columns: Sequence[Observed], cells: Sequence[pa.ChunkedArray]
) -> tuple[tuple[int, ...], str]:
    """Return two columns that together name a row of another list."""
    if entity != "other":
        return (), "nothing in it names a row"
    first = next(
        (place for place, meaning in enumerate(meanings) if meaning in {"employee_ref", "record_id", "number"}), None
    )
    if first is None or columns[first].fill < _FULL:
        return (), "nothing in it names a row"
    for second, meaning in enumerate(meanings):
        if meaning in {"kind", "gl_code", "line_no"} and columns[second].fill >= _FULL:
            pairs = pa.table({"a": cells[first], "b": cells[second]}).group_by(["a", "b"]).aggregate([])
            if pairs.num_rows == len(cells[first]):
                return (first, second), "the two together differ in every row"
    return (), "nothing in it names a row"


def _names_rows(seen: Observed) -> bool:
    return seen.filled >= 2 and seen.fill >= _FULL and seen.distinct == seen.filled


def _is_own_reference(words: HeaderWords) -> bool:
    concepts = words.concepts
    return {"transaction", "reference"} <= concepts and not concepts & {"original", "parent"}


def _is_bare_reference(words: HeaderWords) -> bool:
    """Return whether a header says "Ref" and no more: in a list of people that is their own."""
    return words.concepts == {"reference"}
