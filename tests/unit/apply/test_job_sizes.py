"""Jobs of hundreds and thousands of changes: what others edited, what is poison, and that every change has a named end."""

import random
from collections import Counter

import pytest

from tests.fault_server import Asked
from tests.unit.apply.test_job import LIMITS, bench
from tests.vendor_doubles import KINDS, Kind, archived, created, renamed, repointed
from toolkit.apply.running import JobLimits
from toolkit.changes.steps import DONE, OPEN, STEP_WORDS

ANY = JobLimits(canary=0, max_conflict_share=1.0, max_failed_share=1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_n02_of_500_edits_by_others_none_is_overwritten_and_500_are_reported(kind: Kind) -> None:
    """Half of them came before the job; the other half while it ran, each just before our look at that record.

    Where the system compares versions, the second half comes after our look: that gap is closed too.
    """
    is_versioned = kind in {"versions", "counted"}
    with bench(kind, count=600) as one:
        for number in range(1, 251):
            one.double.edit(str(number), name=f"edited {number}")
        late = {str(number) for number in range(251, 501)}

        def edit(record_id: str) -> None:
            if record_id in late:
                late.discard(record_id)
                one.double.edit(record_id, name=f"edited {record_id}")

        if is_versioned:
            one.double.on_read = edit
        else:
            one.double.before_read = edit
        outcome = one.run([*map(renamed, range(1, 601))], limits=ANY)

        assert late == set()
        assert outcome.counts == {"confirmed": 100, "conflict": 500}
        names = [record["name"] for record in one.double.records.values()]
        assert names == [f"edited {number}" if number <= 500 else f"Company {number}" for number in range(1, 601)]
        reported = {entry.op_id for entry in outcome.steps.values() if entry.state == "conflict" and entry.reason}
        assert reported == {renamed(number).op_id for number in range(1, 501)}


def poisoned(count: int) -> None:
    """Make records of which one in a hundred is refused, mend that, and try what was refused again."""
    changes = [*map(created, range(count))]
    poison = {f"new {number}" for number in range(7, count, 100)}
    with bench("neither", count=0) as one:
        one.double.fault = lambda asked: "refused" if asked.json["name"] in poison else None
        outcome = one.run(changes, limits=JobLimits(canary=5))

        assert outcome.counts == {"confirmed": count - count // 100, "rejected": count // 100}
        dead = [entry for entry in outcome.steps.values() if entry.state == "rejected"]
        rows = {change.op_id: change.natural_key for change in changes}
        assert {rows[entry.op_id] for entry in dead} == {f"ledger/customers/{number}" for number in range(7, count, 100)}
        assert all("this name is taken" in (entry.reason or "") for entry in dead)
        assert len(one.double.records) == count - count // 100

        one.double.fault = lambda _asked: None
        sent = len(one.sent)
        mended = one.run(changes, limits=JobLimits(), again=[entry.op_id for entry in dead])

        assert mended.counts == {"confirmed": count}
        assert len(one.sent) - sent == count // 100
        assert set(one.double.effects.values()) == {1}
        assert len(one.double.effects) == count


def test_n04_of_200_rows_two_are_poison_and_the_others_are_made() -> None:
    """Each dead letter has its reason and the row it came from; mended, both are made."""
    poisoned(200)


@pytest.mark.heavy
def test_n04_of_10_000_rows_100_are_poison_and_9_900_are_made() -> None:
    """Each dead letter has its reason and the row it came from; mended, 100 of 100 are made."""
    poisoned(10_000)


_FAULTS = ("before", "after", "500", "refused", "busy", "errors", "halved", "nameless", "gone", "other", "out")


@pytest.mark.parametrize("kind", KINDS)
def test_n14_whatever_happens_every_change_has_a_named_end(kind: Kind) -> None:
    """Twelve jobs under every fault there is, with edits, limits and stops: the sum of the ends is that of the plan."""
    seen: Counter[str] = Counter()
    for seed in range(12):
        chance = random.Random(seed)
        first = [renamed(number) for number in range(1, 6)]
        moved = [repointed(5 + number, str(number), (change.op_id,)) for number, change in enumerate(first, 1)]
        changes = [*first, *moved, *map(created, range(3)), *(archived(number) for number in range(11, 14))]
        with bench(kind, count=13, has_mark=chance.random() < 0.7) as one:

            def fault(_asked: Asked, chance: random.Random = chance) -> str | None:
                return chance.choice(_FAULTS) if chance.random() < 0.3 else None

            one.double.fault = fault
            for record_id in chance.sample(sorted(one.double.records), 2):
                one.double.edit(record_id, name="edited")
            for limits in (LIMITS, JobLimits(min_judged=8, max_changes=9), ANY):
                outcome = one.run(changes, limits=limits)

                assert sum(outcome.counts.values()) == len(changes) == outcome.planned
                assert set(outcome.counts) <= {*STEP_WORDS, "planned"}
                assert outcome.is_whole == (set(outcome.counts) <= DONE)
                assert not outcome.is_whole or not outcome.stopped
                assert outcome.stopped or not (OPEN & set(outcome.counts))
                noted = {op_id: entry.state for op_id, entry in one.notes.last.items()}
                assert {op_id: entry.state for op_id, entry in outcome.steps.items()} == noted
            seen.update(outcome.counts)
    assert {"confirmed", "conflict", "rejected", "differs", "held_back"} <= set(seen)
