"""A person's word on items without a counterpart, above what comparing found."""

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.counterparts import carried_documents
from toolkit.reconcile.decided_errors import told_difference
from toolkit.reconcile.decided_items import decided_counterparts
from toolkit.reconcile.measures import handoff_measures, months_of
from toolkit.reconcile.outcome_words import DECIDED, DOUBTED
from toolkit.reconcile.sides import Streams
from toolkit.tables import COUNTERPART, CROSSWALK, DOCUMENT, DOCUMENT_LINK, PARTY, RULING

HANDOFF = Handoff(
    handoff_id="billed", label="Won deals invoiced", system_l="crm", stream_l="deals", entity_l="deal",
    system_r="ledger", stream_r="invoices", entity_r="invoice", by=None, trigger=None, carrier=None,
    grace_days=5, is_proposed=False, is_source_required=True,
)  # fmt: skip
AS_OF = date(2026, 4, 30)


def document(key: str, **values: Any) -> dict[str, Any]:
    system, stream, record_id = key.split("/")
    row = {"record_key": key, "system": system, "stream": stream, "record_id": record_id, "state": "active"}
    return {**row, "currency": "USD", **values}


DEALS = [
    document(
        f"crm/deals/{n}",
        entity="deal",
        is_won=True,
        amount_minor=10_000 * n,
        closed_at=datetime(2026, n, 5, tzinfo=UTC),
        party_key="crm/companies/1",
        party_name="Acme Dental",
    )
    for n in range(1, 4)
]
INVOICES = [
    document(f"ledger/invoices/{n}", entity="invoice", number=f"RE {n}", amount_minor=10_000 * n, issued_on=issued_on)
    for n, issued_on in ((1, date(2026, 1, 2)), (9, date(2026, 4, 20)))
]
CUSTOMERS = CROSSWALK.from_rows(
    {
        **dict(zip(("system", "stream", "record_id"), key.split("/"), strict=True)),
        "record_key": key,
        "golden_id": name,
        "account_id": name,
        "decided_by": "model",
    }
    for key, name in (("crm/companies/1", "acme"), ("ledger/customers/1", "flint"))
)
LINK = {
    "handoff_id": "billed",
    "key_l": "crm/deals/1",
    "key_r": "ledger/invoices/1",
    "kind": "one",
    "amount_relation": "equal",
}


def ruling(subject: str, key_l: str, decision: str, key_r: str | None = None) -> dict[str, Any]:
    part = "ledger.invoices" if subject == "missing" else "crm.deals"
    said = {"subject": subject, "part": part, "key_l": key_l, "key_r": key_r, "decision": decision}
    return {**said, "decided_at": datetime(2026, 5, 1, tzinfo=UTC)}


def items(*rulings: dict[str, Any], **changed: Any) -> dict[str, dict[str, Any]]:
    """Return what became of each document: by the source's key, or where there is none by the target's."""
    return {row["key_l"] or row["key_r"]: row for row in counterparts(*rulings, **changed).to_pylist()}


def counterparts(*rulings: dict[str, Any], **changed: Any) -> pa.Table:
    """Return the counterparts of all deals; ``changed`` replaces values of the last invoice, and of no other."""
    invoices = [*INVOICES[:-1], {**INVOICES[-1], **changed}]
    streams = Streams(DOCUMENT.from_rows([*DEALS, *invoices]), PARTY.empty())
    said = RULING.from_rows({**row, "sequence": number} for number, row in enumerate(rulings))
    links = DOCUMENT_LINK.from_rows([LINK])
    [carried] = carried_documents([HANDOFF], streams, CUSTOMERS, links, as_of=AS_OF, time_zone="UTC", rulings=said)
    return carried.counterparts


def missing_share(table: pa.Table) -> tuple[int, int]:
    [row] = [one for one in handoff_measures(HANDOFF, table, as_of=AS_OF).to_pylist() if one["measure"] == "missing_share"]
    return row["x"], row["n"]


def test_what_nobody_decided_stays_as_it_was_found() -> None:
    """Two deals without an invoice, one invoice without a deal."""
    found = items()

    statuses = {key: (row["status"], row["decision"]) for key, row in found.items()}
    assert statuses == {
        "crm/deals/1": ("found", None),
        "crm/deals/2": ("missing", None),
        "crm/deals/3": ("missing", None),
        "ledger/invoices/9": ("extra", None),
    }


