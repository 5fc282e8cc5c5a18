"""A system and its streams: which kinds of object it has, and how each stands in the files it exports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from toolkit.connector.about import About
from toolkit.connector.api import Api, Lookup, Reading
from toolkit.connector.fields import Field, Point, RowFilter, asked_field, is_asked
from toolkit.connector.headers import alternatives, header_key
from toolkit.connector.importing import HandWords, ImportForm
from toolkit.connector.writing import WriteField, Writing
from toolkit.errors import UnknownNameError
from toolkit.tables import ENTITY_COLUMNS, unknown_column

LineTotal = Literal["repeats", "first_line", "adds_up"]
"""How a file with a row per line states a document's total: on every line, on the first one, or not at all."""

CATEGORY_LABELS: Mapping[str, str] = {
    "crm": "CRM",
    "ledger": "accounting",
    "payments": "payments",
    "shop": "web shop",
    "projects": "projects",
    "support": "help desk",
    "people": "staff list",
    "bank": "bank account",
    "other": "your own list",
}
"""What a client calls each category of system."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """How a stream's file is told from all others: by the headers it has and those it lacks.

    Every one of ``distinctive`` is there and none of ``absent``.
    ``titles`` are report titles above the header, and ``file_words`` patterns of words in the file's name, lower case;
    either decides between formats with the same headers.
    ``cells`` describes a file without headers: for each column the header it gets and the pattern its
    filled cells fit from end to end.
    """

    name: str
    distinctive: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    file_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """A file that has a row for each line of a document.

    ``total`` says where the document's amounts stand: with ``repeats`` on every row, so that they count once; with
    ``first_line`` on the first row only, which is the one that fills ``head`` (without it, the amount); with ``adds_up``
    nowhere, so that what the rows say is added. A document that states no total gets the sum of its lines, and one
    whose rows state different totals gets none.
    """

    fields: Mapping[str, Field]
    head: str = ""
    total: LineTotal = "repeats"

    def __post_init__(self) -> None:
        if self.total not in get_args(LineTotal):
            raise UnknownNameError("way to state a document's total", self.total, get_args(LineTotal))


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of object of a system, in the vendor's words.

    ``key`` are the columns that name a record; with ``is_id`` the vendor guarantees that they do, so rows with the same
    key are one record; otherwise they were typed by people, and different rows with the same key stay apart (``1042``,
    ``1042#2``). Where the key is absent or empty, ``identifying`` canonical columns name the record by their hash and an
    ordinal among equals. With ``has_ordinal`` equal rows of one file are different records (bank lines). A key is unique
    within ``scope``, a canonical column (a bank's ids within an account). ``group_header`` names a column that a list in
    groups fills once for each group. ``readings`` are the lists of the vendor's interface that hold the stream (the first
    is the main one; deleted or archived records may stand in others), ``path_key`` what names a record there,
    ``path_alt_ids`` its other ids (in the form ``alt_form``), ``path_filters`` what of those lists are no records,
    ``path_merged`` the keys of records that were merged into one (a list, or a text with semicolons). ``path_lines`` are the
    lines there, where no file has any. ``lookups`` are lists of names that records refer to. ``imports`` are the vendor's
    ways to take such records from a file, ``writing`` is how they are changed over its interface. ``headers`` is every
    header the stream knows, as ``header_key``.
    """

    name: str
    entity: str
    fields: Mapping[str, Field]
    key: tuple[str, ...] = ()
    key_form: str = ""
    is_id: bool = True
    identifying: tuple[str, ...] = ()
    has_ordinal: bool = False
    scope: str = ""
    alt_ids: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    roles_by: Field | None = None
    kind: str = "unknown"
    points: tuple[Point, ...] = ()
    formats: tuple[ExportFormat, ...] = ()
    filters: tuple[RowFilter, ...] = ()
    lines: Lines | None = None
    group_header: str = ""
    is_protected: bool = False
    derives_status: bool = False
    readings: tuple[Reading, ...] = ()
    path_key: tuple[str, ...] = ()
    path_alt_ids: tuple[str, ...] = ()
    path_merged: str = ""
    lookups: tuple[Lookup, ...] = ()
    path_filters: tuple[RowFilter, ...] = ()
    alt_form: str = ""
    path_lines: Lines | None = None
    imports: tuple[ImportForm, ...] = ()
    writing: Writing | None = None
    headers: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.entity not in ENTITY_COLUMNS:
            raise UnknownNameError("entity", self.entity, ENTITY_COLUMNS)
        for column in (*self.fields, *self.identifying, *filter(None, [self.scope])):
            if column not in ENTITY_COLUMNS[self.entity]:
                raise unknown_column(self.entity, column)
        object.__setattr__(self, "headers", _known_headers(self))


