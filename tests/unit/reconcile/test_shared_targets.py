"""Several sources into one ledger: an invoice stands for one order or one ticket, and what one has found is no extra."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.counterparts import carried_documents
from toolkit.reconcile.document_links import linked_documents
from toolkit.reconcile.shared_targets import _strengths, is_mostly_found, is_one_business, rivals, settled_links
from toolkit.reconcile.sides import Streams
from toolkit.tables import CROSSWALK, DOCUMENT, DOCUMENT_LINK, PARTY

_AS_OF = date(2026, 12, 31)
_FIRMS = ("Copper Vets", "Prewett Glass", "Everest Joinery", "Saltmarsh Timber")
_ORDERS = Handoff("orders", "Orders invoiced", "shop", "orders", "order", "ledger", "invoices", "invoice", grace_days=14)
_CALLS = Handoff("calls", "Calls invoiced", "desk", "tickets", "ticket", "ledger", "invoices", "invoice", grace_days=30)

_SAME = CROSSWALK.from_rows(
    {
        "record_key": f"{system}/customers/{firm}", "system": system, "stream": "customers", "record_id": str(firm),
        "golden_id": f"g-{firm}", "account_id": f"g-{firm}", "match_probability": 1.0, "decided_by": "model",
    }
    for system in ("shop", "desk", "ledger")
    for firm in range(len(_FIRMS))
)  # fmt: skip

Rows = list[dict[str, Any]]


def document(key: str, entity: str, firm: int, day: date, **values: Any) -> dict[str, Any]:
    system, stream, record_id = key.split("/")
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    dated = {"issued_on": day} if entity == "invoice" else {"created_at": at, "resolved_at": at}
    row = {"record_key": key, "system": system, "stream": stream, "record_id": record_id, "entity": entity}
    named = {"party_name": _FIRMS[firm], "state": "active", "currency": "USD", "number": record_id}
    named["party_key"] = f"{system}/customers/{firm}"
    return {**row, **named, **dated, **values}


def order(number: int, firm: int, day: date, amount: int) -> dict[str, Any]:
    return document(f"shop/orders/{number}", "order", firm, day, amount_minor=amount, number=f"#{number}")


def ticket(number: int, firm: int, day: date, title: str) -> dict[str, Any]:
    return document(f"desk/tickets/{number}", "ticket", firm, day, name=title)


def invoice(  # noqa: PLR0917 - columns
    number: int, firm: int, day: date, amount: int, quoted: str | None, title: str = ""
) -> dict[str, Any]:
    given = {"amount_minor": amount, "reference": quoted, "description": title or None}
    return document(f"ledger/invoices/INV-{number}", "invoice", firm, day, **given)


def business(count: int = 40) -> Rows:
    """Return so many orders and tickets, each with the invoice that quotes it two days later."""
    rows = []
    for at in range(count):
        day, firm = date(2026, 1, 5) + timedelta(days=5 * at), at % 4
        rows += [order(10240 + at, firm, day, 50_000 + 731 * at), ticket(31069 + at, firm, day, f"Boiler check {at}")]
        rows += [
            invoice(20500 + 2 * at, firm, day + timedelta(days=2), 50_000 + 731 * at, f"#{10240 + at}", "Newsletter set-up"),
            invoice(
                20501 + 2 * at,
                firm,
                day + timedelta(days=2),
                20_000 + 97 * at,
                str(31069 + at) if at % 3 else None,
                f"Boiler check {at}",
            ),
        ]
    return rows


def told(rows: Rows, *handoffs: Handoff) -> dict[str, Rows]:
    """Return what became of the documents of each handoff."""
    streams = Streams(DOCUMENT.from_rows(rows), PARTY.empty())
    links = linked_documents(handoffs, streams, _SAME, time_zone="UTC").links
    carried = carried_documents(handoffs, streams, _SAME, links, as_of=_AS_OF, time_zone="UTC")
    return {one.handoff.handoff_id: one.counterparts.to_pylist() for one in carried}


def statuses(rows: Rows) -> dict[str, int]:
    return dict(Counter(row["status"] for row in rows))


def claims(found: dict[str, Rows], status: str) -> Counter[str]:
    """Return how many handoffs say a status of each target."""
    return Counter(
        key
        for rows in found.values()
        for key in {key for row in rows if row["status"] == status for key in (row["key_r"], *(row["more_keys_r"] or ()))}
    )


def test_an_invoice_that_quotes_an_order_is_no_invoice_of_a_ticket() -> None:
    """Ticket 31200 of the same customer and text is missing; by itself its handoff would take the order's invoice."""
    rows = [
        *business(),
        ticket(31200, 1, date(2026, 3, 28), "Newsletter set-up"),
        order(10300, 1, date(2026, 3, 29), 53_641),
    ]
    rows.append(invoice(20900, 1, date(2026, 3, 31), 53_641, "#10300", "Newsletter set-up"))

    alone, both = told(rows, _CALLS), told(rows, _ORDERS, _CALLS)

    taken = {row["key_l"]: row["status"] for row in alone["calls"]}
    assert taken["desk/tickets/31200"] == "found"
    assert statuses(both["orders"]) == {"found": 41}
    assert statuses(both["calls"]) == {"found": 40, "missing": 1}
    [missing] = [row["key_l"] for row in both["calls"] if row["status"] == "missing"]
    assert missing == "desk/tickets/31200"


