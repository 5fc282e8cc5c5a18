"""What is sent to change a record, as the system that is changed reads it, and what else may not be sent."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from toolkit.apply.system import Current
from toolkit.apply.written_body import Meant, read_fields, written_body
from toolkit.changes import operation
from toolkit.changes.operation import Action
from toolkit.connector import Api, Mark, OneCall, Version, WriteCall, WriteField, WriteLines, Writing
from toolkit.errors import RejectedError
from toolkit.rest.allowed_changes import allowed_changes
from toolkit.rest.forms import form_text

CREATE = WriteCall("POST", "/invoice")
UPDATE = WriteCall("POST", "/invoice", body='{"sparse": true}', id_path="Id")
ARCHIVE = WriteCall("POST", "/invoice", body='{"Active": false}', has_fields=False, id_path="Id")
INVOICES = Writing(
    one=OneCall("/query", "POST", body='{"of": "invoice", "ids": [0]}', id_path="ids.0"),
    fields=(
        WriteField("number", "DocNumber"),
        WriteField("currency", "CurrencyRef.value"),
        WriteField("net_minor", "Net", "amount"),
        WriteField("party_ref", "CustomerRef.value"),
        WriteField("issued_on", "TxnDate", "day"),
    ),
    lines=WriteLines(
        "Line",
        (WriteField("description", "Description"), WriteField("amount_minor", "Amount", "amount")),
        '{"DetailType": "SalesItemLineDetail"}',
        (("amount_minor", "net_minor"), ("description", "number")),
    ),
    unsaid=("party_name",),
    id="Id",
    create=CREATE,
    update=UPDATE,
    archive=ARCHIVE,
    archived=("Active", "false"),
    version=Version(path="SyncToken", condition_path="SyncToken"),
    mark=Mark("PrivateNote", "/query", "note"),
)
ALLOWED = allowed_changes(Api("https://a.example"), [INVOICES], {})
VALUES = {"number": "1001", "currency": "USD", "net_minor": "125050", "issued_on": "2026-10-05", "party_name": "Acme"}
HEAD = {"DocNumber": "1001", "CurrencyRef": {"value": "USD"}, "Net": 1250.5, "TxnDate": "2026-10-05"}


def sent(how: WriteCall, after: Mapping[str, str | None], *, action: Action = "create", is_numbered: bool = False) -> Any:
    """Return the body of a change, which a job may send."""
    if action == "create":
        change = operation(action, "ledger", "invoices", natural_key="crm/deals/1", after=after)
        meant = Meant(None, None, "key-1")
    else:
        change = operation(action, "ledger", "invoices", target_id="7", after=after)
        meant = Meant("7", Current({"currency": "USD"}, "3", is_numbered=is_numbered), "key-1")
    body = written_body(change, INVOICES, how, meant)

    assert may_be_sent("POST", "/invoice", body)
    return json.loads(body)


def may_be_sent(method: str, path: str, body: str) -> bool:
    """Return whether a job may send a request."""
    return any(one.is_met(method, path, body.encode()) for one in ALLOWED)


def test_a_new_document_is_sent_with_its_lines_and_our_mark() -> None:
    """Each line beside what stands in every line; what the system works out itself is not sent."""
    lines = {"line.1.description": "Design", "line.1.amount_minor": "100000", "line.2.amount_minor": "25050"}

    assert sent(CREATE, VALUES | lines) == HEAD | {
        "PrivateNote": "key-1",
        "Line": [
            {"DetailType": "SalesItemLineDetail", "Description": "Design", "Amount": 1000},
            {"DetailType": "SalesItemLineDetail", "Amount": 250.5},
        ],
    }


def test_a_new_document_without_lines_gets_one_of_its_whole_amount() -> None:
    """Such systems take none without a line."""
    assert sent(CREATE, VALUES)["Line"] == [
        {"DetailType": "SalesItemLineDetail", "Description": "1001", "Amount": 1250.5}
    ]  # fmt: skip


@pytest.mark.parametrize("version", ["3", 3])
def test_a_change_names_its_record_and_version_and_touches_nothing_else(version: object) -> None:
    """No line is sent: a list of lines would take the place of all that are there."""
    body = sent(UPDATE, {"net_minor": "9"}, action="update", is_numbered=isinstance(version, int))

    assert body == {"sparse": True, "Id": "7", "SyncToken": version, "Net": 0.09}


def test_a_change_without_fields_says_which_record_it_means() -> None:
    """And which version of it."""
    assert sent(ARCHIVE, {"state": "archived"}, action="archive") == {"Active": False, "Id": "7", "SyncToken": "3"}


@pytest.mark.parametrize("after", [{"memo": "x"}, {"line.1.amount_minor": "5"}])
def test_what_nobody_described_is_not_written(after: dict[str, str]) -> None:
    """Neither a column nor a line of a document that is there."""
    change = operation("update", "ledger", "invoices", target_id="7", after=after)

    with pytest.raises(RejectedError, match="Nothing says where"):
        written_body(change, INVOICES, UPDATE, Meant("7", None, "key-1"))


def test_a_record_is_read_as_it_is_written() -> None:
    """With its lines, but for those that the system adds itself."""
    record = HEAD | {
        "Net": "1250.50",
        "CustomerRef": {"value": "7"},
        "Line": [{"Amount": "1000.00", "Description": "Design"}, {"DetailType": "SubTotal"}, {"Amount": 250.5}],
    }

    assert read_fields(record, INVOICES) == {
        "number": "1001",
        "currency": "USD",
        "net_minor": "125050",
        "party_ref": "7",
        "issued_on": "2026-10-05",
        "line.1.description": "Design",
        "line.1.amount_minor": "100000",
        "line.2.description": None,
        "line.2.amount_minor": "25050",
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/invoice", {"sparse": False, "Id": "7", "Net": 1}),
        ("/invoice", {"sparse": True, "Id": "7", "Balance": 0}),
        ("/invoice", {"sparse": True, "Id": "7", "Net": {"$gt": 0}}),
        ("/invoice", {"sparse": True, "Id": ["7"]}),
        ("/invoice", {"Active": True, "Id": "7"}),
        ("/invoice", {"Line": [{"DetailType": "SalesItemLineDetail", "TaxInclusive": 1}]}),
        ("/invoice", {"Line": [{"DetailType": "DiscountLineDetail", "Amount": 1}]}),
        ("/invoice", {"Line": {"DetailType": "SalesItemLineDetail"}}),
        ("/query", {"of": "company", "ids": [7]}),
        ("/query", {"of": "invoice", "ids": [7, 8]}),
        ("/payment", {"sparse": True, "Id": "7"}),
    ],
)
def test_nothing_else_is_ever_sent(path: str, body: object) -> None:
    """Whatever made the request: it is held against what is described."""
    assert may_be_sent("POST", "/query", '{"of": "invoice", "ids": [7]}')
    assert not may_be_sent("POST", path, json.dumps(body))


def test_a_web_form_is_held_against_what_is_described_too() -> None:
    """Its values are texts, and what stands inside another is named in brackets."""
    writing = Writing(
        one=OneCall("/customers/{id}"),
        fields=(WriteField("name", "name"), WriteField("note", "metadata.note")),
        update=WriteCall("POST", "/customers/{id}", body='{"livemode": true}'),
        body_form="form",
    )
    allowed = allowed_changes(Api("https://a.example"), [writing], {})

    def is_allowed(body: object) -> bool:
        text = form_text(json.dumps(body)).encode()
        return any(one.is_met("POST", "/customers/c1", text) for one in allowed)

    assert is_allowed({"livemode": True, "name": "Acme & Co", "metadata": {"note": None}})
    assert not is_allowed({"livemode": True, "source": "x"})
    assert not is_allowed({"livemode": False, "name": "Acme"})
    assert not any(one.is_met("POST", "/customers/c1", b"name") for one in allowed)
