"""How far a job is, read from its journal step by step: what waits, what is done, what a person has to look at."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from toolkit.audit.desks.jobs.moments import at_words
from toolkit.audit.desks.jobs.plan_sheet import PlanSheet
from toolkit.audit.jobs.job_page import step_words
from toolkit.changes.steps import DONE, OPEN, JournalEntry
from toolkit.store.journal import steps_since
from toolkit.store.store import Store

_WAITING = "planned"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "waiting": (_WAITING, *sorted(OPEN)),
    "done": tuple(sorted(DONE)),
    "conflict": ("conflict",),
    "refused": ("rejected", "needs_human"),
    "differs": ("differs",),
    "held": ("held_back",),
    "undone": ("undone",),
}
"""Which steps stand together on the page."""
GROUP_WORDS: Mapping[str, str] = {
    "waiting": "waiting",
    "done": "done",
    "conflict": "left alone: changed by somebody else",
    "refused": "refused, or nobody can tell",
    "differs": "done, but the system holds something else",
    "held": "held back: waits for one that was not done",
    "undone": "taken back",
}
_HAND: Mapping[str, str] = {
    "conflict": "Records that others changed since: pull the system anew, then plan again.",
    "refused": "Look at what was refused, mend it in the system, then press “Try refused again”.",
    "differs": "Records that hold something else than was sent: look at them in the system.",
    "held": "What was held back follows when what it waits for was done.",
}
_RATED = 200
"""Of how many changes the pace is taken, at most."""
_PAUSE = timedelta(seconds=60)
"""A gap as long as this is a pause, not a pace."""
_REASON = 300


class JobBook:
    """The journal of one plan, as far as it was read; several threads may read on."""

    def __init__(self, store: Store, sheet: PlanSheet) -> None:
        self._store = store
        self._sheet = sheet
        self._lock = threading.Lock()
        self._last: dict[str, JournalEntry] = {}
        self._place = 0
        self._ends: list[datetime] = []
        self._found: dict[str, tuple[int, list[int]]] = {}

    def read(self) -> int:
        """Read what was noted since; return the place of the journal, which changes with every step."""
        with self._lock:
            entries, self._place = steps_since(self._store, self._sheet.plan.plan_id, self._place)
            for one in entries:
                self._last[one.op_id] = one
                if one.state not in OPEN:
                    self._ends.append(one.at)
            self._ends = self._ends[-_RATED:]
            return self._place

    @property
    def steps(self) -> Mapping[str, JournalEntry]:
        """The last step of every change that has one, as far as the journal was read."""
        with self._lock:
            return dict(self._last)

    def newest_at(self) -> datetime | None:
        """Return when the last change came to an end."""
        with self._lock:
            return self._ends[-1] if self._ends else None

    def counts(self) -> dict[str, int]:
        """Return how many changes stand in each group."""
        with self._lock:
            states = Counter(str(one.state) for one in self._last.values())
        states[_WAITING] = len(self._sheet.plan.operations) - states.total()
        return {group: sum(states[step] for step in steps) for group, steps in GROUPS.items()}

    def left_s(self) -> float | None:
        """Return how long the rest takes at the pace of the last changes, in seconds; null where no pace is known."""
        with self._lock:
            ends = self._ends[:]
        run = ends[-1:]
        for later, earlier in zip(reversed(ends), reversed(ends[:-1]), strict=False):
            if later - earlier > _PAUSE:
                break
            run = [earlier, *run]
        took = (run[-1] - run[0]).total_seconds() if len(run) > 1 else 0.0
        if took <= 0 or not run or datetime.now(UTC) - run[-1] > _PAUSE:
            return None
        return self.counts()["waiting"] * took / (len(run) - 1)

    def hand(self) -> list[str]:
        """Return what is left for a person, in sentences."""
        counts = self.counts()
        said = [f"{counts[group]:,} × {words}" for group, words in _HAND.items() if counts[group]]
        left = len(self._sheet.plan.left_out)
        if not left:
            return said
        return [
            *said,
            f"{left:,} × The rules left it to a person: “Left out” on the screen approve_plan.",
        ]

    def places(self, group: str) -> Sequence[int]:
        """Return the places of the changes of a group, in the order in which they are done; of all for an empty name."""
        operations = self._sheet.plan.operations
        if not group:
            return range(len(operations))
        wanted = GROUPS[group]
        with self._lock:
            held = self._found.get(group)
            if held is None or held[0] != self._place:
                places = [place for place, one in enumerate(operations) if self._state(one.op_id) in wanted]
                self._found[group] = held = (self._place, places)
            return held[1]

    def rows(self, places: Sequence[int]) -> list[dict[str, Any]]:
        """Return changes as rows of a list, each with what became of it."""
        rows = self._sheet.rows(places)
        with self._lock:
            return [{**row, **self._became(row["op_id"])} for row in rows]

    def change(self, op_id: str) -> dict[str, Any]:
        """Return all of one change, with what became of it."""
        found = self._sheet.change(op_id)
        with self._lock:
            return {**found, **self._became(op_id, longest=4_000)}

    def _state(self, op_id: str) -> str:
        entry = self._last.get(op_id)
        return _WAITING if entry is None else entry.state

    def _became(self, op_id: str, longest: int = _REASON) -> dict[str, Any]:
        entry = self._last.get(op_id)
        if entry is None:
            return {"state": _WAITING, "group": "waiting", "became": "not begun", "reason": "", "attempts": 0, "at": ""}
        return {
            "state": entry.state,
            "group": next(group for group, steps in GROUPS.items() if entry.state in steps),
            "became": step_words(entry.state),
            "reason": (entry.reason or "")[:longest],
            "attempts": entry.attempt,
            "at": at_words(entry.at),
            "status": entry.status,
            "record_id": entry.record_id or "",
            "request_id": entry.request_id or "",
        }
