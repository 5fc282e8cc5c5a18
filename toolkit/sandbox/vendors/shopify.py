"""Shopify: money is text, a connection says whether there is more, every answer says what it cost and by which version."""

import json
from dataclasses import replace
from typing import Any

from toolkit.connector import Reading
from toolkit.connectors.shopify import VERSION
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.stand_in import Others, Problem, Record, Row, StandIn
from toolkit.sandbox.vendor_merging import Merging

_CUSTOMER = "gid://shopify/Customer/"
_MAX_TAGS = 250
"""Of one customer. Source: shopify.dev, CustomerMergePreviewBlockingFields."""
_COST = {
    "requestedQueryCost": 252,
    "actualQueryCost": 12,
    "throttleStatus": {"maximumAvailable": 2000.0, "currentlyAvailable": 1988, "restoreRate": 100.0},
}
_ERRORS: dict[Problem, str] = {
    "signed_out": "[API] Invalid API key or access token (unrecognized login or wrong password)",
    "too_fast": "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.",
    "trouble": "temporarily unavailable",
    "not_there": "Not Found",
}


def _error(problem: Problem, _asked: Asked) -> Any:
    if problem in _ERRORS:
        return {"message" if problem == "trouble" else "errors": _ERRORS[problem]}
    return {
        "errors": [
            {"message": "Parse error, or a field or cursor that does not exist", "extensions": {"code": "undefinedField"}}
        ]
    }


def _id(stream: str, row: Row) -> str:
    known = [str(one) for one in (row["record_id"], *(row.get("alt_ids") or ()))]
    return next((one for one in known if one.isdigit() and len(one) > 6), None) or number_id(f"{stream}/{known[0]}", 13)


def _built(stream: str, record: Record, row: Row) -> Record:
    if stream == "products" and not row.get("code"):
        # What names a variant in an export without codes is no code of its own.
        record |= {"barcode": record.get("sku"), "sku": None}
    if stream == "customers":
        record.setdefault("tags", [])
    if stream == "orders":
        customer = record.pop("customer", None)
        said = str((customer or {}).get("legacyResourceId", ""))
        if said.isdigit():
            record["customer"] = {"legacyResourceId": said}
        elif said:
            record["customer"] = None
            place = record if "@" in said else record.setdefault("billingAddress", {})
            place["email" if "@" in said else "name"] = said
        lines = record.setdefault("lineItems", {}).setdefault("nodes", [])
        for number, line in enumerate(lines):
            line["id"] = f"gid://shopify/LineItem/{record['legacyResourceId']}{number:03}"
            if (total := line.get("discountedTotalSet", {}).get("shopMoney")) is not None:
                total |= {"amount": str(total["amount"]), "currencyCode": row.get("currency", "USD")}
        record["lineItems"]["pageInfo"] = {"hasNextPage": False, "endCursor": None}
    return record


def _envelope(_reading: Reading, body: Any) -> Any:
    return {**body, "extensions": {"cost": _COST}}


def _email(record: Record) -> str:
    return str((record.get("defaultEmailAddress") or {}).get("emailAddress") or "")


def _is_as_asked(body: Any, goes: Record, stays: Record) -> bool:
    """Return whether the second customer stays: by the address that is to be kept, else the only one with one has it."""
    said = (body.get("variables") or {}).get("overrideFields") or {}
    keeps = str(said.get("customerIdOfEmailToKeep") or "").rpartition("/")[2]
    if keeps in {str(one["legacyResourceId"]) for one in (goes, stays) if _email(one)}:
        return keeps == str(stays["legacyResourceId"])
    return bool(_email(stays)) or not _email(goes)


def _blocked(_stream: str, goes: Record, stays: Record, _others: Others) -> str:
    """Return that both have more tags together than one may have."""
    return "Tags exceed the limit" if len({*goes.get("tags", ()), *stays.get("tags", ())}) > _MAX_TAGS else ""


