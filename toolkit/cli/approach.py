"""``approach``: by which approach each handoff is to be connected, why, what it costs, and what is asked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.estimate import NO_HANDOFF
from toolkit.cli.output import AsJson, Overrides, columns, progress_bar, show

if TYPE_CHECKING:
    from toolkit.store import Run

_TABLES = ("approach", "approach_way", "approach_platform", "approach_flip")


def approach(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Say how to connect each handoff, why, what each way costs, where that changes, and what is asked; --set tries."""
    from toolkit.audit.approach_answer import approach_sentence, asked_questions
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.runs import run_stages

    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        run = run_stages(engagement, "approach", progress)
    tables: dict[str, list[dict[str, Any]]] = {name: run.table(name).to_pylist() for name in _TABLES}
    questions = [
        {"ask": one.ask, "keys": [*one.keys], "is_deciding": one.is_deciding} for one in asked_questions(tables["approach"])
    ]
    facts = {"run_id": run.run_id, "sentence": approach_sentence(tables["approach"]), **tables, "questions": questions}
    show(facts, _lines(run, tables), as_json=as_json)


def _lines(run: "Run", tables: dict[str, list[dict[str, Any]]]) -> list[str]:
    from toolkit.audit.approach_answer import advice_notes, approach_sentence, asked_questions, money_gaps, shown_approach
    from toolkit.audit.verb_result import number_text

    rows = tables["approach"]
    if not rows:
        return [NO_HANDOFF]
    totals = {(row["handoff_id"], row["approach"]): row["total"] for row in tables["approach_way"]}
    months = tables["approach_way"][0]["horizon_months"]
    head = ["handoff", "approach", f"{months} months", "by hand", "because"]
    body = [
        [
            row["handoff_id"],
            _plain(shown_approach(row)),
            number_text(totals.get((row["handoff_id"], row["approach"]))),
            number_text(totals.get((row["handoff_id"], "LEAVE_MANUAL"))),
            _plain("; ".join(row["reasons"])),
        ]
        for row in rows
    ]
    questions = asked_questions(rows)
    return [
        approach_sentence(rows),
        *columns([head, *body], right=[2, 3]),
        *map(_plain, advice_notes(run)),
        *map(_plain, money_gaps(rows, {row["handoff_id"]: row["handoff_id"] for row in rows})),
        *(f"{'Ask' if one.is_deciding else 'Ask also'}: {_plain(one.words)}" for one in questions),
    ]


def _plain(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)


COMMANDS = (approach,)
