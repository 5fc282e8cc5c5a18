"""The verbs a consultant thinks in: each takes the engagement and answers with a sentence and a small table.

``.frame`` of an answer is the whole table, as pandas with Arrow-backed text. A verb brings the stages along that it needs;
what is still true is not computed again. In a notebook it shows how far it is, and can be stopped.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pyarrow as pa

from toolkit.audit import audited_folder, report
from toolkit.audit.audited_folder import Audit
from toolkit.audit.cell_work import cell_work
from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.audit.engagement import Engagement
from toolkit.audit.explain import explain
from toolkit.audit.progress import Progress
from toolkit.audit.pull import snapshots
from toolkit.audit.pull.described import Ask
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.records import engagement_records
from toolkit.audit.report import Documents
from toolkit.audit.run_gaps import measured_gaps
from toolkit.audit.runs import run_holding, run_stages
from toolkit.audit.table_answer import TableAnswer, table_answer
from toolkit.audit.verb_answers import (
    frame_of,
    handoffs_answer,
    match_answer,
    quality_answer,
    reconcile_answer,
    roi_answer,
)
from toolkit.audit.verb_result import VerbResult, number_text
from toolkit.errors import InputError
from toolkit.match.dedupe import Deduplicated
from toolkit.store import Run

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "check_quality",
    "estimate_roi",
    "explain",
    "latest_run",
    "match_records",
    "measure_handoffs",
    "pull_snapshots",
    "reconcile_systems",
    "render_report",
    "results_table",
    "run_audit",
]

_HELD = {
    "snapshot": "lists read",
    "finding": "values that a check found",
    "pair": "pairs looked at",
    "mismatch": "values that differ between systems",
    "handoff": "handoffs",
    "counterpart": "items followed from system to system",
    "figure": "figures",
}
"""Tables of a run that say how much there is, in words."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RunAnswer(VerbResult):
    """A run that holds every stage of an audit: what charts, report and ``explain`` read. ``table`` has its tables."""

    run: Run = field(kw_only=True)

    @property
    def run_id(self) -> str:
        """Its name below ``results/``."""
        return self.run.run_id

    @property
    def facts(self) -> Mapping[str, Any]:
        """What it rests on."""
        return self.run.facts

    def table(self, name: str) -> pa.Table:
        """Return a table of the run, as charts take it."""
        return self.run.table(name)


def pull_snapshots(
    engagement: Engagement, *, systems: Collection[str] = (), progress: Progress | None = None, ask: Ask | None = None
) -> Pull:
    """Read the client's files, ask the connected systems, and take a snapshot of every list.

    Parameters
    ----------
    engagement
        The engagement; without an ``engagement.yaml``, what is recognised is written into a commented one.
    systems
        Only these; all without.
    progress
        What long work reports to; in a notebook a bar without.
    ask
        Puts what only a person can say to that person; without, it stands in ``engagement.yaml``.

    Raises
    ------
    InputError
        There is no file, or nothing in any of them can be read.
    UnknownNameError
        A system that no file and no setting names.
    BusyError
        Another run is writing.
    """
    # Questions are answered in the file, and a pull writes what it recognised there.
    engagement.reread()
    with cell_work(progress) as told:
        pulled = snapshots.pull_snapshots(engagement, systems=systems, progress=told, ask=ask)
    engagement.reread()
    return pulled


def run_audit(
    folder: str | Path, *, overrides: Iterable[str] = (), with_pdf: bool = False, progress: Progress | None = None
) -> Audit:
    """Audit a folder: an engagement, or just files that a client sent.

    Parameters
    ----------
    folder
        The folder.
    overrides
        ``path.to.setting=value``, on top of the file.
    with_pdf
        Also print the report to PDF.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    InputError
        There is no such folder, nothing in it can be read, the settings are wrong, or the extra ``report`` is not installed.
    BusyError
        Another audit of the same folder is running.
    """
    with cell_work(progress) as told:
        return audited_folder.run_audit(folder, overrides=overrides, with_pdf=with_pdf, progress=told)


def render_report(
    engagement: Engagement, *, with_pdf: bool = False, out: Path | None = None, progress: Progress | None = None
) -> Documents:
    """Write the client's report and the work-through workbook of the latest audit.

    Parameters
    ----------
    engagement
        An engagement with snapshots; stages that are missing or out of date are run first.
    with_pdf
        Also print the report to PDF.
    out
        The folder to write into; the engagement's ``reports/`` without.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    InputError
        The folder cannot be written, or the extra ``report`` is not installed.
    """
    with cell_work(progress) as told:
        return report.render_report(engagement, with_pdf=with_pdf, out=out, progress=told)


def check_quality(engagement: Engagement, *, progress: Progress | None = None) -> VerbResult:
    """Return what the checks found, by system; ``frame``: every check, worst first (table CHECK); records: FINDING."""
    with cell_work(progress) as told:
        run = run_stages(engagement, "quality", told)
    frame = frame_of(run.table("check"))
    return quality_answer(run, frame.sort_values(["share", "failing"], ascending=False, ignore_index=True))


@overload
def match_records(records: Engagement, *, progress: Progress | None = None) -> VerbResult: ...


