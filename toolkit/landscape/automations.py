"""Links between systems that run by themselves already: who answers for them, whether they still run, what they reach."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

STALE_AFTER_DAYS = 90
REVIEW_AFTER_DAYS = 90
"""From this age on what a link reaches is to be looked at again."""


@dataclass(frozen=True, slots=True)
class Automation:
    """One link, as somebody described it; what nobody said is empty."""

    name: str
    system_l: str
    system_r: str
    tool: str = ""
    trigger: str = ""
    owner: str = ""
    last_success: date | None = None
    failure_mode: str = ""
    reaches: tuple[str, ...] = ()
    reviewed_on: date | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody has said of it, in words."""
        said = {
            "the tool it runs on": self.tool,
            "what starts it": self.trigger,
            "who answers for it": self.owner,
            "when it last ran well": self.last_success,
            "what happens when it fails": self.failure_mode,
        }
        return tuple(words for words, value in said.items() if not value)

    def orphaned(self, systems: Collection[str], today: date) -> tuple[str, ...]:
        """Return why it is an orphan, in words; nothing where it is none.

        Parameters
        ----------
        systems
            The client's.
        today
            The day that counts as today.

        Examples
        --------
        >>> from datetime import date
        >>> Automation("a", "crm", "fax", owner="Jo", last_success=date(2026, 1, 2)).orphaned({"crm"}, date(2026, 10, 5))
        ("'fax' is no system of the client", 'it last ran well 276 days ago')
        """
        unknown = [one for one in dict.fromkeys((self.system_l, self.system_r)) if one not in systems]
        days = self.days_since(today)
        return (
            *(f"{one!r} is no system of the client" for one in unknown),
            *(() if self.owner else ("nobody answers for it",)),
            *((f"it last ran well {days} days ago",) if days is not None and days > STALE_AFTER_DAYS else ()),
        )

    def days_since(self, today: date) -> int | None:
        """Return for how many days it has not run well; null where nobody knows."""
        return None if self.last_success is None else (today - self.last_success).days

    def review_age_days(self, today: date) -> int | None:
        """Return how long ago somebody looked at what it reaches; null for never."""
        return None if self.reviewed_on is None else (today - self.reviewed_on).days

    def is_review_due(self, today: date) -> bool:
        """Return whether that is too long ago, or never was."""
        age = self.review_age_days(today)
        return age is None or age > REVIEW_AFTER_DAYS


def drawn_links(automations: Sequence[Automation], systems: Collection[str]) -> list[tuple[str, str, str, str]]:
    """Return the links that can stand on the map, each once: id, words, and the two systems.

    Parameters
    ----------
    automations
        All of them.
    systems
        Those on the map: a link to anything else is an orphan and is listed instead.

    Examples
    --------
    >>> links = [Automation("orders", "shop", "books", tool="Zapier"), Automation("x", "shop", "fax")]
    >>> drawn_links(links, {"shop", "books"})
    [('automation.orders', 'Zapier: orders', 'shop', 'books')]
    """
    return [
        (f"automation.{one.name}", f"{one.tool}: {one.name}" if one.tool else one.name, one.system_l, one.system_r)
        for one in automations
        if {one.system_l, one.system_r} <= {*systems} and one.system_l != one.system_r
    ]
