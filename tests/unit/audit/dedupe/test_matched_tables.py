"""Duplicates in one table of any shape, and links between two."""

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pytest

from tests.invented_names import FAMILY, GIVEN
from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.audit.dedupe.records_to_match import records_to_match
from toolkit.errors import InputError, TableError, UnknownNameError
from toolkit.match.dedupe import Deduplicated, matched_records
from toolkit.match.linkage.evaluation import pair_agreement
from toolkit.match.review.answers import questions

CUSTOMERS = pa.table(
    {
        "Customer No": ["0017", "=18", "19"],
        "Company": ["Brown Bros Mfg Inc", "Brown Brothers Manufacturing", "Lakeside Dental Group"],
        "Phone": ["(312) 644-2671", "312-644-2671", "773 201 4410"],
        "Zip": ["60612", "60612", "60640"],
        "Created": ["2026-01-01", "2026-01-02", "2026-01-03"],
    }
)


def file_table(path: Path) -> pa.Table:
    """Return a CSV file as text columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return pa.table({name: pa.array([row[name] or None for row in rows], pa.string()) for name in rows[0]})


def test_ids_leave_as_they_came() -> None:
    """Leading zeros and odd characters are part of an id."""
    found = matched_tables({"customers.csv": CUSTOMERS})

    assert found.pairs.select(["id_l", "id_r", "file_l", "file_r"]).to_pylist() == [
        {"id_l": "0017", "id_r": "=18", "file_l": "customers.csv", "file_r": "customers.csv"}
    ]
    assert found.pairs["phone"].to_pylist() == ["same number"]


def test_every_record_has_a_cluster_row() -> None:
    """Single records are listed too."""
    found = matched_tables(CUSTOMERS)
    cluster = dict(zip(found.clusters["record_id"].to_pylist(), found.clusters["cluster_id"].to_pylist(), strict=True))

    assert set(cluster) == {"0017", "=18", "19"}
    assert cluster["0017"] == cluster["=18"] != cluster["19"]


def test_the_kind_of_each_column_comes_with_its_reason() -> None:
    """A time stamp describes the record, not whom it is about."""
    kinds = matched_tables(CUSTOMERS).kinds

    assert {column: kind for column, (kind, _) in kinds.items()} == {
        "Customer No": "none",
        "Company": "company",
        "Phone": "phone",
        "Zip": "postcode",
        "Created": "none",
    }
    assert all(reason for _, reason in kinds.values())


def test_a_table_without_ids_gets_content_keys() -> None:
    """Equal rows are told apart by an ordinal."""
    table = pa.table({"Company": ["Acme Widgets", "Acme Widgets", "Zorro"], "City": ["Chicago", "Chicago", "Boston"]})

    ids = matched_tables(table).clusters["record_id"].to_pylist()

    assert len(set(ids)) == 3
    assert any(one.endswith("-2") for one in ids)


def test_an_id_column_that_repeats_is_refused_and_named() -> None:
    """The message shows ids that occur twice."""
    with pytest.raises(TableError, match="'60612'"):
        matched_tables(CUSTOMERS, id_columns=("Zip",))


def test_an_unknown_column_or_kind_is_named_with_the_nearest() -> None:
    """Typing errors get a hint."""
    with pytest.raises(UnknownNameError, match="Did you mean 'Phone'"):
        matched_tables(CUSTOMERS, kinds={"Phon": "phone"})
    with pytest.raises(UnknownNameError, match="Did you mean 'phone'"):
        matched_tables(CUSTOMERS, kinds={"Phone": "phonee"})


def test_an_empty_table_is_refused() -> None:
    """There is nothing to compare."""
    with pytest.raises(InputError, match="no records"):
        matched_tables(CUSTOMERS.slice(0, 0))


def test_a_table_of_nothing_comparable_says_what_to_do() -> None:
    """The message names the option and the kinds."""
    with pytest.raises(InputError, match="--field"):
        matched_tables(pa.table({"Created": ["2026-01-01", "2026-01-02"], "Row": ["1", "2"]}))


def test_files_with_other_headers_are_linked_by_kind() -> None:
    """Vendor in one file is Company in the other; id_l is from the first."""
    ledger = pa.table(
        {
            "Code": ["a", "b"],
            "Vendor": ["Brown Bros. Mfg.", "Zorro"],
            "Tel": ["312 644 2671", "213 555 7001"],
            "Postcode": ["60612", "90001"],
        }
    )

    found = matched_tables({"crm.csv": CUSTOMERS.slice(1), "ledger.csv": ledger}, is_link=True)

    assert found.pairs.select(["id_l", "id_r", "file_l", "file_r"]).to_pylist() == [
        {"id_l": "=18", "id_r": "a", "file_l": "crm.csv", "file_r": "ledger.csv"}
    ]


def test_restaurants_of_two_guides_are_linked(shared_dir: Path) -> None:
    """Fodors-Zagats without labels: F1 at least .985."""
    folder = shared_dir / "data/er/fodors_zagats"

    found = matched_tables({name: file_table(folder / name) for name in ("fodors.csv", "zagats.csv")}, is_link=True)

    pairs = [
        (f"f{a}", f"z{b}") for a, b in zip(found.pairs["id_l"].to_pylist(), found.pairs["id_r"].to_pylist(), strict=True)
    ]
    matches = file_table(folder / "matches.csv").to_pylist()
    assert pair_agreement(pairs, [(f"f{row['id_a']}", f"z{row['id_b']}") for row in matches]).f1 >= 0.985


@pytest.fixture(name="sites", scope="module")
def _sites(shared_dir: Path) -> tuple[Deduplicated, dict[str, str]]:
    """What is found in Chicago's messy sites, and the party of each by its label."""
    folder = shared_dir / "data/er/chicago_childcare"
    labels = file_table(folder / "clusters.csv")
    label = dict(zip(labels["id"].to_pylist(), labels["cluster"].to_pylist(), strict=True))
    return matched_tables(file_table(folder / "records.csv")), label


