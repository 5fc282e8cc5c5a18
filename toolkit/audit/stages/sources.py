"""Stage: which system is right, what each policy would settle, how far systems agree with their master."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.reconcile import sources_of_truth, system_categories
from toolkit.audit.stages.stage import Stage
from toolkit.store import Run


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: who decides, COLUMN_PROFILE, MISMATCH and COMPARED_FIELD of the run, and parties.
    """
    from toolkit.audit.scope.source_tables import source_tables

    scope, categories = engagement.settings.scope, system_categories(engagement)
    return source_tables(run, records.parties, sources_of_truth(engagement), scope, categories)


STAGE = Stage(
    "sources",
    "Looking at who is right",
    ("master_cell", "conflict", "conflict_policy", "consistency"),
    results,
    reads=("column_profile", "mismatch", "compared_field"),
    records=("parties",),
    settings=("sources_of_truth", "systems", "scope"),
)
