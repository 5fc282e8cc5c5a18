"""How a record of a system is changed over its interface, as data: what is not described cannot be written.

Paths of requests name the record as ``{id}``; paths of values are names with dots, as everywhere.
"""

from dataclasses import dataclass
from typing import Literal

from toolkit.changes import Action
from toolkit.connector.api import Lookup, Named, StampForm
from toolkit.connector.fields import Field
from toolkit.connector.merging import Merge
from toolkit.connector.write_calls import BodyForm, OneCall, WriteCall

WriteForm = Literal["text", "number", "amount", "amount_text", "minor_units", "day", "flag"]
"""How a canonical value stands in a body: as text, as a number, as an amount in whole units of its currency (a number, or a
text) or in the smallest ones, as a day, as true or false."""


@dataclass(frozen=True, slots=True)
class WriteField:
    """A canonical column that may be written: where it stands in the body of a change, and in what form.

    Without a ``path`` it is not sent: it follows from others (a whole name from its parts), or has a request of its own.
    ``read_path`` is where the record says it, where that is another place; a vendor's connector reads it as the pull does
    (``read``). ``values`` are the canonical words and the vendor's for them. ``template`` is the text in which its value
    stands at ``{value}``. ``actions`` are the kinds of change that may hold it; none: all. ``clears`` are places that are
    emptied with it (further lines of a street, all of which stand in one column). ``blank`` is what empties it, where that
    is not what empties the others. ``lookups`` are lists that have the id which the vendor wants in the place of a name; a
    name that none has is refused, or with ``is_left_out`` not sent.
    """

    column: str
    path: str = ""
    form: WriteForm = "text"
    read_path: str = ""
    values: tuple[tuple[str, str], ...] = ()
    template: str = ""
    actions: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    is_left_out: bool = False
    read: Field | None = None
    blank: Literal["", "null", "empty"] = ""

    @property
    def read_at(self) -> str:
        """Where the record says it."""
        return self.read_path or self.path


@dataclass(frozen=True, slots=True)
class WriteLines:
    """How the lines of a document stand in a body: a list at ``path``, each entry its ``fields`` beside those of ``body``.

    A document without lines is entered as one line of its whole amount; ``whole`` says which columns of the document that
    line takes (``amount_minor`` from ``net_minor``).
    """

    path: str
    fields: tuple[WriteField, ...]
    body: str = "{}"
    whole: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnCall:
    """The requests by which one column is changed that has some of its own: to whom a record belongs, mostly.

    ``{value}`` in the path of ``fill`` is the new value, ``{before}`` in that of ``clear``, which empties it, the old one.
    Where a record may hold several (``is_list``), the old one is taken out behind the new one.
    """

    column: str
    fill: WriteCall
    clear: WriteCall | None = None
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    r"""Where a record says which version it is, and how a request says which one it means.

    It stands at ``path`` of the record, or in the answer's ``header`` (``ETag``); the request names it in ``condition``, a
    header (``If-Match``), or at ``condition_path`` of its body, from where the record stands there; with ``/`` in front from
    the top of the body; ``form`` is how it writes a moment (``http``: to the second). ``{id}`` in that path is the id of
    the record (``/context.versions.party\.party,{id}``).
    """

    path: str = ""
    header: str = ""
    condition: str = ""
    condition_path: str = ""
    form: StampForm | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The field in which a record that is made carries our mark, and the list that finds it by that mark at once.

    The list is asked for at ``path`` with the mark as ``param``, or in ``template`` there; with a ``body`` it is a POST, and
    ``param`` a path of that. Its records stand at ``records`` of the answer. Where ``is_late`` the list may not show yet
    what is new: that nothing is found there proves nothing. Where no field can carry a mark, ``column`` names the canonical
    one whose value no two records share: what is found by it is ours where all of it is as planned.
    """

    field: str
    path: str
    param: str
    records: str = ""
    template: str = "{mark}"
    body: str = ""
    is_late: bool = False
    column: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A request that updates several records at once, each with a result of its own: one that is refused leaves the others.

    ``call`` is the request, its body what stands in the entry of each record beside the changed fields, ``id_path`` where
    the entry names the record, ``id_at`` where its result does (empty: where a record does) and ``refused`` where that says
    why it was not taken. The entries stand at ``items`` of
    ``body``, at most ``at_most``; the results at ``results`` of the answer (empty: it is a list of them), and those that
    were refused, where they stand apart, at ``errors``, with the ids that each is about at ``error_ids``. What no result
    names, nobody knows. Where a single request names in its head the version that it means, it is used only if it
    ``is_unconditional``, which the settings of a client say: an edit between reading and writing would not be seen.
    """

    call: WriteCall
    at_most: int
    items: str
    body: str = "{}"
    results: str = ""
    errors: str = ""
    error_ids: str = ""
    is_unconditional: bool = False


