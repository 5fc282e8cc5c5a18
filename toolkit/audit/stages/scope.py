"""Stage: what is in, out and later, how each flow is accepted, and what of it is not clear yet."""

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
        Read as `STAGE` says: what was agreed on, and what the run says of handoffs, money, masters and fields.
    """
    from toolkit.audit.scope.scope_tables import scope_tables

    return scope_tables(run, engagement.settings)


STAGE = Stage(
    "scope",
    "Writing the scope",
    ("scope", "acceptance", "success", "scope_gap"),
    results,
    reads=(
        "handoff",
        "handoff_measure",
        "case",
        "cost_input",
        "roadmap",
        "master_cell",
        "field_map",
        "test_case",
    ),
    settings=("scope", "systems", "handoffs", "approach"),
)
