"""Where one verdict of reconciling ends and the next begins: values just under, at and just over each bound, and ties."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.handoff_counterparts import handoff_counterparts
from toolkit.landscape.handoffs import Handoff
from toolkit.match.documents import amounts
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.crosswalk import crosswalk
from toolkit.reconcile.disagreements import Disagreements, Pairs, disagreements
from toolkit.reconcile.document_links import document_tables
from toolkit.reconcile.measures import handoff_measures
from toolkit.reconcile.mismatches import mismatches
from toolkit.reconcile.references import resolved_references
from toolkit.reconcile.sides import Side, handoff_sides, stream_documents
from toolkit.reconcile.survivorship import golden_records
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.tables import CLUSTER, COUNTERPART, DOCUMENT, PAIR

Build = Callable[..., pa.Table]
AS_OF = date(2026, 10, 5)
BILLED = Handoff("billed", "Won deals invoiced", "crm", "deals", "deal", "ledger", "invoices", "invoice", grace_days=30)
NOBODY = SourceOfTruth({})


def _measured(*items: dict[str, Any], as_of: date = AS_OF) -> dict[str, Any]:
    rows = [
        {"handoff_id": "billed", "key_l": f"crm/deals/{at}", "status": "found", "is_error": False, **one}
        for at, one in enumerate(items)
    ]
    return {row["measure"]: row for row in handoff_measures(BILLED, COUNTERPART.from_rows(rows), as_of=as_of).to_pylist()}


@pytest.mark.parametrize(("timed", "unit"), [(7, "days"), (8, "minutes"), (9, "minutes")])
def test_lags_are_in_minutes_when_four_of_five_have_times(timed: int, unit: str) -> None:
    """Of ten found items eight must have a time of day on both sides."""
    items = [
        {"event_on": date(2026, 8, 3), "lag_days": 1.0, "lag_minutes": 1440.0 if at < timed else None} for at in range(10)
    ]

    assert _measured(*items)["lag_median"]["unit"] == unit


@pytest.mark.parametrize(("age", "judged"), [(30, 0), (31, 1), (32, 1)])
def test_an_item_is_judged_from_the_day_after_its_grace_window(age: int, judged: int) -> None:
    """Thirty days old it may still come; one day older it counts."""
    end = date(2026, 9, 30)
    items = [
        {"event_on": end - timedelta(days=age), "status": "missing"},
        {"event_on": date(2026, 8, 1), "status": "waiting"},
    ]

    assert _measured(*items, as_of=end)["missing_share"]["n"] == judged


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2025, 9, 30), 1), (date(2025, 10, 1), 2), (date(2026, 9, 30), 2), (date(2026, 10, 1), 1)],
)
def test_rates_are_of_the_last_twelve_whole_months(day: date, count: int) -> None:
    """The first day of the first month counts and so does the last of the last; the days around them do not."""
    always = {"event_on": date(2025, 3, 1)}, {"event_on": date(2026, 5, 1)}

    assert _measured(*always, {"event_on": day})["error_share"]["n"] == count


@pytest.mark.parametrize(("as_of", "high"), [(date(2026, 9, 29), 2.0), (date(2026, 9, 30), 9.0), (date(2026, 10, 1), 9.0)])
def test_a_month_is_whole_on_its_last_day(as_of: date, high: float) -> None:
    """On 29 September the month is not over, on the 30th it is."""
    items = [{"event_on": date(2026, 8, 1)}] * 2 + [{"event_on": date(2026, 9, 1)}] * 9

    assert _measured(*items, as_of=as_of)["volume_per_month"]["high"] == high


def test_of_two_currencies_of_as_many_rows_the_first_by_name_is_taken() -> None:
    """A tie between EUR and USD does not depend on the order of rows."""
    items = [{"event_on": date(2026, 8, 1), "amount_r_minor": 100, "currency": one} for one in ("USD", "EUR", "EUR", "USD")]

    assert _measured(*items)["avg_invoice_value"]["unit"] == "EUR"


def _deal(number: int, day: date, **more: Any) -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return {"record_key": f"crm/deals/{number}", "is_won": True, "closed_at": at, "party_key": "crm/c/1", **more}


def _invoice(number: int, day: date, **more: Any) -> dict[str, Any]:
    return {"record_key": f"ledger/invoices/{number}", "issued_on": day, "party_key": "ledger/c/1", **more}


@pytest.mark.parametrize(("days_before", "is_told"), [(29, True), (30, True), (31, False)])
def test_sources_from_before_the_target_began_are_left_out(
    documents: Build, same: Build, days_before: int, *, is_told: bool
) -> None:
    """A deal whose invoice may lag thirty days is looked for in a ledger that begins thirty days later, not 31."""
    begin = date(2026, 6, 1)
    deals = documents("deal", _deal(1, begin - timedelta(days=days_before), amount_minor=5))
    invoices = documents("invoice", _invoice(1, begin, amount_minor=999_999))

    found = handoff_counterparts(BILLED, deals, invoices, same(["crm/c/1", "ledger/c/1"]), as_of=AS_OF)

    assert found.num_rows == int(is_told)


@pytest.mark.parametrize(("told", "is_net"), [(1, False), (2, True), (3, True)])
def test_net_stands_in_when_half_of_the_others_say_what_is_tax(
    documents: Build, same: Build, told: int, *, is_net: bool
) -> None:
    """Two of four invoices that state their tax are enough, one is not."""
    deals = documents("deal", _deal(1, date(2026, 6, 1), net_minor=100_000))
    invoices = [_invoice(at, date(2026, 6, 2), amount_minor=100, tax_minor=19 if at < told else None) for at in range(4)]

    left, _ = _sides(deals, documents("invoice", *invoices), same(["crm/c/1", "ledger/c/1"]))

    assert left.is_net.tolist() == [is_net]


def _sides(deals: pa.Table, invoices: pa.Table, walk: pa.Table) -> tuple[Side, Side]:
    streams = stream_documents(deals, "crm", "deals"), stream_documents(invoices, "ledger", "invoices")
    return handoff_sides(BILLED, *streams, accounts_in(walk, "account_id"), time_zone="UTC")


@pytest.fixture
def judged(documents: Build, same: Build) -> Callable[..., Disagreements]:
    """Return what the first of some pairs of deals and invoices disagrees in."""

    def run(
        deals: list[dict[str, Any]],
        invoices: list[dict[str, Any]],
        *groups: list[str],
        named_share: float = np.nan,
        is_quoted: bool = False,
    ) -> Disagreements:
        left, right = _sides(documents("deal", *deals), documents("invoice", *invoices), same(*groups))
        rows = np.arange(len(deals))
        equal, shares = np.full(len(rows), amounts.EQUAL), np.full(len(rows), named_share)
        pairs = Pairs(rows, rows, equal, shares, np.full(len(rows), is_quoted))
        return disagreements(left, right, pairs, entity_l="deal", entity_r="invoice")

    return run


@pytest.mark.parametrize(
    ("known_to_both", "share", "kind"),
    [
        (True, 0.74, "party"), (True, 0.75, None), (True, 0.76, None),
        (False, 0.09, "party"), (False, 0.1, None), (False, 0.11, None), (True, np.nan, None),
    ],
)  # fmt: skip
def test_another_party_is_claimed_below_a_share_of_its_name(
    judged: Any, share: float, kind: str | None, *, known_to_both: bool
) -> None:
    """Three quarters of the name where both systems know both parties, a tenth where one does not; unknown is no claim."""
    other = ["ledger/c/2", "crm/c/2" if known_to_both else "shop/c/2"]
    invoice = _invoice(1, date(2026, 6, 2), party_key="ledger/c/2", party_name="Birch")

    found = judged([_deal(1, date(2026, 6, 1))], [invoice], ["crm/c/1", "ledger/c/1"], other, named_share=share)

    assert found.kind.to_pylist() == [kind]


@pytest.mark.parametrize(
    ("share", "is_quoted", "is_named_by_source", "kind"),
    [
        (0.09, True, True, "party"), (0.1, True, True, None), (0.11, True, True, None), (np.nan, True, True, None),
        (0.0, False, True, None), (0.0, True, False, None),
    ],
)  # fmt: skip
def test_a_quoted_number_of_another_customer_is_an_error_of_party(
    judged: Any, share: float, kind: str | None, *, is_quoted: bool, is_named_by_source: bool
) -> None:
    """An order booked to another of the shop's customers, its number quoted: wrong, though the names were never linked."""
    deals = [_deal(1, date(2026, 6, 1)), _deal(2, date(2026, 6, 1), party_key="crm/c/2")]
    invoices = [_invoice(at, date(2026, 6, 2), party_key="ledger/c/2", party_name="Birch") for at in (1, 2)]
    groups = (["crm/c/1"], ["crm/c/2", "ledger/c/2"] if is_named_by_source else ["ledger/c/2"])

    found = judged(deals, invoices, *groups, named_share=share, is_quoted=is_quoted)

    assert found.kind.to_pylist()[0] == kind


