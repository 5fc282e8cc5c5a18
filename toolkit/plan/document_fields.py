"""Which document is entered for which, and from which of its fields each field of the new one comes."""

from collections.abc import Mapping
from datetime import date, timedelta

from toolkit.changes import LINE_COLUMNS, line_column
from toolkit.plan.cell_texts import Row
from toolkit.plan.sync_rules import Dating
from toolkit.values.status import outcome_of

ENTERED: Mapping[str, frozenset[str]] = {
    "deal": frozenset({"deal", "project", "task", "ticket", "quote", "order", "invoice"}),
    "quote": frozenset({"quote", "deal", "order", "project", "invoice"}),
    "order": frozenset({"order", "project", "ticket", "invoice"}),
    "project": frozenset({"project", "task", "ticket", "invoice"}),
    "task": frozenset({"task", "project", "ticket"}),
    "ticket": frozenset({"ticket", "task", "project", "invoice"}),
    "invoice": frozenset({"invoice"}),
    "bill": frozenset({"bill"}),
    "credit_note": frozenset({"credit_note"}),
    "payment": frozenset({"payment"}),
    "expense": frozenset({"expense"}),
}
"""By what a document is, what may be entered for it. A payment only for a payment: an order tells what is owed, not that
money came. A bank line for nothing: only the bank writes those."""

_MONEY = frozenset({"quote", "order", "invoice", "credit_note", "bill", "payment", "expense"})
_ISSUED_BY_US = frozenset({"invoice", "quote", "credit_note"})
_AGREED = frozenset({"deal", "project", "ticket"})
_VOID = frozenset({"cancelled", "failed", "refunded", "voided", "draft", "lost"})
DATED: Mapping[str, str] = {
    "quote": "issued_on", "order": "issued_on", "invoice": "issued_on", "credit_note": "issued_on", "bill": "issued_on",
    "expense": "spent_on", "payment": "paid_at",
}  # fmt: skip
"""The column that dates a document in the books, by what it is."""
_TITLED = frozenset({"deal", "project", "task", "ticket"})
_AS_THEY_ARE = ("amount_minor", "net_minor", "tax_minor", "currency", "department")
_OF_PAYMENTS = ("fee_minor", "method", "paid_at")
CARRIED = (*_AS_THEY_ARE, *_OF_PAYMENTS, "name", "description", "number", "record_id", "status", "state", "entity",
           "party_key", "party_name", "started_at", "due_on", "deal_ref")  # fmt: skip
"""Columns of a document that others are entered from."""

NOT_ENTERED = "such a document is never entered from this one: it must come from where it arises"
NO_AMOUNT = "its amount is not known"
NOT_POSITIVE = "its amount is not above zero"
NO_CURRENCY = "its currency is not known"
NO_DATE = "its date is not known"
IS_VOID = "it was cancelled, refunded or never finished"
IS_GONE = "it is archived or deleted in its own system"
CLOSED_PERIOD = "it would be dated in a period that is closed"


def refusal(source: Row, entity_r: str) -> str | None:
    """Return why no document is entered for one; null: nothing speaks against it.

    Parameters
    ----------
    source
        Its columns ``CARRIED``.
    entity_r
        What would be entered.

    Examples
    --------
    >>> order = {"entity": "order", "state": "active", "status": "paid", "amount_minor": "500", "currency": "USD"}
    >>> refusal(order, "invoice"), refusal({**order, "status": "Refunded"}, "invoice")
    (None, 'it was cancelled, refunded or never finished')
    """
    if entity_r not in ENTERED.get(source["entity"] or "", ()):
        return NOT_ENTERED
    if source["state"] != "active":
        return IS_GONE
    if outcome_of(source["status"] or "") in _VOID:
        return IS_VOID
    return _refused_money(source) if entity_r in _MONEY else None


def _refused_money(source: Row) -> str | None:
    amount = source["amount_minor"]
    if amount is None:
        return NO_AMOUNT
    if int(amount) <= 0:
        return NOT_POSITIVE
    return None if source["currency"] else NO_CURRENCY


def dated(entity_l: str, entity_r: str, chosen: Dating | None, happened_on: date | None, as_of: date) -> date | None:
    """Return the day of a new document; null where its event has none.

    Parameters
    ----------
    entity_l, entity_r
        What it is entered for, and what it is.
    chosen
        By the rules; null: what we issue for agreed work is dated today, since nobody backdates an invoice, and what has
        happened is dated when it did.
    happened_on
        Day of the event, in the client's calendar.
    as_of
        Today, as far as the plan knows.

    Examples
    --------
    >>> spring, today = date(2026, 3, 2), date(2026, 10, 5)
    >>> dated("deal", "invoice", None, spring, today), dated("order", "invoice", None, spring, today)
    (datetime.date(2026, 10, 5), datetime.date(2026, 3, 2))
    """
    is_today = entity_l in _AGREED and entity_r in _ISSUED_BY_US if chosen is None else chosen == "as_of"
    return as_of if is_today else happened_on


