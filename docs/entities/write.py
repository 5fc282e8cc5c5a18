"""Write the pages of docs/entities from the tables: one per entity, and their index.

Run from the project's root after a change to ``toolkit/tables/records.py``: ``python docs/entities/write.py``. Columns,
types, units and meanings come from the tables; what a table cannot say (what a row is, whose it is, an example) stands here.
"""  # noqa: INP001 - a folder of pages, not a package

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.files.canonical import MONEY_ENTITIES
from toolkit.tables import (
    COMMON,
    ENTITY_COLUMNS,
    ENTITY_SCHEMAS,
    EVENT_COLUMNS,
    ITEM_ENTITIES,
    PARTY_ENTITIES,
    Column,
)
from toolkit.tables.schema import DAY, FLAG, INSTANT, MINOR, TEXT, TEXTS

FOLDER = Path(__file__).resolve().parent
_TYPES = {
    TEXT: "text", FLAG: "true or false", INSTANT: "time, UTC", DAY: "date", MINOR: "whole number", TEXTS: "list of texts",
}  # fmt: skip
_GROSS = "`amount_minor`: gross, positive as the document shows it, in the smallest coin of `currency`."
_SIGNED = "`amount_minor`: gross and signed, money in positive and money out negative, in the smallest coin of `currency`."
_AS_WRITTEN = "`party_ref` (the id, else the name, exactly as written) and `party_name`."
_CUSTOMER = f"The customer: {_AS_WRITTEN}"
_SUPPLIER = f"The supplier: {_AS_WRITTEN}"
_OTHER_SIDE = f"Whoever stands on the other side: {_AS_WRITTEN}"


@dataclass(frozen=True, slots=True)
class About:
    """What a table cannot say of its entity: what a row is, whose it is, what it is worth, and a stream as an example."""

    row: str
    party: str
    amount: str
    stream: str
    key: tuple[str, ...]
    fields: Mapping[str, str]
    roles: str = ""


