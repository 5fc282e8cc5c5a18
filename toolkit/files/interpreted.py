"""From what a table was understood as to the stream that reads it.

The settings say the same in words (``engagement.yaml``): both become a ``StreamMap``, so that a table is read in one way,
whether nobody has confirmed it yet or somebody has.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.connector import Field, Lines, LineTotal, RowFilter, Stream, header_key
from toolkit.files.raw import RawTable
from toolkit.interpret.given_table import GivenTable, looked_at
from toolkit.interpret.interpretation import LINE, PROBABLE, ColumnReading, Interpretation
from toolkit.interpret.party_kinds import CONTACT_NAMES
from toolkit.tables import ENTITY_COLUMNS, PARTY_ENTITIES
from toolkit.values.status import outcome_in_name

_MONEY = {
    "amount_gross": "amount_minor",
    "amount_net": "net_minor",
    "tax": "tax_minor",
    "fee": "fee_minor",
    "paid": "paid_minor",
    "unit_price": "price_minor",
    "rate": "rate_minor_per_hour",
}
_MEANINGS = {column: meaning for meaning, column in _MONEY.items()}
_LINE_COLUMNS = ("sku", "description", "quantity", "gl_code")
_TOTALS: Mapping[str, LineTotal] = {"repeats": "repeats", "first_line": "first_line", "adds_up": "adds_up"}
_NUMBERED_BY_HAND = frozenset({"invoice", "bill", "credit_note", "order", "quote"})
"""Documents of which two parties may have the same number; lines without a day seldom name the party in every row."""
_OF_A_PARTY = frozenset({*_NUMBERED_BY_HAND, "deal", "payment"})
"""Documents in which names of a company or a person are those of the other side, not of who works on it."""
_WON, _LOST = frozenset({"won", "done", "paid"}), frozenset({"lost", "cancelled"})
_NO_MONEY = frozenset(
    {"failed", "pending", "voided", "void", "authorised", "authorized", "cancelled", "canceled", "declined"}
)
_CALLED_OFF = frozenset({"voided", "void", "cancelled", "canceled"})
"""A document of these stands for nothing: nobody carries a cancelled order on."""
_NOT_PAID_YET = frozenset({"open", "overdue", "draft"})
"""What is due is not received: "Ausstehend", "Unpaid" in a list of payments."""
_MONEY_MOVED = frozenset({"payment", "bank_line"})
_YES = "^(?:true|yes|y|1|x|won|ja|oui|s[ií]|sim|vero|waar|wahr|gewonnen|gagn[ée]e?|ganad[oa]|vinta|vundet|vunnen|vunnet)$"
_NO = "^(?:false|no|n|0|lost|nein|non|nao|não|nee|nej|nei|verloren|perdue?|perdid[oa]|persa|tabt|förlorad|tapt)$"


@dataclass(frozen=True, slots=True)
class StreamMap:
    """Which stream a table is: its entity, where each canonical column stands, what names a record, what a row is.

    ``statuses`` is what each value of the status column stands for. ``total`` says of lines where the document's amount
    stands.
    """

    entity: str
    fields: Mapping[str, Field]
    key: tuple[str, ...] = ()
    is_lines: bool = False
    total: str = ""
    lines: Mapping[str, Field] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    kind: str = ""


def shown_headers(headers: Sequence[str]) -> tuple[str, ...]:
    """Return headers of which none is empty, none stands twice, and none reads as two alternatives.

    Examples
    --------
    >>> shown_headers(["Date", "", "Date"])
    ('Date', 'column 2', 'Date (2)')
    """
    seen: dict[str, int] = {}
    shown = []
    for place, header in enumerate(headers, start=1):
        name = header.replace("|", "/").strip() or f"column {place}"
        key = header_key(name)
        seen[key] = seen.get(key, 0) + 1
        shown.append(name if seen[key] == 1 else f"{name} ({seen[key]})")
    return tuple(shown)


def given_table(raw: RawTable) -> GivenTable:
    """Return a table as it is looked at: at most some thousand rows of its start, middle and end."""
    rows = looked_at(raw.rows)
    *folders, file = raw.file.split("/")
    titles = tuple(cell for line in raw.preamble for cell in line if cell)
    return GivenTable(
        headers=raw.headers,
        columns=tuple(rows[f"c{place}"] for place in range(len(raw.headers))),
        rows_total=raw.rows.num_rows,
        file=file,
        folder=folders[-1] if folders else "",
        sheet=raw.part,
        titles=titles,
        delimiter=raw.delimiter,
    )


def stream_map(interpretation: Interpretation) -> StreamMap:
    """Return how a table is read as it was understood; what is doubtful is left out."""
    found = interpretation
    names = ENTITY_COLUMNS[found.entity]
    is_lines = found.row_is == LINE
    fields: dict[str, Field] = {}
    for column in _used(found):
        target = canonical_column(column.meaning, found.entity)
        if target is not None and target not in fields:
            fields[target] = Field((column.header,))
    if "amount_minor" in names and "amount_minor" not in fields:
        amount = _sides(found)
        if amount is not None:
            fields["amount_minor"] = amount
    balance = found.column_of("balance")
    if balance is not None and {"paid_minor", "amount_minor"} <= {*names} and found.entity in {"invoice", "bill"}:
        # What is still open of a document says what has been paid of it.
        amounts = fields.get("amount_minor")
        if amounts is not None and "paid_minor" not in fields:
            fields["paid_minor"] = Field(amounts.headers, minus=(balance.header,))
    fields = _with_names(found, fields)
    places = {one.header: one.index for one in found.columns}
    fields = dict(sorted(fields.items(), key=lambda item: places[item[1].headers[0]]))
    lines = _lines(found, fields) if is_lines else {}
    for column_name in ("description", "gl_code"):
        # A line's text is not the document's.
        if column_name in lines:
            fields.pop(column_name, None)
    return StreamMap(
        entity=found.entity,
        fields=fields,
        key=tuple(found.columns[place].header for place in found.key),
        is_lines=is_lines,
        total=found.total if is_lines else "",
        lines=lines,
        statuses=dict(found.statuses) if "status" in fields else {},
        kind="company" if found.company is not None else "",
    )


def mapped_stream(name: str, given: StreamMap) -> Stream:
    """Return the stream that a map describes.

    Examples
    --------
    >>> stream = mapped_stream("jobs", StreamMap("project", {"name": Field(("Job",))}, key=("Job no",)))
    >>> stream.key, stream.is_id, stream.has_ordinal
    (('Job no',), False, False)
    """
    fields = dict(given.fields)
    fields.update(_won_field(given, name))
    fields.update(_state_field(given))
    lines = None
    if given.is_lines:
        lines = Lines(given.lines, total=_TOTALS.get(given.total, "repeats"))
    return Stream(
        name=name,
        entity=given.entity,
        fields=fields,
        key=given.key,
        # Keys of own tables were typed by people, and start again in the next book; lines were folded into documents before.
        is_id=False,
        identifying=tuple(given.fields),
        has_ordinal=not given.key,
        roles=given.roles,
        kind=given.kind or "unknown",
        filters=_filters(given),
        lines=lines,
        scope="party_name"
        if given.is_lines and given.entity in _NUMBERED_BY_HAND and {"party_name", "issued_on"} <= fields.keys()
        else "",
    )


def canonical_column(meaning: str, entity: str) -> str | None:
    """Return the column of an entity that holds a meaning; nothing where it has none.

    Examples
    --------
    >>> canonical_column("amount_gross", "invoice"), canonical_column("email", "invoice")
    ('amount_minor', None)
    """
    column = _MONEY.get(meaning, meaning)
    is_party_kind = column == "kind" and entity in PARTY_ENTITIES
    return column if column in ENTITY_COLUMNS[entity] and not is_party_kind else None


def meaning_of(column: str) -> str:
    """Return the meaning that a canonical column holds.

    Examples
    --------
    >>> meaning_of("amount_minor"), meaning_of("party_name")
    ('amount_gross', 'party_name')
    """
    return _MEANINGS.get(column, column)


def unconfirmed_columns(interpretation: Interpretation) -> tuple[str, ...]:
    """Return the canonical columns that are read by a probable guess, and ``key`` or ``row`` where those are guesses."""
    headers = {column.header for column in interpretation.columns if column.certainty == PROBABLE}
    found = stream_map(interpretation)
    columns = [name for name, one in found.fields.items() if headers & {*one.headers, *one.minus}]
    columns += [f"lines.{name}" for name, one in found.lines.items() if headers & {*one.headers}]
    columns += ["key"] if headers & {*found.key} else []
    return tuple(dict.fromkeys(columns))


def left_out(interpretation: Interpretation, used: Sequence[str] | None = None) -> tuple[ColumnReading, ...]:
    """Return the columns that look like money, a date, a name or an id and are read as nothing.

    Parameters
    ----------
    interpretation
        What the table is.
    used
        Headers that are read; those of the interpretation itself without.
    """
    read = set(headers_read(stream_map(interpretation)) if used is None else used)
    return tuple(one for one in interpretation.columns if one.looks_like and one.header not in read)


def why_left_out(column: ColumnReading, entity: str, columns: Collection[str], kind: str = "") -> str:
    """Return why a column is not read: it was not told, another is read as that, or nothing is made of what it holds.

    Parameters
    ----------
    column
        The column.
    entity
        What the table lists.
    columns
        Canonical columns that are read.
    kind
        Whether the table lists parties of one kind.
    """
    if column.used_as in {"none", ""}:
        return column.reason
    what = column.meaning.replace("_", " ")
    if kind == "company" and column.meaning in {*CONTACT_NAMES, "name"}:
        return "it names whom to talk to; the record is the company"
    canonical = canonical_column(column.meaning, entity)
    if canonical in columns:
        return f"another column is read as {what}"
    if canonical is not None:
        return f"it seems to hold {what}, and no field of the stream names it"
    return f"it seems to hold {what}, of which nothing is made in a list of {entity} records"


def headers_read(given: StreamMap) -> tuple[str, ...]:
    """Return the headers that a map reads."""
    names = [*given.key]
    for one in (*given.fields.values(), *given.lines.values()):
        names += [*one.headers, *one.minus, *filter(None, [one.times])]
    return tuple(dict.fromkeys(names))


def _used(found: Interpretation) -> list[ColumnReading]:
    """Return the columns that are read, the surest first; the gross amount before the others."""
    used = [one for one in found.columns if one.used_as not in {"none", "debit", "credit", "balance"}]
    return sorted(used, key=lambda one: (-one.probability, one.index))


def _with_names(found: Interpretation, fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return fields in which a list of companies is named by them, and a document by whoever else stands on it."""
    if found.company is not None:
        # The other names are of the person to talk to: they stay in the raw row.
        kept = {column: one for column, one in fields.items() if column not in {*CONTACT_NAMES, "company_name"}}
        return {**kept, "name": Field((found.columns[found.company].header,))}
    if found.entity in _OF_A_PARTY and "party_name" not in fields and (party := _party_name(found)) is not None:
        return {**fields, "party_name": party}
    return {**fields}


