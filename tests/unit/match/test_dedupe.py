"""Duplicates in one table of any shape, and links between two."""

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pytest

from toolkit.errors import InputError, TableError, UnknownNameError
from toolkit.match.dedupe import deduplicated
from toolkit.match.evaluation import pair_agreement

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
    found = deduplicated(CUSTOMERS, file="customers.csv")

    assert found.pairs.select(["id_l", "id_r", "file_l", "file_r"]).to_pylist() == [
        {"id_l": "0017", "id_r": "=18", "file_l": "customers.csv", "file_r": "customers.csv"}
    ]
    assert found.pairs["phone"].to_pylist() == ["same number"]


def test_every_record_has_a_cluster_row() -> None:
    """Single records are listed too."""
    found = deduplicated(CUSTOMERS)
    cluster = dict(zip(found.clusters["record_id"].to_pylist(), found.clusters["cluster_id"].to_pylist(), strict=True))

    assert set(cluster) == {"0017", "=18", "19"}
    assert cluster["0017"] == cluster["=18"] != cluster["19"]


def test_the_kind_of_each_column_comes_with_its_reason() -> None:
    """A time stamp describes the record, not whom it is about."""
    kinds = deduplicated(CUSTOMERS).kinds

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

    ids = deduplicated(table).clusters["record_id"].to_pylist()

    assert len(set(ids)) == 3
    assert any(one.endswith("-2") for one in ids)


def test_an_id_column_that_repeats_is_refused_and_named() -> None:
    """The message shows ids that occur twice."""
    with pytest.raises(TableError, match="'60612'"):
        deduplicated(CUSTOMERS, id_column="Zip")


def test_an_unknown_column_or_kind_is_named_with_the_nearest() -> None:
    """Typing errors get a hint."""
    with pytest.raises(UnknownNameError, match="Did you mean 'Phone'"):
        deduplicated(CUSTOMERS, kinds={"Phon": "phone"})
    with pytest.raises(UnknownNameError, match="Did you mean 'phone'"):
        deduplicated(CUSTOMERS, kinds={"Phone": "phonee"})


def test_an_empty_table_is_refused() -> None:
    """There is nothing to compare."""
    with pytest.raises(InputError, match="no records"):
        deduplicated(CUSTOMERS.slice(0, 0))


def test_a_table_of_nothing_comparable_says_what_to_do() -> None:
    """The message names the option and the kinds."""
    with pytest.raises(InputError, match="--field"):
        deduplicated(pa.table({"Created": ["2026-01-01", "2026-01-02"], "Row": ["1", "2"]}))


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

    found = deduplicated(CUSTOMERS.slice(1), ledger, file="crm.csv", against_file="ledger.csv")

    assert found.pairs.select(["id_l", "id_r", "file_l", "file_r"]).to_pylist() == [
        {"id_l": "=18", "id_r": "a", "file_l": "crm.csv", "file_r": "ledger.csv"}
    ]


def test_restaurants_of_two_guides_are_linked(shared_dir: Path) -> None:
    """Fodors-Zagats without labels: F1 at least .985."""
    folder = shared_dir / "data/er/fodors_zagats"

    found = deduplicated(file_table(folder / "fodors.csv"), file_table(folder / "zagats.csv"))

    pairs = [
        (f"f{a}", f"z{b}") for a, b in zip(found.pairs["id_l"].to_pylist(), found.pairs["id_r"].to_pylist(), strict=True)
    ]
    matches = file_table(folder / "matches.csv").to_pylist()
    assert pair_agreement(pairs, [(f"f{row['id_a']}", f"z{row['id_b']}") for row in matches]).f1 >= 0.985


def test_messy_sites_are_clustered(shared_dir: Path) -> None:
    """Chicago sites without labels: F1 of pairs within clusters at least .935."""
    folder = shared_dir / "data/er/chicago_childcare"

    found = deduplicated(file_table(folder / "records.csv")).clusters.to_pylist()

    def pairs(rows: list[dict[str, str]], record: str, cluster: str) -> list[tuple[str, str]]:
        groups = defaultdict(list)
        for row in rows:
            groups[row[cluster]].append(row[record])
        return [pair for members in groups.values() for pair in combinations(members, 2)]

    true = pairs(file_table(folder / "clusters.csv").to_pylist(), "id", "cluster")
    assert pair_agreement(pairs(found, "record_id", "cluster_id"), true).f1 >= 0.935
