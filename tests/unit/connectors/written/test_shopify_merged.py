"""Shopify, merged: what the shop says beforehand decides, the work behind the answer is waited for, the end is read."""

import re
from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.apply.test_job import LIMITS
from tests.unit.connectors.written.exchanges import Vendor, changed, sent
from toolkit.apply.running import JobLimits, JobOutcome
from toolkit.changes import Child, Operation, operation
from toolkit.changes.operation import field_hash
from toolkit.connectors.shopify import CONNECTOR

PLACES = {"shop": "harbor"}
GOES, STAYS, ORDER = "7", "8", "450"
GID = "gid://shopify/Customer/"
JOB = "gid://shopify/Job/ab22"
BEFORE = {"name": "Ann Lee", "email": "ann@acme.example"}
MERGE = operation(
    "merge", "sys", "customers", target_id=GOES, before=BEFORE, after={"merged_into": STAYS},
    precondition=field_hash(BEFORE), reversibility="R3", children=(Child(f"sys/orders/{ORDER}", "party_ref"),),
)  # fmt: skip
PHONE = operation(
    "update", "sys", "customers", target_id=STAYS, before={"phone": None}, after={"phone": "+13125550100"},
    precondition=field_hash({"phone": None}), depends_on=(MERGE.op_id,),
)  # fmt: skip


def customer(number: str, email: str | None) -> dict[str, Any]:
    """Return a customer as the shop writes one."""
    return {
        "legacyResourceId": number, "firstName": "Ann", "lastName": "Lee", "tags": [], "defaultPhoneNumber": None,
        "defaultEmailAddress": email and {"emailAddress": email}, "defaultAddress": None,
    }  # fmt: skip


class Shop:
    """Two customers and an order.

    ``errors`` is what the shop says beforehand against the merge, ``blocking`` what would be too long, ``prefers`` which
    customer it would keep whatever is asked; ``states`` are what it says of the work, one after the other; ``fails`` gives
    the work up, with ``keeps_other`` the wrong one stays in the end.
    """

    def __init__(
        self,
        *states: str,
        errors: list[dict[str, Any]] | None = None,
        blocking: dict[str, Any] | None = None,
        prefers: str = "",
        keeps_other: bool = False,
        has_mail: bool = True,
    ) -> None:
        self.states = list(states) or ["COMPLETED"]
        self.errors, self.blocking, self.prefers, self.keeps_other = errors, blocking, prefers, keeps_other
        self.customers: dict[str, dict[str, Any]] = {
            GOES: customer(GOES, "ann@acme.example"),
            STAYS: customer(STAYS, "lee@acme.example" if has_mail else None),
        }
        self.order: dict[str, Any] = {"legacyResourceId": ORDER, "customer": {"legacyResourceId": GOES}}
        self.previews: list[Any] = []
        self.polls = 0

    def __call__(self, asked: Asked) -> Given:
        """Answer a document."""
        document, said = asked.json["query"], asked.json["variables"]
        name = re.split(r"[{(]", document.partition("{")[2])[0]
        if name == "customer":
            return Given({"data": {"customer": self.customers.get(said["id"].rpartition("/")[2])}})
        if name == "order":
            return Given({"data": {"order": self.order}})
        if name == "customerUpdate":
            record = self.customers[said["input"]["id"].rpartition("/")[2]]
            record["defaultPhoneNumber"] = {"phoneNumber": said["input"]["phone"]}
            return Given({"data": {name: {"customer": record, "userErrors": []}}})
        return Given({"data": {name: getattr(self, name)(said)}})

    def kept(self, said: Any) -> str:
        """Return which customer stays, by the shop's own rules."""
        keeps = (said.get("overrideFields") or {}).get("customerIdOfEmailToKeep")
        one, two = (said[name].removeprefix(GID) for name in ("customerOneId", "customerTwoId"))
        has_mail = [number for number in (one, two) if self.customers[number]["defaultEmailAddress"]]
        return self.prefers or (keeps or "").removeprefix(GID) or (has_mail[0] if len(has_mail) == 1 else two)

    def customerMergePreview(self, said: Any) -> Any:  # noqa: N802  # the vendor's name
        """Say what a merge would do."""
        self.previews.append(said)
        left = {"displayName": "Ann Lee", "email": {"emailAddress": "lee@acme.example"}, "phoneNumber": None,
                "orderCount": "3", "giftCardCount": "0"}  # fmt: skip
        return {
            "resultingCustomerId": GID + self.kept(said),
            "defaultFields": left,
            "blockingFields": self.blocking,
            "customerMergeErrors": self.errors,
        }

    def customerMerge(self, said: Any) -> Any:  # noqa: N802  # the vendor's name
        """Begin a merge."""
        stays = GOES if self.keeps_other else self.kept(said)
        return {"job": {"id": JOB, "done": False}, "resultingCustomerId": GID + stays, "userErrors": []}

    def customerMergeJobStatus(self, said: Any) -> Any:  # noqa: N802  # the vendor's name
        """Say how far a merge is; it has its effect when it has ended."""
        assert said == {"jobId": JOB}
        self.polls += 1
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        stays, goes = (GOES, STAYS) if self.keeps_other else (STAYS, GOES)
        why = [{"errorFields": ["GIFT_CARDS"], "message": "Customer has gift cards"}] if state == "FAILED" else []
        if state == "COMPLETED":
            self.customers.pop(goes, None)
            self.order["customer"] = {"legacyResourceId": stays}
        return {"status": state, "resultingCustomerId": GID + stays, "customerMergeErrors": why}


