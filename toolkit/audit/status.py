"""What an engagement has so far, and what to do next."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.how_far import unfinished_jobs
from toolkit.audit.matching import decisions_waiting, model_facts
from toolkit.audit.next_steps import next_steps
from toolkit.audit.pull.presence import said_of
from toolkit.audit.pull.questions import open_questions
from toolkit.audit.pull.unfinished import unfinished_sentences
from toolkit.audit.rulings import waiting_rulings
from toolkit.audit.stages.match import SUBJECT
from toolkit.errors import DamagedError, InputError, SnapshotMissingError
from toolkit.report.judgements import doubt_sentences
from toolkit.report.row_counts import row_counts
from toolkit.store import Run
from toolkit.store.catalogue import PRESENT, RENAMED, Presence
from toolkit.tables import INTAKE


def engagement_status(folder: Path) -> dict[str, Any]:
    """Return the engagement's snapshots, its latest run, whether that is out of date, and the next step."""
    engagement = open_engagement(folder)
    try:
        return _status(engagement)
    finally:
        engagement.close()


def _status(engagement: Engagement) -> dict[str, Any]:
    store = engagement.store
    held = store.presences()
    snapshots = [
        {
            "system": one["system"],
            "stream": one["stream"],
            "records": one["rows"] - one["rows_absent"],
            "taken_at": one["taken_at"].isoformat(),
            "is_complete": one["is_complete"],
            "reasons": one["reasons"],
            "presence": held[key].presence if (key := (one["system"], one["stream"])) in held else PRESENT,
        }
        for one in store.snapshots(all_streams=True).to_pylist()
        if held.get((one["system"], one["stream"]), _HERE).presence != RENAMED
    ]
    run, damage = _latest(engagement)
    is_stale = run is not None and run.facts.get("inputs_hash") != engagement.inputs_hash()
    mended, lost = store.unsaid()
    held_intake = store.intake()[0] if store.is_intake_whole() else INTAKE.empty()
    intake, counts = held_intake.to_pylist(), row_counts(held_intake, store.snapshots())
    unread = [row for row in intake if row["status"] in _UNREAD]
    unfinished = unfinished_sentences(engagement) if snapshots else ()
    jobs = unfinished_jobs(engagement)
    steps = next_steps(
        engagement, run, unread, has_snapshots=bool(snapshots), is_stale=is_stale or bool(damage), unfinished=jobs
    )
    return {
        "client": engagement.settings.client,
        "folder": str(engagement.folder),
        "state": store.state.where,
        "read": counts.sentence() if snapshots else None,
        "counts": {"files": counts.files, "tables": counts.tables, **counts.rows, "records": counts.record_count},
        "snapshots": snapshots,
        "missed": [*said_of(held.values()), *unfinished],
        "damaged": damage,
        "mended": mended,
        "lost": lost,
        "unread": [f"{row['file']} {row['part']}".strip() + f": {row['message'] or row['status']}" for row in unread],
        "questions": {
            name: one.model_dump(mode="json") for name, one in open_questions(engagement.settings.questions).items()
        },
        "left_out": _left_out(intake),
        "unfinished_jobs": jobs,
        "run_id": run.run_id if run else None,
        "is_run_stale": is_stale,
        "not_compared": _not_compared(run),
        "matching": run.facts.get("matching") if run else None,
        "decisions": store.decisions().num_rows + store.rulings().num_rows,
        "waiting_decisions": [] if damage else _waiting(engagement),
        "model": model_facts(engagement),
        "audit_log_broken": store.broken_log_entries(),
        "audit_log_head": store.log_head(),
        "to_do": [one.sentence for one in steps],
        "next": steps[0].sentence,
        "next_notebook": steps[0].notebook,
    }


def _waiting(engagement: Engagement) -> list[dict[str, Any]]:
    """Return the decisions that name what is not there at present."""
    return [*decisions_waiting(engagement).to_pylist(), *waiting_rulings(engagement)]


_HERE = Presence("", "", PRESENT)
_UNREAD = frozenset({"unrecognised", "refused", "empty"})


def _latest(engagement: Engagement) -> tuple[Run | None, list[str]]:
    """Return the latest run, and every file of ours that is gone or no longer what was written, below the engagement."""
    store, folder = engagement.store, engagement.folder
    damage = [row["path"] for row in store.damaged_snapshots()]
    damage += [] if store.is_intake_whole() else ["quarantine"]
    run = None
    try:
        run = store.run()
        damage += [path.relative_to(folder).as_posix() for path in run.damaged_tables()]
    except DamagedError as error:
        damage.append(error.path.relative_to(folder).as_posix())
    except (SnapshotMissingError, InputError):
        pass
    kept = store.matching(SUBJECT)
    files = [*kept.damaged_files(), *kept.model.damaged_files()] if kept else []
    return run, [*damage, *(path.relative_to(folder).as_posix() for path in files)]


def _not_compared(run: Run | None) -> list[str]:
    """Return the handoffs that the latest audit could not measure, or compared in part only: why, and what to do."""
    if run is None:
        return []
    try:
        doubts = doubt_sentences(run.table("handoff"), run.table("handoff_judgement"))
    except DamagedError:
        # That is said of the file itself.
        doubts = []
    return [*run.facts.get("unmeasured", ()), *doubts]


def _left_out(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what was said of tables that are read: columns that were left out, ids that are destroyed."""
    rows = [row for row in rows if row["status"] == "read" and row["message"]]
    return [f"{row['file']} {row['part']}".strip() + f": {row['message']}" for row in rows]
