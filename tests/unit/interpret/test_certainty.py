"""How sure a reading is."""

import pytest

from tests.unit.interpret.columns import column
from toolkit.interpret.assignment import assigned
from toolkit.interpret.certainty import (
    ENTITY_FEATURES,
    FEATURES,
    PROBABLE_FROM,
    SURE_FROM,
    certainty,
    column_features,
    column_probabilities,
    entity_features,
    is_contradicted,
    log_odds,
)
from toolkit.interpret.column_scores import TableEvidence, entity_kinds, semantic_types, table_evidence
from toolkit.interpret.entity_choice import Candidate, candidates
from toolkit.interpret.header_words import header_words
from toolkit.interpret.observed import Observed, observed

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


def evidence_of(header: str, values: Observed) -> TableEvidence:
    """Return what speaks for each meaning in a list of contacts with one more column."""
    people = observed(column("Ada Brackley", "Colm Farrow", "Ines Norbury"))
    return table_evidence(
        header_words(["Contact name", "Phone", header]), [people, observed(column("0113 496 0001")), values]
    )


def probability_of(header: str, values: Observed) -> float:
    """Return how sure the reading of that column is."""
    evidence = evidence_of(header, values)
    ranked = candidates(evidence)
    return column_probabilities(evidence, ranked, assigned(evidence.weights(ranked[0].kind)))[2]


def test_a_plainer_header_and_better_values_make_a_reading_surer() -> None:
    """Each by itself."""
    plain = probability_of("E-mail", MAILS)

    assert probability_of("E-mail Zorblax", MAILS) < plain
    assert probability_of("E-mail", observed(column(None, None, None))) < plain


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
    evidence = evidence_of("E-mail", MAILS)
    ranked = candidates(evidence)
    kinds = entity_kinds()[:2]

    assert column_features(evidence, ranked, assigned(evidence.weights(ranked[0].kind))).shape == (3, len(FEATURES))
    assert len(entity_features([Candidate(kinds[0], 3.0, 0.8), Candidate(kinds[1], 1.0, 0.2)])) == len(ENTITY_FEATURES)
