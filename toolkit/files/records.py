"""From the rows of a file to records in an entity's schema, batch by batch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field
from toolkit.files.cell_transforms import joined
from toolkit.files.fields import Settings, StreamTable, columns_of, field_text
from toolkit.files.identity import FOLDED, KEPT, Identity, Ints, joined_ids
from toolkit.files.party_kinds import kinds
from toolkit.files.row_json import raw_json
from toolkit.files.typed import TypedColumns
from toolkit.tables import ENTITY_SCHEMAS, PARTY
from toolkit.tables.schema import FLAG, TEXT, TEXTS

BATCH_ROWS = 50_000

Rows = TypeVar("Rows", pa.Table, pa.Array)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One file of a stream, read: its cells, its typed columns, and which rows are records."""

    table: StreamTable
    typed: TypedColumns
    identity: Identity

    @property
    def kept_rows(self) -> Ints:
        """Places of the rows that are records."""
        return np.flatnonzero(self.identity.verdicts == KEPT)


def record_batches(files: Sequence[ReadTable], settings: Settings) -> Iterator[pa.Table]:
    """Yield the records of all files in the entity's schema, at most ``BATCH_ROWS`` at a time."""
    for file in files:
        kept = file.kept_rows
        further = _further_rows(file) if file.table.stream.lines is not None else {}
        for start in range(0, len(kept), BATCH_ROWS):
            yield _batch(file, kept[start : start + BATCH_ROWS], settings, further)


def record_keys(settings: Settings, stream_name: str, ids: pa.Array) -> pa.Array:
    """Return ``system/stream/record_id`` for every id.

    Parameters
    ----------
    settings
        Whose system it is.
    stream_name
        The stream.
    ids
        Id of each record, null for none.
    """
    return record_keys_of(settings.system, stream_name, ids)


def record_keys_of(system: str, stream_name: str, ids: pa.Array) -> pa.Array:
    """Return ``system/stream/record_id`` for every id of a named system.

    Parameters
    ----------
    system
        The client's name of the system.
    stream_name
        The stream.
    ids
        Id of each record, null for none.
    """
    return pc.binary_join_element_wise(pa.scalar(f"{system}/{stream_name}/"), ids, "")


def _taken(values: Rows, places: Ints) -> Rows:
    """Return the values at some places in ascending order; without a copy where none lies between them."""
    if len(places) and places[-1] - places[0] == len(places) - 1:
        return values.slice(int(places[0]), len(places))
    return values.take(pa.array(places))


def _batch(file: ReadTable, places: Ints, settings: Settings, further: dict[int, list[int]]) -> pa.Table:
    one, stream = file.table, file.table.stream
    schema = ENTITY_SCHEMAS[stream.entity]
    # One piece for each column: every field below would join the pieces again.
    rows = _taken(one.rows, places).combine_chunks()
    columns = {name: _taken(values, places) for name, values in file.typed.columns.items()}
    for column, field in stream.fields.items():
        kind = schema.arrow.field(column).type
        if column in columns or kind not in (TEXT, TEXTS, FLAG):
            continue
        text = field_text(one, field, rows)
        if text is not None:
            columns[column] = pc.equal(text, "true") if kind == FLAG else text
    ids = _taken(file.identity.ids, places)
    count = len(places)
    columns["record_id"] = ids
    columns["record_key"] = record_keys(settings, stream.name, ids)
    for name, constant in (("system", settings.system), ("stream", stream.name), ("entity", stream.entity)):
        columns[name] = pa.repeat(pa.scalar(constant, pa.string()), count)
    columns["state"] = pc.fill_null(columns["state"], "active") if "state" in columns else _constant("active", count)
    columns["alt_ids"] = text_lists([*_alt_ids(one, rows, ids)], count)
    columns["date_only"] = text_lists(
        [
            pc.if_else(_taken(flags, places), pa.scalar(name), pa.scalar(None, pa.string()))
            for name, flags in file.typed.date_only.items()
        ],
        count,
    )
    columns["raw"] = _raws(one, rows, places, further)
    if "merged_into" in columns:
        columns["merged_into"] = record_keys(settings, stream.name, columns["merged_into"])
    if schema is PARTY:
        _complete_party(one, rows, columns, count)
    else:
        _complete_document(one, columns)
    arrays = [columns[column.name].cast(column.type) if column.name in columns else pa.nulls(count, column.type)
              for column in schema.columns]  # fmt: skip
    return pa.Table.from_arrays(arrays, schema=schema.arrow)


def text_lists(columns: Sequence[pa.Array], count: int) -> pa.Array:
    """Return for every row the list of its values that are not null, without repeats of the first; null for none.

    Examples
    --------
    >>> text_lists([pa.array(["a", None]), pa.array(["b", None])], 2).to_pylist()
    [['a', 'b'], None]
    """
    if not columns:
        return pa.nulls(count, TEXTS)
    width = len(columns)
    order = np.arange(count * width).reshape(width, count).T.ravel()
    values = pa.concat_arrays(columns).take(pa.array(order))
    is_filled = pc.is_valid(values).to_numpy(zero_copy_only=False).reshape(count, width)
    lengths = is_filled.sum(axis=1)
    offsets = np.r_[0, np.cumsum(lengths)].astype(np.int32)
    mask = pa.array(lengths == 0)
    return pa.ListArray.from_arrays(pa.array(offsets), pc.drop_null(values), mask=mask)


