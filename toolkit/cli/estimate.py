"""``estimate``: what the handoffs cost, and what connecting them returns."""

from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.output import AsJson, Overrides, columns, progress_bar, show

NO_HANDOFF = (
    "There is no handoff yet, so nothing has a price. Name them in engagement.yaml (handoffs), or ask the client: "
    "integration-audit landscape export FOLDER"
)


def estimate(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Show cost now, saving, one-time cost, payback and value per handoff; --set tries other figures."""
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.runs import run_stages

    engagement = open_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        run = run_stages(engagement, "roi", progress)
    cases = run.table("case").to_pylist()
    handoffs = {row["handoff_id"]: row for row in run.table("handoff").to_pylist()}
    show(
        {"run_id": run.run_id, "cases": cases, "handoffs": list(handoffs.values())}, _lines(cases, handoffs), as_json=as_json
    )


def _lines(cases: list[dict[str, Any]], handoffs: dict[str, dict[str, Any]]) -> list[str]:
    metrics = ("cost_now_per_month", "net_saving_per_month", "one_time_cost", "payback_months", "npv")
    head = ["handoff", "cost now/month", "saving/month", "one-time", "payback months", "value, 3 years"]
    values = {(row["handoff_id"], row["metric"]): row["value"] for row in cases}
    names = [*handoffs, "total"]
    body = [
        [name, *("-" if (value := values.get((name, metric))) is None else f"{value:,.0f}" for metric in metrics)]
        for name in names
        if any((name, metric) in values for metric in metrics)
    ]
    asked = [f"{name}: still to be asked: {', '.join(row['missing'])}" for name, row in handoffs.items() if row["missing"]]
    if not handoffs:
        return [NO_HANDOFF]
    return [*(columns([head, *body], right=[1, 2, 3, 4, 5]) if body else ["No handoff has a complete cost yet."]), *asked]


COMMANDS = (estimate,)