ABOUT: Mapping[str, About] = {
    "party": About(
        "A customer, supplier, contact or lead as one system keeps it: a company, a person, or both in one row.",
        "Itself. A contact names its company in `parent_ref`. Whether it is a company or a person is judged from its names.",
        "None.",
        "customers", ("Customer no",),
        {"name": "Customer", "email": "E-mail", "phone": "Phone", "street": "Address", "city": "Town", "postcode": "ZIP"},
        "customer",
    ),
    "employee": About(
        "Somebody who works for the client.",
        "Itself.",
        "`rate_minor_per_hour`: pay per hour, in the smallest coin of the system's currency.",
        "staff", ("Staff no",),
        {"given_name": "First name", "family_name": "Last name", "email": "Work e-mail", "department": "Team"},
    ),
    "product": About(
        "Something that is sold or bought.", "None.", "`price_minor`: the price of one, in the smallest coin of `currency`.",
        "articles", ("SKU",), {"code": "SKU", "name": "Article", "price_minor": "Price", "kind": "Group"},
    ),
    "account": About(
        "A ledger account of the chart of accounts.", "None.", "None: balances belong to the journal.",
        "chart", ("Account no",), {"code": "Account no", "name": "Account", "kind": "Type"},
    ),
    "deal": About(
        "A sale that may come: an opportunity with a stage.", _CUSTOMER, f"{_GROSS} Of an open deal it is a hope.",
        "deals", ("Deal ID",),
        {"name": "Deal", "party_name": "Company", "status": "Stage", "closed_at": "Close date", "amount_minor": "Value"},
    ),
    "project": About(
        "A job that is done for a customer.", _CUSTOMER, f"{_GROSS} It is the value agreed, if there is one.",
        "jobs", ("Job no",),
        {"number": "Job no", "name": "Job", "party_name": "Client", "started_at": "Start", "completed_at": "Finished",
         "status": "Status"},
    ),
    "task": About(
        "A piece of work inside a project, or a card of a board.", _CUSTOMER, f"{_GROSS} Most tasks have none.",
        "cards", ("Card ID",), {"name": "Title", "status": "List", "created_at": "Created", "due_on": "Due"},
    ),
    "ticket": About(
        "A request for help, a repair, a complaint.", f"Who asked: {_AS_WRITTEN}", f"{_GROSS} Most tickets have none.",
        "requests", ("Ticket",),
        {"number": "Ticket", "name": "Subject", "party_name": "Requester", "opened_at": "Opened", "resolved_at": "Solved",
         "status": "State"},
    ),
    "quote": About(
        "An offer to a customer, before the order.", _CUSTOMER, _GROSS,
        "estimates", ("Estimate no",),
        {"number": "Estimate no", "party_name": "Customer", "issued_on": "Date", "due_on": "Valid until",
         "amount_minor": "Total", "status": "Status"},
    ),
    "order": About(
        "What a customer ordered.", _CUSTOMER, _GROSS,
        "orders", ("Order",),
        {"number": "Order", "party_name": "Customer", "created_at": "Ordered", "amount_minor": "Total", "status": "Status"},
    ),
    "invoice": About(
        "What a customer is asked to pay.", _CUSTOMER, _GROSS,
        "invoices", ("Invoice no",),
        {"number": "Invoice no", "party_name": "Customer", "issued_on": "Invoice date", "due_on": "Due",
         "amount_minor": "Total incl. VAT", "tax_minor": "VAT", "paid_minor": "Paid", "status": "Status"},
    ),
    "credit_note": About(
        "What is taken back from an invoice.", _CUSTOMER, f"{_GROSS} It reduces what is owed, without a minus sign.",
        "credits", ("Credit note",),
        {"number": "Credit note", "party_name": "Customer", "issued_on": "Date", "amount_minor": "Amount",
         "invoice_ref": "For invoice"},
    ),
    "bill": About(
        "What a supplier asks the client to pay.", _SUPPLIER, f"{_GROSS} In a bank statement it stands with a minus.",
        "bills", ("Supplier", "Bill no"),
        {"number": "Bill no", "party_name": "Supplier", "issued_on": "Bill date", "due_on": "Due", "amount_minor": "Total",
         "gl_code": "Account"},
    ),
    "payment": About(
        "Money that changed hands for a document: a payment received, or one made.", _OTHER_SIDE,
        f"{_GROSS} `fee_minor` is what the provider kept of it.",
        "receipts", ("Receipt",),
        {"number": "Receipt", "party_name": "Payer", "paid_at": "Received", "amount_minor": "Amount", "fee_minor": "Fee",
         "method": "How", "invoice_ref": "Invoice"},
    ),
    "bank_line": About(
        "A line of a bank statement.", _OTHER_SIDE, _SIGNED,
        "statement", (),
        {"posted_on": "Booked", "amount_minor": "Amount", "description": "Text", "party_name": "Name", "account": "Account"},
    ),
    "expense": About(
        "Money spent by the client or by one of its people: a receipt, a card payment, a claim.",
        f"Where it was spent: {_AS_WRITTEN}", _GROSS,
        "claims", ("Claim",),
        {"number": "Claim", "spent_on": "Spent", "party_name": "Merchant", "amount_minor": "Amount", "description": "For",
         "department": "Cost centre"},
    ),
    "journal_line": About(
        "A line of the ledger's journal: one account, one amount.", f"If one is named. {_OTHER_SIDE}", _SIGNED,
        "journal", (),
        {"posted_on": "Date", "gl_code": "Account", "amount_minor": "Amount", "description": "Text", "number": "Entry"},
    ),
}  # fmt: skip


def title(entity: str) -> str:
    """Return an entity's name as people say it."""
    return entity.replace("_", " ").capitalize()


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _date(entity: str) -> str:
    names = [f"`{name}`" for name in EVENT_COLUMNS.get(entity, ())]
    if not names:
        return "None: it does not happen, it is there. `created_at` and `updated_at` tell when it was entered and changed."
    if len(names) == 1:
        return f"{names[0]}."
    return f"{names[0]}; where that is empty, {', then '.join(names[1:])}."


def _row(column: Column) -> str:
    return f"| `{column.name}` | {_TYPES[column.type]} | {column.unit or '–'} | {column.meaning} |"


def _table(columns: list[Column]) -> list[str]:
    return ["| column | type | unit | meaning |", "|---|---|---|---|", *map(_row, columns)]


