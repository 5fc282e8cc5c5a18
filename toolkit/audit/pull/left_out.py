"""Columns of a client's own table that are not read though they look like money, a date, a name or an id."""

from dataclasses import dataclass

from toolkit.audit.pull.proposal import left_out_words
from toolkit.audit.pull.sources import Source
from toolkit.audit.pull.streams import stream_map_of
from toolkit.audit.pull.understanding import is_damaged_id, understood_table
from toolkit.connector import alternatives, header_key
from toolkit.files.canonical import MONEY_ENTITIES
from toolkit.files.interpreted import canonical_column, headers_read, meaning_of, why_left_out
from toolkit.settings import StreamSettings

_AMOUNTS = frozenset({"amount_minor", "net_minor"})
_MAY_BE_AMOUNT = frozenset({"none", "amount_gross", "amount_net", "debit", "credit"})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is said of such columns; ``missing`` is what no figure holds because of them."""

    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def left_out_columns(source: Source) -> LeftOut:
    """Return a sentence for each such column of a table that the settings describe; none for a vendor's export."""
    own = source.own
    if own is None or not source.raw.rows.num_rows:
        return LeftOut()
    found = understood_table(source.raw, entity=own.entity, meanings=_meanings(own, source.raw.headers))
    read = {header_key(name) for header in headers_read(stream_map_of(own)) for name in alternatives(header)}
    notes: list[str] = []
    missing: list[str] = []
    there = _fields_there(own, source.raw.headers)
    lacks_amount = own.entity in MONEY_ENTITIES and not _AMOUNTS & set(own.fields)
    for one in found.columns:
        if any(is_damaged_id(text) for text in one.samples):
            notes.append(
                f"Column {one.header!r} holds numbers such as {one.samples[0]!r}: a spreadsheet has rounded them. Ids among "
                "them are destroyed and name no record; export the file again and do not open it in a spreadsheet."
            )
        elif one.looks_like and header_key(one.header) not in read:
            canonical = canonical_column(one.meaning, own.entity)
            if canonical in own.fields and canonical not in there and one.used_as not in {"none", ""}:
                header = own.fields[canonical].headers[0]
                why = f"{one.meaning.replace('_', ' ')} is to be read from {header!r}, and this file has no such column"
            else:
                why = why_left_out(one, own.entity, there, own.kind)
            notes.append(left_out_words(one.header, one.looks_like, why))
            if lacks_amount and one.looks_like == "money" and one.used_as in _MAY_BE_AMOUNT:
                missing.append(f"{notes[-1]} Its rows have no amount until somebody says which column that is.")
    return LeftOut(tuple(notes), tuple(missing))


def _fields_there(own: StreamSettings, headers: tuple[str, ...]) -> set[str]:
    """Return the fields of a stream for which the file has a column, or which need none."""
    known = {header_key(header) for header in headers}
    return {
        column
        for column, field in own.fields.items()
        if not field.headers or any(header_key(name) in known for one in field.headers for name in alternatives(one))
    }


def _meanings(own: StreamSettings, headers: tuple[str, ...]) -> dict[str, str]:
    """Return what the settings say of each header, for the others to be told beside them."""
    said: dict[str, str] = {}
    for column, field in own.fields.items():
        for header in field.headers:
            said[header_key(header)] = "credit" if field.credit else "unit_price" if field.times else meaning_of(column)
        for header in field.subtracted:
            said[header_key(header)] = "debit" if field.debit else "balance"
    for column, field in own.lines.items():
        said |= {header_key(header): meaning_of(column) for header in field.headers if header_key(header) not in said}
    return {header: said[header_key(header)] for header in headers if header_key(header) in said}
