"""A case may be looked at over as many years as somebody asks for."""

import numpy as np
import pytest

from toolkit.roi.flows import FlowTerms, flow_blocks


@pytest.mark.parametrize("months", [1, 36, 231, 232, 233, 240, 1_200])
def test_any_number_of_months_is_reckoned(months: int) -> None:
    """Twenty years and more: every trial has its one-time cost first and its running cost in each month after."""
    trials = 200
    running = np.arange(trials, dtype=np.float64)
    terms = FlowTerms(
        gross_benefit=np.zeros(trials),
        running=running,
        one_time=np.array([500.0]),
        build_months=np.array([0.0]),
        parallel_months=np.array([0.0]),
        growth=np.ones(months),
    )

    costs = np.hstack([block.costs for block in flow_blocks([terms])])

    assert costs.shape == (months + 1, trials)
    assert (costs[0] == 500).all()
    assert (costs[1:] == running).all()
