"""The five usual causes of failure, scored from what was seen."""

import pytest

from toolkit.errors import InputError
from toolkit.scoping.risks import RISKS, Signal, risk_register


def test_all_five_are_there_whatever_is_known() -> None:
    """What nobody knows has no score, and is no good sign."""
    found = risk_register({})

    assert {one.risk_id for one in found} == set(RISKS)
    assert {(one.score, one.level) for one in found} == {(None, "not known")}


@pytest.mark.parametrize(("share", "level"), [(0.0, "low"), (0.19, "low"), (0.2, "medium"), (0.5, "high"), (1.0, "high")])
def test_a_score_follows_its_signals(share: float, level: str) -> None:
    """When what was seen changes, so does the score."""
    [first, *_] = risk_register({"hidden_cost": [Signal(share, "seen")]})

    assert (first.risk_id, first.score, first.level) == ("hidden_cost", 100 * share, level)


def test_what_is_not_known_does_not_move_a_score() -> None:
    """It is named beside what is."""
    [first, *_] = risk_register({"poor_data": [Signal(0.4, "one"), Signal(0.8, "two"), Signal(None, "three")]})

    assert first.score == pytest.approx(60)
    assert first.seen == ("one", "two", "three")


def test_the_highest_stands_first() -> None:
    """Whoever reads one line reads the right one."""
    found = risk_register({"poor_data": [Signal(0.1, "a")], "skills_gap": [Signal(0.9, "b")]})

    assert [one.risk_id for one in found[:2]] == ["skills_gap", "poor_data"]


@pytest.mark.parametrize("share", [-0.1, float("nan"), float("inf")])
def test_a_share_that_cannot_be_is_refused(share: float) -> None:
    """Below zero, or no number."""
    with pytest.raises(InputError, match="signal of 'poor_data'"):
        risk_register({"poor_data": [Signal(share, "x")]})
