"""What an engagement has so far, and what to do next."""

from pathlib import Path
from typing import Any

from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.matching import decisions_waiting, model_facts
from toolkit.audit.pull.questions import open_questions
from toolkit.errors import SnapshotMissingError
from toolkit.settings import FILE_NAME


def engagement_status(folder: Path) -> dict[str, Any]:
    """Return the engagement's snapshots, its latest run, whether that is out of date, and the next step."""
    engagement = open_engagement(folder)
    try:
        return _status(engagement)
    finally:
        engagement.close()


def _status(engagement: Engagement) -> dict[str, Any]:
    snapshots = [
        {
            "system": one["system"],
            "stream": one["stream"],
            "records": one["rows"] - one["rows_absent"],
            "taken_at": one["taken_at"].isoformat(),
            "is_complete": one["is_complete"],
            "reasons": one["reasons"],
        }
        for one in engagement.store.snapshots().to_pylist()
    ]
    try:
        run = engagement.store.run()
    except SnapshotMissingError:
        run = None
    is_stale = run is not None and run.facts.get("inputs_hash") != engagement.inputs_hash()
    return {
        "client": engagement.settings.client,
        "folder": str(engagement.folder),
        "snapshots": snapshots,
        "unread": _unread(engagement),
        "questions": {
            name: one.model_dump(mode="json") for name, one in open_questions(engagement.settings.questions).items()
        },
        "left_out": _left_out(engagement),
        "run_id": run.run_id if run else None,
        "is_run_stale": is_stale,
        "matching": run.facts.get("matching") if run else None,
        "decisions": engagement.store.decisions().num_rows,
        "waiting_decisions": decisions_waiting(engagement).to_pylist(),
        "model": model_facts(engagement),
        "audit_log_broken": engagement.store.broken_log_entries(),
        "next": _next_step(engagement, bool(snapshots), run is not None, is_stale=is_stale),
    }


def _unread(engagement: Engagement) -> list[str]:
    """Return a line for every file that could not be read or understood."""
    rows = engagement.store.intake()[0].to_pylist()
    unread = [row for row in rows if row["status"] in {"unrecognised", "refused", "empty"}]
    return [f"{row['file']} {row['part']}".strip() + f": {row['message'] or row['status']}" for row in unread]


def _left_out(engagement: Engagement) -> list[str]:
    """Return what was said of tables that are read: columns that were left out, ids that are destroyed."""
    rows = [row for row in engagement.store.intake()[0].to_pylist() if row["status"] == "read" and row["message"]]
    return [f"{row['file']} {row['part']}".strip() + f": {row['message']}" for row in rows]


def _next_step(engagement: Engagement, has_snapshots: bool, has_run: bool, *, is_stale: bool) -> str:  # noqa: FBT001 - private
    folder = engagement.folder
    if has_snapshots and open_questions(engagement.settings.questions):
        return f"answer the questions in {folder / FILE_NAME}, or: integration-audit audit {folder}"
    if not has_snapshots and not any(one for one in (folder / "exports").rglob("*") if one.is_file()):
        return f"put the client's files into {folder / 'exports'}"
    if not has_run or is_stale:
        return f"integration-audit audit {folder}"
    return f"integration-audit report {folder} --open, or review {folder / 'reports'} with the client"
