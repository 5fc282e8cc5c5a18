"""What a saved model keeps of how common words, values and keys were."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.errors import InputError
from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.parties import Matching, matched_parties


def records(names: list[str], phones: list[str | None]) -> pa.Table:
    """Return companies of one system."""
    keys = [f"crm/c/{number:03}" for number in range(len(names))]
    return pa.table(
        {"record_key": keys, "system": ["crm"] * len(keys), "name": names, "phone": pa.array(phones, pa.string())}
    )


BUYERS = records(
    ["Acme Foods", "ACME Foods Ltd", "Brown Foods", "Corvin Foods", "Danley Marine", "Hollis Optics"],
    ["312 644 2671", "312 644 2671", "312 555 1111", "312 555 1111", "312 555 1111", None],
)


@pytest.fixture(name="first", scope="module")
def _first() -> Matching:
    return matched_parties(BUYERS)


def probabilities(found: Matching) -> dict[tuple[str, str], float]:
    """Return the probability of each listed pair."""
    columns = (found.pairs[name].to_pylist() for name in ("key_l", "key_r", "match_probability"))
    return {(left, right): probability for left, right, probability in zip(*columns, strict=True)}


def test_counts_come_back_as_they_were_kept(first: Matching) -> None:
    """Written as one table and read again, they are the same to the last number."""
    table = first.frequencies.as_table()

    assert Frequencies.from_table(table).as_table().equals(table)


def test_a_value_that_several_parties_bear_is_kept_with_its_count(first: Matching) -> None:
    """Three firms share one telephone; that of the two records of Acme is Acme's own."""
    kept = first.frequencies.values["phone"]

    assert (kept.count.tolist(), kept.total) == ([3], 4)


def test_an_old_pair_scores_the_same_beside_new_records(first: Matching) -> None:
    """A hundred newcomers named Foods make the word common today, but not in the saved counts."""
    newcomers = records([f"Zq{number}x Foods" for number in range(100)], [None] * 100)
    moved = newcomers.set_column(0, "record_key", pa.array([f"new/c/{number:03}" for number in range(100)]))

    later = matched_parties(pa.concat_tables([BUYERS, moved]), model=first.model, frequencies=first.frequencies)

    then, now = probabilities(first), probabilities(later)
    assert then
    assert {pair: now[pair] for pair in then} == then


def test_a_table_of_something_else_is_refused() -> None:
    """The message says what to do."""
    with pytest.raises(InputError, match="Fit the model anew"):
        Frequencies.from_table(pa.table({"hash": np.zeros(1, dtype=np.uint64)}))