def run(
    shop: Shop, *changes: Operation, is_dry_run: bool = False, limits: JobLimits = LIMITS
) -> tuple[JobOutcome, list[Any], dict[str, Any]]:
    """Return how a job ended, the documents that changed something, and what was kept before."""
    vendor, kept = Vendor(shop), {}
    outcome = sent(
        CONNECTOR, vendor, changes or (MERGE, PHONE), PLACES, is_dry_run=is_dry_run, limits=limits,
        keep=lambda op_id, records: kept.update({op_id: dict(records)}),
    )  # fmt: skip
    return outcome, [body for _, _, body in vendor.changes], kept


def test_two_customers_are_merged_after_the_shop_was_asked_who_would_stay() -> None:
    """Whose address is to be kept decides it, so it is said: in the question and in the merge."""
    shop = Shop("REQUESTED", "IN_PROGRESS", "COMPLETED")
    outcome, sent_documents, kept = run(shop)

    named = {
        "customerOneId": GID + GOES,
        "customerTwoId": GID + STAYS,
        "overrideFields": {"customerIdOfEmailToKeep": GID + STAYS},
    }
    assert outcome.counts == {"confirmed": 2}
    assert (sent_documents[0]["variables"], shop.previews[0], shop.polls) == (named, named, 3)
    assert {GOES, STAYS} <= {*kept[MERGE.op_id]}
    assert shop.order["customer"]["legacyResourceId"] == STAYS
    assert outcome.steps[MERGE.op_id].record_id == STAYS


def test_a_rehearsal_says_what_the_shop_says_and_merges_nothing() -> None:
    """Who stays, under which name and address, with how many orders."""
    shop = Shop()
    outcome, sent_documents, kept = run(shop, is_dry_run=True)

    assert (sent_documents, kept, shop.polls) == ([], {}, 0)
    assert outcome.steps[MERGE.op_id].reason == (
        "The system says beforehand that 8 stays, as Ann Lee, mail lee@acme.example, orders 3."
    )


