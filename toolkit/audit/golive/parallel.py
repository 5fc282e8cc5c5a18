"""``parallel-run``: how a parallel run stands, with its page, its workbook and its evidence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
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


def chosen_run(settings: Mapping[str, ParallelRunSettings], name: str) -> str:
    """Return the parallel run that is meant; without a name the only one there is.

    Raises
    ------
    InputError
        None is described, or several and none was named.
    UnknownNameError
        There is none of that name.
    """
    if not settings:
        raise InputError(
            "engagement.yaml describes no parallel run. Write one under parallel_run, as docs/parallel-run.md shows."
        )
    if name and name not in settings:
        raise UnknownNameError("parallel run", name, settings)
    if not name and len(settings) > 1:
        raise InputError(f"There are several parallel runs. Name one: {', '.join(settings)}.")
    return name or next(iter(settings))


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
    terms = _terms(engagement, given, lag_days, (by_hand, integrated))
    records = engagement_records(engagement)
    accounts = accounts_in(run.table("crosswalk"), "account_id")
    shelf = Shelf(engagement, records.parties, accounts, first=terms.first)
    looked = moments(by_hand, integrated, first=terms.first, time_zone=engagement.settings.time_zone)
    if given.until is not None:
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
        if given.until is None or not looked or reading.at <= looked[-1].at
    )
    client, zone = engagement.settings.client, engagement.settings.time_zone
    return ShownRun(client, name, label, terms, found, by_hand.name, integrated.name, labels, lag, compared, zone)


def _until_known(looked: Sequence[Moment], terms: Terms) -> list[Moment]:
    """Return the moments up to the first at which nothing is waited for any more: what is changed later is another story."""
    last = terms.last + timedelta(days=max(terms.patience.by_hand, terms.patience.integrated))
    end = next((at for at, one in enumerate(looked) if one.through >= last), len(looked))
    return [*looked[: end + 1]]


def _terms(engagement: Engagement, given: ParallelRunSettings, lag_days: int, lists: tuple[ReadList, ReadList]) -> Terms:
    zone = ZoneInfo(engagement.settings.time_zone)
    read = [one.at for of in lists for one in (*of.counted, *(reading for reading, _ in of.passed_over))]
    newest = max(at.astimezone(zone).date() for at in read)
    last: date = given.until if given.until is not None else max(newest, given.from_)
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


def documented_run(engagement: Engagement, name: str = "", progress: Progress = silent) -> DocumentedRun:
    """Judge a parallel run, and write its page, workbook and evidence into ``reports/``.

    Parameters
    ----------
    engagement
        With snapshots of both lists.
    name
        As ``engagement.yaml`` calls it; empty: the only one there is.
    progress
        What long work reports to.

    Raises
    ------
    InputError
        None is described, or its lists cannot be compared.
    BusyError
        Another run is writing.
    """
    from toolkit.report.golive.evidence import write_evidence
    from toolkit.report.golive.parallel_page import parallel_blocks
    from toolkit.report.golive.parallel_workbook import write_parallel_workbook
    from toolkit.report.page import write_page
    from toolkit.store.checksums import file_sha256

    shown = judged_run(engagement, chosen_run(engagement.settings.parallel_run, name), progress)
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
