"""From raw tables to the canonical records of one stream: ids, dates, money, lines, and everything that was put aside.

``rows_read`` of a file is always ``rows_kept + rows_folded + rows_repeated + rows_quarantined``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field, Stream
from toolkit.files.contact_points import party_points
from toolkit.files.fields import Settings, StreamTable, columns_of, field_text, stream_table
from toolkit.files.identity import (
    FOLDED,
    KEPT,
    QUARANTINED,
    REPEATED,
    Identity,
    declared_ids,
    hashed_ids,
    with_ordinals,
    with_scopes,
)
from toolkit.files.lines import document_lines, folded, with_lines_named
from toolkit.files.locales import with_locales
from toolkit.files.non_records import without_no_records
from toolkit.files.raw import RawTable
from toolkit.files.recognise import belonging
from toolkit.files.records import ReadTable, record_batches
from toolkit.files.repeats import settled
from toolkit.files.row_json import raw_json
from toolkit.files.totals import with_totals
from toolkit.files.typed import Note, TypedColumns, typed_columns
from toolkit.tables import DOCUMENT_LINE, ENTITY_SCHEMAS, PARTY, PARTY_POINT, QUARANTINE, Schema, checked
from toolkit.values.currency import exponent
from toolkit.values.money import money_column

MONEY_ENTITIES = frozenset(
    {"quote", "order", "invoice", "credit_note", "bill", "payment", "bank_line", "expense", "journal_line"}
)
"""Documents that are nothing without their amount: a row whose amount cannot be read is put aside."""

_MAX_ROW_CHARS = 10_000


@dataclass(frozen=True, slots=True)
class FileCount:
    """What became of the rows of one raw table.

    ``sum_minor`` adds the amounts of the rows kept, ``control_sum_minor`` is the file's own total; both are null where there
    is no amount column or more than one currency.
    """

    file: str
    part: str
    rows_read: int
    rows_kept: int
    rows_folded: int
    rows_repeated: int
    rows_quarantined: int
    sum_minor: int | None
    control_sum_minor: int | None
    currency: str | None

    @property
    def is_in_balance(self) -> bool | None:
        """Whether the sum equals the file's own total; null where it has none."""
        return None if self.control_sum_minor is None else self.control_sum_minor == self.sum_minor


@dataclass(frozen=True, slots=True)
class CanonicalStream:
    """The records of one stream of one system, from all its files."""

    system: str
    stream: Stream
    schema: Schema
    quarantine: pa.Table
    counts: tuple[FileCount, ...]
    notes: tuple[Note, ...]
    files: tuple[ReadTable, ...]
    _settings: Settings

    @property
    def records(self) -> Iterator[pa.Table]:
        """The records in the entity's schema, in batches; may be asked for again."""
        return record_batches(self.files, self._settings)

    @property
    def lines(self) -> pa.Table:
        """Lines of the documents (``DOCUMENT_LINE``)."""
        if self.stream.lines is None:
            return DOCUMENT_LINE.empty()
        return checked(document_lines(self.files, self._settings), DOCUMENT_LINE)

    @property
    def points(self) -> pa.Table:
        """E-mail addresses, phones, addresses and domains of the parties (``PARTY_POINT``)."""
        if self.schema is not PARTY:
            return PARTY_POINT.empty()
        return checked(party_points(self.files, self._settings), PARTY_POINT)

    def table(self) -> pa.Table:
        """Return all records as one checked table."""
        batches = list(self.records)
        return checked(pa.concat_tables(batches), self.schema) if batches else self.schema.empty()