@pytest.mark.parametrize(("named", "kind"), [(1, None), (2, None), (3, "missing_field")])
def test_a_party_is_missing_where_more_than_half_of_the_others_name_theirs(
    judged: Any, named: int, kind: str | None
) -> None:
    """Of four invoices three name their customer: the first, which does not, lacks it. Two of four are no habit."""
    deals = [_deal(at, date(2026, 6, 1)) for at in range(4)]
    invoices = [
        _invoice(at, date(2026, 6, 2), party_key=None, party_name="Acme" if at > 3 - named else None) for at in range(4)
    ]

    assert judged(deals, invoices, ["crm/c/1", "ledger/c/1"]).kind.to_pylist()[0] == kind


@pytest.mark.parametrize(("filled", "kind"), [(1, None), (2, None), (3, "missing_field")])
def test_an_amount_is_missing_where_more_than_half_of_the_others_have_one(
    judged: Any, filled: int, kind: str | None
) -> None:
    """A target that usually keeps amounts has lost this one."""
    deals = [_deal(at, date(2026, 6, 1), amount_minor=10_000) for at in range(4)]
    invoices = [_invoice(at, date(2026, 6, 2), amount_minor=10_000 if at > 3 - filled else None) for at in range(4)]

    assert judged(deals, invoices, ["crm/c/1", "ledger/c/1"]).kind.to_pylist()[0] == kind


