"""A plan: what will be done to one system, from which snapshots and by which rules, in the order in which it is done.

Its id is the hash of that and of nothing else, so the same snapshots and rules give the same plan on any day and machine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal

from toolkit.changes.canonical import sha256_of
from toolkit.changes.operation import ACTIONS, Operation
from toolkit.changes.summary import summary_of

FORMAT = "integration-audit plan 1"
JobKind = Literal["cleanup", "sync", "undo"]


@dataclass(frozen=True, slots=True)
class Target:
    """Which system is changed: the client's name of it, the vendor's id of the account (empty for files) and environment."""

    system: str
    connector: str
    account_id: str = ""
    environment: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the rules could not decide, so that nothing is planned for it: which records, and why, in a sentence of ours."""

    subject: str
    record_keys: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done; made by `made_plan`. ``body`` is the canonical content whose hash is ``plan_id``."""

    plan_id: str
    kind: JobKind
    engagement_id: str
    target: Target
    snapshot_ids: Mapping[str, str]
    rules_hash: str
    operations: tuple[Operation, ...]
    left_out: tuple[LeftOut, ...]
    summary: Mapping[str, Any]
    body: Mapping[str, Any]

    def idempotency_key(self, op_id: str) -> str:
        """Return the key under which a system takes a change once, however often it is sent; stable over restarts."""
        return sha256_of([self.plan_id, op_id])[:32]


def made_plan(
    kind: JobKind,
    *,
    engagement_id: str,
    target: Target,
    snapshot_ids: Mapping[str, str],
    rules_hash: str,
    operations: Iterable[Operation],
    record_counts: Mapping[str, int],
    left_out: Iterable[LeftOut] = (),
) -> Plan:
    """Return the plan of these changes, each after all that it depends on, else in order of kind, action, record and id.

    Parameters
    ----------
    kind
        Cleanup or sync.
    engagement_id
        Whose plan it is.
    target
        The system that is changed.
    snapshot_ids
        ``system/stream`` to the SHA-256 of the snapshot that was looked at.
    rules_hash
        Hash over all rules that decided: matching, survivorship, exclusions, mappings.
    operations
        In any order; each id once, ``depends_on`` within the plan.
    record_counts
        Records of each stream of the target.
    left_out
        What was not decided.

    Raises
    ------
    ValueError
        Two changes have one id, a change depends on one that is not there, or changes wait for each other in a circle.
    """
    ordered = _ordered(operations)
    kept_out = tuple(sorted(left_out, key=lambda one: (one.subject, one.record_keys, one.reason)))
    body: dict[str, Any] = {
        "format": FORMAT,
        "kind": kind,
        "engagement": engagement_id,
        "target": {
            "system": target.system,
            "connector": target.connector,
            "account_id": target.account_id,
            "environment": target.environment,
        },
        "snapshot_ids": dict(snapshot_ids),
        "rules_hash": rules_hash,
        "summary": summary_of(ordered, record_counts),
        "ops": [one.as_json() for one in ordered],
        "left_out": [
            {"subject": one.subject, "record_keys": list(one.record_keys), "reason": one.reason} for one in kept_out
        ],
    }
    return Plan(
        sha256_of(body),
        kind,
        engagement_id,
        target,
        body["snapshot_ids"],
        rules_hash,
        ordered,
        kept_out,
        body["summary"],
        body,
    )


def plan_of(body: Mapping[str, Any]) -> Plan:
    """Return the plan whose content is ``body``, as its file holds it.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is no plan of this format.
    """
    if body["format"] != FORMAT:
        raise ValueError(f"its format is {body['format']!r}, and this version reads {FORMAT!r}")
    target = body["target"]
    return Plan(
        sha256_of(body),
        body["kind"],
        body["engagement"],
        Target(target["system"], target["connector"], target["account_id"], target["environment"]),
        body["snapshot_ids"],
        body["rules_hash"],
        tuple(Operation.from_json(one) for one in body["ops"]),
        tuple(LeftOut(one["subject"], tuple(one["record_keys"]), one["reason"]) for one in body["left_out"]),
        body["summary"],
        body,
    )


def _ordered(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """Return changes so that each follows what it depends on; of those that may come next, the first by kind and record."""
    found = {}
    for one in operations:
        if one.op_id in found:
            raise ValueError(f"two changes are the same: {one.action} of {one.stream} {one.target_id or one.natural_key}")
        found[one.op_id] = one
    for one in found.values():
        for needed in one.depends_on:
            if needed not in found:
                raise ValueError(f"the change {one.op_id} waits for {needed}, which is not in the plan")
    sorter = TopologicalSorter({op_id: found[op_id].depends_on for op_id in sorted(found)})
    try:
        sorter.prepare()
    except CycleError as error:
        raise ValueError(f"changes wait for each other: {', '.join(sorted({*error.args[1]}))}") from error
    result: list[Operation] = []
    while sorter.is_active():
        ready = sorted((found[op_id] for op_id in sorter.get_ready()), key=_place)
        result += ready
        sorter.done(*(one.op_id for one in ready))
    return tuple(result)


def _place(one: Operation) -> tuple[str, int, str, str]:
    return one.stream, ACTIONS.index(one.action), one.target_id or one.natural_key or "", one.op_id
