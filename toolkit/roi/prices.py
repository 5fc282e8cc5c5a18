"""List prices of integration platforms, each list with its date, billing period and how far it can be trusted.

Prices are reference data for the consultant to check before they reach a client; a vendor earns nothing by them. A list
without tiers is known to exist but has no price that may be printed.

Source: per list in ``source``; cost model, section 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a price list: ``quota`` units a month for ``monthly``."""

    name: str
    monthly: float
    quota: float


@dataclass(frozen=True, slots=True)
class PriceList:
    """A dated price list; ``overage_multiplier`` is null where a vendor stops instead of billing more."""

    platform: str
    unit: str
    billing: str
    currency: str
    as_of: date
    confidence: str
    source: str
    tiers: tuple[Tier, ...]
    overage_multiplier: float | None = None
    max_multiple: float = 1.0

    @property
    def paid_tiers(self) -> tuple[Tier, ...]:
        """The tiers that cost something."""
        return tuple(one for one in self.tiers if one.monthly)


_TABLE_2025 = "Published tier table dated 2025-05-18 in an open-source automation ROI calculator (Apicus)"
_PLAN_FILES_2026 = "API Evangelist plan files, 2026-05-04 and 2026-05-22"
_COMPARISON_2026 = "Vendor comparison data with dates per fact (simstudioai/sim), 2026-07-02 to 2026-07-08"


def _tiers(*steps: tuple[str, float, float]) -> tuple[Tier, ...]:
    return tuple(Tier(*step) for step in steps)


PRICE_LISTS: tuple[PriceList, ...] = (
    PriceList(
        platform="zapier",
        unit="task",
        billing="monthly",
        currency="USD",
        as_of=date(2025, 5, 18),
        confidence="secondary",
        source=_TABLE_2025,
        tiers=_tiers(
            ("Free", 0.0, 100),
            ("Professional 750", 29.99, 750),
            ("Professional 2K", 73.50, 2_000),
            ("Professional 5K", 133.50, 5_000),
            ("Professional 10K", 193.50, 10_000),
            ("Professional 20K", 283.50, 20_000),
            ("Professional 50K", 433.50, 50_000),
            ("Professional 100K", 733.50, 100_000),
            ("Professional 500K", 2_199.0, 500_000),
        ),
        overage_multiplier=1.25,
        max_multiple=3.0,
    ),
    PriceList(
        platform="zapier-team",
        unit="task",
        billing="monthly",
        currency="USD",
        as_of=date(2025, 5, 18),
        confidence="secondary",
        source=_TABLE_2025,
        tiers=_tiers(
            ("Team 2K", 103.50, 2_000),
            ("Team 5K", 178.50, 5_000),
            ("Team 10K", 253.50, 10_000),
            ("Team 20K", 373.50, 20_000),
            ("Team 50K", 598.50, 50_000),
            ("Team 100K", 898.50, 100_000),
        ),
        overage_multiplier=1.25,
        max_multiple=3.0,
    ),
    PriceList(
        platform="make-core",
        unit="operation",
        billing="monthly",
        currency="USD",
        as_of=date(2025, 5, 18),
        confidence="secondary",
        source=_TABLE_2025,
        tiers=_tiers(
            ("Free", 0.0, 1_000),
            ("Core 10K", 10.59, 10_000),
            ("Core 20K", 18.82, 20_000),
            ("Core 40K", 34.12, 40_000),
            ("Core 80K", 64.71, 80_000),
            ("Core 150K", 116.47, 150_000),
            ("Core 300K", 214.31, 300_000),
        ),
    ),
    PriceList(
        platform="make-core",
        unit="credit",
        billing="monthly",
        currency="USD",
        as_of=date(2026, 7, 2),
        confidence="secondary",
        source=_COMPARISON_2026,
        tiers=_tiers(("Free", 0.0, 1_000), ("Core 10K", 12.0, 10_000)),
    ),
    PriceList(
        platform="n8n-cloud",
        unit="execution",
        billing="monthly",
        currency="USD",
        as_of=date(2025, 5, 18),
        confidence="secondary",
        source=_TABLE_2025,
        tiers=_tiers(("Starter", 24.0, 2_500), ("Pro 10K", 60.0, 10_000), ("Pro 50K", 144.0, 50_000)),
    ),
    PriceList(
        platform="n8n-cloud",
        unit="execution",
        billing="annual",
        currency="EUR",
        as_of=date(2026, 5, 4),
        confidence="secondary",
        source=_PLAN_FILES_2026,
        tiers=_tiers(("Starter", 20.0, 2_500), ("Pro", 50.0, 10_000), ("Business", 667.0, 40_000)),
    ),
    PriceList(
        platform="workato",
        unit="business action",
        billing="annual contract",
        currency="USD",
        as_of=date(2026, 5, 22),
        confidence="unverified",
        source=f"{_PLAN_FILES_2026}; {_COMPARISON_2026}; they disagree, so no price is shown",
        tiers=(),
    ),
)


def newest_list(
    platform: str, currency: str, *, billing: str = "monthly", lists: Sequence[PriceList] = PRICE_LISTS
) -> PriceList | None:
    """Return the longest of a platform's price lists in a currency, the newest among equally long ones.

    A newer list that knows the entry price only does not push out the full one.

    Parameters
    ----------
    platform, currency, billing
        What the list is for, each as the lists name it.
    lists
        The lists to choose from.

    Examples
    --------
    >>> newest_list("make-core", "USD").as_of.isoformat()
    '2025-05-18'
    """
    fitting = [one for one in lists if (one.platform, one.currency, one.billing) == (platform, currency, billing)]
    return max(fitting, key=lambda one: (len(one.tiers), one.as_of), default=None)
