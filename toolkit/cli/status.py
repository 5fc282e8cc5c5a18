"""``status``: what has been pulled, how old and complete it is, and what to do next."""

from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.output import AsJson, columns, show, typed

Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]


def status(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Show what is pulled, how old it is, whether it is complete, and what to do next."""
    from toolkit.audit.matching import model_lines, waiting_lines
    from toolkit.audit.status import engagement_status
    from toolkit.store.state_file import STATE_NAME

    found = engagement_status(folder)
    head = [["system", "stream", "records", "taken (UTC)", "complete"]]
    body = [
        [one["system"], one["stream"], f"{one['records']:,}", one["taken_at"][:16], _complete(one)]
        for one in found["snapshots"]
    ]
    warnings = _warning_lines(found)
    lines = [
        f"{found['client']} ({found['folder']})" + (". Not as it should be, see below." if warnings else ""),
        *([f"State shared with colleagues: {found['state']}"] if found["state"] != STATE_NAME else []),
        *([found["read"]] if found["read"] else []),
        *(columns(head + body, right=[2]) if body else ["Nothing has been pulled yet."]),
        *warnings,
        *(["Could not be read, or not understood:", *(f"  {line}" for line in found["unread"])] if found["unread"] else []),
        *_question_lines(found["questions"]),
        *(["Left out or to look at:", *(f"  {line}" for line in found["left_out"])] if found["left_out"] else []),
        *found["mended"],
        *_job_lines(found["unfinished_jobs"], folder),
        f"Audit: {found['run_id'] or 'none yet'}" + (" (out of date)" if found["is_run_stale"] else ""),
        *_not_compared_lines(found["not_compared"]),
        *model_lines(found["model"]),
        *waiting_lines(found["waiting_decisions"]),
        f"Next: {found['next']}",
        *(f"Then: {step}" for step in found["to_do"][1:]),
    ]
    show(found, lines, as_json=as_json)


def _complete(snapshot: dict[str, Any]) -> str:
    """Return whether a stream is complete, in a word; of one that did not come as expected, what became of it."""
    if snapshot["presence"] != "present":
        return str(snapshot["presence"]).replace("_", " ").upper()
    return "yes" if snapshot["is_complete"] else "NO"


def _lacking_lines(snapshots: list[dict[str, Any]]) -> list[str]:
    """Return why streams that came are not complete; what did not come is said with its own reason."""
    return [
        f"{one['system']}/{one['stream']} is not complete: {' '.join(one['reasons'])}"
        for one in snapshots
        if one["presence"] == "present" and not one["is_complete"]
    ]


def _warning_lines(found: dict[str, Any]) -> list[str]:
    """Return what is missing, damaged, lost or was tampered with."""
    lines = [*found["missed"], *_lacking_lines(found["snapshots"]), *found["lost"]]
    if found["damaged"]:
        lines.append(f"Gone or damaged, the next audit makes it again: {', '.join(found['damaged'])}.")
    if found["audit_log_broken"]:
        numbers = ", ".join(str(number) for number in found["audit_log_broken"][:5])
        lines.append(
            f"The audit log was changed after it was written: entry {numbers} does not fit the one before. What is in it "
            "from there on cannot be relied on; compare the head in an earlier report."
        )
    return lines


def _job_lines(jobs: list[dict[str, Any]], folder: Path) -> list[str]:
    """Return how far each job is that did not come to its end, and what goes on with it."""
    return [
        f"A job on {one['label']} is at {one['done']:,} of {one['changes']:,} changes: "
        f"integration-audit resume {one['plan'][:12]} {typed(folder)}".rstrip()
        for one in jobs
    ]


def _not_compared_lines(sentences: list[str]) -> list[str]:
    """Return what the audit held back."""
    return ["It could not compare, or only in part:", *(f"  {one}" for one in sentences)] if sentences else []


def _question_lines(questions: dict[str, dict[str, Any]]) -> list[str]:
    """Return the open questions with their samples and choices."""
    from toolkit.audit.pull.questions import open_count

    lines = [f"{open_count(len(questions))} engagement.yaml (questions):"] if questions else []
    for name, one in questions.items():
        lines.append(f"  {one['ask']} [{name}]")
        lines += [f"    for example: {'; '.join(one['samples'])}"] if one["samples"] else []
        lines.append("    " + " | ".join(f"{choice} ({words})" for choice, words in one["choices"].items()))
    return lines


COMMANDS = (status,)
