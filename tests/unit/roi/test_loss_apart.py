"""Revenue that was never invoiced: a count and a value first, a loss with an answer, a cost only where it may be added."""

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.case import HandoffCase, handoff_case
from toolkit.roi.case_tables import case_table, case_tables
from toolkit.roi.figures import roi_figures
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.not_invoiced import (
    missed_value,
    missing_sources,
    net_invoice_value,
    not_invoiced,
    not_invoiced_figures,
)
from toolkit.roi.portfolio import portfolio_case
from toolkit.tables import COUNTERPART, DOCUMENT, HANDOFF, NOT_INVOICED


def sure(value: float) -> Estimate:
    return certain(value, "as named", "measured")


SHARED = SharedInputs(
    loaded_rate_per_hour=sure(30), annual_cost_of_capital=sure(0.12), contingency_rate=sure(0.2), day_rate=sure(600)
)


def _case(shared: SharedInputs = SHARED, **more: Any) -> HandoffCase:
    inputs: dict[str, Any] = {
        "volume_per_month": sure(20),
        "invoices_per_month": sure(20),
        "minutes_per_item": sure(15),
        "error_rate": sure(0),
        "delay_days": sure(3),
        "avg_invoice_value": sure(1_000),
        "missed_rate": MeasuredShare(10, 100),
    }
    return handoff_case("a", HandoffInputs(**{**inputs, **more}), shared, currency="USD")


def _figures(case: HandoffCase) -> dict[str, dict[str, Any]]:
    return {row["figure_id"]: row for row in roi_figures(case_table([case]), currency="USD").to_pylist()}


def test_without_an_answer_of_the_client_nothing_is_lost_in_money() -> None:
    """There is no default for how many forgotten invoices are noticed later."""
    row = _figures(_case())["roi.lost_revenue_per_month.a"]

    assert row["value"] is None
    assert row["method"] == "No money yet: only you can say how many forgotten invoices are noticed later."
    assert _case().is_complete


def test_with_an_answer_the_loss_stands_beside_the_cost() -> None:
    """Twenty invoices of 1,000, a tenth forgotten, half of these found: 1,000 a month, and none of it in the cost."""
    silent, told = _case(), _case(recovered_rate=sure(0.5))

    assert float(told.single.now["missed"][0]) == pytest.approx(1_000)
    assert float(told.single.cost_now[0]) == float(silent.single.cost_now[0])
    assert float(told.judged_single.npv[0]) == float(silent.judged_single.npv[0])
    assert _figures(told)["roi.lost_revenue_per_month.a"]["value"] == pytest.approx(1_000, rel=0.05)


def test_the_loss_is_added_only_where_the_client_allows_it() -> None:
    """Then it is in the cost, in the saving and in the value, and its inputs are asked for."""
    allowed = replace(SHARED, is_loss_added=True)
    apart, added = _case(recovered_rate=sure(0.5)), _case(allowed, recovered_rate=sure(0.5))

    assert float(added.single.cost_now[0]) == pytest.approx(float(apart.single.cost_now[0]) + 1_000)
    assert float(added.judged_single.npv[0]) > float(apart.judged_single.npv[0])
    assert _case(allowed).missing == ("recovered_rate",)


def test_a_sum_says_which_of_its_lines_are_added() -> None:
    """The loss has its line in the table of the total, and is not in its sum."""
    case = _case(recovered_rate=sure(0.5))
    total = portfolio_case([case], SHARED, currency="USD").total

    rows = {row["line"]: row for row in case_tables([total]).cost_line.to_pylist()}

    assert {line for line, row in rows.items() if not row["is_added"]} == {"missed"}
    added = sum(row["now_likely"] for line, row in rows.items() if row["is_added"] and line != "total")
    assert rows["total"]["now_likely"] == pytest.approx(added)


