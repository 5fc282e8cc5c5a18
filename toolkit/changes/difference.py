"""How two plans of one job differ: changes that are new, that are gone, and that do something else to the same record."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.changes.operation import Operation
from toolkit.changes.plan import Plan


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """Changes of the newer plan that the older lacks, of the older that the newer lacks, and pairs that differ.

    Of a pair the record and the action are the same, and what becomes of the record is not.
    """

    added: tuple[Operation, ...]
    dropped: tuple[Operation, ...]
    changed: tuple[tuple[Operation, Operation], ...]

    @property
    def is_empty(self) -> bool:
        """Whether both do the same."""
        return not (self.added or self.dropped or self.changed)


def plan_difference(older: Plan, newer: Plan) -> PlanDifference:
    """Return how two plans differ in what they do, in the order of the newer; reasons alone are no difference.

    Parameters
    ----------
    older, newer
        Plans for the same system.
    """
    before, after = _by_record(older), _by_record(newer)
    return PlanDifference(
        tuple(one for key, one in after.items() if key not in before),
        tuple(one for key, one in before.items() if key not in after),
        tuple((before[key], one) for key, one in after.items() if key in before and before[key].op_id != one.op_id),
    )


def _by_record(plan: Plan) -> Mapping[tuple[str, str, str], Operation]:
    return {(one.stream, one.target_id or one.natural_key or "", one.action): one for one in plan.operations}
