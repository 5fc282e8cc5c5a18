"""``cutover``: go or no go, with every condition, on one page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from toolkit.audit.engagement import Engagement
from toolkit.audit.golive.freeze import freeze_conditions, local_moment, moment_text, whole_lists
from toolkit.audit.golive.hand_entries import entries_since
from toolkit.audit.golive.measures import entity_measures
from toolkit.audit.golive.parallel import judged_run
from toolkit.audit.progress import Progress, silent
from toolkit.audit.runs import run_stages
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.errors import InputError, UnknownNameError
from toolkit.golive.gates import Condition, Decision, GateLimits, gate_conditions
from toolkit.golive.hand_entries import JudgedRow
from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.nouns import NOUNS
from toolkit.report.golive.shown_run import agreed_percent, percent
from toolkit.report.systems import system_labels
from toolkit.settings import CutoverSettings
from toolkit.store import Run
from toolkit.values.counted import counted, listed
from toolkit.values.typed_commands import with_folder
from toolkit.values.written import written_for

_ENTITY_WORDS = {**{name: words.capitalize() for name, words in NOUNS.items()}, "party": "Customers and suppliers"}


@dataclass(frozen=True, slots=True)
class CutoverCheck:
    """Whether to go, the rows that are new since, where the freeze and the start are agreed on, and the page."""

    decision: Decision
    entries: tuple[JudgedRow, ...]
    systems: tuple[str, ...]
    freeze: datetime | None
    live: datetime | None
    path: Path | None = None


def documented_cutover(
    engagement: Engagement, progress: Progress = silent, *, folder: str = "", now: datetime | None = None
) -> CutoverCheck:
    """Check every condition of the cut-over, and write its page into ``reports/``.

    Parameters
    ----------
    engagement
        With snapshots.
    progress
        What long work reports to.
    folder
        The engagement's folder as commands name it; without, they are typed in it.
    now
        The present; by default the clock's.

    Raises
    ------
    InputError
        ``engagement.yaml`` does not describe a cut-over.
    UnknownNameError
        It names a system or a parallel run that is not there.
    BusyError
        Another run is writing.
    """
    from toolkit.report.golive.cutover_page import ShownCutover, cutover_blocks
    from toolkit.report.page import write_page

    found = cutover_check(engagement, progress, folder=folder, now=now)
    country = engagement.settings.country
    shown = ShownCutover(
        engagement.settings.client,
        found.decision,
        found.entries,
        tuple(_labels(engagement)[one] for one in found.systems),
        found.freeze,
        found.live,
    )
    path = engagement.folder / "reports" / "cut-over.html"
    with engagement.store.writing("check of the cut-over"):
        write_page(path, cutover_blocks(shown, country), title=f"Cut-over: {shown.client}", country=country)
        outcomes = Counter(one.outcome for one in found.decision.conditions)
        engagement.store.log("cutover", {"is_go": found.decision.is_go, "conditions": dict(sorted(outcomes.items()))})
    return replace(found, path=path)


def cutover_check(
    engagement: Engagement, progress: Progress = silent, *, folder: str = "", now: datetime | None = None
) -> CutoverCheck:
    """Return whether every condition of the cut-over holds; nothing is written but results.

    Parameters
    ----------
    engagement, progress, folder, now
        As for `documented_cutover`.
    """
    given = engagement.settings.cutover
    if given is None:
        raise InputError("engagement.yaml describes no cut-over. Write one under cutover, as docs/cut-over.md shows.")
    with written_for(engagement.settings.country):
        found = _check(engagement, given, progress, now or datetime.now(UTC))
    told = [
        replace(one, to_do=with_folder(_with_system(one.to_do, found.systems), folder)) for one in found.decision.conditions
    ]
    return replace(found, decision=Decision(told))


def _check(engagement: Engagement, given: CutoverSettings, progress: Progress, now: datetime) -> CutoverCheck:
    zone = ZoneInfo(engagement.settings.time_zone)
    freeze, live = (None if at is None else local_moment(at, zone) for at in (given.freeze, given.live))
    live = live or freeze
    run = run_stages(engagement, progress=progress)
    labels = _labels(engagement)
    systems = _systems(engagement, given)
    handoffs = [one for one in engagement_handoffs(engagement) if {one.system_l, one.system_r} <= {*systems}]
    targets = sorted({one.system_r for one in handoffs})
    limits = {entity: one.limits(GateLimits()) for entity, one in given.gates.items()}
    measures = entity_measures(engagement, run, systems, given.entities)
    conditions = [
        *_parallel_conditions(engagement, given, progress),
        whole_lists(engagement, systems),
        _questions(engagement, systems),
        *gate_conditions(measures, limits, _ENTITY_WORDS),
        *freeze_conditions(engagement, freeze, live, now, systems=systems, targets=targets, labels=labels),
    ]
    if not targets:
        conditions.append(
            Condition(
                "Last sync",
                "planned and done after the freeze",
                f"no handoff leads from one of these systems to another: {listed(systems)}",
                "unknown",
                "Name the systems of a handoff under cutover.systems.",
                "freeze",
            )
        )
    entries: Sequence[JudgedRow] = ()
    if live is not None and now >= live:
        entries, condition = _hand_condition(engagement, run, given, live, handoffs)
        conditions.append(condition)
    return CutoverCheck(Decision(conditions), tuple(entries), systems, freeze, live)


def _with_system(to_do: str, systems: Sequence[str]) -> str:
    """Return what to do with the system that is meant, or with those of which it is one."""
    if "SYSTEM" not in to_do or not systems:
        return to_do
    return to_do.replace("SYSTEM", systems[0]) if len(systems) == 1 else f"{to_do} (SYSTEM: {' or '.join(systems)})"


def _systems(engagement: Engagement, given: CutoverSettings) -> tuple[str, ...]:
    """Return the systems that take part: those named, else those of the parallel runs' handoffs, else of all handoffs."""
    held = sorted({row["system"] for row in engagement.store.snapshots().to_pylist()})
    unknown = next((one for one in given.systems if one not in held), None)
    if unknown is not None:
        raise UnknownNameError("system of cutover", unknown, held)
    if given.systems:
        return tuple(dict.fromkeys(given.systems))
    runs = {one.handoff for one in engagement.settings.parallel_run.values() if one.handoff}
    handoffs = engagement_handoffs(engagement)
    chosen = [one for one in handoffs if one.handoff_id in runs] or handoffs
    return tuple(sorted({system for one in chosen for system in (one.system_l, one.system_r)}))


