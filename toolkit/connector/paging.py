"""How a vendor's interface gives a long list page by page, as data; ``rest/paging`` has one file for each style.

Places in an answer and in a record are paths of names with dots (``paging.next.after``); a number counts from 0, -1 is the
last of a list. The empty path is the whole.
"""

from dataclasses import dataclass
from typing import Literal

Place = Literal["query", "body"]


@dataclass(frozen=True, slots=True)
class OnePage:
    """Everything comes in one answer."""


@dataclass(frozen=True, slots=True)
class NextLink:
    """The address of the next page stands in the answer at ``path``, whole or without its host (OData, SOQL, SuiteQL).

    It lies below the path of the reading, or of ``below`` (several: ``a|b``): no other address is followed.
    """

    path: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class LinkHeader:
    """The address of the next page stands in the header ``Link`` (RFC 8288), as the relation ``rel``.

    It lies below the path of the reading, or of ``below``: no other address is followed.
    """

    rel: str = "next"
    below: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A word of the vendor's names the next page: it stands in the answer at ``path`` and is sent back as ``param``.

    In the body of a request ``param`` is a path. ``more`` is where the answer says whether there is a further page, ``end``
    where it says that there is none; without them, the last page is the one without a cursor. With ``from_last`` the cursor
    is that value of the page's last record. ``instead_of`` is a parameter that only the first request has.
    """

    param: str
    path: str = ""
    more: str = ""
    place: Place = "query"
    from_last: str = ""
    end: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Pages are counted, from ``first``.

    ``last`` is where the answer says how many there are, ``more`` whether there is a further one. Where the answer says
    neither, the first page without records is behind the end.
    """

    param: str = "page"
    size: int = 100
    size_param: str = ""
    first: int = 1
    last: str = ""
    more: str = ""
    place: Place = "query"


@dataclass(frozen=True, slots=True)
class Offset:
    """Records are counted, from ``first``.

    The answer may say at ``total`` how many there are, or at ``more`` whether there are further ones. Where it says
    neither, the first page without records is behind the end: vendors cut a size that is too large to their own, without
    a word, so that a short page proves nothing. With ``template`` the place stands at the end of a text that ``param`` holds
    already (a query of the vendor's): " startposition {start} maxresults {size}".
    """

    param: str = "offset"
    size: int = 100
    size_param: str = "limit"
    first: int = 0
    total: str = ""
    more: str = ""
    place: Place = "query"
    template: str = ""


@dataclass(frozen=True, slots=True)
class Keyset:
    """The next page begins behind the last record: ``param`` is its ``field``, put into ``template`` ("id > {last}").

    It ends with a page of no records that were not seen yet. Records may come and go meanwhile: none is lost or doubled.
    """

    param: str
    field: str
    template: str = "{last}"
    place: Place = "query"


@dataclass(frozen=True, slots=True)
class GraphConnection:
    """A list of GraphQL: ``pageInfo`` stands at ``path`` beside the edges, its cursor goes into a variable."""

    path: str
    variable: str = "after"


@dataclass(frozen=True, slots=True)
class Job:
    """The request begins a job of the vendor's; its result is read when the job is done.

    ``id`` is where the answer names the job; ``poll`` and ``result`` are paths with ``{id}``, or, with ``result_link``, the
    result's address stands in the answer of ``poll``. ``status`` is where that says how far it is: one of ``done``, one of
    ``failed``, else it is asked again after ``poll_s`` seconds, at most ``max_wait_s``. A result of several parts names the
    next one in the header ``locator``, sent back as ``locator_param``.
    """

    id: str
    poll: str
    status: str
    done: tuple[str, ...]
    failed: tuple[str, ...] = ()
    result: str = ""
    result_link: str = ""
    poll_s: float = 5.0
    max_wait_s: float = 3600.0
    locator: str = ""
    locator_param: str = ""


Paging = OnePage | NextLink | LinkHeader | Cursor | PageNumber | Offset | Keyset | GraphConnection | Job
"""Any of them."""
