"""The records that jobs of ours have made in a client's systems, as the journals tell."""

from toolkit.changes.steps import DONE
from toolkit.store.journal import last_steps
from toolkit.store.plans import kept_plans, opened_plan
from toolkit.store.store import Store


def made_records(store: Store) -> frozenset[str]:
    """Return the keys of all records that jobs made, and that were not taken away again."""
    found: set[str] = set()
    for kept in kept_plans(store):
        steps = last_steps(store, kept.plan_id)
        done = {op_id: one.record_id for op_id, one in steps.items() if one.state in DONE and one.record_id is not None}
        if kept.kind == "undo" or not done:
            continue
        for one in opened_plan(store, kept).plan.operations:
            if one.action == "create" and one.op_id in done:
                found.add(f"{kept.system}/{one.stream}/{done[one.op_id]}")
    return frozenset(found)
