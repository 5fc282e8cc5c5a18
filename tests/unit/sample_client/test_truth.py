"""The truth tables agree with each other and with the exports, read here by simple means."""

import csv
import re
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parents[3]
EXPORTS = ROOT / "sample_data" / "harbor-pine" / "exports"
TRUTH = ROOT / "tests" / "golden" / "harbor_pine"
AS_OF = date(2026, 10, 5)
GRACE_DAYS = {
    "bill_to_bank": 45,
    "deal_to_invoice": 14,
    "deal_to_project": 7,
    "deal_to_ticket": 5,
    "order_to_invoice": 14,
    "order_to_payment": 7,
    "payment_to_bank": 8,
    "project_to_site_log": 21,
    "stripe_to_ledger": 10,
}

REPORTS = {
    ("ledger", "invoices"): ("Invoice", "Invoice"),
    ("ledger", "credit_memos"): ("Invoice", "Credit Memo"),
    ("ledger", "bills"): ("Bill", "Bill"),
    ("ledger", "payments"): ("Payment", "Payment"),
}
SHEETS = {
    ("ledger", "customers"): ("ledger/Harbor & Pine LLC_Customer Contact List.xlsx", "Customer full name"),
    ("ledger", "vendors"): ("ledger/Harbor & Pine LLC_Vendor Contact List.xlsx", "Vendor"),
    ("people", "employees"): ("people/HR staff list 2026.xlsx", "Employee #"),
    ("site_log", "jobs"): ("site_log/Site log 2026.xlsx", "Job no"),
}
FILES = {
    ("crm", "companies"): ("crm/hubspot-crm-exports-all-companies-2026-10-05.csv", "Record ID"),
    ("crm", "contacts"): ("crm/hubspot-crm-exports-all-contacts-2026-10-05.csv", "Record ID"),
    ("crm", "deals"): ("crm/hubspot-crm-exports-all-deals-2026-10-05.csv", "Record ID"),
    ("payments", "customers"): ("payments/unified_customers.csv", "id"),
    ("payments", "payments"): ("payments/unified_payments.csv", "id"),
    ("projects", "projects"): ("projects/Fit-out_tracker.csv", "Task ID"),
    ("projects", "tasks"): ("projects/Fit-out_tracker.csv", "Task ID"),
    ("shop", "customers"): ("shop/customers_export.csv", "Customer ID"),
    ("shop", "orders"): ("shop/orders_export_1.csv", "Name"),
    ("support", "users"): ("support/zendesk_users.csv", "id"),
    ("support", "tickets"): ("support/zendesk_tickets.csv", "Id"),
}


@cache
def rows(path: Path, *, skip: int = 0) -> list[dict[str, str]]:
    """Return the rows of a CSV file below ``skip`` title rows."""
    with path.open(encoding="utf-8", newline="") as stream:
        for _ in range(skip):
            stream.readline()
        return list(csv.DictReader(stream))


def sheet(path: Path, header: str) -> list[list[str]]:
    """Return the rows of a workbook's first sheet below the row that begins with ``header``."""
    cells = [[str(cell) for cell in row] for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]
    start = next(at for at, row in enumerate(cells) if row[0] == header)
    return cells[start + 1 :]


@pytest.fixture(scope="module")
def handoffs() -> list[dict[str, str]]:
    return rows(TRUTH / "handoffs.csv")


@pytest.fixture(scope="module")
def documents() -> dict[tuple[str, str, str], dict[str, str]]:
    return {(one["system"], one["stream"], one["record_id"]): one for one in rows(TRUTH / "documents.csv")}


def ids_in_exports(system: str, stream: str) -> Counter[str]:
    """Return the ids that stand in the export of a stream, read without the product."""
    ledger = EXPORTS / "ledger"
    if (system, stream) in REPORTS:
        name, kind = REPORTS[system, stream]
        lines = rows(ledger / f"Harbor & Pine LLC_{name} List.csv", skip=4)
        return Counter(line["Num"] for line in lines if line["Transaction type"] == kind)
    if (system, stream) in SHEETS:
        file, header = SHEETS[system, stream]
        return Counter(
            row[0].removesuffix(".0") for row in sheet(EXPORTS / file, header) if row[0].strip() and row[0][0] != " "
        )
    if system == "bank":
        return Counter(
            re.findall(r"<FITID>(\d+)", (EXPORTS / "bank/Chase3377_Activity_20261005.QFX").read_text(encoding="cp1252"))
        )
    file, column = FILES[system, stream]
    lines = rows(EXPORTS / file)
    if stream == "orders":  # Further lines of an order repeat its name and leave its total empty.
        lines = [one for one in lines if one["Total"]]
    if system == "projects":
        lines = [one for one in lines if bool(one["Parent task"]) == (stream == "tasks")]
    return Counter(one[column].lstrip("'") for one in lines)


STREAMS = [(one["system"], one["stream"]) for one in rows(TRUTH / "totals.csv")]