def sites_f1(found: Deduplicated, label: dict[str, str]) -> float:
    """Return F1 of pairs within clusters."""

    def pairs_within(party_of: dict[str, str]) -> list[tuple[str, str]]:
        members = defaultdict(list)
        for record, party in party_of.items():
            members[party].append(record)
        return [pair for group in members.values() for pair in combinations(group, 2)]

    ids, clusters = (found.clusters[name].to_pylist() for name in ("record_id", "cluster_id"))
    return pair_agreement(pairs_within(dict(zip(ids, clusters, strict=True))), pairs_within(label)).f1


def test_messy_sites_are_clustered(sites: tuple[Deduplicated, dict[str, str]]) -> None:
    """Chicago sites without labels: F1 of pairs within clusters at least .95."""
    assert sites_f1(*sites) >= 0.95


def test_thirty_answers_make_the_comparison_better(sites: tuple[Deduplicated, dict[str, str]]) -> None:
    """Asked where it is least sure, it learns more than the answered pairs: Chicago sites, answered from their labels."""
    before, label = sites
    asked = questions(before.matching, count=30)
    ids = [before.joint.ids(asked[name]).to_pylist() for name in ("key_l", "key_r")]
    words = ["same" if label[one] == label[other] else "not_same" for one, other in zip(*ids, strict=True)]

    after = matched_records(before.joint, answers=pa.table({"id_l": ids[0], "id_r": ids[1], "answer": words}))

    assert sites_f1(after, label) > sites_f1(before, label)


LEDGER = pa.table({"Code": ["a", "b"], "Vendor": ["Brown Brothers Mfg", "Zorro"], "Tel": ["312 644 2671", "213 555 7001"]})


def answered(*rows: tuple[str, str, str]) -> pa.Table:
    """Return answers by id."""
    return pa.Table.from_pylist([dict(zip(("id_l", "id_r", "answer"), row, strict=True)) for row in rows])


def groups(found: Deduplicated) -> list[list[str]]:
    """Return the ids of each cluster that is larger than one."""
    members = defaultdict(list)
    for row in found.clusters.to_pylist():
        members[row["cluster_id"]].append(row["record_id"])
    return sorted(sorted(one) for one in members.values() if len(one) > 1)