def canonical_stream(
    raws: Sequence[RawTable],
    stream: Stream,
    *,
    system: str,
    country: str | None = None,
    time_zone: str = "UTC",
    currency: str | None = None,
    decimal_sign: str = "",
    day_order: str = "",
) -> CanonicalStream:
    """Return the canonical records of a stream.

    Parameters
    ----------
    raws
        Its files, oldest first: where exports overlap, the newest version of a record counts.
    stream
        What they are read as.
    system
        The client's name of the system.
    country
        Two-letter country, for dates and currency signs that the values leave open.
    time_zone
        IANA zone of times without one.
    currency
        ISO 4217 code of amounts that name none.
    decimal_sign, day_order
        How the files write numbers and dates, where a person has said so: "." or ",", "dmy", "mdy" or "ymd".
    """
    settings = Settings(system, country, time_zone, currency, decimal_sign, day_order)
    sifted = [without_no_records(raw, stream) for raw in raws]
    tables = [stream_table(raw, stream) for raw, _ in sifted]
    if not tables:
        return CanonicalStream(system, stream, ENTITY_SCHEMAS[stream.entity], QUARANTINE.empty(), (), (), (), settings)
    tables = with_locales(tables, settings)
    typed = [typed_columns(one, settings) for one in tables]
    asides: list[pa.Table] = []
    identities = []
    for one, columns in zip(tables, typed, strict=True):
        identity, aside = _identity(one, columns, settings)
        identities.append(identity)
        asides += [_named(one.raw.quarantine, settings, stream), aside]
    if stream.scope:
        identities = with_scopes(identities, [_scope(one) for one in tables])
    if stream.lines is not None:
        identities = folded(tables, identities)
    identities, before = settled(tables, identities), identities
    if stream.lines is not None:
        identities = _without_old_lines(with_lines_named(before, identities))
        typed = [with_totals(*parts, settings) for parts in zip(tables, typed, identities, strict=True)]
    files = tuple(ReadTable(*parts) for parts in zip(tables, typed, identities, strict=True))
    return CanonicalStream(
        system,
        stream,
        ENTITY_SCHEMAS[stream.entity],
        checked(pa.concat_tables(asides), QUARANTINE),
        tuple(_counted(file, settings) for file in files),
        tuple(note for parts in (*(found for _, found in sifted), *(one.notes for one in typed)) for note in parts),
        files,
        settings,
    )


def _identity(one: StreamTable, typed: TypedColumns, settings: Settings) -> tuple[Identity, pa.Table]:
    """Return the ids of a file's rows and the rows put aside."""
    stream, count = one.stream, one.rows.num_rows
    verdicts = np.full(count, KEPT, np.int8)
    asides = []
    is_foreign = ~belonging(one.raw, stream)
    asides.append(_aside(one, settings, is_foreign, "other_type", f"The row is no part of {stream.name}."))
    verdicts[is_foreign] = QUARANTINED
    if stream.entity in MONEY_ENTITIES:
        is_bad = typed.is_bad_amount.to_numpy(zero_copy_only=False) & (verdicts == KEPT)
        asides.append(_aside(one, settings, is_bad, "bad_value", "The amount could not be read."))
        verdicts[is_bad] = QUARANTINED
    ids = declared_ids(one)
    missing = pc.is_null(ids).to_numpy(zero_copy_only=False) & (verdicts == KEPT)
    if stream.identifying and missing.any():
        hashed = hashed_ids(_identifying(one, typed), stream.name)
        hashed = with_ordinals(hashed, missing & pc.is_valid(hashed).to_numpy(zero_copy_only=False), "-")
        ids = pc.coalesce(ids, hashed)
        missing = pc.is_null(ids).to_numpy(zero_copy_only=False) & (verdicts == KEPT)
    asides.append(_aside(one, settings, missing, "no_key", "Nothing in the row names the record."))
    verdicts[missing] = QUARANTINED
    updated = typed.columns.get("updated_at")
    changed = np.zeros(count, np.int64)
    if updated is not None:
        changed = pc.fill_null(updated.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    return Identity(ids, verdicts, changed), checked(pa.concat_tables(asides), QUARANTINE)


def _identifying(one: StreamTable, typed: TypedColumns) -> list[pa.Array]:
    columns = []
    for name in one.stream.identifying:
        if name in typed.columns:
            columns.append(typed.columns[name])
        elif name in one.stream.fields:
            text = field_text(one, one.stream.fields[name], one.rows)
            columns += [text] if text is not None else []
    return columns or [pa.nulls(one.rows.num_rows, pa.string())]


def _scope(one: StreamTable) -> pa.Array:
    text = field_text(one, one.stream.fields[one.stream.scope], one.rows)
    if text is None:
        return pa.nulls(one.rows.num_rows, pa.string())
    # Further lines of a document may leave out what its first line says.
    return text if one.stream.lines is None else pc.fill_null_forward(text)


def _without_old_lines(identities: Sequence[Identity]) -> list[Identity]:
    """Return the identities where the lines of an older version of a document are repeated rows, too."""
    old = set()
    for file, identity in enumerate(identities):
        places = np.flatnonzero(identity.verdicts == REPEATED)
        old |= {(file, text) for text in identity.ids.take(pa.array(places)).to_pylist()}
    if not old:
        return list(identities)
    result = []
    for file, identity in enumerate(identities):
        verdicts = identity.verdicts.copy()
        texts = pa.array(sorted(text for number, text in old if number == file), pa.string())
        is_old = pc.is_in(identity.ids, texts).to_numpy(zero_copy_only=False)
        verdicts[is_old & (verdicts == FOLDED)] = REPEATED
        result.append(replace(identity, verdicts=verdicts))
    return result


def _aside(
    one: StreamTable, settings: Settings, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], reason: str, detail: str
) -> pa.Table:
    """Return the marked rows as quarantine."""
    count = int(mask.sum())
    if not count:
        return QUARANTINE.empty()
    rows = one.rows.filter(pa.array(mask))
    constants = {
        "file": one.raw.file, "part": one.raw.part, "reason": reason, "detail": detail, "system": settings.system,
        "stream": one.stream.name,
    }  # fmt: skip
    columns = {name: pa.repeat(pa.scalar(value, pa.string()), count) for name, value in constants.items()}
    columns["line"] = rows["line"]
    texts = rows["raw"] if "raw" in rows.column_names else raw_json(one.raw.headers, rows)
    columns["row"] = pc.utf8_slice_codeunits(texts, 0, _MAX_ROW_CHARS)
    return checked(pa.table(columns), QUARANTINE)


