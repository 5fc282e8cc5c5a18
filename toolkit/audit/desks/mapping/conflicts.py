"""What stands against keeping a field map, in sentences."""

from collections.abc import Iterator

import pyarrow.compute as pc

from toolkit.audit.desks.mapping.column_words import column_words
from toolkit.audit.desks.mapping.draft import Draft, source_headers
from toolkit.audit.pull.streams import stream_of
from toolkit.connector import alternatives, header_key
from toolkit.files.fields import stream_table
from toolkit.files.identity import declared_ids
from toolkit.files.raw import RawTable
from toolkit.settings import StreamSettings
from toolkit.values.counted import counted

_MOST_COMPARED = 50_000
_EXAMPLES = 3


def conflicts(draft: Draft, given: StreamSettings, raw: RawTable) -> list[str]:
    """Return a sentence for everything that stands against a field map; none where it may be kept.

    Parameters
    ----------
    draft, given
        The map, and the same as it is read.
    raw
        Its table.
    """
    return [*_lacking(draft, raw), *_read_twice(draft), *_shared_keys(draft, given, raw)]


def _lacking(draft: Draft, raw: RawTable) -> Iterator[str]:
    here = {header_key(header) for header in raw.headers}

    def is_here(header: str) -> bool:
        return any(header_key(one) in here for one in alternatives(header))

    if not draft.fields:
        yield "No column is mapped. Choose at least one."
    for header in draft.key:
        if not is_here(header):
            yield f"The key {header!r} is no column of this table. Choose another column, or none."
    for column, source in draft.fields.items():
        if not any(is_here(header) for header in source_headers(source)):
            yield f"{column_words(column).capitalize()}: there is no column {source_headers(source)[0]!r} in this table."


def _read_twice(draft: Draft) -> Iterator[str]:
    """Yield which header is read as two things; what is taken off another amount may be."""
    read: dict[str, str] = {}
    for column, source in draft.fields.items():
        if isinstance(source, dict) and (source.get("minus") or source.get("times")):
            continue
        for header in source_headers(source):
            key = header_key(header)
            if key in read:
                yield (
                    f"Column {header!r} is read as {column_words(read[key])} and as {column_words(column)}. "
                    "Keep it for one of them."
                )
            read[key] = column


def _shared_keys(draft: Draft, given: StreamSettings, raw: RawTable) -> Iterator[str]:
    """Yield that different rows have the same key: they could not be told apart in the next export."""
    if not draft.key or draft.row != "record":
        return
    ids = declared_ids(stream_table(raw, stream_of(draft.stream or "stream", given)))
    counts = pc.value_counts(pc.drop_null(ids))
    shared = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")
    if not len(shared):
        return
    places = pc.indices_nonzero(pc.is_in(ids, value_set=shared)).slice(0, _MOST_COMPARED)
    cells = raw.rows.select([f"c{place}" for place in range(len(raw.headers))]).take(places)
    # A row that was sent twice is no conflict: it is read once.
    distinct = cells.append_column("id", ids.take(places)).group_by([*cells.column_names, "id"]).aggregate([])
    again = pc.value_counts(distinct["id"].combine_chunks())
    real = again.filter(pc.greater(again.field("counts"), 1))
    if not len(real):
        return
    rows = int(pc.sum(real.field("counts")).as_py())
    shown = ", ".join(repr(one) for one in real.field("values").slice(0, _EXAMPLES).to_pylist())
    keys = f"{counted(len(real), 'key')} stand{'s' if len(real) == 1 else ''}"
    yield (
        f"{' + '.join(draft.key)} does not name one row each: {keys} in {rows:,} different rows ({shown}). "
        "Add a column to the key, or choose another, or none."
    )