@pytest.mark.parametrize(
    ("day", "is_extra"), [(date(2026, 5, 31), False), (date(2026, 6, 1), True), (date(2026, 6, 2), True)]
)
def test_a_target_needs_a_source_from_the_day_of_the_first_source_on(
    documents: Build, same: Build, day: date, *, is_extra: bool
) -> None:
    """What was entered before the source's first document may come from before its export."""
    strict = Handoff(**{**{name: getattr(BILLED, name) for name in BILLED.__slots__}, "is_source_required": True})
    deals = documents("deal", _deal(1, date(2026, 6, 1), amount_minor=5))
    invoices = documents("invoice", _invoice(1, day, amount_minor=777_700, party_key=None))

    found = handoff_counterparts(strict, deals, invoices, same(["crm/c/1"]), as_of=AS_OF)

    assert ("extra" in found["status"].to_pylist()) is is_extra


def test_of_parts_of_one_day_the_smaller_key_stands_first(documents: Build, same: Build) -> None:
    """Two payments of one day: the first by key is named, the other beside it."""
    paid = Handoff("paid", "Invoices paid", "ledger", "invoices", "invoice", "bank", "lines", "bank_line", grace_days=30)
    lines = [
        {"record_key": f"bank/lines/{at}", "amount_minor": amount, "posted_on": date(2026, 6, 4), "party_key": "ledger/c/1"}
        for at, amount in ((1, 38_680), (2, 61_320))
    ]
    around = [
        {"record_key": f"bank/lines/9{at}", "amount_minor": 77_700 + 1_313 * at, "posted_on": date(2026, 3 + at % 6, 5)}
        for at in range(12)
    ]
    left = documents("invoice", _invoice(1, date(2026, 6, 1), amount_minor=100_000))

    [row] = handoff_counterparts(
        paid, left, documents("bank_line", *lines, *around), same(["ledger/c/1"]), as_of=AS_OF
    ).to_pylist()

    assert (row["key_r"], row["more_keys_r"]) == ("bank/lines/1", ["bank/lines/2"])


