"""Company names side by side."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparisons import company, employer
from toolkit.match.comparisons.company import COMPARISON, LEVELS
from toolkit.match.comparisons.employer import COMPARISON as EMPLOYER
from toolkit.match.texts.overlap import Overlap

# So many names that a word of one's own tells something, as in a real list.
OTHERS = [f"{word}{end} {trade}" for word in ("bram", "cost", "dulv", "fenk") for end in ("a", "o", "is", "um", "en")
          for trade in ("Bakery", "Motors", "Dental", "Roofing", "Services", "Group")]  # fmt: skip


def level(left: str, right: str) -> str:
    written = pa.array([left, right, *OTHERS])
    names = COMPARISON.standardised({"company": written})
    prepared = COMPARISON.prepared(names, None)
    [found] = COMPARISON.graded(prepared, np.array([0]), np.array([1]))
    return LEVELS[found - 1]


def keys(*written: str) -> list[set[int]]:
    prepared = COMPARISON.prepared(COMPARISON.standardised({"company": pa.array([*written, *OTHERS])}), None)
    found = COMPARISON.narrow(prepared)
    return [set(found.key[found.value == position].tolist()) for position in range(len(written))]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Arbel Roofing Inc.", "ARBEL ROOFING, L.L.C."),
        ("Quinros Web Studio", "Quinros-WebStudio"),
        ("The Arbel Roofing Company", "Arbel Roofing (old)"),
        ("Jansen & Zonen Holding B.V.", "Jansen en Zonen Holdings"),
        ("J. Quinros Ltd T/A The Corner Shop", "J Quinros TA Corner Shop"),
        ("Arbel Roofing Comp", "Arbel Roofing Company"),
        ("\u3231 Tanaka", "Tanaka K.K."),
        ("M B C Roofing", "MBC Roofing"),
        ("Arbel Care Homes", "ARBEL CAREHOMES"),
    ],
)
def test_form_makes_no_other_name(left: str, right: str) -> None:
    """Legal form, article, notes and blanks are how a name is written, not what it is."""
    assert level(left, right) == "same name"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Quinros Roofing", "Quinors Roofing"),
        ("Royal Bank of Scotland Group", "RBSG"),
        ("Quinros Engineering", "Quinros Engin."),
        ("Bluewater Marine", "Blue Watr Marine"),
        ("J. Quinros Ltd T/A The Corner Shop", "Corner Shopp"),
        ("Quinros Hotels", "Quinros oHtels"),
        ("Quinros Services", "Quinros Srvces"),
    ],
)
def test_a_slip_an_acronym_or_a_short_form_is_spelling(left: str, right: str) -> None:
    """What the keyboard or the form made of a name is the same name."""
    assert level(left, right) == "same but for spelling"


@pytest.mark.parametrize(("left", "right"), [("Cava Bakery", "Nava Bakery"), ("Jeoseph Motors", "Jospeh Motors")])
def test_a_slip_in_the_first_letter_or_two_in_a_short_word_are_only_roughly_alike(left: str, right: str) -> None:
    """Few people mistype the first letter; many names differ in it."""
    assert level(left, right) == "roughly alike"


def test_two_wrong_letters_in_a_short_word_make_another_word() -> None:
    """Zortan and Zorlon are two companies, whatever they share."""
    assert level("Zortan Works", "Zorlon Works") in {"different names", "little in common"}


def test_three_letters_say_less_than_four() -> None:
    """Many a name of three words has the letters of an acronym by chance."""
    assert level("Amazon Web Services", "AWS") == "one name within the other, or its three letters"


def test_one_owner_of_two_shops_is_two_parties() -> None:
    """What trades under another name is run by another team, with an account of its own."""
    shops = "one name, each another place or number"

    assert level("Quinros Ltd T/A Corner Bakery", "Quinros Ltd T/A Harbour Motors") == shops
    assert level("Quinros Ltd T/A Corner Bakery", "Quinros Ltd") == "same name"
    assert level("Quinros Ltd T/A Corner Bakery", "Corner Bakery T/A Quinros") == "same name"


def test_a_whole_name_of_few_letters_is_one_slip_from_many() -> None:
    """Hope is not Hops."""
    assert level("Hope", "Hops") == "roughly alike"


def test_sister_companies_have_a_level_of_their_own() -> None:
    """One lead and another trade is what a group of companies looks like."""
    assert level("Quinros Roofing", "Quinros Dental") == "one lead, each another trade"
    assert level("Quinros Roofing Group", "Quinros Dental Services") == "one lead, each another trade"


def test_branches_have_a_level_of_their_own() -> None:
    """One name in two towns, or with two numbers, is two places of one brand."""
    assert level("Quinros Bakery Chicago", "Quinros Bakery Dallas") == "one name, each another place or number"
    assert level("Quinros Bakery 12", "Quinros Bakery #14") == "one name, each another place or number"
    assert level("Quinros Bakery", "Quinros Bakery Dallas") == "one name within the other, with a place or number"


def test_another_number_is_never_a_slip() -> None:
    """Store 12 is not store 13 with a typing error, however alike the two are."""
    assert level("Quinrosparvar Store12", "Quinrosparvar Store13") != "same but for spelling"


def test_a_name_with_words_of_its_own_on_both_sides_conflicts() -> None:
    """What is left over on both sides decides."""
    assert level("Quinros Bakery", "Mortelvar Bakery") == "little in common"
    assert level("Quinros Bakery", "Mortelvar Motors") == "different names"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Quinros Roofing", "Qinros Roofing"),
        ("Quinros Roofing", "Quinrso Roofing"),
        ("Quinros Bakery Ltd", "Quin Ros Bakery"),
        ("Amazon Web Services", "AWS"),
        ("Northern Quinros Roofing", "Quinros Roofing Northern"),
        ("Brown Bros. Manufacturing", "BROWN BROTHERS MFG"),
        ("J. Quinros Ltd T/A The Corner Shop", "Corner Shop"),
    ],
)
def test_two_ways_of_writing_a_name_share_a_key(left: str, right: str) -> None:
    """Partners that share no key are never compared."""
    one, other = keys(left, right)

    assert one & other


def test_keys_do_not_depend_on_the_other_names() -> None:
    """A key of this month finds the record of last month."""
    [alone], [among, _] = (keys(*names) for names in (["Quinros Roofing"], ["Quinros Roofing", "Arbel Bakery"]))

    assert alone == among


def test_a_persons_company_is_graded_coarsely() -> None:
    """A colleague may write the firm's short name."""
    written = pa.array(["Quinros Roofing Services", "Quinros Roofing", "Arbel Motors", *OTHERS])
    prepared = EMPLOYER.prepared(EMPLOYER.standardised({"employer": written}), None)

    grades = EMPLOYER.graded(prepared, np.array([0, 0, 0]), np.array([0, 1, 2])).tolist()

    assert [EMPLOYER.levels[grade - 1] for grade in grades] == [
        "same company",
        "nearly the same company",
        "different companies",
    ]


