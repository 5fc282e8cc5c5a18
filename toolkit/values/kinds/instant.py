"""Days with a time of day, with or without a zone; also seconds or milliseconds since 1970."""

import re

from toolkit.values.kinds.date import date_fit
from toolkit.values.sample import Sample

_TIME = re.compile(
    r"[T ,]+(?:(?:um|at|a las|kl\.?) )?(\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?)(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?: ?(?:Z|[A-Z]{2,5}|[A-Za-z]+/[A-Za-z_]+|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?$"
)
_COMPACT = re.compile(
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:\.\d+)?(?:Z|\[.*\])?"
)
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_MIDNIGHT = re.compile(r"0?0:00(?::00)?(?:[.,]0+)?")


def share(sample: Sample) -> float:
    """Return how much of the values is a day with a time; where all times are midnight, they are days.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["2026-01-05 08:49", "2026-01-05T08:49:31.000Z", "5/1/26 8:49 AM"]))
    1.0
    >>> share(sample_of(["2026-01-05 00:00"]))
    0.0
    """
    has_time = sample.has_any(":.")
    return sample.shaped(_fit) if has_time or not sample.codes else sample.shaped(_compact_fit)


def _compact_fit(value: str) -> float:
    """Return how far a value without any sign of a time of day is an instant."""
    return _fit(value) if value[0].isdigit() else 0.0


def _fit(value: str) -> float:
    if not 8 <= len(value) <= 45:
        return 0.0
    if value.isdigit():
        return 0.3 if _EPOCH.fullmatch(value) else 0.8 if len(value) in {12, 14} and _COMPACT.fullmatch(value) else 0.0
    found = _TIME.search(value)
    if found is None:
        return 1.0 if _COMPACT.fullmatch(value) else 0.0
    if _MIDNIGHT.fullmatch(found.group(1)):
        return 0.0
    return 1.0 if date_fit(value[: found.start()]) else 0.0
