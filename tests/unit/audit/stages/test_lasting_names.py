"""Matching goes on with the names under which systems first came."""

import pyarrow as pa
import pytest

from toolkit.audit.stages.lasting_names import first_names, with_names
from toolkit.store.renames import Rename


@pytest.mark.parametrize(
    ("renames", "systems", "expected"),
    [
        ([], ["crm"], {}),
        ([("crm", "sales")], ["sales"], {"sales": "crm"}),
        ([("crm", "sales"), ("sales", "b2b")], ["b2b"], {"b2b": "crm"}),
        # There and back again.
        ([("crm", "sales"), ("sales", "crm")], ["crm"], {"crm": "crm"}),
        # Another system bears the old name now.
        ([("crm", "sales")], ["crm", "sales"], {"sales": "crm", "crm": "crm~"}),
        # Two systems change their names.
        ([("a", "t"), ("b", "a"), ("t", "b")], ["a", "b"], {"a": "b", "b": "a"}),
    ],
)
def test_a_system_is_known_by_its_first_name(
    renames: list[tuple[str, str]], systems: list[str], expected: dict[str, str]
) -> None:
    """However often it got another one."""
    assert first_names([Rename(old, new, 0) for old, new in renames], systems) == expected


def test_names_come_back_as_they_were() -> None:
    """Also where two systems have each other's, and names that only begin alike stay."""
    names = {"a": "b", "b": "a"}
    pairs = pa.table({"key_l": ["a/x/1", "ab/x/1", "a/x/2"], "key_r": ["b/y/1", "b/y/2", "c/z/1"], "bits": [1.0, 2.0, 3.0]})

    there = with_names(pairs, names)

    assert there.to_pylist() == [
        {"key_l": "a/y/1", "key_r": "b/x/1", "bits": 1.0},
        {"key_l": "a/y/2", "key_r": "ab/x/1", "bits": 2.0},
        {"key_l": "b/x/2", "key_r": "c/z/1", "bits": 3.0},
    ]
    assert with_names(there, names).equals(pairs)


def test_a_cluster_stays_at_the_right_of_a_decision() -> None:
    """It is no record, whatever its name begins with."""
    decisions = pa.table({"key_l": ["zz/c/1"], "key_r": ["g-1"], "decision": ["exclude"]})

    assert with_names(decisions, {"zz": "crm"}).to_pylist() == [{"key_l": "crm/c/1", "key_r": "g-1", "decision": "exclude"}]


def test_records_stand_in_the_order_of_their_first_names() -> None:
    """So that what is met first is met first again; within a stream they stay as they came."""
    records = pa.table(
        {
            "record_key": ["a/x/2", "a/x/1", "z/x/1"],
            "system": ["a", "a", "z"],
            "stream": ["x", "x", "x"],
            "parent_key": [None, "z/x/1", None],
        }
    )

    assert with_names(records, {"a": "zz"}).select(["record_key", "system", "parent_key"]).to_pylist() == [
        {"record_key": "z/x/1", "system": "z", "parent_key": None},
        {"record_key": "zz/x/2", "system": "zz", "parent_key": None},
        {"record_key": "zz/x/1", "system": "zz", "parent_key": "z/x/1"},
    ]
