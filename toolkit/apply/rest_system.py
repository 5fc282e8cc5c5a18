"""A system that is changed over its interface, as its connector or ``engagement.yaml`` describes it.

Values are texts as the canonical columns hold them; in what form they are written and read back, each field says.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

from toolkit.apply.marked_records import asked_by_mark, marked_record, wanted_mark
from toolkit.apply.named_ids import Lists, is_as_planned_anyhow, with_ids, with_names
from toolkit.apply.rest_batches import batch_body, batch_results, batch_size
from toolkit.apply.rest_merges import awaited_end, merged_record
from toolkit.apply.rest_reading import address, query_of, read_call, read_record, version_of, within
from toolkit.apply.system import Current, Sent, Written
from toolkit.apply.written_body import (
    ACTIVE,
    ARCHIVED,
    STATE,
    Meant,
    described_call,
    read_fields,
    sent_columns,
    written_body,
)
from toolkit.apply.written_values import says
from toolkit.changes import Operation
from toolkit.changes.operation import MERGED_INTO
from toolkit.connector import ColumnCall, WriteCall, Writing
from toolkit.connector.api import StampForm
from toolkit.errors import (
    AuthError,
    ConflictError,
    NotOfferedError,
    RejectedError,
    RetryableError,
    ToolkitError,
    UncertainError,
)
from toolkit.rest.answers import Answer, quoted_words
from toolkit.rest.calls import Call
from toolkit.rest.client import RestClient
from toolkit.rest.moments import moment_of, written_moment
from toolkit.rest.places import text_at, text_of_value, value_at

_PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")
_ENDING = frozenset({"archive", "delete"})
_CHANGING = frozenset({"create", "update", "repoint"})
_REQUEST_IDS = ("x-request-id", "request-id", "x-correlation-id", "sforce-request-id", "intuit_tid")


@dataclass(frozen=True, slots=True)
class RestSystem:
    """Carries changes over one client, whose allow-list holds what these writings describe; see `WritableSystem`.

    ``currency`` is that of amounts that name none, ``lists`` the lists of names that were read.
    """

    client: RestClient
    writings: Mapping[str, Writing]
    currency: str = ""
    lists: Lists = field(default_factory=dict, repr=False, compare=False)

    @property
    def key_life(self) -> timedelta | None:
        """How long a key has one effect, where every stream that is written knows keys."""
        hours = [one.key_hours if one.key_header or one.key_param else 0.0 for one in self.writings.values()]
        return timedelta(hours=min(hours)) if hours and min(hours) > 0 else None

    @property
    def settle_s(self) -> float:
        """How long after a lost answer a change may still take effect."""
        return max((one.settle_s for one in self.writings.values()), default=0.0)

    def is_same_again(self, change: Operation) -> bool:
        """Return whether a change that is sent again is the same to the byte: not where it names a version of its record.

        Nor where it may have been sent with others, which went without its key.
        """
        writing = self.writings[change.stream]
        names_version = writing.version is not None and bool(writing.version.condition or writing.version.condition_path)
        return change.action == "create" or not (names_version or batch_size(change, writing) > 1)

    def current(self, change: Operation, record_id: str) -> Current | None:
        """Return a record as it stands now, or nothing where it is gone."""
        writing = self.writings[change.stream]
        if change.action == "merge" and writing.merge is not None:
            return merged_record(
                self.client, (writing, writing.merge), change, record_id, lists=self.lists, currency=self.currency
            )
        is_archived = change.action in _ENDING and not writing.archived[0]
        record, answer = read_record(self.client, writing, record_id)
        if record is None or answer is None:
            # Where nothing says that a record is archived, it is archived when it is gone.
            return Current({STATE: ARCHIVED}) if is_archived else None
        named = with_names(record, change, writing, self.client, self.lists)
        values = read_fields(named, writing, self.currency)
        path, word = writing.archived
        values[STATE] = ARCHIVED if path and says(value_at(record, path), word) else ACTIVE
        # What the system works out itself is not compared.
        values |= {name: value for name, value in change.after.items() if is_as_planned_anyhow(name, writing)}
        stamp = instant(value_at(record, writing.stamp)) if writing.stamp else None
        kept = {path: text_at(record, path) for path in writing.keeps}
        is_numbered = writing.version is not None and type(value_at(record, writing.version.path)) is int
        whole = _as_it_came(answer, writing) if writing.whole or writing.repeated else None
        refusal = next((why for at, why in _refusals(writing, change) if value_at(record, at)), "")
        refusal = refusal or self._hanging(writing.call_of(change.action), record_id)
        version = version_of(writing, record, answer)
        return Current(values, version, stamp, is_numbered, record=whole, refusal=refusal, kept=kept)

    def send(self, change: Operation, record_id: str | None, current: Current | None, key: str) -> Written:
        """Carry out a change.

        Parameters
        ----------
        change, record_id, current, key
            As `WritableSystem.send` takes them.
        """
        writing = self.writings[change.stream]
        own = [one for one in writing.by_column if one.column in change.after] if change.action in _CHANGING else []
        is_update = change.action in {"update", "repoint"}
        if is_update and not own and not sent_columns(change, writing):
            raise RejectedError(f"{', '.join(change.after)} follows from other fields there: change those by hand.")
        is_sent_back = bool(writing.whole or writing.repeated) and is_update
        if is_sent_back and current is not None and current.record is None and record_id is not None:
            # What is sent again under its key is not read first; what goes back as it stands is needed.
            _, answer = read_record(self.client, writing, record_id)
            current = replace(current, record=None if answer is None else _as_it_came(answer, writing))
        written = None
        change = with_ids(change, writing, self.client, self.lists)
        if not is_update or sent_columns(change, writing):
            written = self._sent(
                change, writing, described_call(writing, change), Meant(record_id, current, key, self.currency)
            )
        for one in own:
            try:
                written = self._filled(change, one, written.record_id if written is not None else record_id, written)
            except (AuthError, ConflictError, RejectedError, RetryableError) as error:
                if written is None:
                    raise
                said = f"The system took one part of it (record {written.record_id}), and not the {one.column}: {error}"
                raise UncertainError(said) from error
        if written is None:
            raise RejectedError(f"Nothing says how {', '.join(change.after)} of {change.stream} is written.")
        return written

    def _sent(self, change: Operation, writing: Writing, how: WriteCall, meant: Meant) -> Written:
        answer = self.client.change(self._request(change, writing, how, meant))
        said = next((found for path in how.refused if (found := value_at(answer.parsed, path))), None)
        if said:
            quoted = f" (it says: {said!r})" if isinstance(said, str) else quoted_words(replace(answer, parsed=said))
            quoted = self.client.redacted(quoted or quoted_words(answer))
            raise RejectedError(f"The system took nothing of it, though it answered {answer.status}{quoted}.")
        record = value_at(answer.parsed, how.inside or writing.inside) if answer.parsed else None
        found = within(how.id_within, text_at(answer.parsed, how.id_at)) if how.id_at else ""
        if how.awaited is not None:
            found = awaited_end(self.client, how.awaited, answer, how.id_within) or found
        found = found or (text_at(record, writing.id) if isinstance(record, Mapping) else "")
        if not found and meant.record_id is None:
            raise UncertainError("The system took the record and did not say under which id.")
        version = version_of(writing, record, answer) if isinstance(record, Mapping) else None
        return Written(found or meant.record_id or "", version, answer.status, _request_id(answer))

    def _filled(self, change: Operation, one: ColumnCall, record_id: str | None, written: Written | None) -> Written | None:
        """Fill or empty a column by a request of its own; return the answer, or the earlier one where nothing was to do."""
        value, before = change.after[one.column], change.before.get(one.column)
        how = one.fill if value else one.clear
        if not value and not before:
            return written
        if how is None or record_id is None:
            raise RejectedError(f"Nothing says how {one.column} of {change.stream} is emptied: it is done by hand.")
        calls = [how, one.clear] if value and before and one.is_list and one.clear is not None else [how]
        for call in calls:
            where = address(self.client, call.path, record_id, value=value or "", before=before or "")
            try:
                answer = self.client.change(Call(where, call.method, call.query, call.body))
            except ToolkitError as error:
                if call is how:
                    raise
                said = f"The system took one part of it (the new {one.column}), and the old one stays beside it: {error}"
                raise UncertainError(said) from error
        return Written(record_id, None, answer.status, _request_id(answer))

    def batch_size(self, change: Operation) -> int:
        """Return with how many others of its kind a change may be sent in one request; 1: alone."""
        return batch_size(change, self.writings[change.stream])

    def send_together(self, batch: Sequence[Sent]) -> Mapping[str, Written | ToolkitError]:
        """Send several updates in one request; return by ``op_id`` what became of each, as far as the answer says."""
        writing = self.writings[batch[0].change.stream]
        if (how := writing.batch) is None:
            raise RejectedError("Nothing says how several records are changed at once.")
        body = batch_body(batch, writing, how, self.currency)
        call = Call(address(self.client, how.call.path, ""), how.call.method, how.call.query, body)
        return batch_results(self.client.change(call, is_batch=True), batch, writing, how, told=self.client.redacted)

    def _hanging(self, how: WriteCall | None, record_id: str) -> str:
        """Return what keeps a record from being taken away; empty: nothing that is known of hangs on it."""
        for one in how.hanging if how is not None else ():
            try:
                query = query_of(one.query, record_id)
                answer = self.client.answer(Call(address(self.client, one.path, record_id), "GET", query))
            except NotOfferedError:
                # The client has no such list.
                continue
            if value_at(answer.parsed, one.at):
                return one.why
        return ""

    def can_read(self, stream: str, column: str) -> bool:
        """Whether a column of a stream's records can be read back."""
        return stream in self.writings and any(one.column == column for one in self.writings[stream].fields)

    def whole(self, change: Operation, record_id: str) -> Mapping[str, Any]:
        """Return everything that is known of the records that a change takes away for good, as the system writes it."""
        writing = self.writings[change.stream]
        further = writing.merge.before if change.action == "merge" and writing.merge is not None else ()
        into = change.after.get(MERGED_INTO) if change.action == "merge" else None
        found: dict[str, Any] = {record_id: self.client.answer(read_call(self.client, writing.one, record_id)).parsed}
        if into is not None:
            found[into] = self.client.answer(read_call(self.client, writing.one, into)).parsed
        for one in further:
            # Two of them may ask one place for different things.
            said = " ".join(filter(None, [one.path, urlencode(one.query), one.body]))
            try:
                found[said] = self.client.answer(read_call(self.client, one, record_id)).parsed
            except NotOfferedError as error:
                # The client keeps no such list; what was asked for stands there all the same.
                found[said] = {"not offered": str(error)}
        return found

    def made(self, change: Operation, key: str) -> Written | None:
        """Return the record that a change made, looked for by the mark it carries."""
        writing = self.writings[change.stream]
        mark, wanted = wanted_mark(change, writing, key)
        answer = self.client.answer(*asked_by_mark(mark, wanted, address(self.client, mark.path, "")))
        found = marked_record(answer, mark, wanted, lambda one: self._is_made(change, writing, one))
        if found is None:
            return None
        return Written(text_at(found, writing.id), version_of(writing, found, answer), is_marked=not mark.column)

    def _is_made(self, change: Operation, writing: Writing, record: Mapping[str, Any]) -> bool:
        values = read_fields(with_names(record, change, writing, self.client, self.lists), writing, self.currency)
        return all(
            values.get(name) == value for name, value in change.after.items() if not is_as_planned_anyhow(name, writing)
        )

    def _request(self, change: Operation, writing: Writing, how: WriteCall, meant: Meant) -> Call:
        headers = [(writing.key_header, meant.key)] if writing.key_header else []
        version, current = writing.version, meant.current
        if version is not None and version.condition and current is not None and current.version is not None:
            headers.append((version.condition, _condition(current.version, version.form)))
        keyed = ((writing.key_param, meant.key),) if writing.key_param else ()
        return Call(
            address(self.client, how.path, meant.record_id or "", into=change.after.get(MERGED_INTO) or "", key=meant.key),
            how.method,
            (*how.query, *keyed),
            written_body(change, writing, how, meant),
            tuple(headers),
            form=how.form or writing.body_form,
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
            found = moment_of(text_of_value(said))
            if found is None:
                return None
            at = found
    except (TypeError, ValueError):
        return None
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}{f'.{at.microsecond:06d}' if at.microsecond else ''}Z"


def _condition(version: str, form: StampForm | Literal[""]) -> str:
    at = moment_of(version) if form else None
    return written_moment(at, form) if at is not None and form else version


def _as_it_came(answer: Answer, writing: Writing) -> Mapping[str, Any] | None:
    """Return a record with its numbers as numbers, to be sent back: what is compared has them as texts."""
    found = value_at(json.loads(answer.body), writing.inside)
    return found if isinstance(found, Mapping) else None


def _request_id(answer: Answer) -> str | None:
    return next((answer.headers[name] for name in _REQUEST_IDS if name in answer.headers), None)


def _refusals(writing: Writing, change: Operation) -> tuple[tuple[str, str], ...]:
    """Return what of a record keeps it from being changed so, each with why."""
    how = writing.call_of(change.action)
    return how.unless if how is not None else ()
