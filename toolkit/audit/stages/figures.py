"""Stage: every number that a client may read, as rows of one table."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.case_inputs import billing_handoffs, case_terms, held_back
from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.approach import STAGE as APPROACH
from toolkit.audit.stages.backtest import STAGE as BACKTEST
from toolkit.audit.stages.details import STAGE as DETAILS
from toolkit.audit.stages.field_maps import STAGE as FIELD_MAPS
from toolkit.audit.stages.flows import STAGE as FLOWS
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.audit.stages.kpi import STAGE as KPIS
from toolkit.audit.stages.roadmap import STAGE as ROADMAP
from toolkit.audit.stages.scope import STAGE as SCOPE
from toolkit.audit.stages.sources import STAGE as SOURCES
from toolkit.audit.stages.stage import Stage
from toolkit.audit.stages.unconfirmed import with_unconfirmed
from toolkit.report.systems import system_labels
from toolkit.store import Run
from toolkit.tables import FIGURE, RESULTS

_ASKED = (BACKTEST, DETAILS, FIELD_MAPS, FLOWS, KPIS, SCOPE, SOURCES)
"""Stages that are worked out when somebody asks for them: no figure is made of their tables."""
_UNTOLD = frozenset(name for stage in (*_ASKED, APPROACH, ROADMAP) for name in stage.tables) - {
    "approach_way",
    "roadmap",
    "roadmap_total",
}


def results(engagement: Engagement, run: Run, _records: Records) -> Mapping[str, pa.Table]:
    """Return the table of the stage.

    Parameters
    ----------
    engagement, run, _records
        Read as `STAGE` says: settings and all other tables of the run but document pairs, platforms and fees, and what is
        worked out when asked; no records.
    """
    # A run that is still true asks for none of these.
    from toolkit.quality.figures import quality_figures
    from toolkit.reconcile.figures import reconcile_figures
    from toolkit.report.figures import counted_figures

    snapshots: dict[str, list[str]] = {}
    for row in run.table("snapshot").to_pylist():
        snapshots.setdefault(row["system"], []).append(row["path"])
    labels = system_labels(
        {row["system"]: row["connector"] for row in run.table("snapshot").to_pylist()},
        {name: one.label for name, one in engagement.settings.systems.items()},
    )
    handoffs = engagement_handoffs(engagement)
    entities = {(row["system"], row["stream"]): row["entity"] for row in run.table("snapshot").to_pylist()}
    parts = [
        counted_figures(run.tables(), system_labels=labels),
        quality_figures(run.table("check"), run.table("column_profile"), snapshots=snapshots, system_labels=labels),
        reconcile_figures(
            handoffs,
            run.table("counterpart"),
            run.table("handoff_measure"),
            compared=run.table("compared_field"),
            coverage=run.table("coverage"),
            references=run.table("reference"),
            golden=run.table("golden"),
            months=run.table("handoff_month"),
            system_labels=labels,
            as_of=engagement.as_of(),
        ),
    ]
    measured = [name for part in parts for name in part["figure_id"].to_pylist()]
    # One that could not be measured, for want of its files, is one of all.
    count = len(handoffs) + len(run.facts.get("unmeasured", ()))
    parts += _money(engagement, run, count, measured, sorted({path for paths in snapshots.values() for path in paths}))
    parts.append(_scoping(engagement, run, {name for part in parts for name in part["figure_id"].to_pylist()}))
    rows = pa.concat_tables(parts).to_pylist()
    return {"figure": FIGURE.from_rows(with_unconfirmed(rows, engagement.settings.unconfirmed, handoffs, entities))}


def _money(
    engagement: Engagement, run: Run, handoff_count: int, measured: list[str], snapshots: list[str]
) -> list[pa.Table]:
    """Return the figures of the business case, and those of what was never invoiced."""
    from toolkit.roi.figures import roi_figures
    from toolkit.roi.not_invoiced import not_invoiced_figures

    settings, handoff, advice = engagement.settings, run.table("handoff"), run.table("recommendation").to_pylist()
    # Where it could not be told what never arrives, none is no count.
    untold = {name for name, held in held_back(run).items() if "missing" in held}
    unbilled = not_invoiced_figures(
        run.table("not_invoiced"),
        handoff,
        currency=settings.currency,
        billing=billing_handoffs(settings.handoffs, handoff.to_pylist()) - untold,
        snapshots=snapshots,
    )
    return [
        unbilled,
        roi_figures(
            run.table("case"),
            currency=settings.currency,
            terms=case_terms(settings.rates),
            cost_input=run.table("cost_input"),
            labels=dict(zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True)),
            included=[one["handoff_id"] for one in advice if one["is_in_total"]],
            recommended=[one["handoff_id"] for one in advice if one["decision"] == "connect"],
            handoff_count=handoff_count,
            measured=[*measured, *unbilled.filter(pc.is_valid(unbilled["value"]))["figure_id"].to_pylist()],
            is_loss_added=settings.rates.add_lost_revenue,
            snapshots=snapshots,
        ),
    ]


def _scoping(engagement: Engagement, run: Run, known: set[str]) -> pa.Table:
    """Return the figures of how and when to connect."""
    from toolkit.scoping.figures import scoping_figures

    handoff, case = run.table("handoff"), run.table("case").to_pylist()
    return scoping_figures(
        run.table("approach_way"),
        run.table("roadmap"),
        run.table("roadmap_total"),
        currency=engagement.settings.currency,
        labels=dict(zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True)),
        known=known,
        evidence={row["handoff_id"]: row["evidence"] for row in case if row["metric"] == "npv"},
    )


STAGE = Stage(
    "figures",
    "Collecting the figures",
    ("figure",),
    results,
    reads=tuple(name for name in RESULTS if name not in {"figure", "document_pair", "document_link", *_UNTOLD}),
    settings=("rates", "people", "handoffs", "currency", "systems", "unconfirmed", "as_of"),
)
