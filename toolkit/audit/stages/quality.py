"""Stage: what the data looks like, and what is wrong with it."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage
from toolkit.quality import checked_records
from toolkit.store import Run


def results(engagement: Engagement, _run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage."""
    found = checked_records(
        records.by_stream,
        country=engagement.settings.country,
        as_of=engagement.as_of(),
        currency=engagement.settings.currency,
        lines=records.lines,
    )
    return {
        "column_profile": found.profiles,
        "check": found.checks,
        "finding": found.findings,
        "edge_case": found.edge_cases,
    }


STAGE = Stage(
    "quality",
    "Checking the data",
    ("column_profile", "check", "finding", "edge_case"),
    results,
    records=("by_stream", "lines"),
    settings=("country", "currency", "as_of"),
)
