"""The documents of both sides as arrays: day, amounts, party.

Days are counted from 1970-01-01; ``NO_DAY`` is no date. Amounts are minor units as floats; NaN is unknown.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints

NO_DAY = int(np.iinfo(np.int64).min)
NO_PARTY = -1
NO_CURRENCY = -1

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of one side, row by row.

    ``party`` numbers the parties of both sides alike, ``NO_PARTY`` is unknown; ``is_party_known_there`` says whether the
    other side's system has a record of the party. ``currency`` numbers those of both sides, ``NO_CURRENCY`` is unknown.
    """

    table: pa.Table
    day: Ints
    amount: Floats
    tax: Floats
    fee: Floats
    party: Ints
    is_party_known_there: Flags
    currency: Ints

    def __len__(self) -> int:
        return len(self.day)

    def texts(self, column: str) -> list[str | None]:
        """Return a text column as a list; nothing but nulls where the table has no such column."""
        if column not in self.table.column_names:
            return [None] * len(self)
        values: list[str | None] = self.table[column].to_pylist()
        return values

    def alike(self) -> Ints:
        """Return a number per document, equal for documents alike in all that is compared but the day."""
        told = [name for name in _TELLING if name in self.table.column_names and self.table[name].null_count < len(self)]
        texts = (codes_of(self.table[name].combine_chunks()) + 1 for name in told)
        result = _ranks(self.party)
        for column in (*texts, *map(_ranks, (self.amount, self.tax))):
            # A column without a value tells none apart; renumbering after every other keeps the numbers small.
            result = _ranks(result * (np.int64(len(self)) + 1) + column)
        return result

    def alike_by_day(self, alike: Ints) -> Ints:
        """Return a number per document, equal for those that are ``alike`` and of one day."""
        return _ranks(alike * (np.int64(len(self)) + 1) + _ranks(self.day))


_TELLING = ("name", "description", "reference", "deal_ref", "invoice_ref")


def two_sides(left: pa.Table, right: pa.Table) -> tuple[Documents, Documents]:
    """Return both tables as arrays in order of ``record_key``, with one numbering of parties.

    Parameters
    ----------
    left, right
        Tables with ``record_key``, ``day`` (date), ``amount_minor``, ``tax_minor``, ``fee_minor``, ``party`` (one id over
        both sides; null is unknown), ``is_party_known_there``, and text columns of ``tables.DOCUMENT``.
    """
    left, right = sorted_by_key(left), sorted_by_key(right)
    parties = codes_of(pa.concat_arrays([_text(left, "party"), _text(right, "party")]))
    currencies = codes_of(pa.concat_arrays([_text(left, "currency"), _text(right, "currency")]))
    count = left.num_rows
    return _side(left, parties[:count], currencies[:count]), _side(right, parties[count:], currencies[count:])


def sorted_by_key(table: pa.Table) -> pa.Table:
    """Return a table in order of ``record_key``: itself where it is in order already."""
    keys = table["record_key"].combine_chunks()
    is_sorted = pc.all(pc.less_equal(keys[:-1], keys[1:])).as_py() is not False
    return table if is_sorted else table.sort_by("record_key").combine_chunks()


def _side(table: pa.Table, party: Ints, currency: Ints) -> Documents:
    days = pc.fill_null(table["day"].cast(pa.int32()).cast(pa.int64()), NO_DAY).to_numpy(zero_copy_only=False)
    known = pc.fill_null(table["is_party_known_there"], False).to_numpy(zero_copy_only=False)
    amount, tax, fee = (_money(table, name) for name in ("amount_minor", "tax_minor", "fee_minor"))
    return Documents(table, np.asarray(days), amount, tax, fee, party, np.asarray(known), currency)


def _money(table: pa.Table, column: str) -> Floats:
    # Exact below 2**53 minor units, 90 trillion in a currency of two decimals.
    filled = pc.fill_null(table[column].cast(pa.float64(), safe=False), np.nan)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=np.float64)


def _text(table: pa.Table, column: str) -> pa.StringArray:
    if column not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    return pa.array(table[column].combine_chunks().cast(pa.string()))


def codes_of(texts: pa.Array) -> Ints:
    """Return a number for each distinct text, by first occurrence; -1 for null.

    Examples
    --------
    >>> codes_of(pa.array(["b", None, "a", "b"])).tolist()
    [0, -1, 1, 0]
    """
    encoded = texts.dictionary_encode()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    return np.asarray(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _ranks(values: Ints | Floats) -> Ints:
    """Return the rank of each value among the distinct ones; NaN is one value."""
    order = np.argsort(values)
    ordered = values[order]
    is_new = np.ones(len(values), dtype=bool)
    is_new[1:] = (ordered[1:] != ordered[:-1]) & ~(np.isnan(ordered[1:]) & np.isnan(ordered[:-1]))
    result = np.empty(len(values), dtype=np.int64)
    result[order] = np.cumsum(is_new) - 1
    return result