def test_of_two_employers_named_as_often_the_smaller_id_is_taken(parties: Build) -> None:
    """A person whose records name two companies once each belongs to one of them, always the same; twice beats once."""
    keys = {"a/c/1": "g-b", "b/c/1": "g-a", "a/p/1": "g-p", "b/p/1": "g-p", "c/p/1": "g-p"}
    clusters = CLUSTER.from_rows({"record_key": key, "cluster_id": name} for key, name in keys.items())

    def account(*employers: str) -> str:
        people = [
            {"record_key": f"{system}/p/1", "kind": "person", "parent_key": employer}
            for system, employer in zip("abc", employers, strict=False)
        ]
        walk = crosswalk(parties({"record_key": "a/c/1"}, {"record_key": "b/c/1"}, *people), clusters, PAIR.empty())
        return {row["record_key"]: row["account_id"] for row in walk.to_pylist()}["a/p/1"]

    assert account("a/c/1", "b/c/1") == "g-a"
    assert account("a/c/1", "b/c/1", "a/c/1") == "g-b"


def test_the_likeliest_pair_says_how_surely_a_record_belongs(parties: Build) -> None:
    """Of two pairs within the cluster the likelier one counts, whatever their order."""
    known = parties({"record_key": "a/c/1"}, {"record_key": "b/c/1"}, {"record_key": "c/c/1"})
    clusters = CLUSTER.from_rows({"record_key": f"{one}/c/1", "cluster_id": "x"} for one in "abc")
    pair = {"match_weight": 9.0, "decision": "same"}
    pairs = [
        {**pair, "key_l": "a/c/1", "key_r": "b/c/1", "match_probability": 0.95, "decided_by": "model"},
        {**pair, "key_l": "a/c/1", "key_r": "c/c/1", "match_probability": 0.99, "decided_by": "rule"},
    ]

    for given in (pairs, pairs[::-1]):
        walk = crosswalk(known, clusters, PAIR.from_rows(given)).to_pylist()
        assert [(row["match_probability"], row["decided_by"]) for row in walk] == [
            (0.99, "rule"), (0.95, "model"), (0.99, "rule"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "value", "reason"),
    [
        (2, 1, "a@acme.com", "newest"), (1, 2, "b@acme.com", "newest"), (1, 1, "b@acme.com", "most complete, none is newer"),
        (1, None, "b@acme.com", "most complete, times unknown"), (None, None, "b@acme.com", "most complete, times unknown"),
    ],
)  # fmt: skip
def test_a_record_is_newest_only_when_another_known_time_is_older(  # noqa: PLR0917 - one row of a table of values
    parties: Build, same: Build, one: int | None, other: int | None, value: str, reason: str
) -> None:
    """A time beside none, and two equal times, say nothing of which is newer: then the fuller record is believed."""
    at = {None: None, 1: datetime(2026, 1, 1, tzinfo=UTC), 2: datetime(2026, 1, 1, microsecond=1, tzinfo=UTC)}
    both = parties(
        {"record_key": "a/c/1", "email": "a@acme.com", "updated_at": at[one]},
        {"record_key": "b/c/1", "email": "b@acme.com", "tax_id": "12-3456789", "updated_at": at[other]},
    )

    [row] = [row for row in golden_records(both, same(["a/c/1", "b/c/1"]), NOBODY).to_pylist() if row["column"] == "email"]

    assert (row["value"], row["reason"]) == (value, reason)


