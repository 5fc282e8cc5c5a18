"""QuickBooks Online: ids are numbers in texts, every answer says when it was given, errors stand under ``Fault``."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from toolkit.connector import Reading
from toolkit.connectors.quickbooks import CONNECTOR
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.stand_in import Others, Problem, Record, Row, StandIn

_TIME = "2026-02-01T00:00:00.000-08:00"
_BOUGHT = frozenset({"bills", "bill_payments"})
_LISTED = frozenset({"customers", "vendors", "accounts", "items", "employees"})
_ERRORS: Mapping[Problem, tuple[str, str, str]] = {
    "too_fast": ("3001", "message=ThrottleExceeded; errorCode=003001; statusCode=429", "THROTTLE"),
    "trouble": ("10000", "An application error has occurred while processing your request", "SystemFault"),
    "not_there": ("610", "Object Not Found", "ValidationFault"),
    "bad_cursor": ("4000", "Error parsing query", "ValidationFault"),
    "bad_request": ("4000", "Error parsing query", "ValidationFault"),
    "forbidden": ("3100", "message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403", "AUTHORIZATION"),
    "stale": ("5010", "Stale Object Error", "ValidationFault"),
    "key_reused": ("2050", "Request id was used for another request", "ValidationFault"),
    "unknown_field": ("2010", "Request has invalid or unsupported property", "ValidationFault"),
    "name_taken": ("6240", "Duplicate Name Exists Error", "ValidationFault"),
}


def _error(problem: Problem, _asked: Asked) -> Any:
    if problem == "signed_out":
        said = "message=AuthenticationFailed; errorCode=003200; statusCode=401"
        inner = {"error": [{"message": said, "detail": "Token expired", "code": "3200"}], "type": "AUTHENTICATION"}
        return {"warnings": None, "fault": inner}
    code, said, kind = _ERRORS[problem]
    return {"Fault": {"Error": [{"Message": said, "Detail": said, "code": code}], "type": kind}, "time": _TIME}


def _id(stream: str, row: Row) -> str:
    own = str(row["record_id"])
    # One sequence for all transactions, and one name for one customer or vendor.
    return number_id(f"{stream}/{own}", 15)


def _built(stream: str, record: Record, row: Row) -> Record:
    record |= {"domain": "QBO", "sparse": False, "SyncToken": "0"}
    if stream in _LISTED:
        record["Active"] = row.get("state") != "archived" and row.get("is_active") is not False
        if stream == "accounts" and not row.get("code"):
            record.pop("AcctNum", None)
        if stream in {"customers", "vendors", "employees"}:
            record["DisplayName"] = record.get("FullyQualifiedName") or record.get("DisplayName")
        return record
    # What names a record in an export without a number is none.
    if not row.get("number"):
        record.pop("DocNumber", None)
    if stream in {"payments", "bill_payments"} and not row.get("reference"):
        record.pop("PaymentRefNum", None)
    if stream in _BOUGHT and row.get("party_ref"):
        supplier = record.setdefault("VendorRef", {})
        # One that was made since names its supplier by the id that it has.
        if supplier.get("value") != row["party_ref"]:
            supplier["value"] = _id("vendors", {"record_id": row["party_ref"]})
    if "amount_minor" in row and stream in {"invoices", "bills"}:
        record.setdefault("Balance", record["TotalAmt"])
    for line in record.get("Line", ()):
        line.setdefault("DetailType", "SalesItemLineDetail" if stream not in _BOUGHT else "AccountBasedExpenseLineDetail")
    return record


def _envelope(reading: Reading, body: Any) -> Any:
    name = reading.records.rpartition(".")[2]
    rows = value_at(body, reading.records) or []
    inner = {name: rows, "startPosition": 1, "maxResults": len(rows)} if rows else {}
    if reading.path == "/cdc":
        return {"CDCResponse": [{"QueryResponse": [inner]}], "time": _TIME}
    return {"QueryResponse": inner, "time": _TIME}


_KINDS = {
    one.records.rpartition(".")[2].casefold(): one.records.rpartition(".")[2]
    for stream in CONNECTOR.streams
    for one in stream.readings
}
_WORDS = re.compile(r"(?i)\b(select|from|where|and|in|orderby|startposition|maxresults)\b")


def _understood(asked: Asked) -> Asked:
    """Return a request whose query is written as the connector writes it: capitals, blanks and "asc" say nothing in it."""
    query = asked.query.get("query")
    if query is None:
        return asked
    text = re.sub(r"\(\s*true\s*,\s*false\s*\)", "(true, false)", " ".join(query.split()))
    text = _WORDS.sub(lambda found: found[0].lower(), text)
    text = re.sub(r"\bfrom (\w+)", lambda found: f"from {_KINDS.get(found[1].casefold(), found[1])}", text, count=1)
    text = re.sub(r"(?i)(\borderby \w+) asc\b", r"\1", text)
    return replace(asked, query={**asked.query, "query": text})


def _suffixed(record: Record) -> None:
    """Let a name say that it is not used any more, which frees it, or that it is again."""
    for path in ("DisplayName", "FullyQualifiedName"):
        name = str(record.get(path) or "").removesuffix(_UNUSED)
        if name:
            record[path] = name if record.get("Active", True) else name + _UNUSED


def _settled(stream: str, record: Record, before: Record | None, others: Others) -> Record:
    """Return a record with what the product works out: whole names, names of customers, totals, open balances."""
    if stream in _NAMED:
        if before is None or before.get("DisplayName") != record.get("DisplayName"):
            record["FullyQualifiedName"] = record.get("DisplayName")
        _suffixed(record)
        return record
    for ref, streams in (("CustomerRef", ("customers",)), ("VendorRef", ("vendors",))):
        if value := text_at(record, f"{ref}.value"):
            named = (one for name in streams for _, one in others(name) if one.get("Id") == value)
            record[ref] = {"value": value, "name": next((one["DisplayName"] for one in named), value)}
    lines = record.get("Line")
    if before is None and stream in {"invoices", "bills", "credit_memos"} and lines:
        tax = Decimal(text_at(record, "TxnTaxDetail.TotalTax") or "0")
        record["TotalAmt"] = float(sum((Decimal(str(one["Amount"])) for one in lines), tax))
    if before is None and stream in {"invoices", "bills"}:
        record["Balance"] = record.get("TotalAmt")
    return record


def _refusal(stream: str, record: Record, before: Record | None, others: Others) -> Problem | None:
    """Return that a name is taken: customers, vendors and employees share them, whatever their capitals."""
    if stream not in _NAMED or (before is not None and before.get("DisplayName") == record.get("DisplayName")):
        return None
    wanted = str(record.get("DisplayName") or "").casefold()
    alike = [(row, name, one) for name in _NAMED for row, one in others(name)
             if str(one.get("DisplayName") or "").casefold() == wanted]  # fmt: skip
    if not alike:
        return None
    own = next((row for row, one in others(stream) if one.get("Id") == record["Id"]), {})
    # Those that the snapshot has under one name already, keep it.
    kept = str(own.get("name") or "").casefold()
    others_alike = [row for row, name, one in alike if (name, one.get("Id")) != (stream, record["Id"])]
    is_taken = any(row.get("is_made") or str(row.get("name") or "").casefold() != kept for row in others_alike)
    return "name_taken" if is_taken else None


def _gone(stream: str, record: Record) -> Any:
    kind = next(one.readings[0].records.rpartition(".")[2] for one in CONNECTOR.streams if one.name == stream)
    return {kind: {"Id": record["Id"], "status": "Deleted", "domain": "QBO"}, "time": _TIME}


_NAMED = ("customers", "vendors", "employees")
_UNUSED = " (deleted)"

STAND_IN = StandIn(
    made_id=_id,
    refs={"party_ref": ("customers", "vendors"), "parent_ref": ("customers",)},
    build_record=_built,
    parse_query=_understood,
    envelope=_envelope,
    sizes=(1000, 1000),
    error_body=_error,
    statuses={"stale": 400},
    settled=_settled,
    refusal=_refusal,
    names_beside={"CustomerRef": (("customers",), "DisplayName"), "VendorRef": (("vendors",), "DisplayName")},
    overlooked=("sparse", "domain"),
    made_status=200,
    gone=_gone,
    answered=lambda body: {**body, "time": _TIME},
    account={
        "CompanyInfo": {"CompanyName": "Harbor", "LegalName": "Harbor", "Country": "US", "Id": "1", "SyncToken": "4"},
        "time": _TIME,
    },
)
