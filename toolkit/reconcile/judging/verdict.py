"""What was judged of one aspect of a comparison, and which measures that withholds."""

from typing import NamedTuple

SOUND, PARTLY, FAILED = "sound", "partly", "failed"
VOLUME, MISSING, LAG, ERROR, LOSS = "volume", "missing", "lag", "error", "loss"
ALL_MEASURES = (VOLUME, MISSING, LAG, ERROR, LOSS)


class Verdict(NamedTuple):
    """One aspect of one comparison; ``reason`` and ``to_do`` are sentences for the client."""

    aspect: str
    verdict: str
    reason: str
    to_do: str | None = None
    held_back: tuple[str, ...] = ()


def sound(aspect: str, reason: str) -> Verdict:
    """Return that nothing speaks against a comparison in one aspect."""
    return Verdict(aspect, SOUND, reason)


def counts_text(part: int, whole: int) -> str:
    """Return a count of a whole as a client reads it.

    Examples
    --------
    >>> counts_text(1200, 3400)
    '1,200 of 3,400'
    """
    return f"{part:,} of {whole:,}"
