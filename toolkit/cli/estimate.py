"""``estimate``: what the handoffs cost, and what connecting them returns."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.output import AsJson, Overrides, columns, progress_bar, show

if TYPE_CHECKING:
    from toolkit.audit.engagement import Engagement

NO_HANDOFF = (
    "There is no handoff yet, so nothing has a price. Name them in engagement.yaml (handoffs), or ask the client: "
    "integration-audit landscape export FOLDER"
)


def estimate(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    scenarios: Annotated[
        list[Path] | None,
        typer.Option("--scenario", metavar="FILE", help="Try what a scenario file sets, side by side with the others."),
    ] = None,
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Show cost now, saving, one-time cost, payback and value per handoff; --set and --scenario try other figures."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.runs import run_stages
    from toolkit.audit.verb_answers import uncounted
    from toolkit.settings import named_overrides

    if overrides:
        with closing(existing_engagement(folder)) as written:
            overrides = named_overrides(overrides, written.settings)
    engagement = existing_engagement(folder, overrides=overrides or ())
    if scenarios:
        _compare(engagement, scenarios, as_json=as_json)
        return
    with progress_bar(as_json=as_json) as progress:
        run = run_stages(engagement, "roi", progress)
    tables = {name: run.table(name).to_pylist() for name in ("case", "handoff", "recommendation", "case_warning")}
    facts = {"run_id": run.run_id, "cases": tables["case"], "handoffs": tables["handoff"]}
    facts |= {name: tables[name] for name in ("recommendation", "case_warning")}
    facts |= {name: run.table(name).to_pylist() for name in ("condition", "cost_input")}
    not_compared = uncounted(run)
    show({**facts, "not_compared": not_compared}, [*_lines(tables), *not_compared], as_json=as_json)


def _compare(engagement: "Engagement", scenarios: Sequence[Path], *, as_json: bool) -> None:
    """Show the scenarios side by side."""
    from toolkit.audit.scenarios import compare_scenarios
    from toolkit.audit.verb_result import text_lines

    with progress_bar(as_json=as_json) as progress:
        found = compare_scenarios(engagement, *scenarios, progress=progress)
    facts = {
        "sentence": found.sentence,
        "run_ids": dict(found.run_ids),
        "sets": found.sets,
        "decisions": found.decisions,
        "figures": found.table.to_pylist(),
        "gaps": list(found.gaps or ()),
    }
    show(facts, text_lines(found.sentence, found.head, found.rows, (*found.notes, *(found.gaps or ()))), as_json=as_json)


def _lines(tables: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    from toolkit.audit.verb_answers import lacking

    cases, handoffs = tables["case"], {row["handoff_id"]: row for row in tables["handoff"]}
    metrics = ("cost_now_per_month", "net_saving_per_month", "one_time_cost", "payback_months", "npv")
    head = ["handoff (medians)", "cost now/month", "saving/month", "one-time", "payback months", "value today"]
    values = {(row["handoff_id"], row["metric"]): row["value"] for row in cases}
    names = [*handoffs, "total", "recommended"]
    body = [
        [name, *("-" if (value := values.get((name, metric))) is None else f"{value:,.0f}" for metric in metrics)]
        for name in names
        if any((name, metric) in values for metric in metrics)
    ]
    if not handoffs:
        return [NO_HANDOFF]
    asked = [f"{name}: still to be asked: {', '.join(words)}" for name in handoffs if (words := lacking(tables, name))]
    kept = [row["handoff_id"] for row in tables["recommendation"] if row["decision"] == "by_hand"]
    stays = [f"Does not pay, stays by hand: {', '.join(kept)}"] if kept else []
    warned = [f"{row['handoff_id']}: {row['warning']}" for row in tables["case_warning"]]
    shown = columns([head, *body], right=[1, 2, 3, 4, 5]) if body else ["No handoff has a complete cost yet."]
    return [*shown, *stays, *warned, *asked]


COMMANDS = (estimate,)