@pytest.mark.parametrize("lost", [3, 10, 20])
def test_no_invoice_is_found_twice_and_none_that_is_found_is_extra(lost: int) -> None:
    """Whichever tickets have no invoice, and whatever was entered twice."""
    gone = {f"ledger/invoices/INV-{20501 + 2 * at}" for at in range(0, 2 * lost, 2)}
    rows = [row for row in business() if row["record_key"] not in gone]
    rows += [invoice(20990, 2, date(2026, 1, 17), 51_462, "#10242", "Newsletter set-up")]

    found = told(rows, _ORDERS, replace(_CALLS, is_source_required=True))

    assert statuses(found["calls"])["found"] == 40 - lost
    assert statuses(found["orders"]) == {"found": 40, "extra": 1}
    once = claims(found, "found")
    assert set(once.values()) == {1}
    assert not once.keys() & claims(found, "extra").keys()


def test_the_order_of_the_handoffs_changes_nothing() -> None:
    """They are settled together, not one after another."""
    rows = [row for row in business() if row["record_key"] != "ledger/invoices/INV-20521"]

    one, other = told(rows, _ORDERS, _CALLS), told(rows, _CALLS, _ORDERS)

    assert one == {name: other[name] for name in one}


def test_an_invoice_that_quotes_both_is_left_to_either_until_more_is_known() -> None:
    """A number of its own in the reference keeps an invoice; the other source then has less to say for it."""
    rows = business()
    [both] = [row for row in rows if row["record_key"] == "ledger/invoices/INV-20510"]
    both["description"] = "Newsletter set-up, see ticket 31074"

    found = told(rows, _ORDERS, _CALLS)

    assert {row["key_r"] for row in found["orders"] if row["key_l"] == "shop/orders/10245"} == {"ledger/invoices/INV-20510"}
    assert statuses(found["calls"]) == {"found": 40}


def test_a_job_and_the_deal_behind_it_may_share_their_invoice() -> None:
    """A source that hands on to the other one is no rival; without that step between them they are."""
    jobs = replace(_ORDERS, handoff_id="jobs")
    set_up = replace(_CALLS, handoff_id="set_up", system_r="shop", stream_r="orders", entity_r="order")

    assert rivals([jobs, _CALLS])["jobs"] == {"calls"}
    assert rivals([jobs, _CALLS, set_up]) == {"jobs": frozenset(), "calls": frozenset(), "set_up": frozenset()}


