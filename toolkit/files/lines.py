"""Documents that a file writes in several rows: which row is the document, and its lines."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Stream
from toolkit.files.fields import Settings, StreamTable, columns_of, field_currency, field_text
from toolkit.files.identity import FOLDED, KEPT, Identity
from toolkit.files.records import ReadTable, record_keys
from toolkit.files.totals import line_amounts, line_fields
from toolkit.tables import DOCUMENT_LINE
from toolkit.values.money import number_column


def folded(tables: Sequence[StreamTable], identities: Sequence[Identity]) -> list[Identity]:
    """Return the identities with one row kept for each document of a file, the other rows folded into it.

    The row that fills the head column is the document; without one, the first row. Rows of a document whose head stands in
    another file (an export cut into parts) are folded as well.
    """
    heads = [_head_places(one, identity) for one, identity in zip(tables, identities, strict=True)]
    headed = {text for found in heads for text, (_, is_head) in found.items() if is_head}
    result = []
    for identity, found in zip(identities, heads, strict=True):
        verdicts = identity.verdicts.copy()
        verdicts[verdicts == KEPT] = FOLDED
        for text, (place, is_head) in found.items():
            if is_head or text not in headed:
                verdicts[place] = KEPT
                headed.add(text)
        result.append(replace(identity, verdicts=verdicts))
    return result


def with_lines_named(before: Sequence[Identity], after: Sequence[Identity]) -> list[Identity]:
    """Return the identities with the lines of a document under its new id where it got one.

    Two documents that share a number are told apart by an id of their own; the lines of each go with it.

    Parameters
    ----------
    before, after
        Of each file, before and after records of one id were told apart.
    """
    return [_lines_named(*parts) for parts in zip(before, after, strict=True)]


def _lines_named(before: Identity, after: Identity) -> Identity:
    is_renamed = pc.fill_null(pc.not_equal(before.ids, after.ids), False)
    if not pc.any(is_renamed).as_py():
        return after
    old, new = before.ids.filter(is_renamed), after.ids.filter(is_renamed)
    place = pc.index_in(before.ids, old)
    is_line = pa.array(before.verdicts == FOLDED)
    return replace(after, ids=pc.coalesce(pc.if_else(is_line, new.take(place), None), after.ids))


def _head_places(one: StreamTable, identity: Identity) -> dict[str, tuple[int, bool]]:
    """Return for each document of a file its head row, and whether that row is a real head."""
    columns = columns_of(one, _head_headers(one.stream))
    is_head = np.ones(one.rows.num_rows, np.bool_)
    if columns:
        filled = [pc.not_equal(pc.utf8_trim_whitespace(pc.fill_null(one.rows[f"c{index}"], "")), "") for index in columns]
        is_head = np.any([flags.to_numpy() for flags in filled], axis=0)
    found: dict[str, tuple[int, bool]] = {}
    places = np.flatnonzero(identity.verdicts == KEPT)
    for place, text in zip(places.tolist(), identity.ids.take(pa.array(places)).to_pylist(), strict=True):
        if text not in found or (is_head[place] and not found[text][1]):
            found[text] = (place, bool(is_head[place]))
    return found


def _head_headers(stream: Stream) -> tuple[str, ...]:
    """Return the columns that only a document's first row fills; none where every row repeats them."""
    lines = stream.lines
    if lines is None:
        return ()
    if lines.head:
        return (lines.head,)
    amount = stream.fields.get("amount_minor")
    return amount.headers if lines.total == "first_line" and amount is not None else ()


def document_lines(files: Sequence[ReadTable], settings: Settings) -> pa.Table:
    """Return every line of every document, numbered from 1 in the order of the rows."""
    parts = [_file_lines(file, settings) for file in files]
    if not parts:
        return DOCUMENT_LINE.empty()
    table = pa.concat_tables(parts)
    codes = table["record_key"].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.array([], np.int64)
    numbers = np.arange(len(codes)) - np.repeat(starts, np.diff(np.r_[starts, len(codes)])) + 1
    table = table.take(pa.array(order))
    return table.set_column(table.column_names.index("line_no"), "line_no", pa.array(numbers, pa.int64()))


def _file_lines(file: ReadTable, settings: Settings) -> pa.Table:
    one, stream = file.table, file.table.stream
    places = pa.array(np.flatnonzero(np.isin(file.identity.verdicts, (KEPT, FOLDED))))
    rows = one.rows.take(places)
    columns: dict[str, pa.Array] = {
        "record_key": record_keys(settings, stream.name, file.identity.ids.take(places)),
        "line_no": pa.nulls(len(places), pa.int64()),
    }
    currency = field_currency(one, stream.fields.get("currency"), one.rows, settings)
    known = _document_currency(file, currency, places)
    for name, field in line_fields(stream).items():
        if name == "amount_minor":
            amounts = line_amounts(one, field, rows, settings, known)
            if amounts is not None:
                columns[name] = amounts
            continue
        text = field_text(one, field, rows)
        if text is not None:
            columns[name] = number_column(text) if name == "quantity" else text
    arrays = [
        columns[column.name].cast(column.type) if column.name in columns else pa.nulls(len(places), column.type)
        for column in DOCUMENT_LINE.columns
    ]
    return pa.Table.from_arrays(arrays, schema=DOCUMENT_LINE.arrow)


def _document_currency(file: ReadTable, currency: pa.Array | None, places: pa.Array) -> pa.Array | None:
    """Return the currency of each line's document: only its head row may name it."""
    if currency is None:
        return None
    ids = file.identity.ids.dictionary_encode()
    heads = file.kept_rows
    by_code: list[str | None] = [None] * len(ids.dictionary)
    codes = ids.indices.to_numpy(zero_copy_only=False)
    for place, text in zip(heads.tolist(), currency.take(pa.array(heads)).to_pylist(), strict=True):
        by_code[int(codes[place])] = text
    return pa.array(by_code, pa.string()).take(ids.indices.take(places))