def test_the_fullest_of_a_group_comes_before_the_fullest_record(parties: Build, same: Build) -> None:
    """An address is taken from the record that has more of the address, not from the one that has more of all else."""
    both = parties(
        {"record_key": "a/c/1", "street": "12 Main St", "email": "a@acme.com", "phone": "312 555 0147", "tax_id": "1-2"},
        {"record_key": "b/c/1", "street": "9 Oak Ave", "city": "Dallas"},
    )

    found = {row["column"]: row["value"] for row in golden_records(both, same(["a/c/1", "b/c/1"]), NOBODY).to_pylist()}

    assert (found["street"], found["city"]) == ("9 Oak Ave", "Dallas")


def test_of_many_records_in_one_system_five_are_compared(parties: Build, same: Build) -> None:
    """Six records of one party against one: the first five by key."""
    many = [{"record_key": f"crm/c/{at}", "name": f"Acme {at}"} for at in range(6)]
    known = parties(*many, {"record_key": "ledger/c/1", "name": "Acme"})

    found = mismatches(known, same([row["record_key"] for row in [*many, {"record_key": "ledger/c/1"}]]))

    assert found.mismatches["key_l"].to_pylist() == [f"crm/c/{at}" for at in range(5)]


@pytest.mark.parametrize(("left", "right", "side"), [(1, 2, "r"), (2, 1, "l"), (1, 1, "unknown"), (1, None, "unknown")])
def test_who_changed_last_is_told_only_of_two_different_times(
    parties: Build, same: Build, left: int | None, right: int | None, side: str
) -> None:
    """Equal times, and a time beside none, tell nothing."""
    at = {None: None, 1: datetime(2026, 1, 1, tzinfo=UTC), 2: datetime(2026, 1, 2, tzinfo=UTC)}
    both = parties(
        {"record_key": "crm/c/1", "name": "Acme", "updated_at": at[left]},
        {"record_key": "ledger/c/1", "name": "Birch", "updated_at": at[right]},
    )

    [row] = mismatches(both, same(["crm/c/1", "ledger/c/1"])).mismatches.to_pylist()

    assert row["changed_last"] == side


def test_a_sale_prefers_customers_and_companies_and_no_company_is_its_own_parent(parties: Build) -> None:
    """Of one name the customer comes before the vendor, the company before what is unknown, and that before a person."""
    vendor = {"record_key": "ledger/c/1", "name": "Acme", "roles": ["vendor"]}
    sale = {"record_key": "ledger/invoices/1", "system": "ledger", "stream": "invoices", "record_id": "1"}
    document = DOCUMENT.from_rows([{**sale, "entity": "invoice", "state": "active", "party_ref": "Acme"}])

    def found(*others: dict[str, Any]) -> str | None:
        known = parties(
            *({"record_key": f"ledger/c/{at}", "name": "Acme", **one} for at, one in enumerate(others, 2)), vendor
        )
        [key] = resolved_references(document, known).documents["party_key"].to_pylist()
        return key

    itself = parties({"record_key": "crm/c/1", "name": "Acme", "parent_ref": "Acme"})

    assert found({"roles": ["customer"]}) == "ledger/c/2"
    assert found({"roles": ["customer"], "kind": "unknown"}, {"roles": ["customer"], "kind": "person"}) == "ledger/c/2"
    assert found({"roles": ["customer"], "kind": "unknown"}, {"roles": ["customer"]}) == "ledger/c/3"
    assert resolved_references(DOCUMENT.empty(), itself).parties["parent_key"].to_pylist() == [None]


