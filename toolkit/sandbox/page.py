"""One page of a list: what it is cut from, and what it says beside its records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.stand_in import Record


class UnknownCursorError(Exception):
    """A request names a place in a list that no answer gave."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that a page is asked of.

    ``said`` is what the request names by the parameters of the reading: a page, a place, a size. ``place`` finds where in
    the list a word leads (a request without one begins at 0), ``token`` makes such a word. ``link`` makes an address of it.
    """

    records: Sequence[Record]
    asked: Asked
    said: Mapping[str, str]
    size: int
    token: Callable[[int], str]
    place: Callable[[str], int]
    link: Callable[[int], str]

    def count(self, name: str, usual: int) -> int:
        """Return a number that the request names.

        Raises
        ------
        UnknownCursorError
            It is no number.
        """
        found = self.said.get(name, "")
        if found and not found.isdigit():
            raise UnknownCursorError
        return int(found) if found else usual

    def from_place(self, start: int) -> tuple[Sequence[Record], int | None]:
        """Return the records of the page that begins there, and where the next one begins; None behind the last."""
        end = start + self.size
        return self.records[start:end], end if end < len(self.records) else None


@dataclass(frozen=True, slots=True)
class GivenPage:
    """Its records, what stands in the body by path, and in the head."""

    records: Sequence[Record]
    further: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServedStyle:
    """A style of paging as a server has it: its class, and what cuts a page."""

    kind: type
    page: Callable[[Any, Listed], GivenPage]
