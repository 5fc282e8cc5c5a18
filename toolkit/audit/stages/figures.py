"""Stage: every number that a client may read, as rows of one table."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.audit.stages.roi import engagement_cases
from toolkit.audit.stages.stage import Stage
from toolkit.audit.stages.unconfirmed import with_unconfirmed
from toolkit.quality.figures import quality_figures
from toolkit.reconcile.figures import reconcile_figures
from toolkit.report.figures import counted_figures
from toolkit.report.systems import system_labels
from toolkit.roi.figures import roi_figures
from toolkit.store import Run
from toolkit.tables import FIGURE, RESULTS


def results(engagement: Engagement, run: Run, _records: Records) -> Mapping[str, pa.Table]:
    """Return the table of the stage.

    Parameters
    ----------
    engagement, run, _records
        Read as `STAGE` says: settings and all other tables of the run but the document pairs; no records.
    """
    snapshots: dict[str, list[str]] = {}
    for row in run.table("snapshot").to_pylist():
        snapshots.setdefault(row["system"], []).append(row["path"])
    labels = system_labels(
        {row["system"]: row["connector"] for row in run.table("snapshot").to_pylist()},
        {name: one.label for name, one in engagement.settings.systems.items()},
    )
    cases, portfolio = engagement_cases(engagement, run)
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
            months=run.table("handoff_month"),
            system_labels=labels,
        ),
        roi_figures(
            cases,
            portfolio.total,
            labels={one["handoff_id"]: one["label"] for one in run.table("handoff").to_pylist()},
            snapshots=sorted(path for paths in snapshots.values() for path in paths),
        ),
    ]
    rows = pa.concat_tables(parts).to_pylist()
    return {"figure": FIGURE.from_rows(with_unconfirmed(rows, engagement.settings.unconfirmed, handoffs, entities))}


STAGE = Stage(
    "figures",
    "Collecting the figures",
    ("figure",),
    results,
    reads=tuple(name for name in RESULTS if name not in {"figure", "document_pair", "document_link"}),
    settings=("rates", "people", "handoffs", "currency", "systems", "unconfirmed"),
)
