"""What the checks may look at: the live records of all streams, and what is worked out from them once for several checks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias, TypeVar, cast

import pyarrow as pa

from toolkit.quality.streams import Records, Stream
from toolkit.query import Connection

Found = TypeVar("Found")

WrittenRows: TypeAlias = Callable[[str, str, Sequence[str]], Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The records of one run.

    Parameters
    ----------
    streams
        Live records, one stream per entity.
    records
        All records, also those that are history: a reference to a deleted one is told apart from one that never was.
    as_of
        The day on which the data was taken.
    connection
        A query engine to work in.
    country
        Two-letter code of the client's country: what records without a country of their own are read by.
    lines
        DOCUMENT_LINE rows, for the ledger accounts in them.
    written
        Gives rows as the file wrote them, by system, stream and record keys; null: not at hand.
    """

    streams: tuple[Stream, ...]
    records: Records
    as_of: date
    connection: Connection
    country: str | None = None
    lines: pa.Table | None = None
    written: WrittenRows | None = None
    _known: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, finding: Callable[["Evidence"], Found]) -> Found:
        """Return what ``finding`` makes of the evidence; several checks that ask for it have it worked out once."""
        if finding not in self._known:
            self._known[finding] = finding(self)
        return cast("Found", self._known[finding])
