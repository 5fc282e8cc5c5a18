"""The file of a plan: its id, its content, and an envelope with the times that the content must not depend on.

A file that differs by one byte from what was written is refused: what is applied is what was shown.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from toolkit.changes.canonical import canonical_bytes, sha256_of
from toolkit.changes.plan import Plan, plan_of
from toolkit.errors import PlanRefusedError

DEFAULT_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Envelope:
    """When a plan was made, until when it may be applied, and by which version; outside its hash."""

    created_at: datetime
    expires_at: datetime
    tool_version: str

    def as_json(self) -> dict[str, str]:
        """Return what the file holds of it."""
        return {
            "created_at": _stamp(self.created_at),
            "expires_at": _stamp(self.expires_at),
            "tool_version": self.tool_version,
        }


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan and its envelope; ``signature`` is what an approval signs: the two together."""

    plan: Plan
    envelope: Envelope

    @property
    def signature(self) -> str:
        """The hash of plan and envelope together."""
        return sha256_of([self.plan.plan_id, self.envelope.as_json()])


def saved_plan(plan: Plan, created_at: datetime, tool_version: str, life: timedelta = DEFAULT_LIFE) -> SavedPlan:
    """Return a plan in its envelope.

    Parameters
    ----------
    plan
        What will be done.
    created_at
        UTC; whole seconds count.
    tool_version
        Of this package.
    life
        How long it may be applied.
    """
    at = created_at.astimezone(UTC).replace(microsecond=0)
    return SavedPlan(plan, Envelope(at, at + life, tool_version))


def plan_file_bytes(saved: SavedPlan) -> bytes:
    """Return the content of a plan's file."""
    held = {"plan_id": saved.plan.plan_id, "envelope": saved.envelope.as_json(), "body": saved.plan.body}
    return canonical_bytes(held) + b"\n"


def read_plan_file(content: bytes, name: str) -> SavedPlan:
    """Return the plan that a file holds.

    Parameters
    ----------
    content
        Of the file.
    name
        Of the file, for messages.

    Raises
    ------
    PlanRefusedError
        It is no plan, or not byte for byte what was written.
    """
    try:
        held = json.loads(content)
        saved = SavedPlan(plan_of(held["body"]), _envelope(held["envelope"]))
        is_whole = plan_file_bytes(saved) == content and held["plan_id"] == saved.plan.plan_id
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PlanRefusedError(f"{name} is no plan that this version reads ({type(error).__name__}). {_AGAIN}") from error
    if not is_whole:
        raise PlanRefusedError(f"{name} is not what was written: somebody changed it after it was planned. {_AGAIN}")
    return saved


_AGAIN = "Nothing was done. Plan again with 'integration-audit plan'."


def _envelope(held: dict[str, Any]) -> Envelope:
    created, expires = (datetime.fromisoformat(held[name]) for name in ("created_at", "expires_at"))
    return Envelope(created, expires, held["tool_version"])


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
