"""Stage: the last months as if the integration had been live."""

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
        Read as `STAGE` says: what became of items, and what they are priced by.
    """
    from toolkit.audit.backtest_tables import backtest_tables

    return backtest_tables(run, engagement.settings, as_of=engagement.as_of())


STAGE = Stage(
    "backtest",
    "Replaying the last months",
    ("backtest_item", "backtest"),
    results,
    reads=("handoff", "counterpart", "cost_input", "cost_line"),
    settings=("handoffs", "currency", "as_of"),
)
