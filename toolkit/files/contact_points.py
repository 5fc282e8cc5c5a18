"""E-mail addresses, phones, addresses and domains of parties: the ones their row shows and all further ones."""

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field
from toolkit.files.fields import Settings, field_text
from toolkit.files.records import ReadTable, record_keys
from toolkit.tables import PARTY_POINT

_PRIMARY = (("email", "email"), ("phone", "phone"), ("website", "domain"))


def party_points(files: Sequence[ReadTable], settings: Settings) -> pa.Table:
    """Return the points of all parties; a value occurs once for each party and kind."""
    parts = [part for file in files for part in _file_points(file, settings)]
    if not parts:
        return PARTY_POINT.empty()
    table = pa.concat_tables(parts)
    grouped = table.group_by(["record_key", "kind", "value"], use_threads=False).aggregate(
        [("label", "first"), ("is_primary", "max")]
    )
    renamed = grouped.rename_columns(["record_key", "kind", "value", "label", "is_primary"])
    return renamed.select(list(PARTY_POINT.names))


def _file_points(file: ReadTable, settings: Settings) -> Iterator[pa.Table]:
    stream = file.table.stream
    places = pa.array(file.kept_rows)
    rows = file.table.rows.take(places)
    keys = record_keys(settings, stream.name, file.identity.ids.take(places))
    wanted: list[tuple[str, str | None, Field, bool]] = [
        (kind, None, stream.fields[column], True) for column, kind in _PRIMARY if column in stream.fields
    ]
    wanted += [(point.kind, point.label, point.field, False) for point in stream.points]
    for kind, label, field, is_primary in wanted:
        values = field_text(file.table, field, rows)
        if values is None:
            continue
        filled = pc.is_valid(values)
        count = pc.sum(filled).as_py() or 0
        if count:
            yield pa.table(
                {
                    "record_key": keys.filter(filled),
                    "kind": pa.repeat(pa.scalar(kind), count),
                    "value": values.filter(filled),
                    "label": pa.repeat(pa.scalar(label, pa.string()), count),
                    "is_primary": pa.repeat(pa.scalar(is_primary), count),
                }
            )
