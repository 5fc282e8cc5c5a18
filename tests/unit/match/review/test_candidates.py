"""What is put to a person is worth the looking: of the pairs asked about, at least a third are one."""

import numpy as np
import pytest

from benchmarks.matching.generated.parties import generated_parties
from toolkit.audit.dedupe.matched_tables import matched_tables


@pytest.mark.parametrize("seed", [11, 12])
def test_at_least_a_third_of_what_is_asked_is_one(seed: int) -> None:
    """On generated parties with look-alikes, as ``candidates.csv`` lists them; nothing below the threshold is the same."""
    table, truth = generated_parties(3_000, seed)
    party = dict(zip(table["record_key"].to_pylist(), truth.to_pylist(), strict=True))

    found = matched_tables(table, id_columns=("record_key",))

    asked = zip(found.candidates["id_l"].to_pylist(), found.candidates["id_r"].to_pylist(), strict=True)
    is_right = np.array([party[one] == party[other] for one, other in asked])
    assert len(is_right) >= 30
    assert is_right.mean() >= 1 / 3
    assert min(found.pairs["match_probability"].to_pylist()) >= 0.5
