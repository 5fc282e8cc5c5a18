"""The freeze, what was read since, and the last sync: whether everything that was entered before is over there."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.showing import WRITTEN
from toolkit.changes.steps import DONE, JournalEntry
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.golive.gates import Condition
from toolkit.store.catalogue import NOT_SENT, SHRUNK
from toolkit.store.journal import last_steps
from toolkit.store.looks import list_readings
from toolkit.store.plans import KeptPlan, kept_plans, opened_plan
from toolkit.values.counted import counted, listed
from toolkit.values.written import day_text


class Frozen(NamedTuple):
    """From when on nobody enters anything, and from when on the integration does."""

    freeze: datetime
    live: datetime


_AGREE = "Agree on it, and write it under cutover in engagement.yaml."


def freeze_conditions(
    engagement: Engagement,
    freeze: datetime | None,
    live: datetime | None,
    now: datetime,
    *,
    systems: Collection[str],
    targets: Collection[str],
    labels: dict[str, str],
) -> list[Condition]:
    """Return the conditions of the freeze, of the lists since then, and of the last sync into each target.

    Parameters
    ----------
    engagement
        With snapshots and plans.
    freeze
        From when on nobody enters anything; null: nobody agreed on it.
    live
        From when on the integration does it; null: from the freeze on.
    now
        The present.
    systems, targets
        Those that take part, and those of them that the integration writes into.
    labels
        What a client calls each system.
    """
    if freeze is None:
        return [
            Condition(
                "The freeze",
                "a date from which on nobody enters anything",
                "none was agreed on",
                "unknown",
                _AGREE,
                "freeze",
            )
        ]
    said = moment_text(freeze)
    wanted = f"nobody enters anything from {said} on"
    if now < freeze:
        waiting = [Condition("The freeze", wanted, f"it begins on {said}", "waits", "", "freeze")]
        waiting += [
            Condition(
                f"Last sync into {labels[one]}",
                "planned and done after the freeze",
                "the freeze has not begun",
                "waits",
                "",
                "freeze",
            )
            for one in targets
        ]
        return waiting
    return [
        Condition("The freeze", wanted, f"begun on {said}", "holds", "", "freeze"),
        _read_since(engagement, freeze, systems),
        *(_last_sync(engagement, Frozen(freeze, live or freeze), one, labels[one], systems) for one in targets),
    ]


def whole_lists(engagement: Engagement, systems: Collection[str]) -> Condition:
    """Return whether every list of some systems was read to its end, and none is smaller than it should be.

    Parameters
    ----------
    engagement
        With snapshots.
    systems
        Those that take part.
    """
    rows = [row for row in engagement.store.snapshots().to_pylist() if row["system"] in systems]
    broken = [f"{row['system']}.{row['stream']}" for row in rows if not row["is_complete"]]
    broken += [
        f"{one.system}.{one.stream}"
        for one in engagement.store.presences().values()
        if one.system in systems and one.presence in {NOT_SENT, SHRUNK}
    ]
    about, wanted = "The lists", "each was read to its end"
    if not broken:
        return Condition(about, wanted, "all were", "holds")
    to_do = "Pull them again, or send their files again; integration-audit status says why."
    return Condition(about, wanted, f"not so: {listed(sorted(set(broken)))}", "unknown", to_do)


def _read_since(engagement: Engagement, freeze: datetime, systems: Collection[str]) -> Condition:
    # Names that stand inside documents are read with these, never by themselves.
    rows = [row for row in engagement.store.snapshots().to_pylist() if row["system"] in systems and row["stream"] != NAMES]
    old = sorted({row["system"] for row in rows if not _was_read(engagement, row, freeze)})
    about, wanted = "The lists since the freeze", "each was read whole after it"
    if old:
        to_do = "Pull them: integration-audit pull"
        return Condition(about, wanted, f"not read whole since: {listed(old)}", "fails", to_do, "freeze")
    return Condition(about, wanted, "all were", "holds", "", "freeze")


def _was_read(engagement: Engagement, row: dict[str, Any], since: datetime) -> bool:
    readings = list_readings(engagement.store, row["system"], row["stream"])
    return any(one.is_complete and one.at >= since for one in readings)


def _last_sync(engagement: Engagement, frozen: Frozen, system: str, label: str, systems: Collection[str]) -> Condition:
    """Return whether the newest sync into a system rests on lists of after the freeze, and was done to its end."""
    freeze, live = frozen
    to_do = f"Pull, then: integration-audit plan sync {system}, agree to it, and apply it."
    unmet = Condition(
        f"Last sync into {label}", "planned and done after the freeze", "none was planned", "fails", to_do, "freeze"
    )
    plans = [one for one in kept_plans(engagement.store) if (one.kind, one.system) == ("sync", system)]
    if not plans:
        return unmet
    # What is planned once it is live is no part of going live.
    plan = ([one for one in plans if freeze <= one.made_at < live] or plans)[-1]
    name = f"plan {plan.name}"
    stale = _stale_lists(engagement, plan, freeze, systems)
    if stale:
        return replace(unmet, found=f"{name} rests on lists from before the freeze: {listed(stale)}")
    if not plan.changes:
        return replace(unmet, found=f"{name}: nothing is left to bring over", outcome="holds", to_do="")
    steps = last_steps(engagement.store, plan.plan_id)
    if steps:
        return _as_sent(plan, steps, freeze, unmet)
    if any(one["plan_id"] == plan.plan_id for one in engagement.store.logged(WRITTEN)):
        found = f"the files of {name} were written; whether they were imported shows when the lists are pulled again"
        again = f"Import them, pull {plan.system}, and plan again: with nothing left to bring over this holds."
        return replace(unmet, found=found, outcome="unknown", to_do=again)
    return replace(unmet, found=f"{name} was not carried out ({counted(plan.changes, 'change')})")


def _as_sent(plan: KeptPlan, steps: Mapping[str, JournalEntry], freeze: datetime, unmet: Condition) -> Condition:
    """Return the condition with how far a plan was sent, and when."""
    done = sum(one.state in DONE for one in steps.values())
    if not done == plan.changes == len(steps):
        found = f"{done:,} of {counted(plan.changes, 'change')} of plan {plan.name} done"
        return replace(unmet, found=found, to_do=f"Look at the rest: integration-audit journal {plan.name}")
    last = max(one.at for one in steps.values())
    when = moment_text(last.astimezone(freeze.tzinfo))
    found = f"plan {plan.name}: all of {counted(done, 'change')} done, the last on {when}"
    if last < freeze:
        return replace(unmet, found=f"{found}, before the freeze")
    return replace(unmet, found=found, outcome="holds", to_do="")


def _stale_lists(engagement: Engagement, plan: KeptPlan, freeze: datetime, systems: Collection[str]) -> list[str]:
    """Return the lists that a plan looked at, and that were not read since the freeze as it saw them."""
    stale = []
    for name, digest in opened_plan(engagement.store, plan).plan.snapshot_ids.items():
        system, stream = name.split("/", 1)
        if system not in systems or stream == NAMES:
            continue
        own = [one.at for one in list_readings(engagement.store, system, stream) if one.sha256 == digest]
        if not own or max(own) < freeze:
            stale.append(f"{system}.{stream}")
    return stale


def local_moment(at: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment in a zone; one that says no zone is meant there.

    Examples
    --------
    >>> local_moment(datetime(2026, 12, 4, 18, 0), ZoneInfo("America/Chicago")).isoformat()
    '2026-12-04T18:00:00-06:00'
    """
    return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)


def moment_text(at: datetime) -> str:
    """Return when something is, in the zone that it comes with.

    Examples
    --------
    >>> from datetime import UTC
    >>> moment_text(datetime(2026, 12, 4, 18, 0, tzinfo=UTC))
    '4 Dec 2026, 18:00'
    """
    return f"{day_text(at.date(), is_short=True)}, {at:%H:%M}"
