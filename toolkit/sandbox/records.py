"""From a row of a snapshot to the vendor's record: what was read from paths is written back to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from toolkit.connector import Field, Named, Stream, alternatives, asked_stream, named_key
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.named import NamedLists
from toolkit.sandbox.places import put
from toolkit.sandbox.stand_in import Record, Row, StandIn
from toolkit.sandbox.words import word_for, written_amount, written_day, written_moment
from toolkit.tables import ENTITY_SCHEMAS
from toolkit.tables.schema import DAY, INSTANT

_ITS_OWN = frozenset({"state", "merged_into", "roles"})


@dataclass(frozen=True, slots=True)
class RecordWriter:
    """Writes the records of one stream as its vendor does.

    ``ids`` has for each stream of the system the vendor's id of a record by whatever names it in the snapshot, ``names``
    ids of the names that are looked up.
    """

    stand_in: StandIn
    stream: Stream
    ids: Mapping[str, Mapping[str, str]]
    names: NamedLists
    zone: str
    currency: str

    def record(self, row: Row) -> Record:
        """Return a row as the vendor's record: as it was sent, where it came over an interface."""
        sent = row.get("sent")
        if sent and all(value_at(sent, path) is not None for path in self.stream.key):
            return dict(sent)
        made: Record = {}
        if len(self.stream.key) == 1:
            self._put(made, self.stream.key[0], self.ids[self.stream.name].get(str(row["record_id"]), row["record_id"]))
        for column, field in self._plain_fields():
            self._put_column(made, column, field, row)
        self._put_further(made, row)
        self._put_lines(made, row)
        return self.stand_in.build_record(self.stream.name, made, row)

    def _plain_fields(self) -> Iterator[tuple[str, Field]]:
        """Yield the fields in the order in which they are written: of two at one path, the more exact one comes first."""
        schema = ENTITY_SCHEMAS[self.stream.entity].arrow
        fields = [(name, one) for name, one in self.stream.fields.items() if name not in _ITS_OWN]

        def order(pair: tuple[str, Field]) -> int:
            name, field = pair
            kind = schema.field(name).type
            if field.headers[:1] and field.headers[0].startswith("("):
                return 5
            return 0 if kind == INSTANT else 1 if kind == DAY else 4 if field.joined else 3 if field.minus else 2

        return iter(sorted(fields, key=order))

    def _put_column(self, made: Record, column: str, field: Field, row: Row) -> None:
        value = row.get(column)
        if value is None or not field.headers:
            return
        streams = self.stand_in.refs.get(f"{self.stream.name}.{column}", self.stand_in.refs.get(column))
        if streams:
            value = self._ref(streams, str(value))
        if field.headers[0].startswith("("):
            self._put_named(made, field.headers[0], _text(value))
        elif field.minus:
            self._put_difference(made, field, int(value), row)
        elif field.values:
            word = word_for(field.values, _text(value))
            if word is not None and value_at(made, field.headers[0]) is None:
                self._put_parts(made, field, word)
        elif field.joined and len(field.headers) > 1:
            if not _is_filled(made, field):
                self._put_parts(made, field, _text(value))
        else:
            self._put(made, field.headers[0], self._written(value, column, field, row))

    def _put_named(self, made: Record, at: str, name: str) -> None:
        """Put the id of a name that is looked up."""
        found = self.names.id_of(self.stream, at, name)
        if found is not None:
            self._put(made, *found)

    def _put_parts(self, made: Record, field: Field, text: str) -> None:
        """Put the parts of a text that a field joins, or all of it."""
        parts = text.split(field.joined, len(field.headers) - 1) if field.joined else [text]
        for path, part in zip(field.headers, parts, strict=False):
            self._put(made, path, part)

    def _ref(self, streams: Sequence[str], value: str) -> str:
        """Return the vendor's id of the record that a value names; of one that is in no list, the id that it would have."""
        found = (self.ids.get(stream, {}).get(value) for stream in streams)
        return next((one for one in found if one is not None), None) or self.stand_in.made_id(
            streams[0], {"record_id": value}
        )

    def _written(self, value: Any, column: str, field: Field, row: Row) -> Any:
        if isinstance(value, datetime):
            is_day = column in (row.get("date_only") or ())
            return written_moment(value, field, is_day=is_day, zone=self.zone)
        if isinstance(value, date):
            return written_day(value, field)
        if column.endswith(("_minor", "_minor_per_hour")):
            # Whether money came or went stands beside the amount, where the vendor says so.
            return written_amount(abs(int(value)) if field.negative_by[0] else int(value), field, self._currency(row))
        return value.lower() if field.form == "upper" else value

    def _currency(self, row: Row) -> str:
        return str(row.get("currency") or self.currency)

    def _put_difference(self, made: Record, field: Field, value: int, row: Row) -> None:
        """Put what is taken off an amount: the amount stands there already, or nothing is taken off it."""
        same = [
            name
            for name, one in self.stream.fields.items()
            if one.headers[:1] == field.headers[:1] and not one.minus and row.get(name) is not None
        ]
        whole = row[same[0]] if same else None
        plain = Field(field.headers, form=field.form)
        if whole is None:
            self._put(made, field.headers[0], written_amount(value, plain, self._currency(row)))
        self._put(
            made, field.minus[0], written_amount((value if whole is None else whole) - value, plain, self._currency(row))
        )

    def _put_further(self, made: Record, row: Row) -> None:
        """Put what stands beside the columns: further telephones, roles, the state, other ids."""
        for point in self.stream.points:
            found = next((one["value"] for one in row.get("points", ())
                          if one["kind"] == point.kind and one["label"] == point.label), None)  # fmt: skip
            if found is not None and point.field.headers and not _is_filled(made, point.field):
                self._put(made, point.field.headers[0], found)
        roles = self.stream.roles_by or self.stream.fields.get("roles")
        state = self.stream.fields.get("state")
        for field, values in ((roles, row.get("roles") or ()), (state, (row.get("state"),))):
            for value in values if field is not None else ():
                word = word_for(field.values, str(value)) if field is not None and field.values else None
                if field is not None and word is not None and not field.joined and not _is_filled(made, field):
                    self._put(made, field.headers[0], {"true": True, "false": False}.get(word, word))
        own = str(row["record_id"])
        if self.ids[self.stream.name].get(own, own) != own:
            held = [[value_at(made, path) for path in alternatives(paths)] for paths in self.stream.alt_ids]
            free = [paths for paths, found in zip(self.stream.alt_ids, held, strict=True) if not any(found)]
            if free and not any(own in map(str, found) for found in held):
                self._put(made, alternatives(free[0])[0], own)

    def _put_lines(self, made: Record, row: Row) -> None:
        """Put the lines of a document into the list that its reading names."""
        place = next((one.lines for one in self.stream.readings if one.lines), "")
        if not place:
            return
        entries = []
        for line in row.get("lines", ()):
            entry: Record = {}
            for column, field in self.stream.lines.fields.items() if self.stream.lines is not None else ():
                if line.get(column) is not None and field.headers[:1] and field.headers[0].startswith(f"{place}."):
                    value = self._line_value(column, field, line, row)
                    put(entry, field.headers[0].removeprefix(f"{place}."), value)
            entries.append(entry)
        # What a line says for its whole document was put beside the list, in the place of the one line.
        of_all = value_at(made, place)
        if isinstance(of_all, dict):
            entries = [{**of_all, **entry} for entry in entries] or [of_all]
        put(made, place, entries)

    def _line_value(self, column: str, field: Field, line: Row, row: Row) -> Any:
        value = line[column]
        if column == "amount_minor":
            if field.times and line.get("quantity"):
                value = value / line["quantity"]
            return written_amount(round(value), Field(field.headers, form=field.form), self._currency(row))
        return int(value) if isinstance(value, float) and value.is_integer() else value

    def _put(self, made: Record, path: str, value: Any) -> None:
        """Put a value where nothing stands yet; paths in brackets are made by a pull, and no answer has them."""
        if path.startswith("(") or value_at(made, path) is not None:
            return
        lists = [one for each in self.stream.readings for one in (each.named, each.also_named) if one is not None]
        named = next((one for one in lists if path.startswith(f"{one.path}.")), None)
        if named is not None and named.values == ("",):
            _put_inside(made, named, path.removeprefix(f"{named.path}."), value)
            return
        if named is not None:
            entry: Record = {}
            put(entry, named.name, path.removeprefix(f"{named.path}."))
            put(entry, named.values[0], value)
            put(made, named.path, [*(value_at(made, named.path) or ()), entry])
            return
        put(made, path, _text(value) if path.startswith(self.stand_in.text_below or ("\0",)) else value)


def _put_inside(made: Record, named: Named, path: str, value: Any) -> None:
    """Put a value into the entry that bears the first name of a path, in a list whose entries are whole objects."""
    kind, _, inner = path.partition(".")
    entries = [*(value_at(made, named.path) or ())]
    entry = next((one for one in entries if named_key(text_at(one, named.name)) == kind), None)
    if entry is None:
        entry = {named.name: kind.upper()}
        entries.append(entry)
    if value_at(entry, inner) is None:
        put(entry, inner, value)
    put(made, named.path, entries)


def record_writer(
    stand_in: StandIn,
    stream: Stream,
    ids: Mapping[str, Mapping[str, str]],
    names: NamedLists,
    *,
    zone: str,
    currency: str,
) -> RecordWriter:
    """Return what writes the records of a stream.

    Parameters
    ----------
    stand_in
        What is odd about the vendor.
    stream
        As the connector describes it.
    ids
        For each stream of the system the vendor's id by whatever names a record.
    names
        Ids of the names that are looked up.
    zone, currency
        The system's.
    """
    return RecordWriter(stand_in, asked_stream(stream), ids, names, zone, currency)


def _is_filled(made: Record, field: Field) -> bool:
    return any(value_at(made, path) is not None for path in field.headers)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