@pytest.mark.parametrize(("system", "stream"), STREAMS, ids="/".join)
def test_every_exported_record_is_in_the_truth(system: str, stream: str) -> None:
    """The ids of each export file are those of the truth, no more and no fewer; a number typed twice stands as number#2."""
    table = (
        "documents.csv"
        if any(one["stream"] == stream and one["system"] == system for one in rows(TRUTH / "documents.csv"))
        else "parties.csv"
    )
    known = Counter(
        one["record_id"].partition("#2")[0]
        for one in rows(TRUTH / table)
        if (one["system"], one["stream"]) == (system, stream)
    )

    assert ids_in_exports(system, stream) == known


def test_the_totals_count_the_truth_and_its_size_is_as_asked() -> None:
    """About 2,500 parties and 6,000 documents; the totals are the sums over the tables."""
    parties, documents = rows(TRUTH / "parties.csv"), rows(TRUTH / "documents.csv")
    counts = Counter((one["system"], one["stream"]) for one in [*parties, *documents])

    assert {(one["system"], one["stream"]): int(one["records"]) for one in rows(TRUTH / "totals.csv")} == counts
    assert 2_300 <= len(parties) <= 2_800
    assert 5_500 <= len(documents) <= 6_600


@pytest.mark.parametrize(("name", "stream"), [("Invoice", "invoices"), ("Bill", "bills"), ("Payment", "payments")])
def test_a_report_ends_in_the_sum_of_its_rows(name: str, stream: str) -> None:
    """The total line of each ledger report is the sum of the truth, credit memos included."""
    lines = rows(EXPORTS / "ledger" / f"Harbor & Pine LLC_{name} List.csv", skip=4)
    [total] = [one["Amount"] for one in lines if one["Date"] == "TOTAL"]
    streams = {stream, "credit_memos"} if stream == "invoices" else {stream}
    known = sum(
        int(one["amount_minor"])
        for one in rows(TRUTH / "documents.csv")
        if one["system"] == "ledger" and one["stream"] in streams
    )

    assert round(float(total.replace("$", "").replace(",", "")) * 100) == known


def test_volumes_count_every_item_once(handoffs: list[dict[str, str]]) -> None:
    """What leaves a source is found, missing or waiting, and its month counts it (full months only)."""
    months = [(one["handoff_id"], one["event_on"][:7]) for one in handoffs if one["record_id_l"]]
    counted = Counter(month for month in months if month[1] <= "2026-09")

    assert {
        (one["handoff_id"], one["month"]): int(one["count"]) for one in rows(TRUTH / "volumes.csv") if one["count"] != "0"
    } == counted


def test_no_document_has_two_counterparts(handoffs: list[dict[str, str]]) -> None:
    """A source and a target occur at most once in a handoff."""
    for side in ("l", "r"):
        used = Counter(
            (one["handoff_id"], one[f"system_{side}"], one[f"record_id_{side}"])
            for one in handoffs
            if one[f"record_id_{side}"]
        )
        assert max(used.values()) == 1


def test_every_won_deal_order_charge_and_bill_is_accounted_for(
    handoffs: list[dict[str, str]], documents: dict[tuple[str, str, str], dict[str, str]]
) -> None:
    """Each handoff lists all items of its source; of deals those that were won."""
    deals = rows(EXPORTS / "crm/hubspot-crm-exports-all-deals-2026-10-05.csv")
    won = {one["Record ID"] for one in deals if one["Deal Stage"] == "Closed Won"}
    expected = {
        "deal_to_invoice": won,
        "deal_to_project": won,
        "deal_to_ticket": won,
        **{
            handoff_id: {key[2] for key in documents if key[:2] == source}
            for handoff_id, source in (
                ("order_to_invoice", ("shop", "orders")),
                ("order_to_payment", ("shop", "orders")),
                ("stripe_to_ledger", ("payments", "payments")),
                ("project_to_site_log", ("projects", "projects")),
                ("bill_to_bank", ("ledger", "bills")),
            )
        },
    }

    for handoff_id, ids in expected.items():
        assert {one["record_id_l"] for one in handoffs if one["handoff_id"] == handoff_id and one["record_id_l"]} == ids, (
            handoff_id
        )


def test_missing_ones_are_clearly_late_and_waiting_ones_clearly_not(handoffs: list[dict[str, str]]) -> None:
    """Nobody has to argue about a day at the edge of a grace window; a bill that is still open waits, however old."""
    for one in handoffs:
        age = (AS_OF - date.fromisoformat(one["event_on"])).days
        if one["status"] == "missing":
            assert age >= GRACE_DAYS[one["handoff_id"]] + 3
        if one["status"] == "waiting" and one["handoff_id"] != "bill_to_bank":
            assert age <= GRACE_DAYS[one["handoff_id"]] - 2


def test_a_lag_is_the_difference_of_two_dates(
    handoffs: list[dict[str, str]], documents: dict[tuple[str, str, str], dict[str, str]]
) -> None:
    """Days in the truth are the days between the documents; no target comes before its source."""
    for one in handoffs:
        if one["status"] != "found":
            continue
        source, target = (documents[one[f"system_{side}"], one[f"stream_{side}"], one[f"record_id_{side}"]] for side in "lr")
        assert date.fromisoformat(source["on"]) + timedelta(days=int(one["lag_days"])) == date.fromisoformat(target["on"])
        assert int(one["lag_days"]) >= 0


