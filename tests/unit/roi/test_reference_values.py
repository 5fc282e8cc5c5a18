"""Prices, efforts and starting values are those of the cost model, which names the source of each."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.roi import periods
from toolkit.roi.defaults import DEFAULTS, Default, approach_defaults
from toolkit.roi.finance import mirr
from toolkit.roi.one_time import EFFORT
from toolkit.roi.prices import PRICE_LISTS, PriceList

PLATFORMS = {
    "Zapier Professional": "zapier",
    "Zapier Team": "zapier-team",
    "Make Core": "make-core",
    "n8n cloud": "n8n-cloud",
    "Workato": "workato",
}


def cells_of(folder: Path, section: int) -> Iterator[list[str]]:
    """Return the rows of all tables in a section of the cost model, without the marks of their sources."""
    text = (folder / "cost-model.md").read_text(encoding="utf-8")
    body = text.split(f"\n## {section}. ")[1].split("\n## ")[0]
    for line in body.splitlines():
        if line.startswith("|") and not line.startswith("|--"):
            yield [re.sub(r"\[\w+\]", "", cell).replace("`", "").strip() for cell in line.strip("|").split("|")]


def numbers_in(text: str) -> list[float]:
    return [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def ends(default: Default) -> tuple[float, float, float]:
    return default.low, default.likely, default.high


def priced(prices: PriceList) -> list[tuple[float, float]]:
    return [(tier.quota, tier.monthly) for tier in prices.tiers if tier.monthly]


def tiers_in(text: str) -> list[tuple[float, float]]:
    """Return quotas and prices as the cost model writes them: "750: 29.99, 2K: 73.50"."""
    found = re.findall(r"([\d.]+)(K?): ([\d,]*\d(?:\.\d+)?)", text)
    return [(float(quota) * (1_000 if thousand else 1), float(fee.replace(",", ""))) for quota, thousand, fee in found]


def test_every_price_list_is_the_published_one_of_its_day(shared_dir: Path) -> None:
    """Every paid plan with its quota, and the day, currency and billing that the prices hold for."""
    listed = [row for row in cells_of(shared_dir, 6) if row[0] in PLATFORMS and re.match(r"20\d\d-", row[3])]
    published = {(PLATFORMS[row[0]], row[3]): row for row in listed}
    ours = {(one.platform, one.as_of.isoformat()): one for one in PRICE_LISTS}

    assert ours.keys() == published.keys()
    for key, (_, tiers, billing, _, _) in published.items():
        assert ours[key].billing == billing
        assert priced(ours[key]) == tiers_in(tiers)
        assert not ours[key].tiers or ours[key].currency in tiers


def test_free_plans_end_where_the_vendors_say(shared_dir: Path) -> None:
    """A hundred tasks, a thousand operations."""
    [zapier] = [row for row in cells_of(shared_dir, 6) if row[0] == "Zapier Free"]
    [make] = [row for row in cells_of(shared_dir, 6) if "Free 1,000" in row[1]]
    free = {(one.platform, tier.quota) for one in PRICE_LISTS for tier in one.tiers if not tier.monthly}

    assert free == {("zapier", numbers_in(zapier[1])[0]), (PLATFORMS[make[0]], numbers_in(make[1])[-1])}


def test_every_class_of_connection_takes_the_days_and_costs_what_is_published(shared_dir: Path) -> None:
    """Days as a range, and the prices in which such work is offered."""
    rows = {row[0].partition(":")[0]: row for row in cells_of(shared_dir, 5)}
    for name, effort in EFFORT.items():
        days, offered = numbers_in(rows[name][1])[:3], numbers_in(rows[name][2])

        assert [effort.low_days, effort.likely_days, effort.high_days] == days
        assert [effort.price_low, effort.price_high] == (offered or [0, 0])


@pytest.mark.parametrize(
    "name",
    ["loaded_rate_per_hour", "annual_cost_of_capital", "duplicate_rate", "automation_rate", "monitoring_hours_per_month"],
)
def test_a_range_nobody_has_confirmed_is_the_cost_models(shared_dir: Path, name: str) -> None:
    """Both ends move what the client is told could be saved."""
    [row] = [row for row in cells_of(shared_dir, 2) if row[0] == name]

    assert list(ends(DEFAULTS[name])) == numbers_in(row[3])


def test_half_of_what_was_paid_twice_comes_back(shared_dir: Path) -> None:
    """The cost model gives one value; it is the likely one, and its ends are as far away on both sides."""
    [row] = [row for row in cells_of(shared_dir, 2) if row[0] == "recovery_rate"]

    low, likely, high = ends(DEFAULTS["recovery_rate"])
    assert [likely] == numbers_in(row[2])
    assert low < likely < high
    assert high - likely == pytest.approx(likely - low)


def test_reserve_upkeep_and_hosting_are_the_cost_models(shared_dir: Path) -> None:
    """Own code has to be kept up and hosted; a vendor's own connector has neither."""
    text = (shared_dir / "cost-model.md").read_text(encoding="utf-8")
    custom, native = approach_defaults("custom", "simple"), approach_defaults("native", "native")
    said = {
        "upkeep": re.search(r"share of build per year: ([\d. /]+)\.", text),
        "hosting": re.search(r"self-hosted: ([\d /]+) ", text),
        "reserve": re.search(r"\| contingency \| ([^|]+)", text),
    }
    upkeep, hosting, reserve = (tuple(numbers_in(one[1])) if one else None for one in said.values())

    assert ends(custom["maintenance_share_per_year"]) == upkeep
    assert ends(custom["hosting_per_month"]) == hosting
    assert ends(DEFAULTS["contingency_rate"]) == reserve
    assert ends(native["maintenance_share_per_year"]) == ends(native["hosting_per_month"]) == (0, 0, 0)


