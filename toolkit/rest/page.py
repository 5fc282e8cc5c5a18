"""One page of a list as it came, and what every style of paging exports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.rest.answers import Answer
from toolkit.rest.calls import Call

Linked = Callable[[str, Call], Call]
"""Gives the request of an address in an answer, or refuses it (`client.RestClient.linked`)."""

Ask = Callable[[Call], Answer]
"""Sends a request beside the pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its request, the answer, its entries; ``number`` counts from 0, ``received`` all entries until here.

    ``keys`` name those entries that are records, ``stamps`` are their own stamps as they are written; empty where a list has
    none. ``longer`` are the keys of records that have more lines than stand in them.
    ``nameless`` counts records without a key.
    """

    call: Call
    answer: Answer
    rows: Sequence[Mapping[str, Any]]
    keys: Sequence[str]
    stamps: Sequence[str]
    number: int
    received: int
    longer: Sequence[str] = ()
    nameless: int = 0


@dataclass(frozen=True, slots=True)
class PagingStyle:
    """What a file of ``rest/paging`` exports as ``PAGING``.

    ``kind`` is the class of ``connector/paging`` that it is for. ``begun`` makes the first request out of the reading's
    (it may ask and wait: a job of the vendor's); ``following`` returns the request of the page after one, None behind the
    last.
    """

    kind: type
    begun: Callable[[Any, Call, Ask, Callable[[float], None], Linked], Call]
    following: Callable[[Any, Page, Linked], Call | None]
