"""Salesforce, merged: an envelope of SOAP for each pair, both kept whole before, and what it says read again."""

import json
from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, sent
from toolkit.apply.running import JobOutcome
from toolkit.changes import Child, operation
from toolkit.changes.operation import field_hash
from toolkit.connectors.salesforce import CONNECTOR
from toolkit.rest.soap import soap_text

HOME, DOOR = "/services/data/v66.0", "/services/Soap/u/66.0"
PLACES = {"instance_url": "https://harbor.my.salesforce.com"}
SINCE = "2026-02-01T09:00:00.000+0000"
GOES, STAYS, CHILD, ELSEWHERE = "001GOES", "001STAYS", "003CHILD", "001OTHER"
PARTNER, SOBJECT = "urn:partner.soap.sforce.com", "urn:sobject.partner.soap.sforce.com"
BEFORE = {"name": "Acme", "phone": "555"}
MERGE = operation(
    "merge", "sys", "accounts", target_id=GOES, before=BEFORE, after={"merged_into": STAYS},
    precondition=field_hash(BEFORE), reversibility="R2", children=(Child(f"sys/contacts/{CHILD}", "parent_ref"),),
)  # fmt: skip


def envelope(body: Any, status: int = 200) -> Given:
    """Return an answer in an envelope."""
    return Given(soap_text(json.dumps({"Body": body})).encode(), status, kind="text/xml")


def fault(code: str) -> Given:
    """Return that a request was refused as a whole."""
    return envelope({"Fault": {"faultcode": f"sf:{code}", "faultstring": f"{code}: no"}}, 500)


def refused(code: str, message: str) -> Given:
    """Return that a merge was refused."""
    result = {"errors": {"message": message, "statusCode": code}, "success": "false"}
    return envelope({"mergeResponse": {"@xmlns": PARTNER, "result": result}})


class Org:
    """Two accounts and a contact; ``refusals`` are answered instead of merging, with ``is_lost`` behind it.

    ``moves`` says whether contacts go along, ``master`` who the master is that the deleted record names.
    """

    def __init__(self, *refusals: Given, is_lost: bool = False, moves: bool = True, master: str = STAYS) -> None:
        self.refusals = list(refusals)
        self.is_lost, self.moves, self.master = is_lost, moves, master
        self.merges = 0
        self.gone: dict[str, str | None] = {}
        self.rows: dict[str, dict[str, Any]] = {
            GOES: {"Id": GOES, "Name": "Acme", "Phone": "555", "LastModifiedDate": SINCE},
            STAYS: {"Id": STAYS, "Name": "Acme Ltd", "Phone": None, "LastModifiedDate": SINCE},
            CHILD: {"Id": CHILD, "LastName": "Lee", "AccountId": GOES, "LastModifiedDate": SINCE},
        }

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        if asked.path == DOOR:
            return self.merged()
        parts = asked.path.removeprefix(HOME).strip("/").split("/")
        if parts[0] in {"query", "queryAll"}:
            return self.found(asked.query["q"], has_gone=parts[0] == "queryAll")
        row = self.rows.get(parts[2])
        gone = [{"message": "entity is deleted", "errorCode": "ENTITY_IS_DELETED"}]
        if asked.method == "PATCH" and row is not None:
            row |= asked.json
            return Given(b"", 204)
        return Given(gone, 404) if row is None else Given(row)

    def found(self, query: str, *, has_gone: bool) -> Given:
        """Answer a query: of deleted records, of histories and of children."""
        if "AccountHistory" in query:
            return Given([{"message": "sObject type 'AccountHistory' is not supported.", "errorCode": "INVALID_TYPE"}], 400)
        records: list[Any] = []
        if has_gone and GOES in query and GOES in self.gone:
            records = [{"Id": GOES, "IsDeleted": True, "MasterRecordId": self.gone[GOES]}]
        if "FROM Contact" in query:
            records = [{"Id": CHILD}]
        return Given({"totalSize": len(records), "done": True, "records": records})

    def merged(self) -> Given:
        """Merge the one into the other."""
        if self.refusals:
            return self.refusals.pop(0)
        self.merges += 1
        self.rows.pop(GOES)
        self.gone[GOES] = self.master
        if self.moves:
            self.rows[CHILD]["AccountId"] = STAYS
        result = {"id": STAYS, "mergedRecordIds": GOES, "success": "true", "updatedRelatedIds": CHILD}
        answer = envelope({"mergeResponse": {"@xmlns": PARTNER, "result": result}})
        return Given(answer.body, cut=20, kind=answer.kind) if self.is_lost else answer


def run(org: Org, *, is_dry_run: bool = False) -> tuple[JobOutcome, Vendor, dict[str, Any]]:
    """Return how the merge ended, what was sent, and what was kept before."""
    vendor, kept = Vendor(org), {}
    outcome = sent(
        CONNECTOR, vendor, [MERGE], PLACES, is_dry_run=is_dry_run,
        keep=lambda op_id, records: kept.update({op_id: dict(records)}),
    )  # fmt: skip
    return outcome, vendor, kept


def test_two_accounts_are_merged_by_an_envelope_to_the_host() -> None:
    """The master and the one that goes, each by its id; nothing else of them is sent."""
    org = Org()
    outcome, vendor, _ = run(org)

    assert outcome.counts == {"confirmed": 1}
    [(method, path, body)] = vendor.changes
    assert (method, path) == ("POST", DOOR)
    record = {"type": {"@xmlns": SOBJECT, "#text": "Account"}, "Id": {"@xmlns": SOBJECT, "#text": STAYS}}
    assert body["Body"] == {"merge": {"@xmlns": PARTNER, "request": {"masterRecord": record, "recordToMergeIds": GOES}}}
    assert vendor.headers[0]["soapaction"] == '""'
    assert "authorization" not in vendor.headers[0]
    assert org.rows[CHILD]["AccountId"] == STAYS


