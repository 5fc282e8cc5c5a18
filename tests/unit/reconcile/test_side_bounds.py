"""What waits for its payment, what most systems say, and what speaks against a document: at each bound."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.unit.reconcile.test_judging_bounds import side
from toolkit.landscape.handoffs import Handoff
from toolkit.match.documents.amounts import FITTING, UNKNOWN
from toolkit.reconcile.decided_doubts import doubt_words, shared_names
from toolkit.reconcile.disagreements import _tells_currency
from toolkit.reconcile.mismatches import mismatches
from toolkit.reconcile.sides import Side, awaits_payment, with_net
from toolkit.reconcile.survivorship import golden_records
from toolkit.reconcile.truth import SourceOfTruth

Build = Callable[..., pa.Table]
AS_OF = date(2026, 10, 5)
PAID = Handoff("paid", "Invoices paid", "books", "invoices", "invoice", "bank", "lines", "bank_line", grace_days=30)
SOLD = Handoff("sold", "Orders paid", "shop", "orders", "order", "bank", "lines", "payment", grace_days=30)


def invoices(paid: Sequence[float | None], due: Sequence[date | None] | None = None, amount: Any = 100.0) -> Side:
    """Return invoices of which so much is paid, and that are due then."""
    made = side(len(paid), amount=amount)
    table = made.table.append_column("paid_minor", pa.array(paid, pa.float64()))
    if due is not None:
        table = table.append_column("due_on", pa.array(due, pa.date32()))
    return replace(made, table=table)


@pytest.mark.parametrize(
    ("paid", "amount", "is_open"),
    [(0, 100, True), (99, 100, True), (100, 100, False), (101, 100, False), (-99, -100, True), (-100, -100, False),
     (None, 100, False)],
)  # fmt: skip
def test_an_invoice_is_open_of_which_less_is_paid_than_it_asks_for(
    paid: float | None, amount: float, *, is_open: bool
) -> None:
    """Of a credit note the same holds below nought; what is not said is not open."""
    left = invoices([paid, 100], amount=[amount, 100.0])

    assert awaits_payment(PAID, left, np.array([False, True]), AS_OF).tolist() == [is_open, False]
    assert not awaits_payment(SOLD, left, np.array([False, True]), AS_OF).any()


@pytest.mark.parametrize(("late", "waits"), [(0, True), (7, True), (8, False)])
def test_an_invoice_waits_a_week_beyond_its_day(late: int, *, waits: bool) -> None:
    """Then somebody has forgotten it; one without a day waits on."""
    left = invoices([0, 0, 100], [AS_OF - timedelta(days=late), None, None])

    assert awaits_payment(PAID, left, np.array([False, False, True]), AS_OF).tolist() == [waits, True, False]


@pytest.mark.parametrize(("still_open", "waits"), [(1, True), (2, True), (3, False)])
def test_a_list_that_calls_most_of_what_was_paid_open_is_not_kept_up(still_open: int, *, waits: bool) -> None:
    """Half of four is not most; where no payment was found at all it tells nothing either."""
    left = invoices([0] * still_open + [100] * (4 - still_open) + [0])
    linked = np.array([True] * 4 + [False])

    assert awaits_payment(PAID, left, linked, AS_OF)[-1] == waits
    assert not awaits_payment(PAID, left, np.zeros(5, bool), AS_OF).any()


@pytest.mark.parametrize(
    ("left", "right", "differ", "count", "tells"),
    [
        (["USD", "EUR"], ["USD", "EUR"], 5, 5, True),  # both have several
        (["USD", "EUR"], ["USD", "USD"], 1, 20, False),
        (["USD", "USD"], ["EUR", None], 5, 5, True),  # both have one
        (["USD", "USD"], ["USD", "EUR"], 1, 20, True),  # a rare slip
        (["USD", "USD"], ["USD", "EUR"], 1, 19, False),
        (["USD", "USD"], ["USD", "EUR"], 2, 20, False),
        ([None, "USD"], ["USD", "EUR"], 1, 20, True),
    ],
)
def test_another_currency_is_a_slip_where_it_is_rare(
    left: list[str | None],
    right: list[str | None],
    differ: int,
    count: int,
    tells: bool,  # noqa: FBT001
) -> None:
    """One of twenty of a target that has several, beside a source of one; without a column nothing is told."""
    is_other = np.arange(count) < differ

    assert _tells_currency(side(2, currency=left), side(2, currency=right), is_other) is tells


@pytest.mark.parametrize(("told", "count", "is_net"), [(1, 2, True), (1, 3, False), (2, 4, True), (0, 0, False)])
def test_net_amounts_stand_in_where_half_of_the_other_side_tells_tax_or_net(told: int, count: int, *, is_net: bool) -> None:
    """Else they would only differ from every gross one."""
    left = replace(side(1, amount=np.nan), net=np.array([80.0]))
    taxed = replace(side(count), tax=np.array([20.0] * told + [np.nan] * (count - told)))

    found = with_net(left, taxed)

    assert (found.is_net.tolist(), np.isnan(found.amount).tolist()) == ([is_net], [not is_net])


@pytest.mark.parametrize(("days", "said"), [(-8, "dated 8 days before"), (-7.0, ""), (0, ""), (400, ""), (float("nan"), "")])
def test_a_document_may_be_a_week_before_its_item(days: float, said: str) -> None:
    """Earlier ones are named as that; later ones are what is usual."""
    assert doubt_words(is_other_party=False, relation=UNKNOWN, days=days, taken_by=[]) == said


@pytest.mark.parametrize(("taken", "shown"), [(1, 1), (3, 3), (4, 3)])
def test_three_further_items_of_a_document_are_named(taken: int, shown: int) -> None:
    """The first ones."""
    keys = [f"books/jobs/{at}" for at in range(taken)]

    said = doubt_words(is_other_party=True, relation=next(iter(FITTING)), days=0, taken_by=keys)

    assert said == f"another customer or supplier; already the counterpart of {', '.join(keys[:shown])}"


def test_names_share_a_word_of_three_letters() -> None:
    """Shorter ones are in every other name."""
    names_l, names_r = ["Acme AB", "Acme AB", "Of It", "Acme", ""], ["Bolt AB", "acme, of York", "Of It", None, "Acme"]

    assert np.nan_to_num(shared_names(names_l, names_r), nan=-1).tolist() == [0, 1, -1, -1, -1]


@pytest.fixture
def golden(parties: Build, same: Build) -> Callable[..., tuple[str | None, str]]:
    """Return the chosen address and why, of records that say these: system and number, and address."""

    def run(**said: str) -> tuple[str | None, str]:
        rows = [{"record_key": key.replace("_", "/c/"), "email": f"{text}@acme.example"} for key, text in said.items()]
        [row] = golden_records(parties(*rows), same([row["record_key"] for row in rows]), SourceOfTruth()).to_pylist()
        return row["value"].partition("@")[0], row["reason"]

    return run


@pytest.mark.parametrize(
    ("said", "most"),
    [
        ({"a_1": "x", "b_1": "x", "c_1": "y"}, "x"),
        ({"a_1": "y", "b_1": "x", "c_1": "x"}, "x"),
        ({"a_1": "x", "b_1": "x", "c_1": "y", "d_1": "y"}, None),  # half is not most
        ({"a_1": "x", "b_1": "x", "c_1": "x", "d_1": "y", "e_1": "y"}, "x"),
        ({"a_1": "x", "a_2": "y"}, None),  # one system is not several
        ({"a_1": "x", "a_2": "y", "b_1": "x", "c_1": "y"}, None),  # one of them says both
        ({"a_1": "x", "a_2": "x", "b_1": "y"}, None),  # twice in one system counts once
        ({"a_1": "x", "a_2": "y", "b_1": "x"}, "x"),
    ],
)
def test_most_systems_say_what_more_than_half_of_them_say(
    golden: Callable[..., tuple[str | None, str]], said: dict[str, str], most: str | None
) -> None:
    """Two at least, and a system that contradicts itself speaks for neither more than for the other."""
    value, reason = golden(**said)

    assert (reason == "most systems say so") is (most is not None)
    assert most is None or value == most


@pytest.mark.parametrize(("before", "is_most"), [(11, True), (12, False)])
def test_of_a_party_with_many_records_twelve_are_compared_with_all_others(
    golden: Callable[..., tuple[str | None, str]], before: int, *, is_most: bool
) -> None:
    """Here so many of one system stand before the two that say the same."""
    said = {f"a_{at:02}": f"x{at}" for at in range(before)} | {"b_1": "same", "c_1": "same"}

    assert (golden(**said) == ("same", "most systems say so")) is is_most


@pytest.mark.parametrize("whole", ["crm", "ledger"])
@pytest.mark.parametrize(
    ("street", "kinds"), [("12 Main St, Chicago, IL 60601", {"formatting"}), ("9 Oak Ave, Chicago, IL 60601", {"different"})]
)
def test_a_whole_address_in_the_street_of_either_side_holds_the_other_s_street(
    parties: Build, same: Build, whole: str, street: str, kinds: set[str]
) -> None:
    """Where its record has neither city nor postcode of its own."""
    other = "ledger" if whole == "crm" else "crm"
    known = parties(
        {"record_key": f"{whole}/c/1", "street": street},
        {"record_key": f"{other}/c/1", "street": "12 Main St", "city": "Chicago", "postcode": "60601"},
    )

    found = mismatches(known, same(["crm/c/1", "ledger/c/1"])).mismatches.to_pylist()

    assert {row["kind"] for row in found if row["column"] == "street"} == kinds
