"""The lists of one system: its records as the vendor writes them, those that a request asks for, and the page it gets."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from toolkit.connector import Api, Completion, Connector, Reading, Stream, asked_stream
from toolkit.connector.api import StampForm
from toolkit.rest.answers import http_date
from toolkit.rest.moments import moment_of
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.named import NamedLists, named_lists
from toolkit.sandbox.page import Listed
from toolkit.sandbox.paging import served_style
from toolkit.sandbox.places import put
from toolkit.sandbox.records import record_writer
from toolkit.sandbox.routes import Route
from toolkit.sandbox.served import ServedSystem
from toolkit.sandbox.stand_in import Record, Row, StandIn
from toolkit.sandbox.tokens import Tokens
from toolkit.sandbox.words import literals

_ACTIVE = "active"


class SystemLists:
    """Every list of one system; the records are written once, when they are first asked for."""

    def __init__(self, connector: Connector, stand_in: StandIn, system: ServedSystem) -> None:
        self._connector = connector
        self._stand_in = stand_in
        self._system = system
        self._written: dict[str, list[tuple[Row, Record]]] = {}
        self._served: dict[str, Any] = {}
        self._ids: dict[str, dict[str, str]] = {}
        self._names = NamedLists()

    @property
    def api(self) -> Api:
        """The interface."""
        if self._connector.api is None:
            raise ValueError(f"{self._connector.name} has no interface.")
        return self._connector.api

    @property
    def time_zone(self) -> str:
        """The client's time zone in this system."""
        return self._system.time_zone

    def streams(self) -> list[Stream]:
        """Return the streams that can be asked for."""
        return [one for one in self._connector.streams if one.readings]

    def written(self, stream: Stream) -> list[tuple[Row, Record]]:
        """Return the rows of a stream, each with the vendor's record."""
        self._refresh()
        if stream.name not in self._written:
            writer = record_writer(
                self._stand_in, stream, self._ids, self._names, zone=self._system.time_zone, currency=self._system.currency
            )
            rows = self._served[stream.name]
            self._written[stream.name] = [(row, writer.record(row)) for row in rows]
        return self._written[stream.name]

    def _refresh(self) -> None:
        """Look whether other snapshots are served by now; the vendor's ids of all streams are known before a record is."""
        served = self._system.streams
        if self._served and all(self._served.get(f"={name}") is one for name, one in served.items()):
            return
        self._written, self._ids, self._served = {}, {}, {}
        for stream in self._connector.streams:
            rows = served[stream.name].rows() if stream.name in served else []
            self._served[stream.name] = rows
            ids = self._ids.setdefault(stream.name, {})
            for row in rows:
                if row.get("sent"):
                    continue
                made = self._stand_in.made_id(stream.name, row)
                for other in (*(row.get("alt_ids") or ()), row["record_id"]):
                    ids[str(other)] = made
        self._names = named_lists(self._connector.streams, self._served)
        self._served |= {f"={name}": one for name, one in served.items()}

    def records(self, route: Route, said: Mapping[str, str]) -> list[Record]:
        """Return the records of a list that a request asks for, in order.

        Parameters
        ----------
        route
            The list.
        said
            What the request says by its parameters.
        """
        reading, stream = route.reading, route.stream
        if route.is_of_names:
            return self._named(reading)
        if route.completion is not None:
            return self._completions(stream, route.completion)
        if reading.is_parents:
            return self._parents(stream)
        pairs = [(row, record) for row, record in self.written(stream) if self._stands_in(row, reading, stream)]
        if said.get("parent"):
            parent_of, key = self._stand_in.parent_of, self._parent_key(stream, route.number)
            pairs = [
                (row, record) for row, record in pairs
                if parent_of is not None and text_at(parent_of(stream.name, row), key) == said["parent"]
            ]  # fmt: skip
        stamped = [(self._stamp(reading, row, record), record) for row, record in pairs]
        if reading.is_keys_only:
            stamped = [(at, _keys_of(record, reading, stream)) for at, record in stamped]
        return _asked_for(stamped, reading, said)

    def is_there(self, route: Route) -> bool:
        """Return whether a list is served: one of names only where no stream of the snapshot has them."""
        self._refresh()
        path = route.reading.path
        is_named = any(one.path == path for one in self._names.lists)
        return (path not in self._names.held and is_named) if route.is_of_names else not is_named

    def _named(self, reading: Reading) -> list[Record]:
        """Return a list of names; its entries are completed as records of the stream are, or of the list's own path."""
        found = next((one.name for one in self._connector.streams for own in one.readings if own.path == reading.path), "")
        entries = self._names.lists.get(reading, ())
        row = {"state": _ACTIVE, "record_id": ""}
        listed = [self._stand_in.build_record(found or reading.path, dict(one), row) for one in entries]
        if not reading.ids:
            return listed
        # Whoever asks for records of a stream by their ids gets them as they are by now, those that were made since, too.
        own = {text_at(record, "id"): record for row, record in self._held_below(reading) if row.get("state") == _ACTIVE}
        return [*own.values(), *(one for one in listed if text_at(one, "id") not in own)]

    def _held_below(self, reading: Reading) -> list[tuple[Row, Record]]:
        """Return the records of the stream whose list another one is asked for below (``/companies/batch/read``)."""
        below = (one for one in self.streams() if any(reading.path.startswith(f"{own.path}/") for own in one.readings))
        stream = next(below, None)
        return [] if stream is None else self.written(stream)

    def _completions(self, stream: Stream, completion: Completion) -> list[Record]:
        """Return what a list says of records that another list of the stream gives without it."""
        found = []
        for row, record in self.written(stream):
            held = value_at(record, completion.path)
            if isinstance(held, list) and held:
                entry: Record = {}
                put(entry, completion.key, value_at(record, stream.path_key[0]))
                own = [{path: text_at(one, name) for name, path in completion.names} for one in held]
                put(entry, completion.entries, own)
                found.append(self._stand_in.build_record(completion.reading.path, entry, row))
        return found

    def _stands_in(self, row: Row, reading: Reading, stream: Stream) -> bool:
        state = row.get("state", _ACTIVE)
        if reading.state:
            return bool(state == reading.state) and self._is_held(row, reading, stream)
        if not self._is_held(row, reading, stream):
            return False
        return bool(state == _ACTIVE) or (state != "absent" and "state" in asked_stream(stream).fields)

    def _is_held(self, row: Row, reading: Reading, stream: Stream) -> bool:
        """Return whether a list holds a row; of several that are alike the first holds all."""
        if self._stand_in.holds is not None:
            return self._stand_in.holds(stream.name, reading, row)
        if reading.is_of_all or reading.is_of_changes:
            alike = [one for one in stream.readings if one.is_of_changes == reading.is_of_changes]
            return next(one for one in alike if one.state == reading.state) is reading
        plain = [
            one for one in stream.readings if not (one.is_parents or one.is_lines or one.is_of_changes or one.is_of_all)
        ]
        return next((one for one in plain if one.state == reading.state), None) is reading

    def _parents(self, stream: Stream) -> list[Record]:
        parent_of = self._stand_in.parent_of
        found: dict[str, Record] = {}
        for row, _ in self.written(stream) if parent_of is not None else ():
            record = parent_of(stream.name, row) if parent_of is not None else {}
            found.setdefault(repr(sorted(record.items(), key=str)), record)
        return list(found.values())

    def _parent_key(self, stream: Stream, number: int) -> str:
        before = stream.readings[number - 1]
        return (before.key or stream.path_key)[0]

    def _stamp(self, reading: Reading, row: Row, record: Record) -> datetime | None:
        """Return when a record was last changed, as it says itself, else as the snapshot does."""
        if reading.changed is not None and (text := text_at(record, reading.changed.field)):
            at = moment_of(text)
            return at if at is not None else _plain_moment(text)
        found = row.get("updated_at") or row.get("created_at")
        return found if isinstance(found, datetime) else None

    def page(self, route: Route, asked: Asked, said: Mapping[str, str], tokens: Tokens) -> Given:
        """Return one page of a list.

        Parameters
        ----------
        route
            The list.
        asked, said
            The request, and what it says by its parameters.
        tokens
            Words that stand for places in lists.
        """
        records = self.records(route, said)
        reading = route.reading
        if reading.ids:
            wanted = {text_at(one, "id") for one in value_at(asked.json, reading.ids)}
            key = "id" if route.completion is None else route.completion.key
            records = [one for one in records if text_at(one, key) in wanted]
        # A search ends after so many records, and says how many there are.
        shown = records[: reading.window.max_records] if reading.window is not None else records
        listed = Listed(
            shown,
            asked,
            said,
            self._size(asked, said, reading),
            tokens.of(route, said),
            tokens.place_of(route, said),
            tokens.link_of(route, asked, said),
        )
        page = served_style(reading.paging).page(reading.paging, listed)
        if reading.form == "json_lines":
            import json

            lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in page.records)
            return Given(lines.encode(), headers=page.headers, kind="application/x-ndjson")
        if reading.form == "csv":
            return Given(_as_csv(page.records), headers=page.headers, kind="text/csv")
        entries: list[Any] = list(page.records)
        if reading.inside:
            entries = [_wrapped(one, reading.inside) for one in entries]
        body: Any = entries
        if reading.records:
            body = {}
            outer = reading.records.rpartition(".")[0]
            if entries or not reading.is_left_out:
                put(body, reading.records, entries)
            elif outer:
                put(body, outer, {})
            for path, value in page.further.items():
                put(body, path, value)
            if reading.total:
                put(body, reading.total, len(records))
        return Given(self._stand_in.envelope(reading, body), headers=page.headers)

    def _size(self, asked: Asked, said: Mapping[str, str], reading: Reading) -> int:
        usual, most = self._stand_in.sizes
        named = said.get("size") or asked.query.get(self._stand_in.size_param, "")
        if not named and reading.body:
            named = text_at(asked.json, self._stand_in.size_param)
        return min(most, int(named)) if named.isdigit() and int(named) else usual


