"""What a job has put aside is read as archived by the next pull: else it would be planned again and again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import App, served
from tests.unit.connectors.test_shopify_asked import TOKEN, Shopify
from tests.unit.connectors.test_stripe_asked import Stripe
from tests.unit.connectors.test_zendesk_asked import SIGN_IN, Zendesk, user
from tests.vendor_pulls import BEARER, KEY, held, pulled

ADMIN = "/admin/api/2026-10"


def customer(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"cus_{number}", "object": "customer", "name": f"Firm {number}", "created": 1769601600, **more}


def shopper(number: int, *tags: str) -> dict[str, Any]:
    return {
        "legacyResourceId": str(number), "firstName": "Ann", "lastName": f"Lee {number}", "tags": [*tags],
        "createdAt": "2026-01-10T11:00:00-05:00", "updatedAt": "2026-11-01T09:00:00Z",
    }  # fmt: skip


STRIPE = Stripe(
    {"customers": [customer(1, metadata={"archived": "true", "merged_into": "cus_2"}), customer(2, metadata={})]}
)
SHOP = Shopify({"customers": [shopper(1, "vip", "archived"), shopper(2, "not archived", "archived later"), shopper(3)]})
DESK = Zendesk([], [user(1, suspended=True), user(2, suspended=False), user(3, active=False, suspended=True)])


@pytest.mark.parametrize(
    ("connector", "app", "path", "sign_in", "stream", "states"),
    [
        ("stripe", STRIPE, "/v1", BEARER, "customers", {"cus_1": "archived", "cus_2": "active"}),
        ("shopify", SHOP, ADMIN, TOKEN, "customers", {"1": "archived", "2": "active", "3": "active"}),
        ("zendesk", DESK, "", SIGN_IN, "users", {"1": "archived", "2": "active", "3": "deleted"}),
    ],
)  # fmt: skip
def test_what_was_put_aside_is_archived(
    *,
    connector: str,
    app: App,
    path: str,
    sign_in: Mapping[str, Any],
    stream: str,
    states: Mapping[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the mark that the vendor keeps, and by nothing that only looks like it."""
    monkeypatch.setenv("HARBOR_KEY", KEY)
    with served(app) as server:
        found = pulled(tmp_path, connector, f"{server.url}{path}", sign_in)

    assert found.missing == ()
    assert {key: one["state"] for key, one in held(tmp_path, stream).items()} == states
