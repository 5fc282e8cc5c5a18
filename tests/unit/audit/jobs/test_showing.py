"""Plans are looked at: in a list, one again, two side by side; and of one that was never sent what else became of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.unit.audit.jobs.conftest import Crm, handmade
from tests.vendor_doubles import archived, created, renamed
from toolkit.audit.jobs.approving import approve_plan
from toolkit.audit.jobs.showing import compared_plans, listed_plans, nothing_sent, reopened_plan
from toolkit.audit.jobs.writing import plan_files
from toolkit.changes import operation
from toolkit.changes.operation import field_hash
from toolkit.changes.steps import JournalEntry
from toolkit.errors import InputError
from toolkit.store.journal import opened_journal
from toolkit.store.plans import plan_path

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_each_plan_is_a_row_with_what_became_of_it(crm: Crm) -> None:
    """Who agreed, whether files were written, how far it is over the interface, and whether its file is whole."""
    with crm.opened() as engagement:
        other = handmade(engagement, renamed(1), renamed(2))
        approve_plan(engagement, crm.plan.plan_id, "Nora")
        plan_files(engagement, crm.plan.plan_id, is_dry_run=False)
        with engagement.store.writing("a job"), opened_journal(engagement.store, other.plan.plan_id) as journal:
            journal.note(JournalEntry(other.plan.operations[0].op_id, "confirmed", 1, NOON))
        path = plan_path(engagement.store, other.plan.plan_id)
        path.write_bytes(path.read_bytes() + b" ")

        first, second = listed_plans(engagement)

        count = len(crm.plan.operations)
        assert (first["plan"], first["job"], first["system"]) == (crm.plan.plan_id[:12], "cleanup", "crm")
        assert (first["steps"], first["done"], first["file"]) == (str(count), "", "")
        assert first["agreed to by"].startswith("Nora, 20")
        assert first["written"] == engagement.store.logged("plan_files")[0]["at"]
        made, until = (datetime.fromisoformat(first[one]) for one in ("made", "good until"))
        assert (until - made).days == 7
        assert (second["agreed to by"], second["written"], second["done"]) == ("", "", "1 of 2")
        assert second["file"] == "changed or gone: plan again"


def test_of_a_plan_that_was_never_sent_the_newest_files_are_named(crm: Crm) -> None:
    """When they were written and where; files of other plans are no matter."""
    with crm.opened() as engagement:
        name = crm.plan.plan_id[:12]
        first = f"Nothing of plan {name} was sent over an interface, so no step of it was noted."
        other = handmade(engagement, renamed(1)).plan.plan_id
        approve_plan(engagement, other, "Nora")
        plan_files(engagement, other, is_dry_run=False)
        assert nothing_sent(engagement, name) == f"{first} No files of it were written, either."
        approve_plan(engagement, name, "Nora")
        for folder in ("one", "two", "three"):
            plan_files(engagement, name, is_dry_run=False, out=engagement.folder / folder)

        said = nothing_sent(engagement, name)

        at = engagement.store.logged("plan_files")[-1]["at"]
        assert said.startswith(
            f"{first} Its files were written on {at} UTC in {engagement.folder / 'three'}. What was imported"
        )
        with engagement.store.writing("an earlier version"):
            engagement.store.log("plan_files", {"plan_id": crm.plan.plan_id, "at": "2026-01-02 03:04"})
        assert "were written on 2026-01-02 03:04 UTC. What" in nothing_sent(engagement, name)


def test_a_plan_is_shown_again_as_it_was_made(crm: Crm) -> None:
    """With its page and workbook written anew."""
    with crm.opened() as engagement:
        for path in (engagement.folder / "reports").glob("plan-*"):
            path.unlink()

        found = reopened_plan(engagement, "latest")

        assert found.saved.plan == crm.plan
        assert all(path.exists() for path in found.paths)
        assert found.is_sendable


def test_two_plans_are_compared_change_by_change(crm: Crm) -> None:
    """New ones, those that are gone, and those that are different with what they were and are."""
    with crm.opened() as engagement:
        before = {"name": "company 3"}
        changed = operation(
            "update",
            "crm",
            "companies",
            target_id="3",
            before=before,
            after={"name": "C 3"},
            precondition=field_hash(before),
        )
        older = handmade(engagement, renamed(1), renamed(2), renamed(3)).plan
        newer = handmade(engagement, renamed(2), changed, archived(4), created(7)).plan

        found = compared_plans(engagement, older.plan_id, newer.plan_id)

        assert found.lines[0] == "2 changes new, 1 gone, 1 different."
        assert [line.partition(":")[0] for line in found.lines[1:]] == [
            "new",
            "new",
            "gone",
            "different",
            "  was name",
            "  is name",
        ]
        assert [line.split()[-1] for line in found.lines[1:4]] == ["added", "archived", "changed"]
        assert found.lines[-2:] == ["  was name: Company 3", "  is name: C 3"]
        assert found.facts == {
            "older": older.plan_id,
            "newer": newer.plan_id,
            "added": [created(7).op_id, archived(4).op_id],
            "dropped": [renamed(1).op_id],
            "changed": [[renamed(3).op_id, changed.op_id]],
        }
        assert compared_plans(engagement, older.plan_id, older.plan_id).lines == ["Both plans do the same."]


def test_plans_of_two_jobs_or_two_systems_are_not_compared(crm: Crm) -> None:
    """They would differ in everything."""
    with crm.opened() as engagement:
        older = handmade(engagement, renamed(1)).plan
        sync = handmade(engagement, renamed(1), kind="sync").plan
        ledger = handmade(engagement, renamed(1), target=replace(older.target, system="ledger")).plan

        with pytest.raises(InputError, match=r"is a cleanup of crm, plan .* a sync of crm"):
            compared_plans(engagement, older.plan_id, sync.plan_id)
        with pytest.raises(InputError, match=r"is a cleanup of crm, plan .* a cleanup of ledger"):
            compared_plans(engagement, older.plan_id, ledger.plan_id)
