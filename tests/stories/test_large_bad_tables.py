"""A million rows that say next to nothing: a result within a minute, and no block of all with all."""

import random
import time

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from toolkit.match.parties import Matching, matched_parties

MAX_CPU_S = 60


def matched(names: pa.Array, kind: str, **columns: pa.Array) -> tuple[Matching, int]:
    """Return the matching within the time allowed, and the number of clusters."""
    count = len(names)
    keys = pc.binary_join_element_wise("crm/c/", pc.utf8_lpad(pa.array(range(count)).cast(pa.string()), 7, "0"), "")
    table = pa.table(
        {"record_key": keys, "system": pa.repeat("crm", count), "kind": pa.repeat(kind, count), "name": names, **columns}
    )
    started_s = time.process_time()
    found = matched_parties(table)
    assert time.process_time() - started_s < MAX_CPU_S
    return found, pc.count_distinct(found.clusters["cluster_id"]).as_py()


@pytest.mark.heavy
def test_a_million_equal_rows_are_one_company() -> None:
    """One profile, compared with nobody, listed with its first record."""
    found, clusters = matched(pa.repeat("Acme Widgets Ltd", 1_000_000), "company")

    assert (clusters, found.candidates_count, found.pairs.num_rows) == (1, 0, 999_999)


@pytest.mark.heavy
def test_a_million_rows_of_one_name_with_other_telephones_do_not_blow_up() -> None:
    """The name alone pairs nobody: what is compared stays at a few pairs a record."""
    generator = random.Random(5)
    phones = pa.array(
        [f"+1 {generator.randint(201, 989)} {generator.randint(2_000_000, 9_999_999)}" for _ in range(1_000_000)]
    )
    found, clusters = matched(pa.repeat("Acme Widgets Ltd", 1_000_000), "company", phone=phones)

    assert found.candidates_count < 6_000_000
    assert clusters > 999_000


@pytest.mark.heavy
def test_two_hundred_thousand_john_smiths_stay_apart() -> None:
    """A town is no evidence that two of them are one."""
    towns = pa.array([f"Town {number % 300}" for number in range(200_000)])
    _, clusters = matched(pa.repeat("John Smith", 200_000), "person", city=towns)

    assert clusters == 200_000
