"""References, at the bound between a missing record and a missing list."""

import pytest

from tests.quality_records import by_stream, checked, failing, outcomes, stream_table
from toolkit.quality.check import Check
from toolkit.quality.checks import account_reference, party_reference, record_reference
from toolkit.tables import DOCUMENT_LINE

PARTIES = stream_table("party", [{"record_id": "1", "name": "Acme"}])
DEALS = stream_table("deal", [{"record_id": "1", "name": "Roof"}])
ACCOUNTS = stream_table("account", [{"code": "4000", "name": "Sales"}])


@pytest.mark.parametrize(
    ("check", "column"),
    [(party_reference.CHECK, "party_ref"), (record_reference.CHECK, "deal_ref"), (account_reference.CHECK, "gl_code")],
    ids=["party", "deal", "account"],
)
@pytest.mark.parametrize(
    ("unknown", "known", "found"), [(19, 0, 19), (20, 0, 0), (21, 0, 0), (19, 1, 0), (11, 10, 0), (10, 10, 10)]
)
def test_twenty_references_of_which_most_are_not_found_want_their_list(
    check: Check, column: str, unknown: int, known: int, found: int
) -> None:
    """Another list was sent, which names some of them; half that are found show that it was theirs."""
    rows = [{column: f"x{place}"} for place in range(unknown)] + [{column: "4000" if column == "gl_code" else "1"}] * known

    assert len(failing(check, PARTIES, DEALS, ACCOUNTS, stream_table("invoice", rows))) == found


def test_a_closed_account_shows_that_the_chart_was_sent() -> None:
    """Twenty bookings to it are twenty findings, and so are unknown accounts beside them."""
    chart = stream_table("account", [{"code": "4000", "name": "Old", "is_active": False}])
    bills = stream_table("bill", [{"gl_code": "4000"}] * 19 + [{"gl_code": "9"}])

    [one] = outcomes(account_reference.CHECK, by_stream(chart, bills))

    assert one.failing["reason"].to_pylist()[-2:] == [
        "This ledger account is no longer in use.",
        "The chart of accounts does not list this ledger account.",
    ]


@pytest.mark.parametrize(
    ("written", "is_found"),
    [("4000", True), ("4000.0", True), ("4000 Sales", True), ("Income:Sales", True), (" sales ", True), ("x 4000", False),
     ("4000:x", False), ("sales 4000", False)],
)  # fmt: skip
def test_an_account_is_found_as_systems_write_it(written: str, is_found: bool) -> None:  # noqa: FBT001
    """By code, code and name, last part of the path; not by a code that stands elsewhere."""
    bills = stream_table("bill", [{"gl_code": written}])

    assert (failing(account_reference.CHECK, ACCOUNTS, bills) == []) is is_found


def test_the_chart_of_another_system_serves_where_it_is_the_only_one() -> None:
    """With two charts, a system without one is not judged."""
    bills = stream_table("bill", [{"gl_code": "9"}], system="shop")
    other = stream_table("account", [{"code": "1", "name": "X"}], system="books")

    assert failing(account_reference.CHECK, ACCOUNTS, bills) == ["1"]
    assert failing(account_reference.CHECK, ACCOUNTS, other, bills) == []


def test_lines_are_judged_with_the_documents_they_belong_to() -> None:
    """Those of other streams are not."""
    bills = stream_table("bill", [{"number": "1"}])
    lines = DOCUMENT_LINE.from_rows(
        {"record_key": key, "line_no": 1, "gl_code": "9"} for key in ("ledger/bills/1", "ledger/invoices/1")
    )

    [one] = outcomes(account_reference.CHECK, by_stream(ACCOUNTS, bills), lines=lines)

    assert (one.column, one.checked, one.failing["record_key"].to_pylist()) == ("line_gl_code", 1, ["ledger/bills/1"])


def test_a_line_that_repeats_the_account_of_its_document_is_judged_once() -> None:
    """An interface states the account of a bill on its line, and the bill has it from there."""
    bills = stream_table("bill", [{"gl_code": "9"}])
    lines = DOCUMENT_LINE.from_rows(
        {"record_key": "ledger/bills/1", "line_no": number, "gl_code": code} for number, code in ((1, "9"), (2, "8"))
    )

    found = outcomes(account_reference.CHECK, by_stream(ACCOUNTS, bills), lines=lines)

    assert [(one.column, one.checked) for one in found] == [("gl_code", 1), ("line_gl_code", 1)]


