"""The moment at which a row is changed, as its column writes moments."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from toolkit.databases.stamps import written_stamp

NOW = ["now"]
"""What stands in the body of a change where the column is set to its moment; no column can be set to a list."""


def moment_value(moment: datetime, sample: Any, zone: ZoneInfo) -> Any:
    """Return a moment as a column takes it.

    Parameters
    ----------
    moment
        UTC.
    sample
        A value of the column, which says how it writes moments; null where it has none yet: the database's own time then.
    zone
        Whose time a stamp without a zone tells.

    Examples
    --------
    >>> moment_value(datetime(2026, 11, 30, 9, tzinfo=UTC), "2026-01-01 00:00:00", ZoneInfo("Europe/Berlin"))
    '2026-11-30 10:00:00'
    >>> str(moment_value(datetime(2026, 11, 30, 9, tzinfo=UTC), None, ZoneInfo("UTC")))
    'CURRENT_TIMESTAMP'
    """
    found = None if sample is None else written_stamp(moment.astimezone(UTC), sample, zone)
    return sa.func.current_timestamp() if found is None else found
