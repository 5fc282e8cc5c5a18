"""How frequent neighbours may be: where all records stand in one street, the street tells nothing of any two."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.match.linkage.class_shares import first_class_shares, new_class_shares
from toolkit.match.linkage.weights import AKIN, BY_PLACE, MATCH, MOVED

GIVEN = ["Ida", "Jon", "Eva", "Per", "Ana", "Max", "Lea", "Tom", "Kai", "Mia"]
FAMILY = ["Vance", "Holm", "Sorel", "Quint", "Marsh", "Tully"]


@pytest.mark.parametrize(("expected", "is_most"), [(300.0, True), (900.0, True), (50.0, False)])
def test_a_record_has_five_neighbours_at_most(expected: float, *, is_most: bool) -> None:
    """Of sixty-one records, 305 of the 1,830 pairs in all; what lies below is what was seen."""
    seen = np.zeros(6)
    seen[[BY_PLACE, AKIN]] = expected, expected / 3

    shares = new_class_shares(seen, 61, 1_830.0)

    together = shares[[BY_PLACE, AKIN]].sum()
    assert together == pytest.approx(305 / 1_830) if is_most else together < 0.1
    assert shares.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("matches", "is_of_persons", "share"),
    [(2_000.0, False, 0.096), (2_000.0, True, 0.0967), (300_000.0, False, 0.0194), (300_000.0, True, 0.1)],
)
def test_chains_of_a_large_table_teach_few_moves(matches: float, *, is_of_persons: bool, share: float) -> None:
    """A tenth of the matches looks moved: of companies that is believed the less, the larger the table."""
    seen, pairs = np.zeros(6), 1e12
    seen[[MATCH, MOVED]] = 0.9 * matches, 0.1 * matches

    shares = new_class_shares(seen, 1_500_000, pairs, is_of_persons=is_of_persons)

    assert shares[MOVED] / shares[[MATCH, MOVED]].sum() == pytest.approx(share, rel=0.005)


def test_a_table_without_records_has_all_classes() -> None:
    """Nothing to learn from leaves what is believed."""
    assert (new_class_shares(np.zeros(6), 0, 1.0) > 0).all()
    assert (first_class_shares(0, 1.0) > 0).all()


def test_sixty_persons_of_one_street_are_not_each_others_relations() -> None:
    """They live next door to each other, and have neither name nor number in common."""
    people = pa.table(
        {
            "Contact ID": [f"P{place}" for place in range(60)],
            "First Name": [GIVEN[place % 10] for place in range(60)],
            "Surname": [f"{FAMILY[place // 10]}{'aeiouy'[place % 6]}" for place in range(60)],
            "Email": [f"{GIVEN[place % 10].lower()}{place}@mail{place}.example" for place in range(60)],
            "Phone": [f"07700 900{100 + place}" for place in range(60)],
            "Street": [f"{10 + place} Elm Street" for place in range(60)],
            "City": ["Leeds"] * 60,
            "Date of birth": [f"{1940 + place}-{1 + place % 12:02}-{10 + place % 18}" for place in range(60)],
        }
    )

    found = matched_tables({"people": people})

    assert (found.pairs.num_rows, found.review_count) == (0, 0)
    assert found.related.num_rows <= 20
