"""Lengths of time: hours and minutes together, numbers with a unit, ISO 8601 periods."""

import re

from toolkit.values.sample import Sample, Worded

_UNIT = (
    "h|hr|hrs|hour|hours|m|min|mins|minute|minutes|s|sec|secs|second|seconds|d|day|days|w|week|weeks|month|months"
    "|year|years|std|stunde|"
    "stunden|minuten|tag|tage|tagen|woche|wochen|monat|monate|monaten|jahr|jahre|jour|jours|heure|heures|mois"
    "|semaine|semaines|ans|dia|dias"
    "|hora|horas|minutos|mes|meses|giorni|ore|minuti|mesi|dagen|dag|uur|uren|weken|maanden|dagar|timmar|timer|dager"
    "|dage|tuntia|paivaa|nap"
)
_FORM = re.compile(
    rf"(?:\d+(?:[.,]\d+)? ?(?:{_UNIT})\.?(?:,? ?(?:and |und |et |y |e )?)?)+|p(?:\d+[ymwd])*(?:t(?:\d+(?:\.\d+)?[hms])+)?"
)
_FIRST = frozenset("0123456789p")
_CLOCK = re.compile(r"-?\d{1,4}:[0-5]\d(?::[0-5]\d)?")


def share(sample: Sample) -> float:
    """Return how much of the values is a length of time; hours below 24 with minutes may be a time of day.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["1h 30m", "45 min", "PT2H", "30 Tage"])), share(sample_of(["08:30"]))
    (1.0, 0.5)
    """
    clocks = sample.shaped(_clock, with_codes=False) if sample.has_any(":") else 0.0
    return clocks + sample.read(lambda worded: 1.0 if _is_period(worded) else 0.0)


def _clock(value: str) -> float:
    if ":" not in value or not _CLOCK.fullmatch(value):
        return 0.0
    return 1.0 if int(value.partition(":")[0]) > 23 else 0.5


def _is_period(worded: Worded) -> bool:
    return (
        worded.has_digit
        and worded.folded[0] in _FIRST
        and len(worded.folded) <= 40
        and _FORM.fullmatch(worded.folded) is not None
    )
