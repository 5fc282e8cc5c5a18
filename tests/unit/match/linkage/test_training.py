"""The model learned without labels: from all pairs of a table, from what is believed beforehand, and from answers."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparisons import all_comparisons
from toolkit.match.linkage.fitting import class_posteriors
from toolkit.match.linkage.monotone import rising_ratios
from toolkit.match.linkage.weights import MATCH, FactModel, MatchModel
from toolkit.match.parties import matched_parties

HEADS = ("Arbel", "Corvin", "Danley", "Farholt", "Garmin", "Hollis", "Jarrow", "Kelmor", "Linton", "Morvale")
TRADES = ("Roofing", "Dental", "Foods", "Marine", "Optics", "Textiles")
NAMES = [f"{head}{other.lower()} {TRADES[(i + j) % 6]}" for i, head in enumerate(HEADS) for j, other in enumerate(HEADS)]


def firms(count: int, *, city: str | None = None, repeats: int = 0) -> pa.Table:
    """Return different firms, each with a telephone of its own, of which the first ``repeats`` are listed twice."""
    numbers = [*range(count), *range(repeats)]
    columns = {
        "record_key": [f"crm/c/{place:03}" for place in range(len(numbers))],
        "system": ["crm"] * len(numbers),
        "name": [NAMES[number] if place < count else f"{NAMES[number]} Ltd." for place, number in enumerate(numbers)],
        "phone": [f"312 555 {1000 + 37 * number}" for number in numbers],
    }
    return pa.table(columns if city is None else {**columns, "city": [city] * len(numbers)})


def fact(model: MatchModel, label: str) -> FactModel:
    """Return what the model of companies knows of a fact."""
    [found] = [one for one in model.facts if one.label == label]
    return found


def test_what_all_records_share_is_no_evidence() -> None:
    """In a list of one town's firms the town says nothing; unrelated pairs are counted among all pairs of the table."""
    in_one_town = fact(matched_parties(firms(60, city="Leeds", repeats=10)).model, "location")
    town = in_one_town.levels.index("same town or region, street unknown") + 1

    assert in_one_town.bits[town] < 0.5


def test_a_small_table_is_decided_by_what_is_believed_beforehand() -> None:
    """Six records teach nothing: what they say of telephones among matches is as believed."""
    learned = fact(matched_parties(firms(6)).model, "phone").shares[MATCH]
    [believed] = [one.priors()[MATCH] for one in all_comparisons() if one.name == "phone"]

    assert learned == pytest.approx(believed, abs=0.02)


def test_a_larger_table_teaches_how_often_matches_agree() -> None:
    """Eighty firms listed twice, always with the same telephone: agreement is more frequent than believed."""
    learned = fact(matched_parties(firms(90, repeats=80)).model, "phone").shares[MATCH, -1]
    [believed] = [one.priors()[MATCH, -1] for one in all_comparisons() if one.name == "phone"]

    assert learned > believed + 0.1


def test_equal_records_teach_that_the_table_repeats_itself() -> None:
    """Records that are equal are not compared with each other, and are matches all the same."""
    single, twice = firms(40), firms(40)
    again = twice.set_column(0, "record_key", pa.array([f"old/c/{number:03}" for number in range(40)]))

    alone, together = (matched_parties(one).model.parts[0] for one in (single, pa.concat_tables([single, again])))

    assert together.class_shares[MATCH] * together.pairs_count > alone.class_shares[MATCH] * alone.pairs_count + 20


def test_the_same_table_teaches_the_same() -> None:
    """To the last digit, whatever the order of rows."""
    table = firms(50, city="Leeds", repeats=20)
    other = table.take(np.random.default_rng(1).permutation(table.num_rows))

    assert matched_parties(table).model.as_json() == matched_parties(other).model.as_json()


def test_probabilities_of_the_four_sorts_add_up_to_one() -> None:
    """A pattern in which all is missing is as likely a match as any pair."""
    shares = [np.array([[0.1, 0.9], [0.5, 0.5], [0.5, 0.5], [0.99, 0.01]])]
    classes = np.array([0.1, 0.1, 0.1, 0.7])

    found = class_posteriors(np.array([[0], [1], [2]], dtype=np.uint8), shares, classes)

    assert found.sum(axis=1) == pytest.approx(1)
    assert found[0] == pytest.approx(classes)
    assert found[1, MATCH] < found[0, MATCH] < found[2, MATCH]


def test_weights_never_fall_as_agreement_grows() -> None:
    """Levels that by chance are out of order share one weight; those in order keep their own."""
    assert rising_ratios(np.array([0.2, 0.3, 0.5]), np.array([0.8, 0.1, 0.1])) == pytest.approx([0.25, 3, 5])
    assert rising_ratios(np.array([0.2, 0.5, 0.3]), np.array([0.8, 0.1, 0.1])) == pytest.approx([0.25, 4, 4])
