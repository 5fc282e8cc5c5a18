"""HubSpot: values of properties are texts, every object says whether it is archived, limits stand in the head."""

from collections.abc import Mapping
from typing import Any

from toolkit.connector import Reading
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.stand_in import Others, Problem, Record, Row, StandIn

_CATEGORIES: Mapping[Problem, str] = {
    "signed_out": "INVALID_AUTHENTICATION", "too_fast": "RATE_LIMITS", "not_there": "OBJECT_NOT_FOUND",
    "trouble": "SERVICE_UNAVAILABLE", "forbidden": "MISSING_SCOPES", "name_taken": "CONFLICT", "stale": "CONFLICT",
}  # fmt: skip


def _error(problem: Problem, _asked: Asked) -> Any:
    if problem == "too_fast":
        return {"status": "error", "message": "You have reached your secondly limit.", "errorType": "RATE_LIMIT",
                "policyName": "SECONDLY", "category": "RATE_LIMITS", "correlationId": _CORRELATION}  # fmt: skip
    message = f"The request was refused: {problem.replace('_', ' ')}."
    return {
        "status": "error",
        "message": message,
        "correlationId": _CORRELATION,
        "category": _CATEGORIES.get(problem, "VALIDATION_ERROR"),
    }


def _built(stream: str, record: Record, row: Row) -> Record:
    if stream.startswith("/crm/v4/associations/"):
        for one in record["to"]:
            # Exports without ids name a company instead.
            key = one["toObjectId"]
            one |= {"toObjectId": int(key) if key.isdigit() else key, "associationTypes": [_ASSOCIATED]}
        return record
    record["archived"] = row.get("state") in {"archived", "deleted"}
    if stream == "owners":
        return record
    properties = record.setdefault("properties", {})
    properties["hs_object_id"] = record["id"]
    if stream == "deals":
        won = row.get("is_won")
        properties |= {"hs_is_closed_won": str(won is True).lower(), "hs_is_closed": str(won is not None).lower()}
    return record


def _refusal(stream: str, record: Record, before: Record | None, others: Others) -> Problem | None:
    """Return that a contact's address of mail is another one's, whatever its capitals."""
    email = str(record.get("properties", {}).get("email") or "").casefold()
    if (
        stream != "contacts"
        or not email
        or (before or {}).get("properties", {}).get("email") == record["properties"]["email"]
    ):
        return None
    alike = [
        row for row, one in others(stream)
        if one["id"] != record["id"] and str(one.get("properties", {}).get("email") or "").casefold() == email
    ]  # fmt: skip
    # What an export holds twice, stays twice.
    is_twice = (
        sum(str(row.get("email") or "").casefold() == email and not row.get("is_made") for row, _ in others(stream)) > 1
    )
    is_there = any(row.get("state") not in {"archived", "deleted"} for row in alike)
    return "name_taken" if is_there and not is_twice else None


def _envelope(reading: Reading, body: Any) -> Any:
    """Return a page: a search names no associations, and what is asked for by ids says when it was read."""
    if reading.path.endswith("/search"):
        return {**body, "results": [{name: one[name] for name in one if name != "associations"} for one in body["results"]]}
    return {"status": "COMPLETE", **body, "startedAt": _READ_AT, "completedAt": _READ_AT} if reading.ids else body


_ASSOCIATED = {"category": "HUBSPOT_DEFINED", "typeId": 5, "label": "Primary"}
_READ_AT = "2026-02-01T09:00:00.000Z"
_CORRELATION = "aeb5f871-7f07-4993-9211-075dc63e7cbf"

STAND_IN = StandIn(
    text_below=("id", "properties."),
    build_record=_built,
    envelope=_envelope,
    sizes=(10, 200),
    error_body=_error,
    statuses={"name_taken": 409},
    refusal=_refusal,
    account={"portalId": 62515, "timeZone": "US/Central", "companyCurrency": "USD", "uiDomain": "app.hubspot.com",
             "accountType": "STANDARD", "dataHostingLocation": "na1", "utcOffset": "-05:00",
             "utcOffsetMilliseconds": -18000000, "additionalCurrencies": []},
    headers=lambda _asked: {"X-HubSpot-RateLimit-Max": "100", "X-HubSpot-RateLimit-Interval-Milliseconds": "10000"},
)  # fmt: skip
