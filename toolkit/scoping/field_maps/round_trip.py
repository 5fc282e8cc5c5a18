"""Whether values survive the way there and back, counted on a client's records, and whether the target says the same.

Each different value is tried once and counted as often as it occurs. An empty value is no test. What does not survive is
told with its reason, the most common first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.rates import MeasuredShare
from toolkit.scoping.transforms._transform import Options, Refused, Texts, Transform

CHANGED = "It comes back otherwise."


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that does not survive: what was carried and what came back (null: it was refused there), why, how often."""

    values: Texts
    carried: Texts | None
    came_back: Texts | None
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """How many records with a value survive the way there and back, and those that do not."""

    survived: MeasuredShare
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Differs:
    """A value that the target has otherwise than it would arrive: what would arrive, what is there, how often."""

    values: Texts
    carried: str
    there: str
    rows: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of how many matched records, both filled, the target already says what would arrive, and those where it does not."""

    agreed: MeasuredShare
    differing: tuple[Differs, ...]


def round_trip(
    transform: Transform, values: Mapping[Texts, int] | Iterable[Texts], options: Options, *, max_examples: int = 5
) -> RoundTrip:
    """Return how many records survive a transform and its way back.

    Parameters
    ----------
    transform
        Tried.
    values
        The source's values of each record, or how often each stands there.
    options
        What the transform is told.
    max_examples
        How many different lost values are kept.

    Examples
    --------
    >>> from toolkit.scoping.transforms.split_name import TRANSFORM
    >>> found = round_trip(TRANSFORM, [("Ann Lee",), ("Cher",), ("",)], Options())
    >>> found.survived.share, found.lost[0].values
    (0.5, ('Cher',))
    """
    counts = Counter(values)
    rows, survived, lost = 0, 0, []
    for one, count in counts.items():
        if not any(one):
            continue
        rows += count
        failed = _lost(transform, one, options, count)
        if failed is None:
            survived += count
        else:
            lost.append(failed)
    lost.sort(key=lambda one: (-one.rows, one.values))
    return RoundTrip(MeasuredShare(survived, rows), tuple(lost[:max_examples]))


def _lost(transform: Transform, values: Texts, options: Options, rows: int) -> Lost | None:
    carried = transform.there(values, options)
    if isinstance(carried, Refused):
        return Lost(values, None, None, carried.reason, rows)
    came_back = transform.back(carried, options)
    if isinstance(came_back, Refused):
        return Lost(values, carried, None, came_back.reason, rows)
    return None if came_back == values else Lost(values, carried, came_back, CHANGED, rows)


def agreement(
    transform: Transform,
    pairs: Mapping[tuple[Texts, str], int] | Iterable[tuple[Texts, str]],
    options: Options,
    *,
    place: int = 0,
    max_examples: int = 5,
) -> Agreement:
    """Return in how many matched records the target already says what would arrive.

    Parameters
    ----------
    transform, options
        As for `round_trip`.
    pairs
        The source's values and the target's text, as the target writes it; those without either are left out.
    place
        Which of the fields that come out stands in the target's field.
    max_examples
        How many different values are kept that differ.
    """
    rows, agreed, differing = 0, 0, []
    for (values, there), count in Counter(pairs).items():
        carried = transform.there(values, options) if any(values) and there else None
        if carried is None or isinstance(carried, Refused):
            continue
        rows += count
        if carried[place] == there:
            agreed += count
        else:
            differing.append(Differs(values, carried[place], there, count))
    differing.sort(key=lambda one: (-one.rows, one.values, one.there))
    return Agreement(MeasuredShare(agreed, rows), tuple(differing[:max_examples]))