def test_the_first_record_of_a_party_is_the_one_made_first(parties: Build, same: Build) -> None:
    """A record without a time comes last, whatever its key; of equal times the smaller key is the first."""
    entered = Handoff("entered", "Customers entered", "crm", "c", "party", "ledger", "c", "party", grace_days=30)
    made = [None, datetime(2026, 6, 2, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)]
    crm = parties(
        *({"record_key": f"crm/c/{at}", "name": "Acme", "created_at": one} for at, one in enumerate(made)),
    )
    ledger = parties({"record_key": "ledger/c/1", "name": "Acme"})
    walk = same([*(f"crm/c/{at}" for at in range(4)), "ledger/c/1"])

    [row] = handoff_counterparts(entered, crm, ledger, walk, as_of=AS_OF).to_pylist()

    assert row["key_l"] == "crm/c/2"


def test_pairs_are_written_down_from_one_percent_on(documents: Build, same: Build) -> None:
    """What was weighed and is not wholly unlikely can be looked up; the rest would only fill the disk."""
    deals = [_deal(at, date(2026, 6, 1 + at), amount_minor=50_100 + 777 * at) for at in range(9)]
    invoices = [_invoice(at, date(2026, 6, 3 + at), amount_minor=50_100 + 777 * at) for at in range(9)]
    # The same client once more, months apart and for another amount: not likely, and not out of the question.
    deals.append(_deal(9, date(2026, 7, 1), amount_minor=90_000))
    invoices.append(_invoice(9, date(2026, 9, 20), amount_minor=200_000))
    left, right = _sides(documents("deal", *deals), documents("invoice", *invoices), same(["crm/c/1", "ledger/c/1"]))

    found = document_tables("billed", left, right)
    told = found.pairs["match_probability"].to_pylist()

    assert len(told) < 100
    assert 0.01 <= min(told) < 0.5 < max(told)
    assert found.links["kind"].to_pylist() == ["one"] * 9


@pytest.mark.parametrize("probability", [0.49, 1.0])
def test_a_link_needs_at_least_even_odds_and_no_certainty(documents: Build, same: Build, probability: float) -> None:
    """Below one half a link would be a guess; nothing is ever certain."""
    left, right = _sides(
        documents("deal", _deal(1, date(2026, 6, 1))), documents("invoice", _invoice(1, date(2026, 6, 2))), same()
    )

    with pytest.raises(ValueError, match=r"at least 0\.5 and below 1"):
        document_tables("billed", left, right, min_probability=probability)


def test_a_customer_entered_with_another_value_weighs_more_than_one_that_lacks_it(parties: Build, same: Build) -> None:
    """Each pair has the columns that are wrong; one without any is none of both."""
    entered = Handoff("entered", "Customers entered", "crm", "c", "party", "ledger", "c", "party", grace_days=30)
    made = datetime(2026, 6, 1, tzinfo=UTC)
    phones = [("212 555 0101", "212 555 0101"), ("212 555 0102", "212 555 0999"), ("212 555 0103", None)]
    crm, ledger = (
        parties(
            *(
                {"record_key": f"{system}/c/{at}", "name": f"Acme {at}", "phone": pair[side], "created_at": made}
                for at, pair in enumerate(phones)
            )
        )
        for side, system in enumerate(("crm", "ledger"))
    )
    walk = same(*([f"crm/c/{at}", f"ledger/c/{at}"] for at in range(3)))

    rows = handoff_counterparts(entered, crm, ledger, walk, as_of=AS_OF).to_pylist()

    assert [(row["is_error"], row["error_kind"], row["error_columns"]) for row in rows] == [
        (False, None, None),
        (True, "field", ["phone"]),
        (True, "missing_field", ["phone"]),
    ]
