"""A database whose rows are changed as ``engagement.yaml`` describes them: in a transaction each, compared and read back.

Of a `Writing` the path of each request is the table, the name of an id and every path a column, and the body of a request
what is set beside the changed fields. A change is kept only where the row still is as it was planned, and holds then what
was sent; so it is made once, or not at all. A row that is made carries our mark, by which it is found again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from toolkit.apply.rest_system import instant
from toolkit.apply.system import Current, Sent, Written
from toolkit.apply.written_body import ACTIVE, ARCHIVED, STATE, currency_of, described_call, read_fields
from toolkit.changes import Operation, lines_of
from toolkit.connector import WriteCall, Writing
from toolkit.databases.changing import ChangingClient
from toolkit.databases.row_moment import NOW, moment_value
from toolkit.databases.row_values import bound_value, column_kinds, row_text, typed_value
from toolkit.databases.stamps import stamp_moment
from toolkit.errors import ConflictError, RejectedError, ToolkitError, UncertainError
from toolkit.rest.places import text_of_value
from toolkit.values.counted import counted

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowSystem:
    """Carries changes into one database; see `WritableSystem`. ``currency`` is that of amounts that name none."""

    client: ChangingClient
    writings: Mapping[str, Writing]
    currency: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    _kinds: dict[str, dict[str, type]] = field(default_factory=dict)

    @property
    def key_life(self) -> timedelta | None:
        """A database knows no keys."""
        return None

    @property
    def settle_s(self) -> float:
        """How long after a lost answer a change may still take effect."""
        return max((one.settle_s for one in self.writings.values()), default=0.0)

    def is_same_again(self, _change: Operation) -> bool:
        """Return that nothing is sent again unseen."""
        return False

    def current(self, change: Operation, record_id: str) -> Current | None:
        """Return a row as it stands now, or nothing where it is gone."""
        writing = self.writings[change.stream]
        with self.client.reading() as connection:
            row = self._row(connection, writing, record_id)
        return None if row is None else self._said(writing, row)

    def send(self, change: Operation, record_id: str | None, current: Current | None, key: str) -> Written:
        """Carry out a change in one transaction.

        Parameters
        ----------
        change, record_id, current, key
            As `WritableSystem.send` takes them.
        """
        writing = self.writings[change.stream]
        how = described_call(writing, change)
        if lines_of(change.after):
            raise RejectedError(f"Nothing says where the lines of {change.stream} are written.")
        with self.client.changing() as connection:
            if record_id is None:
                record_id = self._made(connection, writing, how, change, key)
            else:
                self._changed(connection, writing, how, change, record_id, current)
            row = self._row(connection, writing, record_id, is_held=True)
            said = Current({}) if row is None else self._said(writing, row)
            wrong = sorted(name for name, value in change.after.items() if said.values.get(name) != value)
            if wrong:
                raise RejectedError(f"The database would keep another value in {', '.join(wrong)}: nothing was changed.")
        return Written(record_id, said.version)

    def batch_size(self, _change: Operation) -> int:
        """Return with how many others a change may be sent at once: each has a transaction of its own."""
        return 1

    def send_together(self, batch: Sequence[Sent]) -> Mapping[str, Written | ToolkitError]:
        """Refuse to send several changes at once."""
        raise RejectedError(f"{counted(len(batch), 'row')} cannot be changed in one transaction.")

    def can_read(self, stream: str, column: str) -> bool:
        """Return whether a row says what stands in a column.

        Parameters
        ----------
        stream, column
            As `WritableSystem.can_read` takes them.
        """
        return stream in self.writings and any(one.column == column for one in self.writings[stream].fields)

    def whole(self, change: Operation, record_id: str) -> Mapping[str, Any]:
        """Return a row with all that changes read of it.

        Parameters
        ----------
        change, record_id
            As `WritableSystem.whole` takes them.
        """
        with self.client.reading() as connection:
            row = self._row(connection, self.writings[change.stream], record_id)
        return {record_id: {} if row is None else {name: row_text(value) for name, value in row.items()}}

    def made(self, change: Operation, key: str) -> Written | None:
        """Return the row that a change made, looked for by the mark it carries."""
        writing = self.writings[change.stream]
        mark = writing.mark
        if mark is None:
            raise UncertainError(
                "The table has no column for a mark of ours: look there whether the row was made, and say so."
            )
        column: sa.ColumnElement[Any] = sa.column(mark.field)
        with self.client.reading() as connection:
            wanted: Any = sa.select(sa.column(writing.id)).select_from(_table(writing)).where(column == key).limit(2)
            found = connection.execute(wanted).scalars().all()
        if len(found) > 1:
            raise UncertainError(f"The table holds {len(found)} rows with one mark of ours: look at them.")
        return Written(text_of_value(row_text(found[0]))) if found else None

    def _row(self, connection: sa.Connection, writing: Writing, record_id: str, *, is_held: bool = False) -> _Row | None:
        """Return the columns of a row that concern us; where it is to be changed, held until the transaction ends."""
        kinds = self._kinds_of(connection, writing)
        wanted: list[sa.ColumnElement[Any]] = [sa.column(name) for name in _columns(writing)]
        named = sa.column(writing.id) == typed_value(record_id, kinds.get(writing.id, str), writing.id)
        query = sa.select(*wanted).select_from(_table(writing)).where(named).limit(2)
        rows = connection.execute(query.with_for_update() if is_held else query).mappings().all()
        if len(rows) > 1:
            raise RejectedError(f"Two rows of {writing.one.path} have one {writing.id}: it names none of them.")
        return dict(rows[0]) if rows else None

    def _said(self, writing: Writing, row: _Row) -> Current:
        record = {name: row_text(value) for name, value in row.items()}
        values = read_fields(record, writing, self.currency)
        path, word = writing.archived
        values[STATE] = ARCHIVED if path and text_of_value(record[path]).casefold() == word.casefold() else ACTIVE
        version = text_of_value(record[writing.version.path]) if writing.version is not None else ""
        moment = stamp_moment(row[writing.stamp], self.zone) if writing.stamp else None
        return Current(values, version or None, instant(moment.isoformat()) if moment is not None else None)

    def _changed(  # noqa: PLR0917  # one change
        self,
        connection: sa.Connection,
        writing: Writing,
        how: WriteCall,
        change: Operation,
        record_id: str,
        current: Current | None,
    ) -> None:
        row = self._row(connection, writing, record_id, is_held=True)
        if row is None:
            raise ConflictError("The row is gone.")
        now = self._said(writing, row)
        if current is not None and not _is_same(now, current, change):
            raise ConflictError("Somebody else changed the row after it was read.")
        values = self._values(connection, writing, how, change, now)
        kinds = self._kinds_of(connection, writing)
        version = writing.version.path if writing.version is not None else ""
        if version:
            values[version] = _next(row[version])
        where = [sa.column(name).is_not_distinct_from(row[name]) for name in sorted({*values, *filter(None, [version])})]
        named = sa.column(writing.id) == typed_value(record_id, kinds.get(writing.id, str), writing.id)
        table = _table(writing, values)
        result = connection.execute(sa.update(table).where(named, *where).values(values))
        if result.rowcount != 1:
            raise ConflictError("Somebody else changed the row while it was compared.")

    def _made(self, connection: sa.Connection, writing: Writing, how: WriteCall, change: Operation, key: str) -> str:
        values = self._values(connection, writing, how, change, None)
        if writing.mark is not None:
            values[writing.mark.field] = key
        table = _table(writing, {*values, writing.id})
        insert = sa.insert(table).values(values)
        if connection.dialect.insert_returning:
            return text_of_value(row_text(connection.execute(insert.returning(table.c[writing.id])).scalar_one()))
        connection.execute(insert)
        if writing.mark is None:
            raise RejectedError(
                "The database does not say which row it made, and the table has no column for a mark of ours."
            )
        named = sa.select(table.c[writing.id]).where(table.c[writing.mark.field] == key)
        return text_of_value(row_text(connection.execute(named).scalar_one()))

    def _values(  # one change
        self, connection: sa.Connection, writing: Writing, how: WriteCall, change: Operation, now: Current | None
    ) -> dict[str, Any]:
        """Return what a change sets, by column: what is fixed, and the fields that it touches."""
        kinds = self._kinds_of(connection, writing)
        found: dict[str, Any] = {}
        for name, value in json.loads(how.body or "{}").items():
            if value == NOW:
                found[name] = moment_value(self.client.clock.now(), self._sample(connection, writing, name), self.zone)
            else:
                found[name] = None if value is None else typed_value(text_of_value(value), kinds.get(name, str), name)
        if not how.has_fields:
            return found
        fields = {one.column: one for one in writing.fields}
        currency = currency_of(change, now) or self.currency
        for column, text in change.after.items():
            if column == STATE:
                continue
            if column not in fields:
                raise RejectedError(f"Nothing says where {column} of {change.stream} is written.")
            one = fields[column]
            found[one.path] = bound_value(one, text, currency, kinds.get(one.path, str))
        return found

    def _sample(self, connection: sa.Connection, writing: Writing, name: str) -> Any:
        column: sa.ColumnElement[Any] = sa.column(name)
        return connection.execute(
            sa.select(column).select_from(_table(writing)).where(column.is_not(None)).limit(1)
        ).scalar()

    def _kinds_of(self, connection: sa.Connection, writing: Writing) -> dict[str, type]:
        path = writing.one.path
        if path not in self._kinds:
            self._kinds[path] = column_kinds(connection, path)
        return self._kinds[path]


def _table(writing: Writing, columns: Iterable[str] = ()) -> sa.TableClause:
    schema, _, name = writing.one.path.rpartition(".")
    return sa.table(name, *(sa.column(one) for one in sorted(columns)), schema=schema or None)


def _columns(writing: Writing) -> list[str]:
    """Return the columns that a change reads: fields, what is set beside them, whatever tells that a row was changed."""
    fixed = {name for call in writing.calls() for name in json.loads(call.body or "{}")}
    version = writing.version.path if writing.version is not None else ""
    own = {writing.id, writing.stamp, writing.archived[0], version, *(one.read_at for one in writing.fields)}
    return sorted({*own, *fixed, *(one.path for one in writing.fields)} - {""})


def _is_same(now: Current, then: Current, change: Operation) -> bool:
    names = {*change.before, *change.after, STATE}
    is_same_version = then.version is None or now.version == then.version
    return is_same_version and all(now.values.get(name) == then.values.get(name, now.values.get(name)) for name in names)


def _next(version: Any) -> Any:
    """Return the version behind another one; what counts by itself, or is no number, stays to the database."""
    if isinstance(version, int) and not isinstance(version, bool):
        return version + 1
    return version
