"""A system that is changed over its interface, as its connector or ``engagement.yaml`` describes it.

Values are texts as the canonical columns hold them; in what form they are written and read back, each field says.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from toolkit.apply.system import Current, Written
from toolkit.apply.written_body import ACTIVE, ARCHIVED, STATE, Meant, as_what_stands, read_fields, written_body
from toolkit.apply.written_values import written_json
from toolkit.changes import Operation
from toolkit.connector import Mark, OneCall, WriteCall, Writing
from toolkit.errors import NotOfferedError, RejectedError, UncertainError
from toolkit.rest.answers import Answer, quoted_words
from toolkit.rest.calls import Call, filled
from toolkit.rest.client import RestClient
from toolkit.rest.places import text_at, text_of_value, value_at, with_value_at

_PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")
_REQUEST_IDS = ("x-request-id", "request-id", "x-correlation-id", "sforce-request-id", "intuit_tid")


@dataclass(frozen=True, slots=True)
class RestSystem:
    """Carries changes over one client, whose allow-list holds what these writings describe; see `WritableSystem`."""

    client: RestClient
    writings: Mapping[str, Writing]

    @property
    def key_life(self) -> timedelta | None:
        """How long a key has one effect, where every stream that is written knows keys."""
        hours = [one.key_hours if one.key_header or one.key_param else 0.0 for one in self.writings.values()]
        return timedelta(hours=min(hours)) if hours and min(hours) > 0 else None

    @property
    def settle_s(self) -> float:
        """How long after a lost answer a change may still take effect."""
        return max((one.settle_s for one in self.writings.values()), default=0.0)

    def current(self, change: Operation, record_id: str) -> Current | None:
        """Return a record as it stands now, or nothing where it is gone."""
        writing = self.writings[change.stream]
        is_archived = change.action == "archive" and not writing.archived[0]
        try:
            answer = self.client.answer(self._read(writing.one, record_id))
        except NotOfferedError:
            # Where nothing says that a record is archived, it is archived when it is gone.
            return Current({STATE: ARCHIVED}) if is_archived else None
        record = value_at(answer.parsed, writing.inside)
        if not isinstance(record, Mapping) or not record:
            return Current({STATE: ARCHIVED}) if is_archived else None
        values = read_fields(record, writing)
        path, word = writing.archived
        values[STATE] = ARCHIVED if path and text_at(record, path) == word else ACTIVE
        # What the system works out itself is not compared.
        values |= {name: change.after[name] for name in writing.unsaid if name in change.after}
        stamp = instant(value_at(record, writing.stamp)) if writing.stamp else None
        kept = {path: text_at(record, path) for path in writing.keeps}
        is_numbered = writing.version is not None and type(value_at(record, writing.version.path)) is int
        return Current(values, _version(writing, record, answer), stamp, is_numbered, kept)

    def send(self, change: Operation, record_id: str | None, current: Current | None, key: str) -> Written:
        """Carry out a change.

        Parameters
        ----------
        change, record_id, current, key
            As `WritableSystem.send` takes them.
        """
        writing = self.writings[change.stream]
        how = _call_of(writing, change)
        answer = self.client.change(self._request(change, writing, how, Meant(record_id, current, key)))
        said = next((found for path in how.refused if (found := value_at(answer.parsed, path))), None)
        if said:
            raise RejectedError(f"The system took nothing of it, though it answered {answer.status}{quoted_words(answer)}.")
        record = value_at(answer.parsed, how.inside or writing.inside) if answer.parsed else None
        found = text_at(answer.parsed, how.id_at) if how.id_at else ""
        found = found or (text_at(record, writing.id) if isinstance(record, Mapping) else "")
        if not found and record_id is None:
            raise UncertainError("The system took the record and did not say under which id.")
        request_id = next((answer.headers[name] for name in _REQUEST_IDS if name in answer.headers), None)
        version = _version(writing, record, answer) if isinstance(record, Mapping) else None
        return Written(found or record_id or "", version, answer.status, request_id)

    def made(self, change: Operation, key: str) -> Written | None:
        """Return the record that a change made, looked for by the mark it carries."""
        writing = self.writings[change.stream]
        mark = writing.mark
        if mark is None:
            raise UncertainError("The system keeps no mark of ours: look there whether the record was made, and say so.")
        answer = self.client.answer(self._looked_for(mark, key))
        records = value_at(answer.parsed, mark.records)
        found = [one for one in records if text_at(one, mark.field) == key] if isinstance(records, list) else []
        if len(found) > 1:
            raise UncertainError(f"The system holds {len(found)} records with one mark of ours: look at them.")
        return Written(text_at(found[0], writing.id), _version(writing, found[0], answer)) if found else None

    def _address(self, path: str, record_id: str) -> str:
        places = {**self.client.places, "id": quote(record_id, safe="")}
        return f"{self.client.url}/{filled(path, places).lstrip('/')}"

    def _read(self, one: OneCall, record_id: str) -> Call:
        body = json.loads(one.body) if one.body else None
        if one.id_path:
            body = with_value_at(body, one.id_path, as_what_stands(body, one.id_path, record_id))
        sent = written_json(body) if body is not None else ""
        query = tuple((name, value.replace("{id}", record_id)) for name, value in one.query)
        return Call(self._address(one.path, record_id), one.method, query, sent)

    def _looked_for(self, mark: Mark, key: str) -> Call:
        wanted = mark.template.replace("{mark}", key)
        if not mark.body:
            return Call(self._address(mark.path, ""), query=((mark.param, wanted),))
        return Call(
            self._address(mark.path, ""), "POST", body=written_json(with_value_at(json.loads(mark.body), mark.param, wanted))
        )

    def _request(self, change: Operation, writing: Writing, how: WriteCall, meant: Meant) -> Call:
        headers = [(writing.key_header, meant.key)] if writing.key_header else []
        version, current = writing.version, meant.current
        if version is not None and version.condition and current is not None and current.version is not None:
            headers.append((version.condition, current.version))
        keyed = ((writing.key_param, meant.key),) if writing.key_param else ()
        return Call(
            self._address(how.path, meant.record_id or ""),
            how.method,
            (*how.query, *keyed),
            written_body(change, writing, how, meant),
            tuple(headers),
            is_form=writing.body_form == "form",
        )


def instant(said: Any) -> str | None:
    """Return a moment as plans write it, in UTC; null where it is none, or names no zone.

    One that is an object of its parts is in UTC: systems that write moments so keep them so.

    Examples
    --------
    >>> instant("2026-10-05T10:00:00+02:00"), instant("2026-10-05T08:00:00.250Z"), instant("yesterday")
    ('2026-10-05T08:00:00Z', '2026-10-05T08:00:00.250000Z', None)
    >>> instant({"__class__": "datetime", "year": 2026, "month": 10, "day": 5, "hour": 8, "minute": 0, "second": 0})
    '2026-10-05T08:00:00Z'
    """
    try:
        if isinstance(said, Mapping):
            at = datetime(**{name: said[name] for name in _PARTS if name in said}, tzinfo=UTC)
        else:
            at = datetime.fromisoformat(text_of_value(said))
    except (TypeError, ValueError):
        return None
    if at.tzinfo is None:
        return None
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}{f'.{at.microsecond:06d}' if at.microsecond else ''}Z"


def _call_of(writing: Writing, change: Operation) -> WriteCall:
    found = {
        "create": writing.create,
        "update": writing.update,
        "repoint": writing.update,
        "archive": writing.archive,
        "restore": writing.restore,
    }.get(change.action)
    if found is None:
        raise RejectedError(f"Nothing says how to {change.action} {change.stream}: it is done by hand.")
    return found


def _version(writing: Writing, record: Mapping[str, Any], answer: Answer) -> str | None:
    version = writing.version
    if version is None:
        return None
    if version.header:
        return answer.headers.get(version.header.casefold()) or None
    return text_at(record, version.path) or None
