"""``demo [DIR]``: the sample client, audited; ``--live`` from stand-ins of its systems, ``--clean`` cleans them up."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.audit import INCOMPLETE, WithPdf, facts, lines
from toolkit.cli.output import AsJson, columns, progress_bar, show
from toolkit.errors import ChangeError, InputError

if TYPE_CHECKING:
    from toolkit.audit.live.circle import Circle


class MergeBy(StrEnum):
    """How duplicates are merged."""

    ARCHIVE = "archive"
    VENDOR = "vendor"


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the sample client goes.")] = Path("harbor-pine"),
    is_live: Annotated[
        bool, typer.Option("--live", help="Pull its systems over their interfaces, from stand-ins on this machine.")
    ] = False,
    is_cleaned: Annotated[
        bool, typer.Option("--clean", help="With --live: clean them up too, audit again, and take it all back.")
    ] = False,
    merge_by: Annotated[
        MergeBy, typer.Option("--merge-by", help="With --clean: archive, which is taken back, or vendor, the systems' own.")
    ] = MergeBy.ARCHIVE,
    with_pdf: WithPdf = False,
    as_json: AsJson = False,
) -> None:
    """Copy the sample client Harbor & Pine and run the whole audit on it."""
    from toolkit.audit.audited_folder import copied_sample, run_audit

    if is_cleaned and not is_live:
        raise InputError("--clean goes with --live: what is cleaned up are the stand-ins of the sample client's systems.")
    if is_cleaned and with_pdf:
        raise InputError("--pdf goes with an audit. After demo --live --clean: integration-audit report DIR --pdf")
    if merge_by is MergeBy.VENDOR and not is_cleaned:
        raise InputError("--merge-by goes with --live --clean: nothing else merges anything.")
    if is_cleaned:
        return _cleaned(folder, merge_by, as_json=as_json)
    with progress_bar(as_json=as_json) as progress:
        if is_live:
            from toolkit.audit.live.sample import live_audit

            found = live_audit(folder, with_pdf=with_pdf, progress=progress)
        else:
            found = run_audit(copied_sample(folder), with_pdf=with_pdf, progress=progress)
    show(facts(found), lines(found), as_json=as_json)
    if not found.is_complete:
        raise typer.Exit(INCOMPLETE)
    return None


def _cleaned(folder: Path, merge_by: MergeBy, *, as_json: bool) -> None:
    from toolkit.audit.live.cleaning import JOBS, MERGES, cleaned_live

    with progress_bar(as_json=as_json) as progress:
        jobs = MERGES if merge_by is MergeBy.VENDOR else JOBS
        found = cleaned_live(folder, jobs=jobs, merge_by=merge_by.value, progress=progress)
    show(_facts(found), _lines(found), as_json=as_json)
    # What a system's own merge loses was said before anybody agreed to it.
    is_as_told = found.is_whole or (merge_by is MergeBy.VENDOR and found.is_as_said)
    if not is_as_told or found.dead_letters:
        raise typer.Exit(ChangeError.exit_code)


def _facts(found: "Circle") -> dict[str, Any]:
    from toolkit.audit.live.circle_page import FIGURES
    from toolkit.audit.live.comparing import shown_differences

    names = [name for name, _ in FIGURES]
    return {
        "planned": found.planned,
        "done": found.done,
        "conflicts": found.conflicts,
        "dead_letters": found.dead_letters,
        "undone": found.undone,
        "in_part": found.in_part,
        "for_good": found.for_good,
        "equal_after_undo": found.comparison.is_equal,
        "compared": {"records": found.comparison.compared, "values": found.comparison.values},
        "set_aside": {kind: count for kind, count in sorted(found.comparison.set_aside.items()) if count},
        "not_as_before": len(found.comparison.differences),
        "differences": shown_differences(found.comparison),
        "lost": list(found.lost),
        "figures": {
            when: {name: one[name]["value"] for name in names if name in one}
            for when, one in zip(("before", "after", "after_undo"), found.figures, strict=True)
        },
        "jobs": [
            {"kind": one.kind, "system": one.system, "plan": one.plan_id, "planned": one.sent.outcome.planned,
             "done": one.done, "undone": one.undone, "in_part": one.in_part,
             "for_good": one.for_good, "conflicts": one.conflicts, "dead_letters": one.dead_letters,
             "page": str(one.sent.page) if one.sent.page else None}
            for one in found.jobs
        ],
        "left_alone": dict(found.left_alone),
        "seconds": round(found.seconds, 1),
        "page": str(found.page),
    }  # fmt: skip


def _lines(found: "Circle") -> list[str]:
    from toolkit.audit.live.circle import APPROVER
    from toolkit.audit.live.circle_page import (
        DEARER,
        FIGURE_HEAD,
        JOB_HEAD,
        aside_rows,
        circle_sentence,
        figure_rows,
        is_dearer,
        job_rows,
    )

    return [
        circle_sentence(found),
        "",
        *columns([list(FIGURE_HEAD), *map(list, figure_rows(found))], right=[1, 2, 3]),
        *([DEARER] if is_dearer(found) else []),
        "",
        *columns([list(JOB_HEAD), *map(list, job_rows(found))], right=[1, 2, 3, 4, 5, 6, 7]),
        *(["", "Said before it was agreed to:", *(f"  {one}" for one in found.lost)] if found.lost else []),
        *(f"{system} was left as it is: {why}" for system, why in found.left_alone.items()),
        "",
        f"Agreed to by {APPROVER}; nothing but stand-ins on this machine was changed.",
        "Set aside in the comparison, since no system gives it back:",
        *(f"  {count} × {kind}" for kind, count in aside_rows(found)),
        *(f"  not as before: {one.record_key} {one.column}" for one in found.comparison.differences[:10]),
        "",
        f"Written: {found.page}",
        f"Each plan and job has its page in {found.folder / 'reports'}",
    ]


COMMANDS = (demo,)
