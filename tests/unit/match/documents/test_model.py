"""How likely a pair is when a document has one counterpart at most, and what the model learns of disagreement."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from toolkit.match.documents.matching import matched_documents
from toolkit.match.documents.model import one_to_one_probability

Floats = np.ndarray


def _probability_by_enumeration(odds: Floats) -> Floats:
    """Independent oracle: the share of each pair in all one-to-one choices, weighted by the product of their odds."""
    count_l, count_r = odds.shape
    total, by_pair = 0.0, np.zeros_like(odds)
    for choice in product(range(-1, count_r), repeat=count_l):
        taken = [one for one in choice if one >= 0]
        if len(set(taken)) < len(taken):
            continue
        weight = float(np.prod([odds[row, one] for row, one in enumerate(choice) if one >= 0]))
        total += weight
        for row, one in enumerate(choice):
            if one >= 0:
                by_pair[row, one] += weight
    return np.asarray(by_pair / total)


@pytest.mark.parametrize("seed", range(5))
def test_without_circles_the_probability_is_that_of_all_choices(seed: int) -> None:
    """Three documents in a chain: the messages give what counting every choice gives."""
    bits = np.random.default_rng(seed).uniform(-3, 6, 5)
    rows_l, rows_r = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 2, 2])
    odds = np.zeros((3, 3))
    odds[rows_l, rows_r] = np.exp2(bits)

    found = one_to_one_probability(rows_l, rows_r, bits, 3, 3)

    assert found == pytest.approx(_probability_by_enumeration(odds)[rows_l, rows_r], abs=0.01)


def test_a_document_has_one_counterpart_at_most() -> None:
    """However many fit, the probabilities of a document's counterparts do not exceed one."""
    rows_l, rows_r = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 2, 0, 1, 2])

    found = one_to_one_probability(rows_l, rows_r, np.full(6, 12.0), 2, 3)

    assert np.bincount(rows_l, weights=found).tolist() == pytest.approx([1.0, 1.0], abs=0.02)


def test_disagreement_is_never_learned_away(side: Any) -> None:
    """A hundred perfect pairs do not teach that counterparts always agree: who disagrees is just not recognised."""
    rows = [{"party": f"c{one}", "amount_minor": 30_011 + 977 * one, "at": one} for one in range(100)]

    model = matched_documents(side("i", rows), side("p", rows)).model

    for fact in model.facts:
        low = len(fact.fact.ratios)
        assert (fact.m[:low] >= 0.8 * fact.believed[:low]).all()


def test_agreement_never_weighs_less_than_disagreement(side: Any) -> None:
    """In every fact the weight rises with the level."""
    rows = [{"party": f"c{one % 9}", "amount_minor": 30_000 + 100 * (one % 20), "at": one} for one in range(120)]

    found = matched_documents(side("i", rows), side("p", rows))

    for number, fact in enumerate(found.model.facts):
        low = len(fact.fact.ratios)
        ratios = np.log2(fact.m[:low] / fact.u[:low])
        assert (np.diff(ratios) >= -1e-9).all(), fact.fact.label
        tops = found.seen.levels[:, number] > low
        if tops.any() and low:
            assert found.model.fact_bits(found.seen)[tops, number].mean() >= ratios[-1]
