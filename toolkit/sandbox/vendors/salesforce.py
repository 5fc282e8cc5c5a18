"""Salesforce: records name their kind, deleted and merged ones are among them, errors are a list."""

from collections.abc import Mapping
from typing import Any

from toolkit.connector import Reading
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.stand_in import Problem, Record, Row, StandIn

_KINDS = {
    "accounts": "Account", "contacts": "Contact", "leads": "Lead", "opportunities": "Opportunity", "products": "Product2",
    "users": "User",
}  # fmt: skip
_ERRORS: Mapping[Problem, tuple[str, str]] = {
    "signed_out": ("INVALID_SESSION_ID", "Session expired or invalid"),
    "too_fast": ("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    "trouble": ("SERVER_UNAVAILABLE", "Server unavailable"),
    "not_there": ("NOT_FOUND", "The requested resource does not exist"),
    "bad_cursor": ("INVALID_QUERY_LOCATOR", "invalid query locator"),
    "bad_request": ("INVALID_FIELD", "No such column on the entity, or the query is not understood."),
    "forbidden": ("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id"),
    "stale": ("ENTITY_IS_LOCKED", "The record was modified."),
    "key_reused": ("DUPLICATE_VALUE", "duplicate value found"),
    "unknown_field": ("INVALID_FIELD", "No such column on the entity."),
    "name_taken": ("DUPLICATES_DETECTED", "Use one of these records?"),
}


def _error(problem: Problem, _asked: Asked) -> Any:
    code, message = _ERRORS[problem]
    return [{"message": message, "errorCode": code}]


def _built(stream: str, record: Record, row: Row) -> Record:
    kind = _KINDS[stream]
    url = f"/services/data/v66.0/sobjects/{kind}/{record['Id']}"
    state = row.get("state")
    made: Record = {"attributes": {"type": kind, "url": url}, **record}
    if stream != "users":
        made["IsDeleted"] = state == "deleted"
    if stream in {"accounts", "contacts", "leads"}:
        made["MasterRecordId"] = str(row["merged_into"]).rpartition("/")[2] if row.get("merged_into") else None
    if stream == "leads":
        made["IsConverted"] = state == "archived"
    if stream == "users":
        made["IsActive"] = state != "archived"
    if stream == "opportunities":
        won = row.get("is_won")
        made |= {"IsWon": won is True, "IsClosed": won is not None}
    made.setdefault("SystemModstamp", made.get("LastModifiedDate", made.get("CreatedDate")))
    return made


def _envelope(_reading: Reading, body: Any) -> Any:
    """Return a page that says whether it is the last one; the next one is named without its host."""
    following = body.get("nextRecordsUrl")
    if following is None:
        return {**body, "done": True}
    return {**body, "done": False, "nextRecordsUrl": "/" + following.partition("//")[2].partition("/")[2]}


STAND_IN = StandIn(
    build_record=_built,
    envelope=_envelope,
    sizes=(2000, 2000),
    endings=("/",),
    account={
        "totalSize": 1,
        "done": True,
        "records": [
            {"attributes": {"type": "Organization", "url": "/services/data/v66.0/sobjects/Organization/00D000000000062EAA"},
             "Id": "00D000000000062EAA", "Name": "Harbor"}
        ],
    },
    error_body=_error,
    statuses={"too_fast": 403, "stale": 412},
    changed_status=204,
    headers=lambda _asked: {"Sforce-Limit-Info": "api-usage=18/15000"},
)  # fmt: skip
