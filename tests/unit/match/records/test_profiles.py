"""Records that say the same are one profile, whose fingerprint lasts."""

import pyarrow as pa

from toolkit.match.records.profiles import Profiles, profiles_of


def profiles(*rows: tuple[str | None, str | None]) -> Profiles:
    """Return profiles of name and telephone."""
    table = pa.table(
        {
            "record_key": [f"crm/c/{place}" for place in range(len(rows))],
            "system": ["crm"] * len(rows),
            "name": pa.array([name for name, _ in rows], pa.string()),
            "phone": pa.array([phone for _, phone in rows], pa.string()),
        }
    )
    return profiles_of(table, {"name": "company", "phone": "phone"})


def test_a_fingerprint_is_the_same_in_every_run() -> None:
    """A matching kept last year is read by them; a fact that is missing has its part in it."""
    own = profiles(("Acme Ltd", "312 644 2671"), ("ACME limited", "312-644-2671"), ("Acme Ltd", None))

    assert own.profile_of.tolist() == [0, 0, 1]
    assert own.fingerprints.tolist() == [7_202_662_111_333_950_608, 9_569_282_957_924_514_252]


def test_records_that_say_nothing_are_each_their_own() -> None:
    """Nothing is not the same as nothing."""
    assert sorted(profiles((None, None), ("", None), ("Acme", None)).profile_of.tolist()) == [0, 1, 2]
