"""What a document amounts to that stands in several rows: stated on each of them, on the first, or to be added up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field, Stream
from toolkit.files.fields import Settings, StreamTable, columns_of, field_money, field_text
from toolkit.files.identity import FOLDED, KEPT, QUARANTINED, Flags, Identity, Ints
from toolkit.files.typed import Note, TypedColumns
from toolkit.tables import ENTITY_SCHEMAS
from toolkit.tables.schema import MINOR
from toolkit.values.money import number_column

_AMOUNT, _NET = "amount_minor", "net_minor"
# What is paid is said of the document, not of its line.
_ADDED = (_AMOUNT, _NET, "tax_minor", "fee_minor")
_DIFFER = (
    "documents state different totals on their lines, so that their amount stays empty: say how the file states totals."
)
_FROM_LINES = "documents state no total: the sum of their lines stands for it."
_NOT_ADDED = "documents have lines in several currencies, or with an amount that could not be read: they are not added up."


def line_fields(stream: Stream) -> Mapping[str, Field]:
    """Return where the columns of a document's lines come from; the amounts that add up are those of lines.

    A list that states net amounts only has net amounts in its lines.
    """
    if stream.lines is None:
        return {}
    fields = dict(stream.lines.fields)
    added = stream.fields.get(_AMOUNT, stream.fields.get(_NET))
    if stream.lines.total == "adds_up" and _AMOUNT not in fields and added is not None:
        fields[_AMOUNT] = added
    return fields


def line_amounts(
    one: StreamTable, field: Field, rows: pa.Table, settings: Settings, currency: pa.Array | None
) -> pa.Array | None:
    """Return the amounts of some rows as lines, discounts taken off; nothing where the table has no such column.

    Parameters
    ----------
    one
        The file.
    field
        Where the amounts of lines stand.
    rows
        Rows of the file.
    settings
        How amounts are read that leave something open.
    currency
        ISO 4217 code of each row.
    """
    money = field_money(one, field, rows, settings, currency)
    amounts = None if money is None else money.minor
    if amounts is not None and field.percent_off and columns_of(one, (field.percent_off,)):
        percent = number_column(pc.replace_substring(field_text(one, Field((field.percent_off,)), rows), "%", ""))
        factor = pc.subtract(1.0, pc.divide(pc.fill_null(percent, 0.0), 100.0))
        amounts = pc.round(pc.multiply(amounts.cast(pa.float64()), factor)).cast(pa.int64())
    if field.otherwise is None:
        return amounts
    other = line_amounts(one, field.otherwise, rows, settings, currency)
    if amounts is None or other is None:
        return other if amounts is None else amounts
    return pc.coalesce(amounts, other)


def with_totals(one: StreamTable, typed: TypedColumns, identity: Identity, settings: Settings) -> TypedColumns:
    """Return a file's typed columns with each document's amounts in the row that is the document.

    Amounts that several rows state count once; where the file states none, the lines are added. A document whose rows state
    different amounts, or whose lines are in several currencies or cannot all be read, has no amount, and a note says so.

    Parameters
    ----------
    one
        The file.
    typed
        Its dates and amounts, row by row.
    identity
        Which document each row belongs to, and which row is the document.
    settings
        How amounts are read that leave something open.
    """
    lines = one.stream.lines
    if lines is None or not one.rows.num_rows:
        return typed
    documents = _Documents.of(identity)
    wanted: Flags = np.ones(documents.count, np.bool_)
    columns, notes = dict(typed.columns), list(typed.notes)
    field = line_fields(one.stream).get(_AMOUNT)
    if field == one.stream.fields.get(_NET):
        # What the lines come to without tax is not what the document amounts to.
        field = None
    parts = None if field is None else line_amounts(one, field, one.rows, settings, columns.get("currency"))
    added = documents.sums(parts)
    is_whole = documents.is_whole(columns.get("currency"), typed.is_bad_amount)
    if lines.total == "adds_up":
        is_open = documents.lack(columns, _AMOUNT, beside=_NET)
        unread = ~is_whole | is_open
        for name in _ADDED:
            if name in columns:
                total = documents.sums(columns[name])
                is_known = total.is_known & (~unread if name == _AMOUNT else is_whole)
                columns[name] = documents.placed(columns[name], total.values, is_known)
        wanted &= _AMOUNT not in columns
    else:
        for name in sorted(columns.keys() & _money_columns(one.stream)):
            total, differs = documents.stated(columns[name])
            columns[name] = documents.placed(columns[name], total.values, total.is_known & ~differs)
            notes += _note(one, "totals_differ", name, int(differs.sum()), _DIFFER)
            if name == _AMOUNT:
                wanted = ~total.is_known
        unread = wanted & added.is_known & ~is_whole
        notes += _note(one, "total_from_lines", _AMOUNT, int((wanted & added.is_known & is_whole).sum()), _FROM_LINES)
    notes += _note(one, "lines_not_added", _AMOUNT, int(unread.sum()), _NOT_ADDED)
    if parts is not None and wanted.any():
        amounts = columns.get(_AMOUNT, pa.nulls(one.rows.num_rows, pa.int64()))
        columns[_AMOUNT] = documents.placed(amounts, added.values, added.is_known & is_whole, among=wanted)
    return replace(typed, columns=columns, notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class _Amounts:
    """An amount for each document, and whether there is one."""

    values: Ints
    is_known: Flags


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents of a file: for each of ``rows`` which document it is a line of, and the row that is the document.

    A document whose head stands in another file has no row here (-1). ``aside`` are the
    rows put aside that would be lines of ``aside_codes``.
    """

    rows: Ints
    codes: Ints
    heads: Ints
    aside: Ints
    aside_codes: Ints

    @property
    def count(self) -> int:
        return len(self.heads)

    @classmethod
    def of(cls, identity: Identity) -> "_Documents":
        encoded = identity.ids.dictionary_encode()
        codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
        rows = np.flatnonzero(np.isin(identity.verdicts, (KEPT, FOLDED)))
        aside = np.flatnonzero((identity.verdicts == QUARANTINED) & (codes >= 0))
        heads = np.full(len(encoded.dictionary), -1, np.int64)
        kept = rows[identity.verdicts[rows] == KEPT]
        heads[codes[kept]] = kept
        return cls(rows, codes[rows], heads, aside, codes[aside])

    def sums(self, column: pa.Array | None) -> _Amounts:
        """Return the sum of each document's filled cells."""
        values, is_filled = self._cells(column)
        sums = np.zeros(self.count, np.int64)
        np.add.at(sums, self.codes[is_filled], values[is_filled])
        return _Amounts(sums, self._any(is_filled))

    def stated(self, column: pa.Array) -> tuple[_Amounts, Flags]:
        """Return the amount that the rows of each document state, and whether they state different ones."""
        values, is_filled = self._cells(column)
        least = np.full(self.count, np.iinfo(np.int64).max)
        most = np.full(self.count, np.iinfo(np.int64).min)
        np.minimum.at(least, self.codes[is_filled], values[is_filled])
        np.maximum.at(most, self.codes[is_filled], values[is_filled])
        is_known = self._any(is_filled)
        return _Amounts(least, is_known), is_known & (least != most)

    def is_whole(self, currency: pa.Array | None, is_bad: pa.Array) -> Flags:
        """Return whether all lines of each document can be added: none put aside for its amount, and one currency."""
        result = np.ones(self.count, np.bool_)
        result[self.aside_codes[is_bad.to_numpy(zero_copy_only=False)[self.aside]]] = False
        if currency is not None:
            codes = currency.dictionary_encode().indices
            differs = self.stated(codes.cast(pa.int64()))[1]
            result &= ~differs
        return result

    def lack(self, columns: Mapping[str, pa.Array], name: str, *, beside: str) -> Flags:
        """Return whether a line of each document has the one amount and not the other, where the file has both."""
        if not {name, beside} <= columns.keys():
            return np.zeros(self.count, np.bool_)
        return self._any(self._cells(columns[beside])[1] & ~self._cells(columns[name])[1])

    def placed(self, column: pa.Array, values: Ints, is_known: Flags, *, among: Flags | None = None) -> pa.Array:
        """Return a column where the row of each document, or of those ``among`` them, has the document's amount."""
        chosen = self.heads >= 0 if among is None else (self.heads >= 0) & among
        filled = pc.fill_null(column, 0).to_numpy(zero_copy_only=False).copy()
        is_valid = column.is_valid().to_numpy(zero_copy_only=False).copy()
        filled[self.heads[chosen]] = values[chosen]
        is_valid[self.heads[chosen]] = is_known[chosen]
        return pa.array(filled, pa.int64(), mask=~is_valid)

    def _cells(self, column: pa.Array | None) -> tuple[Ints, Flags]:
        if column is None:
            return np.zeros(len(self.rows), np.int64), np.zeros(len(self.rows), np.bool_)
        cells = column.take(pa.array(self.rows))
        filled: Ints = pc.fill_null(cells, 0).to_numpy(zero_copy_only=False).astype(np.int64)
        return filled, cells.is_valid().to_numpy(zero_copy_only=False)

    def _any(self, is_filled: Flags) -> Flags:
        result = np.zeros(self.count, np.bool_)
        result[self.codes[is_filled]] = True
        return result


def _money_columns(stream: Stream) -> set[str]:
    schema = ENTITY_SCHEMAS[stream.entity].arrow
    return {column for column in stream.fields if schema.field(column).type == MINOR}


def _note(one: StreamTable, code: str, column: str, count: int, text: str) -> list[Note]:
    return [Note(one.raw.file, one.raw.part, code, column, f"{count} {text}", count)] if count else []
