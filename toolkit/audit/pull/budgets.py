"""What a vendor allows in a day, and what of it pulls have used: shown before the next one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.asked import asked_system
from toolkit.audit.pull.asked_memory import pages_taken
from toolkit.connector import Limit
from toolkit.connector.overview import limit_words
from toolkit.errors import InputError


@dataclass(frozen=True, slots=True)
class Budget:
    """The tightest limit of an hour or longer of one system, and how many pages of it pulls took.

    ``used`` are those that began within the limit's time, from this engagement on any process; ``expected`` those of each
    list's last pull of the same kind (of everything, of changes), None before the first one. Repeats and names that are
    looked up are not among them.
    """

    system: str
    limit: Limit
    used: int
    expected: int | None

    def sentence(self) -> str:
        """Return it in words.

        Examples
        --------
        >>> Budget("books", Limit(5_000, 86_400.0), 4_900, 240).sentence()
        'books allows 5,000 requests a day: at least 4,900 were used since, and a pull like this one took 240. It may end \
before it is whole; started again, it goes on where it was.'
        """
        count, _, span = limit_words(self.limit).partition(" ")
        before = "how many this pull takes is not known before the first" if self.expected is None else ""
        takes = before or f"a pull like this one took {self.expected:,}"
        text = f"{self.system} allows {count} requests {span}: at least {self.used:,} were used since, and {takes}."
        if self.used + (self.expected or 0) > self.limit.count:
            text += " It may end before it is whole; started again, it goes on where it was."
        return text


def budgets(engagement: Engagement, systems: Iterable[str], *, is_full: bool, now: datetime | None = None) -> list[Budget]:
    """Return the budgets of the systems that have one.

    Parameters
    ----------
    engagement
        The engagement.
    systems
        Those that will be asked.
    is_full
        Whether everything is asked for.
    now
        What time it is.
    """
    moment = now or datetime.now(UTC)
    return [one for name in systems for one in _budget(engagement, name, moment, is_full=is_full)]


def _budget(engagement: Engagement, name: str, now: datetime, *, is_full: bool) -> Iterator[Budget]:
    try:
        system = asked_system(name, engagement.settings, engagement.folder)
    except InputError:
        # The pull itself says what is wrong with it.
        return
    limits = [one for one in system.api.limits if one.is_budget]
    if not limits:
        return
    limit = min(limits, key=lambda one: one.count / one.per_s)
    since = (now - timedelta(seconds=limit.per_s)).isoformat()
    used, expected = 0, 0
    is_known = False
    for asked in system.streams:
        taken = pages_taken(engagement.folder, name, asked.stream.name)
        used += sum(one.asked for one in taken if one.begun_at >= since)
        alike = [one for one in taken if one.is_full] if is_full else taken
        is_known |= bool(alike)
        expected += alike[-1].pages if alike else 0
    yield Budget(name, limit, used, expected if is_known else None)
