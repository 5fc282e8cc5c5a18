"""What a table teaches, in figures: a change here is a change of every weight that a client reads."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import all_comparisons
from toolkit.match.linkage.beliefs import believed_shares, proves_one_party, taught_shares
from toolkit.match.linkage.class_shares import first_class_shares, new_class_shares
from toolkit.match.linkage.scoring import is_by_chance, spoken_against
from toolkit.match.linkage.weights import AKIN, BY_NAME, BY_PLACE, MATCH, MOVED, UNRELATED, FactModel
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
    "company name": [0, -8.958, -4.054, -0.843, -0.843, 7.726, 7.726, 7.726, 7.726, 7.726, 7.726, 7.726],
    "location": [0, -3.921, -0.888, -0.888, -0.888, -0.888, -0.888, -0.888, 11.227, 11.227, 13.608, 14.435],
    "person's name": [0, -7.928, -2.392, -1.778, 3.322, 4.676, 4.676, 7.937, 8.748, 10.738],
    "phone": [0, -2.31, -2.31, 10.5, 15.208],
}
PERSONS = {
    "company name": [0, -8.895, -1.222, 2.0, 3.0, 3.737, 3.907, 4.907, 5.322, 6.714, 8.966, 11.546],
    "location": [0, -2.962, -1.059, -1.059, -1.059, -1.059, -1.059, -1.059, 12.153, 12.153, 12.153, 12.153],
    "person's name": [0, -7.78, -7.0, -3.033, 8.13, 9.484, 9.484, 12.745, 13.556, 15.959],
    "phone": [0, -2.197, -2.197, 10.164, 14.65],
}


@pytest.mark.parametrize(
    ("part", "shares", "bits"),
    [
        (0, [0.018671, 0.001251, 0.005805, 0.874535, 0.000283, 0.099455], COMPANIES),
        (1, [0.018535, 0.001893, 0.005099, 0.834974, 0.00074, 0.138759], PERSONS),
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
        ("crm/c/049", "ledger/c/000", 8.299, "same"),
        ("crm/c/049", "ledger/c/032", 6.1026, "same"),
        ("crm/c/001", "ledger/c/050", 6.7788, "same"),
        ("crm/c/003", "crm/c/033", 5.2424, "same"),
        ("crm/c/085", "ledger/c/056", -1.5738, "review"),
        ("crm/c/001", "ledger/c/044", -2.9306, "review"),
        ("crm/c/001", "crm/c/003", -8.2375, "related"),
        ("crm/c/001", "crm/c/033", -8.2375, "related"),
        ("crm/c/033", "ledger/c/032", -8.2076, "related"),
        ("crm/c/001", "ledger/c/032", -8.2076, "related"),
        ("crm/c/053", "crm/c/055", -10.4915, "related"),
        ("crm/c/085", "crm/c/087", -12.5717, "related"),
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
        # Three parties in ten have a double at first, one of ten of those after a move; never above the caps.
        (1000, 499_500, [270 / 499_500, 60 / 499_500, 100 / 499_500, 30 / 499_500, 40 / 499_500]),
        (2, 1, [0.27, 0.06, 0.1, 0.03, 0.04]),
        (0, 1, [0.27, 0.06, 0.1, 0.03, 0.04]),
        (1, 8, [0.0675, 0.015, 0.025, 0.0075, 0.01]),
    ],
)
def test_so_many_pairs_of_each_sort_are_believed_in_at_first(count: int, pairs: float, expected: list[float]) -> None:
    """Shares of all pairs: matches, neighbours, namesakes, matches after a move, akin neighbours; the rest is unrelated."""
    found = first_class_shares(count, pairs)

    assert found[[MATCH, BY_PLACE, BY_NAME, MOVED, AKIN]] == pytest.approx(expected)
    assert found.sum() == pytest.approx(1)


def test_what_is_seen_of_many_pairs_outweighs_what_is_believed() -> None:
    """Of 9,000 matches, half of them after a move, and as many namesakes, the belief in one move of ten changes little."""
    expected = np.array([4500.0, 900, 9000, 0, 4500, 900])

    found = new_class_shares(expected, 10_000, 5e7) * 5e7

    assert found[[MATCH, MOVED]] == pytest.approx([4500, 4500], rel=0.02)
    assert found[[BY_PLACE, BY_NAME, AKIN]] == pytest.approx([900, 9000, 900], rel=0.02)


@pytest.mark.parametrize(("is_of_persons", "moves"), [(False, 1.5), (True, 3.0)])
def test_of_few_pairs_the_belief_decides_how_many_have_moved(*, is_of_persons: bool, moves: float) -> None:
    """Three persons of a hundred move, half as many companies; three namesakes of twenty: a belief of a hundred matches."""
    found = new_class_shares(np.array([20.0, 0, 0, 0, 0, 0]), 1000, 499_500.0, is_of_persons=is_of_persons)
    matches = found[MATCH] + found[MOVED]

    assert found[MOVED] / matches == pytest.approx(moves / 120)
    assert found[BY_NAME] / matches == pytest.approx(15 / 120)


def test_no_sort_is_most_of_all_pairs() -> None:
    """However alike all records are, a tenth of all pairs is left to strangers, and no other sort is above three in ten."""
    found = new_class_shares(np.array([150.0, 150, 150, 0, 0, 150]), 20, 190.0)

    assert found[[MATCH, BY_PLACE, BY_NAME, AKIN]].max() <= 0.3
    assert found[UNRELATED] >= 0.1
    assert found.sum() == pytest.approx(1)


def comparison(name: str) -> Comparison:
    """Return a comparison by its name."""
    [found] = [one for one in all_comparisons() if one.name == name]
    return found


def of_two_grades() -> Comparison:
    """Return a category that is the same or another."""
    shares = {"m": (0.3, 0.7), "by_place": (0.6, 0.4), "by_name": (0.6, 0.4), "u": (0.8, 0.2)}
    return replace(comparison("category"), levels=("different", "same"), **shares)


def learned(
    name: str, observed: np.ndarray, total: np.ndarray, pairs: float, proven: np.ndarray | None = None
) -> np.ndarray:
    """Return what a table teaches of a fact of which nothing is known by chance."""
    fact = of_two_grades() if name == "category" else comparison(name)
    unknown = np.append(np.full(len(fact.levels) - 1, np.nan), np.inf)
    proven = np.zeros(len(fact.levels)) if proven is None else proven
    return taught_shares(fact, believed_shares(fact), observed, total, unknown, pairs, np.array([0.3, 0.6]), proven)


def test_shares_are_what_was_seen_and_what_was_believed() -> None:
    """A category of two grades: 100 matches, 10 neighbours, 20 namesakes, and a thousand pairs in all."""
    observed = np.array([[10.0, 90], [6, 4], [12, 8], [28, 102], [0, 0], [0, 0]])

    found = learned("category", observed, np.array([700.0, 300.0]), 20_000.0)

    # Strength of belief: 40, 60, 60 and 20 pairs.
    assert found[MATCH] == pytest.approx(np.array([10 + 40 * 0.3, 90 + 40 * 0.7]) / 140)
    assert found[BY_PLACE] == pytest.approx(np.array([6 + 60 * 0.6, 4 + 60 * 0.4]) / 70)
    assert found[BY_NAME] == pytest.approx(np.array([12 + 60 * 0.6, 8 + 60 * 0.4]) / 80)
    assert found[UNRELATED] == pytest.approx(np.array([700 - 28 + 20 * 0.8, 300 - 102 + 20 * 0.2]) / (672 + 198 + 20))
    assert found[MOVED] == pytest.approx(found[MATCH])


@pytest.mark.parametrize(("families", "strength"), [(0.0, 40.0), (200.0, 240.0)])
def test_father_and_son_teach_little_of_slips_in_births(families: float, strength: float) -> None:
    """Ten of a hundred matches have births a generation apart: the more families there may be, the less that is believed."""
    observed = np.zeros((6, 7))
    observed[MATCH, [0, 6]], observed[AKIN, 0] = [10, 90], families

    found = learned("date", observed, np.array([9e4, *[1e3] * 5, 300.0]), 1e5)

    believed = believed_shares(comparison("date"))[MATCH, 0]
    assert found[MATCH, 0] == pytest.approx((10 + strength * believed) / (100 + strength))


def test_twins_have_one_date_by_no_accident() -> None:
    """However rare a date of birth is, it says nothing against two of one household having it."""
    date = comparison("date")
    fact = FactModel("birth", date.name, date.facet, date.levels, believed_shares(date))

    assert not is_by_chance(AKIN, fact)
    assert is_by_chance(UNRELATED, fact)


def test_belief_about_strangers_grows_with_the_table() -> None:
    """Twenty pairs for each twenty thousand, since of a large table only a sample of that size is looked at."""
    shares = [
        learned("category", np.zeros((6, 2)), np.array([90.0, 10.0]), pairs)[UNRELATED]
        for pairs in (20_000.0, 40_000.0, 10.0)
    ]

    assert shares[0] == pytest.approx(np.array([90 + 16, 10 + 4]) / 120)
    assert shares[1] == pytest.approx(np.array([90 + 32, 10 + 8]) / 140)
    assert shares[2] == pytest.approx(shares[0])


@pytest.mark.parametrize(("matches", "most"), [(0, 1.0), (150, 2.5), (300, 4.0), (3000, 4.0)])
def test_unlike_names_of_one_party_become_usual_only_so_far(matches: float, most: float) -> None:
    """Four times what is believed, once three hundred pairs of known names are seen; never the most unlike."""
    believed = np.array(comparison("company name").m)
    observed = np.zeros((6, 11))
    observed[MATCH, :2] = matches / 2

    found = learned("company name", observed, np.full(11, 1e4), 1e5)[MATCH]

    counted = (observed[MATCH, :2] + 40 * believed[:2]) / (matches + 40)
    assert found[0] == pytest.approx(min(counted[0], believed[0]))
    assert found[1] == pytest.approx(min(counted[1], most * believed[1]))


def test_akin_parties_are_not_learned_from_names_that_matches_have() -> None:
    """Neighbours of one name remain rare, whatever is seen; names of sister companies are learned half-way."""
    observed = np.zeros((6, 11))
    observed[MATCH, 10], observed[AKIN, 10], observed[AKIN, 2] = 900, 500, 500

    found = learned("company name", observed, np.append(1e5, np.full(10, 2e3)), 1e5)[AKIN]

    believed = believed_shares(comparison("company name"))[AKIN]
    assert found[10] < 0.05
    assert believed[2] < found[2] < 0.5


def test_the_place_of_namesakes_is_that_of_any_two_or_near() -> None:
    """A share of branches is in one town as believed; all others are where any two records are."""
    fact = comparison("location")
    observed, total = np.zeros((6, 11)), np.append(9e4, np.full(10, 1e3))
    observed[BY_NAME, 10] = 500

    found = learned("location", observed, total, 1e5)

    assert found[BY_NAME, -1] < 0.05
    assert found[BY_NAME, 0] == pytest.approx(0.3 * np.array(fact.by_name)[0] + 0.7 * found[UNRELATED, 0], abs=0.02)


def test_equal_names_beyond_chance_are_no_strangers() -> None:
    """Of 600 pairs of equal names ten may be so by chance: no more than those are ever taken for unrelated."""
    fact = comparison("company name")
    believed, total = believed_shares(fact), np.append(np.full(10, 1e5), 600.0)
    chance = np.append(np.full(10, np.nan), 10.0)

    found = taught_shares(fact, believed, np.zeros((6, 11)), total, chance, 1e6, np.array([0.3, 0.6]), np.zeros(11))

    assert found[UNRELATED, -1] * 1e6 < 11


def test_names_of_sister_companies_are_no_more_often_those_of_one_party_than_where_one_party_is_proven() -> None:
    """Of 900 pairs that share a tax number one has one lead and another trade: so rare it is of all that may be one."""
    observed, total = np.zeros((6, 11)), np.full(11, 1e4)
    observed[MATCH] = [0, 0, 0, 300, 0, 0, 0, 0, 0, 700, 9000]

    seen, unseen = (
        learned("company name", observed, total, 1e6, proven)[MATCH, 3]
        for proven in (np.array([0, 0, 0, 1, 0, 0, 0, 0, 0, 99, 800.0]), np.zeros(11))
    )

    assert seen < 0.0045
    assert unseen > 0.025


def test_what_neighbours_hardly_share_proves_one_party() -> None:
    """A tax number and a mailbox of one's own do; one telephone, site or place is shared under one roof."""
    proof = {
        name for name in ("tax number", "e-mail", "phone", "web site", "location") if proves_one_party(comparison(name))
    }

    assert proof == {"tax number", "e-mail"}


def test_a_name_that_many_companies_bear_is_that_of_branches_and_a_rare_one_hardly_less() -> None:
    """Five bits commoner than usual speak two bits for branches, five bits rarer one against; of persons only the rare."""
    rarity = np.array([-5.0, -0.5, 0.5, 5.0])

    of_companies, of_persons = (
        spoken_against(BY_NAME, FactModel("name", name, "name", ("a", "b"), np.full((6, 2), 0.5)), rarity).tolist()
        for name in ("company name", "person's name")
    )

    assert of_companies == [-2.0, -0.5, 0.5, 1.0]
    assert of_persons == [0.0, 0.0, 0.5, 5.0]


def test_a_part_without_a_record_has_one_pair_of_which_all_is_believed() -> None:
    """Companies alone teach nothing of persons: what is believed of one pair."""
    alone = records().filter(pa.compute.equal(records()["kind"], "company"))

    persons = matched_parties(alone).model.parts[1]

    assert persons.pairs_count == 1.0
    assert sum(persons.class_shares) == pytest.approx(1)
    assert persons.class_shares[UNRELATED] > 0.5