@dataclass(frozen=True, slots=True)
class Upsert:
    """How a record is made under a key in a field of the client's own: sent again, it makes no second one.

    ``{field}`` in the path of ``call``, and in ``mark``, is the name of that field, which the settings of a client tell.
    """

    call: WriteCall
    mark: Mark


@dataclass(frozen=True, slots=True)
class Writing:
    """How the records of one stream are changed.

    Attributes
    ----------
    one
        The request of a single record, read before and after each change.
    named
        Lists of a record that are read by the kinds of their entries, as a pull reads them.
    fields, lines
        What may be written: the columns, and the lines of documents.
    further
        Places of a record beside the columns, which one that is made anew in its place gets as they stood.
    unsaid
        Columns of a record that is made which the system works out itself, or has not: they are neither sent nor compared.
    id
        Where an answer names the record.
    inside
        Where the record stands in the answer, where it is wrapped; ``body_inside`` the same of a request's body.
    create, update, archive, restore, repoint
        The requests; what is null cannot be done. References are moved by ``update``, where ``repoint`` is null;
        ``by_column`` are requests of single columns.
    delete
        The request that takes away a record which a job has made, where it cannot be archived.
    whole
        Objects that an update must hold as a whole: they are sent as they stand, with what is changed in them.
    batch
        How several records are updated at once.
    upsert
        How one is made under a key of ours, where the client has a field for it; see `with_external_id`.
    repeated
        Places of a record that every update repeats as they stand, since the vendor wants them there.
    merge
        The vendor's own merge, where it has one.
    archived
        Where a record says that it is archived, and what it says then (in a list: one of its entries); a record that is gone
        then counts as archived where this is empty.
    gone
        Where a record that is answered with says that it is deleted, and what it says then: it is gone.
    keeps
        Places of a record that stay as they are: where a change of other fields moves one of them, that is said.
    version, stamp, mark
        How another's change is recognised (by a version, and by where a record says when it was last changed), and how a
        record that was made is found again.
    key_header, key_param, key_hours
        The header, or the parameter of the address, of an idempotency key, and for how many hours it has one effect.
    body_form
        How bodies are written.
    blank
        What empties a field: null, or a text without letters.
    settle_s
        How long after a lost answer a change may still take effect.
    scopes
        Rights that writing needs.
    """

    one: OneCall
    fields: tuple[WriteField, ...]
    lines: WriteLines | None = None
    further: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    id: str = "id"
    inside: str = ""
    body_inside: str = ""
    create: WriteCall | None = None
    update: WriteCall | None = None
    archive: WriteCall | None = None
    restore: WriteCall | None = None
    merge: Merge | None = None
    batch: Batch | None = None
    upsert: Upsert | None = None
    repoint: WriteCall | None = None
    delete: WriteCall | None = None
    by_column: tuple[ColumnCall, ...] = ()
    whole: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()
    archived: tuple[str, str] = ("", "")
    gone: tuple[str, str] = ("", "")
    keeps: tuple[str, ...] = ()
    version: Version | None = None
    stamp: str = ""
    mark: Mark | None = None
    key_header: str = ""
    key_param: str = ""
    key_hours: float = 0.0
    body_form: BodyForm = "json"
    blank: Literal["null", "empty"] = "null"
    settle_s: float = 5.0
    scopes: tuple[str, ...] = ()

    def inside_of(self, call: WriteCall) -> str:
        """Return where the fields stand in the body of a request, with the dot that follows; empty: at its top."""
        found = self.body_inside if call.body_inside is None else call.body_inside
        return f"{found}." if found else ""

    def condition_in(self, call: WriteCall) -> str:
        """Return where the body of a request names the version that it means; empty where none does."""
        said = self.version.condition_path if self.version is not None else ""
        return said[1:] if said.startswith("/") else f"{self.inside_of(call)}{said}" if said else ""

    def kept_by_id(self) -> frozenset[str]:
        """Return the columns whose id is kept beside: what stands there is not also kept by a name."""
        return frozenset(one.column for one in self.fields if one.lookups and one.path in self.further)

    def call_of(self, action: Action) -> WriteCall | None:
        """Return the request that does something to a record; null where that cannot be done."""
        found: dict[Action, WriteCall | None] = {
            "create": self.create,
            "update": self.update,
            "repoint": self.repoint or self.update,
            "archive": self.archive,
            "restore": self.restore,
            "merge": self.merge.call if self.merge is not None else None,
            "delete": self.delete,
        }
        return found.get(action)

    def calls(self) -> tuple[WriteCall, ...]:
        """Return every request that changes something."""
        own = [call for one in self.by_column for call in (one.fill, one.clear)]
        merge = self.merge.call if self.merge is not None else None
        every = (self.create, self.update, self.archive, self.restore, self.repoint, self.delete, merge, *own)
        return tuple(one for one in every if one is not None)
