"""From evidence to probabilities."""

import math

import pytest

from toolkit.reconcile.arrivals.evidence import MEASURES, Evidence, kept, sentence
from toolkit.reconcile.arrivals.model import KINDS, Weights, learned_weights, probabilities, spoken, trust

_ONE = Weights({"found": [[0, 0, 0, 3], [0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, -3]]})


def test_the_weights_that_travel_have_a_level_for_each_measure() -> None:
    """Each level has a weight for each kind, and none is no number."""
    weights = learned_weights()

    assert {one.name: len(one.cuts) + 1 for one in MEASURES} == {name: len(rows) for name, rows in weights.levels.items()}
    assert all(len(row) == len(KINDS) and all(map(math.isfinite, row)) for rows in weights.levels.values() for row in rows)
    assert weights.cooling >= 1
    assert 0 < weights.evenly < 0.1


def test_probabilities_are_the_softmax_of_the_weights() -> None:
    """One piece of evidence of very many items, by hand."""
    found = probabilities([Evidence("found", 0.0, 10**9)], _ONE)

    assert found["not_at_all"] == pytest.approx(math.exp(3) / (math.exp(3) + 3), rel=1e-6)
    assert sum(found.values()) == pytest.approx(1)


def test_few_items_tell_less_than_many() -> None:
    """The same share of three items and of three thousand."""
    few, many = (probabilities([Evidence("found", 0.0, n)], _ONE)["not_at_all"] for n in (3, 3000))

    assert 0.25 < few < many


def test_no_kind_is_ever_excluded() -> None:
    """Whatever the evidence says, each keeps its part of what is spread evenly."""
    sure = Weights({"found": [[900, 0, 0, 0]] * 4}, evenly=0.02)

    found = probabilities([Evidence("found", 1.0, 10**6)], sure)

    assert min(found.values()) == pytest.approx(0.005)
    assert all(map(math.isfinite, found.values()))


def test_what_evidence_adds_sums_to_nothing() -> None:
    """It is told against the mean of all kinds."""
    assert sum(spoken(Evidence("found", 0.0, 8), _ONE).values()) == pytest.approx(0)
    assert spoken(Evidence("found", 0.0, 8), _ONE)["not_at_all"] == pytest.approx(trust(8) * (3 - 0.75))


def test_evidence_of_too_few_items_is_none() -> None:
    """No slip in five items says nothing of slips."""
    assert [one.name for one in kept({"typing_errors": (0.0, 5), "same_day": (1.0, 5)})] == ["same_day"]


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0 % of"), (0.001, "Less than 1 % of"), (0.999, "More than 99 % of"), (1.0, "100 % of")]
)
def test_nearly_all_is_not_called_all(value: float, words: str) -> None:
    """Rounding must not turn one exception into none."""
    assert sentence(Evidence("same_names", value, 2000)).startswith(words)
