"""Stage: which handoffs are connected, in which order and when, and what stays by hand."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage
from toolkit.store import Run


def results(engagement: Engagement, run: Run, _records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run
        Read as `STAGE` says: what was agreed on, and the business case of the run.
    """
    from toolkit.audit.roadmap_tables import roadmap_tables

    return roadmap_tables(run, engagement.settings)


STAGE = Stage(
    "roadmap",
    "Planning what to connect when",
    ("roadmap", "roadmap_total"),
    results,
    reads=("project", "recommendation", "handoff"),
    settings=("roadmap", "systems", "handoffs", "parallel_run", "cutover"),
)
