"""docs/asking-a-system.md: its example, run against a system on loopback that answers as the page says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, Given, served
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.all_systems import SystemsPull, pull_systems
from toolkit.audit.records import engagement_records

PAGE = Path(__file__).resolve().parents[2] / "docs" / "asking-a-system.md"
MAX_LINES = 25

GUESTS = [
    {
        "id": number, "full_name": f"Guest {number}", "contact": {"email": f"g{number}@example.nl"},
        "address": {"city": "Utrecht"}, "updated_at": f"2026-11-{1 + number % 27:02d}T10:00:00Z",
    }
    for number in range(1, 121)
]  # fmt: skip
BOOKINGS = [
    {
        "id": f"b{number}", "code": f"2026-{number:03d}", "guest": {"id": number, "name": f"Guest {number}"},
        "price": "125.50", "booked_at": "2026-11-02T09:30:00+01:00",
    }
    for number in range(1, 31)
]  # fmt: skip


def settings() -> str:
    """Return the one example of settings on the page."""
    [found] = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


class Bookings:
    """The system of the page."""

    def __init__(self) -> None:
        self.guests: list[dict[str, Any]] = json.loads(json.dumps(GUESTS))
        self.deleted: list[dict[str, Any]] = []

    def __call__(self, asked: Asked) -> Given:
        if asked.headers.get("authorization") != "Bearer token-of-bookings-4711":
            return Given({"message": "who are you?"}, 401)
        if asked.path.endswith("/guests/deleted"):
            return Given({"data": self.deleted})
        if asked.path.endswith("/guests"):
            size, page = int(asked.query["per_page"]), int(asked.query["page"])
            rows = [one for one in self.guests if one["updated_at"] >= asked.query.get("updated_after", "")]
            about = {"total": len(rows), "pages": -(-len(rows) // size)}
            return Given({"data": rows[(page - 1) * size : page * size], "meta": about})
        first = int(asked.query.get("from", "0"))
        following = f"/api/v2/bookings?from={first + 10}" if first + 10 < len(BOOKINGS) else None
        return Given({"data": BOOKINGS[first : first + 10], "links": {"next": following}})


def pulled(folder: Path) -> tuple[SystemsPull, list[dict[str, Any]], list[dict[str, Any]]]:
    engagement = open_engagement(folder)
    found, records = pull_systems(engagement), engagement_records(engagement)
    engagement.close()
    return found, records.parties.to_pylist(), records.documents.to_pylist()


def test_a_system_takes_no_more_lines_than_promised() -> None:
    """Two lists with paging, changes and deleted records in it."""
    assert len(settings().strip().splitlines()) <= MAX_LINES


def test_the_example_of_the_page_brings_what_the_system_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By configuration alone: all guests and bookings, then what changed, then what was deleted."""
    monkeypatch.setenv("BOOKINGS_TOKEN", "token-of-bookings-4711")
    system = Bookings()
    with served(system) as server:
        (tmp_path / "engagement.yaml").write_text(settings().replace("https://bookings.example", server.url))
        first, guests, bookings = pulled(tmp_path)
        system.guests[0] |= {"full_name": "Renamed", "updated_at": "2026-11-29T10:00:00Z"}
        system.deleted.append({"id": 2})
        server.asked.clear()
        second, changed, _ = pulled(tmp_path)

    assert first.missing == second.missing == ()
    assert len(guests) == 120
    assert len(bookings) == 30
    one = next(row for row in bookings if row["record_id"] == "b7")
    assert (one["number"], one["amount_minor"], one["currency"], one["party_ref"]) == ("2026-007", 12550, "EUR", "7")
    assert {row["city"] for row in guests} == {"Utrecht"}
    names = {row["record_id"]: row["name"] for row in changed}
    assert len(names) == 119
    assert names["1"] == "Renamed"
    assert "2" not in names
    assert len([row for row in server.asked if row.path.endswith("/guests")]) == 1


def test_without_the_key_the_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the variable that is not set."""
    monkeypatch.delenv("BOOKINGS_TOKEN", raising=False)
    with served(Bookings()) as server:
        (tmp_path / "engagement.yaml").write_text(settings().replace("https://bookings.example", server.url))
        engagement = open_engagement(tmp_path)
        found = pull_systems(engagement)
        engagement.close()

    assert found.is_signed_out
    assert "BOOKINGS_TOKEN" in found.missing[0]
    assert server.asked == []
