"""An approved plan carried out over an interface: rehearsed, sent, gone on with, taken back, and what is refused before."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.fault_server import Asked, Given, served
from tests.unit.audit.jobs.conftest import COMPANIES, RESTORE, Crm, handmade
from tests.unit.audit.jobs.test_opened_system import ACCOUNT
from tests.vendor_doubles import archived, created
from toolkit.apply.running import JobLimits
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.approving import approve_plan
from toolkit.audit.jobs.sending import SENT, plan_undo, searched_journal, send_plan
from toolkit.changes import Evidence, Operation, operation
from toolkit.changes.operation import Precondition, field_hash
from toolkit.errors import BusyError, InputError, PlanRefusedError
from toolkit.store.journal import last_steps
from toolkit.store.sync_base import kept_base

OPEN = JobLimits(min_judged=1_000)


def phoned(number: int, phone: str = "+13125559999") -> Operation:
    """Return a change of a company's phone."""
    before = {"phone": f"312-555-01{number - 1:02d}"}
    return operation(
        "update", "crm", "companies", target_id=str(number), before=before, after={"phone": phone},
        precondition=field_hash(before),
    )  # fmt: skip


def approved(engagement: Engagement, *changes: Operation, **other: object) -> str:
    """Return the id of a plan of these changes that somebody agreed to."""
    saved = handmade(engagement, *changes, **other)
    approve_plan(engagement, saved.plan.plan_id, "Nora", ceilings={"companies": 99}, accepted=["R2", "R3"])
    return saved.plan.plan_id


def states(engagement: Engagement, plan_id: str) -> Mapping[str, int]:
    """Return how many changes of a plan ended how."""
    return Counter(str(one.state) for one in last_steps(engagement.store, plan_id).values())


def test_a_rehearsal_sends_nothing_notes_nothing_and_says_that_nobody_agreed(crm: Crm) -> None:
    """It is the same code, so that it says what would be refused."""
    with crm.opened() as engagement:
        plan = crm.plan

        found = send_plan(engagement, "latest")

        assert found.is_dry_run
        assert found.refusal == f"Nobody has agreed to plan {plan.plan_id[:12]} yet."
        assert found.outcome.counts == {"not_applied": len(plan.operations)}
        assert (found.page, found.label) == (None, "Crm")
        assert last_steps(engagement.store, plan.plan_id) == {}
        assert engagement.store.logged(SENT) == []
        assert not crm.double.effects
        approve_plan(engagement, "latest", "Nora")
        assert send_plan(engagement, "latest").refusal == ""


def test_a_plan_is_sent_once_and_its_page_and_the_log_say_so(crm: Crm) -> None:
    """Told as it goes; the same command again does nothing more."""
    told: list[tuple[str, int, int]] = []
    with crm.opened() as engagement:
        plan = crm.plan
        approve_plan(engagement, plan.plan_id, "Nora")
        count = len(plan.operations)

        found = send_plan(
            engagement, "latest", is_dry_run=False, progress=lambda what, done, all_: told.append((what, done, all_))
        )

        assert found.outcome.counts == {"confirmed": count}
        assert found.page is not None
        assert found.page.name == f"job-cleanup-crm-{plan.plan_id[:12]}.html"
        assert f"{count} of {count} changes to Crm done." in found.page.read_text("utf-8")
        assert engagement.store.logged(SENT) == [{"plan_id": plan.plan_id, "confirmed": count}]
        assert told == [("Changing Crm", done, count) for done in range(1, count + 1)]
        assert send_plan(engagement, "latest", is_dry_run=False).outcome.is_whole
        assert set(crm.double.effects.values()) == {1}
        # Only what a sync writes is remembered as what both sides hold.
        assert kept_base(engagement.store).num_rows == 0


def test_while_another_run_writes_the_system_is_not_asked_anything(crm: Crm) -> None:
    """Two jobs at once would use up what the system allows; the second one is told who is at it, before any request."""
    with (
        served(lambda _asked: Given({"id": "9c2", "name": "Harbor"})) as own,
        crm.opened(**{f"url: {crm.server.url}}}": f"url: {own.url}{ACCOUNT}"}) as engagement,
    ):
        name = approved(engagement, phoned(1))
        with engagement.store.writing("job on crm"), pytest.raises(BusyError, match="job on crm"):
            send_plan(engagement, name, is_dry_run=False)

        assert own.asked == []
        assert last_steps(engagement.store, name) == {}


def test_a_job_that_has_begun_goes_on_though_it_made_the_snapshots_old(crm: Crm) -> None:
    """It is held against what was agreed to, and not against the rules of now."""
    with crm.opened() as engagement:
        plan = crm.plan
        approve_plan(engagement, plan.plan_id, "Nora")
        part = send_plan(engagement, "latest", is_dry_run=False, limits=JobLimits(max_changes=3))
        assert part.outcome.counts == {"confirmed": 3, "planned": len(plan.operations) - 3}
    with crm.opened(**{"client: Harbor": "client: Harbor\ncountry: CA"}) as engagement:
        assert send_plan(engagement, plan.plan_id).outcome.counts["confirmed"] == 3
        assert send_plan(engagement, plan.plan_id, is_dry_run=False).outcome.is_whole


