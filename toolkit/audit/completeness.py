"""Whether everything that a client sent could be used; if not, what is missing, in sentences."""

import pyarrow as pa

from toolkit.connector import BALANCE, NOT_MONEY_MOVED, OWN_TRANSFER, PICTURE
from toolkit.values.counted import counted

EXPECTED_ASIDE = frozenset(
    {
        "total_line",
        "balance_line",
        "group_line",
        "foot_line",
        "empty_line",
        "repeated_header",
        "other_type",
        NOT_MONEY_MOVED,
        BALANCE,
        OWN_TRANSFER,
        PICTURE,
        "left_out",
    }
)
"""Rows that are put aside because they are no records: nothing is missing without them."""

WHOLE_TABLES = frozenset({"not_understood", "unrecognised_table"})
"""Rows that could be read, of a table that nobody knows what to make of."""

_SAID = {True: "could be read, but not understood", False: "could not be used"}
"""Whether a whole table was put aside, and what is said then."""


def incompleteness(intake: pa.Table, quarantine: pa.Table, snapshots: pa.Table) -> list[str]:
    """Return sentences about everything that was offered and could not be used; empty when all of it was.

    Parameters
    ----------
    intake, quarantine
        INTAKE and QUARANTINE of the last pull. Rows put aside for a reason that is expected are not counted.
    snapshots
        SNAPSHOT, of the streams that count.
    """
    reasons = [
        f"{row['file']} {row['part']}".strip() + f": {row['message'] or row['status']}"
        for row in intake.to_pylist()
        if row["status"] in {"unrecognised", "refused", "empty"} or row["control"] == "differs"
    ]
    unread = [row for row in quarantine.to_pylist() if row["reason"] not in EXPECTED_ASIDE]
    for are_whole, said in _SAID.items():
        rows = [row for row in unread if (row["reason"] in WHOLE_TABLES) is are_whole]
        if rows:
            where = counted(len({row["file"] for row in rows}), "file")
            reasons.append(f"{counted(len(rows), 'row')} of {where} {said}; quarantine holds each with its reason.")
    for row in snapshots.to_pylist():
        reasons += [f"{row['system']}/{row['stream']}: {reason}" for reason in row["reasons"]]
    return reasons
