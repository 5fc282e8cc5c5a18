"""Stripe: ids begin with their kind, lists say what they are, errors stand under ``error``."""

from collections.abc import Mapping
from typing import Any

from toolkit.connector import Reading
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.ids import letter_id
from toolkit.sandbox.stand_in import Problem, Record, Row, StandIn

_KINDS: Mapping[str, tuple[str, str]] = {
    "customers": ("customer", "cus_"), "payments": ("charge", "ch_"), "invoices": ("invoice", "in_"),
    "credit_notes": ("credit_note", "cn_"), "products": ("product", "prod_"),
    "refunds": ("refund", "re_"), "payouts": ("payout", "po_"),
}  # fmt: skip
_ERRORS: Mapping[Problem, tuple[str, str]] = {
    "signed_out": ("invalid_request_error", "Invalid API Key provided."),
    "too_fast": ("rate_limit_error", "Too many requests hit the API too quickly."),
    "trouble": ("api_error", "Temporarily unavailable."),
    "not_there": ("invalid_request_error", "Unrecognized request URL."),
    "bad_cursor": ("invalid_request_error", "No such object for starting_after."),
    "bad_request": ("invalid_request_error", "Received an unknown or invalid parameter."),
    "forbidden": ("invalid_request_error", "The provided key does not have the required permissions for this endpoint."),
    "stale": ("invalid_request_error", "Another request changes this object."),
    "key_reused": ("idempotency_error", "Keys for idempotent requests can only be used with the same parameters."),
    "unknown_field": ("invalid_request_error", "Received unknown parameter."),
    "name_taken": ("invalid_request_error", "An object of that name exists already."),
}
_TEXTS = ("email", "name", "phone", "description")


def _error(problem: Problem, _asked: Asked) -> Any:
    kind, said = _ERRORS[problem]
    code = {"too_fast": "rate_limit", "bad_cursor": "resource_missing", "unknown_field": "parameter_unknown"}.get(problem)
    return {"error": {"type": kind, "message": said, **({"code": code} if code else {})}}


def _id(stream: str, row: Row) -> str:
    own = str(row["record_id"])
    # Exports of all columns have the vendor's own ids; those of few have none.
    return own if "_" in own[:5] else letter_id(own, 24, _KINDS[stream][1])


def _built(stream: str, record: Record, _row: Row) -> Record:
    record |= {"object": _KINDS[stream][0], "livemode": True}
    record.setdefault("metadata", {})
    customer = record.get("customer")
    if customer is not None and not str(customer).startswith("cus_"):
        record |= {"customer": None, "receipt_email": customer}
    if stream == "customers":
        record |= {name: record.get(name) for name in _TEXTS}
    if stream == "payments":
        record |= {"captured": True, "paid": True}
        record.setdefault("status", "succeeded")
        record.setdefault("amount_refunded", 0)
        if isinstance(found := record.get("balance_transaction"), dict):
            found |= {"object": "balance_transaction", "currency": record.get("currency")}
    if stream in {"invoices", "credit_notes"}:
        lines = record.setdefault("lines", {}).setdefault("data", [])
        record["lines"] = {"object": "list", "data": lines, "has_more": False, "url": f"/v1/{stream}/{record['id']}/lines"}
    return record


def _envelope(reading: Reading, body: Any) -> Any:
    return {"object": "list", **body, "url": f"/v1{reading.path}"}


STAND_IN = StandIn(
    made_id=_id,
    build_record=_built,
    envelope=_envelope,
    sizes=(10, 100),
    error_body=_error,
    free_below=("metadata.",),
    account={
        "id": "acct_1PgafTB7WZ01zgkW", "object": "account", "country": "US", "default_currency": "usd",
        "settings": {"dashboard": {"display_name": "Harbor", "timezone": "Etc/UTC"}},
    },
)  # fmt: skip
