"""A plan of the newest run says how far each change can be taken back, what its records are called, and what is next."""

from dataclasses import replace

import pytest

from tests.unit.audit.jobs.conftest import RESTORE, Crm, handmade
from tests.vendor_doubles import archived, job, renamed
from toolkit.audit.engagement import open_engagement
from toolkit.audit.jobs.planning import next_steps, plan_job, plan_names, system_label
from toolkit.audit.jobs.ways_back import ANEW
from toolkit.audit.runs import run_stages
from toolkit.changes import LeftOut, summary_of
from toolkit.changes.operation import LOST_WORD, field_hash
from toolkit.errors import InputError
from toolkit.store.sync_base import kept_base

STAMP = "          stamp: updated_at\n"
MERGE = (
    "          merge: {call: {method: POST, path: '/companies/{id}/merge/{into}', fields: false}, lost: [its id], "
    "reversibility: R2}\n"
)
TWO_WAY = "client: Harbor\nsync:\n  two_way: [{systems: [ledger, crm], columns: [phone, website]}]\n"


def test_an_archived_record_that_nothing_restores_is_kept_in_the_plan(crm: Crm) -> None:
    """So that another can be made in its place; where the interface restores, its state is enough."""
    with crm.opened(**{RESTORE: ""}) as engagement:
        plan = plan_job(engagement, "cleanup", "crm").saved.plan

    archived = {one.target_id: one for one in plan.operations if one.action == "archive"}
    assert len(archived) == 6
    first = archived["25"]
    assert first.reversibility == "R1"
    assert first.before == {
        "state": "active", "name": "Almond Bakery Inc", "phone": "(312) 555-0100", "website": "almondbakery.example",
    }  # fmt: skip
    assert ANEW in first.evidence.reasons
    assert {one.reversibility for one in plan.operations if one.action == "update"} == {"R0"}
    restored = [one for one in crm.plan.operations if one.action == "archive"]
    assert {one.reversibility for one in restored} == {"R0"}
    assert all(one.before == {"state": "active"} for one in restored)


def test_what_a_record_that_is_made_anew_would_lack_is_named_of_a_described_system_too(crm: Crm) -> None:
    """Its website is read and cannot be written: it comes back in part."""
    written = "name: name, phone: contact.phone, website: domain, parent_ref"
    with crm.opened(**{RESTORE: "", written: "name: name, phone: contact.phone, parent_ref"}) as engagement:
        plan = plan_job(engagement, "cleanup", "crm").saved.plan

    archived = [one for one in plan.operations if one.action == "archive"]
    assert {(one.reversibility, one.evidence.reasons[-1]) for one in archived} == {("R2", "Not with it: website.")}


def test_a_merge_holds_what_the_record_that_goes_said_and_what_is_lost(crm: Crm) -> None:
    """Its website can be written nowhere, so that nobody brings that back."""
    cleanup = "client: Harbor\ncleanup:\n  crm: {merge_by: vendor}\n"
    written = "name: name, phone: contact.phone, website: domain, parent_ref"
    without = {written: "name: name, phone: contact.phone, parent_ref"}
    with crm.opened(**{STAMP: STAMP + MERGE, "client: Harbor\n": cleanup, **without}) as engagement:
        plan = plan_job(engagement, "cleanup", "crm").saved.plan

    merges = {one.target_id: one for one in plan.operations if one.action == "merge"}
    assert len(merges) == 6
    first = merges["25"]
    assert first.after == {"merged_into": "1"}
    assert first.before == {"name": "Almond Bakery Inc", "phone": "(312) 555-0100"}
    assert first.precondition == field_hash(first.before)
    lost = [reason for reason in first.evidence.reasons if reason.startswith(LOST_WORD)]
    assert lost == [f"{LOST_WORD} its id.", f"{LOST_WORD} website of the record that goes."]


def test_only_a_sync_keeps_what_two_systems_hold_alike(crm: Crm) -> None:
    """A later one then knows which of them changed; a cleanup is of one system."""
    with crm.opened(**{"client: Harbor\n": TWO_WAY}) as engagement:
        plan_job(engagement, "cleanup", "crm")
        assert kept_base(engagement.store).num_rows == 0
        plan_job(engagement, "sync", "crm")

        held = kept_base(engagement.store).to_pylist()

    # Of the others the CRM has two records, so that it is not known which of them the ledger's is.
    assert [(row["key_l"], row["key_r"], row["column"]) for row in held] == [
        ("crm/companies/7", "ledger/companies/7", "website")
    ]


def test_sixty_thousand_records_of_a_plan_are_named(crm: Crm) -> None:
    """Of a huge one the first of them, in the order of their keys: the last of those is named, and no further one."""
    with crm.opened() as engagement:
        run = run_stages(engagement)
        before = [f"a/b/{number}" for number in range(59_998)]
        plan = handmade(engagement, left_out=[LeftOut("x", (*before, *(f"crm/companies/{one}" for one in "123")), "why")])

        assert plan_names(engagement, run, plan.plan) == {
            "crm/companies/1": "Almond Bakery",
            "crm/companies/2": "Birch Tutoring",
        }


def test_every_record_that_a_plan_speaks_of_is_named(crm: Crm) -> None:
    """Those that it changes, those that values come from, and those that were left out."""
    with crm.opened() as engagement:
        saved = handmade(engagement, renamed(1), left_out=[LeftOut("x", ("ledger/companies/3", "crm/companies/99"), "why")])

        found = plan_names(engagement, run_stages(engagement), saved.plan)

        assert found == {"crm/companies/1": "Almond Bakery", "ledger/companies/3": "Copper Kettle"}
        assert (system_label(engagement, "crm"), system_label(engagement, "ledger")) == ("Crm", "Ledger")


def test_a_plan_is_made_of_settings_that_are_written_down(crm: Crm) -> None:
    """What was only tried would be in no file, and the plan could not be made again."""
    engagement = open_engagement(crm.folder, overrides=["cleanup.crm.min_probability=0.99"])
    try:
        with pytest.raises(InputError, match="not from --set"):
            plan_job(engagement, "cleanup", "crm")
    finally:
        engagement.close()


@pytest.mark.parametrize(
    ("changes", "is_sendable", "steps"),
    [
        (0, True, ["There is nothing to do."]),
        (3, False, ["Read", "plan approve {} box --by NAME", "apply {} box", "box --write"]),
        (
            12,
            True,
            ["Read", "--by NAME --ceiling companies=12 --accept R2 --accept R3", "apply {} box", "--send", "box --write"],
        ),
    ],
)
def test_what_to_do_with_a_plan_is_said_in_its_order(
    changes: int,
    is_sendable: bool,  # noqa: FBT001 - a parameter of pytest
    steps: list[str],
) -> None:
    """Agreed to with the numbers and the losses that it takes, then looked at, then written."""
    made = [archived(number) if changes > 10 else renamed(number) for number in range(1, changes + 1)]
    lost = {11: "R2", 12: "R3"}
    plan = job([replace(one, reversibility=lost.get(number, "R0")) for number, one in enumerate(made, 1)])
    plan = replace(plan, summary=summary_of(plan.operations, {"companies": 30}))

    found = next_steps(plan, "box", is_sendable=is_sendable)

    assert len(found) == len(steps)
    assert found[0] == steps[0] or found[1].endswith(steps[1].format(plan.plan_id[:12]))
    assert all(words.format(plan.plan_id[:12]) in said for words, said in zip(steps, found, strict=True))
