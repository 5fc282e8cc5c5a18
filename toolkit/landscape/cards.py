"""A handoff's card: trigger, data, destination and format, without which nothing is built, and its steps with minutes."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.landscape.handoffs import Trigger

TRIGGER_EVENTS: dict[Trigger, str] = {
    "record_created": "a record is created",
    "status_change": "a record's status changes",
    "schedule": "a time on a schedule comes",
    "payment_received": "a payment is received",
    "manual": "somebody decides to",
}
"""What starts a handoff, as an integration would listen for it."""

_CLOSE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step by hand: what is done, where, and its minutes; null where nobody timed it."""

    does: str
    where: str = ""
    minutes: float | None = None

    @property
    def words(self) -> str:
        """The step on one line."""
        place = f" ({self.where})" if self.where else ""
        time = f"{self.minutes:g} min" if self.minutes is not None else "minutes to be asked"
        return f"{self.does}{place}: {time}"


@dataclass(frozen=True, slots=True)
class HandoffCard:
    """What must be known of a handoff before anything is built, and how it is done today."""

    handoff_id: str
    destination: str
    trigger: Trigger | None = None
    data: str = ""
    format: str = ""
    steps: tuple[CardStep, ...] = ()
    minutes_per_item: float | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the four fields nobody has filled."""
        fields = {"trigger": self.trigger, "data": self.data, "destination": self.destination, "format": self.format}
        return tuple(name for name, value in fields.items() if not (value or "").strip())

    @property
    def is_ready(self) -> bool:
        """Whether all four are known.

        Examples
        --------
        >>> HandoffCard("a", "books.invoices", "status_change", "client, items, price").is_ready
        False
        """
        return not self.missing

    @property
    def step_minutes(self) -> float | None:
        """Minutes of all steps; null where one was not timed, or there are none."""
        return timed_sum(self.steps)

    @property
    def doubt(self) -> str:
        """Why the steps do not make up what somebody said an item takes; empty where they do, or nobody can tell."""
        total, said = self.step_minutes, self.minutes_per_item
        if total is None or said is None or abs(total - said) <= _CLOSE_SHARE * max(total, said):
            return ""
        return f"the steps make {total:g} minutes, an item is said to take {said:g}"


def timed_sum(steps: Sequence[CardStep]) -> float | None:
    """Return the minutes of all steps; null where one was not timed, or there are none.

    Examples
    --------
    >>> timed_sum([CardStep("open", minutes=2), CardStep("type", minutes=5)]), timed_sum([CardStep("open")]), timed_sum([])
    (7, None, None)
    """
    known = [one.minutes for one in steps if one.minutes is not None]
    return sum(known) if known and len(known) == len(steps) else None
