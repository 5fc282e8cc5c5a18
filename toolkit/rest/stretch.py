"""Where a pull stands in its stream: which reading, which slice of time, which page; kept beside every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from toolkit.connector import Reading
from toolkit.rest.calls import Call, kept_call, sent_value
from toolkit.rest.moments import written_moment

Slice = tuple[datetime, datetime]

_SHORTEST = {"date": timedelta(days=1)}
"""A slice is not cut finer than the vendor can name its ends; a second else."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The next page of a pull: its reading, its request (None: the first one), and what came before it.

    ``number`` and ``received`` count pages and records of this list (of this slice). ``slices`` are those still to read,
    the present one first; a list without a window has none. ``totals`` adds what the vendor said of the slices behind.
    ``is_again`` marks a second walk over a list that moved during the first. ``parent`` counts the records of the list
    before for each of which this list is asked for.
    """

    reading: int = 0
    call: Call | None = None
    number: int = 0
    received: int = 0
    slices: tuple[Slice, ...] = ()
    totals: int = 0
    first_total: int | None = None
    is_again: bool = False
    parent: int = 0

    @property
    def kept(self) -> dict[str, Any]:
        """The place as JSON."""
        return {
            "reading": self.reading,
            "call": None if self.call is None else self.call.kept,
            "number": self.number,
            "received": self.received,
            "slices": [[start.isoformat(), end.isoformat()] for start, end in self.slices],
            "totals": self.totals,
            "first_total": self.first_total,
            "is_again": self.is_again,
            "parent": self.parent,
        }

    def with_slices_of(self, reading: Reading, since: datetime | None, until: datetime) -> Self:
        """Return the place with the slice of time that a list with a window begins with.

        Parameters
        ----------
        reading
            The list.
        since
            From when on changes are asked for; everything without.
        until
            The time at the system, and a little more.
        """
        if reading.window is None or self.slices:
            return self
        earliest = datetime.fromisoformat(reading.window.earliest).replace(tzinfo=UTC)
        return replace(self, slices=((since or earliest, until),))

    def halved(self, reading: Reading) -> Self | None:
        """Return the place with its slice cut into halves, to be read from its beginning; None where it is the shortest."""
        start, end = self.slices[0]
        window = reading.window
        unit = _SHORTEST.get(window.form if window is not None else "", timedelta(seconds=1))
        units = int((end - start) / unit)
        if units < 2:
            return None
        middle = start + unit * (units // 2)
        slices = ((start, middle), (middle, end), *self.slices[1:])
        return replace(self, call=None, number=0, received=0, slices=slices, first_total=None)


def kept_stretch(kept: Mapping[str, Any]) -> Stretch:
    """Return a place that was kept."""
    slices = tuple((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in kept["slices"])
    call = None if kept["call"] is None else kept_call(kept["call"])
    names = ("totals", "first_total", "is_again", "parent")
    return Stretch(kept["reading"], call, kept["number"], kept["received"], slices, *(kept[name] for name in names))


def asked_since(call: Call, reading: Reading, since: datetime | None, slices: Sequence[Slice]) -> Call:
    """Return a first request that asks for what changed since a moment, or for one slice of time.

    Parameters
    ----------
    call
        The reading's request.
    reading
        How the moment is written.
    since
        From when on; everything without.
    slices
        The slices still to read, the present one first.
    """
    in_body = bool(reading.body)
    window, changed = reading.window, reading.changed
    if window is not None and slices:
        start, end = (written_moment(one, window.form) for one in slices[0])
        if window.param:
            span = sent_value(window.param, window.template.format(start=start, end=end), reading.base64)
            return call.with_param(window.param, span, in_body=in_body)
        return call.with_param(window.start, start, in_body=in_body).with_param(window.end, end, in_body=in_body)
    if since is None or changed is None:
        return call
    text = changed.template.replace("{since}", written_moment(since, changed.form))
    if changed.header:
        return call.with_header(changed.header, text)
    if not changed.param:
        return call
    return call.with_param(changed.param, sent_value(changed.param, text, reading.base64), in_body=in_body)