@pytest.mark.parametrize(
    ("shop", "words"),
    [
        (Shop(errors=[{"errorFields": ["SUBSCRIPTIONS"], "message": "Customer has active subscriptions"}]), "subscriptions"),
        (
            Shop(errors=[{"errorFields": ["GIFT_CARDS"], "message": "Customer has gift cards"}]),
            "GIFT_CARDS: Customer has gift",
        ),
        (Shop(errors=[{"errorFields": ["COMPANY_CONTACT"], "message": "Customer is a company contact"}]), "company contact"),
        (Shop(blocking={"note": "n" * 6000, "tags": []}), "the notes of both are too long"),
        (Shop(blocking={"note": None, "tags": ["a"] * 251}), "more tags than one customer may have"),
        (Shop(prefers=GOES), "The system would keep 7, and 8 was planned to stay."),
    ],
)
@pytest.mark.parametrize("is_dry_run", [True, False])
def test_f50_what_the_shop_blocks_is_left_out_with_its_reason(shop: Shop, words: str, *, is_dry_run: bool) -> None:
    """Nothing is sent for it, what waits for it is held back, and the job goes on: it was said beforehand."""
    other = changed("update", "customers", STAYS, {"given_name": "Ann"}, {"given_name": "Ann"})
    outcome, sent_documents, _ = run(shop, MERGE, PHONE, other, is_dry_run=is_dry_run, limits=JobLimits(canary=5))

    assert outcome.counts == {"held_back": 1, "noop_already": 1, "rejected": 1}
    assert (outcome.stopped, sent_documents) == ("", [])
    reason = str(outcome.steps[MERGE.op_id].reason)
    assert words in reason
    assert len(reason) < 300
    assert {*shop.customers} == {GOES, STAYS}


def test_a_customer_without_an_address_has_none_to_keep() -> None:
    """Nothing is said of addresses then, and the shop keeps the other one: it is not merged against its rule."""
    shop = Shop(has_mail=False)
    outcome, sent_documents, _ = run(shop)

    assert "overrideFields" not in shop.previews[0]
    assert (outcome.counts, sent_documents) == ({"held_back": 1, "rejected": 1}, [])
    assert "would keep 7" in str(outcome.steps[MERGE.op_id].reason)


def test_a_merge_that_the_shop_gives_up_is_refused_with_its_reason() -> None:
    """Both are as they were."""
    shop = Shop("IN_PROGRESS", "FAILED")
    outcome, _, _ = run(shop)

    assert outcome.counts == {"held_back": 1, "rejected": 1}
    assert "gave it up (FAILED): GIFT_CARDS: Customer has gift cards" in str(outcome.steps[MERGE.op_id].reason)
    assert {*shop.customers} == {GOES, STAYS}


def test_f08_a_merge_that_goes_on_is_not_sent_again() -> None:
    """The job stops, and goes on when the shop has ended it: while it merges them it says so to whoever asks."""
    shop = Shop("IN_PROGRESS")
    asked: list[Any] = []
    preview = shop.customerMergePreview

    def busy(said: Any) -> Any:
        asked.append(said)
        if len(asked) > 1:
            shop.errors = [{"errorFields": ["MERGE_IN_PROGRESS"], "message": "Merge in progress"}]
        return preview(said)

    shop.customerMergePreview = busy  # type: ignore[method-assign]  # the shop answers otherwise the second time
    outcome, sent_documents, _ = run(shop)

    assert (outcome.is_paused, len(sent_documents)) == (True, 1)
    assert "is merging 7 or 8 already" in outcome.stopped
    assert outcome.steps[MERGE.op_id].state == "uncertain"


@pytest.mark.parametrize("name", ["customerMerge", "customerMergeJobStatus"])
def test_a_merge_of_which_the_shop_says_no_more_is_looked_for(name: str) -> None:
    """Its work has no name, or nobody answers how far it is: both customers are there, so that it is sent again."""
    shop = Shop()
    begin, ask = shop.customerMerge, shop.customerMergeJobStatus
    merges: list[Any] = []

    def begun(said: Any) -> Any:
        merges.append(said)
        return {**begin(said), "job": None} if name == "customerMerge" and len(merges) == 1 else begin(said)

    def asked(said: Any) -> Any:
        if name != "customerMerge" and len(merges) == 1:
            raise ConnectionAbortedError
        return ask(said)

    shop.customerMerge, shop.customerMergeJobStatus = begun, asked  # type: ignore[method-assign]  # it says less at first
    outcome, _, _ = run(shop)

    assert (outcome.counts, len(merges)) == ({"confirmed": 2}, 2)


def test_f49_another_customer_than_planned_stays_in_the_end() -> None:
    """The work says which: the journal has that id, and what depends on it is held back."""
    outcome, _, _ = run(Shop("IN_PROGRESS", "COMPLETED", keeps_other=True))
    step = outcome.steps[MERGE.op_id]

    assert outcome.counts == {"differs": 1, "held_back": 1}
    assert (step.reason, step.record_id) == ("It was merged into 7, which was not planned.", GOES)