def _alt_ids(one: StreamTable, rows: pa.Table, ids: pa.Array) -> Iterator[pa.Array]:
    for headers in one.stream.alt_ids:
        # As ids that are made of several columns are written, see ``identity.declared_ids``.
        parts = [field_text(one, Field((part,), form=one.stream.alt_form), rows) for part in headers.split("&")]
        text = parts[0] if len(parts) == 1 else joined_ids([part for part in parts if part is not None])
        if text is not None:
            yield pc.if_else(pc.equal(text, ids), pa.scalar(None, pa.string()), text)
    if one.stream.key_form and len(one.stream.key) == 1 and columns_of(one, one.stream.key):
        text = field_text(one, Field(one.stream.key), rows)
        yield pc.if_else(pc.equal(text, ids), pa.scalar(None, pa.string()), text)


def _constant(value: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.string()), count)


def _further_rows(file: ReadTable) -> dict[int, list[int]]:
    """Return for the row of each record the rows folded into it."""
    verdicts = file.identity.verdicts
    ids = file.identity.ids.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    heads = {int(ids[place]): int(place) for place in file.kept_rows}
    further: dict[int, list[int]] = {}
    for place in np.flatnonzero(verdicts == FOLDED).tolist():
        head = heads.get(int(ids[place]))
        if head is not None:
            further.setdefault(head, []).append(place)
    return further


def _raws(one: StreamTable, rows: pa.Table, places: Ints, further: dict[int, list[int]]) -> pa.Array:
    """Return the raw rows; rows folded into a record follow as the list ``_rows``, but of one that was sent as a whole."""
    if "raw" in rows.column_names:
        return rows["raw"].combine_chunks() if rows["raw"].num_chunks != 1 else rows["raw"].chunk(0)
    raws = raw_json(one.raw.headers, rows)
    if not further:
        return raws
    folded = [place for head in places.tolist() for place in further.get(head, [])]
    if not folded:
        return raws
    texts = iter(raw_json(one.raw.headers, one.rows.take(pa.array(folded))).to_pylist())
    joined = []
    for head, raw in zip(places.tolist(), raws.to_pylist(), strict=True):
        parts = [next(texts) for _ in further.get(head, [])]
        joined.append(f'{raw[:-1]},"_rows":[{",".join(parts)}]}}' if parts else raw)
    return pa.array(joined, pa.string())


def _complete_party(one: StreamTable, rows: pa.Table, columns: dict[str, pa.Array], count: int) -> None:
    nothing = pa.nulls(count, pa.string())
    given, family = columns.get("given_name", nothing), columns.get("family_name", nothing)
    company = columns.get("company_name", nothing)
    person = joined([given, family], " ")
    named = pc.coalesce(columns.get("name", nothing), person, company)
    columns["name"] = pc.coalesce(named, columns.get("email", nothing))
    stream = one.stream
    if stream.kind == "unknown":
        # An address that stands for a name says nothing of who bears it: "co.uk" is no company.
        columns["kind"] = kinds(named, person, company)
    else:
        columns["kind"] = _constant(stream.kind, count)
    found = columns.pop("roles", None)
    if stream.roles_by is not None:
        found = field_text(one, stream.roles_by, rows)
    columns["roles"] = _roles(found, stream.roles, count)


def _roles(found: pa.Array | None, default: tuple[str, ...], count: int) -> pa.Array:
    if found is None:
        return pa.repeat(pa.scalar(list(default), TEXTS), count) if default else pa.nulls(count, TEXTS)
    fallback = default[0] if default else None
    return text_lists([pc.fill_null(found, fallback) if fallback else found], count)


def _complete_document(one: StreamTable, columns: dict[str, pa.Array]) -> None:
    if "party_name" in columns and "party_ref" not in columns:
        columns["party_ref"] = columns["party_name"]
    if one.stream.entity == "deal" and "closed_at" in columns and "is_won" in columns:
        # The close date of an open deal is a hope; only a won or lost deal was closed.
        columns["closed_at"] = pc.if_else(pc.is_valid(columns["is_won"]), columns["closed_at"], None)
    if one.stream.derives_status and {"amount_minor", "paid_minor"} <= set(columns):
        amount, paid = columns["amount_minor"], columns["paid_minor"]
        open_minor = pc.subtract(amount, paid)
        derived = pc.case_when(
            pc.make_struct(
                pc.fill_null(pc.equal(open_minor, 0), False),
                pc.fill_null(pc.equal(paid, 0), False),
                pc.is_valid(open_minor),
            ),
            "Paid",
            "Open",
            "Partly paid",
        )
        columns["status"] = pc.coalesce(columns.get("status", pa.nulls(len(derived), pa.string())), derived)