def test_both_records_and_what_hangs_on_the_one_that_goes_are_kept_before() -> None:
    """Of a history that the client does not keep it is said that there is none."""
    _, _, kept = run(Org())
    found = kept[MERGE.op_id]

    assert found[GOES]["Name"] == "Acme"
    assert found[STAYS]["Name"] == "Acme Ltd"
    said = {name: one for name, one in found.items() if name not in {GOES, STAYS}}
    assert next(one for name, one in said.items() if "Contact" in name)["records"] == [{"Id": CHILD}]
    assert "not part of the client's plan" in next(one for name, one in said.items() if "History" in name)["not offered"]


def test_a_rehearsal_sends_no_envelope() -> None:
    """It reads both records."""
    outcome, vendor, kept = run(Org(), is_dry_run=True)

    assert (outcome.counts, vendor.changes, kept) == ({"not_applied": 1}, [], {})


def test_a_merge_whose_answer_was_lost_is_found_by_the_master_that_the_deleted_record_names() -> None:
    """It is not sent again."""
    org = Org(is_lost=True)
    outcome, vendor, _ = run(org)

    assert (outcome.counts, org.merges, len(vendor.changes)) == ({"confirmed": 1}, 1, 1)
    assert outcome.steps[MERGE.op_id].reason == "It was found done."


def test_f49_another_master_than_planned_is_said_with_its_id() -> None:
    """The record that is gone names it, whatever the answer said."""
    outcome, _, _ = run(Org(master=ELSEWHERE))
    step = outcome.steps[MERGE.op_id]

    assert outcome.counts == {"differs": 1}
    assert (step.reason, step.record_id) == (f"It was merged into {ELSEWHERE}, which was not planned.", ELSEWHERE)


def test_a_record_that_somebody_merged_elsewhere_is_left_alone() -> None:
    """In the product, before the job came to it."""
    org = Org()
    org.rows.pop(GOES)
    org.gone[GOES] = ELSEWHERE
    outcome, vendor, _ = run(org)

    assert (outcome.counts, vendor.changes) == ({"conflict": 1}, [])
    assert outcome.steps[MERGE.op_id].reason == f"Somebody else merged it into {ELSEWHERE}."


def test_a_record_that_was_deleted_and_not_merged_is_gone() -> None:
    """It names no master."""
    org = Org()
    org.rows.pop(GOES)
    org.gone[GOES] = None
    outcome, _, _ = run(org)

    assert (outcome.counts, outcome.steps[MERGE.op_id].reason) == ({"conflict": 1}, "The record is gone.")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refused("INVALID_OPERATION", "invalid merge: the account hierarchy would form a circle"), "account hierarchy"),
        (fault("INSUFFICIENT_ACCESS"), "INSUFFICIENT_ACCESS: no"),
        (fault("MALFORMED_ID"), "MALFORMED_ID: no"),
    ],
)
def test_f50_a_merge_that_salesforce_refuses_says_why_and_leaves_both_as_they_were(answer: Given, words: str) -> None:
    """Within an answer of success, or as a fault of the whole request."""
    org = Org(answer)
    outcome, _, _ = run(org)

    assert outcome.counts == {"rejected": 1}
    assert words in str(outcome.steps[MERGE.op_id].reason)
    assert {GOES, STAYS} <= {*org.rows}


@pytest.mark.parametrize("answer", [fault("UNABLE_TO_LOCK_ROW"), refused("UNABLE_TO_LOCK_ROW", "unable to lock row")])
def test_a_row_that_somebody_holds_is_asked_for_again(answer: Given) -> None:
    """It passes."""
    org = Org(answer)
    outcome, vendor, _ = run(org)

    assert (outcome.counts, org.merges, len(vendor.changes)) == ({"confirmed": 1}, 1, 2)


@pytest.mark.parametrize("answer", [fault("UNKNOWN_EXCEPTION"), Given(b"<html>down</html>", 503, kind="text/html")])
def test_what_broke_off_is_looked_for_and_sent_again_where_nothing_happened(answer: Given) -> None:
    """Both records stand: it was not done."""
    org = Org(answer)
    outcome, _, _ = run(org)

    assert (outcome.counts, org.merges) == ({"confirmed": 1}, 1)


def test_a_session_that_has_ended_is_no_refusal_of_the_merge() -> None:
    """The job stops for signing in again, and goes on from there."""
    outcome, _, _ = run(Org(fault("INVALID_SESSION_ID")))

    assert (outcome.counts, outcome.is_paused) == ({"not_applied": 1}, True)
    assert "does not accept the credentials" in outcome.stopped


def test_a_contact_that_was_not_moved_is_counted() -> None:
    """What was planned to move is read again, one by one."""
    outcome, _, _ = run(Org(moves=False))

    assert outcome.counts == {"differs": 1}
    assert "1 of 1 records that referred to it" in str(outcome.steps[MERGE.op_id].reason)


def test_an_id_that_would_end_a_query_is_named_in_none() -> None:
    """What hangs on it cannot be asked for, so that nothing is merged."""
    odd = "001' OR Name != '"
    org = Org()
    org.rows[odd] = {**org.rows[GOES], "Id": odd}
    change = operation(
        "merge", "sys", "accounts", target_id=odd, before=BEFORE, after={"merged_into": STAYS},
        precondition=field_hash(BEFORE), reversibility="R2",
    )  # fmt: skip
    vendor = Vendor(org)
    outcome = sent(CONNECTOR, vendor, [change], PLACES)

    assert (outcome.counts, vendor.changes) == ({"rejected": 1}, [])