def date_refusal(entity_r: str, day: date | None, closed_until: date | None) -> str | None:
    """Return why a document cannot have this day; null: it can, or it has none.

    Parameters
    ----------
    entity_r
        What it is.
    day
        Its day.
    closed_until
        Last day of the closed books.
    """
    if entity_r not in DATED:
        return None
    if day is None:
        return NO_DATE
    return CLOSED_PERIOD if closed_until is not None and day <= closed_until else None


def document_values(  # noqa: PLR0917 - one document
    source: Row, entity_r: str, day: date | None, payment_days: int | None, kept: frozenset[str], day_only: frozenset[str]
) -> dict[str, str | None]:
    """Return the fields of a new document but its party and its lines: what the source says, under the target's names.

    Its number is left to the system; the source's number stands as its reference, so that it is recognised when it is sent
    twice and when the systems are compared again.

    Parameters
    ----------
    source
        Columns ``CARRIED`` of the document that it stands for.
    entity_r
        What it is.
    day
        Its date.
    payment_days
        Days until it is due; null: left to the system.
    kept
        Columns that the target's list keeps.
    day_only
        Those of them in which it knows the day and no time: there the client's own day stands, not the time in UTC.
    """
    entity_l, quoted = source["entity"] or "", source["number"] or source["record_id"]
    found: dict[str, str | None] = {name: source[name] for name in _AS_THEY_ARE}
    found["reference"] = quoted
    found["deal_ref"] = quoted if entity_l == "deal" else source["deal_ref"]
    text = source["description"] or source["name"]
    if entity_r in _TITLED:
        found["name"] = source["name"] or source["description"] or f"{noun(entity_l).capitalize()} {quoted}"
        text = source["description"]
        if entity_l == entity_r:
            found["started_at"], found["due_on"] = source["started_at"], source["due_on"]
    # Where a list has no field for a reference, its texts are what it is found by again.
    if "reference" not in kept and "description" in kept:
        text = f"{text} ({noun(entity_l)} {quoted})" if text else f"{noun(entity_l).capitalize()} {quoted}"
    found["description"] = text
    if entity_r == "payment":
        found |= {name: source[name] for name in _OF_PAYMENTS}
        if "paid_at" in day_only and day is not None:
            found["paid_at"] = day.isoformat()
    elif entity_r in DATED and day is not None:
        found[DATED[entity_r]] = day.isoformat()
        if payment_days is not None:
            found["due_on"] = (day + timedelta(days=payment_days)).isoformat()
    if entity_r not in _MONEY and found["amount_minor"] is None:
        found["currency"] = None
    always = {"reference"} | ({"amount_minor", "currency", DATED[entity_r], "due_on"} if entity_r in _MONEY else set())
    return {name: value for name, value in found.items() if value is not None and name in kept | always}


def line_values(source: Row, lines: list[Row], kept: frozenset[str]) -> dict[str, str | None] | None:
    """Return the lines of a document as columns of a change; null where they do not add up to its amount.

    Lines without the tax make up the amount only where the target's list shows the tax beside them.

    Parameters
    ----------
    source
        The document.
    lines
        Its rows of DOCUMENT_LINE as texts, in order.
    kept
        Columns that the target's list keeps.

    Examples
    --------
    >>> order = {"amount_minor": "1100", "net_minor": None, "tax_minor": "100"}
    >>> line = {"sku": "A", "description": "Lamp", "gl_code": None, "quantity": "2", "amount_minor": "1000"}
    >>> taxed = frozenset({"tax_minor"})
    >>> line_values(order, [line], taxed)["line.1.amount_minor"], line_values(order, [line], frozenset())
    ('1000', None)
    """
    if any(line["amount_minor"] is None for line in lines) or source["amount_minor"] is None:
        return None
    total, amount = sum(int(line["amount_minor"] or 0) for line in lines), int(source["amount_minor"])
    tax, net = source["tax_minor"], source["net_minor"]
    sums = {amount}
    if "tax_minor" in kept and tax is not None:
        sums |= {amount - int(tax), *([] if net is None else [int(net)])}
    if total not in sums:
        return None
    return {
        line_column(number, name): line[name]
        for number, line in enumerate(lines, 1)
        for name in LINE_COLUMNS
        if line[name] is not None
    }


def noun(entity: str) -> str:
    """Return what people call a document of some kind.

    Examples
    --------
    >>> noun("credit_note")
    'credit note'
    """
    return entity.replace("_", " ")