def _example(entity: str, about: About) -> list[str]:
    lines = [f"{about.stream}:", f"  entity: {entity}"]
    lines += [f"  key: [{', '.join(about.key)}]"] if about.key else []
    lines += [f"  roles: [{about.roles}]"] if about.roles else []
    return [*lines, "  fields:", *(f"    {column}: {header}" for column, header in about.fields.items())]


def page(entity: str) -> str:
    """Return the page of an entity."""
    about, by_name = ABOUT[entity], {column.name: column for column in ENTITY_SCHEMAS[entity].columns}
    given = ENTITY_COLUMNS[entity]
    own = [by_name[name] for name in ("kind", "parent_key", "party_key") if name in by_name and name not in given]
    aside = (
        ["A row whose amount is there but cannot be read is put aside with its reason.", ""]
        if entity in MONEY_ENTITIES
        else []
    )
    return "\n".join([
        f"# {title(entity)}",
        "",
        about.row,
        "",
        "| what counts as its | is |",
        "|---|---|",
        f"| date | {_date(entity)} |",
        f"| party | {about.party} |",
        f"| amount | {about.amount} |",
        "",
        *aside,
        "## Columns that an export may fill",
        "",
        "The most important first. Each may stand under `fields` in `engagement.yaml`.",
        "",
        *_table([by_name[name] for name in given]),
        "",
        "## Columns that the toolkit fills",
        "",
        *([*_table(own), ""] if own else []),
        f"{'Besides them, those' if own else 'Those'} that [every record has](README.md#every-record).",
        "",
        "## In engagement.yaml",
        "",
        "```yaml",
        *_example(entity, about),
        "```",
        "",
        "stands under `streams` of a system ([engagement.yaml](../engagement.md)). On the right are the file's headers.",
        *([] if about.key else ["No header names a row here, so equal rows of one file are different records."]),
        "",
    ])  # fmt: skip


def index() -> str:
    """Return the page that lists all entities and the columns every record has."""
    rows = [
        f"| [{title(entity)}]({entity}.md) | `{entity}` | {ABOUT[entity].row} |" for entity in sorted(ENTITY_SCHEMAS)
    ]  # fmt: skip
    shared = {column.name for column in COMMON} & set(ENTITY_COLUMNS["party"])
    return "\n".join([
        "# Entities: what a record can be",
        "",
        "Whatever the vendor calls it, a record is read as one of these. Each page says what counts as its date, its party",
        "and its amount, and what every column means.",
        "",
        "| entity | in `engagement.yaml` | one row is |",
        "|---|---|---|",
        *rows,
        "",
        f"{_listed(PARTY_ENTITIES)} are parties, {_listed(ITEM_ENTITIES)} are items; all others are documents: something",
        "that happened with a party.",
        "A name under `fields` that an entity does not have is refused, with the nearest column that it has.",
        "",
        "## How cells are read",
        "",
        "- Text stays as written. A *time* or *date* is read by the order of day and month that its file shows, else by",
        '  that of the country; `{column: Header, format: "%d.%m.%Y"}` says it outright. A time without a zone is in the',
        "  system's.",
        "- Money is kept in the smallest coin of its currency: `12.50` in USD is `1250`, `500` in JPY is `500`. The",
        "  currency is that of the column `currency`, else of the header (`Total (GBP)`), else of the system.",
        "- `state` says whether the record is still in use. A state or province of an address is `region`.",
        "- A column of type *true or false* holds true where the cell is `true`, and false where it is anything else.",
        "",
        "## Every record",
        "",
        f"has these columns. An export may fill {_listed(sorted(shared))}; the others are the toolkit's own.",
        "",
        *_table(list(COMMON)),
        "",
        "Documents that a file writes in several rows keep them as lines; further e-mail addresses, phones and addresses of",
        "a party are kept as its points. The vendor's whole row stays in `raw`.",
        "",
    ])  # fmt: skip


def pages() -> dict[str, str]:
    """Return every page by file name."""
    return {"README.md": index(), **{f"{entity}.md": page(entity) for entity in ENTITY_SCHEMAS}}


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