def test_duplicates_over_several_files_are_one_cluster() -> None:
    """The two spellings of the CRM and the vendor of the ledger are one party."""
    found = matched_records(records_to_match({"crm.csv": CUSTOMERS, "ledger.csv": LEDGER}))

    assert groups(found) == [["0017", "=18", "a"]]
    assert found.summary().startswith("2 of the 5 records are repeats of another: 3 different ones remain.")


def test_answers_are_obeyed() -> None:
    """What a person holds apart stays apart, what a person holds the same is one."""
    joint = records_to_match({"customers.csv": CUSTOMERS})

    apart = matched_records(joint, answers=answered(("0017", "=18", "not_same")))
    joined = matched_records(joint, answers=answered(("0017", "19", "same")))

    assert groups(apart) == []
    assert {"0017", "19"} <= set(groups(joined)[0])
    assert (apart.answers_count, apart.problems) == (1, ())


def test_answers_that_name_nobody_or_contradict_each_other_are_named() -> None:
    """Unknown ids, ids of two files, two answers to one pair, and a word that is no answer."""
    joint = records_to_match({"a.csv": CUSTOMERS, "b.csv": CUSTOMERS})
    rows = [("0017", "nobody", "same"), ("0017", "0017", "same"), ("=18", "19", "perhaps")]

    found = matched_records(joint, answers=answered(*rows))

    assert found.answers_count == 0
    assert found.problems == (
        "Id '0017' occurs in a.csv and b.csv. Add file_l and file_r to the answers.",
        "There is no record 'nobody'; its answer was left out.",
        "'=18' and '19': 'perhaps' is no answer. Write same, not_same, unsure.",
    )


def test_an_answer_names_its_files_where_ids_are_shared() -> None:
    """With files named, record 19 of one file and 19 of the other can be held apart; a chain is told in ids."""
    joint = records_to_match({"a.csv": CUSTOMERS, "b.csv": CUSTOMERS})
    files = {"file_l": "a.csv", "file_r": "b.csv"}
    rows = [{"id_l": "19", "id_r": "19", "answer": "not_same", **files}]

    apart = matched_records(joint, answers=pa.Table.from_pylist(rows))
    chain = [*rows, {**rows[0], "id_r": "=18", "answer": "same"}, {**rows[0], "id_l": "=18", "answer": "same"}]
    rows_chain = [*chain, {"id_l": "=18", "id_r": "=18", "answer": "same", **files}]
    found = matched_records(joint, answers=pa.Table.from_pylist(rows_chain))

    assert ["19", "19"] not in groups(apart)
    assert "'19' (a.csv) = '=18' (b.csv) = '=18' (a.csv) = '19' (b.csv)" in found.problems[0]


def test_links_need_no_file_named_in_answers() -> None:
    """The left id is of the first file, the right id of the second."""
    joint = records_to_match({"a.csv": CUSTOMERS, "b.csv": CUSTOMERS})

    found = matched_records(joint, is_link=True, answers=answered(("19", "19", "not_same")))

    assert found.problems == ()
    assert ["19", "19"] not in groups(found)


def test_a_higher_threshold_holds_fewer_pairs_to_be_the_same() -> None:
    """What falls below it is put aside."""
    spelled = ["Brown Brothers Mfg Inc", "Brown Brother Manufacturing", "Lakeside Dental Group"]
    joint = records_to_match({"customers.csv": CUSTOMERS.set_column(1, "Company", [spelled])})

    low, high = (matched_records(joint, min_match_probability=p) for p in (0.5, 0.9999999))

    assert (low.pairs.num_rows, high.pairs.num_rows) == (1, 0)
    assert high.review_count == 1
    assert matched_records(joint, min_match_probability=0.1).matching.model.min_review_probability == 0.1


@pytest.mark.parametrize("threshold", [0.0, 1.0, 75.0, -1.0, float("nan")])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    """75 is not 75 %."""
    with pytest.raises(InputError, match=r"such as 0\.75"):
        matched_records(records_to_match({"c.csv": CUSTOMERS}), min_match_probability=threshold)


def test_links_are_made_between_two_files() -> None:
    """One file has no other side."""
    with pytest.raises(InputError, match="two files"):
        matched_records(records_to_match({"c.csv": CUSTOMERS}), is_link=True)


