"""Whether everything that a client sent could be used; if not, what is missing, in sentences."""

import pyarrow as pa

from toolkit.connector import BALANCE, NOT_MONEY_MOVED, OWN_TRANSFER, PICTURE

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


def incompleteness(intake: pa.Table, quarantine: pa.Table, snapshots: pa.Table) -> list[str]:
    """Return sentences about everything that was offered and could not be used; empty when all of it was."""
    reasons = [
        f"{row['file']} {row['part']}".strip() + f": {row['message'] or row['status']}"
        for row in intake.to_pylist()
        if row["status"] in {"unrecognised", "refused", "empty"} or row["control"] == "differs"
    ]
    unread = [row for row in quarantine.to_pylist() if row["reason"] not in EXPECTED_ASIDE]
    if unread:
        files = len({row["file"] for row in unread})
        rows = "1 row" if len(unread) == 1 else f"{len(unread):,} rows"
        reasons.append(
            f"{rows} of {files} file{'' if files == 1 else 's'} could not be used; quarantine holds each with its reason."
        )
    for row in snapshots.to_pylist():
        reasons += [f"{row['system']}/{row['stream']}: {reason}" for reason in row["reasons"]]
    return reasons
