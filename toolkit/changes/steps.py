"""What becomes of a change while its plan is carried out: the steps that the journal holds.

``intent`` is on the disk before the request leaves. From there a change is ``confirmed``, or the system said no
(``rejected``), or the record is another one by now (``conflict``), or nobody knows (``uncertain``) until that is found out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Step = Literal[
    "intent",
    "uncertain",
    "not_applied",
    "confirmed",
    "noop_already",
    "conflict",
    "rejected",
    "differs",
    "needs_human",
    "held_back",
    "undone",
]

OPEN: frozenset[Step] = frozenset({"intent", "uncertain", "not_applied"})
"""Steps after which something is still to be done by the programme itself."""
DONE: frozenset[Step] = frozenset({"confirmed", "noop_already"})
"""Steps after which the record is as the plan wants it: what depends on it may go on."""

STEP_WORDS: dict[Step, str] = {
    "intent": "begun",
    "uncertain": "sent, and nobody knows yet what became of it",
    "not_applied": "not done yet",
    "confirmed": "done",
    "noop_already": "was so already",
    "conflict": "left alone, since the record was changed by somebody else",
    "rejected": "refused by the system",
    "differs": "done, but the system holds something else than was sent",
    "needs_human": "to be looked at by a person",
    "held_back": "held back, since what it waits for was not done",
    "undone": "taken back",
}


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step of one change.

    ``attempt`` counts from 1, ``begun_at`` is when this attempt was first written down (null of one that was refused before
    anything was sent). ``status``, ``request_id`` and ``record_id`` are what the system answered, ``version`` and ``stamp``
    (an instant in UTC) what the record says of itself when it is read again, ``reason`` a sentence where something is to be
    said, the hashes those of the touched fields before and after.
    """

    op_id: str
    state: Step
    attempt: int
    at: datetime
    begun_at: datetime | None = None
    idempotency_key: str | None = None
    status: int | None = None
    request_id: str | None = None
    record_id: str | None = None
    version: str | None = None
    reason: str | None = None
    before_hash: str | None = None
    after_hash: str | None = None
    stamp: str | None = None
