"""Zendesk: ids are numbers, exports end with a cursor that begins the next one, limits stand in the head."""

from collections.abc import Mapping
from typing import Any

from toolkit.connector import Reading
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.stand_in import Problem, Record, Row, StandIn

_ERRORS: Mapping[Problem, Any] = {
    "signed_out": {"error": "Couldn't authenticate you"},
    "too_fast": {"error": "APIRateLimitExceeded", "description": "Number of allowed API requests per minute exceeded"},
    "trouble": {"message": "temporarily unavailable"},
    "not_there": {"error": "RecordNotFound", "description": "Not found"},
    "bad_cursor": {"error": "InvalidPaginationParameter", "description": "The cursor is not valid"},
    "bad_request": {"error": "InvalidValue", "description": "Invalid parameter"},
    "forbidden": {"error": "Forbidden", "description": "You do not have access to this page."},
    "stale": {"error": "UpdateConflict", "description": "Safe Update prevented the update due to outdated ticket data"},
    "key_reused": {"error": "IdempotentRequestError", "description": "Request parameters do not match those of the key"},
    "unknown_field": {"error": "InvalidValue", "description": "Unknown attribute"},
    "name_taken": {"error": "RecordInvalid", "description": "Record validation errors"},
}
_IDS = ("id", "requester_id", "organization_id", "group_id")


def _error(problem: Problem, _asked: Asked) -> Any:
    return _ERRORS[problem]


def _built(stream: str, record: Record, row: Row) -> Record:
    for name in _IDS:
        if str(record.get(name, "")).isdigit():
            record[name] = int(record[name])
    record.setdefault("external_id", None)
    if stream == "users":
        record |= {"active": row.get("state") != "deleted", "suspended": False, "role": record.get("role", "end-user")}
    if stream == "tickets":
        status = "deleted" if row.get("state") == "deleted" else record.get("status", "open")
        record |= {"status": status, "tags": [], "custom_fields": []}
    return record


def _envelope(reading: Reading, body: Any) -> Any:
    """Return a page with what stands around it: of an export the address of the next one, of a list both cursors."""
    if reading.path.startswith("/incremental/"):
        after = f"https://example.zendesk.com/api/v2{reading.path}.json?cursor={body.get('after_cursor', '')}"
        return {**body, "after_url": after, "before_url": None, "before_cursor": None}
    return {**body, "links": {"next": None, "prev": None}}


STAND_IN = StandIn(
    endings=(".json",),
    build_record=_built,
    envelope=_envelope,
    size_param="per_page",
    sizes=(100, 1000),
    error_body=_error,
    headers=lambda _asked: {"X-Rate-Limit": "200"},
)