def test_two_lists_of_one_piece_of_work_are_no_rivals() -> None:
    """Every ticket has its order and the invoice quotes the order alone: the ticket is invoiced all the same."""
    rows: Rows = []
    for at in range(30):
        day, firm, title = date(2026, 1, 5) + timedelta(days=7 * at), at % 4, f"Pump {at} renewed"
        amount = 50_000 + 731 * at
        rows += [order(10240 + at, firm, day, amount), {**ticket(31069 + at, firm, day, title), "amount_minor": amount}]
        rows.append(invoice(20500 + at, firm, day + timedelta(days=2), amount, f"#{10240 + at}", title))

    found = told(rows, _ORDERS, _CALLS)

    assert statuses(found["orders"]) == {"found": 30}
    assert statuses(found["calls"]) == {"found": 30}


def link(handoff_id: str, key_l: str | None, key_r: str, kind: str = "one", **values: Any) -> dict[str, Any]:
    return {"handoff_id": handoff_id, "key_l": key_l, "key_r": key_r, "kind": kind, **values}


@pytest.fixture
def settled() -> Callable[..., list[tuple[str, str | None, str | None, str]]]:
    """Settle links of the handoffs a and b; return what is left of them."""

    def run(*rows: dict[str, Any]) -> list[tuple[str, str | None, str | None, str]]:
        links = {name: DOCUMENT_LINK.from_rows([row for row in rows if row["handoff_id"] == name]) for name in ("a", "b")}
        left = settled_links(links, {"a": frozenset("b"), "b": frozenset("a")})
        table = pa.concat_tables([left["a"], left["b"]])
        return [(row["handoff_id"], row["key_l"], row["key_r"], row["kind"]) for row in table.to_pylist()]

    return run


Settled = Callable[..., Sequence[tuple[str, str | None, str | None, str]]]


@pytest.mark.parametrize(
    ("basis", "likely", "owner"),
    [("number, date", 0.91, "b"), ("party, date", 0.999, "b"), ("party, date", 0.92, "a")],
)
def test_the_target_stays_with_the_source_that_has_more_to_say(
    settled: Settled, basis: str, likely: float, owner: str
) -> None:
    """A quoted number before all else, then the likelier one."""
    left = settled(
        link("a", "s/1", "t/1", basis="party, amount, date", match_probability=0.99),
        link("b", "z/1", "t/1", basis=basis, match_probability=likely),
    )

    assert left == [(owner, "s/1" if owner == "a" else "z/1", "t/1", "one")]


def test_of_two_with_as_much_to_say_nobody_is_given_the_target(settled: Settled) -> None:
    """Both sources are ambiguous, and the target is contested: none is guessed, and it is no second entry."""
    left = settled(
        link("a", "s/1", "t/1", basis="party, date", match_probability=0.95),
        link("b", "z/1", "t/1", basis="party, date", match_probability=0.95),
    )

    assert left == [
        ("a", "s/1", None, "ambiguous"), ("a", None, "t/1", "contested"),
        ("b", "z/1", None, "ambiguous"), ("b", None, "t/1", "contested"),
    ]  # fmt: skip


def test_a_group_that_loses_one_of_its_targets_is_no_group(settled: Settled) -> None:
    """The sum of two payments is not the sum of one; other groups stay."""
    sums = {"kind": "together", "basis": "party, sum of amounts, date", "match_probability": 0.95}
    left = settled(
        link("a", "s/1", "t/1", group=0, **sums), link("a", "s/1", "t/2", group=0, **sums),
        link("a", "s/2", "t/3", group=1, **sums), link("a", "s/2", "t/4", group=1, **sums),
        link("b", "z/1", "t/2", basis="number, party, date", match_probability=0.99),
    )  # fmt: skip

    assert left == [("a", "s/2", "t/3", "together"), ("a", "s/2", "t/4", "together"), ("b", "z/1", "t/2", "one")]


