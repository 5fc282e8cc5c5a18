"""Rates of return, payback and present value of single series."""

import numpy as np
import pytest

from toolkit.roi.finance import discounted, irr_roots, metrics, mirr, npv, payback


def test_every_rate_that_fits_is_found() -> None:
    """Flows built from three known rates give back all three, and none is called "the" return."""
    product = np.polynomial.Polynomial([1.0])
    for rate in (-0.4, 0.1, 2.5):
        product = product * np.polynomial.Polynomial([-1.0, 1 + rate])
    flows = [float(one) for one in product.coef]

    found = metrics(flows, 0.10)

    assert found.irr_roots == pytest.approx((-0.4, 0.1, 2.5), abs=1e-9)
    assert found.irr is None
    assert found.multiple_irr


def test_a_rate_that_only_touches_zero_counts_once() -> None:
    """A double root is one rate, although the value never changes sign there."""
    assert irr_roots([1.0, -2.0, 1.0]) == pytest.approx((0.0,), abs=1e-9)
    assert irr_roots([1.0, -2.4, 1.44]) == pytest.approx((0.2,), abs=1e-6)


@pytest.mark.parametrize("flows", [[], [0.0, 0.0], [-5.0], [100.0, 100.0], [-100.0, -1.0], [-100.0, 0.0, 0.0]])
def test_flows_that_never_turn_have_no_rate_of_return(flows: list[float]) -> None:
    """Money that only goes out, or only comes in, has no return at all."""
    assert irr_roots(flows) == ()


def test_months_without_money_do_not_disturb_the_rate() -> None:
    """Zeros before the first and after the last flow change nothing."""
    assert irr_roots([0.0, 0.0, -100.0, 110.0, 0.0]) == pytest.approx((0.10,))


def test_a_loss_has_a_negative_rate() -> None:
    """Getting half back after a year is a return of minus fifty percent."""
    assert irr_roots([-100.0, 50.0]) == pytest.approx((-0.5,))


def test_long_series_keep_their_precision() -> None:
    """Ten years of months give the rate at which their value is zero to the last cent."""
    flows = [-50_000.0, *[900.0] * 120]

    [rate] = irr_roots(flows)

    assert npv(rate, flows) == pytest.approx(0.0, abs=1e-6)


def test_the_modified_rate_needs_money_out_and_money_in() -> None:
    """Without one of them it does not exist."""
    assert mirr([100.0, 100.0], 0.1, 0.1) is None
    assert mirr([-100.0, -1.0], 0.1, 0.1) is None
    assert mirr([-100.0], 0.1, 0.1) is None


def test_the_modified_rate_uses_both_rates() -> None:
    """The spreadsheet's documented example of MIRR: 12.61 % at 10 % finance and 12 % reinvestment rate."""
    assert mirr([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12) == pytest.approx(0.126094, abs=1e-6)


def test_payback_is_zero_when_nothing_was_spent() -> None:
    """What costs nothing has paid back at once."""
    assert payback([0.0, 10.0]).periods == 0.0


def test_payback_that_is_never_reached_does_not_exist() -> None:
    """Null, not the horizon."""
    assert payback([-100.0, 10.0, 10.0]).periods is None


def test_payback_that_is_lost_again_says_so() -> None:
    """A later outlay that takes the money away again is reported."""
    found = payback([-100.0, 200.0, -150.0])

    assert found.periods == pytest.approx(0.5)
    assert found.is_reversed


def test_a_sum_that_misses_zero_by_rounding_has_paid_back() -> None:
    """Three dimes repay thirty cents, whatever binary fractions say."""
    assert payback([-0.3, 0.1, 0.1, 0.1]).periods == pytest.approx(3.0)


def test_discounting_leaves_today_alone() -> None:
    """The first flow is today's."""
    assert discounted(0.5, [-10.0, 15.0]).tolist() == [-10.0, 10.0]


@pytest.mark.parametrize(
    ("flows", "roots"),
    [
        ([-100.0, 100.0], [0.0]),
        ([-100.0, 100.0 * (1 + 1e-6)], [1e-6]),
        ([-100.0, 100.0 * (1 - 1e-6)], [-1e-6]),
        ([-1600.0, 10_000.0, -10_000.0], [0.25, 4.0]),
    ],
)
def test_a_rate_at_the_seam_of_gains_and_losses_is_found_once(flows: list[float], roots: list[float]) -> None:
    """Gains and losses are sought apart: a rate of exactly zero belongs to one of them."""
    assert irr_roots(flows) == pytest.approx(roots, abs=1e-9)
    assert metrics(flows, 0.1).multiple_irr is (len(roots) > 1)


@pytest.mark.parametrize(
    ("flows", "periods"),
    [
        ([0.0], 0.0),
        ([0.0, 0.0], 0.0),
        ([-1e-13, 1.0], 1e-13),
        ([-100.0, 100.0], 1.0),
        ([-100.0, 99.999], None),
        ([-100.0, 50.0, 50.0, 1.0], 2.0),
        ([-100.0, 50.0, 49.0, 2.0], 2.5),
    ],
)
def test_the_money_is_back_at_exactly_zero(flows: list[float], periods: float | None) -> None:
    """A cent less is not back; nothing spent is back at once."""
    assert payback(flows).periods == (None if periods is None else pytest.approx(periods, abs=1e-12))


def test_small_amounts_are_money_too() -> None:
    """Half a unit out and half a unit in are counted as such."""
    found = metrics([-0.5, 0.55], 0.10)

    assert (found.pv_outflows, found.pv_inflows) == pytest.approx((0.5, 0.5))
    assert found.mirr == pytest.approx(0.10)
    assert metrics([0.5], 0.10).pv_outflows == 0.0


def test_borrowed_money_has_a_rate_of_its_own() -> None:
    """Without one it costs what returned money earns."""
    flows = [-100.0, -50.0, 200.0]

    assert metrics(flows, 0.1, 0.2).mirr == pytest.approx((200 / (100 + 50 / 1.2)) ** 0.5 - 1)
    assert metrics(flows, 0.1).mirr == pytest.approx((200 / (100 + 50 / 1.1)) ** 0.5 - 1)
