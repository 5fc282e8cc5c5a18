"""One change as one row of a file that a vendor imports, and as the row that takes it back; or why there is none.

Nothing is left out of a change: where the import lacks one of its columns, or cannot hold one of its values, the whole of it
is done by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of_class

from toolkit.apply.imports.cells import NoCell, alike_cell, cell_of, is_number, is_text, not_for_a_file, text_cell
from toolkit.apply.imports.field_words import field_words
from toolkit.apply.imports.target_records import TargetRecord, TargetRecords
from toolkit.changes import Operation
from toolkit.connector import RECORD_ID, Field, ImportColumn, ImportForm


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of a file, and how it is taken back.

    ``cells`` are texts by header, ``more`` those of the rows of further lines of a document. ``restored`` are the cells of
    the row that takes it back (empty: no row does), ``left`` says in words what of it is done by hand. ``untold`` are the
    columns of a record that is made which the import has not.
    """

    cells: Mapping[str, str]
    restored: Mapping[str, str] = of_class(default_factory=dict)
    left: tuple[str, ...] = ()
    more: tuple[Mapping[str, str], ...] = ()
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportWay:
    """How changes of one stream may become rows: the vendor's form, the stream's records, and how the stream is read.

    ``currency`` is that of amounts whose record states none, ``shared`` the values that several documents of the plan have
    in the column that keeps them apart.
    """

    form: ImportForm
    records: TargetRecords
    fields: Mapping[str, Field]
    currency: str | None = None
    shared: frozenset[str] = frozenset()

    def currency_of(self, one: Operation | None, record: TargetRecord | None) -> str | None:
        """Return the currency of a record's amounts, as it is after a change."""
        stated = (None, None) if one is None else (one.after.get("currency"), one.before.get("currency"))
        known = None if record is None else record.values.get("currency")
        return next((code for code in (*stated, known) if code), self.currency)


def changed_row(one: Operation, way: ImportWay) -> ImportRow | str:
    """Return a change of a record that is there as a row of a form, or why it is none, in a sentence."""
    record = way.records.found.get(one.target_id or "")
    if record is None:
        return "The record is not among those that were read from the system."
    name = _parted(one, way, record) or _named(one, way, record)
    cells = written_cells(one.after, one, way, record)
    if isinstance(name, str) or isinstance(cells, str):
        return name if isinstance(name, str) else str(cells)
    return _whole(way, record, cells) if way.form.rows == "whole" else _touched(one, way, record, cells, name)


def _parted(one: Operation, way: ImportWay, record: TargetRecord) -> str:
    """Return which field of a change stands in several of the record, in a sentence; empty where none does."""
    parted = (name for name in one.after if name in way.fields and _is_parted(one, name, way.fields[name], record))
    name = next(parted, "")
    return f"The {field_words(name)} stands in several fields of the product." if name else ""


def _is_parted(one: Operation, name: str, source: Field, record: TargetRecord) -> bool:
    """Whether what is read as one field stands in several of the record, so that writing one would leave the others."""
    if not source.joined or source.joined.isspace():
        return False
    found = record.headers_of(source)
    if found:
        return sum(bool(record.cells[header]) for header in found) > 1
    return source.joined in (one.before.get(name) or "")


def must_be_unique(form: ImportForm) -> bool:
    """Whether what names a record may be shared by two: a vendor's own id is not, the key of a list may be."""
    return form.record is not None and (form.record.column != RECORD_ID or form.rows == "whole")


def _named(one: Operation, way: ImportWay, record: TargetRecord) -> Mapping[str, str] | str:
    """Return the cell that says which record is meant, or why the import would not find it."""
    form, named = way.form, way.form.record
    if named is None:
        whole = "No one column of the list names a record."
        return whole if form.rows == "whole" else "The import makes records and changes none."
    words = field_words(named.column)
    value = record.values.get(named.column)
    if not value:
        return f"The import finds a record by its {words}, and this one has none."
    if named.column in one.after:
        return f"The import finds a record by its {words}, which is what changes."
    if must_be_unique(form) and way.records.count(named.column, value) != 1:
        return f"The import finds a record by its {words}, and another record has the same."
    cell = cell_of(value, named, None, form.day_form)
    return f"The {words} {cell.reason}." if isinstance(cell, NoCell) else {named.header: cell}


def written_cells(
    after: Mapping[str, str | None], one: Operation, way: ImportWay, record: TargetRecord | None
) -> dict[str, str] | str:
    """Return the cells of values, by canonical column, or why one of them cannot be written.

    Parameters
    ----------
    after
        Values of the change, or those that stand for them.
    one
        The change.
    way
        How it may become a row.
    record
        The record that is changed; null where one is made.
    """
    form = way.form
    columns, follows = _columns(form), dict(form.follows)
    cells: dict[str, str] = {}
    for name, value in after.items():
        words = field_words(name)
        if name in follows and value == _composed(after, follows[name], record):
            continue
        if name not in columns:
            return f"The import has no column for the {words}."
        if not value and form.blank != "clears":
            return f"The import cannot empty a field, and the {words} is to be empty."
        cell = cell_of(value, columns[name], way.currency_of(one, record), form.day_form) if value else ""
        if isinstance(cell, NoCell):
            return f"The {words} {cell.reason}."
        cells[name] = cell
    return cells


