"""What a client calls a record: the number people quote, the name, the amount and the day, never the system's own id."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from toolkit.report.free_text import masked_free_text
from toolkit.report.masking import masked_party, masked_value
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text
from toolkit.roi.rounding import currency_places, rounded
from toolkit.values.written import amount_text, day_text

_DAYS = ("issued_on", "posted_on", "spent_on", "paid_at", "closed_at")
_LISTED = frozenset(
    {"orders", "invoices", "bills", "payments", "receipts", "charges", "tickets", "deals", "projects", "tasks", "expenses",
     "transactions", "quotes", "jobs"}
)  # fmt: skip
_QUOTABLE = re.compile(r"(?=[^\s]*\d)[A-Za-z]{0,8}[\w#/. -]{1,12}", re.ASCII)
"""A number that people say to each other; what is longer is a system's own."""
_PARTY = re.compile(r"\bpart(?:(ies)|y)\b")
_ISO_DAY = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_AMOUNT = re.compile(r"(?<![\w.,])(-?\d+(?:\.\d{1,3})?) ([A-Z]{3})(?![\w])")


def written_amount(minor: int | None, currency: str | None, *, is_whole: bool = False) -> str:
    """Return an amount in minor units as the reader's country writes it; empty where there is none.

    Parameters
    ----------
    minor
        In minor units.
    currency
        ISO 4217 code.
    is_whole
        Whether to leave out what is less than a whole unit.

    Examples
    --------
    >>> written_amount(632_562, "USD"), written_amount(632_562, "USD", is_whole=True)
    ('6,325.62 USD', '6,326 USD')
    """
    if minor is None:
        return ""
    places = currency_places(currency or "")
    amount = minor / 10**places
    number = f"{rounded(amount, 0):,}" if is_whole else f"{amount:,.{places}f}"
    return amount_text(number.replace("-", "−"), currency or "")


def told(text: str) -> str:
    """Return a sentence of a check with its days and amounts written as the reader's country does.

    Examples
    --------
    >>> told("It is 10 times what is usual (7450.00 USD), on 2026-07-09.")
    'It is 10 times what is usual (7,450.00 USD), on 9 Jul 2026.'
    """
    with_days = _ISO_DAY.sub(lambda found: _day_of(found) or found.group(), text)
    return _AMOUNT.sub(lambda found: _amount_of(found[1], found[2]), with_days)


def client_words(text: str) -> str:
    """Return a sentence with the client's words for what we call a party.

    Examples
    --------
    >>> client_words("Both parties, the other party")
    'Both customers or suppliers, the other customer or supplier'
    """
    return _PARTY.sub(lambda found: "customers or suppliers" if found[1] else "customer or supplier", text)


def _day_of(found: re.Match[str]) -> str:
    try:
        return day_text(date(int(found[1]), int(found[2]), int(found[3])), is_short=True)
    except ValueError:
        return ""


def _amount_of(number: str, currency: str) -> str:
    digits = len(number.partition(".")[2])
    return amount_text(f"{float(number):,.{digits}f}".replace("-", "−"), currency)


def record_names(run: RunTables, record_keys: Sequence[str], *, is_short: bool = False) -> dict[str, str]:
    """Return what a client calls each record, by key: its system and kind, and what the record says of itself.

    Parameters
    ----------
    run
        With its parties, and what returns documents.
    record_keys
        ``system/stream/id`` each.
    is_short
        Whether the number that people quote is enough where a document has one.
    """
    parties, kinds = run.parties(record_keys), run.kinds(record_keys)
    documents = run.documents_of([key for key in record_keys if key not in parties])
    names = {}
    for key in record_keys:
        number = quoted_number(documents.get(key, {}))
        if is_short and number:
            names[key] = f"{_one_of(place_words(run, key))} {number}"
            continue
        if key in parties:
            kind = kinds.get(key, "unknown")
            said = masked_party(parties[key], kind=kind if kind != "unknown" else "")
        else:
            said = document_words(run, documents.get(key, {}))
        where = place_words(run, key)
        names[key] = f"{where}: {said}" if said else where
    return names


def place_words(run: RunTables, record_key: str) -> str:
    """Return the system of a record and what it lists there, in a client's words.

    Parameters
    ----------
    run
        With the client's words for systems.
    record_key
        ``system/stream/id``.
    """
    system, stream = record_key.split("/", 2)[:2]
    # Names are no list that a system keeps: they appear inside its other records.
    return run.label(system) if stream == "names" else f"{run.label(system)} {stream.replace('_', ' ')}"


def _one_of(place: str) -> str:
    """Return "Shopify order" for "Shopify orders"; what a client calls a list of its own stays as it is."""
    return place[:-1] if place.rpartition(" ")[2] in _LISTED else place


def quoted_number(row: Mapping[str, Any]) -> str:
    """Return the number that people quote of a document; empty where it has none, or only its system's own."""
    number = str(row.get("number") or "").strip()
    return number if _QUOTABLE.fullmatch(number) else ""


def document_words(run: RunTables, row: Mapping[str, Any]) -> str:
    """Return the number, whose it is, the amount and the day of a document.

    Parameters
    ----------
    run
        For the currency, and for what tells a person's name.
    row
        Schema DOCUMENT, or some of it; an empty one gives no words.
    """
    name = row.get("party_name")
    who = masked_value("name", name, kind=run.name_words.kind(name)) if name else ""
    title = "" if who else masked_free_text(row.get("name"), has_amounts=True)
    day = next((row[one] for one in _DAYS if row.get(one) is not None), None)
    parts = (
        quoted_number(row),
        who or title,
        written_amount(row.get("amount_minor"), row.get("currency") or run.currency),
        day_text(day.date() if isinstance(day, datetime) else day, is_short=True) if day is not None else "",
    )
    return ", ".join(part for part in parts if part)


def counted_text(count: float) -> str:
    """Return a whole number as the reader's country writes it.

    Examples
    --------
    >>> counted_text(12_040)
    '12,040'
    """
    return decimal_text(count, 0)
