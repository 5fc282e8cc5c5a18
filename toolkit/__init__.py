"""integration-audit: find out, with evidence, how a client's business systems should be connected.

Open an engagement, then use the verbs::

    from toolkit import open_engagement, pull_snapshots, match_records

    engagement = open_engagement("harbor-pine")
    pull_snapshots(engagement)
    match_records(engagement)
"""

import importlib
from typing import TYPE_CHECKING, Any

from toolkit.version import __version__

if TYPE_CHECKING:
    from toolkit.audit.desks.merge_clusters import merge_clusters
    from toolkit.audit.desks.review_mismatches import review_mismatches
    from toolkit.audit.engagement import Engagement, open_engagement
    from toolkit.audit.jobs.verbs import apply_plan, approve_plan, plan_changes, shown_plan
    from toolkit.audit.landscape import apply_landscape_answers, read_landscape_workbook, write_landscape_workbook
    from toolkit.audit.verbs import (
        check_quality,
        estimate_roi,
        explain,
        latest_run,
        match_records,
        measure_handoffs,
        pull_snapshots,
        reconcile_systems,
        render_report,
        results_table,
        run_audit,
    )

__all__ = [
    "Engagement",
    "__version__",
    "apply_landscape_answers",
    "apply_plan",
    "approve_plan",
    "check_quality",
    "estimate_roi",
    "explain",
    "latest_run",
    "match_records",
    "measure_handoffs",
    "merge_clusters",
    "open_engagement",
    "plan_changes",
    "pull_snapshots",
    "read_landscape_workbook",
    "reconcile_systems",
    "render_report",
    "results_table",
    "review_mismatches",
    "run_audit",
    "shown_plan",
    "write_landscape_workbook",
]

_HOMES = {
    "Engagement": "toolkit.audit.engagement",
    "apply_landscape_answers": "toolkit.audit.landscape",
    **dict.fromkeys(("apply_plan", "approve_plan", "plan_changes", "shown_plan"), "toolkit.audit.jobs.verbs"),
    "open_engagement": "toolkit.audit.engagement",
    "read_landscape_workbook": "toolkit.audit.landscape",
    "merge_clusters": "toolkit.audit.desks.merge_clusters",
    "review_mismatches": "toolkit.audit.desks.review_mismatches",
    "write_landscape_workbook": "toolkit.audit.landscape",
}


def __getattr__(name: str) -> Any:
    """Import a verb only when it is used: ``import toolkit`` stays fast."""
    if name not in __all__:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES.get(name, "toolkit.audit.verbs")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
