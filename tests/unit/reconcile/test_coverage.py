"""Who is in both systems, and who in one only."""

from collections.abc import Callable

import pyarrow as pa

from toolkit.reconcile.coverage import coverage
from toolkit.tables import PAIR

Build = Callable[..., pa.Table]


def test_parties_are_counted_once_and_open_pairs_apart(parties: Build, same: Build) -> None:
    """Two records of one customer are one party; one that waits for review is neither in both nor in one only."""
    known = parties(
        {"record_key": "crm/c/1", "roles": ["customer"]}, {"record_key": "crm/c/2", "roles": ["customer"]},
        {"record_key": "crm/c/3", "roles": ["lead"]}, {"record_key": "ledger/c/1", "roles": ["customer"]},
        {"record_key": "ledger/c/4", "roles": ["customer"]}, {"record_key": "ledger/c/5", "roles": ["vendor"]},
    )  # fmt: skip
    walk = same(["crm/c/1", "crm/c/2", "ledger/c/1"], ["crm/c/3"], ["ledger/c/4"], ["ledger/c/5"])
    waiting = {"key_l": "crm/c/3", "key_r": "ledger/c/4", "match_weight": 1.0, "match_probability": 0.6}
    pairs = PAIR.from_rows([{**waiting, "decision": "review", "decided_by": "model"}])

    rows = {row["role"]: row for row in coverage(known, walk, pairs).to_pylist()}

    assert {name: rows["any"][name] for name in ("both", "only_l", "only_r", "ambiguous")} == {
        "both": 1, "only_l": 0, "only_r": 1, "ambiguous": 2,
    }  # fmt: skip
    assert (rows["vendor"]["only_r"], rows["customer"]["both"]) == (1, 1)
