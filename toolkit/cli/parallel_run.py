"""``parallel-run``: what the integration made beside what people made by hand, day by day, and whether the hand may stop."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.output import AsJson, columns, progress_bar, show, typed

if TYPE_CHECKING:
    from toolkit.audit.golive.parallel import DocumentedRun

_SHOWN_DAYS = 15
_SHOWN_ITEMS = 12
_MAX_LINE = 160


def parallel_run(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Only this one of those that engagement.yaml describes.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Compare what the integration made with what people made by hand; code 4 while the exit rule is not met."""
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.golive.parallel import documented_runs

    engagement = open_engagement(folder)
    with progress_bar(as_json=as_json) as progress:
        made = documented_runs(engagement, name, progress)
    is_met = all(one.shown.found.decision.is_met for one in made)
    facts = [_facts(one) for one in made]
    lines = [_lines(one, folder, engagement.settings.country) for one in made]
    if len(made) > 1:
        lines = [[f"{one.shown.label}:", *own, ""] for one, own in zip(made, lines, strict=True)]
    whole = facts[0] if len(made) == 1 else {"is_met": is_met, "runs": facts}
    show(whole, [line for own in lines for line in own], as_json=as_json)
    if not is_met:
        raise typer.Exit(INCOMPLETE)


def _facts(made: "DocumentedRun") -> dict[str, Any]:
    from toolkit.report.golive.evidence import evidence_content

    content = evidence_content(made.shown)
    listed = (
        "name",
        "by_hand",
        "integrated",
        "judged_through",
        "decision",
        "items",
        "agreeing",
        "discrepancies",
        "match_rate_low",
        "days",
    )
    return {
        **{name: content[name] for name in listed},
        "waiting": len(content["waiting"]),
        "control_differs": sum(not one["agrees"] for one in content["control"]),
        "notes": list(made.shown.notes),
        "content_sha256": made.sha256,
        "files": [str(path) for path in made.paths],
    }


def _lines(made: "DocumentedRun", folder: Path, country: str) -> list[str]:
    from toolkit.golive.days import STATE_WORDS
    from toolkit.report.golive.parallel_page import next_steps
    from toolkit.report.golive.shown_run import event_text, percent, reason_text
    from toolkit.values.written import written_for

    shown = made.shown
    with written_for(country):
        days = [
            [
                f"{one.day:%a %d %b}", f"{one.count:,}", f"{one.agreeing:,}", f"{one.discrepancies:,}", f"{one.waiting:,}",
                percent(one.low) if one.count else "", STATE_WORDS[one.state],
            ]
            for one in shown.found.days[-_SHOWN_DAYS:]
        ]  # fmt: skip
        head = ["day", "items", "agree", "do not", "may come", "at least", "the day is"]
        wrong = shown.found.discrepancies
        return [
            shown.sentence,
            shown.rate_sentence,
            *shown.notes,
            *columns([head, *days] if days else [], right=[1, 2, 3, 4, 5]),
            *(
                _short(f"  {one.first.day or 'no date'}  {event_text(one.shown)}: {reason_text(one.shown)}")
                for one in wrong[:_SHOWN_ITEMS]
            ),
            *([f"  … and {len(wrong) - _SHOWN_ITEMS:,} more in the workbook."] if len(wrong) > _SHOWN_ITEMS else []),
            *(f"Written: {path}" for path in made.paths),
            *(f"Next: {step}" for step in next_steps(shown, typed(folder))),
        ]


def _short(text: str) -> str:
    plain = "".join(one if one.isprintable() else " " for one in text)
    return plain if len(plain) <= _MAX_LINE else f"{plain[: _MAX_LINE - 1]}…"


COMMANDS = (parallel_run,)
