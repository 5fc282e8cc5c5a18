"""How likely a wait of so many days is, before any pair was seen."""

import numpy as np
import pytest

from toolkit.match.documents.lags import LagDensity


@pytest.mark.parametrize(
    ("lag", "density"), [(0, 0.09), (1, 0.09 / 1.21), (10, 0.0225), (-1, 0.025 * np.exp(-0.25)), (-4, 0.025 * np.exp(-1))]
)
def test_nine_in_ten_come_on_the_day_of_their_source_or_later(lag: int, density: float) -> None:
    """Half of those within ten days; early ones grow rare fast."""
    span = 365.0

    assert LagDensity(span).bits(np.array([float(lag)])).tolist() == [pytest.approx(np.log2(density * span))]
