"""What can be measured of how items arrive, and into which levels each measure falls.

A measure is a share of items (0 to 1) unless it says otherwise. Its level is how many of its cuts it reaches.
"""

from bisect import bisect_right
from dataclasses import dataclass

ZERO = 1e-9
"""A cut that tells none from some."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured: where its levels begin, what it is called, and fewer items than which tell nothing."""

    name: str
    cuts: tuple[float, ...]
    words: str
    least: int = 3


MEASURES = (
    Measure("found", (0.15, 0.4, 0.75), "items that were due have a counterpart"),
    Measure("before", (0.02, 0.15), "counterparts are older than what they should come from"),
    Measure("at_once", (0.05, 0.3, 0.8), "items were entered within five minutes"),
    Measure("within_an_hour", (0.1, 0.5, 0.9), "items were entered within an hour"),
    Measure("same_day", (0.1, 0.4, 0.8, 0.98), "items were entered on the same day"),
    Measure("next_day", (0.3, 0.7, 0.98), "items were entered by the next day"),
    Measure("in_batches", (0.03, 0.2, 0.6), "items were entered in one minute with two others or more, beyond chance"),
    Measure("regular", (0.1, 0.4, 0.8), "moments of entry keep to the same place of the clock, beyond chance", 5),
    Measure("off_hours", (0.01, 0.08, 0.3), "items were entered at night or on a weekend"),
    Measure("off_hours_kept", (0.1, 0.5), "items from nights and weekends were entered at such hours too", 5),
    Measure("weekend_kept", (0.05, 0.5), "items from weekends were entered on a weekend too", 5),
    Measure("days_used", (0.3, 0.65, 0.95), "days of entry for each day on which items began", 5),
    Measure("one_weekday", (0.3, 0.6, 0.9), "items were entered on the commonest weekday", 5),
    Measure("out_of_order", (0.003, 0.03, 0.15), "items were entered before one that had begun earlier"),
    Measure("one_by_one", (0.05, 0.25, 0.6), "items were entered within 15 minutes of another, beyond how they began"),
    Measure("typing_errors", (ZERO, 0.01, 0.03), "counterparts have another amount, currency or customer", 20),
    Measure("field_errors", (0.02, 0.1, 0.3), "counterparts have a field that differs or is missing", 10),
    Measure("same_names", (0.3, 0.7, 0.97), "names are written exactly as in the source"),
    Measure("same_texts", (0.1, 0.5, 0.9, 0.995), "texts were carried over exactly"),
    Measure("carried_numbers", (0.05, 0.6, 0.98), "counterparts quote the source's number"),
    Measure("by_program", (0.05, 0.5, 0.95), "counterparts were created by a program, by the name that stands there"),
    Measure("by_import", (0.05, 0.5), "counterparts were created by an import, by the name that stands there"),
    Measure("people", (1.5, 2.5), "persons created counterparts"),
)
BY_NAME = {one.name: one for one in MEASURES}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measure of one flow: its value, and of how many items (or days) it is."""

    name: str
    value: float
    n: int

    @property
    def level(self) -> int:
        """How many cuts the value reaches."""
        return level_of(self.name, self.value)


def level_of(name: str, value: float) -> int:
    """Return into which level a measure falls.

    Parameters
    ----------
    name, value
        The measure.

    Examples
    --------
    >>> level_of("found", 0.1), level_of("found", 0.98)
    (0, 3)
    """
    return bisect_right(BY_NAME[name].cuts, value)


def kept(found: dict[str, tuple[float, int]]) -> list[Evidence]:
    """Return measures as evidence, without those of too few items to tell anything.

    Parameters
    ----------
    found
        Value and number of items by the measure's name.
    """
    return [
        Evidence(one.name, float(found[one.name][0]), int(found[one.name][1]))
        for one in MEASURES
        if one.name in found and found[one.name][1] >= one.least
    ]


def sentence(evidence: Evidence) -> str:
    """Return what was measured as a client reads it.

    Examples
    --------
    >>> sentence(Evidence("carried_numbers", 0.97, 532)), sentence(Evidence("people", 3.0, 40))
    ("97 % of 532 counterparts quote the source's number", '3 persons created counterparts')
    """
    words = BY_NAME[evidence.name].words
    if evidence.name == "people":
        return "One person created the counterparts" if evidence.value < _SEVERAL else f"{evidence.value:.0f} {words}"
    if evidence.name == "days_used":
        return f"There are {evidence.value:.2f} {words}"
    return f"{_share_text(evidence.value)} of {evidence.n:,} {words}"


_SEVERAL = 1.5
_NEARLY = 0.005


def _share_text(share: float) -> str:
    """Return a share in percent; one that is nearly none, or nearly all, is not called none or all."""
    if 0 < share < _NEARLY:
        return "Less than 1 %"
    return "More than 99 %" if 1 - _NEARLY < share < 1 else f"{share:.0%}".replace("%", " %")