def test_a_second_entry_is_told_of_once(settled: Settled) -> None:
    """The first handoff that sees it says so."""
    left = settled(
        link("a", None, "t/9", "repeated"), link("b", None, "t/9", "repeated"), link("b", None, "t/8", "repeated")
    )

    assert left == [("a", None, "t/9", "repeated"), ("b", None, "t/8", "repeated")]


def test_links_rest_on_the_other_sources_of_the_target() -> None:
    """A changed ticket may free or take an invoice of an order: both handoffs are linked again, others are not."""
    rows = business()
    changed = [{**row, "reference": "8"} if row["record_key"] == "desk/tickets/31069" else row for row in rows]
    other = replace(_ORDERS, handoff_id="other", system_r="books", stream_r="sales")

    before, after = (
        linked_documents(
            [_ORDERS, _CALLS, other], Streams(DOCUMENT.from_rows(one), PARTY.empty()), _SAME, time_zone="UTC"
        ).keys
        for one in (rows, changed)
    )

    assert {name for name in before if before[name] != after[name]} == {"orders", "calls"}


@pytest.mark.parametrize(
    ("probability", "basis", "bits"),
    [
        (0.5, "party", 0.0),
        (0.75, "party", 1.584963),
        (0.2, "party", -2.0),
        (1.0, "party", 60.0),
        (0.0, "party", -60.0),
        (None, "party", 0.0),
        (0.5, "number, party", 100.0),
        (1.0, "number", 160.0),
    ],
)
def test_what_speaks_for_a_source_is_counted_in_bits(probability: float | None, basis: str, bits: float) -> None:
    """Log2 of the odds, at most sixty; a quoted number counts for more than all the rest."""
    links = DOCUMENT_LINK.from_rows([link("a", "s/1", "t/1", basis=basis, match_probability=probability)])

    assert _strengths(links, {"t/1"}) == {"t/1": pytest.approx(bits, abs=1e-6)}


def test_of_several_sources_the_strongest_speaks_for_a_target() -> None:
    """Whatever their order; targets that are not asked for say nothing."""
    rows = [link("a", f"s/{at}", "t/1", basis="party", match_probability=one) for at, one in enumerate((0.5, 0.75, 0.2))]

    for order in (rows, rows[::-1]):
        links = DOCUMENT_LINK.from_rows([*order, link("a", "s/9", "t/2", basis="party", match_probability=0.9)])
        assert _strengths(links, {"t/1"}) == {"t/1": pytest.approx(1.584963, abs=1e-6)}


@pytest.mark.parametrize(("shared", "others", "left"), [(9, 0, 9), (10, 0, 20), (10, 10, 40), (10, 11, 32)])
def test_two_sources_of_ten_same_targets_are_one_business(settled: Settled, shared: int, others: int, left: int) -> None:
    """And of half of those that the smaller one has; fewer go to the source for which more speaks."""
    links = [
        link(
            name, f"{name}/{at}", f"t/{at if at < shared else f'{name}{at}'}", match_probability=0.9 if name == "a" else 0.6
        )
        for name in ("a", "b")
        for at in range(shared + others)
    ]

    assert len(settled(*links)) == left


@pytest.mark.parametrize(
    ("whole", "reduced", "expected"), [(10, 5, True), (9, 4, False), (10, 6, False), (30, 15, True), (29, 15, False)]
)
def test_a_source_that_is_found_as_targets_of_another_is_one_business(whole: int, reduced: int, *, expected: bool) -> None:
    """At least ten, and at least half of them quote the other one."""
    links = [link("a", f"s/{at}", f"t/{at}", basis="party") for at in range(whole)]

    found = is_one_business(DOCUMENT_LINK.from_rows(links[:reduced]), DOCUMENT_LINK.from_rows(links))

    assert found is expected
    assert is_mostly_found(DOCUMENT_LINK.from_rows(links), 2 * whole)
    assert not is_mostly_found(DOCUMENT_LINK.from_rows(links), 2 * whole + 1)