def test_only_what_was_refused_is_tried_again_and_only_where_somebody_says_so(crm: Crm) -> None:
    """A change that was done is done."""
    with crm.opened() as engagement:
        name = approved(engagement, phoned(1), phoned(2), phoned(3))
        crm.double.fault = lambda asked: "refused" if asked.path.endswith("/2") else None
        assert send_plan(engagement, name, is_dry_run=False, limits=JobLimits(canary=0)).outcome.counts["rejected"] == 1
        crm.double.fault = lambda _asked: None

        assert send_plan(engagement, name, is_dry_run=False).outcome.counts == {"confirmed": 2, "rejected": 1}
        assert send_plan(engagement, name, is_dry_run=False, again=True).outcome.is_whole
        assert set(crm.double.effects.values()) == {1}


def test_a_person_stops_a_job_between_two_changes(crm: Crm) -> None:
    """Asked before each."""
    with crm.opened() as engagement:
        name = approved(engagement, phoned(1), phoned(2))
        answers = iter([False, True])

        found = send_plan(engagement, name, is_dry_run=False, is_stopped=lambda: next(answers))

        assert found.outcome.is_paused
        assert found.outcome.counts == {"confirmed": 1, "planned": 1}


def test_a_plan_without_a_change_is_not_sent(crm: Crm) -> None:
    """There is nothing to send."""
    with crm.opened() as engagement:
        saved = handmade(engagement)

        with pytest.raises(InputError, match="changes nothing, so there is nothing to send"):
            send_plan(engagement, saved.plan.plan_id)


def test_f22_a_rehearsal_of_a_plan_that_is_old_by_now_is_refused_as_the_job_would_be(crm: Crm) -> None:
    """Nobody shall agree to what cannot be sent."""
    with crm.opened() as engagement:
        saved = handmade(engagement, phoned(1), snapshot_ids={"crm/companies": "00"})

        with pytest.raises(PlanRefusedError, match="from other snapshots"):
            send_plan(engagement, saved.plan.plan_id)


def test_a_system_that_is_read_from_files_takes_no_change(crm: Crm) -> None:
    """Its files are written instead."""
    with crm.opened() as engagement:
        change = replace(phoned(1), stream="companies")
        plan = handmade(engagement, change)
        target = replace(plan.plan.target, system="ledger", connector="table")
        other = handmade(engagement, change, target=target)

        with pytest.raises(
            InputError, match=f"ledger is not asked over an interface.*apply {other.plan.plan_id[:12]} --write"
        ):
            send_plan(engagement, other.plan.plan_id)


def test_a_list_that_nothing_says_how_to_write_is_named(crm: Crm) -> None:
    """Before anything of the others is sent."""
    with crm.opened() as engagement:
        strange = [replace(phoned(number), stream=stream) for number, stream in ((2, "notes"), (3, "calls"))]
        saved = handmade(engagement, phoned(1), *strange)

        with pytest.raises(InputError, match=r"written in crm: calls and notes\. .* systems.crm.streams.calls.write"):
            send_plan(engagement, saved.plan.plan_id)


def test_a_change_that_hangs_on_a_time_is_refused_where_no_record_tells_its_time(crm: Crm) -> None:
    """Other changes of the same list need none."""
    timed = replace(archived(25), precondition=Precondition("updated_at", "2026-03-01T09:00:00Z"))
    with crm.opened(**{"          stamp: updated_at\n": ""}) as engagement:
        with_time, without = handmade(engagement, phoned(1), timed), handmade(engagement, phoned(1))

        with pytest.raises(InputError, match=r"when they were changed: companies\. .*streams.companies.write.stamp"):
            send_plan(engagement, with_time.plan.plan_id)
        assert send_plan(engagement, without.plan.plan_id).outcome.counts == {"not_applied": 1}


def test_a_plan_that_promises_more_than_the_interface_can_take_back_is_refused(crm: Crm) -> None:
    """It was made when records could be restored there."""
    with crm.opened(**{RESTORE: ""}) as engagement:
        saved = handmade(engagement, phoned(1), archived(25))

        with pytest.raises(PlanRefusedError, match="companies can be taken back, and over this interface it cannot"):
            send_plan(engagement, saved.plan.plan_id)


def test_what_takes_a_job_back_promises_nothing_itself(crm: Crm) -> None:
    """It may end what a person began otherwise: only a plan that others agree to says how far it can be taken back."""
    with crm.opened(**{RESTORE: ""}) as engagement:
        saved = handmade(engagement, archived(25), kind="undo", rules_hash="0" * 64)

        assert send_plan(engagement, saved.plan.plan_id).outcome.counts == {"not_applied": 1}