def _asked_for(stamped: Sequence[tuple[datetime | None, Record]], reading: Reading, said: Mapping[str, str]) -> list[Record]:
    """Return what changed since a moment, or in a slice of time, in its order."""
    changed, window = reading.changed, reading.window
    if changed is not None and said.get("since"):
        since = _moment(said["since"], changed.form)
        stamped = [(at, record) for at, record in stamped if at is None or since is None or at >= since]
    if window is None or not said.get("start"):
        return [record for _, record in stamped]
    start, end = (_moment(said.get(name, ""), window.form) for name in ("start", "end"))
    first = datetime(2000, 1, 1, tzinfo=UTC) if start is None else start
    inside = [(at or first, record) for at, record in stamped
              if (at or first) >= first and (end is None or (at or first) < end)]  # fmt: skip
    inside.sort(key=lambda pair: pair[0])
    return [record for _, record in inside]


def _moment(text: str, form: StampForm) -> datetime | None:
    if form == "http":
        return http_date(text)
    return moment_of(text) or _plain_moment(text)


def _plain_moment(text: str) -> datetime | None:
    """Return a moment or a day without a zone, as UTC."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None


def _keys_of(record: Record, reading: Reading, stream: Stream) -> Record:
    """Return a record that only names itself: its key as this list spells it, and its stamp."""
    found: Record = {}
    for path, own in zip(reading.key or stream.path_key, stream.path_key, strict=False):
        put(found, path, value_at(record, own))
    if reading.changed is not None and reading.changed.field:
        put(found, reading.changed.field, value_at(record, reading.changed.field))
    if reading.which is not None and value_at(found, reading.which.path) is None:
        put(found, reading.which.path, next(literals(reading.which.pattern)))
    return found


def _wrapped(record: Record, path: str) -> Record:
    found: Record = {}
    put(found, path, record)
    return found


def _as_csv(records: Sequence[Record]) -> bytes:
    import csv
    import io

    names = list(dict.fromkeys(name for record in records for name in record))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()
