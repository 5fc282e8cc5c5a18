"""Plans of an engagement: their files under ``plans/``, and in the state who agreed to which.

A plan's file is what will be done; the state holds its hash, so that a file that was changed or swapped is told at once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.changes import SavedPlan, plan_file_bytes, read_plan_file, saved_plan
from toolkit.disk import atomic_file
from toolkit.errors import InputError, PlanRefusedError, UnknownNameError
from toolkit.store.audit_log import log_entry
from toolkit.store.state import APPROVALS, PLANS
from toolkit.store.store import Store

_FOLDER = "plans"
_BEFORE = ".before"
"""How the folder ends that holds what the changes of a plan took away."""
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """What the state knows of a plan: ``changes`` is how many it has, ``sha256`` that of its file."""

    plan_id: str
    signature: str
    kind: str
    system: str
    changes: int
    made_at: datetime
    expires_at: datetime
    sha256: str

    @property
    def name(self) -> str:
        """The id as far as people need it."""
        return self.plan_id[:12]


@dataclass(frozen=True, slots=True)
class Approval:
    """Who agreed to a plan, and when.

    ``ceilings`` are by kind of object how many records may be taken away, ``accepted`` the classes of changes that cannot be
    taken back exactly and were agreed to all the same (R2, R3).
    """

    plan_id: str
    signature: str
    approver: str
    at: datetime
    ceilings: Mapping[str, int]
    accepted: tuple[str, ...]
    note: str


def plan_path(store: Store, plan_id: str) -> Path:
    """Return where the file of a plan stands."""
    return store.folder / _FOLDER / f"{plan_id}.json"


def keep_plan(store: Store, saved: SavedPlan) -> KeptPlan:
    """Write a plan's file and remember it; return what is kept of it.

    The same plan made again while it may still be applied stays as it is, with its approval; one that has expired gets a new
    envelope, and must be agreed to anew.

    Parameters
    ----------
    store
        With the right to write.
    saved
        The plan.
    """
    now = saved.envelope.created_at
    held = {one.plan_id: one for one in kept_plans(store)}.get(saved.plan.plan_id)
    if held is not None and held.expires_at > now:
        if is_plan_whole(store, held):
            return held
        # A colleague made it, or its file was lost: the same plan is written again byte for byte, and stays agreed to.
        same = plan_file_bytes(
            saved_plan(saved.plan, held.made_at, saved.envelope.tool_version, held.expires_at - held.made_at)
        )
        if sha256(same).hexdigest() == held.sha256:
            _write(store, held.plan_id, same)
            return held
    content = plan_file_bytes(saved)
    _write(store, saved.plan.plan_id, content)
    row = {
        "plan_id": saved.plan.plan_id,
        "signature": saved.signature,
        "kind": saved.plan.kind,
        "system": saved.plan.target.system,
        "changes": len(saved.plan.operations),
        "expires_at": saved.envelope.expires_at.isoformat(),
        "sha256": sha256(content).hexdigest(),
    }
    with store.changing() as connection:
        connection.execute(sa.insert(PLANS).values(at=now.isoformat(), **row))
        log_entry(connection, "plan", row, datetime.now(UTC))
    return _kept({**row, "at": now.isoformat()})


def kept_plans(store: Store) -> list[KeptPlan]:
    """Return every plan, the newest last."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(PLANS).order_by(PLANS.c.sequence)).mappings()
        found: dict[str, KeptPlan] = {}
        for row in rows:
            found.pop(row["plan_id"], None)
            found[row["plan_id"]] = _kept({**row})
    return [*found.values()]


def kept_plan(store: Store, name: str) -> KeptPlan:
    """Return the plan whose id begins with ``name``; ``latest`` is the newest.

    Raises
    ------
    UnknownNameError
        There is none.
    InputError
        There are several, or no plan at all.
    """
    known = kept_plans(store)
    if not known:
        raise InputError(
            f"There is no plan in {store.folder} yet. Make one: integration-audit plan cleanup SYSTEM, or "
            "integration-audit plan sync SYSTEM"
        )
    if name == "latest":
        return known[-1]
    found = [one for one in known if len(name) >= _SHORTEST_NAME and one.plan_id.startswith(name)]
    if len(found) > 1:
        raise InputError(f"Several plans begin with {name!r}: {', '.join(one.name for one in found)}. Name more of it.")
    if not found:
        raise UnknownNameError("plan", name, [one.name for one in known])
    return found[0]