def _composed(after: Mapping[str, str | None], names: tuple[str, ...], record: TargetRecord | None) -> str | None:
    known = {} if record is None else record.values
    return " ".join(filter(None, (after[name] if name in after else known.get(name) for name in names))) or None


def _columns(form: ImportForm) -> Mapping[str, ImportColumn]:
    return {column.column: column for column in form.columns}


def by_header(cells: Mapping[str, str], form: ImportForm) -> Mapping[str, str]:
    """Return cells by the headers of a form."""
    return {column.header: cells[column.column] for column in form.columns if column.column in cells}


def _touched(
    one: Operation, way: ImportWay, record: TargetRecord, cells: Mapping[str, str], name: Mapping[str, str]
) -> ImportRow | str:
    """Return the row that holds what changes and what the vendor asks for, and the row with what was there before."""
    form, kept = way.form, dict[str, str]()
    columns = _columns(form)
    for column in (one_name for one_name in form.required if one_name not in one.after):
        present = record.values.get(column)
        if not present:
            return f"The import needs the {field_words(column)}, and the record has none."
        cell = cell_of(present, columns[column], way.currency_of(one, record), form.day_form)
        if isinstance(cell, NoCell):
            return f"The {field_words(column)}, which the import needs, {cell.reason}."
        kept[columns[column].header] = cell
    again, left = _restored(one, way, record)
    fixed = {**kept, **name, **dict(form.constants)}
    return ImportRow({**fixed, **by_header(cells, form)}, {**fixed, **again} if again else {}, tuple(left))


def _restored(one: Operation, way: ImportWay, record: TargetRecord) -> tuple[Mapping[str, str], list[str]]:
    """Return the cells that what changes had before, and what of them is put back by hand."""
    again: dict[str, str] = {}
    left: list[str] = []
    for column in (column for column in way.form.columns if column.column in one.after):
        cell, words = _before(one, column, way, record), field_words(column.column)
        if isinstance(cell, NoCell):
            left.append(f"Set the {words} to what it was before.")
        elif not cell and way.form.blank != "clears":
            left.append(f"Empty the {words}.")
        else:
            again[column.header] = cell
    return again, left


def _before(one: Operation, column: ImportColumn, way: ImportWay, record: TargetRecord) -> str | NoCell:
    """Return the cell that the field had: as the client's own row has it where the import takes that, else of its value."""
    header = record.header(column.header)
    own = None if header is None else record.cells[header]
    if own is not None and (is_text(column.column) or is_number(own)):
        return text_cell(own, column) if own else ""
    before = one.before.get(column.column)
    return cell_of(before, column, way.currency_of(one, record), way.form.day_form) if before else ""


def _whole(way: ImportWay, record: TargetRecord, cells: Mapping[str, str]) -> ImportRow | str:
    """Return the client's own row with what changes in it, and the row as it was."""
    if not record.cells:
        return "The import needs the whole row of the exported file, which is not known."
    row = placed_cells(record.cells, cells, record, way)
    if isinstance(row, str):
        return row
    if any(not_for_a_file(text) for text in (*row.values(), *record.cells.values())):
        return "The row holds what a spreadsheet would run as a formula."
    changed = [header for header, cell in row.items() if cell != record.cells[header]]
    left = [] if way.form.blank == "clears" else [header for header in changed if not record.cells[header]]
    again = dict(record.cells) if len(left) < len(changed) else {}
    return ImportRow(row, again, tuple(f"Empty the field {header}." for header in left))


def placed_cells(
    row: Mapping[str, str], cells: Mapping[str, str], record: TargetRecord, way: ImportWay
) -> dict[str, str] | str:
    """Return a row of the client's list with cells put where the list has them, or why it has no place for one.

    Parameters
    ----------
    row
        As it is.
    cells
        By canonical column.
    record
        Whose row it is, or one that has the same headers.
    way
        How the list is read.
    """
    placed, columns = dict(row), _columns(way.form)
    for name, cell in cells.items():
        headers = record.headers_of(way.fields[name])
        if not headers:
            return f"The list has no column for the {field_words(name)}."
        # Of the columns that are there, the first that is filled is the one that is read.
        header = next((one for one in headers if row[one]), headers[0])
        alike = (
            (one.values.get(name), one.cells.get(header), way.currency_of(None, one))
            for one in (record, *way.records.samples)
        )
        written = alike_cell(cell, columns[name], alike, way.form.day_form)
        if written is None:
            return f"The list writes the {field_words(name)} in a way of its own."
        placed[header] = written
    return placed
