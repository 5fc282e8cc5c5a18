"""One change to one record: what it was, what it becomes, under which condition, how far it can be taken back.

Values are texts as the canonical columns hold them (`toolkit.tables.records`): amounts in whole minor units, days as
``2026-10-05``, instants in UTC as ``2026-10-05T08:00:00Z``; null is an empty field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, get_args

from toolkit.changes.canonical import sha256_of

Action = Literal["create", "update", "archive", "restore", "repoint", "merge", "delete", "file_write"]
Reversibility = Literal["R0", "R1", "R2", "R3"]
"""R0: exactly, by the interface. R1: by making the record anew, with another id. R2: in part. R3: not at all."""
PreconditionKind = Literal["etag", "synctoken", "version", "modstamp", "updated_at", "field_hash"]

ACTIONS: tuple[Action, ...] = get_args(Action)
DESTRUCTIVE: frozenset[Action] = frozenset({"archive", "merge", "delete"})
"""Actions that take a record away; an update that empties a field counts beside them."""
MERGED_INTO = "merged_into"
"""The column of a record that was merged: the id of the one that it went into."""
LOST_WORD = "Lost for good:"
"""How reasons of a change begin that say what nobody brings back."""
_OP_ID_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must still be true of the record when the change is made: its version, or a hash of the touched fields."""

    kind: PreconditionKind
    value: str


@dataclass(frozen=True, slots=True)
class Child:
    """A record that refers to another, and whose reference moves: by its key, and the column that refers."""

    record_key: str
    column: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a change is planned: the cluster behind it, how sure it is (a share, as text), and reasons in sentences of ours.

    ``from_key`` is the record that the new value comes from.
    """

    reasons: tuple[str, ...] = ()
    cluster_id: str | None = None
    probability: str | None = None
    from_key: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """A change as a plan holds it; made by `operation`, which gives it its id.

    ``stream`` is the kind of object (in the vendor's words), ``target_id`` the record there, or null for one that is made;
    then ``natural_key`` names it by what it stands for (the record_key of its source). ``before`` and ``after`` hold the
    touched columns only. ``children`` are the references that a merge or archive needs moved.
    """

    op_id: str
    action: Action
    stream: str
    target_id: str | None
    natural_key: str | None
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    precondition: Precondition | None
    reversibility: Reversibility
    depends_on: tuple[str, ...]
    evidence: Evidence
    children: tuple[Child, ...]

    @property
    def is_destructive(self) -> bool:
        """Whether it takes a record away, or empties a field that holds something."""
        return self.action in DESTRUCTIVE or any(self.before.get(name) and not value for name, value in self.after.items())

    def as_json(self) -> dict[str, Any]:
        """Return what a plan's file holds of it."""
        return {
            "op_id": self.op_id,
            "action": self.action,
            "object": self.stream,
            "target_id": self.target_id,
            "natural_key": self.natural_key,
            "before": dict(self.before),
            "after": dict(self.after),
            "precondition": None
            if self.precondition is None
            else {"kind": self.precondition.kind, "value": self.precondition.value},
            "reversibility": self.reversibility,
            "depends_on": list(self.depends_on),
            "evidence": {
                "reasons": list(self.evidence.reasons),
                "cluster_id": self.evidence.cluster_id,
                "probability": self.evidence.probability,
                "from_key": self.evidence.from_key,
            },
            "children": [{"record_key": one.record_key, "column": one.column} for one in self.children],
        }

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Self:
        """Return what ``as_json`` gave; a missing name is a KeyError."""
        condition, evidence = held["precondition"], held["evidence"]
        return cls(
            op_id=held["op_id"],
            action=held["action"],
            stream=held["object"],
            target_id=held["target_id"],
            natural_key=held["natural_key"],
            before=held["before"],
            after=held["after"],
            precondition=None if condition is None else Precondition(condition["kind"], condition["value"]),
            reversibility=held["reversibility"],
            depends_on=tuple(held["depends_on"]),
            evidence=Evidence(
                tuple(evidence["reasons"]), evidence["cluster_id"], evidence["probability"], evidence["from_key"]
            ),
            children=tuple(Child(one["record_key"], one["column"]) for one in held["children"]),
        )


def operation(
    action: Action,
    system: str,
    stream: str,
    *,
    target_id: str | None = None,
    natural_key: str | None = None,
    before: Mapping[str, str | None] | None = None,
    after: Mapping[str, str | None] | None = None,
    precondition: Precondition | None = None,
    reversibility: Reversibility = "R0",
    depends_on: tuple[str, ...] = (),
    evidence: Evidence | None = None,
    children: tuple[Child, ...] = (),
) -> Operation:
    """Return a change with its id, which follows from what it does and to what: the same change has the same id in any plan.

    Parameters
    ----------
    action
        What is done.
    system, stream
        Whose record, and of which kind.
    target_id
        ``record_id`` of the record; null where one is made.
    natural_key
        Of a record that is made: the record_key of what it stands for. One of the two must be there.
    before, after
        Touched columns and their values; of a record that is made ``before`` is empty.
    precondition
        What must still be true when it is done.
    reversibility
        How far it can be taken back.
    depends_on
        ``op_id`` of what must have been done before.
    evidence
        Why.
    children
        References that move with it.

    Examples
    --------
    >>> one = operation("update", "crm", "companies", target_id="7", before={"phone": None}, after={"phone": "+13125550100"})
    >>> two = operation("update", "crm", "companies", target_id="7", after={"phone": "+13125550100"})
    >>> one.op_id == two.op_id, one.is_destructive
    (True, False)
    """
    if (target_id is None) == (natural_key is None):
        raise ValueError("a change names the record that it changes, or what the record that it makes stands for")
    after = {} if after is None else after
    named = [system, stream, target_id, natural_key, action, dict(after)]
    return Operation(
        sha256_of(named)[:_OP_ID_LENGTH],
        action,
        stream,
        target_id,
        natural_key,
        {} if before is None else before,
        after,
        precondition,
        reversibility,
        tuple(sorted(depends_on)),
        Evidence() if evidence is None else evidence,
        tuple(sorted(children, key=lambda one: (one.record_key, one.column))),
    )


def field_hash(values: Mapping[str, str | None]) -> Precondition:
    """Return the condition that the named fields of a record still hold these values: for systems that keep no version."""
    return Precondition("field_hash", sha256_of(dict(values)))
