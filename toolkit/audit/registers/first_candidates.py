"""The three connections that are usually worth most, held against what the client has and what its handoffs cost."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.held_patterns import held_patterns
from toolkit.audit.register import Register, RegisterAnswer, register_answer, run_rows
from toolkit.landscape.first_candidates import first_candidates
from toolkit.scoping.priority import Impact, money_ranking
from toolkit.scoping.projects import SHARED
from toolkit.tables.registers import FIRST_CANDIDATE

_SHOWN = {
    "kind": "usually first",
    "systems": "systems",
    "handoffs": "handoffs",
    "best_rank": "place by cost",
    "said": "here",
}


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the three, in their usual order."""
    ranks = _ranks(engagement)
    found = first_candidates(held_patterns(engagement), ranks)
    rows = [
        {
            "kind": one.kind, "handoffs": list(one.handoffs), "systems": list(one.systems), "is_present": one.is_present,
            "best_rank": one.best_rank, "said": one.said,
        }
        for one in found
    ]  # fmt: skip
    return register_answer(
        f"{sum(one.is_present for one in found)} of the 3 connections that usually pay first are possible here.",
        FIRST_CANDIDATE,
        rows,
        _SHOWN,
        gaps=() if ranks else ("What the handoffs cost is not known yet: integration-audit roadmap.",),
    )


def _ranks(engagement: Engagement) -> dict[str, int]:
    projects = [row for row in run_rows(engagement, "project") or () if row["handoff_id"] != SHARED]
    known = [row for row in projects if row["cost_now_per_month"] is not None]
    if not known:
        return {}
    ranking = money_ranking([Impact(row["handoff_id"], row["cost_now_per_month"], row["build_days"]) for row in known])
    return {name: place for place, name in enumerate(ranking.order, start=1)}


REGISTER = Register("the three connections that usually pay first, held against this client", read)