PLACE, TRADE, OWN = 1, 2, 4


@pytest.mark.parametrize(
    ("shared", "over_l", "over_r", "sorts", "expected"),
    [
        # 4 bits in common are enough here; what is left over on the lesser side counts up to a twentieth of that.
        (0, 1, 1, (OWN, OWN), "different names"),
        (10, 0, 0, (0, 0), "same but for spelling"),
        (10, 0, 3.5, (0, OWN), "same but for spelling"),
        (10, 0, 3.6, (0, OWN), "one name within the other, or its three letters"),
        (10, 0.5, 4, (OWN, OWN), "one name within the other, or its three letters"),
        (10, 0.51, 4, (OWN, OWN), "one name within the other, common words"),
        (4, 0, 2, (0, OWN), "one name within the other, or its three letters"),
        (3.9, 0, 2, (0, OWN), "one name within the other, common words"),
        (4, 0, 2, (0, PLACE), "one name within the other, with a place or number"),
        (3.9, 0, 2, (0, PLACE), "one name within the other, common words"),
        (4, 3, 3, (PLACE, PLACE), "one name, each another place or number"),
        (3.9, 3, 3, (PLACE, PLACE), "part in common, each has more"),
        (4, 3, 3, (PLACE, OWN), "part in common, each has more"),
        (4, 3, 3, (TRADE, TRADE), "one lead, each another trade"),
        (4, 3, 3, (TRADE, PLACE), "one lead, each another trade"),
        (4, 3, 3, (TRADE, OWN), "part in common, each has more"),
        (3.9, 3, 3, (TRADE, TRADE), "part in common, each has more"),
        # Three quarters, and two fifths, of the lesser side.
        (3, 1, 9, (OWN, OWN), "one name within the other, common words"),
        (3, 1.01, 9, (OWN, OWN), "part in common, each has more"),
        (2, 3, 9, (OWN, OWN), "part in common, each has more"),
        (2, 3.01, 9, (OWN, OWN), "little in common"),
    ],
)
def test_what_is_left_over_decides_up_to_its_bound(
    shared: float, over_l: float, over_r: float, sorts: tuple[int, int], expected: str
) -> None:
    """In bits; sides may swap."""
    bits = [np.array(pair, dtype=np.float64) for pair in ((shared, shared), (over_l, over_r), (over_r, over_l))]
    kinds = [np.array(pair, dtype=np.uint8) for pair in (sorts, sorts[::-1])]

    found = company._overlap_levels(Overlap(*bits, *kinds, np.array([False, False])), enough=4.0)

    assert [LEVELS[one - 1] for one in found] == [expected, expected]


