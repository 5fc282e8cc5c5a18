"""A figure in ``engagement.yaml`` is one that a business can have: finite, not negative, and a share at most one."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.settings import load_settings

TEXT = """client: Acme
rates: {loaded_rate_per_hour: {value: 31, evidence: document}, day_rate: 650}
people: {Dana: {role: sales}}
handoffs:
  one: {from: crm.deals, to: ledger.invoices, error_rate: 0.03, minutes_per_item: [10, 15, 25]}
"""


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("rates.loaded_rate_per_hour=.inf", "must be a finite number"),
        ("rates.loaded_rate_per_hour=-.inf", "must be a finite number"),
        ("rates.loaded_rate_per_hour=.nan", "must be a finite number"),
        ("rates.loaded_rate_per_hour='1e400'", "must be a finite number"),
        ("rates.loaded_rate_per_hour=[20, 30, .inf]", "must be a finite number"),
        ("rates.day_rate=-650", "must not be negative"),
        ("handoffs.one.minutes_per_item=[-1, 2, 3]", "must not be negative"),
        ("handoffs.one.minutes_per_item=[3, 2, 1]", "low, likely, high in rising order"),
        ("handoffs.one.error_rate=1.001", "is a share of 1"),
        ("handoffs.one.error_rate=[0.01, 0.02, 3]", r"write 0\.03 for 3 %"),
        ("rates.cash_share=1.5", "less than or equal to 1"),
        ("rates.horizon_months=0", "greater than or equal to 1"),
        ("people.Dana.hours_per_month=-1", "greater than or equal to 0"),
        ("rates.day_rate=much", r"a number, or three: \[low, likely, high\]"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(tmp_path: Path, setting: str, message: str) -> None:
    """An infinite or negative rate would run through every sum on the client's page."""
    file = tmp_path / "engagement.yaml"
    file.write_text(TEXT, "utf-8")

    with pytest.raises(InputError, match=message) as caught:
        load_settings(file, [setting])

    assert str(caught.value).count(setting.partition("=")[0]) == 1


@pytest.mark.parametrize("setting", ["handoffs.one.error_rate=1", "handoffs.one.error_rate=0", "rates.cash_share=0"])
def test_the_bounds_themselves_are_figures(tmp_path: Path, setting: str) -> None:
    """Every item wrong, or none: both happen."""
    file = tmp_path / "engagement.yaml"
    file.write_text(TEXT, "utf-8")

    assert load_settings(file, [setting])
