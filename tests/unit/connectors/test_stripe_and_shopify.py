"""Stripe's payments that were none, and Shopify's products with pictures."""

from collections.abc import Callable
from datetime import date

import pytest

from toolkit.files.canonical import CanonicalStream

Streams = Callable[..., dict[str, CanonicalStream]]


@pytest.mark.parametrize("status", ["Failed", "Canceled", "Requires payment method", "Uncaptured", "Pending", "Blocked"])
def test_a_payment_that_did_not_come_about_is_put_aside(export_streams: Streams, status: str) -> None:
    """It has an amount and a customer; no money moved."""
    payments = export_streams(
        "id,Created date (UTC),Amount,Currency,Status,Customer Email,Seller Message\n"
        "ch_1,2026-02-01 18:30:51,125.00,usd,Paid,ana@a.example,Payment complete.\n"
        f"ch_2,2026-02-01 18:31:00,125.00,usd,{status},bo@b.example,The card was declined.\n"
    )["payments"]

    assert payments.table()["record_id"].to_pylist() == ["ch_1"]
    assert payments.quarantine["reason"].to_pylist() == ["not_money_moved"]


def test_what_was_authorised_and_not_captured_is_no_payment(export_streams: Streams) -> None:
    """The status says "Paid" of the authorisation; test payments are none either."""
    payments = export_streams(
        "id,Created (UTC),Amount,Currency,Captured,Mode,Status\n"
        "ch_1,2026-02-01 18:30:51,1.00,usd,true,Live,Paid\nch_2,2026-02-01 18:30:52,2.00,usd,false,Live,Paid\n"
        "ch_3,2026-02-01 18:30:53,4.00,usd,true,Test,Paid\n"
    )["payments"]

    assert payments.table()["amount_minor"].to_pylist() == [100]


def test_a_partly_refunded_payment_is_one(export_streams: Streams) -> None:
    """Refunded money was received first."""
    payments = export_streams(
        "id,Created (UTC),Amount,Amount Refunded,Currency,Status\nch_1,2026-02-01 18:30:51,10.00,10.00,usd,Refunded\n"
    )["payments"]

    assert payments.table().select(["amount_minor", "paid_minor"]).to_pylist() == [{"amount_minor": 1_000, "paid_minor": 0}]


def test_rows_without_id_are_named_by_what_they_say(export_streams: Streams) -> None:
    """Somebody left the id out of the export; two equal payments stay two."""
    payments = export_streams(
        "Created date (UTC),Amount,Currency,Customer Email,Status\n"
        "2026-02-01 18:30:51,5.00,usd,ana@a.example,Paid\n2026-02-01 18:30:51,5.00,usd,ana@a.example,Paid\n"
        "2026-02-02 09:00:00,7.00,usd,bo@b.example,Paid\n"
    )["payments"]

    assert payments.table()["amount_minor"].to_pylist() == [500, 500, 700]
    assert len(set(payments.table()["record_id"].to_pylist())) == 3


@pytest.mark.parametrize("columns", ["Arrival Date (UTC),Destination", "Type,Source,Fee,Net,Available On (UTC)"])
def test_payouts_and_balances_are_no_payments(export_streams: Streams, columns: str) -> None:
    """They have ids, amounts and times as well."""
    assert export_streams(f"id,Amount,Created (UTC),Currency,{columns}\npo_1,1.00,2026-02-01,usd\n") == {}


def test_a_row_with_a_picture_only_is_no_product(fixture_streams: Streams) -> None:
    """Two variants and three pictures of a desk mat: two products, and one row put aside."""
    products = fixture_streams("shopify/products")["products"]

    rows = products.table().select(["code", "name", "price_minor", "is_active"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("MAT-S", "Desk mat", 1_000, True),
        ("MAT-L", "desk-mat", 1_400, None),
        (None, "Pen cup", 1_000, False),
    ]
    assert products.quarantine["reason"].to_pylist() == ["picture"]


def test_products_of_the_newer_template_are_read(export_streams: Streams) -> None:
    """Names in sentence case, "URL handle", "SKU" and "Price"."""
    products = export_streams(
        "Title,URL handle,Description,Vendor,Product category,Type,Status,SKU,Barcode,Option1 name,Option1 value,Price,"
        "Product image URL\n"
        "Desk mat,desk-mat,Felt,Harbor,Office,Mat,Active,MAT,,Size,Small,10.00,https://cdn.example/1.jpg\n"
        ",desk-mat,,,,,,,,,,,https://cdn.example/2.jpg\n"
    )["products"]

    assert products.table()["code"].to_pylist() == ["MAT"]
    assert products.quarantine.num_rows == 1


def test_an_order_late_in_the_evening_is_of_its_own_day(export_streams: Streams) -> None:
    """22:30 in Chicago is the next day elsewhere."""
    orders = export_streams(
        "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Id\n"
        "#2001,a1@x.example,paid,2026-08-02 22:30:00 -0500,USD,51.00,2026-08-02 22:30:00 -0500,1,Soap,51.00,741099146001\n"
    )["orders"]

    assert orders.table()["issued_on"].to_pylist() == [date(2026, 8, 2)]