@overload
def match_records(
    records: "pd.DataFrame | pa.Table | Mapping[str, pd.DataFrame | pa.Table]",
    *,
    answers: "pd.DataFrame | pa.Table | Path | str | None" = None,
    **options: Any,
) -> Deduplicated: ...


def match_records(
    records: object, *, answers: object = None, progress: Progress | None = None, **options: Any
) -> VerbResult | Deduplicated:
    """Return which records are one: of all systems of an engagement, or of any tables.

    Of an engagement: duplicates, links and pairs for a person, by system. ``frame``: the pairs found to be the same,
    related, or put aside for review, surest first; columns of table PAIR, and ``name_l`` and ``name_r`` as the systems write
    them. What a person decided is in its decisions.

    Of tables: what ``dedupe`` finds in them, with ``pairs``, ``clusters``, ``candidates`` and ``related``.

    Parameters
    ----------
    records
        An engagement; or a frame or table, or a mapping of names to them.
    answers
        For tables: labelled pairs with ``id_l, id_r, answer`` (same, not_same, unsure), or a file of them.
        ``toolkit.match.review.answers.questions`` tells which answers teach most.
    options
        For tables: ``kinds``, ``id_columns``, ``is_link`` and ``min_match_probability`` of ``audit.dedupe.matched_tables``.

    Raises
    ------
    InputError
        The tables hold nothing that can be compared; or answers were given for an engagement.
    """
    if not isinstance(records, Engagement):
        with cell_work(progress):
            return matched_tables(records, answers=answers, **options)
    if answers is not None or options:
        raise InputError("An engagement has its own decisions and settings: read answers in with 'decisions import'.")
    return _engagement_pairs(records, progress)


def _engagement_pairs(engagement: Engagement, progress: Progress | None) -> VerbResult:
    with cell_work(progress) as told:
        run = run_stages(engagement, "match", told)
    frame = frame_of(run.table("pair"))
    names = _names(engagement)
    for side in ("l", "r"):
        frame[f"name_{side}"] = frame[f"key_{side}"].map(names).astype(frame[f"key_{side}"].dtype)
    return match_answer(run, frame.sort_values("match_weight", ascending=False, ignore_index=True))


def reconcile_systems(engagement: Engagement, *, progress: Progress | None = None) -> VerbResult:
    """Return how fields agree between systems on matched records; ``frame``: table COMPARED_FIELD."""
    with cell_work(progress) as told:
        run = run_stages(engagement, "reconcile", told)
    return reconcile_answer(run, frame_of(run.table("compared_field")))


def measure_handoffs(engagement: Engagement, *, progress: Progress | None = None) -> VerbResult:
    """Return what was measured of every handoff: volume, lag, errors, missing; ``frame``: table HANDOFF_MEASURE."""
    with cell_work(progress) as told:
        run = run_stages(engagement, "handoffs", told)
    return handoffs_answer(run, frame_of(run.table("handoff_measure")))


def estimate_roi(engagement: Engagement, *, progress: Progress | None = None) -> VerbResult:
    """Return what connecting each handoff costs, saves and is worth, and all of them together; ``frame``: table CASE."""
    with cell_work(progress) as told:
        run = run_stages(engagement, "roi", told)
    return roi_answer(run, frame_of(run.table("case")))


def latest_run(engagement: Engagement, *, progress: Progress | None = None) -> RunAnswer:
    """Return a run that holds every stage of an audit of the latest snapshots: what charts, report and ``explain`` read.

    ``frame``: how many rows the tables have that say most.
    """
    import pandas as pd

    with cell_work(progress) as told:
        run = run_stages(engagement, progress=told)
    counts = {name: run.table(name).num_rows for name in _HELD}
    rows = tuple((label, number_text(counts[name])) for name, label in _HELD.items())
    frame = pd.DataFrame({"table": [*counts], "rows": [*counts.values()]})
    return RunAnswer(
        f"{run.facts['client']}: everything as of {run.facts['as_of']}, run {run.run_id}.",
        ("of what", "how much"),
        rows,
        frame,
        gaps=measured_gaps(run),
        next_step='results_table(here, "figure") has every figure, explain(here, figure_id) where one comes from.',
        run=run,
    )


def results_table(
    engagement: Engagement, name: str, run_id: str = "latest", *, columns: Collection[str] = ()
) -> TableAnswer:
    """Return any table of a run by name, e.g. ``finding``, ``mismatch``, ``counterpart``, ``figure``.

    ``frame`` is the whole table; ``of`` shows rows of it in the same way: ``found.of(found.frame.head(5), "value")``.

    Parameters
    ----------
    engagement
        With a finished run.
    name
        Of a results table, in lower case.
    run_id
        ``latest``, or the id of any finished run.
    columns
        Which columns are shown, in which order; the first ones without.

    Raises
    ------
    UnknownNameError
        There is no such table, run or column; the message offers the nearest.
    """
    return table_answer(run_holding(engagement, name, run_id), name, (*columns,))


def _names(engagement: Engagement) -> dict[str, str | None]:
    """Return what each party record is called, by its key."""
    parties = engagement_records(engagement).parties
    return dict(zip(parties["record_key"].to_pylist(), parties["name"].to_pylist(), strict=True))
