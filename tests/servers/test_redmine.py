"""Redmine 5.0, as Debian has it, by the generic connector and what docs/asking-a-system.md says, alone."""

from pathlib import Path

import httpx
import pytest

from tests.servers.engagements import Held, described, pulled
from tests.servers.systems import Redmine

pytestmark = pytest.mark.servers

ISSUES = 130


def test_lists_come_whole_and_then_as_they_change(redmine: Redmine, tmp_path: Path) -> None:
    """Closed issues and locked users too, none twice; then what was changed, added, deleted."""
    folder = described(tmp_path / "client", "redmine", redmine.url)
    first = pulled(folder)
    before = first.rows["issues"]

    redmine.send("PUT", "/issues/20.json", issue={"subject": "Renamed"})
    new = redmine.send("POST", "/issues.json", issue={"project_id": 1, "subject": "New", "priority_id": 1})["issue"]["id"]
    redmine.send("DELETE", "/issues/60.json")
    redmine.send("PUT", "/users/5.json", user={"status": 3})
    redmine.send("DELETE", "/users/6.json")
    second = pulled(folder)
    third = pulled(folder, is_full=True)

    assert first.missing == second.missing == third.missing == ()
    assert len(before) == ISSUES
    assert sum(row["status"] == "Closed" for row in before.values()) == ISSUES // 10
    assert {row["name"] for row in first.rows["projects"].values()} == {"Acme rollout", "Old move"}
    assert states(first) == {"1": "active", "5": "active", "6": "active", "7": "archived"}
    # The newest of before, whose stamp may be shared by one that came later, and the two.
    assert second.came["issues"] == 3
    changed = {key: row["name"] for key, row in second.rows["issues"].items()}
    assert changed == {key: row["name"] for key, row in before.items()} | {"20": "Renamed", str(new): "New"}
    assert states(second) == {"1": "active", "5": "archived", "7": "archived"}
    # Redmine names no deleted issue: only reading everything shows that one is gone.
    assert set(third.rows["issues"]) == set(changed) - {"60"}


def states(held: Held) -> dict[str, str]:
    return {key: row["state"] for key, row in held.rows["users"].items()}


def test_a_wrong_key_takes_nothing_away(redmine: Redmine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Redmine answers a key that nobody has with what strangers may see: whose it is, is asked before anything else."""
    folder = described(tmp_path / "client", "redmine", redmine.url)
    pulled(folder)
    monkeypatch.setenv("REDMINE_KEY", "0" * 40)
    found = pulled(folder)

    assert httpx.get(f"{redmine.url}/issues.json", headers={"x-redmine-api-key": "0" * 40}).json()["issues"]
    assert len(found.rows["issues"]) == ISSUES
    # One reason for all three lists is said once.
    [said] = found.missing
    assert all(word in said for word in ("projects, issues, users", "REDMINE_KEY", "is used"))
