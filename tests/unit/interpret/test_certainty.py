"""How sure a reading is."""

import pytest

from tests.unit.interpret.columns import column
from toolkit.interpret.certainty import (
    ENTITY_FEATURES,
    FEATURES,
    PROBABLE_FROM,
    SURE_FROM,
    certainty,
    column_probability,
    entity_features,
    features,
    is_contradicted,
    log_odds,
)
from toolkit.interpret.column_scores import ColumnScore, entity_kinds, semantic_types
from toolkit.interpret.entity_choice import Candidate
from toolkit.interpret.observed import observed

MAILS = observed(column("a@x.example", "b@x.example", "c@x.example"))
AMOUNTS = observed(column("12.50", "8.00", "9.75"))
DAYS = observed(column("2026-03-01", "2026-03-04", "2026-03-09"))
KINDS = {kind.meaning: kind for kind in semantic_types()}


def test_what_is_done_with_a_reading_follows_from_its_probability() -> None:
    """The limits belong to the better side."""
    assert certainty(SURE_FROM) == "sure"
    assert certainty(SURE_FROM - 0.001) == certainty(PROBABLE_FROM) == "probable"
    assert certainty(PROBABLE_FROM - 0.001) == "doubtful"


def test_certain_and_impossible_shares_have_odds_too() -> None:
    """They are held a little off the ends."""
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0))
    assert log_odds(1.0) > 10


def test_a_plainer_header_and_better_values_make_a_reading_surer() -> None:
    """Each by itself."""
    weak = column_probability(ColumnScore("email", 1.0, 0.0, -2.0, "email"), MAILS, 0.9, 0.9)
    plain = column_probability(ColumnScore("email", 6.5, 0.0, -2.0, "email"), MAILS, 0.9, 0.9)
    fitting = column_probability(ColumnScore("email", 6.5, 2.0, -2.0, "email"), MAILS, 0.9, 0.9)

    assert 0 < weak < plain < fitting < 1


@pytest.mark.parametrize(
    ("meaning", "seen", "expected"),
    [
        ("email", MAILS, False),
        ("email", AMOUNTS, True),
        ("amount_gross", DAYS, True),
        ("issued_on", AMOUNTS, True),
        ("issued_on", DAYS, False),
        ("party_name", DAYS, True),
        ("note", MAILS, False),
        ("email", observed(column("12.50")), False),
        ("email", observed(column(None, None)), False),
    ],
)
def test_values_of_another_kind_contradict_a_reading(meaning: str, seen: object, expected: object) -> None:
    """One or two values prove nothing."""
    assert is_contradicted(KINDS[meaning], seen) is expected  # type: ignore[arg-type]


def test_features_stand_in_the_order_of_their_names() -> None:
    """The benchmark fits one coefficient to each."""
    score = ColumnScore("none", 0.0, 0.0, 0.9, "")
    kinds = entity_kinds()[:2]

    assert len(features(score, MAILS, 0.5, 0.5)) == len(FEATURES)
    assert len(entity_features([Candidate(kinds[0], 3.0, 0.8), Candidate(kinds[1], 1.0, 0.2)])) == len(ENTITY_FEATURES)
