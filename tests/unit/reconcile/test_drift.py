"""What broke, what was repaired and what is still wrong between two runs."""

from collections.abc import Set as AbstractSet
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from toolkit.reconcile.drift import drift
from toolkit.tables import COUNTERPART, FINDING, MISMATCH


def tables(
    mismatches: AbstractSet[int] = frozenset(),
    missing: AbstractSet[int] = frozenset(),
    wrong: AbstractSet[int] = frozenset(),
) -> dict[str, Any]:
    systems = {"system_l": "crm", "system_r": "ledger", "kind": "different", "changed_last": "unknown", "golden_id": "g"}
    return {
        "mismatch": MISMATCH.from_rows(
            {**systems, "column": "phone", "key_l": f"crm/c/{one}", "key_r": f"ledger/c/{one}"} for one in sorted(mismatches)
        ),
        "counterpart": COUNTERPART.from_rows(
            [
                *(
                    {"handoff_id": "h", "key_l": f"crm/d/{one}", "status": "missing", "is_error": False}
                    for one in sorted(missing)
                ),
                *(
                    {"handoff_id": "h", "key_l": f"crm/e/{one}", "status": "found", "is_error": True, "error_kind": "factor"}
                    for one in sorted(wrong)
                ),
            ]
        ),
        "finding": FINDING.empty(),
    }


_SOME = st.sets(st.integers(0, 9))


@given(_SOME, _SOME, _SOME, _SOME)
def test_the_three_sum_to_all_that_was_wrong_in_either(
    old: set[int], new: set[int], lost: set[int], lacks: set[int]
) -> None:
    """Nothing is counted twice, and nothing is left out."""
    found = drift(tables(old, lost), tables(new, lacks)).to_pylist()

    for kind, before, now in (("mismatch", old, new), ("missing", lost, lacks)):
        states = [row["state"] for row in found if row["kind"] == kind]
        assert len(states) == len(before | now)
        assert states.count("new") == len(now - before)
        assert states.count("repaired") == len(before - now)
        assert states.count("still") == len(before & now)


def test_what_arrived_wrong_and_is_right_now_was_repaired() -> None:
    """And what a run says of it stands beside it."""
    [row] = drift(tables(wrong={1}), tables()).to_pylist()

    assert (row["kind"], row["state"], row["before"], row["now"]) == ("error", "repaired", "factor", None)


def test_formatting_is_not_wrong() -> None:
    """A phone number with other blanks is the same number."""
    same = tables({1})
    same["mismatch"] = same["mismatch"].set_column(8, "kind", [["formatting"]])

    assert drift(same, tables()).num_rows == 0
