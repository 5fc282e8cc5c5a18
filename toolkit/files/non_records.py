"""Rows that look like records of a stream and are none: put aside before anything is read from them, and named."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import BALANCE, NOT_MONEY_MOVED, OWN_TRANSFER, PICTURE, RowFilter, Stream
from toolkit.files.fields import columns_of, stream_table
from toolkit.files.raw import RawTable
from toolkit.files.recognise import excluded, totals_without
from toolkit.files.row_json import raw_json
from toolkit.files.typed import Note
from toolkit.tables import QUARANTINE, checked
from toolkit.values.counted import counted

_MAX_ROW_CHARS = 10_000
_MAX_SHOWN, _MAX_SHOWN_CHARS = 3, 40
_WHY = {
    NOT_MONEY_MOVED: "no money moved by them",
    OWN_TRANSFER: "by them own money moved between own accounts",
    BALANCE: "they are balances",
    PICTURE: "they are further pictures of a product",
}


def without_no_records(raw: RawTable, stream: Stream) -> tuple[RawTable, list[Note]]:
    """Return a table without the rows that the stream's filters exclude, which join its quarantine; a note counts them.

    What such rows say does not decide how the others are read: their dates, for instance, may be none.
    """
    notes = []
    for row_filter in stream.filters:
        mask = excluded(raw, row_filter)
        if mask.any():
            aside, note = _aside(raw, stream, row_filter, mask)
            notes.append(note)
            left = raw.rows.filter(pa.array(~mask))
            totals = totals_without(raw, raw.rows.filter(pa.array(mask)))
            raw = replace(raw, rows=left, quarantine=pa.concat_tables([raw.quarantine, aside]), totals=totals)
    return raw, notes


def _aside(
    raw: RawTable, stream: Stream, row_filter: RowFilter, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> tuple[pa.Table, Note]:
    one = stream_table(raw, stream)
    index = columns_of(one, (row_filter.headers,))[0]
    header, rows = raw.headers[index], raw.rows.filter(pa.array(mask))
    found = [text[:_MAX_SHOWN_CHARS] for text in pc.unique(pc.drop_null(rows[f"c{index}"])).to_pylist()]
    shown = ", ".join(found[:_MAX_SHOWN]) + (" …" if len(found) > _MAX_SHOWN else "")
    why = _WHY.get(row_filter.reason, f"they are no part of {stream.name}")
    constants = {
        "file": raw.file,
        "part": raw.part,
        "reason": row_filter.reason,
        "detail": f"By column {header!r} the row is no part of {stream.name}.",
    }
    columns = {name: pa.repeat(pa.scalar(value, pa.string()), rows.num_rows) for name, value in constants.items()}
    columns |= dict.fromkeys(("system", "stream"), pa.nulls(rows.num_rows, pa.string()))
    columns["line"] = rows["line"]
    columns["row"] = pc.utf8_slice_codeunits(raw_json(raw.headers, rows), 0, _MAX_ROW_CHARS)
    put = f"{counted(rows.num_rows, 'row')} {'is' if rows.num_rows == 1 else 'are'} put aside"
    text = f"{put}: {why} (column {header!r}: {shown or 'empty'})."
    return checked(pa.table(columns), QUARANTINE), Note(raw.file, raw.part, row_filter.reason, header, text, rows.num_rows)
