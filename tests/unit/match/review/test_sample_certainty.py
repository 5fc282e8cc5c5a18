"""How many pairs have to be looked at for which certainty."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.match.review.test_review_sample import measured_world, world
from toolkit.match.review.sample_certainty import certainty_sentence, sample_certainty


def test_it_is_half_the_interval_that_the_answers_then_have() -> None:
    """Over twenty worlds, on average, to a third."""
    found = [(measured_world(one), sample_certainty(one.matching, 150)) for one in map(world, range(20))]

    for name in ("precision", "recall"):
        intervals = [getattr(one, f"{name}_interval") for one, _ in found]
        widths = np.mean([high - low for low, high in intervals]) / 2
        assert np.mean([getattr(own, f"{name}_margin") for _, own in found]) == pytest.approx(widths, rel=0.33)


def test_more_pairs_make_surer_and_all_pairs_make_sure() -> None:
    """Nothing is left to chance once every pair is answered."""
    one = world(3, count=400)
    margins = [sample_certainty(one.matching, count).margin for count in (25, 50, 100, 200, 400)]

    assert margins == sorted(margins, reverse=True)
    assert margins[-1] == 0
    assert sample_certainty(one.matching, 10_000).count == 400


def test_the_sentence_says_how_many_pairs_tell_how_much() -> None:
    """That of the sample, and what five, three and two points take; nothing where there is nothing to draw."""
    one = world(1)
    said = certainty_sentence(one.matching, 150)
    nothing = replace(one.matching, pairs=one.matching.pairs.slice(0, 0))

    assert said.startswith("Answered in full, the sample of 150 pairs tells the share of right pairs to within ")
    assert "95 times in 100. " in said
    assert "tell both to within 5 points" in said
    assert certainty_sentence(nothing, 150) == ""
