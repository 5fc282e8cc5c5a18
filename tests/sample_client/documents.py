"""What the sample client's documents and truth rows are made of, and the calendar they live in.

Times are aware; the client's wall clock is Chicago. Money is in cents. ``as_of`` is the morning the exports were pulled.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Chicago")
FIRST_DAY = date(2025, 10, 1)
LAST_DAY = date(2026, 9, 30)
AS_OF = date(2026, 10, 5)
MONTHS = tuple(
    f"{year}-{month:02d}" for year, month in [(2025, 10), (2025, 11), (2025, 12), *((2026, m) for m in range(1, 10))]
)


@dataclass(slots=True)
class Document:
    """A document as it stands in one system; ``cells`` are what only that system's export shows."""

    system: str
    stream: str
    record_id: str
    on: date
    amount_minor: int = 0
    at: datetime | None = None
    number: str = ""
    party: str = ""
    """Customer or supplier as the export names it (a name or an id)."""
    account_id: str = ""
    role: str = ""
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """System, stream and record id."""
        return self.system, self.stream, self.record_id


@dataclass(slots=True)
class Carried:
    """One truth row of a handoff: what left the source and what became of it in the target."""

    handoff_id: str
    source: Document | None
    target: Document | None
    status: str
    error_kind: str = ""
    basis: str = ""

    @property
    def lag_minutes(self) -> float | None:
        """Minutes from source to target, where both have a time of day."""
        if self.source and self.target and self.source.at and self.target.at and self.status == "found":
            # Two times of one zone are subtracted by the wall clock, which jumps twice a year; UTC does not.
            return round((self.target.at.astimezone(UTC) - self.source.at.astimezone(UTC)).total_seconds() / 60, 4)
        return None

    @property
    def lag_days(self) -> int | None:
        """Days from source to target by the client's calendar."""
        if self.source and self.target and self.status == "found":
            return (self.target.on - self.source.on).days
        return None


def local_time(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """Return a moment of the client's wall clock."""
    return datetime.combine(day, time(hour, minute, second), ZONE)


def local_day(at: datetime) -> date:
    """Return the day on the client's wall clock."""
    return at.astimezone(ZONE).date()


def shown(at: datetime, pattern: str, *, utc: bool = False) -> str:
    """Return a moment as an export shows it: in UTC or on the client's wall clock."""
    return at.astimezone(UTC if utc else ZONE).strftime(pattern)


def later(at: datetime, minutes: float, *, whole_minutes: bool) -> datetime:
    """Return a later moment, kept out of the hour that the clocks pass twice."""
    moment = (at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZONE)
    if whole_minutes:
        moment = moment.replace(second=0, microsecond=0)
    if moment.date() == date(2025, 11, 2) and moment.hour == 1:
        moment = moment.replace(hour=3, fold=0)
    return moment


def business_day(rng: random.Random, first: date = FIRST_DAY, last: date = LAST_DAY) -> date:
    """Return a weekday between two days, both included."""
    while True:
        day = first + timedelta(days=rng.randint(0, (last - first).days))
        if day.weekday() < 5:
            return day


def lag(rng: random.Random, *, median: float, sigma: float, most: float, least: float = 0.0) -> float:
    """Return a lognormal lag between two limits (drawn again outside them)."""
    while True:
        drawn = math.exp(rng.gauss(math.log(median), sigma))
        if least <= drawn <= most:
            return drawn


def chosen(
    rng: random.Random,
    documents: list[Document],
    count: int,
    *,
    grace_days: int,
    allowed: Callable[[Document], bool] | None = None,
) -> set[int]:
    """Return the positions of ``count`` documents that are clearly older than the grace window."""
    newest = AS_OF - timedelta(days=grace_days + 3)
    old = [at for at, one in enumerate(documents) if one.on <= newest and (allowed is None or allowed(one))]
    return set(rng.sample(old, count))


def is_waiting(source_on: date, target_on: date, grace_days: int) -> bool:
    """Return whether the target is still to come on the day of the export, well inside the grace window."""
    if target_on < AS_OF:
        return False
    if (AS_OF - source_on).days > grace_days - 2:
        raise ValueError(f"A lag reaches {target_on}, too near the end of a grace window of {grace_days} days.")
    return True


def is_held(source_on: date, grace_days: int, rng: random.Random) -> bool:
    """Return whether nobody has got round to it yet: three of ten items of the last days, well inside the grace window."""
    return (AS_OF - source_on).days <= grace_days - 2 and rng.random() < 0.3


def money(amount_minor: int) -> str:
    """Return major units with two decimals."""
    sign = "-" if amount_minor < 0 else ""
    return f"{sign}{abs(amount_minor) // 100}.{abs(amount_minor) % 100:02d}"


def grouped_money(amount_minor: int) -> str:
    """Return major units with thousands separators, as reports print them."""
    sign = "-" if amount_minor < 0 else ""
    return f"{sign}{abs(amount_minor) // 100:,}.{abs(amount_minor) % 100:02d}"
