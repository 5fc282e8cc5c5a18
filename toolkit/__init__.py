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
    from toolkit.audit.approach_answer import recommend_approach
    from toolkit.audit.backtest import backtest_handoffs
    from toolkit.audit.desks.answering import answer_questions
    from toolkit.audit.desks.assumptions.desk import edit_assumptions
    from toolkit.audit.desks.jobs.approve_plan import approve_plan
    from toolkit.audit.desks.jobs.watch_job import watch_job
    from toolkit.audit.desks.landscape.desk import edit_landscape
    from toolkit.audit.desks.mapping import map_fields
    from toolkit.audit.desks.merge_clusters import merge_clusters
    from toolkit.audit.desks.review_mismatches import review_mismatches
    from toolkit.audit.desks.review_pairs.desk import review_pairs
    from toolkit.audit.drifting import measure_drift
    from toolkit.audit.engagement import Engagement, open_engagement
    from toolkit.audit.flows import infer_flows
    from toolkit.audit.golive.verbs import check_cutover, judge_parallel_runs
    from toolkit.audit.handoff_details import detail_handoffs
    from toolkit.audit.jobs.verbs import apply_plan, plan_changes, shown_plan, undo_plan
    from toolkit.audit.kpis import measure_kpis
    from toolkit.audit.landscape import apply_landscape_answers, read_landscape_workbook
    from toolkit.audit.landscape_verbs import draw_landscape, write_landscape_workbook
    from toolkit.audit.ranking import rank_handoffs
    from toolkit.audit.register_verbs import show_register
    from toolkit.audit.roadmap import plan_roadmap
    from toolkit.audit.run_logs import read_run_logs
    from toolkit.audit.scenarios import compare_scenarios
    from toolkit.audit.scope_changes import try_change
    from toolkit.audit.scope_verbs import check_field_maps, check_sources, plan_scope, write_scope
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
    from toolkit.report.document import report_blocks

_VERBS = "toolkit.audit.verbs"
_SCOPE = "toolkit.audit.scope_verbs"
_HOMES = {
    "Engagement": "toolkit.audit.engagement",
    "answer_questions": "toolkit.audit.desks.answering",
    "apply_landscape_answers": "toolkit.audit.landscape",
    "apply_plan": "toolkit.audit.jobs.verbs",
    "approve_plan": "toolkit.audit.desks.jobs.approve_plan",
    "backtest_handoffs": "toolkit.audit.backtest",
    "check_cutover": "toolkit.audit.golive.verbs",
    "check_field_maps": _SCOPE,
    "check_quality": _VERBS,
    "compare_scenarios": "toolkit.audit.scenarios",
    "detail_handoffs": "toolkit.audit.handoff_details",
    "check_sources": _SCOPE,
    "draw_landscape": "toolkit.audit.landscape_verbs",
    "edit_assumptions": "toolkit.audit.desks.assumptions.desk",
    "edit_landscape": "toolkit.audit.desks.landscape.desk",
    "estimate_roi": _VERBS,
    "explain": _VERBS,
    "infer_flows": "toolkit.audit.flows",
    "judge_parallel_runs": "toolkit.audit.golive.verbs",
    "latest_run": _VERBS,
    "map_fields": "toolkit.audit.desks.mapping",
    "match_records": _VERBS,
    "measure_drift": "toolkit.audit.drifting",
    "measure_handoffs": _VERBS,
    "measure_kpis": "toolkit.audit.kpis",
    "merge_clusters": "toolkit.audit.desks.merge_clusters",
    "open_engagement": "toolkit.audit.engagement",
    "plan_changes": "toolkit.audit.jobs.verbs",
    "plan_roadmap": "toolkit.audit.roadmap",
    "plan_scope": _SCOPE,
    "pull_snapshots": _VERBS,
    "read_run_logs": "toolkit.audit.run_logs",
    "recommend_approach": "toolkit.audit.approach_answer",
    "rank_handoffs": "toolkit.audit.ranking",
    "read_landscape_workbook": "toolkit.audit.landscape",
    "reconcile_systems": _VERBS,
    "render_report": _VERBS,
    "report_blocks": "toolkit.report.document",
    "results_table": _VERBS,
    "review_mismatches": "toolkit.audit.desks.review_mismatches",
    "review_pairs": "toolkit.audit.desks.review_pairs.desk",
    "run_audit": _VERBS,
    "show_register": "toolkit.audit.register_verbs",
    "shown_plan": "toolkit.audit.jobs.verbs",
    "try_change": "toolkit.audit.scope_changes",
    "undo_plan": "toolkit.audit.jobs.verbs",
    "watch_job": "toolkit.audit.desks.jobs.watch_job",
    "write_landscape_workbook": "toolkit.audit.landscape_verbs",
    "write_scope": _SCOPE,
}

__all__ = [
    "Engagement",
    "__version__",
    "answer_questions",
    "apply_landscape_answers",
    "apply_plan",
    "approve_plan",
    "backtest_handoffs",
    "check_cutover",
    "check_field_maps",
    "check_quality",
    "check_sources",
    "compare_scenarios",
    "detail_handoffs",
    "draw_landscape",
    "edit_assumptions",
    "edit_landscape",
    "estimate_roi",
    "explain",
    "infer_flows",
    "judge_parallel_runs",
    "latest_run",
    "map_fields",
    "match_records",
    "measure_drift",
    "measure_handoffs",
    "measure_kpis",
    "merge_clusters",
    "open_engagement",
    "plan_changes",
    "plan_roadmap",
    "plan_scope",
    "pull_snapshots",
    "rank_handoffs",
    "read_landscape_workbook",
    "read_run_logs",
    "recommend_approach",
    "reconcile_systems",
    "render_report",
    "report_blocks",
    "results_table",
    "review_mismatches",
    "review_pairs",
    "run_audit",
    "show_register",
    "shown_plan",
    "try_change",
    "undo_plan",
    "watch_job",
    "write_landscape_workbook",
    "write_scope",
]


def __getattr__(name: str) -> Any:
    """Import a verb only when it is used: ``import toolkit`` stays fast."""
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
