"""The parts of a cost as they are shown: medians that are brought to the median of their sum, so that they add up."""

from collections.abc import Mapping

from toolkit.roi.simulation import Band

_NOTHING = 1e-9
"""By what share of the sum binary numbers may miss it."""


def parts_of(total: float | None, parts: Mapping[str, Band]) -> dict[str, float]:
    """Return a value for each part so that all of them add up to the total.

    The medians of parts miss the median of their sum by little. What is missing is shared out by how wide the range of each
    part is: what is known exactly stays as it is, and each value stays inside its range.

    Parameters
    ----------
    total
        The median of the sum.
    parts
        Those that the sum holds; one that is not known is left out.

    Examples
    --------
    >>> parts_of(160.0, {"work": Band(80.0, 100.0, 120.0), "fee": Band(50.0, 50.0, 50.0)})
    {'work': 110.0, 'fee': 50.0}
    """
    known = {name: (one.p10, one.p50, one.p90) for name, one in parts.items() if one.p50 is not None}
    shown = {name: middle for name, (_, middle, _) in known.items()}
    room = {
        name: (high if high is not None else middle) - (low if low is not None else middle)
        for name, (low, middle, high) in known.items()
    }
    missing = 0.0 if total is None else total - sum(shown.values())
    if not sum(room.values()) or abs(missing) <= _NOTHING * sum(map(abs, shown.values())):
        return shown
    found = {}
    for name, (low, middle, high) in known.items():
        value = middle + missing * room[name] / sum(room.values())
        found[name] = min(max(value, middle if low is None else low), middle if high is None else high)
    return found