def test_an_error_rate_nobody_measured_follows_from_the_fields_typed(shared_dir: Path) -> None:
    """So many of a hundred fields typed once are wrong; an item has 4, 20 or 36 of them."""
    text = (shared_dir / "cost-model.md").read_text(encoding="utf-8")
    said = re.search(r"single entry ([\d.]+) % of fields", text)
    assert said is not None
    rates = [1 - (1 - float(said[1]) / 100) ** fields for fields in (4, 20, 36)]

    assert ends(DEFAULTS["error_rate"]) == pytest.approx(rates, rel=0.04)


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        # "6 and 4", as the page on an engagement says.
        ("cleanup_minutes_per_duplicate", 6),
        ("cleanup_minutes_per_mismatch", 4),
        # One or two people, an hour or two each.
        ("training_hours", 1 * 2),
        ("parallel_run_hours_per_week", 2),
    ],
)
def test_what_nobody_has_measured_may_be_half_or_double(name: str, likely: float) -> None:
    """An assumption of ours is told with a wide range."""
    assert ends(DEFAULTS[name]) == (likely / 2, likely, likely * 2)


def test_both_ways_run_side_by_side_for_one_week_or_two(shared_dir: Path) -> None:
    """One week is usual; where finance depends on it, at least two."""
    [row] = [row for row in cells_of(shared_dir, 5) if row[0] == "parallel run"]
    usual, finance, _ = numbers_in(row[2])

    assert ends(DEFAULTS["parallel_run_weeks"]) == (usual, usual, finance)


@pytest.mark.parametrize(
    ("months", "amount"),
    [
        (periods.DAYS_PER_MONTH, 365),
        (periods.WORKDAYS_PER_MONTH, 260),
        (periods.WEEKS_PER_MONTH, 52),
        (periods.HOURS_PER_MONTH, 365 * 24),
    ],
    ids=["days", "workdays", "weeks", "hours"],
)
def test_twelve_months_are_a_year(months: float, amount: float) -> None:
    """Of 365 days, 260 of them worked, in 52 weeks."""
    assert months * 12 == pytest.approx(amount)
    assert periods.WORKDAYS_PER_WEEK * 52 == 260
    assert periods.DAYS_PER_YEAR == 365


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-100, 110], 0.10),
        ([-100], None),
        ([-100, 0], None),
        ([0, 100], None),
        ([-100, 1], -0.99),
    ],
)
def test_a_modified_rate_needs_money_out_and_later_money_in(flows: list[float], rate: float | None) -> None:
    """One period is enough; what never returns anything has no rate."""
    assert mirr(flows, 0.08, 0.08) == (None if rate is None else pytest.approx(rate))