def test_lags_in_minutes_are_those_of_the_exports(handoffs: list[dict[str, str]]) -> None:
    """The shop writes its offset, the payment provider UTC: the minutes hold across a change of the clocks."""
    ordered = {
        one["Name"]: datetime.strptime(one["Created at"], "%Y-%m-%d %H:%M:%S %z")
        for one in rows(EXPORTS / "shop/orders_export_1.csv")
    }
    charges = rows(EXPORTS / "payments/unified_payments.csv")
    paid = {one["id"]: datetime.fromisoformat(f"{one['Created date (UTC)']}+00:00") for one in charges}
    found = [one for one in handoffs if one["handoff_id"] == "order_to_payment" and one["status"] == "found"]

    for one in found:
        minutes = (paid[one["record_id_r"]] - ordered[one["record_id_l"]]).total_seconds() / 60
        assert minutes == pytest.approx(float(one["lag_minutes"]), abs=0.001)


def test_amounts_differ_exactly_where_an_amount_error_was_planted(
    handoffs: list[dict[str, str]], documents: dict[tuple[str, str, str], dict[str, str]]
) -> None:
    """A found counterpart has its source's amount, but for the planted errors (a ticket has none; money out is negative)."""
    for one in handoffs:
        if one["status"] != "found" or one["handoff_id"] == "deal_to_ticket":
            continue
        source, target = (
            abs(int(documents[one[f"system_{side}"], one[f"stream_{side}"], one[f"record_id_{side}"]]["amount_minor"]))
            for side in "lr"
        )
        assert (source != target) == (one["error_kind"] in {"transposed", "factor", "tax_missed", "fee"}), one
        if one["error_kind"] == "factor":
            assert {source, target} in ({source, source * 10}, {target, target * 10})


@pytest.mark.parametrize("handoff_id", sorted(set(GRACE_DAYS)))
def test_each_handoff_has_gaps_and_errors_to_find(handoffs: list[dict[str, str]], handoff_id: str) -> None:
    """Every handoff has at least four missing items and six errors: enough to measure, few enough to be real.

    Of bills those that nobody pays are open beyond their time: the ledger says so, and they are not missing.
    """
    own = [one for one in handoffs if one["handoff_id"] == handoff_id]
    found = sum(one["status"] == "found" for one in own)
    errors = sum(one["is_error"] == "true" for one in own)

    late = [one for one in own if (AS_OF - date.fromisoformat(one["event_on"])).days > GRACE_DAYS[handoff_id]]
    gap = "waiting" if handoff_id == "bill_to_bank" else "missing"
    assert sum(one["status"] == gap for one in late) >= 4
    assert 6 <= errors <= 0.08 * found


def test_lookalikes_are_different_entities_with_records() -> None:
    """The hard negatives are there: relatives, branches, households, namesakes, and each of both has records."""
    entities = {one["entity_id"] for one in rows(TRUTH / "parties.csv")}
    lookalikes = rows(TRUTH / "lookalikes.csv")

    assert {one["kind"] for one in lookalikes} == {
        "branch",
        "household",
        "landlord_tenant",
        "parent_subsidiary",
        "same_name",
        "sister_company",
    }
    assert all(
        one["entity_id_l"] != one["entity_id_r"] and {one["entity_id_l"], one["entity_id_r"]} <= entities
        for one in lookalikes
    )


def test_there_are_duplicates_and_links_to_find() -> None:
    """Every large party list has duplicates, and systems share parties."""
    parties = rows(TRUTH / "parties.csv")
    within = Counter((one["system"], one["stream"], one["entity_id"]) for one in parties)
    duplicated = Counter(key[:2] for key, count in within.items() if count > 1)
    systems: dict[str, set[str]] = {}
    for one in parties:
        systems.setdefault(one["entity_id"], set()).add(one["system"])

    assert set(duplicated) >= {
        ("crm", "companies"),
        ("crm", "contacts"),
        ("ledger", "customers"),
        ("shop", "customers"),
        ("payments", "customers"),
    }
    assert sum(duplicated.values()) >= 70
    assert sum(len(found) > 1 for found in systems.values()) >= 600


def test_planted_errors_stand_in_known_records(documents: dict[tuple[str, str, str], dict[str, str]]) -> None:
    """Every planted error names a record of the truth and a value that is not the right one."""
    known = {(one["system"], one["stream"], one["record_id"]) for one in rows(TRUTH / "parties.csv")} | set(documents)

    for one in rows(TRUTH / "errors.csv"):
        assert (one["system"], one["stream"], one["record_id"]) in known
        assert one["value"] != one["right_value"]


def test_statement_lines_are_numbered_in_order() -> None:
    """The bank's ids rise with the date and are unique, as a bank's are."""
    ids = sorted(ids_in_exports("bank", "transactions"))

    assert all(left < right for left, right in pairwise(ids))
