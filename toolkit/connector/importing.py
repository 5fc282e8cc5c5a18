"""How a vendor takes rows from a file: what its import can do, which columns it has, how a record is named in it.

It is data, as the formats of exports are, so that a change to a client's system can be handed over as a file that the client
imports. What the vendor does not say, or says differently in different places, is left out: it is done by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.changes import Action

Blank = Literal["keeps", "clears", "unknown"]
"""What an empty cell does to a field that is filled: leaves it, empties it, or nobody says for certain."""
Rows = Literal["touched", "whole"]
"""Whether a row of a record that exists holds what changes, or every cell of the client's export with what changes in it."""

RECORD_ID = "record_id"


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column of the file: the canonical column it holds and its header, exactly as the vendor writes it.

    A value that does not fit ``pattern`` from end to end, or is longer than ``max_length`` (0: no limit known), is not
    written.
    """

    column: str
    header: str
    pattern: str = ""
    max_length: int = 0


@dataclass(frozen=True, slots=True)
class ImportForm:
    """One import of a vendor for one kind of object.

    Attributes
    ----------
    name
        What the vendor calls it.
    actions
        What a row may do.
    place
        Where it is in the product, in words.
    columns
        In the order of the file.
    record
        The column that says which record a row changes, ``record_id`` or a canonical column whose value no two records
        share; none where records are only made.
    required
        Canonical columns without which the vendor refuses a row; of a record that exists, its present value stands there.
    follows
        Columns that the vendor puts together from others, and which those: they are not written, and must agree.
    unsaid, left_empty
        Columns of a record that is made: those that the vendor works out itself, and those that the import has not. The
        second are told to whoever imports.
    own
        Columns of a record that is made which the vendor's import takes into fields of the client's own: under the header
        that the client's export has for them. Where it has none they are left empty, or in no file.
    instead
        Columns of a record that is made, and which other stands for one that has no value.
    apart
        The column by which the vendor tells which rows are one document: no two documents share its value.
    lines
        Columns of a document's lines, each a row: those of DOCUMENT_LINE, and ``rate``, the price of one. Where a line
        fills a header that the document fills too, the line's cell stands.
    is_repeated
        Whether the rows of further lines repeat what the first says of the document, or its ``apart`` alone.
    constants
        Further headers with what stands in them in every row.
    rows, blank
        See `Rows` and `Blank`.
    day_form
        How a day is written (``strftime``).
    max_rows, max_bytes
        Records of one file, and its size; 0 bytes: no limit known.
    has_bom
        Whether the file begins with a byte-order mark.
    takes_xlsx
        Whether the import takes a workbook as well as CSV.
    choices
        What is to be chosen while importing, in words.
    on_repeat
        What happens when the same file is imported again.
    source
        Where the vendor says so, and of when that is.
    """

    name: str
    actions: tuple[Action, ...]
    place: str
    columns: tuple[ImportColumn, ...]
    on_repeat: str
    source: str
    record: ImportColumn | None = None
    required: tuple[str, ...] = ()
    follows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unsaid: tuple[str, ...] = ()
    left_empty: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    apart: str = ""
    lines: tuple[ImportColumn, ...] = ()
    is_repeated: bool = True
    constants: tuple[tuple[str, str], ...] = ()
    rows: Rows = "touched"
    blank: Blank = "unknown"
    day_form: str = "%Y-%m-%d"
    max_rows: int = 1_000
    max_bytes: int = 0
    has_bom: bool = False
    takes_xlsx: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person does in the product where no file does it, and how that is taken back."""

    do: str
    undo: str


HandWords = Mapping[Action, ByHand]
"""What is done by hand for each kind of change, in a vendor's words."""
