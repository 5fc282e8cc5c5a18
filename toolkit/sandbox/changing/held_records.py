"""The records of a stand-in as they stand by now: changed, made and gone ones beside those of the snapshot."""

import copy
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from toolkit.connector import Stream, Writing, asked_stream
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.lists import SystemLists
from toolkit.sandbox.places import put
from toolkit.sandbox.stand_in import Record, Row, StandIn
from toolkit.sandbox.vendor_merging import Merging
from toolkit.sandbox.words import written_moment

ACTIVE, _DELETED = "active", "deleted"


class HeldRecords:
    """Finds, changes and adds records of one system; every change has a moment of its own, later than all before it."""

    def __init__(self, lists: SystemLists, stand_in: StandIn, now: Callable[[], datetime]) -> None:
        """Begin with the records of the snapshot.

        Parameters
        ----------
        lists
            That serve them.
        stand_in
            What is odd about the vendor.
        now
            The clock that changes are dated by.
        """
        self._lists = lists
        self._stand_in = stand_in
        self._now = now
        self._last: datetime | None = None
        self._places: dict[str, tuple[list[tuple[Row, Record]], dict[str, int]]] = {}
        self._made = 0
        self.leads: dict[tuple[str, str], str] = {}
        """Ids of records that were merged, and the id that each leads to since, by stream."""

    def found(self, stream: Stream, record_id: str) -> tuple[Row, Record] | None:
        """Return a record with its row, gone ones too; null where there never was one."""
        pairs, places = self._listed(stream)
        place = places.get(self.leads.get((stream.name, record_id), record_id))
        return None if place is None else pairs[place]

    def every(self, stream: Stream) -> Iterator[tuple[Row, Record]]:
        """Yield the records of a stream, gone ones too."""
        yield from self._lists.written(stream)

    def named(self, name: str) -> Stream | None:
        """Return a stream by its name."""
        return next((one for one in self._lists.streams() if one.name == name), None)

    def exchange(self, stream: Stream, record_id: str, row: Row, record: Record) -> None:
        """Put a record in the place of another; ``record_id`` is the id of both.

        Parameters
        ----------
        stream, record_id
            Which one.
        row, record
            As it is from now on.
        """
        pairs, places = self._listed(stream)
        pairs[places[self.leads.get((stream.name, record_id), record_id)]] = (row, record)

    def add(self, stream: Stream, row: Row, record: Record) -> None:
        """Add a record that was made.

        Parameters
        ----------
        stream
            Where.
        row, record
            As it is.
        """
        pairs, places = self._listed(stream)
        places[text_at(record, stream.path_key[0])] = len(pairs)
        pairs.append((row, record))

    def new_id(self, stream: Stream) -> Any:
        """Return an id that no record had, of the vendor's shape and in the form in which records hold it."""
        pairs, places = self._listed(stream)
        like = value_at(pairs[0][1], stream.path_key[0]) if pairs else "1000000001"
        while True:
            self._made += 1
            word = f"made here, {stream.name} {self._made}"
            made = self._stand_in.made_id(stream.name, {"record_id": word})
            made = number_id(word, max(6, len(str(like)))) if made == word else made
            if made not in places:
                return int(made) if isinstance(like, int) else made

    @property
    def merging(self) -> Merging | None:
        """How the vendor merges, where that is not derived."""
        return self._stand_in.merging

    def built(self, stream: Stream, record: Record, row: Row) -> Record:
        """Return a record as the vendor writes it where its row has changed.

        Parameters
        ----------
        stream
            Where it stands.
        record
            As it was.
        row
            As it is now.
        """
        return self._stand_in.build_record(stream.name, copy.deepcopy(record), row)

    def moment(self) -> datetime:
        """Return when a change is made: now, and later than all that is known to have changed."""
        if self._last is None:
            stamps = [row.get("updated_at") or row.get("created_at") for one in self._lists.streams()
                      for row, _ in self._lists.written(one)]  # fmt: skip
            known = [one.replace(tzinfo=one.tzinfo or UTC) for one in stamps if isinstance(one, datetime)]
            self._last = max(known, default=datetime(2000, 1, 1, tzinfo=UTC))
        now = self._now()
        at = max(now, self._last + timedelta(milliseconds=1))
        self._last = at.replace(microsecond=at.microsecond // 1000 * 1000)
        return self._last

    def stamp(self, stream: Stream, writing: Writing, record: Record, at: datetime) -> None:
        """Write into a record when it was changed, in the vendor's form.

        Parameters
        ----------
        stream, writing
            Where it says so.
        record
            Is changed.
        at
            When.
        """
        field = asked_stream(stream).fields.get("updated_at")
        paths = [writing.stamp, *(one.changed.field for one in stream.readings if one.changed is not None)]
        version = writing.version.path if writing.version is not None else ""
        if version and not text_at(record, version).isdigit():
            paths.append(version)
        for path in dict.fromkeys([*(field.headers if field is not None else ()), *filter(None, paths)]):
            if field is not None and not path.startswith("("):
                put(record, path, written_moment(at, field, is_day=False, zone=self._lists.time_zone))

    def dated(self, stream: Stream, record: Record, at: datetime) -> None:
        """Write into a new record when it was made.

        Parameters
        ----------
        stream
            Where it says so.
        record
            Is changed.
        at
            When.
        """
        field = asked_stream(stream).fields.get("created_at")
        if field is not None and field.headers and value_at(record, field.headers[0]) is None:
            put(record, field.headers[0], written_moment(at, field, is_day=False, zone=self._lists.time_zone))

    def _listed(self, stream: Stream) -> tuple[list[tuple[Row, Record]], dict[str, int]]:
        pairs = self._lists.written(stream)
        known = self._places.get(stream.name)
        # Other snapshots may be served by now.
        if known is None or known[0] is not pairs:
            places = {text_at(record, stream.path_key[0]): number for number, (_, record) in enumerate(pairs)}
            known = self._places[stream.name] = (pairs, places)
        return known


def state_of_archived(stream: Stream, *, is_gone: bool) -> str:
    """Return what a row says of a record that is archived, or gone, so that lists hold it where the vendor's do."""
    listed = next((one.state for one in stream.readings if one.state and not one.is_keys_only), "")
    if listed or is_gone:
        return listed or _DELETED
    return "archived" if "state" in asked_stream(stream).fields else ACTIVE
