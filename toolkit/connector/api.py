"""A vendor's programming interface as data: where it stands, how fast it may be asked, how one reads each of its lists.

Texts may name places in braces (``https://{domain}.example/api``): the engagement or signing in fills them.
"""

from dataclasses import dataclass, field
from typing import Literal

from toolkit.connector.paging import OnePage, Paging
from toolkit.connector.sign_in import SignIn

Meaning = Literal["wait", "sign_in", "scope", "plan", "stop", "refused", "lost", "gone", "conflict"]
"""What a fault asks for: wait and repeat, sign in again, ask for a scope, do without (the client's plan lacks it), stop;
or that the system refused just this, or broke off (of a change nobody knows then whether it was made); or that the record
is gone, or another one by now."""

StampForm = Literal["iso", "bare", "date", "epoch_s", "epoch_ms", "http"]
"""How a moment is written in a request; ``bare`` is UTC without saying so."""

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` requests in any ``per_s`` seconds, as the vendor counts them.

    One of an hour or longer is a budget: when it is used up the pull pauses and can be resumed.
    """

    count: int
    per_s: float

    @property
    def is_budget(self) -> bool:
        """Whether nobody waits for it at the screen."""
        return self.per_s >= 3600


@dataclass(frozen=True, slots=True)
class Fault:
    """What an answer means: its status (any, where 0), and a pattern found in the text at ``path`` of the body."""

    means: Meaning
    status: int = 0
    path: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """The call that says whose data the credentials open, and where its answer holds that id and its name.

    ``body`` (JSON text) is posted, where there is one; ``query`` is sent as it stands. An ``id`` in braces is that place of
    the address: the answer does not repeat it. With ``place``, credentials open several accounts: the answer lists them at
    ``accounts`` ("" for its top), ``id`` and ``name`` are paths of an entry, and the id of the one that is pulled fills that
    place of every request. The settings name it, where there are several. Where
    credentials may lack the right to ask, ``is_optional``: nobody knows then whose data they open.
    """

    path: str
    id: str
    name: str = ""
    body: str = ""
    place: str = ""
    accounts: str = ""
    is_optional: bool = False
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """Where an answer says what a request cost, how much is left to spend, and how much of it comes back each second."""

    asked: str
    left: str
    per_s: str


@dataclass(frozen=True, slots=True)
class Which:
    """What of a list counts: entries whose text at ``path`` fits ``pattern`` from end to end."""

    path: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Changed:
    """How to ask only for what changed since a moment, and where a record says when it was changed.

    The moment goes into ``template`` as ``{since}``, and that into ``param`` (a path, where the reading sends a body) or
    into ``header``. ``field`` is the path of a record's own stamp: of two versions the newer counts. A vendor that knows
    no more than the last ``days`` is asked for everything when the last pull was before them.
    """

    field: str
    param: str = ""
    header: str = ""
    template: str = "{since}"
    form: StampForm = "iso"
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A list that ends after ``max_records`` whatever there is: it is asked for in slices of time, each below that.

    ``start`` and ``end`` are the parameters of a slice (the end not in it), put into ``template`` as ``{start}`` and
    ``{end}`` where the vendor wants one text in ``param``. ``earliest`` is before anything was recorded (ISO date).
    """

    max_records: int
    start: str = ""
    end: str = ""
    param: str = ""
    template: str = ""
    form: StampForm = "iso"
    earliest: str = "2000-01-01"


@dataclass(frozen=True, slots=True)
class Named:
    """A list of a record's own fields, each with its name: it is read as if it were an object with these names.

    The list stands at ``path``, in each entry its name at ``name`` and its value at the first filled of ``values``. A field
    finds ``Job no.`` at ``path`` and then ``job no``: small, without dots, as `named_key` writes it.
    """

    path: str
    name: str
    values: tuple[str, ...]


def named_key(name: str) -> str:
    """Return what an entry of a list of named fields is found by.

    Examples
    --------
    >>> named_key(" Job no. ")
    'job no'
    """
    return " ".join(name.replace(".", " ").casefold().split())


@dataclass(frozen=True, slots=True)
class Selection:
    """The fields that a query names, in the place ``{fields}``: of a vendor that refuses a query for one it does not show.

    What the credentials see is asked for at ``path``: the names at ``names`` of the answer (the path of a list, and of the
    name in each entry). Of ``wanted`` those are named that are there, and of ``offered``, whose lack is nothing to be said;
    with ``further``, all others that fit that pattern: a client's own. ``Owner.Name`` is there if ``Owner`` is among
    ``parents``, ``(SELECT Price FROM Prices)`` if ``Prices`` is among ``children``. Where these say at ``child`` of which
    object that list is, its own description is asked for at ``child_path`` (``{child}`` is its name): of a query inside the
    query, too, only what is shown is named.
    """

    path: str
    wanted: tuple[str, ...]
    offered: tuple[str, ...] = ()
    further: str = ""
    names: tuple[str, str] = ("fields", "name")
    parents: tuple[str, str] = ("fields", "relationshipName")
    children: tuple[str, str] = ("childRelationships", "relationshipName")
    child: str = "childSObject"
    child_path: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What the records of a list lack, and another list says of them by their ids, a hundred at a time.

    ``reading`` is that list, asked for by ids. Its entry for the record whose id stands at ``key`` has a list at
    ``entries``; each of these comes to stand in a list at ``path`` of the record, as an object that has at each name of
    ``names`` the text at the path beside it. A record of which the other list says nothing stays as it came.
    """

    path: str
    reading: "Reading"
    key: str
    entries: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One list of an interface: what is sent, where its records stand in the answer, and how it goes on.

    ``query`` and ``body`` (JSON text) are sent as they stand. ``records`` is the path of the list in the answer,
    ``inside`` the path of the record in each of its entries (``node`` of GraphQL). ``total`` is where the answer says how
    many there are. ``state`` is what the records of this list are (``archived``, ``deleted``); with ``is_keys_only`` they
    name records and say no more of them. ``key`` are the paths of the key here, where they differ from the stream's.
    ``lines`` is the path of the list of a document's lines: the paths of the lines' fields lead through it, as if it were
    the one line (``items.sku``). Records of a list with ``is_parents`` are none of the stream: the list behind it is
    asked for once for each, its key in the place ``{parent}`` of path and query. With ``is_optional`` a client's plan may
    lack the list, or its credentials the right to it: what it holds is then not there, which is said and is no fault.

    ``which`` says which entries are records, ``which_lines`` which entries of ``lines`` are lines. With ``is_left_out`` an
    answer without records has no list at all. A list ``is_of_changes`` is asked for only where changes are, one
    ``is_of_all`` only where everything is. One that ends after ``at_most`` whatever there is, and cannot be cut into slices,
    is not whole then. ``limits`` are of this list alone, beside those of the interface, ``selection`` the
    fields that its query names, ``named`` a list of a record's fields that is read by their names. A list
    of names that is asked for by ids has them at ``ids`` of its body, as ``{"id": …}``, a hundred at a time.

    Where the record at hand may hold only the first of its lines, ``more_lines`` says which records those are, and the list
    behind (``is_lines``) gives all lines of each: its key is in ``{parent}``, or at ``parent_param`` of the body as
    ``parent_template`` has it. ``also_named`` is a second list as ``named`` is. ``base64`` names the parameters of the query
    that the vendor takes in base64 (URL-safe); here they stand as they are meant. ``completed`` is what its records lack.
    """

    path: str
    records: str = ""
    inside: str = ""
    method: str = "GET"
    query: tuple[tuple[str, str], ...] = ()
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    paging: Paging = field(default_factory=OnePage)
    changed: Changed | None = None
    window: Window | None = None
    total: str = ""
    state: str = ""
    is_keys_only: bool = False
    key: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    form: Literal["json", "json_lines", "csv"] = "json"
    lines: str = ""
    is_parents: bool = False
    is_optional: bool = False
    base64: tuple[str, ...] = ()
    which: Which | None = None
    which_lines: Which | None = None
    is_left_out: bool = False
    is_of_changes: bool = False
    is_of_all: bool = False
    limits: tuple[Limit, ...] = ()
    selection: Selection | None = None
    named: Named | None = None
    ids: str = ""
    at_most: int = 0
    more_lines: Which | None = None
    is_lines: bool = False
    parent_param: str = ""
    parent_template: str = "{parent}"
    also_named: Named | None = None
    completed: tuple[Completion, ...] = ()

    def tells_changes(self) -> bool:
        """Whether it may be asked for what changed since a moment."""
        changed = self.changed
        return self.window is not None or (changed is not None and bool(changed.param or changed.header))


@dataclass(frozen=True, slots=True)
class Lookup:
    """A short list of names that records refer to by an id: owners, stages.

    What stands at ``by`` of a record is looked for at ``key`` of the list; what stands at ``name`` there, joined, is what a
    field finds at the path ``at``, which no answer has: ``(owner)``. Without the list (its scope is missing), nothing is
    there.
    """

    at: str
    by: str
    reading: Reading
    key: str
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Api:
    """An interface: its address, the ways to sign in, its limits, and what is true of every request.

    ``at_once`` is how many requests may be under way. ``look_back_s`` is how far before the last pull a pull of changes
    begins: vendors publish rows late. ``further_origins`` are other places that answers may point to (downloads of
    reports); no credential goes there. After a 429 that does not say how long to wait, ``wait_s`` is waited. ``cost`` is how
    a vendor that counts costs instead of requests says them. Where an answer names its version in ``version_header``, it is
    held against ``version``.
    """

    url: str
    sign_in: tuple[SignIn, ...] = ()
    version: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    limits: tuple[Limit, ...] = ()
    at_once: int = 4
    account: Account | None = None
    faults: tuple[Fault, ...] = ()
    look_back_s: float = 600.0
    further_origins: tuple[str, ...] = ()
    wait_s: float | None = None
    cost: Cost | None = None
    version_header: str = ""
