"""``audit [FOLDER]``: every stage, then the report."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.output import AsJson, Overrides, columns, progress_bar, show
from toolkit.cli.questions import asking
from toolkit.values.counted import counted

if TYPE_CHECKING:
    from toolkit.audit.audited_folder import Audit

INCOMPLETE = 4
_MAX_DOUBTS = 6
_MAX_MISSING = 12
NOTHING_YET = "No duplicate, handoff or price can be told from these files yet; the report says what is missing."
WithQuestions = Annotated[
    bool, typer.Option("--questions/--no-questions", help="Ask what only a person can say, where one is at hand.")
]
Remember = Annotated[
    bool, typer.Option("--remember", help="Keep what is confirmed of columns (headers and meanings only) for other clients.")
]
WithPdf = Annotated[bool, typer.Option("--pdf/--no-pdf", help="Also print the report to PDF.")]


def audit(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="An engagement, or a folder of files.")] = Path(),
    with_pdf: WithPdf = False,
    with_questions: WithQuestions = True,
    is_remembered: Remember = False,
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Audit a folder of exports: read, check, match, reconcile, measure, price, report."""
    from toolkit.audit.audited_folder import run_audit

    with progress_bar(as_json=as_json) as progress:
        found = run_audit(
            folder,
            overrides=overrides or (),
            with_pdf=with_pdf,
            progress=progress,
            ask=asking(progress, is_wanted=with_questions, as_json=as_json),
            is_remembered=is_remembered,
        )
    show(facts(found), lines(found), as_json=as_json)
    if not found.is_complete:
        raise typer.Exit(INCOMPLETE)


def facts(found: "Audit") -> dict[str, Any]:
    """Return what ``--json`` prints: the figures of the run, what was read, and where the documents are."""
    return {
        "client": found.engagement.settings.client,
        "run_id": found.run.run_id,
        "is_complete": found.is_complete,
        "missing": list(found.missing),
        "mended": list(found.mended),
        "questions": {name: one.model_dump(mode="json") for name, one in found.pull.questions.items()},
        "report": str(found.documents.html),
        "pdf": str(found.documents.pdf) if found.documents.pdf else None,
        "workbook": str(found.documents.workbook),
        "intake": found.run.table("intake").to_pylist(),
        "figures": found.figures(),
        "judgement": found.judgement().to_pylist(),
    }


def lines(found: "Audit") -> list[str]:
    """Return what a person reads on the terminal: the message first, then where the documents are, then what is missing."""
    from toolkit.audit.explain import shown_value
    from toolkit.audit.pull.questions import open_count, question_lines

    intake = found.run.table("intake").to_pylist()
    said = [
        found.sentence() + _not_complete(found.missing),
        *_not_compared(found),
        "",
        *_headline_lines([[one["label"], shown_value(one), _evidence(one)] for one in found.headlines()]),
        "",
        f"Report:   {found.documents.html}",
    ]
    if found.documents.pdf:
        said.append(f"PDF:      {found.documents.pdf}")
    said += [f"Workbook: {found.documents.workbook}", *found.notes]
    if found.documents.note:
        said.append(found.documents.note)
    if found.pull.questions:
        where = found.engagement.folder / "engagement.yaml"
        said += ["", f"{open_count(len(found.pull.questions))} {where}:"]
        said += question_lines(found.pull.questions)
    notes = [*found.mended, *found.pull.notes, *file_lines(intake)]
    if notes:
        said += ["", *notes]
    if found.missing:
        are = "is" if len(found.missing) == 1 else "are"
        said += [
            "",
            f"Not complete, {counted(len(found.missing), 'thing')} {are} missing:",
            *(f"- {one}" for one in found.missing[:_MAX_MISSING]),
            *_more(len(found.missing) - _MAX_MISSING, "thing"),
        ]
    return said


def _headline_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the headline figures below what their columns are."""
    return columns([["Figure", "Value", "Evidence"], *rows]) if rows else [NOTHING_YET]


def _not_complete(missing: Sequence[str]) -> str:
    """Return what the first line says when something is missing: the first thing, and how many more there are."""
    if not missing:
        return ""
    more = f" (and {counted(len(missing) - 1, 'more thing')}, below)" if len(missing) > 1 else ""
    return f". Not complete: {missing[0]}{more}"


def _not_compared(found: "Audit") -> list[str]:
    """Return that handoffs could not be compared, with each reason and what to do."""
    from toolkit.report.judgements import doubted_count

    doubts = found.doubts()
    if not doubts:
        return []
    count = f"{doubted_count(found.judgement())} of {counted(found.run.table('handoff').num_rows, 'handoff')}"
    head = f"{count} could not be compared, or only in part:"
    return [head, *(f"- {one}" for one in doubts[:_MAX_DOUBTS]), *_more(len(doubts) - _MAX_DOUBTS, "reason")]


def _more(count: int, noun: str) -> list[str]:
    return [f"- and {counted(count, f'more {noun}')}: see the report."] if count > 0 else []


def file_lines(intake: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what was said of files that are read: a hidden sheet, a column that was left out, a guessed encoding."""
    rows = [row for row in intake if row["status"] == "read" and row["message"]]
    return [f"{row['file']} {row['part']}".strip() + f": {row['message']}" for row in rows]


def _evidence(figure: Mapping[str, Any]) -> str:
    """Return a figure's evidence, and that it rests on something that nobody has confirmed."""
    evidence, guesses = str(figure["evidence"]), list(figure["unconfirmed"] or ())
    if not guesses:
        return evidence
    shown = guesses[0] if len(guesses) == 1 else f"{guesses[0]} and {len(guesses) - 1} more"
    return f"{evidence}, not confirmed: {shown}"


COMMANDS = (audit,)
