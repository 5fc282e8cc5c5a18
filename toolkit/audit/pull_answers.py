"""What a pull answers in a notebook: files and rows, what was put aside, and what each list holds now."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import VerbResult, number_text
from toolkit.report.row_counts import row_counts
from toolkit.values.counted import counted

_INTAKE_HEAD = ("file", "read as", "rows", "kept", "put aside")


def pull_answer(
    intake: pa.Table, snapshots: pa.Table, missing: Sequence[str], notes: Sequence[str], questions: int = 0
) -> VerbResult:
    """Return how many records were read from how many files, and what became of the rows of each.

    Parameters
    ----------
    intake, snapshots
        INTAKE and SNAPSHOT of the pull, or of the last one.
    missing
        Sentences about what was offered and could not be used.
    notes
        Sentences that stand below the table.
    questions
        How many wait for an answer.
    """
    files = intake.to_pylist()
    rows = [
        (
            f"{one['file']} {one['part']}".strip(),
            f"{one['system']}/{one['stream']}" if one["stream"] else one["status"].replace("_", " "),
            *(number_text(one[name]) for name in ("rows_read", "rows_kept", "rows_quarantined")),
        )
        for one in files
    ]
    counts = row_counts(intake, snapshots)
    rows.append(
        ("all files", "", *(number_text(counts.rows[name]) for name in ("rows_read", "rows_kept", "rows_quarantined")))
    )
    step = "check_quality(here), in 03_quality."
    if questions:
        step = f"answer the {counted(questions, 'question')}: answer_questions(here), or engagement.yaml; then pull again."
    said = counts.sentence()
    return VerbResult(
        said if said.endswith(".") else f"{said}.",
        _INTAKE_HEAD,
        tuple(rows),
        frame_of(intake),
        tuple(notes),
        gaps=tuple(missing),
        next_step=step,
    )


def aside_answer(quarantine: pa.Table) -> VerbResult:
    """Return how many rows were put aside, by file and reason; ``quarantine`` is QUARANTINE."""
    counts = Counter((Path(row["file"]).name, row["reason"].replace("_", " ")) for row in quarantine.to_pylist())
    return VerbResult(
        f"{counted(quarantine.num_rows, 'row')} put aside.",
        ("file", "reason", "rows"),
        tuple((*place, number_text(count)) for place, count in sorted(counts.items())),
        frame_of(quarantine),
    )


def lists_answer(snapshots: pa.Table) -> VerbResult:
    """Return how many records each list holds, and whether it came whole; ``snapshots`` is SNAPSHOT."""
    held = snapshots.to_pylist()
    rows = [
        (
            row["system"],
            row["stream"].replace("_", " "),
            row["entity"].replace("_", " "),
            number_text(row["rows"] - row["rows_absent"]),
            number_text(row["rows_absent"]),
            f"{row['taken_at']:%Y-%m-%d %H:%M} UTC",
            "yes" if row["is_complete"] else "no",
        )
        for row in held
    ]
    broken = [f"{row['system']}/{row['stream']} did not come whole." for row in held if not row["is_complete"]]
    return VerbResult(
        f"{counted(len(held), 'list')} of {counted(len({row['system'] for row in held}), 'system')}.",
        ("system", "list", "what it holds", "records", "there before", "read", "whole"),
        tuple(rows),
        frame_of(snapshots),
        gaps=tuple(broken),
    )