@pytest.mark.parametrize(
    ("written", "found"),
    [("#7", []), ("7,8", []), ("7 and 8", []), ("7 & 8", []), ("7; #8", []), ("7,", ["1"]), ("7, 9", ["1"]), ("78", ["1"]),
     ("7 8", ["1"]), ("sand", ["1"]), ("#", ["1"]), (",", ["1"])],
)  # fmt: skip
def test_a_cell_may_name_several(written: str, found: list[str]) -> None:
    """All of them must be there; a sign in front is none of the number."""
    invoices = stream_table("invoice", [{"number": "7"}, {"number": "8"}])
    payments = stream_table("payment", [{"invoice_ref": written}])

    assert failing(record_reference.CHECK, invoices, payments) == found


def test_a_record_that_is_gone_is_told_from_one_that_never_was() -> None:
    """Deleted and absent ones are gone; a merged one still answers to its name."""
    invoices = stream_table(
        "invoice",
        [
            {"number": "7", "state": "deleted"},
            {"number": "8", "state": "absent"},
            {"number": "9", "merged_into": "x"},
            {"number": "10"},
        ],
    )
    payments = stream_table("payment", [{"invoice_ref": ref} for ref in ("7", "8", "9", "x1")])

    [one] = outcomes(record_reference.CHECK, by_stream(invoices, payments))

    assert ["deleted" in reason for reason in one.failing["reason"].to_pylist()] == [True, True, False]
    assert [row["value"] for row in one.failing.to_pylist()] == ["7", "8", "x1"]


def test_an_invoice_may_be_called_by_its_order_but_not_by_a_payment() -> None:
    """What a column refers to decides where is looked."""
    others = [stream_table(entity, [{"number": entity}]) for entity in ("order", "bill", "credit_note", "invoice", "quote")]
    rows = [{"invoice_ref": entity} for entity in ("order", "bill", "credit_note", "invoice", "quote")]

    assert failing(record_reference.CHECK, *others, stream_table("payment", rows)) == ["5"]


def test_a_person_may_be_called_by_both_names() -> None:
    """And by other ids of the same record; what another system lists does not count."""
    person = {"record_id": "p1", "given_name": "Ann", "family_name": "Roe", "alt_ids": ["A-7"], "kind": "person"}
    invoices = stream_table("invoice", [{"party_ref": ref} for ref in ("ann  roe", "a-7", "Ann", "ledger/partys/p1")])
    elsewhere = stream_table("party", [{"name": "Ann"}], system="crm")

    assert failing(party_reference.CHECK, stream_table("party", [person]), elsewhere, invoices) == ["3"]
    assert checked(party_reference.CHECK, stream_table("party", [person]), elsewhere, invoices) == [4]


def test_a_company_that_was_resolved_is_known() -> None:
    """Whatever was written."""
    contacts = [
        {"name": "A", "parent_ref": "Nobody", "parent_key": "ledger/partys/9"},
        {"name": "B", "parent_ref": "Nobody"},
    ]

    assert failing(record_reference.CHECK, stream_table("party", contacts)) == ["2"]


@pytest.mark.parametrize("flags", [(True, False), (False, True)])
def test_an_account_of_two_entries_is_in_use_where_one_of_them_is(flags: tuple[bool, bool]) -> None:
    """A code that was closed and opened anew may be booked to."""
    chart = stream_table("account", [{"code": "4000", "name": f"Sales {flag}", "is_active": flag} for flag in flags])

    assert failing(account_reference.CHECK, chart, stream_table("bill", [{"gl_code": "4000"}])) == []


def test_records_of_unknown_kind_may_be_companies_but_for_those_of_the_stream_itself() -> None:
    """A list of contacts alone is no list of companies."""
    contacts = stream_table("party", [{"name": "A", "kind": "unknown", "parent_ref": "Z"}], stream="contacts")
    others = stream_table("party", [{"name": "B", "kind": "unknown"}], stream="accounts")

    assert failing(record_reference.CHECK, contacts) == []
    assert failing(record_reference.CHECK, contacts, others) == ["1"]