def _labels(engagement: Engagement) -> dict[str, str]:
    rows = engagement.store.snapshots(all_streams=True).to_pylist()
    given = {name: one.label for name, one in engagement.settings.systems.items()}
    return system_labels({row["system"]: row["connector"] for row in rows}, given)


def _parallel_conditions(engagement: Engagement, given: CutoverSettings, progress: Progress) -> list[Condition]:
    described = engagement.settings.parallel_run
    names = tuple(described) if given.parallel_runs is None else given.parallel_runs
    unknown = next((one for one in names if one not in described), None)
    if unknown is not None:
        raise UnknownNameError("parallel run of cutover", unknown, described)
    if not names and given.parallel_runs is None:
        to_do = "Describe one under parallel_run, or write parallel_runs: [] under cutover to do without."
        return [Condition("The parallel run", "its exit rule is met", "none is described", "unknown", to_do, "run")]
    return [_parallel_condition(engagement, name, progress) for name in names]


def _parallel_condition(engagement: Engagement, name: str, progress: Progress) -> Condition:
    about, to_do = f"Parallel run {name.replace('_', ' ')}", f"See why: integration-audit parallel-run --name {name}"
    rule = engagement.settings.parallel_run[name].rule
    days = counted(rule.working_days, "working day")
    wanted = f"{days} in a row with less than {agreed_percent(rule.limit)} that do not agree"
    try:
        shown = judged_run(engagement, name, progress)
    except InputError as error:
        return Condition(about, wanted, str(error), "unknown", to_do, "run")
    decision = shown.found.decision
    if not decision.is_met:
        return Condition(about, wanted, "; ".join(decision.obstacles), "fails", to_do, "run")
    row = counted(len(decision.in_a_row), "working day")
    found = f"{row} in a row; {decision.agreeing:,} of {decision.count:,} agree, at least {percent(decision.low)}"
    return Condition(about, wanted, found, "holds", "", "run")


def _questions(engagement: Engagement, systems: Sequence[str]) -> Condition:
    own = [
        one
        for one in engagement.settings.questions.values()
        if not one.answer and (not one.streams or {stream.split(".", 1)[0] for stream in one.streams} & {*systems})
    ]
    to_do = "Answer them in engagement.yaml under questions, and audit again." if own else ""
    return Condition("Open questions", "none", f"{len(own):,}" if own else "none", "fails" if own else "holds", to_do)


def _hand_condition(
    engagement: Engagement, run: Run, given: CutoverSettings, live: datetime, handoffs: Sequence[Handoff]
) -> tuple[list[JudgedRow], Condition]:
    entries, unread = entries_since(engagement, run, live, handoffs=handoffs, users=given.integration_users)
    counts = Counter(one.maker for one in entries)
    about = f"Entries by hand since {moment_text(live)}"
    wanted = f"at most {given.max_hand_entries:,}"
    found = f"{counts['by_hand']:,} by hand, {counts['job'] + counts['integration']:,} by the integration"
    found += f"; of {counts['not_known']:,} nobody can tell" if counts["not_known"] else ""
    if counts["by_hand"] > given.max_hand_entries:
        return entries, Condition(about, wanted, found, "fails", "Ask who still enters by hand, and why.", "after")
    if unread:
        to_do = "Pull them: integration-audit pull"
        return entries, Condition(about, wanted, f"not read since: {listed(unread)}", "unknown", to_do, "after")
    if counts["by_hand"] + counts["not_known"] > given.max_hand_entries:
        to_do = "Name the integration's own users under cutover.integration_users, or pull who created each record."
        return entries, Condition(about, wanted, found, "unknown", to_do, "after")
    return entries, Condition(about, wanted, found, "holds", "", "after")
