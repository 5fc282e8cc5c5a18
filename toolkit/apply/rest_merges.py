"""A vendor's own merge over its interface: where two records stand, what the vendor says before, and when it has ended."""

import json
import re
from collections.abc import Mapping
from typing import Any

from toolkit.apply.named_ids import Lists, with_names
from toolkit.apply.rest_reading import address, read_call, read_record, version_of, within
from toolkit.apply.system import Current
from toolkit.apply.written_body import as_what_stands, read_fields, with_what_stays
from toolkit.apply.written_values import written_json
from toolkit.changes import Operation
from toolkit.changes.operation import MERGED_INTO
from toolkit.connector import Awaited, Merge, Preview, Writing
from toolkit.errors import AuthError, NotOfferedError, RejectedError, ResponseError, RetryableError, UncertainError
from toolkit.rest.answers import Answer
from toolkit.rest.calls import Call
from toolkit.rest.client import RestClient
from toolkit.rest.places import text_at, text_of_value, value_at, with_value_at

_NOTHING = frozenset({"", "0", "[]", "{}"})


def merged_record(
    client: RestClient, written: tuple[Writing, Merge], change: Operation, record_id: str, *, lists: Lists, currency: str
) -> Current | None:
    """Return a record that is to go into another, or where it went; nothing where it is gone and nobody says where.

    Parameters
    ----------
    client
        Of the system.
    written
        How the stream is written, and how its records are merged.
    change
        The merge.
    record_id
        Of the record that goes.
    lists
        The lists of names that were read.
    currency
        Of amounts that name none.
    """
    writing, merge = written
    into = change.after[MERGED_INTO] or ""
    record, answer = read_record(client, writing, record_id)
    if record is None or answer is None:
        return _gone(client, merge, record_id)
    found = text_at(record, writing.id) or record_id
    said = text_at(record, merge.merged_at) if merge.merged_at else ""
    if said:
        return Current({MERGED_INTO: said}, record_id=said)
    stays, other = read_record(client, writing, into)
    stays_at = text_at(stays, writing.id) or into if stays is not None else None
    if found == record_id and stays_at != found:
        if stays is None:
            # Without the one that is to stay nothing is as it was planned.
            return Current({}, version_of(writing, record, answer))
        named = with_names(record, change, writing, client, lists)
        values = read_fields(named, writing, currency) | {MERGED_INTO: None}
        refusal, told = _said_before(client, merge.preview, record_id, into, stays) if merge.preview else ("", "")
        return Current(values, version_of(writing, record, answer), record=stays, refusal=refusal, told=told)
    # Both ids lead to one record: it is a new one or the one that was to stay, or else it went the other way round.
    is_planned = stays_at == found != record_id
    version = version_of(writing, stays, other) if stays is not None and other is not None and is_planned else None
    return Current({MERGED_INTO: into if is_planned else found}, version, record_id=found)


def _gone(client: RestClient, merge: Merge, record_id: str) -> Current | None:
    """Return into which record one went that is gone; nothing where nobody says so."""
    if merge.where is None:
        return None
    said = text_at(client.answer(read_call(client, merge.where, record_id)).parsed, merge.where_at)
    return Current({MERGED_INTO: said}, record_id=said) if said else None


def _said_before(
    client: RestClient, preview: Preview, record_id: str, into: str, stays: Mapping[str, Any]
) -> tuple[str, str]:
    """Return why the vendor would not merge two records as planned (empty: it would), and what else it says beforehand."""
    one = preview.call
    body = json.loads(one.body)
    body = with_value_at(body, one.id_path, as_what_stands(body, one.id_path, record_id))
    body = with_what_stays(body, preview, into, stays)
    answer = client.answer(Call(address(client, one.path), one.method, one.query, written_json(body)))
    reasons = [
        words for path in preview.refused for words in _reasons(value_at(answer.parsed, path)) if words not in _NOTHING
    ]
    reasons += [why for path, why in preview.unless if value_at(answer.parsed, path)]
    if preview.wait and any(re.search(preview.wait, words) for words in reasons):
        raise RetryableError(f"{client.system} is merging {record_id} or {into} already. Go on when that has ended.")
    if reasons:
        return client.redacted(f"The system would not merge them: {'; '.join(dict.fromkeys(reasons))}."), ""
    said = within(preview.id_within, text_at(answer.parsed, preview.stays_at))
    if said != into:
        kept = f"The system would keep {said}" if said else "The system does not say which record would stay"
        return (
            f"{kept}, and {into} was planned to stay. Choose by another rule which record stays, or merge them by hand.",
            "",
        )
    shown = [(words, text_of_value(value_at(answer.parsed, path))) for path, words in preview.shown]
    beside = [f"{words} {text}" for words, text in shown if text not in _NOTHING]
    return "", client.redacted(f"The system says beforehand that {', '.join([f'{said} stays', *beside])}.")


def _reasons(found: Any) -> list[str]:
    """Return what stands at a place of reasons, each in a few words: of an object its plain values."""
    if isinstance(found, Mapping):
        inner = [", ".join(map(str, one)) if isinstance(one, list) else text_of_value(one) for one in found.values()]
        return [": ".join(filter(None, inner))]
    if isinstance(found, list):
        return [words for one in found for words in _reasons(one)]
    return [text_of_value(found)]


def awaited_end(client: RestClient, awaited: Awaited, answer: Answer, id_within: str) -> str:
    """Return the id of the record in which a change ended that the vendor carries out behind its answer; empty: unsaid.

    Parameters
    ----------
    client
        Of the system.
    awaited
        How it is asked for.
    answer
        To the change.
    id_within
        The text in which the id stands.

    Raises
    ------
    RejectedError
        The vendor has given it up.
    UncertainError
        It has not ended yet, or nothing says so.
    """
    work = text_at(answer.parsed, awaited.work_at)
    if not work:
        raise UncertainError("The system took it, and does not say which work of its own carries it out.")
    begun, pause_s = client.clock.now(), awaited.pause_s
    while True:
        try:
            found = client.answer(read_call(client, awaited.call, work)).parsed
        except (AuthError, NotOfferedError, ResponseError, RetryableError) as error:
            raise UncertainError(f"The system took it, and does not say whether it has ended: {error}") from error
        state = text_at(found, awaited.state_at)
        if state in awaited.failed:
            why = "; ".join(filter(None, _reasons(value_at(found, awaited.why_at))))
            raise RejectedError(client.redacted(f"The system took it and gave it up ({state}){f': {why}' if why else ''}."))
        if state in awaited.done:
            return within(id_within, text_at(found, awaited.id_at)) if awaited.id_at else ""
        if (client.clock.now() - begun).total_seconds() >= awaited.at_most_s:
            raise UncertainError(f"The system is still at it after {awaited.at_most_s:.0f} seconds ({state}).")
        client.clock.sleep(pause_s)
        pause_s = min(pause_s * 2, awaited.at_most_s)