def _named(quarantine: pa.Table, settings: Settings, stream: Stream) -> pa.Table:
    """Return the reader's quarantine with system and stream filled in."""
    for name, value in (("system", settings.system), ("stream", stream.name)):
        place = quarantine.column_names.index(name)
        quarantine = quarantine.set_column(place, name, pa.repeat(pa.scalar(value, pa.string()), quarantine.num_rows))
    return checked(quarantine, QUARANTINE)


def _counted(file: ReadTable, settings: Settings) -> FileCount:
    raw, verdicts = file.table.raw, file.identity.verdicts
    kept = file.kept_rows
    codes: list[str | None] = []
    total = None
    # A list that states net amounts only is held against its own total by these.
    amounts = file.typed.columns.get("amount_minor", file.typed.columns.get("net_minor"))
    if amounts is not None:
        taken = pa.array(kept)
        filled = amounts.take(taken)
        if "currency" in file.typed.columns:
            codes = pc.unique(file.typed.columns["currency"].take(taken).filter(pc.is_valid(filled))).to_pylist()
        total = (pc.sum(filled).as_py() or 0) if len(codes) <= 1 else None
    currency = codes[0] if len(codes) == 1 else settings.currency
    return FileCount(
        raw.file,
        raw.part,
        raw.rows_read,
        len(kept),
        int((verdicts == FOLDED).sum()),
        int((verdicts == REPEATED).sum()),
        int((verdicts == QUARANTINED).sum()) + raw.quarantine.num_rows,
        total,
        None if total is None else _control_sum(file.table, currency, settings),
        currency if total is not None else None,
    )


def _control_sum(one: StreamTable, currency: str | None, settings: Settings) -> int | None:
    """Return the file's own total, from the last total line that has the amount column."""
    named = (one.stream.fields.get(name) for name in ("amount_minor", "net_minor"))
    field = next((each for each in named if each is not None and columns_of(one, each.headers)), None)
    if field is None:
        return None
    columns = columns_of(one, field.headers)
    texts = [line[index] for line in one.raw.totals for index in columns if line.get(index)]
    if not texts or columns_of(one, field.minus):
        return None
    sample = pa.concat_arrays([pa.array(texts, pa.string()), field_text(one, Field(field.headers), one.rows.slice(0, 1000))])
    control: int | None = (
        money_column(sample, currency, country=settings.country, locale=one.locale).minor[len(texts) - 1].as_py()
    )
    return control


def major_units(minor: int, currency: str | None) -> Decimal:
    """Return minor units as an exact decimal in major units.

    Examples
    --------
    >>> major_units(123456, "USD"), major_units(500, "JPY")
    (Decimal('1234.56'), Decimal('500'))
    """
    return Decimal(minor).scaleb(-exponent(currency or ""))
