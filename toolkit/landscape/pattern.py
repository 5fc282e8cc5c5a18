"""A pattern: a handoff, or a chain of them, that many clients have, as a template to start from.

A template says what starts the work, what is done, between which kinds of systems, and how success is counted. What it takes
today is the client's own: minutes are a range with its source, or to be asked. Nothing of a template is a measurement.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.discovery import discovered
from toolkit.errors import UnknownNameError
from toolkit.landscape.handoffs import TRIGGERS, Trigger

TO_BE_ASKED = "to be asked"

CRM = ("crm",)
LEDGER = ("ledger", "accounting", "erp")
WORK = ("projects", "project", "field_service")
SHOP = ("shop", "e-commerce", "ecommerce")
PAYMENTS = ("payments", "processor", "payment")
BANK = ("bank", "banking")
SUPPORT = ("support",)
"""Categories of systems, as settings and connectors name them."""


@dataclass(frozen=True, slots=True)
class PatternMinutes:
    """From ``low`` to ``high`` minutes an item, and where that is said: an example, never the client's figure."""

    low: float
    high: float
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"minutes must rise from 0 or more, not {self.low!r} to {self.high!r}.")
        if not self.source:
            raise ValueError("minutes without a source are a guess.")


@dataclass(frozen=True, slots=True)
class PatternFlow:
    """One handoff of a pattern: which records go from a system of which categories into one of which others."""

    name: str
    label: str
    entity_l: str
    categories_l: tuple[str, ...]
    entity_r: str
    categories_r: tuple[str, ...]
    trigger: Trigger

    def __post_init__(self) -> None:
        if self.trigger not in TRIGGERS:
            raise ValueError(f"{self.trigger!r} is not a trigger; known: {', '.join(TRIGGERS)}.")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A template.

    ``starts`` is the trigger in words, ``steps`` are the actions of one run, ``kpi`` is how success is counted. ``is_loop``
    says that its flows close a circle: what goes out comes back. ``is_read_only`` says that records are shown together and
    nothing is written. ``rows`` are its rows in the list of needs that the toolkit answers.
    """

    label: str
    starts: str
    steps: tuple[str, ...]
    flows: tuple[PatternFlow, ...]
    kpi: str
    rows: tuple[int, ...]
    minutes_before: PatternMinutes | None = None
    minutes_after: PatternMinutes | None = None
    is_loop: bool = False
    is_read_only: bool = False


def patterns() -> dict[str, Pattern]:
    """Return every template by its name, in the order of names.

    Examples
    --------
    >>> len(patterns()["deal_to_delivery"].steps)
    5
    """
    found = discovered("toolkit.landscape.patterns", "PATTERN")
    return {name: one for name, one in found.items() if isinstance(one, Pattern)}


def pattern_named(name: str) -> Pattern:
    """Return a template by its name.

    Raises
    ------
    UnknownNameError
        There is none; the message offers the nearest.
    """
    known = patterns()
    if name not in known:
        raise UnknownNameError("pattern", name, known)
    return known[name]


def minutes_words(minutes: PatternMinutes | None) -> str:
    """Return minutes as a cell shows them.

    Examples
    --------
    >>> minutes_words(PatternMinutes(15, 30, "two published examples")), minutes_words(None)
    ('15 to 30 (two published examples)', 'to be asked')
    """
    if minutes is None:
        return TO_BE_ASKED
    span = f"{minutes.low:g}" if minutes.low == minutes.high else f"{minutes.low:g} to {minutes.high:g}"
    return f"{span} ({minutes.source})"


def linked_flows(sides: Sequence[tuple[str, str]]) -> int:
    """Return how many flows are links of a circle: what one brings, another takes on, and the last comes back to the first.

    Parameters
    ----------
    sides
        Source and target of each flow.

    Examples
    --------
    >>> linked_flows([("tracker", "books"), ("books", "crm"), ("crm", "tracker")])
    3
    >>> linked_flows([("tracker", "books"), ("books", "crm"), ("crm", "wall")])
    0
    """
    return sum(source in _reached(target, sides) for source, target in sides)


def _reached(start: str, sides: Sequence[tuple[str, str]]) -> set[str]:
    reached = {start}
    while new := {target for source, target in sides if source in reached} - reached:
        reached |= new
    return reached
