"""What a table teaches, in figures: a change here is a change of every weight that a client reads."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import all_comparisons
from toolkit.match.linkage import training
from toolkit.match.parties import Matching, matched_parties

FIRST = ("Jane", "Carl", "Maria", "Tom", "Ana", "Hugo", "Ines", "Paul")
LAST = ("Roe", "Voss", "Delmar", "Quinn")
HEADS = ("Arbel", "Corvin", "Danley", "Farholt", "Garmin", "Hollis", "Jarrow", "Kelmor")
TRADES = ("Roofing", "Dental", "Foods", "Marine")


def records() -> pa.Table:
    """Return firms and persons of two systems: some twice, some of one name elsewhere, some neighbours, some equal."""
    firms = [
        (f"{head} {trade}", None, None, f"312 555 {1000 + 37 * (4 * i + j)}", f"{10 + i} Oak St", "Leeds" if j else "York")
        for i, head in enumerate(HEADS) for j, trade in enumerate(TRADES)
    ]  # fmt: skip
    slips = [(f"{name.replace('r', 'rr', 1)} Ltd", given, family, phone, street, city)
             for name, given, family, phone, street, city in firms[::3]]  # fmt: skip
    namesakes = [(name, given, family, f"773 201 {2000 + 41 * place}", f"{90 + place} Elm Ave", "Hull")
                 for place, (name, given, family, *_) in enumerate(firms[:6])]  # fmt: skip
    persons = [
        (None, given, family, f"415 201 {1000 + 53 * (4 * i + j)}", f"{i + 1} Hill Rd", "Bath")
        for i, given in enumerate(FIRST) for j, family in enumerate(LAST)
    ]  # fmt: skip
    movers = [(name, given, family, phone, "7 New Rd", "Deal") for name, given, family, phone, *_ in persons[::4]]
    rows = [*firms, *slips, *namesakes, *firms[:3], *persons, *movers, *persons[5:8]]
    kinds = ["company"] * (len(firms) + len(slips) + len(namesakes) + 3) + ["person"] * (
        len(rows) - len(firms) - len(slips) - 9
    )
    columns = dict(
        zip(("name", "given_name", "family_name", "phone", "street", "city"), zip(*rows, strict=True), strict=True)
    )
    return pa.table(
        {
            "record_key": [f"{'crm' if place % 2 else 'ledger'}/c/{place:03}" for place in range(len(rows))],
            "system": ["crm" if place % 2 else "ledger" for place in range(len(rows))],
            "kind": kinds,
            **{name: pa.array(cells, pa.string()) for name, cells in columns.items()},
        }
    )


@pytest.fixture(name="taught", scope="module")
def _taught() -> Matching:
    return matched_parties(records())


COMPANIES = {
    "company name": [0, -8.964, -4.062, -0.678, -0.041, -0.041, 8.772, 8.772, 8.772, 8.772, 8.772, 8.772],
    "location": [0, -3.482, -0.861, -0.861, -0.861, -0.861, -0.861, -0.861, 12.017, 12.017, 13.536, 14.357],
    "person's name": [0, -7.928, -1.032, -1.032, 3.322, 4.676, 4.676, 7.924, 8.731, 10.731],
    "phone": [0, -2.295, -2.295, 10.477, 15.185],
}
PERSONS = {
    "company name": [0, -8.892, -1.222, 1.907, 2.322, 3.0, 3.737, 4.907, 5.322, 6.714, 8.966, 11.551],
    "location": [0, -1.133, -1.133, -1.133, -1.133, -1.133, -1.133, -1.133, 10.827, 10.827, 10.827, 10.827],
    "person's name": [0, -7.818, -4.73, -4.73, 8.075, 9.428, 9.428, 12.677, 13.484, 15.946],
    "phone": [0, -2.264, -2.264, 10.073, 14.653],
}


@pytest.mark.parametrize(
    ("part", "shares", "bits"),
    [
        (0, [0.018892, 0.109599, 0.009087, 0.862422], COMPANIES),
        (1, [0.020846, 0.152652, 0.003229, 0.823273], PERSONS),
    ],
)
def test_a_table_teaches_these_weights(
    taught: Matching, part: int, shares: list[float], bits: dict[str, list[float]]
) -> None:
    """In bits, for each grade from missing to full agreement; and how frequent each sort of pair is."""
    model = taught.model.parts[part]

    assert model.class_shares == pytest.approx(shares, abs=2e-6)
    assert {fact.label: fact.bits.tolist() for fact in model.facts} == {
        label: pytest.approx(row, abs=2e-3) for label, row in bits.items()
    }


@pytest.mark.parametrize(
    ("key_l", "key_r", "weight", "decision"),
    [
        ("crm/c/049", "ledger/c/000", 8.1553, "same"),
        ("crm/c/049", "ledger/c/032", 6.0744, "same"),
        ("crm/c/001", "ledger/c/050", 4.9315, "same"),
        ("crm/c/003", "crm/c/033", 4.5031, "same"),
        ("crm/c/085", "ledger/c/056", -0.9026, "review"),
        ("crm/c/001", "ledger/c/044", -4.3851, "related"),
        ("crm/c/033", "ledger/c/046", -4.6306, "related"),
        ("crm/c/001", "crm/c/003", -7.3874, "related"),
        ("crm/c/001", "crm/c/033", -7.402, "related"),
        ("crm/c/033", "ledger/c/032", -8.6214, "related"),
        ("crm/c/001", "ledger/c/032", -8.6216, "related"),
        ("crm/c/053", "crm/c/055", -10.5321, "related"),
        ("crm/c/085", "crm/c/087", -10.8611, "related"),
    ],
)
def test_pairs_of_that_table_weigh_so_much(taught: Matching, key_l: str, key_r: str, weight: float, decision: str) -> None:
    """Doubles, who has moved, namesakes, neighbours: each with how rare its values are."""
    [row] = [one for one in taught.pairs.to_pylist() if (one["key_l"], one["key_r"]) == (key_l, key_r)]

    assert row["match_weight"] == pytest.approx(weight, abs=2e-3)
    assert row["decision"] == decision


@pytest.mark.parametrize(
    ("count", "pairs", "expected"),
    [
        # Three parties in ten have a double at first, and one in ten a neighbour and a namesake; never above the caps.
        (1000, 499_500, (300 / 499_500, 100 / 499_500, 100 / 499_500)),
        (10, 45, (3 / 45, 1 / 45, 1 / 45)),
        (2, 1, (0.3, 0.05, 0.05)),
        (0, 1, (0.3, 0.05, 0.05)),
        (1, 2, (0.3, 0.05, 0.05)),
        (1, 8, (0.075, 0.025, 0.025)),
    ],
)
def test_so_many_pairs_of_each_sort_are_believed_in_at_first(
    count: int, pairs: float, expected: tuple[float, float, float]
) -> None:
    """Shares of all pairs; the rest is unrelated."""
    found = training._first_class_shares(count, pairs)

    assert found == pytest.approx([*expected, 1 - sum(expected)])


@pytest.mark.parametrize(
    ("expected", "count", "pairs", "shares"),
    [
        # Of 1,000 parties what is believed counts for a fiftieth of itself; of twenty and fewer in full.
        ((600, 30, 40), 1000, 499_500.0, ((600 + 6.001) / 499_501, (30 + 2.001) / 499_501, (40 + 2.001) / 499_501)),
        ((4, 1, 1), 20, 190.0, ((4 + 6.001) / 191, (1 + 2.001) / 191, (1 + 2.001) / 191)),
        ((4, 1, 1), 21, 210.0, tuple((n + 20 / 21 * p + 0.001) / 211 for n, p in ((4, 6.3), (1, 2.1), (1, 2.1)))),
        # Neighbours are one in a hundred of the matches at least, namesakes one in two hundred.
        ((9000, 0, 0), 1000, 499_500.0, tuple(9006.001 / 499_501 * least for least in (1, 0.01, 0.005))),
        # No sort is more than three pairs in ten.
        ((150, 0, 150), 20, 190.0, (0.3, (2.001) / 191 * 1.0, 0.3)),
    ],
)
def test_so_many_pairs_of_each_sort_are_believed_in_after_a_look(
    expected: tuple[float, ...], count: int, pairs: float, shares: tuple[float, ...]
) -> None:
    """What was found and what was believed, as shares of all pairs."""
    least = max(shares[1], shares[0] * 0.01)
    found = training._new_class_shares(np.array(expected, dtype=np.float64), count, pairs)

    assert found == pytest.approx([shares[0], least, shares[2], 1 - shares[0] - least - shares[2]], rel=1e-9)


def comparison(name: str) -> Comparison:
    """Return a comparison by its name."""
    [found] = [one for one in all_comparisons() if one.name == name]
    return found


def of_two_grades() -> Comparison:
    """Return a category that is the same or another."""
    shares = {"m": (0.3, 0.7), "by_place": (0.6, 0.4), "by_name": (0.6, 0.4), "u": (0.8, 0.2)}
    return replace(comparison("category"), levels=("different", "same"), **shares)


def test_shares_are_what_was_seen_and_what_was_believed() -> None:
    """A category of two grades: 100 matches, 10 neighbours, 20 namesakes, and a thousand pairs in all."""
    levels = np.array([0, 1, 2], dtype=np.uint8)
    expected = np.array([[5, 5, 5], [10, 6, 12], [90, 4, 8]], dtype=np.float64)

    match, by_place, by_name, unrelated = training._new_shares(
        levels, expected, of_two_grades(), np.array([700.0, 300.0]), 20_000.0
    )

    # Strength of belief: 40, 60, 60 and 20 pairs.
    assert match == pytest.approx(np.array([10 + 40 * 0.3, 90 + 40 * 0.7]) / 140)
    assert by_place == pytest.approx(np.array([6 + 60 * 0.6, 4 + 60 * 0.4]) / 70)
    assert by_name == pytest.approx(np.array([12 + 60 * 0.6, 8 + 60 * 0.4]) / 80)
    assert unrelated == pytest.approx(np.array([700 - 28 + 20 * 0.8, 300 - 102 + 20 * 0.2]) / (672 + 198 + 20))


def test_belief_about_strangers_grows_with_the_table() -> None:
    """Twenty pairs for each twenty thousand, since of a large table only a sample of that size is looked at."""
    none = np.zeros((0, 3))
    shares = [
        training._new_shares(np.zeros(0, dtype=np.uint8), none, of_two_grades(), np.array([90.0, 10.0]), pairs)[3]
        for pairs in (20_000.0, 40_000.0, 10.0)
    ]

    assert shares[0] == pytest.approx(np.array([90 + 16, 10 + 4]) / 120)
    assert shares[1] == pytest.approx(np.array([90 + 32, 10 + 8]) / 140)
    assert shares[2] == pytest.approx(shares[0])


@pytest.mark.parametrize(("matches", "most"), [(0, 1.0), (150, 1.75), (300, 2.5), (3000, 2.5)])
def test_unlike_names_of_one_party_become_usual_only_so_far(matches: float, most: float) -> None:
    """Two and a half times what is believed, once three hundred pairs of known names are seen; never the most unlike."""
    fact = comparison("company name")
    believed = np.array(fact.m)
    expected = np.array([[matches / 2, 0, 0], [matches / 2, 0, 0]])

    found = training._new_shares(np.array([1, 2], dtype=np.uint8), expected, fact, np.full(11, 1e4), 1e5)[0]

    counted = (expected[:, 0] + 40 * believed[:2]) / (matches + 40)
    assert found[0] == pytest.approx(min(counted[0], believed[0]))
    assert found[1] == pytest.approx(min(counted[1], most * believed[1]))


def test_neighbours_are_not_learned_from_what_makes_them_neighbours() -> None:
    """Their names stay as believed, and so do the places of namesakes."""
    levels, expected = np.array([11], dtype=np.uint8), np.array([[0.0, 500.0, 500.0]])

    name = training._new_shares(levels, expected, comparison("company name"), np.full(11, 1e4), 1e5)
    place = training._new_shares(levels, expected, comparison("location"), np.full(11, 1e4), 1e5)

    assert name[1, -1] < 0.01
    assert name[2, -1] > 0.5
    assert place[2, -1] < 0.01


def test_a_part_without_a_record_has_one_pair_of_which_all_is_believed() -> None:
    """Companies alone teach nothing of persons: what is believed, and a thousandth, of one pair and one more."""
    alone = records().filter(pa.compute.equal(records()["kind"], "company"))

    persons = matched_parties(alone).model.parts[1]

    assert persons.pairs_count == 1.0
    assert persons.class_shares == pytest.approx((0.301 / 2, 0.051 / 2, 0.051 / 2, 1 - 0.403 / 2))
