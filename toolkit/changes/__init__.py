"""Changes to a client's systems, as data: what a plan holds, its canonical form and hash, what is destructive in it.

Nothing here decides what to change, and nothing sends it.
"""

from toolkit.changes.canonical import canonical_bytes, sha256_of
from toolkit.changes.difference import PlanDifference, plan_difference
from toolkit.changes.guard import GUARD_RECORDS, GUARD_SHARE, Excess, excesses
from toolkit.changes.operation import ACTIONS, Action, Child, Evidence, Operation, Precondition, Reversibility, operation
from toolkit.changes.plan import FORMAT, JobKind, LeftOut, Plan, Target, made_plan, plan_of
from toolkit.changes.plan_file import DEFAULT_LIFE, Envelope, SavedPlan, plan_file_bytes, read_plan_file, saved_plan
from toolkit.changes.summary import SummaryRow, summary_of
from toolkit.changes.written_columns import LINE_COLUMNS, line_column, lines_of, made_reference, maker_of

__all__ = [
    "ACTIONS",
    "DEFAULT_LIFE",
    "FORMAT",
    "GUARD_RECORDS",
    "GUARD_SHARE",
    "LINE_COLUMNS",
    "Action",
    "Child",
    "Envelope",
    "Evidence",
    "Excess",
    "JobKind",
    "LeftOut",
    "Operation",
    "Plan",
    "PlanDifference",
    "Precondition",
    "Reversibility",
    "SavedPlan",
    "SummaryRow",
    "Target",
    "canonical_bytes",
    "excesses",
    "line_column",
    "lines_of",
    "made_plan",
    "made_reference",
    "maker_of",
    "operation",
    "plan_difference",
    "plan_file_bytes",
    "plan_of",
    "read_plan_file",
    "saved_plan",
    "sha256_of",
    "summary_of",
]