def test_what_is_known_of_some_handoffs_is_the_loss_of_all() -> None:
    """One that nobody answered for does not hide the loss of the other, nor does it count as nothing."""
    told = _case(recovered_rate=sure(0.5))
    silent = replace(_case(), handoff_id="b")

    both = portfolio_case([told, silent], SHARED, currency="USD").total
    none = portfolio_case([silent], SHARED, currency="USD").total

    assert float(both.single.now["missed"][0]) == pytest.approx(1_000)
    assert _figures(none)["roi.lost_revenue_per_month.total"]["value"] is None


def test_cash_tied_up_is_a_stock_of_its_own() -> None:
    """Eighteen invoices of 1,000 that wait three days: 12 x 18,000 / 365 x 3, in no sum."""
    case = _case()

    assert float(case.single.working_capital_now[0]) == pytest.approx(12 * 18_000 / 365 * 3)
    assert "no cost by itself" in _figures(case)["roi.cash_tied_up.a"]["formula"]


def _counterparts() -> pa.Table:
    common = {"handoff_id": "a", "is_error": False, "currency": "EUR", "event_on": date(2026, 3, 1)}
    statuses = (("1", "missing"), ("2", "missing"), ("3", "found"), ("4", "missing"))
    rows = [{**common, "key_l": f"crm/deals/{key}", "status": status} for key, status in statuses]
    return COUNTERPART.from_rows([*rows, {**common, "handoff_id": "b", "key_l": "crm/deals/1", "status": "missing"}])


def _documents() -> pa.Table:
    amounts: tuple[dict[str, Any], ...] = (
        {"amount_minor": 11_900, "tax_minor": 1_900, "currency": "EUR"},
        {"amount_minor": 23_800, "net_minor": 20_000, "currency": "EUR"},
        {"amount_minor": 5_000, "currency": "EUR"},
        {"amount_minor": 77_700, "currency": "CHF"},
    )
    return DOCUMENT.from_rows(
        {
            "record_key": f"crm/deals/{place}", "system": "crm", "stream": "deals", "record_id": str(place),
            "entity": "deal", "state": "active", "party_name": "Flint Coffee LLC", "number": f"D-{place}", **one,
        }
        for place, one in enumerate(amounts, start=1)
    )  # fmt: skip


def test_what_was_never_invoiced_is_listed_without_tax_the_largest_first() -> None:
    """Only of handoffs that bill; net where the document tells it, else as stated and said to be so."""
    table = not_invoiced(missing_sources(_counterparts(), {"a"}), _documents())

    rows = [(row["number"], row["net_minor"], row["currency"], row["is_net"]) for row in table.to_pylist()]
    assert rows == [("D-4", 77_700, "CHF", False), ("D-2", 20_000, "EUR", True), ("D-1", 10_000, "EUR", True)]


def test_each_currency_has_a_sum_with_its_own_count() -> None:
    """Three documents, two of them in the report's currency: 300 with n = 2, and the third in a sum of its own."""
    table = not_invoiced(missing_sources(_counterparts(), {"a"}), _documents())
    handoffs = HANDOFF.from_rows(
        [
            {
                "handoff_id": "a", "label": "Deals", "system_l": "crm", "stream_l": "deals", "system_r": "ledger",
                "stream_r": "invoices", "entity_l": "deal", "entity_r": "invoice", "is_proposed": False,
            }
        ]
    )  # fmt: skip

    rows = {
        row["figure_id"]: row for row in not_invoiced_figures(table, handoffs, currency="EUR", billing={"a"}).to_pylist()
    }

    for whom in ("a", "total"):
        assert rows[f"roi.not_invoiced_count.{whom}"]["value"] == 3
        assert rows[f"roi.not_invoiced_value.{whom}"]["value"] == 300
        assert rows[f"roi.not_invoiced_value.{whom}"]["n"] == 2
        assert "1 of 3 have no amount in EUR and are not in it" in rows[f"roi.not_invoiced_value.{whom}"]["method"]
        other = rows[f"roi.not_invoiced_value_chf.{whom}"]
        assert (other["currency"], other["n"]) == ("CHF", 1)
    assert rows["roi.not_invoiced_value.total"]["inputs"] == ["roi.not_invoiced_value.a"]


