"""The exams that judge the matcher: that their truth is what they say, and that none of them leans on another."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.matching.calibrate import Stated, fitted, mapped
from benchmarks.matching.commanded import commanded
from benchmarks.matching.contacts import lists
from benchmarks.matching.contacts.exam import contact_exam
from benchmarks.matching.contacts.past import is_abn
from benchmarks.matching.exam import Exam, cluster_score, pair_score
from benchmarks.matching.generated import vocabulary
from benchmarks.matching.names_alone import names_alone
from benchmarks.matching.public.sets import SETS, for_tuning, judging, set_aside
from benchmarks.matching.report import calibration_error, precision_at
from benchmarks.matching.standins.accounts import accounts
from benchmarks.matching.standins.ledgers import ledgers
from benchmarks.matching.standins.registrations import registrations
from benchmarks.matching.suppliers import words
from benchmarks.matching.suppliers.exam import supplier_exam
from benchmarks.matching.suppliers.tax_numbers import company_check, person_check

_COUNT = 400
_TELLING = {
    supplier_exam: ("nif", "telefono", "movil", "email", "web", "direccion"),
    contact_exam: ("ABN", "Phone", "Mobile", "Email", "Website", "Mailing Street", "Account Name"),
}


@pytest.mark.parametrize("make", [supplier_exam, contact_exam])
def test_a_seed_gives_the_same_exam_every_time(make: Callable[[int, int], Exam]) -> None:
    """What was measured once can be measured again; another seed is another exam."""
    first, again, other = make(_COUNT, 7), make(_COUNT, 7), make(_COUNT, 8)

    assert first.table.equals(again.table)
    assert first.truth.tolist() == again.truth.tolist()
    assert not first.table.equals(other.table)
    assert len(set(first.table["record_key"].to_pylist())) == _COUNT


@pytest.mark.parametrize("make", [supplier_exam, contact_exam])
def test_records_of_a_party_have_something_in_common_that_a_person_can_see(make: Callable[[int, int], Exam]) -> None:
    """Every record shares a number, an address or a mailbox with another of its party, but where both are mistyped."""
    exam = make(_COUNT, 7)
    facts = [_seen(row, _TELLING[make]) for row in exam.table.to_pylist()]
    parties = defaultdict(list)
    for party, seen in zip(exam.truth.tolist(), facts, strict=True):
        parties[party].append(seen)
    several = [members for members in parties.values() if len(members) > 1]
    joined = [
        members for members in several if all(any(one & other for other in members if other is not one) for one in members)
    ]

    assert len(several) > 70
    assert len(joined) >= 0.95 * len(several)


def test_no_tax_number_of_a_supplier_belongs_to_another() -> None:
    """Look-alikes share address, phone and mailbox, never a number whose check character is right."""
    exam = supplier_exam(1_500, 7)
    owners = defaultdict(set)
    for party, text in zip(exam.truth.tolist(), exam.table["nif"].to_pylist(), strict=True):
        number = re.sub(r"[^A-Z0-9]", "", (text or "").upper())
        number = number.removeprefix("ES") if len(number) > 9 else number
        if number and _is_right(number):
            owners[number].add(party)

    assert len(owners) > 250
    assert not [number for number, parties in owners.items() if len(parties) > 1]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        # python-stdnum, documentation of ``stdnum.es.cif`` and ``stdnum.es.nif``: A13585625, J99216582, 54362315K.
        (company_check("A", "1358562"), "5"),
        (company_check("J", "9921658"), "2"),
        (person_check("54362315"), "K"),
        # Australian Business Register, "Format of the ABN": 51 824 753 556 is right.
        (is_abn("51824753556"), True),
        (is_abn("51824753557"), False),
    ],
)
def test_check_characters_are_those_of_the_authorities(found: object, wanted: object) -> None:
    """Numbers in the exams are such as the offices of Spain and Australia give."""
    assert found == wanted


def test_the_generators_share_no_town_and_no_street() -> None:
    """What was shaped on one of them knows nothing by it of the others; two Spanish towns have namesakes in America."""
    first = {town.name.lower() for towns in vocabulary.TOWNS.values() for town in towns}
    first |= {street.lower() for streets in vocabulary.STREETS.values() for street in streets}
    spain = {name.lower() for town in words.TOWNS for name in town.names} | {street.lower() for street in words.STREET_NAMES}
    australia = {suburb[0].lower() for suburb in lists.SUBURBS} | {road.lower() for road in lists.ROADS}

    shared = (first & spain) | (first & australia) | (spain & australia)

    assert shared == {"toledo", "valencia"}


def test_tables_of_names_alone_hold_rare_and_common_ones() -> None:
    """Equal rare names are one party; of twenty common names on each side at least five stand on both, borne by several."""
    exam = names_alone(range(5, 9))
    rows = exam.table.append_column("party", [exam.truth]).to_pylist()
    for part in range(5, 9):
        bearers: dict[str, dict[str, list[int]]] = {"l": defaultdict(list), "r": defaultdict(list)}
        for row in rows:
            if row["part"] == part:
                bearers[row["side"]][row["name"]].append(row["party"])
        common = {side: {name for name, parties in names.items() if len(parties) > 1} for side, names in bearers.items()}
        rare = {name for name in set(bearers["l"]) & set(bearers["r"]) if name not in common["l"] | common["r"]}

        assert [len(names) for names in common.values()] == [20, 20]
        assert len(common["l"] & common["r"]) >= 5
        assert all(len(set(bearers[side][name])) > 1 for side, names in common.items() for name in names)
        assert rare
        assert all(bearers["l"][name] == bearers["r"][name] for name in rare)


def test_the_exams_go_through_the_command(tmp_path: Path) -> None:
    """What is measured is what the command writes for two files, each pair with its probability."""
    names = ["Ironbark Joinery", "Zorvath Metals", "Pelum Kranz", "Quenby Tarn Foods", "Zorvath Metals", "Pelum Kranz"]
    table = pa.table({"record_key": list("abcdef"), "side": list("lllrrr"), "name": names})
    exam = Exam("six names", "party", table, np.array([0, 1, 2, 3, 1, 2]), {"name": "name"}, headers={"record_key": "Code"})

    answer = commanded(exam, work=tmp_path)

    assert not answer.failure
    assert answer.pairs.precision == 1.0
    assert answer.pairs.true_count == 2
    assert answer.cpu_s > 0
    assert (tmp_path / "six-names" / "ours" / "first.csv").read_text(encoding="utf-8").startswith('"Code","name"')


def test_only_judged_pairs_count_where_not_all_were_judged() -> None:
    """A pair that the makers of a set said nothing about is neither right nor wrong."""
    table = pa.table({"record_key": list("abcd"), "side": list("llrr")})
    judged = (np.array([0, 1]), np.array([2, 3]))
    exam = Exam("four", "paper", table, np.array([0, 1, 0, 2]), {}, judged=judged)

    said = pair_score(exam, np.array([2, 1, 0]), np.array([0, 2, 3]))
    merged = cluster_score(exam, np.array([0, 1, 0, 1]))

    assert (said.found_count, said.precision, said.recall) == (1, 1.0, 1.0)
    assert (merged.found_count, merged.precision, merged.recall) == (2, 0.5, 1.0)


def test_the_calibration_error_is_the_mean_gap_between_stated_and_true() -> None:
    """Twenty pairs at .8 of which half are right are .3 off, in ten bins of two."""
    probability = np.full(20, 0.8)

    assert calibration_error(probability, np.array([True, False] * 10)) == pytest.approx(0.3)
    assert np.isnan(calibration_error(np.zeros(0), np.zeros(0, dtype=bool)))


def test_precision_is_read_where_enough_is_found() -> None:
    """The two of one probability stand or fall together, so that three of four are right where three of four are found."""
    probability, is_right = np.array([0.9, 0.6, 0.8, 0.6]), np.array([True, False, True, True])

    assert precision_at(probability, is_right, 4, 0.5) == pytest.approx((1.0, 0.8))
    assert precision_at(probability, is_right, 4, 0.75) == pytest.approx((0.75, 0.6))
    assert np.isnan(precision_at(probability, is_right, 4, 0.9)).all()


def test_half_of_the_public_sets_lie_aside() -> None:
    """The lot is fixed by the names alone: these five judge, the other five may be tuned on."""
    assert set_aside() == {"acm_dblp", "affiliations", "febrl2", "inventors", "japanese_firms"}
    assert {one.name for one in judging()} == set_aside()
    assert len(for_tuning()) + len(judging()) == len(SETS)


def _seen(row: dict[str, str], columns: tuple[str, ...]) -> set[str]:
    """Return what a reader would hold against other records: digits of numbers, letters of the rest."""
    found = set()
    for column in columns:
        text = (row[column] or "").lower()
        digits = re.sub(r"\D", "", text)
        if column in {"telefono", "movil", "Phone", "Mobile", "ABN"}:
            found.add(digits[-9:])
        elif column in {"direccion", "Mailing Street"}:
            found |= {
                f"{word[:3]} {number}" for word in re.findall(r"[^\W\d]{3,}", text) for number in re.findall(r"\d+", text)
            }
        elif column in {"email", "Email"}:
            found |= {text, text.split("@")[-1]}
        elif column in {"web", "Website"}:
            found.add(re.sub(r"^https?://|^www\.|/$", "", text).removeprefix("www."))
        elif column == "nif":
            found.add(re.sub(r"[^a-z0-9]", "", text)[-8:])
        else:
            found.add(text.removeprefix("the ")[:8])
    return {fact for fact in found if len(fact) > 4}


def _is_right(number: str) -> bool:
    if number[0].isalpha() and number[0] not in "XYZ":
        return len(number) == 9 and company_check(number[0], number[1:8]) == number[8]
    digits = number[:-1].translate(str.maketrans("XYZ", "012"))
    return digits.isdigit() and person_check(digits) == number[-1]


@pytest.mark.parametrize("make", [accounts, ledgers, registrations])
def test_a_stand_in_is_another_world_with_each_seed(make: Callable[[int, int], Exam]) -> None:
    """The same every time; some parties stand in it several times, most of two records alone."""
    first, again, other = make(_COUNT, 7), make(_COUNT, 7), make(_COUNT, 8)

    assert first.table.equals(again.table)
    assert first.truth.tolist() == again.truth.tolist()
    assert not first.table.equals(other.table)
    sizes = np.bincount(first.truth)
    assert 1 < sizes[sizes > 0].mean() < 3
    assert len(set(first.table["record_key"].to_pylist())) == len(first.truth)


def stated_pairs_of(share: float, family: str, weight: float) -> Stated:
    """Return a hundred pairs of one weight, of which some share is right."""
    return Stated("exam", family, 1.0, np.full(100, weight), np.arange(100) < 100 * share)


def test_a_map_moves_what_is_said_to_what_is_right() -> None:
    """Of pairs at a half, eight in ten are one: two bits more. What is right as it stands is left alone."""
    shift, _ = fitted([stated_pairs_of(0.8, "one", 0.0)] * 4)

    assert 1.5 < shift < 2.0
    assert fitted([stated_pairs_of(0.5, "one", 0.0)]) == pytest.approx((0.0, 1.0), abs=0.01)
    assert fitted([]) == (0.0, 1.0)


def test_a_family_of_many_pairs_counts_no_more_than_others() -> None:
    """Ten thousand pairs that are right as stated do not hide that four hundred others are not."""
    many = [stated_pairs_of(0.5, "many", 0.0)] * 100
    few = [stated_pairs_of(0.8, "few", 0.0)] * 4

    shift, _ = fitted([*many, *few])

    assert shift == pytest.approx(fitted([*many[:4], *few])[0], abs=0.01)


def test_a_map_keeps_the_order_of_pairs() -> None:
    """Whatever is likelier stays likelier."""
    weight = np.linspace(-30, 30, 200)

    assert (np.diff(mapped(weight, 0.7, 0.6)) > 0).all()
