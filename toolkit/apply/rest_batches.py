"""Several changes in one request over an interface: the entries of its body, and what its answer says of each."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toolkit.apply.system import Sent, Written
from toolkit.apply.written_body import Meant, sent_columns, written_body
from toolkit.apply.written_values import written_json
from toolkit.changes import Operation
from toolkit.connector import Batch, Writing
from toolkit.errors import RejectedError, ToolkitError
from toolkit.rest.answers import Answer
from toolkit.rest.places import text_at, value_at, with_value_at
from toolkit.rest.quoted import quoted
from toolkit.rest.redaction import redacted

ALONE = 1


def batch_size(change: Operation, writing: Writing) -> int:
    """Return with how many others a change may be sent in one request; 1 where it goes alone.

    Parameters
    ----------
    change
        The change.
    writing
        How its stream is written.
    """
    batch = writing.batch
    if batch is None or change.action not in {"update", "repoint"} or change.reversibility != "R0":
        return ALONE
    if change.action == "repoint" and writing.repoint is not None:
        return ALONE
    alone = {one.column for one in writing.by_column} | {one.column for one in writing.fields if one.lookups}
    has_own = bool(alone & {*change.after})
    is_conditional = writing.version is not None and bool(writing.version.condition) and not batch.is_unconditional
    return ALONE if has_own or is_conditional or writing.whole or not sent_columns(change, writing) else batch.at_most


def batch_body(changes: Sequence[Sent], writing: Writing, batch: Batch, currency: str) -> str:
    """Return the body of a request that changes several records.

    Parameters
    ----------
    changes
        Which.
    writing, batch
        How their stream is written.
    currency
        Of amounts that name none.
    """
    entries = [
        json.loads(written_body(one.change, writing, batch.call, Meant(one.record_id, one.current, one.key, currency)))
        for one in changes
    ]
    return written_json(with_value_at(json.loads(batch.body), batch.items, entries))


def batch_results(
    answer: Answer,
    changes: Sequence[Sent],
    writing: Writing,
    batch: Batch,
    *,
    told: Callable[[str], str] = redacted,
) -> dict[str, Written | ToolkitError]:
    """Return by ``op_id`` what an answer says of each change, by the records' ids; of those that it does not name nothing.

    Parameters
    ----------
    answer
        Of the system.
    changes
        That were sent.
    writing, batch
        How their stream is written.
    told
        Takes secrets out of what the system says.
    """
    op_ids = {one.record_id: one.change.op_id for one in changes}
    found: dict[str, Written | ToolkitError] = {}
    for one in _entries(answer.parsed, batch.errors):
        for record_id in _ids(one, batch.error_ids):
            if record_id in op_ids:
                found[op_ids[record_id]] = _refusal(answer, one, told)
    for one in _entries(answer.parsed, batch.results) if batch.results else _listed(answer.parsed):
        record_id = text_at(one, batch.call.id_at or writing.id)
        if record_id not in op_ids:
            continue
        said = next((said for path in batch.call.refused if (said := value_at(one, path))), None)
        version = text_at(one, writing.version.path) if writing.version is not None and writing.version.path else ""
        written = Written(record_id, version or None, answer.status)
        found[op_ids[record_id]] = _refusal(answer, said, told) if said else written
    return found


def _entries(parsed: Any, path: str) -> list[Any]:
    found = value_at(parsed, path) if path else None
    return found if isinstance(found, list) else []


def _listed(parsed: Any) -> list[Any]:
    """Return the results where the answer is a list of them."""
    return parsed if isinstance(parsed, list) else []


def _ids(error: Any, path: str) -> list[str]:
    found = value_at(error, path)
    return [str(one) for one in found] if isinstance(found, list) else [text_at(error, path)]


def _refusal(answer: Answer, said: Any, told: Callable[[str], str]) -> RejectedError:
    inner = said[0] if isinstance(said, list) and said else said
    words = quoted(inner if isinstance(inner, Mapping) else {"message": str(inner)})
    return RejectedError(told(f"The system refused it among others that it took ({answer.status}){words}."))