@dataclass(frozen=True, slots=True)
class Connector:
    """A vendor's system: its name, what kind of system it is, and its streams.

    ``label`` is what people call the product. Where ``is_product`` is false it is a kind of file (a sheet, a statement), and
    the system is called what the client calls it. ``category_label`` says in a client's words what kind of system it is;
    left out, it is that of the category. ``api`` is its programming interface, where it can be asked; with ``is_described``
    ``engagement.yaml`` says how, as it says which streams there are. ``about`` is what a person must know of it: how
    credentials are made, what is odd, what the connector was proved on. ``by_hand`` says what a person does in the product
    where no file does it.
    """

    name: str
    label: str
    category: str
    streams: tuple[Stream, ...] = field(default=())
    category_label: str = ""
    is_product: bool = True
    api: Api | None = None
    is_described: bool = False
    about: About = field(default_factory=About)
    by_hand: HandWords = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.category_label:
            object.__setattr__(self, "category_label", CATEGORY_LABELS.get(self.category, self.category))

    def stream(self, name: str) -> Stream:
        """Return the stream of that name.

        Raises
        ------
        UnknownNameError
            There is none; the message offers the nearest.
        """
        for one in self.streams:
            if one.name == name:
                return one
        raise UnknownNameError(f"stream of {self.name}", name, [one.name for one in self.streams])


def with_imports(streams: Iterable[Stream], forms: Mapping[str, tuple[ImportForm, ...]]) -> tuple[Stream, ...]:
    """Return streams with the vendor's ways to take their records from a file, by the streams' names."""
    return tuple(replace(one, imports=forms.get(one.name, ())) for one in streams)


def with_writings(streams: Iterable[Stream], writings: Mapping[str, Writing]) -> tuple[Stream, ...]:
    """Return streams with how their records are changed over the vendor's interface, by the streams' names.

    What a record says in a column before and after a change is read as a pull reads it.
    """
    found = [(one, writings.get(one.name)) for one in streams]
    return tuple(one if how is None else replace(one, writing=_read_alike(one, how)) for one, how in found)


def _read_alike(stream: Stream, writing: Writing) -> Writing:
    """Return how a stream is written, with each column read as the stream's own field is."""
    own = {name: asked_field(one) for name, one in stream.fields.items() if is_asked(one)}
    fields = [one if one.read_path else _with_reading(one, own.get(one.column), stream.lookups) for one in writing.fields]
    named = [one for reading in stream.readings[:1] for one in (reading.named, reading.also_named) if one is not None]
    return replace(writing, fields=tuple(fields), named=tuple(named))


def _with_reading(field: WriteField, read: Field | None, lookups: tuple[Lookup, ...]) -> WriteField:
    """Return how a column is written, with how it is read: what is read by a list of names is written by it, too."""
    own = tuple(one for one in lookups if read is not None and one.at in read.headers)
    return replace(field, read=read, lookups=field.lookups or (own if field.path else ()))


def _known_headers(stream: Stream) -> frozenset[str]:
    names: list[str] = [*stream.key, *stream.alt_ids]
    fields = [*stream.fields.values(), *(point.field for point in stream.points)]
    if stream.lines is not None:
        names.append(stream.lines.head)
        fields += stream.lines.fields.values()
    fields += [one.otherwise for one in fields if one.otherwise is not None]
    for one in fields:
        names += [*one.headers, *one.minus, one.time_zone_from, one.times, one.percent_off, one.sign_from]
        names.append(one.negative_by[0])
    names += [one.headers for one in stream.filters]
    names += [name for one in stream.formats for name in one.distinctive]
    return frozenset(header_key(part) for name in names for part in alternatives(name)) - {""}
