"""A system that is changed over its interface, as its connector or ``engagement.yaml`` describes it.

Values are texts as the canonical columns hold them; only columns of text are written, so a value never changes its form on
the way.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from toolkit.apply.system import Current, Written
from toolkit.changes import Operation
from toolkit.connector import WriteCall, Writing
from toolkit.errors import NotOfferedError, RejectedError, UncertainError
from toolkit.rest.answers import Answer
from toolkit.rest.calls import Call, filled
from toolkit.rest.client import RestClient
from toolkit.rest.places import text_at, value_at, with_value_at

STATE, ARCHIVED, ACTIVE = "state", "archived", "active"
"""The column that archiving and restoring change, and its values."""

_REQUEST_IDS = ("x-request-id", "request-id", "x-correlation-id", "sforce-request-id", "intuit_tid")


@dataclass(frozen=True, slots=True)
class RestSystem:
    """Carries changes over one client, whose allow-list holds what these writings describe; see `WritableSystem`."""

    client: RestClient
    writings: Mapping[str, Writing]

    @property
    def key_life(self) -> timedelta | None:
        """How long a key has one effect, where every stream that is written knows keys."""
        hours = [one.key_hours if one.key_header else 0.0 for one in self.writings.values()]
        return timedelta(hours=min(hours)) if hours and min(hours) > 0 else None

    @property
    def settle_s(self) -> float:
        """How long after a lost answer a change may still take effect."""
        return max((one.settle_s for one in self.writings.values()), default=0.0)

    def current(self, change: Operation, record_id: str) -> Current | None:
        """Return a record as it stands now, or nothing where it is gone."""
        writing = self.writings[change.stream]
        try:
            answer = self.client.answer(Call(self._address(writing.one, record_id)))
        except NotOfferedError:
            # Where nothing says that a record is archived, it is archived when it is gone.
            is_archived = change.action == "archive" and not writing.archived[0]
            return Current({STATE: ARCHIVED}) if is_archived else None
        record = value_at(answer.parsed, writing.inside)
        if not isinstance(record, Mapping):
            return None
        values: dict[str, str | None] = {column: text_at(record, path) or None for column, path in writing.columns}
        path, word = writing.archived
        values[STATE] = ARCHIVED if path and text_at(record, path) == word else ACTIVE
        stamp = instant(text_at(record, writing.stamp)) if writing.stamp else None
        is_numbered = writing.version is not None and type(value_at(record, writing.version.path)) is int
        return Current(values, _version(writing, record, answer), stamp, is_numbered)

    def send(self, change: Operation, record_id: str | None, current: Current | None, key: str) -> Written:
        """Carry out a change.

        Parameters
        ----------
        change, record_id, current, key
            As `WritableSystem.send` takes them.
        """
        writing = self.writings[change.stream]
        call = self._request(change, writing, record_id, current, key)
        answer = self.client.change(call)
        record = value_at(answer.parsed, writing.inside) if answer.parsed else None
        found = text_at(record, writing.id) if isinstance(record, Mapping) else ""
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
        answer = self.client.answer(Call(self._address(mark.path, ""), query=((mark.param, key),)))
        records = value_at(answer.parsed, mark.records)
        found = [one for one in records if text_at(one, mark.field) == key] if isinstance(records, list) else []
        if len(found) > 1:
            raise UncertainError(f"The system holds {len(found)} records with one mark of ours: look at them.")
        return Written(text_at(found[0], writing.id), _version(writing, found[0], answer)) if found else None

    def _address(self, path: str, record_id: str) -> str:
        places = {**self.client.places, "id": quote(record_id, safe="")}
        return f"{self.client.url}/{filled(path, places).lstrip('/')}"

    def _request(
        self, change: Operation, writing: Writing, record_id: str | None, current: Current | None, key: str
    ) -> Call:
        how = _call_of(writing, change)
        inside = f"{writing.body_inside}." if writing.body_inside else ""
        body: Any = json.loads(how.body or "{}")
        paths = dict(writing.columns)
        if how.has_fields:
            for column, value in change.after.items():
                if column == STATE:
                    continue
                if column not in paths:
                    raise RejectedError(f"Nothing says where {column} of {change.stream} is written.")
                body = with_value_at(body, inside + paths[column], value)
            if record_id is None and writing.mark is not None:
                body = with_value_at(body, inside + writing.mark.field, key)
        headers = [(writing.key_header, key)] if writing.key_header else []
        version = writing.version
        if version is not None and current is not None and current.version is not None:
            if version.condition:
                headers.append((version.condition, current.version))
            if version.condition_path:
                # A system that counts its versions takes the text "3" for another version than the number 3.
                meant = int(current.version) if current.is_numbered else current.version
                body = with_value_at(body, inside + version.condition_path, meant)
        is_sent = how.has_fields or bool(how.body)
        return Call(
            self._address(how.path, record_id or ""),
            how.method,
            body=json.dumps(body, ensure_ascii=False) if is_sent else "",
            headers=tuple(headers),
        )


def instant(text: str) -> str | None:
    """Return a moment as plans write it, in UTC; null where it is none, or names no zone.

    Examples
    --------
    >>> instant("2026-10-05T10:00:00+02:00"), instant("2026-10-05T08:00:00.250Z"), instant("yesterday")
    ('2026-10-05T08:00:00Z', '2026-10-05T08:00:00.250000Z', None)
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
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