def test_what_is_not_due_is_neither_missing_nor_counted() -> None:
    """It leaves both sides of the share, and its month says where it went."""
    table = counterparts(ruling("missing", "crm/deals/2", "not_due"))

    assert missing_share(counterparts()) == (2, 3)
    assert missing_share(table) == (1, 2)
    assert sum(months_of(table, as_of=AS_OF)["not_due"].to_pylist()) == 1


def test_agreed_work_stays_missing() -> None:
    """What is to be invoiced is missing until it is."""
    found = items(ruling("missing", "crm/deals/2", "enter"))

    assert (found["crm/deals/2"]["status"], found["crm/deals/2"]["decision"]) == ("missing", "enter")
    assert missing_share(counterparts(ruling("missing", "crm/deals/2", "enter"))) == (2, 3)


def test_a_document_that_a_person_found_is_the_counterpart_with_its_errors() -> None:
    """The invoice of another amount is an error to count and is named, no missing item, and it is not extra any more."""
    found = items(ruling("missing", "crm/deals/3", "found", "ledger/invoices/9"))

    own = found["crm/deals/3"]
    assert (own["status"], own["key_r"], own["decision"]) == ("found", "ledger/invoices/9", "found")
    assert own["basis"] == f"{DOUBTED}another amount"
    assert (own["error_kind"], own["amount_r_minor"]) == ("amount", 90_000)
    assert "ledger/invoices/9" not in found


def test_one_document_may_stand_for_several() -> None:
    """Two deals on one invoice over both: each has its counterpart, and no amount is called wrong; each names the other."""
    both = [ruling("missing", f"crm/deals/{n}", "found", "ledger/invoices/9") for n in (2, 3)]
    found = items(*both, amount_minor=50_000)

    assert [found[f"crm/deals/{n}"]["status"] for n in (2, 3)] == ["found", "found"]
    assert [found[f"crm/deals/{n}"]["error_kind"] for n in (2, 3)] == [None, None]
    assert found["crm/deals/2"]["basis"] == f"{DOUBTED}already the counterpart of crm/deals/3"
    assert [row["error_kind"] for key, row in items(*both).items() if key != "crm/deals/1"] == ["amount", "amount"]


def test_a_document_that_belongs_to_another_item_is_named_with_it() -> None:
    """An invoice that has its deal stays that deal's; a second deal on it is obeyed, and its amount is wrong."""
    found = items(ruling("missing", "crm/deals/2", "found", "ledger/invoices/1"))

    assert (found["crm/deals/1"]["key_r"], found["crm/deals/1"]["error_kind"]) == ("ledger/invoices/1", None)
    own = found["crm/deals/2"]
    assert (own["key_r"], own["error_kind"]) == ("ledger/invoices/1", "amount")
    assert own["basis"].endswith("another amount; dated 34 days before; already the counterpart of crm/deals/1")


def test_a_document_of_long_before_tells_no_delay() -> None:
    """Whoever names last year's invoice is obeyed, and told so; 430 days before is no wait, and enters no mean."""
    early = counterparts(ruling("missing", "crm/deals/3", "found", "ledger/invoices/9"), issued_on=date(2024, 12, 30))

    own = next(row for row in early.to_pylist() if row["key_l"] == "crm/deals/3")
    assert (own["status"], own["lag_days"], own["lag_minutes"]) == ("found", None, None)
    assert "dated 430 days before" in own["basis"]
    [mean] = [row for row in handoff_measures(HANDOFF, early, as_of=AS_OF).to_pylist() if row["measure"] == "delay_days"]
    assert mean["value"] == -3


def test_a_document_of_another_customer_is_named_so() -> None:
    """A person may know better than the records; where the names share no word it is said."""
    said = ruling("missing", "crm/deals/3", "found", "ledger/invoices/9")

    words = [
        items(said, amount_minor=30_000, party_key=key, party_name=name)["crm/deals/3"]["basis"]
        for key, name in (("ledger/customers/1", "Flint Coffee"), ("ledger/customers/1", "Acme"))
    ]

    assert words == [f"{DOUBTED}another customer or supplier", DECIDED]


def test_a_word_about_what_is_not_there_waits() -> None:
    """A document that is in no newest export changes nothing, and neither does a word on another list."""
    gone = ruling("missing", "crm/deals/3", "found", "ledger/invoices/77")
    elsewhere = {**ruling("missing", "crm/deals/2", "not_due"), "part": "shop.orders"}

    assert items(gone, elsewhere) == items()