def test_a_sum_is_named_after_what_has_an_amount() -> None:
    """Service calls without a value of their own are counted, and the sum is called that of the deals alone."""
    side = {"system_l": "crm", "system_r": "ledger", "stream_r": "invoices", "entity_r": "invoice", "is_proposed": False}
    handoffs = HANDOFF.from_rows(
        {**side, "handoff_id": name, "label": name, "stream_l": f"{entity}s", "entity_l": entity}
        for name, entity in (("a", "deal"), ("b", "ticket"))
    )
    lines = [
        {"handoff_id": name, "record_key": f"crm/{name}/1", "net_minor": value, "currency": "EUR", "is_net": True}
        for name, value in (("a", 30_000), ("b", None))
    ]

    figures = not_invoiced_figures(NOT_INVOICED.from_rows(lines), handoffs, currency="EUR", billing={"a", "b"})

    said = {row["figure_id"]: row["label"] for row in figures.to_pylist()}
    assert said["roi.not_invoiced_count.total"] == "Won deals and tickets without an invoice"
    assert said["roi.not_invoiced_value.total"] == "Value of won deals without an invoice"
    assert said["roi.not_invoiced_value.b"] == "Value of tickets without an invoice"


def test_the_value_of_a_forgotten_invoice_is_that_of_the_forgotten_ones() -> None:
    """Large deals are forgotten as small ones are: the loss takes their own mean, not that of all invoices."""
    value = missed_value([100.0, 200.0, 600.0])

    assert value is not None
    assert value.likely == 300
    assert value.low < 300 < value.high
    lost = _case(recovered_rate=sure(0.5), missed_invoice_value=value)
    assert float(lost.single.now["missed"][0]) == pytest.approx(20 * 0.1 * 300 * 0.5)


def _billed(*amounts: dict[str, int]) -> tuple[pa.Table, pa.Table]:
    """Return found items and their invoices with these amounts, in cents."""
    keys = [f"ledger/invoices/{place}" for place in range(len(amounts))]
    common = {"handoff_id": "calls", "is_error": False, "currency": "GBP", "status": "found"}
    counterpart = [{**common, "key_l": f"desk/tickets/{place}", "key_r": key} for place, key in enumerate(keys)]
    invoices = (
        {
            "record_key": key, "system": "ledger", "stream": "invoices", "record_id": key[16:], "entity": "invoice",
            "state": "active", "currency": "GBP", **amount,
        }
        for key, amount in zip(keys, amounts, strict=True)
    )  # fmt: skip
    return COUNTERPART.from_rows(counterpart), DOCUMENT.from_rows(invoices)


def test_a_service_call_without_an_invoice_is_worth_an_invoice_without_its_tax() -> None:
    """A call has no value of its own; the mean invoice holds a fifth of tax, which is no revenue that anybody loses."""
    mean = Estimate(1_200, "currency", "measured", 1_080, 1_320)

    value = net_invoice_value(mean, *_billed({"amount_minor": 120_000, "tax_minor": 20_000}, _NET_TOLD), "calls")

    assert value is not None
    assert (value.low, value.likely, value.high) == pytest.approx((900, 1_000, 1_100))
    assert "less the tax that 2 invoices state: 16.7 % of it" in value.source


_NET_TOLD = {"amount_minor": 60_000, "net_minor": 50_000}
_UNTOLD = {"amount_minor": 60_000}


def test_where_invoices_do_not_tell_their_tax_none_is_taken_off() -> None:
    """What half of the invoices or more do not say is not guessed: the mean stays as it stands."""
    mean = Estimate(1_200, "currency", "measured", 1_080, 1_320)

    assert net_invoice_value(mean, *_billed(_NET_TOLD, _UNTOLD), "calls") is None
    assert net_invoice_value(None, *_billed(_NET_TOLD), "calls") is None
    assert net_invoice_value(mean, *_billed(), "calls") is None
