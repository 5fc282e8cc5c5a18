"""A record that is made as a row of a file that a vendor imports, a document with lines as one row for each of them."""

from collections.abc import Mapping
from decimal import Decimal

from toolkit.apply.imports.cells import NoCell, amount_text, text_cell
from toolkit.apply.imports.field_words import field_words
from toolkit.apply.imports.import_row import ImportRow, ImportWay, by_header, placed_cells, written_cells
from toolkit.changes import Operation, lines_of
from toolkit.connector import RECORD_ID, ImportForm

_UNDO = ("Remove the record that was made.",)
_LINE = "line."
_PLACES = 4
"""Decimals that a price of one may have."""

Values = Mapping[str, str | None]


def made_row(one: Operation, way: ImportWay) -> ImportRow | str:
    """Return a record that is made as rows of a form that makes such records, or why it is none, in a sentence."""
    form, lines = way.form, lines_of(one.after)
    after = _said(one, form, way.currency)
    why = _refused(after, way) or _lines_refused(after, lines, form)
    if why:
        return why
    by_line = {column.header for column in form.lines} if lines else set()
    header_of = {column.column: column.header for column in form.columns}
    own = {name: value for name, value in after.items() if header_of.get(name) not in by_line}
    untold = tuple(name for name in after if name in form.left_empty or (name not in own and name != "amount_minor"))
    cells = written_cells({name: value for name, value in own.items() if name not in form.left_empty}, one, way, None)
    if isinstance(cells, str):
        return cells
    if form.rows == "whole" and way.records.samples:
        head = way.records.samples[0]
        row = placed_cells(dict.fromkeys(head.cells, ""), cells, head, way)
        return row if isinstance(row, str) else ImportRow(row, left=_UNDO)
    rows = _line_rows(lines, form, way.currency_of(one, None))
    if isinstance(rows, str):
        return rows
    fixed = dict(form.constants)
    first, apart = by_header(cells, form), header_of.get(form.apart, "")
    again = first if form.is_repeated else {apart: first[apart]} if apart else {}
    more = tuple({**again, **(fixed if form.is_repeated else {}), **line} for line in rows[1:])
    return ImportRow({**first, **fixed, **(rows[0] if rows else {})}, left=_UNDO, more=more, untold=untold)


def _said(one: Operation, form: ImportForm, currency: str | None) -> dict[str, str | None]:
    """Return the values of the record itself that are said, with what stands for those that are not known."""
    after = {name: value for name, value in one.after.items() if value and not name.startswith(_LINE)}
    instead = {name: after[other] for name, other in form.instead if name not in after and other in after}
    known = {*(column.column for column in form.columns)}
    # An amount of nothing that has no place says nothing.
    nothing = {name for name, value in after.items() if name.endswith("_minor") and value == "0" and name not in known}
    # Nor does the currency of the product, where it has no place for one: its amounts are in no other.
    nothing |= {"currency"} if after.get("currency") == currency and "currency" not in known else set()
    return {name: value for name, value in {**after, **instead}.items() if name not in {*form.unsaid, *nothing}}


def apart_value(one: Operation, form: ImportForm) -> str:
    """Return what keeps the document that a change makes apart from others in a file."""
    return _said(one, form, None).get(form.apart) or ""


def _refused(after: Values, way: ImportWay) -> str:
    """Return why no such record may be made; empty where it may."""
    form = way.form
    missing = next((name for name in form.required if not after.get(name)), None)
    if missing is not None:
        return f"The import needs the {field_words(missing)}, which is not known."
    named = None if form.record is None or form.record.column == RECORD_ID else form.record.column
    if named is not None and way.records.count(named, after.get(named) or ""):
        return f"A record has the same {field_words(named)} already, and the import would change that one."
    if (after.get(form.apart) or "") in way.shared:
        return f"Another one of the plan has the same {field_words(form.apart)}, and the import would make one of both."
    return ""


def _lines_refused(after: Values, lines: tuple[Values, ...], form: ImportForm) -> str:
    if not lines:
        return ""
    if not form.lines:
        return "The import takes no lines."
    total = sum(int(line.get("amount_minor") or 0) for line in lines)
    if str(total) != after.get("amount_minor"):
        return "Its lines do not make up its amount, so that the import would show another total."
    return ""


def _line_rows(lines: tuple[Values, ...], form: ImportForm, currency: str | None) -> list[dict[str, str]] | str:
    """Return the cells of each line, by header, or why one of them cannot be written."""
    columns = {column.column: column for column in form.lines}
    rows: list[dict[str, str]] = []
    for line in lines:
        row: dict[str, str] = {}
        for name, value in _priced(line, currency, has_rate="rate" in columns).items():
            words = field_words(name)
            if name == "rate" and not value:
                return "The amount of a line is not its quantity times a price of one."
            if name in columns:
                cell = text_cell(value, columns[name])
                if isinstance(cell, NoCell):
                    return f"The {words} of a line {cell.reason}."
                row[columns[name].header] = cell
            elif name not in {*form.left_empty, "amount_minor"}:
                return f"The import has no column for the {words} of a line."
        rows.append(row)
    return rows


def _priced(line: Values, currency: str | None, *, has_rate: bool) -> dict[str, str]:
    """Return the texts of a line; with a price of one, where quantity times that is its amount (else it is empty)."""
    found = {name: value for name, value in line.items() if value}
    amount = amount_text(found.get("amount_minor", "0"), currency)
    texts = {**found, "amount_minor": "" if isinstance(amount, NoCell) else amount}
    if not has_rate:
        return texts
    quantity = Decimal(found.get("quantity", "1"))
    total = Decimal(texts["amount_minor"] or "NaN")
    rate = total / quantity if quantity else Decimal("NaN")
    is_exact = rate.is_finite() and rate == round(rate, _PLACES) and rate * quantity == total
    return {**texts, "quantity": f"{quantity:f}", "rate": f"{rate.normalize():f}" if is_exact else ""}
