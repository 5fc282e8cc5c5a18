"""Moments and durations, as the screens of plans and jobs show them."""

from datetime import UTC, datetime, timedelta


def at_words(at: datetime) -> str:
    """Return a moment as a person reads it.

    Examples
    --------
    >>> at_words(datetime(2026, 10, 5, 8, 3, tzinfo=UTC))
    '5 Oct 2026, 08:03 UTC'
    """
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%b %Y, %H:%M} UTC"


def left_words(left: timedelta) -> str:
    """Return how long a plan is still good.

    Examples
    --------
    >>> left_words(timedelta(days=3, hours=5)), left_words(timedelta(minutes=90)), left_words(timedelta(days=-1))
    ('3 days left', '90 minutes left', 'expired')
    """
    minutes = int(left.total_seconds() // 60)
    if minutes < 0:
        return "expired"
    if minutes < 2 * 60:
        return f"{minutes} minutes left"
    return f"{minutes // 60} hours left" if minutes < 2 * 24 * 60 else f"{minutes // 1440} days left"
