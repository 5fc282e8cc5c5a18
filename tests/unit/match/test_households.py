"""Households: whom one address, telephone or family name joins, and who is still another person."""

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.matching.exam import cluster_score, rows_of
from benchmarks.matching.generated.persons import persons
from tests.household_records import household_records
from toolkit.match.parties import matched_parties

KINDS = {
    "First Name": "given_name",
    "Surname": "family_name",
    "Email": "email",
    "Phone": "phone",
    "Street": "street",
    "City": "city",
    "Date of birth": "date",
}


def false_and_missed(count: int, seed: int, *columns: str) -> tuple[float, float]:
    """Return the share of pairs in one cluster that are two persons, and of one person's pairs that are apart."""
    table, truth = household_records(count, seed)
    keys = [f"crm/c/{number:05}" for number in range(count)]
    records = table.select(list(columns or KINDS)).append_column("record_key", pa.array(keys))
    found = matched_parties(
        records.append_column("system", pa.array(["crm"] * count)),
        kinds={name: KINDS[name] for name in columns or KINDS},
    )
    of = dict(zip(found.clusters["record_key"].to_pylist(), found.clusters["cluster_id"].to_pylist(), strict=True))
    clusters = np.unique([of[key] for key in keys], return_inverse=True)[1]
    both = np.unique(clusters * count + np.array(truth), return_inverse=True)[1]
    right, merged, true = (_pairs(codes) for codes in (both, clusters, np.array(truth)))
    return 1 - right / merged, 1 - right / true


def _pairs(codes: np.ndarray) -> int:
    sizes = np.bincount(codes)
    return int((sizes * (sizes - 1) // 2).sum())


BIRTHS = ("First Name", "Surname", "Date of birth")


@pytest.mark.parametrize(
    ("columns", "most_false", "most_missed"),
    [((), 0.035, 0.04), (BIRTHS, 0.08, 0.085), ((*BIRTHS, "Street", "City"), 0.09, 0.125)],
)
@pytest.mark.parametrize("seed", [7, 8])
def test_of_a_town_of_households_few_are_merged_and_few_missed(
    columns: tuple[str, ...], most_false: float, most_missed: float, seed: int
) -> None:
    """Couples of like names, twins, father and son; a third of the cells is empty, and one name in five misspelt."""
    false, missed = false_and_missed(1_500, seed, *columns)

    assert false <= most_false
    assert missed <= most_missed


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_twins_are_told_by_names_and_dates_alone(seed: int) -> None:
    """Where no column tells a place, one birth in thirty is of twins: one family name, one date, and two persons."""
    exam = persons(1_000, seed)

    found = matched_parties(
        exam.table.rename_columns({"side": "system"}),
        kinds={"given_name": "given_name", "family_name": "family_name", "birth_date": "date"},
    )

    numbers = np.empty(1_000, dtype=np.int64)
    clusters = found.clusters["cluster_id"].combine_chunks().dictionary_encode().indices
    numbers[rows_of(exam, found.clusters["record_key"])] = clusters
    score = cluster_score(exam, numbers)
    assert score.precision >= 0.99
    assert score.recall >= 0.985
