"""All handoffs are all that the settings name: one whose files were not sent is not forgotten."""

from pathlib import Path

import pytest

from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages

SETTINGS = """
client: Vos
currency: USD
country: US
time_zone: America/Chicago
as_of: 2026-06-30
systems:
  shop:
    connector: table
    category: shop
    streams:
      orders:
        entity: order
        file: [orders.csv]
        key: [Order]
        fields: {number: Order, party_name: Customer, created_at: Placed, amount_minor: Total}
  books:
    connector: table
    category: ledger
    streams:
      invoices:
        entity: invoice
        file: [invoices.csv]
        key: [Invoice]
        fields: {number: Invoice, party_name: Customer, issued_on: Dated, amount_minor: Total, reference: Order}
  desk: {connector: zendesk}
rates: {loaded_rate_per_hour: 40, day_rate: 500}
handoffs:
  orders_to_invoices: {from: shop.orders, to: books.invoices, minutes_per_item: 5, rework_minutes: 10}
"""
SECOND = "  tickets_to_invoices: {from: desk.tickets, to: books.invoices, minutes_per_item: 5, rework_minutes: 10}\n"


@pytest.mark.parametrize(("more", "whom"), [("", "the only handoff"), (SECOND, "1 of 2 handoffs")])
def test_a_handoff_without_files_is_one_of_all(tmp_path: Path, more: str, whom: str) -> None:
    """The sum of one of two handoffs is never called that of all, whatever of the second was not sent."""
    days = [f"2026-{1 + n // 24:02}-{1 + n % 24:02}" for n in range(120)]
    orders = "".join(f"S{n},Client {n % 9},{day},{100 + n}.00\n" for n, day in enumerate(days))
    invoices = "".join(f"I{n},Client {n % 9},{day},{100 + n}.00,S{n}\n" for n, day in enumerate(days))
    folder = folder_of(
        tmp_path,
        {
            "engagement.yaml": SETTINGS + more,
            "exports/shop/orders.csv": f"Order,Customer,Placed,Total\n{orders}",
            "exports/books/invoices.csv": f"Invoice,Customer,Dated,Total,Order\n{invoices}",
        },
    )
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    figures = {row["figure_id"]: row for row in run_stages(engagement).table("figure").to_pylist()}

    assert figures["roi.work_cost_per_month.total"]["value"] > 0
    assert figures["roi.work_cost_per_month.total"]["label"].endswith(f": {whom}")
