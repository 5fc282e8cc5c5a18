"""The screening checklist: eight signs, a score from 0 to 8, and what nobody knows apart from no."""

import pytest

from toolkit.landscape.screening import ITEMS, screening

SAID = dict.fromkeys([name for name in ITEMS if name != "hours_of_entry_per_week"], "yes")


def test_the_same_answers_give_the_same_score() -> None:
    """All eight signs are eight, none is zero."""
    no = dict.fromkeys(SAID, "no")

    assert screening(SAID, hours_per_week=12).score == 8
    assert screening(no, hours_per_week=0).score == 0
    assert screening(SAID, hours_per_week=12) == screening(SAID, hours_per_week=12)


@pytest.mark.parametrize(("hours", "score"), [(4.9, 0), (5.0, 1), (8.0, 1)])
def test_five_hours_a_week_are_a_sign(hours: float, score: int) -> None:
    """A client may draw the line elsewhere."""
    assert screening({}, hours_per_week=hours).score == score
    assert screening({}, hours_per_week=hours, threshold_hours=hours + 1).score == 0


def test_what_nobody_has_said_is_not_a_no() -> None:
    """The score says how many signs are open."""
    found = screening({"invoices_delayed": "no", "copied_between_screens": None})

    assert found.score == 0
    assert len(found.unknown) == 7


def test_what_is_listed_or_measured_outweighs_what_was_said() -> None:
    """Somebody says nothing is copied, and a handoff is carried so."""
    [sign] = [
        one
        for one in screening({"copied_between_screens": "no"}, {"copied_between_screens": "carried so: a"}).signs
        if one.item == "copied_between_screens"
    ]

    assert (sign.answer, sign.because) == ("yes", "carried so: a")


@pytest.mark.parametrize("threshold", [0, -1])
def test_a_threshold_that_everything_passes_is_refused(threshold: float) -> None:
    """It would make a sign of nothing."""
    with pytest.raises(ValueError, match="above 0"):
        screening({}, threshold_hours=threshold)