def test_what_a_job_did_is_taken_back_and_both_say_so(crm: Crm) -> None:
    """The steps of the first are "undone", once; its page says it; and the same plan would be made again."""
    before = {key: dict(one["contact"]) for key, one in crm.double.records.items()}
    with crm.opened() as engagement:
        name = approved(engagement, phoned(1), phoned(2), archived(25))
        send_plan(engagement, name, is_dry_run=False)
        kept, saved = plan_undo(engagement, name)
        assert saved.plan.kind == "undo"
        assert saved.plan.rules_hash == name
        assert {one.action for one in saved.plan.operations} == {"update", "restore"}
        approve_plan(engagement, kept.name, "Nora")

        assert send_plan(engagement, kept.name, is_dry_run=False).outcome.counts == {"confirmed": 3}

        assert {key: one["contact"] for key, one in crm.double.records.items()} == before
        assert crm.double.records["25"]["archived"] is False
        assert states(engagement, name) == {"undone": 3}
        page = (engagement.folder / "reports" / f"job-cleanup-crm-{name[:12]}.html").read_text("utf-8")
        assert "0 of 3 changes to Crm done" in page
        steps = searched_journal(engagement, name, "undone")
        assert len(steps) == 3
        assert plan_undo(engagement, name)[1].plan.plan_id == saved.plan.plan_id
        # Looked at once more, nothing more is noted of the first job.
        send_plan(engagement, kept.name, is_dry_run=False)
        assert len(searched_journal(engagement, name, "undone")) == 3


def test_f53_a_change_that_could_not_be_taken_back_stays_done(crm: Crm) -> None:
    """Somebody edited the record since: the first job's journal does not say "undone" of it."""
    with crm.opened() as engagement:
        name = approved(engagement, phoned(1), phoned(2))
        send_plan(engagement, name, is_dry_run=False)
        crm.double.edit("2", contact={"phone": "edited by Ann"})
        kept, _ = plan_undo(engagement, name)
        approve_plan(engagement, kept.name, "Nora")

        assert send_plan(engagement, kept.name, is_dry_run=False, limits=OPEN).outcome.counts == {
            "confirmed": 1,
            "conflict": 1,
        }
        assert states(engagement, name) == {"undone": 1, "confirmed": 1}


def test_what_takes_a_job_back_is_held_against_the_list_of_its_own_system(crm: Crm) -> None:
    """The ledger has a list of the same name: its companies are no part of how many would be taken away."""
    with crm.opened() as engagement:
        name = approved(engagement, created(7))
        send_plan(engagement, name, is_dry_run=False)

        found = plan_undo(engagement, name)[1].plan

        assert found.summary["destructive"] == [{"object": "companies", "count": 1, "of": 30}]
        assert COMPANIES != 30


def test_a_job_of_which_nothing_was_sent_is_not_taken_back(crm: Crm) -> None:
    """What was imported from its files is taken back by files."""
    with crm.opened() as engagement:
        name = approved(engagement, phoned(1))

        with pytest.raises(InputError, match=r"Nothing of plan .* was sent"):
            plan_undo(engagement, name)


@pytest.mark.parametrize(("word", "found"), [("", 6), ("CONFIRMED", 2), ("name is taken", 1), ("nothing of it", 0)])
def test_the_journal_is_searched_in_any_case_of_letters(crm: Crm, word: str, found: int) -> None:
    """In states and reasons alike; an empty word finds every step."""

    def fault(asked: Asked) -> str | None:
        return "refused" if asked.path.endswith("/2") else None

    with crm.opened() as engagement:
        name = approved(engagement, phoned(1), phoned(2), phoned(3))
        crm.double.fault = fault
        send_plan(engagement, name, is_dry_run=False, limits=JobLimits(canary=0))

        assert len(searched_journal(engagement, name, word)) == found


def test_what_a_sync_wrote_is_kept_as_what_both_sides_hold(crm: Crm) -> None:
    """Only what was confirmed: its coming back from the system is then nobody's change."""
    rules = "client: Harbor\nsync:\n  two_way: [{systems: [ledger, crm], columns: [phone]}]\n"
    with crm.opened(**{"client: Harbor\n": rules}) as engagement:
        changes = [
            replace(phoned(number), evidence=Evidence(("why",), from_key=f"ledger/companies/{number}")) for number in (1, 2)
        ]
        name = approved(engagement, *changes, kind="sync")
        assert send_plan(engagement, name).outcome.counts == {"not_applied": 2}
        assert kept_base(engagement.store).num_rows == 0
        crm.double.fault = lambda asked: "refused" if asked.path.endswith("/2") else None
        send_plan(engagement, name, is_dry_run=False, limits=OPEN)

        [row] = kept_base(engagement.store).to_pylist()
        assert {"crm/companies/1", "ledger/companies/1", "+13125559999"} <= {*row.values()}
