"""Xero: ids are UUIDs, an answer names its list and its pages, a sign-in opens organisations."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from toolkit.connector import Reading
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.ids import uuid_id
from toolkit.sandbox.stand_in import Others, Problem, Record, Row, StandIn

_TENANT = "45e4708e-d862-4111-ab3a-dd8cd03913e1"
_KINDS = {"invoices": "ACCREC", "bills": "ACCPAY", "credit_notes": "ACCRECCREDIT"}
_PAYMENTS = {"payments": "ACCRECPAYMENT", "bill_payments": "ACCPAYPAYMENT"}
_ERRORS: Mapping[Problem, tuple[int, str, str]] = {
    "signed_out": (401, "Unauthorized", "TokenExpired: token expired"),
    "too_fast": (429, "TooManyRequests", "The rate limit of the organisation is reached."),
    "trouble": (503, "ServiceUnavailable", "The organisation is offline."),
    "not_there": (404, "NotFound", "The resource you are looking for cannot be found"),
    "bad_cursor": (400, "BadRequest", "The page is not valid."),
    "bad_request": (400, "BadRequest", "The request is not understood."),
    "forbidden": (403, "Forbidden", "AuthorizationUnsuccessful: the scopes do not allow it"),
    "stale": (409, "Conflict", "The record was changed meanwhile."),
    "key_reused": (400, "BadRequest", "The idempotency key was used for another request."),
    "unknown_field": (400, "BadRequest", "The request holds an element that is not known."),
    "name_taken": (400, "ValidationException", "The contact name already exists."),
}


def _error(problem: Problem, _asked: Asked) -> Any:
    status, title, detail = _ERRORS[problem]
    return {"Type": None, "Title": title, "Status": status, "Detail": detail, "Instance": uuid_id(problem)}


def _id(stream: str, row: Row) -> str:
    # Invoices and bills share one list.
    return uuid_id(f"{stream}/{row['record_id']}")


def _built(stream: str, record: Record, row: Row) -> Record:
    if stream == "contacts":
        record["ContactStatus"] = "ARCHIVED" if row.get("state") == "archived" else "ACTIVE"
    if stream in _KINDS:
        record["Type"] = _KINDS[stream]
        if stream == "bills":
            record.get("Contact", {}).pop("Name&InvoiceNumber", None)
    if stream in _PAYMENTS:
        record["PaymentType"] = _PAYMENTS[stream]
    if stream == "bank_transactions":
        record["Type"] = "SPEND" if row.get("amount_minor", 0) < 0 else "RECEIVE"
        record.setdefault("BankAccount", {"Code": "090"})
        record.setdefault("LineItems", [])
    if stream == "accounts":
        record["Status"] = "ARCHIVED" if row.get("is_active") is False else "ACTIVE"
    return record


def _settled(stream: str, record: Record, before: Record | None, _others: Others) -> Record:
    """Return a record with what the product works out: what a new document comes to, the tax within."""
    if stream in _KINDS and before is None:
        lines = record.get("LineItems") or []
        record["Total"] = float(sum((Decimal(text_at(one, "LineAmount") or "0") for one in lines), Decimal(0)))
    return record


def _envelope(reading: Reading, body: Any) -> Any:
    rows = value_at(body, reading.records) or []
    about = {"Id": _TENANT, "Status": "OK", "ProviderName": "Harbor", "DateTimeUTC": "/Date(1769904000000)/"}
    return {**about, **body, reading.records: rows}


_CONNECTIONS = [
    {
        "id": "e1eede29-f875-4a5d-8470-17f6a29a88b1", "tenantId": _TENANT, "tenantType": "ORGANISATION",
        "tenantName": "Harbor", "createdDateUtc": "2026-01-05T10:00:00.0000000",
        "updatedDateUtc": "2026-01-05T10:00:00.0000000",
    }
]  # fmt: skip

STAND_IN = StandIn(
    made_id=_id,
    refs={"party_ref": ("contacts",)},
    build_record=_built,
    settled=_settled,
    made_status=200,
    envelope=_envelope,
    size_param="pageSize",
    sizes=(100, 1000),
    error_body=_error,
    # It stands beside the interface, not below it.
    further={("GET", "/Connections"): _CONNECTIONS},
)  # fmt: skip
