"""What is odd about a vendor's interface, as data and small pure functions; all else is derived from its connector."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from toolkit.connector import Reading
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.row_types import Others, Record, Row
from toolkit.sandbox.vendor_merging import Merging

__all__ = ["STATUS", "Others", "Problem", "Record", "Row", "StandIn"]

Problem = Literal[
    "signed_out", "too_fast", "trouble", "not_there", "bad_cursor", "bad_request",
    "forbidden", "stale", "key_reused", "unknown_field", "name_taken", "several", "no_key_field",
]  # fmt: skip
"""Why a stand-in gives no data, or takes no change: the credentials only read, the record has another version by now, a key
was sent with other bytes before, a field is none of the vendor's, another record bears the name, several bear an id, the
client has no such field for ids of other systems."""

STATUS: Mapping[Problem, int] = {
    "signed_out": 401, "too_fast": 429, "trouble": 503, "not_there": 404, "bad_cursor": 400, "bad_request": 400,
    "forbidden": 403, "stale": 409, "key_reused": 400, "unknown_field": 400, "name_taken": 400,
    "several": 300, "no_key_field": 404,
}  # fmt: skip


def unchanged(_stream: str, record: Record, _row: Row) -> Record:
    """Return a record as it was derived.

    Parameters
    ----------
    _stream, _row
        Whose it is, and what it was derived from.
    record
        The record.
    """
    return record


def plain_error(problem: Problem, _asked: Asked) -> Any:
    """Return an error that says what is wrong."""
    return {"error": problem, "message": f"This request cannot be answered: {problem.replace('_', ' ')}."}


def plain_envelope(_reading: Reading, body: Any) -> Any:
    """Return the body of a page as it was derived."""
    return body


def no_headers(_asked: Asked) -> Mapping[str, str]:
    """Return nothing that stands in the head of every answer."""
    return {}


def same_id(_stream: str, row: Row) -> str:
    """Return the id that the export had."""
    return str(row["record_id"])


def as_sent(_stream: str, record: Record, _before: Record | None, _others: Others) -> Record:
    """Return a record as a change left it.

    Parameters
    ----------
    _stream, _before, _others
        Whose it is, the record as it was, and all others.
    record
        The record.
    """
    return record


def never_refused(_stream: str, _record: Record, _before: Record | None, _others: Others) -> Problem | None:
    """Return no reason why a change is not taken.

    Parameters
    ----------
    _stream, _record, _before, _others
        Whose it is, the record as it would be and as it was, and all others.
    """
    return None


def nothing_said(_stream: str, _record: Record) -> Any:
    """Return no body: what is gone is answered by the status alone."""
    return None


def same_request(asked: Asked) -> Asked:
    """Return a request as it came."""
    return asked


def same_answer(_asked: Asked, given: Given) -> Given:
    """Return an answer as it was derived."""
    return given


def plain_result(_record_id: str, given: Given) -> Any:
    """Return what stands in the answer to several changes for one of them: what would answer it alone."""
    return given.body


def plain_answer(body: Any) -> Any:
    """Return the answer to a change as it was derived."""
    return body


@dataclass(frozen=True, slots=True)
class StandIn:
    """What a vendor's stand-in cannot derive from its connector; every field has a default that is enough for most.

    ``made_id`` returns the id of a record in the vendor's shape, by stream and row (``ids.number_id`` makes numbers).
    ``refs`` are canonical columns that hold such ids (of one stream: ``bills.party_ref``), with the streams that they are
    ids of. ``text_below`` are beginnings of paths below which the vendor writes everything as text.

    ``build_record`` completes a record (what the vendor's contract demands and no column fills; entries of a list of names,
    as pipelines are, come with the path of their list in the place of a stream), ``parent_of`` returns the
    record of the list before, where a list is asked for once for each. ``holds`` says whether a list holds a row, where the
    rows of a stream stand in several; without, the first one holds all. ``parse_query`` rewrites a request before it is
    understood: a query language becomes what the connector's reading says. ``envelope`` changes the body of a page.
    ``account`` is what the account's call answers; ``further`` are other calls, by method and path.

    ``statuses`` are those of answers that say what is wrong, where they are not the usual ones.

    ``size_param`` is where a request says how many records it wants (a path, in a body), ``sizes`` how many it gets without,
    and at most. ``link_param`` holds the place in addresses of next pages. ``error_body`` is the body of an answer that says
    what is wrong, ``headers`` what stands in the head of each. ``endings`` are what may stand at the end of any path without
    being part of it.

    How changes are taken, is derived from the stream's ``writing``. ``settled`` completes a changed record with what the
    vendor works out itself, ``refusal`` says why it takes a change not; both see the record as it was (null: it is made) and
    the other records. ``names_beside`` are places of references that hold the id and the name of a record (``value``,
    ``name``), with the streams that they refer to and where a record has its name. ``overlooked`` are places of a body that
    say nothing of the record, ``free_below`` beginnings of those below which a client writes what it likes.
    ``made_status`` is that of an answer to what was made, ``changed_status`` of one to a change (204: it has no body),
    ``gone`` its body for what was deleted, ``answered`` completes answers to changes, ``result`` is what one of several
    changes is answered with, by the id of its record, where the answer is a list of them. ``merging`` is how it merges,
    where that is not derived. ``key_fields`` are the client's own fields for ids of other systems that every list has; what
    its records hold are others. ``opened`` takes a request out of an envelope before anybody looks at it, ``enveloped`` puts
    the answer into one.
    """

    made_id: Callable[[str, Row], str] = same_id
    refs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text_below: tuple[str, ...] = ()
    build_record: Callable[[str, Record, Row], Record] = unchanged
    parent_of: Callable[[str, Row], Record] | None = None
    holds: Callable[[str, Reading, Row], bool] | None = None
    parse_query: Callable[[Asked], Asked] | None = None
    envelope: Callable[[Reading, Any], Any] = plain_envelope
    account: Any = None
    further: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    size_param: str = "limit"
    sizes: tuple[int, int] = (100, 100)
    link_param: str = "cursor"
    endings: tuple[str, ...] = ()
    error_body: Callable[[Problem, Asked], Any] = plain_error
    statuses: Mapping[Problem, int] = field(default_factory=dict)
    headers: Callable[[Asked], Mapping[str, str]] = no_headers
    settled: Callable[[str, Record, Record | None, Others], Record] = as_sent
    refusal: Callable[[str, Record, Record | None, Others], Problem | None] = never_refused
    names_beside: Mapping[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    overlooked: tuple[str, ...] = ()
    free_below: tuple[str, ...] = ()
    made_status: int = 201
    changed_status: int = 200
    gone: Callable[[str, Record], Any] = nothing_said
    answered: Callable[[Any], Any] = plain_answer
    merging: Merging | None = None
    key_fields: tuple[str, ...] = ()
    result: Callable[[str, Given], Any] = plain_result
    opened: Callable[[Asked], Asked] = same_request
    enveloped: Callable[[Asked, Given], Given] = same_answer