def _belongs(stream: str, record: Record, goes: Record) -> bool:
    """Return whether an order is a customer's that an export names by its address of mail, or by its name, alone."""
    if stream != "orders" or record.get("customer"):
        return False
    email, name = str(record.get("email") or ""), str((record.get("billingAddress") or {}).get("name") or "")
    own = " ".join(filter(None, (str(goes.get(one) or "") for one in ("firstName", "lastName"))))
    return bool(_email(goes)) and email.casefold() == _email(goes).casefold() if email else bool(name) and name == own


def _merged(kept: str, _gone: str, _moved: list[str], work: str) -> Any:
    job = {"id": f"gid://shopify/Job/{work}", "done": False}
    payload = {"job": job, "resultingCustomerId": f"{_CUSTOMER}{kept}", "userErrors": []}
    return {"data": {"customerMerge": payload}, "extensions": {"cost": _COST}}


def _not_merged(reason: str) -> Any:
    payload = {"job": None, "resultingCustomerId": None, "userErrors": [{"field": None, "message": reason}]}
    return {"data": {"customerMerge": payload}, "extensions": {"cost": _COST}}


def _previewed(goes: Record, stays: Record, kept: str, blocked: str, others: Others) -> Any:
    """Return what a merge would leave: the name and the address of the one that stays, and all orders of both."""
    ids = [str(one["legacyResourceId"]) for one in (goes, stays)]
    held, other = (stays, goes) if kept == ids[1] else (goes, stays)
    orders = sum(str((one.get("customer") or {}).get("legacyResourceId")) in ids for _, one in others("orders"))
    names = [str(held.get(name) or other.get(name) or "") for name in ("firstName", "lastName")]
    left = {
        "displayName": " ".join(filter(None, names)) or _email(held) or _email(other),
        "email": held.get("defaultEmailAddress") or other.get("defaultEmailAddress"),
        "phoneNumber": held.get("defaultPhoneNumber") or other.get("defaultPhoneNumber"),
        "orderCount": str(orders),
        "draftOrderCount": "0",
        "giftCardCount": "0",
        "discountNodeCount": "0",
    }
    said = {
        "resultingCustomerId": f"{_CUSTOMER}{kept}",
        "defaultFields": left,
        "blockingFields": {"note": None, "tags": [*goes["tags"], *stays["tags"]]} if blocked else None,
        "customerMergeErrors": None,
    }
    return {"data": {"customerMergePreview": said}, "extensions": {"cost": _COST}}


def _state(_name: str, kept: str, times: int) -> Any:
    """Return that a merge goes on when it is asked for at once, and has ended when it is asked for again."""
    said: dict[str, Any] = {
        "status": "IN_PROGRESS" if times == 1 else "COMPLETED",
        "resultingCustomerId": f"{_CUSTOMER}{kept}",
        "customerMergeErrors": [],
    }
    return {"data": {"customerMergeJobStatus": said}, "extensions": {"cost": _COST}}


def _understood(asked: Asked) -> Asked:
    """Return a request without the name of an operation that it leaves open: GraphQL clients send it all the same."""
    said = asked.json
    if not isinstance(said, dict) or said.get("operationName", "") is not None:
        return asked
    return replace(asked, body=json.dumps({name: said[name] for name in said if name != "operationName"}).encode())


STAND_IN = StandIn(
    made_id=_id,
    text_below=("totalPriceSet.shopMoney.amount", "totalTaxSet.", "totalReceivedSet.", "price"),
    build_record=_built,
    parse_query=_understood,
    envelope=_envelope,
    merging=Merging(
        _merged,
        _not_merged,
        blocked=_blocked,
        is_as_asked=_is_as_asked,
        previewed=_previewed,
        state=_state,
        belongs=_belongs,
        wholes=("defaultAddress",),
        lists_gone=False,
    ),
    size_param="variables.first",
    sizes=(100, 250),
    error_body=_error,
    account={"data": {"shop": {"id": "gid://shopify/Shop/548380009", "name": "Harbor"}}, "extensions": {"cost": _COST}},
    headers=lambda _asked: {"X-Shopify-API-Version": VERSION},
)