def test_words_that_are_only_roughly_alike_make_no_spelling() -> None:
    """However much else two names share."""
    bits = [np.array([one], dtype=np.float64) for one in (10, 0, 0)]
    none = np.zeros(1, dtype=np.uint8)

    [found] = company._overlap_levels(Overlap(*bits, none, none, np.array([True])), enough=4.0)

    assert LEVELS[found - 1] == "roughly alike"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Hopes", "Hopas", "roughly alike"),
        ("Hopesa", "Hopasa", "same but for spelling"),
        ("Amazon Web Services", "AWS", "one name within the other, or its three letters"),
        ("Alpha Beta Gamma Delta", "ABGD", "same but for spelling"),
        ("Arbel Corvin", "AC", "different names"),
        ("Zorva Belarnum", "Zorvabelarnun", "same but for spelling"),
        ("Zorva Belarnum", "Zorvabelarxun", "one name within the other, or its three letters"),
    ],
)
def test_a_name_is_spelling_up_to_its_bound(left: str, right: str, expected: str) -> None:
    """Six letters of a whole name, four of an acronym, one sign in ten where the blanks are elsewhere."""
    assert level(left, right) == expected


def test_a_persons_company_has_four_grades_of_the_twelve() -> None:
    """From different to the same, each grade of the name in one of them."""
    assert len(EMPLOYER.levels) == 4
    assert employer._COARSE.tolist() == [0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4]


def bits_of(*written: str) -> dict[str, float]:
    """Return what each word of a list of names tells."""
    column = COMPARISON.prepared(COMPARISON.standardised({"company": pa.array(written)}), None).wording.column
    return dict(zip(column.vocabulary.to_pylist(), column.bits.tolist(), strict=True))


def test_a_trade_word_is_held_to_be_common_before_a_table_is_seen() -> None:
    """As if 15 in a hundred of 200 names more had it; a name of its own is as rare as the table says."""
    names = ["Zorva Bakery", "Quinros Bakery", *(f"Nam{number}or" for number in range(98))]

    bits = bits_of(*names)

    assert bits["bakery"] == pytest.approx(np.log2(300 / 32))
    assert bits["zorva"] == pytest.approx(np.log2(100 / 1.5))
    assert bits_of("Zorva Bakery")["bakery"] == pytest.approx(np.log2(2 / 1.5))


@pytest.mark.parametrize(("count", "expected"), [(2, 1.1), (4, 1.1), (64, 3.3), (1024, 5.5)])
def test_a_part_in_common_is_enough_beyond_chance(count: int, expected: float) -> None:
    """So many bits that fewer than one name in the root of all would share it, and a little more."""
    names = pa.array([f"Nam{number}or" for number in range(count)])

    assert COMPARISON.prepared(COMPARISON.standardised({"company": names}), None).enough == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "two", "total", "is_useful"),
    # Each in more than eight names, and together in eight by chance at most.
    [(9, 9, 100, True), (8, 9, 100, False), (9, 8, 100, False), (28, 28, 98, True), (28, 28, 97, False), (9, 9, 0, False)],
)
def test_two_words_find_somebody_where_neither_does_alone(one: int, two: int, total: int, *, is_useful: bool) -> None:
    """Counts of names that have each word."""
    assert company._is_useful_pair(np.array([one]), np.array([two]), total).tolist() == [is_useful]


@pytest.mark.parametrize(
    ("word", "sort"),
    [("chicago", PLACE), ("12", PLACE), ("2nd", PLACE), ("b", PLACE), ("iv", PLACE), ("bakery", TRADE), ("zorva", OWN),
     ("common", TRADE)],
)  # fmt: skip
def test_a_word_is_a_place_a_trade_or_a_name_of_its_own(word: str, sort: int) -> None:
    """What many names have is a trade, whatever it says."""
    names = pa.array(
        [f"zorva {word}", *(f"common nam{number}or" for number in range(30)), *(f"lone{n}x" for n in range(30))]
    )
    wording = company.prepared(names).wording

    assert wording.sorts[wording.column.vocabulary.index(word).as_py()] == sort


def test_the_best_of_several_names_counts_but_not_where_the_first_names_differ() -> None:
    """Two shops of one owner are two parties; one name the other way round is one."""
    both = "one name, each another place or number"

    assert level("Quinros Ltd T/A Corner Bakery", "Mortelvar Ltd T/A Corner Bakery") == both
    assert level("Quinros Ltd T/A Corner Bakery", "Quinros Ltd T/A Corner Bakery") == "same name"
    assert level("Quinros Ltd T/A Corner Bakery", "Mortelvar Dental T/A Harbour Motors") == "different names"
