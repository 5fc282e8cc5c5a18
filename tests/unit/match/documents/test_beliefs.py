"""What is believed of documents before any data is seen: a change here is a change of every weight."""

import numpy as np
import pytest

from toolkit.match.documents import evidence
from toolkit.match.documents.chance import ChanceBits
from toolkit.match.documents.evidence import FACTS, DocumentFact
from toolkit.match.documents.model import DocumentFactModel

BELIEVED = {
    # How much rarer the low levels are among counterparts than by chance, and how the levels above share the rest.
    "party": ((1 / 128, 0.07, 0.25, 0.5), (1.0,)),
    "party's name": ((1 / 128,), (0.4, 0.6)),
    "number": ((1 / 1024, 1 / 128), (0.1, 0.3, 0.6)),
    "amount": ((1 / 16, 1.0, 2.0), (0.01, 0.01, 0.01, 0.02, 0.05, 0.05, 0.85)),
    "words": ((0.5, 1.0), (0.4, 0.6)),
    "currency": ((1 / 128,), (1.0,)),
}


def test_each_fact_has_its_beliefs() -> None:
    """In the order of the columns of evidence."""
    assert {fact.label: (fact.ratios, fact.tops) for fact in FACTS} == BELIEVED
    assert [fact.label for fact in FACTS] == list(BELIEVED)
    places = (evidence.PARTY, evidence.PARTY_NAME, evidence.NUMBER, evidence.AMOUNT, evidence.WORDS, evidence.CURRENCY)
    assert places == (0, 1, 2, 3, 4, 5)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.label)
def test_every_level_has_a_belief_and_the_upper_ones_share_all_that_is_left(fact: DocumentFact) -> None:
    """Worst first."""
    assert len(fact.levels) == len(fact.ratios) + len(fact.tops)
    assert sum(fact.tops) == pytest.approx(1)


def test_levels_are_numbered_in_the_order_of_their_words() -> None:
    """One is the worst of each fact; nought is missing."""
    parties = (
        evidence.OTHER_PARTY, evidence.OTHER_TITLED, evidence.UNKNOWN_PARTY, evidence.LIKE_PARTY, evidence.SAME_PARTY
    )  # fmt: skip
    words = (evidence.OTHER_WORDS, evidence.SOME_WORDS, evidence.MOST_WORDS, evidence.SAME_WORDS)

    assert parties == (1, 2, 3, 4, 5)
    assert words == (1, 2, 3, 4)
    assert (evidence.ANOTHER_NAME, evidence.NAMED_IN_PART, evidence.NAMED_ALIKE) == (1, 2, 3)
    assert (evidence.OTHER_CURRENCY, evidence.SAME_CURRENCY) == (1, 2)


def test_a_low_level_weighs_by_its_ratio_and_a_high_one_by_how_common_its_value_is() -> None:
    """Of the pairs that agree in a value it counts how often that value meets by chance."""
    fact = DocumentFact("x", ("a", "b", "c"), (0.25,), (0.5, 0.5))
    model = DocumentFactModel(fact, np.array([0.1, 0.4, 0.5]), np.array([0.4, 1.0, 1.0]), np.array([0.1, 0.4, 0.5]))

    found = model.bits(np.array([0, 1, 2, 3]), ChanceBits(np.array([2, 3], dtype=np.int32), np.array([9.0, 3.0])))

    assert found == pytest.approx([0, -2, np.log2(0.4) + 9, np.log2(0.5) + 3])
