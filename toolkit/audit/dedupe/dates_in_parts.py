"""A date of birth that stands in three columns, year, month and day, is one fact: alone, none of them says anything."""

import re
from itertools import takewhile

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.dedupe.kinds_by_values import BIRTH_YEARS

_FIRST_LETTERS = {
    "year": frozenset("yja"),  # year, Jahr and jaar, an and año and anno
    "month": frozenset("m"),
    "day": frozenset("dtgj"),  # day and día and dag, Tag, giorno, jour
}
_ORDERS = (("year", "month", "day"), ("day", "month", "year"), ("month", "day", "year"))
_FORMS = {
    "year": r"(?:18|19|20)\d\d",
    "month": r"0?[1-9]|1[0-2]",
    "day": r"0?[1-9]|[12]\d|3[01]",
}
_MIN_FITTING = 0.95
_WRITTEN = re.compile(r"created|modified|updated|changed|entered|imported", re.IGNORECASE)


def date_parts(table: pa.Table) -> tuple[str, str, str] | None:
    """Return the columns of year, month and day of one date of birth; None where a table has none.

    They stand side by side, their headers differ in the word or letter for year, month and day alone (``by``, ``bm``,
    ``bd``; *Birth year*, *Birth month*, *Birth day*), and their values can be nothing else.

    Parameters
    ----------
    table
        Columns of text.

    Examples
    --------
    >>> born = {"by": ["1949", "1968", "1983"], "bm": ["7", "12", "1"], "bd": ["22", "27", "30"]}
    >>> date_parts(pa.table({"name": ["Ida", "Jon", "Eva"], **born}))
    ('by', 'bm', 'bd')
    """
    names = table.column_names
    for place in range(len(names) - 2):
        three = names[place : place + 3]
        letters = _telling_letters(three)
        for order in _ORDERS:
            if all(letter in _FIRST_LETTERS[part] for letter, part in zip(letters, order, strict=False)) and letters:
                of = dict(zip(order, three, strict=True))
                if all(_fits(table[of[part]], part) for part in order) and _are_births(table[of["year"]]):
                    return of["year"], of["month"], of["day"]
    return None


def joined_date(table: pa.Table, parts: tuple[str, str, str]) -> pa.ChunkedArray:
    """Return the dates that three columns tell, year first; as far as they are told, null without a year.

    Parameters
    ----------
    table
        Columns of text.
    parts
        Its columns of year, month and day.

    Examples
    --------
    >>> cells = {"y": ["1949", "1968", None], "m": ["7", None, "1"], "d": ["22", "3", "30"]}
    >>> joined_date(pa.table(cells), ("y", "m", "d")).to_pylist()
    ['1949-07-22', '1968', None]
    """
    year, month, day = (_told(table[part]) for part in parts)
    two_digits = [pc.utf8_lpad(part, 2, "0") for part in (month, day)]
    with_month = pc.binary_join_element_wise(year, two_digits[0], "-")
    return pc.coalesce(pc.binary_join_element_wise(with_month, two_digits[1], "-"), with_month, year)


def _telling_letters(headers: list[str]) -> str:
    """Return the letter in which each of three headers begins to differ; empty where one of them says another date."""
    if any(_WRITTEN.search(header) for header in headers):
        return ""
    folded = [header.casefold() for header in headers]
    begins = sum(1 for _ in takewhile(lambda signs: len({*signs}) == 1, zip(*folded, strict=False)))
    return "".join(header[begins : begins + 1] or " " for header in folded)


def _told(column: pa.ChunkedArray) -> pa.ChunkedArray:
    cells = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(cells, ""), None, cells)


def _fits(column: pa.ChunkedArray, part: str) -> bool:
    """Return whether nearly every cell that says something can be that part; a slip may make a 77th of a month."""
    cells = _told(column).drop_null()
    fitting = pc.match_substring_regex(cells, f"^(?:{_FORMS[part]})$")
    return len(cells) > 0 and pc.sum(fitting).as_py() >= _MIN_FITTING * len(cells)


def _are_births(column: pa.ChunkedArray) -> bool:
    """Return whether the years of nine in ten spread as births do."""
    cells = _told(column).drop_null()
    years = pc.cast(cells.filter(pc.match_substring_regex(cells, f"^(?:{_FORMS['year']})$")), pa.int64())
    low, high = pc.quantile(years, q=[0.05, 0.95]).to_pylist()
    return low is not None and bool(high - low >= BIRTH_YEARS)
