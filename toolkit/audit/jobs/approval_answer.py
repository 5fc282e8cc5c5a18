"""What an agreement to a plan answers in a notebook."""

from toolkit.audit.verb_result import VerbResult
from toolkit.report.plan_words import stream_words
from toolkit.store.plans import Approval


def approval_answer(approval: Approval) -> VerbResult:
    """Return who agreed to which plan, and up to how many records of each kind may be taken away."""
    import pandas as pd

    rows = tuple((stream_words(name), f"{count:,}") for name, count in sorted(approval.ceilings.items()))
    return VerbResult(
        f"{approval.approver} agreed to plan {approval.plan_id[:12]}.",
        ("kind", "may be taken away"),
        rows,
        pd.DataFrame(rows, columns=["kind", "ceiling"]),
        next_step="apply_plan(here, plan, dry_run=False) writes its files; with over_interface=True it is sent.",
    )