def opened_plan(store: Store, kept: KeptPlan) -> SavedPlan:
    """Return a plan from its file.

    Raises
    ------
    PlanRefusedError
        The file is gone, or not what was written.
    """
    path = plan_path(store, kept.plan_id)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlanRefusedError(f"{path} is gone. Nothing was done. Plan again: the same snapshots give it again.") from error
    saved = read_plan_file(content, str(path))
    if sha256(content).hexdigest() != kept.sha256 or saved.signature != kept.signature:
        raise PlanRefusedError(
            f"{path} is not the plan that was made here: its file was changed. Nothing was done. Plan again."
        )
    return saved


def keep_approval(store: Store, approval: Approval) -> None:
    """Remember that somebody agreed to a plan."""
    row = {
        "plan_id": approval.plan_id,
        "signature": approval.signature,
        "approver": approval.approver,
        "ceilings": json.dumps(dict(approval.ceilings), sort_keys=True),
        "accepted": json.dumps(list(approval.accepted)),
        "note": approval.note,
    }
    with store.changing() as connection:
        connection.execute(sa.insert(APPROVALS).values(at=approval.at.isoformat(), **row))
        log_entry(connection, "approval", row, approval.at)


def keep_withdrawal(store: Store, kept: KeptPlan, by: str, at: datetime) -> None:
    """Remember that nobody agrees to a plan any more: a row of nobody behind the approval that was given.

    Parameters
    ----------
    store
        With the right to write.
    kept
        The plan.
    by
        Who took the approval back.
    at
        UTC.
    """
    row = {"plan_id": kept.plan_id, "signature": kept.signature}
    nobody = {"approver": "", "ceilings": "{}", "accepted": "[]", "note": f"taken back by {by}"}
    with store.changing() as connection:
        connection.execute(sa.insert(APPROVALS).values(at=at.isoformat(), **row, **nobody))
        log_entry(connection, "approval_taken_back", {**row, "by": by}, at)


def approval_of(store: Store, kept: KeptPlan) -> Approval | None:
    """Return the newest approval of a plan as it stands now; one of an earlier envelope, or one taken back, is none."""
    chosen = sa.select(APPROVALS).where(APPROVALS.c.signature == kept.signature).order_by(APPROVALS.c.sequence.desc())
    with store.reading() as connection:
        row = connection.execute(chosen.limit(1)).mappings().one_or_none()
    if row is None or not row["approver"]:
        return None
    return Approval(
        row["plan_id"],
        row["signature"],
        row["approver"],
        datetime.fromisoformat(row["at"]),
        json.loads(row["ceilings"]),
        tuple(json.loads(row["accepted"])),
        row["note"],
    )


def _write(store: Store, plan_id: str, content: bytes) -> None:
    with atomic_file(plan_path(store, plan_id)) as stream:
        stream.write(content)


def is_plan_whole(store: Store, kept: KeptPlan) -> bool:
    """Return whether a plan's file is there as it was written."""
    try:
        return sha256(plan_path(store, kept.plan_id).read_bytes()).hexdigest() == kept.sha256
    except OSError:
        return False


def _kept(row: Mapping[str, Any]) -> KeptPlan:
    return KeptPlan(
        row["plan_id"],
        row["signature"],
        row["kind"],
        row["system"],
        row["changes"],
        datetime.fromisoformat(row["at"]),
        datetime.fromisoformat(row["expires_at"]),
        row["sha256"],
    )


def keep_records(store: Store, plan_id: str, op_id: str, records: Mapping[str, Any]) -> Path:
    """Keep the records that a change of a plan takes away for good, as the system wrote them; return the file.

    Parameters
    ----------
    store
        Of the engagement.
    plan_id, op_id
        The plan and the change.
    records
        By id; what was read of each.
    """
    path = store.folder / _FOLDER / f"{plan_id}{_BEFORE}" / f"{op_id}.json"
    with atomic_file(path) as out:
        out.write(json.dumps(records, ensure_ascii=False, sort_keys=True).encode())
    return path
