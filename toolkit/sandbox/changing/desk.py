"""Takes changes as the vendor does: once for each key, to the version that is meant, refused for the vendor's reasons."""

import copy
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from toolkit.apply.written_body import read_fields
from toolkit.apply.written_values import says
from toolkit.connector import Batch, Stream, Writing, asked_stream
from toolkit.rest.answers import http_date
from toolkit.rest.moments import moment_of
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.changing.asked_changes import ENTRY, AskedFor, ChangeRoute, asked_for, batch_of, change_routes
from toolkit.sandbox.changing.held_records import ACTIVE, HeldRecords, state_of_archived
from toolkit.sandbox.changing.merge_desk import MergeDesk
from toolkit.sandbox.changing.sent_fields import put_reference, put_sent
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.lists import SystemLists
from toolkit.sandbox.places import put
from toolkit.sandbox.stand_in import Problem, Record, Row, StandIn

_REFUSED = 400
_WORDS = {"true": True, "false": False}
_NO_CONTENT = 204


def utc_now() -> datetime:
    """Return the machine's time."""
    return datetime.now(UTC)


@dataclass(slots=True)
class ChangeDesk:
    """Answers whatever changes a record of one system, or reads a single one.

    ``answers`` are those that were given under a key, with what was asked; ``versions`` those of records that name theirs
    in the head alone.
    """

    lists: SystemLists
    stand_in: StandIn
    home: str
    refused: Callable[[Problem, Asked], Given]
    now: Callable[[], datetime] = utc_now
    answers: dict[tuple[str, str], tuple[str, Given]] = field(default_factory=dict)
    versions: dict[tuple[str, str], int] = field(default_factory=dict)
    held: HeldRecords = field(init=False)
    merges: MergeDesk = field(init=False)
    _routes: tuple[ChangeRoute, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.held = HeldRecords(self.lists, self.stand_in, self.now)
        self.merges = MergeDesk(self.lists, self.stand_in, self.held, self.refused)
        self._routes = change_routes(self.lists.streams(), self.home)

    def meant(self, asked: Asked) -> AskedFor | None:
        """Return what a request asks for, where it is one of these."""
        return asked_for(self._routes, asked, self._holds) if self._routes else None

    def _holds(self, stream: Stream, record_id: str) -> bool:
        """Whether a list has a record: several may be asked for at one address."""
        return self.held.found(stream, record_id) is not None

    def batch(self, asked: Asked) -> Batch | None:
        """Return what a request that changes several records is described by, where it is one."""
        return batch_of(self.lists.streams(), self.home, asked)

    def together(self, asked: Asked, batch: Batch) -> Given:
        """Return the answer to a request that changes several records: a result for each, or why it was not changed.

        Parameters
        ----------
        asked, batch
            The request, and how it is described.
        """
        entries = value_at(asked.json, batch.items)
        if not isinstance(entries, list) or not 0 < len(entries) <= batch.at_most:
            return self.refused("bad_request", asked)
        if not batch.results:
            return Given([self._result(asked, batch, entry) for entry in entries])
        body: dict[str, Any] = {}
        results, errors = [], []
        for entry in entries:
            given = self._alone(asked, entry)
            if given.status < _REFUSED:
                results.append(given.body)
            else:
                error = given.body if isinstance(given.body, dict) else {}
                put(error, batch.error_ids, [text_at(entry, batch.call.id_path)])
                errors.append(error)
        put(body, batch.results, results)
        if errors:
            put(body, batch.errors, errors)
        return Given(body, 207 if errors else 200)

    def _alone(self, asked: Asked, entry: Any) -> Given:
        """Return what would answer one of several changes, were it a request of its own."""
        one = replace(asked, path=f"{asked.path}{ENTRY}", body=json.dumps(entry).encode())
        meant = self.meant(one)
        return self.refused("bad_request", asked) if meant is None else self.answer(one, meant)

    def _result(self, asked: Asked, batch: Batch, entry: Any) -> Any:
        return self.stand_in.result(text_at(entry, batch.call.id_path), self._alone(asked, entry))

    def answer(self, asked: Asked, meant: AskedFor) -> Given:
        """Return the answer to such a request, and do what it says.

        Parameters
        ----------
        asked, meant
            The request, and what it asks for.
        """
        route = meant.route
        if route.call is None:
            return self._shown_only(asked, meant)
        digest = hashlib.sha256(repr((asked.method, asked.path, asked.body)).encode()).hexdigest()
        name = (route.stream.name, meant.key)
        if meant.key and name in self.answers:
            before, given = self.answers[name]
            return given if before == digest else self.refused("key_reused", asked)
        given = self._taken(asked, meant)
        if meant.key and given.status < 400:
            self.answers[name] = (digest, given)
        return given

    def _shown_only(self, asked: Asked, meant: AskedFor) -> Given:
        """Return the answer to a request that changes nothing."""
        match meant.route.kind:
            case "find":
                is_known = not meant.field or self._has_key_field(meant.route.stream, meant.field)
                return self._marked(meant) if is_known else self.refused("bad_request", asked)
            case "preview":
                return self.merges.previewed(asked, meant)
            case "state":
                return self.merges.state(asked, meant)
            case "where":
                return self.merges.where(meant)
        return self._one(asked, meant)

    def _taken(self, asked: Asked, meant: AskedFor) -> Given:
        match meant.route.kind:
            case "merge":
                return self._merged(asked, meant)
            case "upsert":
                return self._upserted(asked, meant)
        return self._changed(asked, meant)

    def _merged(self, asked: Asked, meant: AskedFor) -> Given:
        return self.merges.merged(asked, meant, lambda record: self._said(meant, record, is_gone=False))

    def _upserted(self, asked: Asked, meant: AskedFor) -> Given:
        """Make a record under an id of another system, or change the one that has it; several are none."""
        stream = meant.route.stream
        if not self._has_key_field(stream, meant.field):
            return self.refused("no_key_field", asked)
        alike = [
            record
            for row, record in self.held.every(stream)
            if not row.get("is_gone") and text_at(record, meant.field) == meant.own_key
        ]
        if len(alike) > 1:
            return self.refused("several", asked)
        if not alike:
            return self._changed(asked, replace(meant, route=replace(meant.route, kind="create")))
        record_id = text_at(alike[0], stream.path_key[0])
        return self._changed(asked, replace(meant, record_id=record_id, route=replace(meant.route, kind="update")))

    def _has_key_field(self, stream: Stream, name: str) -> bool:
        """Whether the client has such a field for ids of other systems: one of the stand-in's own, or one that is filled."""
        return name in self.stand_in.key_fields or any(name in record for _, record in self.held.every(stream))

    def _changed(self, asked: Asked, meant: AskedFor) -> Given:
        stream, writing, kind = meant.route.stream, meant.route.writing, meant.route.kind
        row: dict[str, Any]
        if meant.record_id is None:
            before, row = None, {"state": ACTIVE, "stream": stream.name, "entity": stream.entity}
            record: Record = {}
            put(record, stream.path_key[0], self.held.new_id(stream))
            record |= {meant.field: meant.own_key} if meant.field else {}
        else:
            found = self.held.found(stream, meant.record_id)
            if found is None or found[0].get("is_gone"):
                return self.refused("not_there", asked)
            row, before = dict(found[0]), found[1]
            record = copy.deepcopy(before)
            refusal = self._refused_version(meant, before)
            if refusal is not None:
                return self.refused(refusal, asked)
        refusal = self._put(meant, record)
        if refusal is not None:
            return self.refused(refusal, asked)
        is_gone = kind == "delete" or (kind == "archive" and not writing.archived[0])
        if kind in {"archive", "restore"} and not is_gone:
            _mark_archived(record, writing, is_archived=kind == "archive")
        at = self.held.moment()
        row = {**row, "updated_at": at, "state": _state(stream, writing, record)}
        if is_gone:
            row |= {"is_gone": True, "state": state_of_archived(stream, is_gone=True)}
            record = self.stand_in.build_record(stream.name, record, row)
        if before is None:
            row = _made_row(stream, writing, record, {**row, "created_at": at})
            self.held.dated(stream, record, at)
            record = self.stand_in.build_record(stream.name, record, row)
        record = self.stand_in.settled(stream.name, record, before, self._others)
        refusal = self.stand_in.refusal(stream.name, record, before, self._others)
        if refusal is not None:
            return self.refused(refusal, asked)
        self._count(stream, writing, record, is_made=before is None)
        self.held.stamp(stream, writing, record, at)
        if before is None:
            self.held.add(stream, row, record)
        else:
            self.held.exchange(stream, meant.record_id or "", row, record)
        self._rename(stream, record, before)
        return self._said(meant, record, is_gone=is_gone)

    def _put(self, meant: AskedFor, record: Record) -> Problem | None:
        """Put what a request says into a record; return why the vendor does not take it."""
        if meant.route.kind != "refer":
            return "unknown_field" if put_sent(meant, record, self.stand_in) else None
        # The path names what is referred to: ``/companies/{value}``.
        called = (meant.route.call.path if meant.route.call is not None else "").rpartition("/")[0].rpartition("/")[2]
        stream = self.held.named(called)
        found = self.held.found(stream, meant.value) if stream is not None and meant.value else None
        if stream is not None and meant.value and (found is None or found[0].get("is_gone")):
            return "not_there"
        put_reference(meant, record)
        return None

    def _refused_version(self, meant: AskedFor, record: Record) -> Problem | None:
        """Return why a change may not be made to the version that stands there."""
        version = meant.route.writing.version
        if version is None:
            return None
        held = text_at(record, version.path) if version.path else ""
        if held and not held.isdigit():
            return _refused_moment(meant.version, held)
        if version.condition_path:
            if meant.version is None:
                return "bad_request"
            return None if meant.version == held else "stale"
        if version.condition and meant.version is not None and meant.version != self._version(meant.route.stream, record):
            return "stale"
        return None

    def _version(self, stream: Stream, record: Record) -> str:
        return f'"{self.versions.get((stream.name, text_at(record, stream.path_key[0])), 0)}"'

    def _count(self, stream: Stream, writing: Writing, record: Record, *, is_made: bool) -> None:
        """Let the version of a record grow."""
        key = (stream.name, text_at(record, stream.path_key[0]))
        self.versions[key] = self.versions.get(key, 0) + 1
        if writing.version is None or not writing.version.path or is_made:
            return
        held = value_at(record, writing.version.path)
        if held and not str(held).isdigit():
            # Where it is a moment, the stamp of the change is the new one.
            return
        grown = int(held or 0) + 1
        put(record, writing.version.path, grown if isinstance(held, int) else str(grown))

    def _others(self, stream: str) -> list[tuple[Row, Record]]:
        found = self.held.named(stream)
        return [] if found is None else [*self.held.every(found)]

    def _rename(self, stream: Stream, record: Record, before: Record | None) -> None:
        """Let records that refer to one say its name of now, where the vendor keeps names beside ids."""
        own = text_at(record, stream.path_key[0])
        for ref, (streams, name) in self.stand_in.names_beside.items():
            if stream.name not in streams or before is None or text_at(before, name) == text_at(record, name):
                continue
            for other in self.lists.streams():
                for _, one in self.held.every(other):
                    if text_at(one, f"{ref}.value") == own and value_at(one, f"{ref}.name") is not None:
                        put(one, f"{ref}.name", value_at(record, name))

    def _one(self, asked: Asked, meant: AskedFor) -> Given:
        stream, writing = meant.route.stream, meant.route.writing
        found = self.held.found(stream, meant.record_id or "")
        if found is None or found[0].get("is_gone"):
            return self.refused("not_there", asked)
        return self._shown(stream, writing, found[1], writing.inside)

    def _marked(self, meant: AskedFor) -> Given:
        mark = meant.route.mark
        body: Any = {}
        present = [record for row, record in self.held.every(meant.route.stream) if not row.get("is_gone")]
        found = [one for one in present if mark is not None and _is_marked(one, meant.field or mark.field, meant.mark)]
        if mark is None or not mark.records:
            return Given(found)
        put(body, mark.records, found)
        return Given(body)

    def _said(self, meant: AskedFor, record: Record, *, is_gone: bool) -> Given:
        route = meant.route
        call = route.call
        if is_gone:
            said = self.stand_in.gone(route.stream.name, record)
            return Given(said, 204 if said is None else 200)
        inside = (call.inside if call is not None else "") or route.writing.inside
        given = self._shown(route.stream, route.writing, record, inside)
        for path in call.refused if call is not None else ():
            # Where the vendor lists reasons, it lists none.
            if not path.rpartition(".")[2].isdigit():
                put(given.body, path, [])
        if call is not None and call.id_at:
            put(given.body, call.id_at, value_at(record, route.writing.id))
        has_id = call is not None and bool(call.id_at)
        if route.kind != "create" and self.stand_in.changed_status == _NO_CONTENT and not has_id:
            return Given(None, _NO_CONTENT, given.headers)
        status = self.stand_in.made_status if route.kind == "create" else 200
        return Given(given.body, status, given.headers)

    def _shown(self, stream: Stream, writing: Writing, record: Record, inside: str) -> Given:
        body: Any = copy.deepcopy(record)
        if inside:
            body = {}
            put(body, inside, copy.deepcopy(record))
        version = writing.version
        headers = {version.header: self._version(stream, record)} if version is not None and version.header else {}
        return Given(self.stand_in.answered(body), headers=headers)


def _refused_moment(meant: str | None, held: str) -> Problem | None:
    """Return that a record was changed behind the moment that a request means; who names none changes what stands there."""
    if meant is None or meant == held:
        return None
    at, known = http_date(meant) or moment_of(meant), moment_of(held)
    is_later = at is not None and known is not None and known.replace(microsecond=0) > at.replace(microsecond=0)
    return "stale" if is_later or at is None else None


def _is_marked(record: Record, path: str, mark: str) -> bool:
    held = value_at(record, path)
    return says(held, mark) if isinstance(held, list) else text_at(record, path).casefold() == mark.casefold()


def _mark_archived(record: Record, writing: Writing, *, is_archived: bool) -> None:
    """Let a record say that it is archived, or is not, where the request itself named no field."""
    path, word = writing.archived
    held = value_at(record, path)
    if says(held, word) == is_archived:
        return
    if isinstance(held, list):
        put(record, path, [*held, word] if is_archived else [one for one in held if one != word])
    elif word in _WORDS:
        put(record, path, _WORDS[word] is is_archived)
    elif is_archived:
        put(record, path, word)


def _state(stream: Stream, writing: Writing, record: Record) -> str:
    path, word = writing.archived
    return state_of_archived(stream, is_gone=False) if path and says(value_at(record, path), word) else ACTIVE


def _made_row(stream: Stream, writing: Writing, record: Record, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a record that was made: what it says in the columns that are written."""
    record_id = text_at(record, stream.path_key[0])
    known = {name: value for name, value in read_fields(record, writing).items() if value is not None}
    columns = asked_stream(stream).fields
    return {**{name: known[name] for name in known if name in columns}, **row, "record_id": record_id, "is_made": True}
