"""``parallel-run``: how a parallel run stands, with its page, its workbook and its evidence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.golive.freeze import local_moment
from toolkit.audit.golive.readings import Moment, ReadList, Shelf, moments, read_list
from toolkit.audit.progress import Progress, silent
from toolkit.audit.records import engagement_records
from toolkit.audit.runs import run_stages
from toolkit.errors import InputError, UnknownNameError
from toolkit.golive.parallel_run import Terms, parallel_run
from toolkit.golive.settling import Patience
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.coded import known_numbers
from toolkit.report.golive.shown_run import ComparedReading, ShownRun
from toolkit.report.systems import system_labels
from toolkit.settings import ParallelRunSettings
from toolkit.store import Run
from toolkit.values.counted import counted

_LATE_SHARE = 0.95
_MIN_LAGS = 20
_USUAL_LAG_DAYS = 7


@dataclass(frozen=True, slots=True)
class DocumentedRun:
    """A parallel run as it stands, and its files: page, workbook, evidence."""

    shown: ShownRun
    paths: tuple[Path, ...]
    sha256: str


def chosen_runs(settings: Mapping[str, ParallelRunSettings], name: str) -> tuple[str, ...]:
    """Return the parallel runs that are meant: the one of a name, without a name all of them.

    Raises
    ------
    InputError
        None is described.
    UnknownNameError
        There is none of that name.
    """
    if not settings:
        raise InputError(
            "engagement.yaml describes no parallel run. Write one under parallel_run, as docs/parallel-run.md shows."
        )
    if name and name not in settings:
        raise UnknownNameError("parallel run", name, settings)
    return (name,) if name else tuple(settings)


def judged_run(engagement: Engagement, name: str, progress: Progress = silent) -> ShownRun:
    """Return how a parallel run stands.

    Parameters
    ----------
    engagement
        With snapshots of both lists.
    name
        As ``engagement.yaml`` calls it.
    progress
        What long work reports to.

    Raises
    ------
    InputError
        Its lists cannot be compared.
    UnknownNameError
        A list was never read, or a handoff is not there.
    DamagedError
        A snapshot is gone, or no longer what was written.
    """
    given = engagement.settings.parallel_run[name]
    handoff = engagement.settings.handoffs.get(given.handoff)
    if given.handoff and handoff is None:
        raise UnknownNameError(f"handoff of parallel_run.{name}", given.handoff, engagement.settings.handoffs)
    manual = given.manual or (handoff.to if handoff is not None else "")
    if manual == given.integrated:
        raise InputError(f"parallel_run.{name} compares {manual} with itself: name two lists, manual and integrated.")
    by_hand, integrated = read_list(engagement, manual), read_list(engagement, given.integrated)
    if by_hand.entity != integrated.entity:
        raise InputError(
            f"parallel_run.{name} compares {by_hand.name} ({by_hand.entity}) with {integrated.name} ({integrated.entity}). "
            "Both lists must hold the same: say so under systems in engagement.yaml."
        )
    run = run_stages(engagement, "handoffs", progress)
    progress("Comparing both lists", 0, 1)
    lag_days, lag = _usual_lag(given, run, handoff.grace_days if handoff is not None else None)
    until = _until(engagement, given, (by_hand, integrated))
    terms = _terms(engagement, given, lag_days, (by_hand, integrated), until)
    terms = replace(
        terms, elsewhere=_brought_by_others(run, given.handoff, by_hand.place) if handoff is not None else frozenset()
    )
    records = engagement_records(engagement)
    accounts = accounts_in(run.table("crosswalk"), "account_id")
    shelf = Shelf(engagement, records.parties, accounts, first=terms.first)
    looked = moments(by_hand, integrated, first=terms.first, time_zone=engagement.settings.time_zone)
    if until is not None:
        looked = _until_known(looked, terms)
    readings = [shelf.reading(one, by_hand, integrated) for one in looked]
    found = parallel_run(readings, terms, accounts.told.to_pylist())
    rows = engagement.store.snapshots(all_streams=True).to_pylist()
    labels = system_labels(
        {row["system"]: row["connector"] for row in rows},
        {system: one.label for system, one in engagement.settings.systems.items()},
    )
    label = handoff.label if handoff is not None and handoff.label else name.replace("_", " ")
    compared = tuple(
        ComparedReading(side, of.name, reading.at, reading.path, reading.sha256, reading.rows, why)
        for side, of in (("by hand", by_hand), ("integration", integrated))
        for reading, why in of.readings
        if until is None or not looked or reading.at <= looked[-1].at
    )
    client, zone = engagement.settings.client, engagement.settings.time_zone
    return ShownRun(client, name, label, terms, found, by_hand.name, integrated.name, labels, lag, compared, zone)


def _until_known(looked: Sequence[Moment], terms: Terms) -> list[Moment]:
    """Return the moments up to the first at which nothing is waited for any more: what is changed later is another story."""
    last = terms.last + timedelta(days=max(terms.patience.by_hand, terms.patience.integrated))
    end = next((at for at, one in enumerate(looked) if one.through >= last), len(looked))
    return [*looked[: end + 1]]


def _until(engagement: Engagement, given: ParallelRunSettings, lists: tuple[ReadList, ReadList]) -> date | None:
    """Return the last day of a run: as agreed, else that of the freeze once it has begun; null while it goes on."""
    cutover, zone = engagement.settings.cutover, ZoneInfo(engagement.settings.time_zone)
    if given.until is not None or cutover is None or cutover.freeze is None:
        return given.until
    freeze = local_moment(cutover.freeze, zone)
    newest = max(one.at for of in lists for one, _ in of.readings)
    return max(freeze.date(), given.from_) if newest >= freeze else None


def _terms(
    engagement: Engagement,
    given: ParallelRunSettings,
    lag_days: int,
    lists: tuple[ReadList, ReadList],
    until: date | None,
) -> Terms:
    zone = ZoneInfo(engagement.settings.time_zone)
    newest = max(one.at.astimezone(zone).date() for of in lists for one, _ in of.readings)
    last = until if until is not None else max(newest, given.from_)
    return Terms(
        given.from_,
        last,
        given.rule,
        Patience(lag_days, given.integrated_lag_days),
        given.calendar,
        given.fields,
        given.by,
        given.explained,
    )


def _brought_by_others(run: Run, handoff: str, place: tuple[str, str]) -> frozenset[str]:
    """Return the documents of the list kept by hand whose source is that of another handoff, and not of this one."""
    table = run.table("counterpart")
    found = table.filter(pc.equal(table["status"], "found")).select(["handoff_id", "key_r", "more_keys_r"]).to_pylist()
    keys: dict[bool, set[str]] = {True: set(), False: set()}
    for row in found:
        keys[row["handoff_id"] == handoff] |= {row["key_r"], *(row["more_keys_r"] or ())}
    return frozenset(key for key in keys[False] - keys[True] if key.startswith("/".join((*place, ""))))


def _usual_lag(given: ParallelRunSettings, run: Run, grace_days: int | None) -> tuple[int, str]:
    """Return for how many days entering by hand may take, and where that comes from."""
    if given.manual_lag_days is not None:
        return given.manual_lag_days, f"{counted(given.manual_lag_days, 'day')}, as agreed"
    if given.handoff:
        table = run.table("counterpart")
        own = table.filter(pc.and_(pc.equal(table["handoff_id"], given.handoff), pc.equal(table["status"], "found")))
        lags = known_numbers(own["lag_days"])
        lags = lags[~np.isnan(lags)]
        if len(lags) >= _MIN_LAGS:
            days = max(math.ceil(float(np.quantile(lags, _LATE_SHARE))), 0)
            share = f"{100 * _LATE_SHARE:.0f} of 100"
            return days, f"{counted(days, 'day')}: {share} of {len(lags):,} items of this handoff took no longer"
    if grace_days is not None:
        return grace_days, f"{counted(grace_days, 'day')}, the handoff's days of grace (too few items to measure it)"
    return _USUAL_LAG_DAYS, f"{counted(_USUAL_LAG_DAYS, 'day')}, as nobody said or measured another"


def documented_runs(engagement: Engagement, name: str = "", progress: Progress = silent) -> list[DocumentedRun]:
    """Judge parallel runs, and write the page, workbook and evidence of each into ``reports/``.

    Parameters
    ----------
    engagement
        With snapshots of both lists.
    name
        As ``engagement.yaml`` calls it; empty: all that there are.
    progress
        What long work reports to.

    Raises
    ------
    InputError
        None is described, or its lists cannot be compared.
    BusyError
        Another run is writing.
    """
    return [_documented(engagement, one, progress) for one in chosen_runs(engagement.settings.parallel_run, name)]


def _documented(engagement: Engagement, name: str, progress: Progress) -> DocumentedRun:
    from toolkit.report.golive.evidence import write_evidence
    from toolkit.report.golive.parallel_page import parallel_blocks
    from toolkit.report.golive.parallel_workbook import write_parallel_workbook
    from toolkit.report.page import write_page
    from toolkit.store.checksums import file_sha256

    shown = judged_run(engagement, name, progress)
    home = engagement.folder / "reports"
    stem = f"parallel-run-{shown.name.replace('_', '-')}"
    with engagement.store.writing(f"parallel run {shown.name}"):
        evidence, sha256 = write_evidence(shown, home / f"{stem}.json")
        country = engagement.settings.country
        page = write_page(
            home / f"{stem}.html",
            parallel_blocks(shown, sha256, country),
            title=f"Parallel run: {shown.label}",
            country=country,
        )
        workbook = write_parallel_workbook(home / f"{stem}.xlsx", shown, sha256, country)
        files = {path.name: file_sha256(path) for path in (page, workbook, evidence)}
        engagement.store.log("parallel_run", {"name": shown.name, "content_sha256": sha256, "files": files})
    return DocumentedRun(shown, (page, workbook, evidence), sha256)
