"""What a table of variants may not teach, and what weak facts may not say."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import colour, company, measure, product_code, text, title
from toolkit.match.linkage.held_shares import held_bits, held_class_shares, held_titles, held_variants
from toolkit.match.linkage.weights import BY_NAME, MATCH, UNRELATED
from toolkit.match.records.profiles import profiles_of


def taught(comparison: Comparison, match: list[float]) -> np.ndarray:
    """Return the shares believed beforehand, but for what a table teaches of matches."""
    shares = comparison.priors()
    shares[MATCH] = np.array(match) / sum(match)
    return shares


def test_variants_never_teach_that_one_thing_differs() -> None:
    """Nine in ten pairs of a table of shoes differ in colour; of the same shoe no more than believed do."""
    held = held_variants(colour.COMPARISON, taught(colour.COMPARISON, [90, 0, 10]))

    assert held[MATCH, 0] == pytest.approx(colour.COMPARISON.priors()[MATCH, 0])
    assert held.sum(axis=1) == pytest.approx(np.ones(4))


def test_a_table_may_teach_that_one_thing_differs_less_often() -> None:
    """What is believed is a bound, no floor."""
    held = held_variants(colour.COMPARISON, taught(colour.COMPARISON, [1, 1, 98]))

    assert held[MATCH].tolist() == pytest.approx([0.01, 0.01, 0.98])


def test_variants_agree_as_the_thing_itself_does_where_they_do_not_differ() -> None:
    """How often titles tell a size at all is a matter of the table."""
    comparison = measure.COMPARISON
    held = held_variants(comparison, taught(comparison, [1, 1, 8, 80, 8, 2]))
    differs = comparison.priors()[MATCH] < comparison.priors()[BY_NAME]

    assert differs.tolist() == [True, True, False, False, False, False]
    ratio = held[BY_NAME, ~differs] / held[MATCH, ~differs]
    assert ratio == pytest.approx(np.full(4, ratio[0]))
    assert held[BY_NAME, differs].sum() == pytest.approx(comparison.priors()[BY_NAME, differs].sum())


def test_codes_of_variants_stay_as_believed_where_they_agree() -> None:
    """Hardly any two variants bear one code, whatever the table."""
    comparison = product_code.COMPARISON
    held = held_variants(comparison, taught(comparison, [1, 1, 8, 10, 30, 50]))

    assert held[BY_NAME, -1] == pytest.approx(comparison.priors()[BY_NAME, -1])


def test_titles_of_variants_are_more_alike_than_two_of_one_thing() -> None:
    """One hand wrote them."""
    comparison = title.COMPARISON
    held = held_titles(comparison, comparison.priors())

    ratios = held[BY_NAME] / held[MATCH]
    assert ratios[0] < 1 < ratios[-1]
    assert held[BY_NAME].sum() == pytest.approx(1)


@pytest.mark.parametrize(("level", "most"), [(0, -0.6), (4, 8)])
def test_a_weak_text_says_no_more_than_it_may(level: int, most: float) -> None:
    """Neither against a match nor for it, though a table seems to teach it."""
    shares = text.COMPARISON.priors()
    shares[MATCH, level], shares[UNRELATED, level] = (0.001, 0.9) if level == 0 else (0.9, 0.0001)

    held = held_bits(text.COMPARISON, shares)

    assert np.log2(held[MATCH, level] / held[UNRELATED, level]) == pytest.approx(most)


@pytest.mark.parametrize("hold", [held_variants, held_titles, held_bits])
def test_companies_are_learned_freely(hold) -> None:  # noqa: ANN001 - each of the three
    """Only things have variants."""
    shares = company.COMPARISON.priors()

    assert hold(company.COMPARISON, shares) is shares


def test_there_are_no_more_variants_than_matches_among_things() -> None:
    """Else they take in whatever has a title in common; branches of companies may be as many as they are."""
    keys = {"record_key": pa.array(["a", "b"]), "system": pa.array(["x", "x"])}
    things = profiles_of(pa.table({**keys, "t": ["Lamp, red", "Lamp, blue"]}), {"t": "title"})
    firms = profiles_of(pa.table({**keys, "c": ["Acme Ltd", "Zorro Ltd"]}), {"c": "company"})
    shares = np.array([0.01, 0.001, 0.2, 0.789])

    assert held_class_shares(things, shares).tolist() == pytest.approx([0.01, 0.001, 0.01, 0.979])
    assert held_class_shares(firms, shares) is shares
