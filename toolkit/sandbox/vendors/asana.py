"""Asana: everything stands in ``data``, a client's own fields in a list with their names, tasks below others apart."""

from collections.abc import Mapping
from typing import Any

from toolkit.connector import Reading
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.stand_in import Problem, Record, Row, StandIn

_WORKSPACE = "1200000000000001"
_ERRORS: Mapping[Problem, str] = {
    "signed_out": "Not Authorized",
    "too_fast": "You have made too many requests recently. Please, be chill.",
    "trouble": "The service is temporarily unavailable.",
    "not_there": "Unknown object",
    "bad_cursor": "offset: Your pagination token is invalid.",
    "bad_request": "Invalid request",
    "forbidden": "Forbidden",
    "stale": "Conflict",
    "key_reused": "Invalid request",
    "unknown_field": "Unknown field",
    "name_taken": "Invalid request: this name is taken",
}


def _error(problem: Problem, _asked: Asked) -> Any:
    return {"errors": [{"message": _ERRORS[problem], "help": "For more information on API status codes, see the guide."}]}


def _built(_stream: str, record: Record, _row: Row) -> Record:
    record["custom_fields"] = [_own_field(one["name"], one["number_value"]) for one in record.get("custom_fields", ())]
    record |= {"resource_type": "task", "completed": bool(record.get("completed_at")), "num_subtasks": 0}
    record.setdefault("parent", None)
    if record["parent"] is not None:
        record["parent"] |= {"gid": _gid(record["parent"]["name"]), "resource_type": "task"}
    for one in record.get("projects", ()):
        one |= {"gid": _gid(one["name"]), "resource_type": "project"}
    return record


def _own_field(name: str, value: Any) -> Record:
    is_number = isinstance(value, int | float)
    shown = {"display_value": f"{value:,.2f}" if is_number else str(value), "number_value": value if is_number else None}
    return {"gid": _gid(name), "resource_type": "custom_field", "name": name.capitalize(), **shown}


def _gid(name: object) -> str:
    return number_id(str(name), 16)


def _parent(stream: str, row: Row) -> Record:
    """Return the project of a task, or the task that another one stands below."""
    if stream == "tasks":
        name = row.get("reference", "")
        return {"gid": _gid(name), "name": name, "resource_type": "task", "num_subtasks": 1}
    name = row.get("department", "Tasks")
    return {"gid": _gid(name), "name": name, "resource_type": "project"}


def _envelope(reading: Reading, body: Any) -> Any:
    """Return a page as the vendor ends a list: without a next one it says so."""
    following = body.get("next_page")
    if following:
        following = {**following, "path": reading.path, "uri": f"https://app.asana.com/api/1.0{reading.path}"}
    return {**body, "next_page": following}


STAND_IN = StandIn(
    build_record=_built,
    parent_of=_parent,
    envelope=_envelope,
    account={"data": [{"gid": _WORKSPACE, "name": "Harbor", "resource_type": "workspace"}], "next_page": None},
    error_body=_error,
)