def test_a_document_without_a_source_may_be_in_order() -> None:
    """It is counted as extra no more; what is to be removed is, until it is gone."""
    in_order = items(ruling("extra", "ledger/invoices/9", "in_order"))["ledger/invoices/9"]
    remove = items(ruling("extra", "ledger/invoices/9", "remove"))["ledger/invoices/9"]

    assert (in_order["status"], in_order["decision"]) == ("in_order", "in_order")
    assert (remove["status"], remove["decision"]) == ("extra", "remove")


def test_an_item_that_has_its_counterpart_keeps_it() -> None:
    """A word from before the invoice was written says nothing of it."""
    assert items(ruling("missing", "crm/deals/1", "not_due"))["crm/deals/1"]["status"] == "found"


def wrong_items(*rulings: dict[str, Any], amount_minor: int = 100_000) -> dict[str, dict[str, Any]]:
    """Return what became of each deal; the first one has an invoice of ten times its amount."""
    invoices = [{**INVOICES[0], "amount_minor": amount_minor}, INVOICES[1]]
    streams = Streams(DOCUMENT.from_rows([*DEALS, *invoices]), PARTY.empty())
    said = RULING.from_rows({**row, "sequence": number} for number, row in enumerate(rulings))
    links = DOCUMENT_LINK.from_rows([{**LINK, "amount_relation": "factor"}])
    [carried] = carried_documents([HANDOFF], streams, CUSTOMERS, links, as_of=AS_OF, time_zone="UTC", rulings=said)
    return {row["key_l"] or row["key_r"]: row for row in carried.counterparts.to_pylist()}


def test_what_is_right_as_it_is_is_no_error_while_it_stays_so() -> None:
    """The invoice that a person called right counts as wrong again as soon as it states yet another amount."""
    told = told_difference(wrong_items()["crm/deals/1"])
    said = {**ruling("wrong", "crm/deals/1", "right", "ledger/invoices/1"), "part": "ledger.invoices", "value_r": told}

    before, after, changed = (wrong_items(*rulings, **how)["crm/deals/1"] for rulings, how in (
        ((), {}), ((said,), {}), ((said,), {"amount_minor": 1_000_000}),
    ))  # fmt: skip

    assert (before["is_error"], before["decision"]) == (True, None)
    assert (after["is_error"], after["decision"], after["error_kind"]) == (False, "right", before["error_kind"])
    assert (changed["is_error"], changed["decision"]) == (True, None)


def test_what_is_to_be_corrected_is_an_error_until_it_is() -> None:
    """Agreed work is still to be done; a word about another invoice changes nothing."""
    told = told_difference(wrong_items()["crm/deals/1"])
    said = {**ruling("wrong", "crm/deals/1", "left", "ledger/invoices/1"), "part": "ledger.invoices", "value_r": told}

    assert [wrong_items({**said, **other})["crm/deals/1"]["decision"] for other in ({}, {"key_r": "ledger/invoices/9"})] == [
        "left", None,
    ]  # fmt: skip
    assert wrong_items(said)["crm/deals/1"]["is_error"]


def test_a_handoff_without_rows_stays_empty() -> None:
    """Nothing is decided of nothing."""
    assert decided_counterparts(HANDOFF, COUNTERPART.empty(), RULING.empty()).num_rows == 0


def test_what_a_document_is_linked_to_already_counts_for_its_amount() -> None:
    """An invoice over two deals, one found by comparing and one by a person: together they are what it says."""
    streams = Streams(DOCUMENT.from_rows([*DEALS, *INVOICES[:-1], {**INVOICES[-1], "amount_minor": 50_000}]), PARTY.empty())
    said = RULING.from_rows([{**ruling("missing", "crm/deals/3", "found", "ledger/invoices/9"), "sequence": 0}])
    links = DOCUMENT_LINK.from_rows([{**LINK, "key_l": "crm/deals/2", "key_r": "ledger/invoices/9"}])

    [carried] = carried_documents([HANDOFF], streams, CUSTOMERS, links, as_of=AS_OF, time_zone="UTC", rulings=said)

    [row] = [one for one in carried.counterparts.to_pylist() if one["key_l"] == "crm/deals/3"]
    assert (row["error_kind"], row["basis"]) == (None, f"{DOUBTED}already the counterpart of crm/deals/2")