def _party_name(found: Interpretation) -> Field | None:
    """Return the company that stands in a list of documents, else the person; of one name in all rows nothing is made."""
    company = found.column_of("company_name")
    if company is not None and (len(company.samples) > 1 or found.rows_seen == 1):
        return Field((company.header,))
    parts = [one for meaning in ("given_name", "family_name") if (one := found.column_of(meaning)) is not None]
    headers = tuple(one.header for one in parts)
    return Field(headers, joined=" " if len(headers) > 1 else "") if headers else None


def _sides(found: Interpretation) -> Field | None:
    """Return the one signed amount that a column of debits and one of credits make."""
    debit, credit = found.column_of("debit"), found.column_of("credit")
    if credit is not None:
        return Field((credit.header,), minus=(debit.header,) if debit is not None else ())
    return None if debit is None else Field((debit.header,))


def _lines(found: Interpretation, fields: Mapping[str, Field]) -> dict[str, Field]:
    lines = {}
    for name in _LINE_COLUMNS:
        column = found.column_of(name)
        if column is not None:
            lines[name] = Field((column.header,))
    added = fields.get("amount_minor", fields.get("net_minor"))
    if found.total == "adds_up" and added is not None:
        lines["amount_minor"] = added
    return lines


def _won_field(given: StreamMap, name: str) -> dict[str, Field]:
    """Return the field that says whether a deal was won: by its status, its own column, or the name of the whole list."""
    if given.entity != "deal":
        return {}
    own, status = given.fields.get("is_won"), given.fields.get("status")
    if own is None and status is None and (outcome := outcome_in_name(name)) in _WON | _LOST:
        filled = tuple(header for field in given.fields.values() for header in field.headers)
        return {"is_won": Field(filled, values=(("", "true" if outcome in _WON else "false"),))}
    if own is not None and not own.values:
        return {"is_won": replace(own, values=((_YES, "true"), (_NO, "false")))}
    values = [
        (f"^{re.escape(value.lower().strip())}$", "true" if outcome in _WON else "false")
        for value, outcome in given.statuses.items()
        if outcome in _WON | _LOST
    ]
    if own is not None or status is None or not values:
        return {}
    return {"is_won": replace(status, values=tuple(values))}


def _state_field(given: StreamMap) -> dict[str, Field]:
    """Return the field that says which documents were called off, where the words of the status are the client's own."""
    status = given.fields.get("status")
    called_off = [value for value, outcome in given.statuses.items() if outcome.casefold() in _CALLED_OFF]
    # A deal is won or not, and where no money moved the row is kept apart.
    if status is None or not called_off or "state" in given.fields or given.entity in {"deal", *_MONEY_MOVED}:
        return {}
    patterns = tuple((f"^{re.escape(value.lower().strip())}$", "deleted") for value in called_off)
    return {"state": replace(status, values=patterns)}


def _filters(given: StreamMap) -> tuple[RowFilter, ...]:
    """Return what keeps rows apart by which no money moved: failed, pending, only authorised."""
    status = given.fields.get("status")
    if given.entity not in _MONEY_MOVED or status is None:
        return ()
    no_money = _NO_MONEY | _NOT_PAID_YET if given.entity == "payment" else _NO_MONEY
    excluded = tuple(re.escape(value.lower()) for value, outcome in given.statuses.items() if outcome.casefold() in no_money)
    return (RowFilter("|".join(status.headers), excluded=excluded),) if excluded else ()
