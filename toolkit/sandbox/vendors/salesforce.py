"""Salesforce: records name their kind, deleted and merged ones are among them, errors are a list; it merges over SOAP."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import unescape

from toolkit.connector import Reading
from toolkit.rest.soap import CONTENT_TYPE, SESSION, soap_text
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.stand_in import Others, Problem, Record, Row, StandIn
from toolkit.sandbox.vendor_merging import Merging

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
    "several": ("DUPLICATE_EXTERNAL_ID", "The external id is of several records."),
    "no_key_field": ("NOT_FOUND", "Provided external ID field does not exist or is not accessible: {field}"),
}
_PARTNER = "urn:partner.soap.sforce.com"
_SESSION = re.compile(rb"(<[^<>]*sessionId>)([^<>]*)(</)")
_KEEPS_PARENT = "ParentId"
KEY_FIELD = "Audit_Key__c"
"""The field for ids of other systems that the stand-in's objects have."""


def _error(problem: Problem, asked: Asked) -> Any:
    code, message = _ERRORS[problem]
    if problem == "no_key_field":
        # /sobjects/Account/{field}/{key}
        message = message.format(field=asked.path.split("/")[-2])
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


def _result(record_id: str, given: Given) -> Any:
    """Return the result of one of several updates: one that was refused does not say of which record it is."""
    if given.status < 400:
        return {"id": record_id, "success": True, "errors": []}
    said = given.body[0] if isinstance(given.body, list) and given.body else {}
    error: dict[str, Any] = {"statusCode": said.get("errorCode"), "message": said.get("message"), "fields": []}
    return {"success": False, "errors": [error]}


def _is_soap(asked: Asked) -> bool:
    return asked.headers.get("content-type", "").startswith("text/xml")


def _opened(asked: Asked) -> Asked:
    """Return a request out of its envelope: the session stands in that, and in no other place."""
    if not _is_soap(asked):
        return asked
    found = _SESSION.search(asked.body)
    token = unescape(found[2].decode()) if found is not None else ""
    headers = {**asked.headers, "authorization": f"Bearer {token}"}
    return replace(asked, headers=headers, body=_SESSION.sub(rb"\1" + SESSION.encode() + rb"\3", asked.body))


def _enveloped(asked: Asked, given: Given) -> Given:
    """Return an answer in an envelope; what is refused as a whole is a fault within an error of the server."""
    if not _is_soap(asked) or given.cut is not None:
        return given
    body = given.body
    if given.status >= 400:
        said = body[0] if isinstance(body, list) and body else {}
        code = str(said.get("errorCode", "UNKNOWN_EXCEPTION"))
        body = {"Body": {"Fault": {"faultcode": f"sf:{code}", "faultstring": f"{code}: {said.get('message', '')}"}}}
    status = 500 if given.status >= 400 else given.status
    return replace(given, body=soap_text(json.dumps(body)).encode(), status=status, kind=CONTENT_TYPE)


def _merge_result(result: Mapping[str, Any]) -> Any:
    return {"Body": {"mergeResponse": {"@xmlns": _PARTNER, "result": result}}}


def _merged(kept: str, gone: str, moved: list[str], _work: str) -> Any:
    return _merge_result({"id": kept, "mergedRecordIds": gone, "success": "true", "updatedRelatedIds": moved})


def _not_merged(reason: str) -> Any:
    error = {
        "message": reason,
        "statusCode": "INVALID_CROSS_REFERENCE_KEY" if reason == "not there" else "INVALID_OPERATION",
    }
    return _merge_result({"errors": error, "success": "false"})


def _blocked(stream: str, goes: Record, stays: Record, others: Others) -> str:
    """Return that a merge would let a hierarchy of accounts lead back to itself."""
    if stream != "accounts":
        return ""
    parents = {one["Id"]: one.get(_KEEPS_PARENT) for _, one in others(stream)}
    above, passed = stays.get(_KEEPS_PARENT), set()
    while above and above not in passed and above != goes["Id"]:
        passed.add(above)
        above = parents.get(above)
    # What is below the one that goes would be below the master, which is below it itself.
    return "invalid merge: the account hierarchy would form a circle" if above == goes["Id"] else ""


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
    result=_result,
    key_fields=(KEY_FIELD,),
    merging=Merging(_merged, _not_merged, blocked=_blocked),
    opened=_opened,
    enveloped=_enveloped,
    headers=lambda _asked: {"Sforce-Limit-Info": "api-usage=18/15000"},
)  # fmt: skip
