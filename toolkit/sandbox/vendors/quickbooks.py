"""QuickBooks Online: ids are numbers that exports do not show, every object has a version, what stands around a page."""

from collections.abc import Mapping
from typing import Any

from toolkit.connector import Reading
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.stand_in import Problem, Record, Row, StandIn

_NAMES = frozenset({"customers", "vendors", "accounts", "items", "employees"})
_LINES: Mapping[str, str] = {
    "invoices": "SalesItemLineDetail", "credit_memos": "SalesItemLineDetail", "estimates": "SalesItemLineDetail",
    "bills": "AccountBasedExpenseLineDetail",
}  # fmt: skip
_ERRORS: Mapping[Problem, tuple[str, str, str]] = {
    "signed_out": ("3200", "message=AuthenticationFailed; errorCode=003200; statusCode=401", "AUTHENTICATION"),
    "too_fast": ("3001", "message=ThrottleExceeded; errorCode=003001; statusCode=429", "THROTTLE"),
    "trouble": ("10000", "An application error has occurred while processing your request", "SystemFault"),
    "not_there": ("610", "Object Not Found", "ValidationFault"),
    "bad_cursor": ("4001", "Invalid query", "ValidationFault"),
    "bad_request": ("4000", "Error parsing query", "ValidationFault"),
}
_TIME = "2026-10-05T08:00:00.000-07:00"


def _error(problem: Problem, _asked: Asked) -> Any:
    code, message, kind = _ERRORS[problem]
    if problem == "signed_out":
        # Only here the names are written small.
        return {"fault": {"error": [{"message": message, "detail": message, "code": code}], "type": kind}, "time": _TIME}
    return {"Fault": {"Error": [{"Message": message, "Detail": message, "code": code}], "type": kind}, "time": _TIME}


def _built(stream: str, record: Record, row: Row) -> Record:
    record |= {"SyncToken": "0", "domain": "QBO", "sparse": False}
    record.setdefault("MetaData", {})
    if stream in _NAMES:
        record["Active"] = row.get("state") != "archived" and row.get("is_active") is not False
        return record
    kind = _LINES.get(stream)
    for number, line in enumerate(record.get("Line", ()), 1):
        line |= {"Id": str(number), "LineNum": number, "DetailType": kind or "LinkedTxn"}
    return record


def _envelope(reading: Reading, body: Any) -> Any:
    """Return a page with its place, and the time at the vendor."""
    found = body.get("QueryResponse")
    if isinstance(found, dict) and found:
        [(name, records)] = found.items()
        return {"QueryResponse": {name: records, "startPosition": 1, "maxResults": len(records)}, "time": _TIME}
    if reading.path == "/cdc" and not body:
        return {"CDCResponse": [{"QueryResponse": [{}]}], "time": _TIME}
    return {**body, "time": _TIME}


STAND_IN = StandIn(
    made_id=lambda stream, row: number_id(f"{stream} {row['record_id']}", 6),
    refs={
        "party_ref": ("customers",),
        "bills.party_ref": ("vendors",),
        "bill_payments.party_ref": ("vendors",),
        "parent_ref": ("customers",),
        "vendors.parent_ref": ("vendors",),
    },
    build_record=_built,
    envelope=_envelope,
    sizes=(100, 1000),
    account={"CompanyInfo": {"Id": "1", "SyncToken": "0", "CompanyName": "Practice", "Country": "US"}, "time": _TIME},
    error_body=_error,
)