def test_one_record_is_no_duplicate() -> None:
    """A file of one row gives a result, not an error."""
    found = matched_tables(CUSTOMERS.slice(0, 1))

    assert (found.records_count, found.parties_count, found.review_count) == (1, 1, 0)
    assert found.summary() == "No record is a duplicate of another: 1 record, all different."


def test_records_that_are_all_equal_are_one() -> None:
    """A name that repeats a thousand times does not blow up."""
    table = pa.table({"Company": ["Acme Widgets Ltd"] * 1000, "Phone": ["312 644 2671"] * 1000})

    assert matched_tables(table).parties_count == 1


def test_hostile_text_gives_a_result() -> None:
    """NUL bytes, other scripts, cells of ten kilobytes."""
    table = pa.table(
        {
            "Company": ["Acme\x00 Ltd", "東京商事株式会社", "x" * 10_000, "=cmd|'/c calc'", "Ünïcode GmbH", "\u202e"],
            "Phone": ["\x00", "+81 3 1234 5678", "9" * 10_000, "", "312 644 2671", None],
        }
    )

    assert matched_tables(table).records_count == 6


def _people(*pair: dict[str, str]) -> pa.Table:
    """Return forty people of a town, and two more."""
    rows = [
        {
            "Contact ID": f"P{number}",
            "First Name": GIVEN[number % 14],
            "Surname": FAMILY[number * 3 % 11],
            "Phone": f"07700 900{100 + number}",
            "Street": f"{10 + number} Elm Street",
            "City": "Leeds",
            "Date of birth": f"{1940 + number}-{number % 9 + 1:02}-{number % 27 + 1:02}",
        }
        for number in range(40)
    ]
    rows += [{"Contact ID": f"X{number}", **one} for number, one in enumerate(pair, start=1)]
    return pa.table({name: pa.array([row.get(name) or None for row in rows], pa.string()) for name in rows[0]})


@pytest.mark.parametrize("names", [("Francisco", "Francisca"), ("Carl", "Carla"), ("Jean", "Joan"), ("Andre", "Andrea"),
                                   ("Mr J", "Mrs J"), ("Stanislavo", "Stanislava")])  # fmt: skip
def test_a_couple_with_names_alike_is_no_duplicate(names: tuple[str, str]) -> None:
    """One family name, phone and address, and given names a letter apart: two persons of a household."""
    household = {"Surname": "Delmar", "Phone": "01904 496200", "Street": "3 Beck Lane", "City": "York"}

    found = matched_tables(_people(*({"First Name": name, **household} for name in names)))

    assert not [row for row in found.pairs.to_pylist() if row["match_probability"] > 0.5]


@pytest.mark.parametrize(
    ("born", "sons"),
    [
        ("1951-01-05", "1980-01-05"),
        ("1948-07-19", "1977-07-19"),
        ("1939-11-02", "1971-11-02"),
        ("1951-01-05", "1981-01-05"),
        ("1951-01-05", "1978-06-15"),
    ],
)
@pytest.mark.parametrize("told", [" Jr.", " II", ""])
def test_father_and_son_of_one_name_are_no_duplicate(born: str, sons: str, told: str) -> None:
    """He lives at his father's, whether called junior or not, and was born a generation later, be it on the same day."""
    home = {"First Name": "Harold", "Street": "19 Fir Close", "City": "Derby"}

    found = matched_tables(
        _people(
            {"Surname": f"Cuthbert{told}", "Date of birth": sons, **home},
            {"Surname": "Cuthbert", "Date of birth": born, **home},
        )
    )

    assert not [row for row in found.pairs.to_pylist() if row["match_probability"] > 0.5]


def test_first_and_last_name_in_two_columns_are_a_persons_whatever_they_look_like() -> None:
    """A slip that makes a legal form of a name ("Thom As") does not make a company of who bears it."""
    found = matched_tables(
        _people(
            *({"First Name": name, "Surname": "Milburn", "Phone": "01904 496200", "Street": "3 Beck Lane"}
              for name in ("Thomas", "Thom As"))
        )
    )  # fmt: skip

    assert [(row["id_l"], row["id_r"]) for row in found.pairs.to_pylist()] == [("X1", "X2")]
