"""What to do next with an engagement: the report is gone through with the client only when nothing stands before it.

A job that stands half done comes before all else: a system that is changed in part is nobody's wish.
What was not read may change every figure, an answer changes what is counted, and a doubtful pair a few records: in this
order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.asked import asked_names
from toolkit.audit.pull.questions import open_questions
from toolkit.audit.pull.sources import client_files
from toolkit.audit.pull.unfinished import unfinished_sentences
from toolkit.errors import DamagedError, SnapshotMissingError
from toolkit.report.gaps import missing_inputs
from toolkit.report.run import RunTables
from toolkit.rest.vault.names import connect_command
from toolkit.settings import FILE_NAME
from toolkit.store import Run
from toolkit.values.counted import counted

_MAX_NAMED = 3
_LANDSCAPE, _READ, _DUPLICATES = "01_landscape.ipynb", "02_snapshots.ipynb", "04_duplicates.ipynb"
_JOBS = {"cleanup": "09_cleanup_job.ipynb", "sync": "10_sync_job.ipynb"}
_REPORT = "client_report.ipynb"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do: a sentence with what to type or to open, and the notebook in which it is done."""

    sentence: str
    notebook: str = ""


def next_steps(
    engagement: Engagement,
    run: Run | None,
    unread: Sequence[Mapping[str, Any]],
    *,
    has_snapshots: bool,
    is_stale: bool,
    unfinished: Sequence[Mapping[str, Any]] = (),
) -> list[NextStep]:
    """Return what to do, in the order in which it is worth doing.

    Parameters
    ----------
    engagement, run
        The engagement and its latest run, if there is one that can be read.
    unread
        Rows of INTAKE of files that could not be read or understood.
    has_snapshots
        Whether anything has been pulled.
    is_stale
        Whether files, settings or decisions changed since the run, or something of it is damaged.
    unfinished
        Jobs that did not come to their end, as `unfinished_jobs` gives them.
    """
    jobs = [_job_step(one, engagement) for one in unfinished]
    return [*jobs, *_of_the_data(engagement, run, unread, has_snapshots=has_snapshots, is_stale=is_stale)]


def _job_step(job: Mapping[str, Any], engagement: Engagement) -> NextStep:
    said = (
        f"go on with the job on {job['label']}, of which {job['done']:,} of {job['changes']:,} changes are done: "
        f"integration-audit resume {job['plan'][:12]} {engagement.folder}"
    )
    return NextStep(said, _JOBS.get(job["kind"], ""))


def _of_the_data(
    engagement: Engagement, run: Run | None, unread: Sequence[Mapping[str, Any]], *, has_snapshots: bool, is_stale: bool
) -> list[NextStep]:
    """Return what to do with what was read."""
    folder = engagement.folder
    if not has_snapshots and (asked := asked_names(engagement.settings)):
        return [NextStep(f"pull {', '.join(asked)}: integration-audit pull {folder}", _READ)]
    if not has_snapshots and not client_files(folder):
        return [NextStep(f"put the client's files into {folder / 'exports'}", _READ)]
    steps = []
    if unread:
        names = list(dict.fromkeys(str(row["file"]) for row in unread))
        more = f" and {len(names) - _MAX_NAMED} more" if len(names) > _MAX_NAMED else ""
        said = (
            f"mend or replace {counted(len(names), 'file')} that {'was' if len(names) == 1 else 'were'} not read "
            f"({', '.join(names[:_MAX_NAMED])}{more}), or name what does not count in {FILE_NAME} (leave_out)"
        )
        steps.append(NextStep(said, _READ))
    steps += [NextStep(one, _READ) for one in _sign_ins(engagement)]
    if unfinished_sentences(engagement) or _lacks_something(engagement):
        steps.append(NextStep(f"integration-audit pull {folder}", _READ))
    questions = open_questions(engagement.settings.questions)
    if has_snapshots and questions:
        said = (
            f"answer the {counted(len(questions), 'question')} in {folder / FILE_NAME}, or: integration-audit audit {folder}"
        )
        steps.append(NextStep(said, _READ))
    if run is None or is_stale:
        return [*steps, NextStep(f"integration-audit audit {folder}", _LANDSCAPE if has_snapshots else _READ)]
    return [*steps, *_of_the_run(engagement, run)]


def _lacks_something(engagement: Engagement) -> bool:
    """Return whether the newest snapshot of a system that is asked is not complete: an audit would not make it so."""
    asked = asked_names(engagement.settings)
    rows = engagement.store.snapshots().to_pylist() if asked else []
    return any(row["system"] in asked and not row["is_complete"] for row in rows)


def _sign_ins(engagement: Engagement) -> list[str]:
    """Return what is to be signed in to again: what has ended, or ends within thirty days and does not renew itself."""
    asked = asked_names(engagement.settings)
    if not asked:
        return []
    # Whoever has files alone never waits for what keeps sign-ins to be loaded.
    from toolkit.audit.connections import connection_rows, rows_ending_soon

    return [
        f"sign in to {one['system']} again, whose sign-in {'has ended' if one['state'] == 'ended' else 'ends'} on "
        f"{one['valid_until'].day} {one['valid_until']:%B %Y}: {connect_command(one['system'], str(engagement.folder))}"
        for one in rows_ending_soon(connection_rows(engagement))
        if one["system"] in asked and (one["state"] == "ended" or not one["renews"])
    ]


def _of_the_run(engagement: Engagement, run: Run) -> list[NextStep]:
    """Return what its figures still lack, then the report."""
    folder = engagement.folder
    said = f"integration-audit report {folder} --open, then review {folder / 'reports'} with the client"
    report = NextStep(said, _REPORT)
    try:
        tables = {name: run.table(name) for name in ("handoff", "figure")}
    except (DamagedError, SnapshotMissingError):
        return [report]
    settings = engagement.settings
    held = RunTables(tables, settings.client, settings.currency, engagement.as_of())
    steps = []
    if lacking := missing_inputs(held):
        handoffs = counted(len(lacking), "handoff")
        said = (
            f"ask the client what {handoffs} still {'lacks' if len(lacking) == 1 else 'lack'}, in the workbook of: "
            f"integration-audit landscape export {folder}"
        )
        steps.append(NextStep(said, _LANDSCAPE))
    doubtful = int((held.figures.get("match.review_count") or {}).get("value") or 0)
    if doubtful:
        said = (
            f"decide {counted(doubtful, 'doubtful pair')} in {folder / 'reports' / 'work_through.xlsx'}, then: "
            f"integration-audit decisions import FILE {folder}"
        )
        steps.append(NextStep(said, _DUPLICATES))
    return [*steps, report]
