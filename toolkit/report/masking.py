"""What of a person a client's report may show: a shortened name; no e-mail address, no phone number.

Company names and record ids stay as they are: rows are needed as evidence, people are not.
"""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "•••"

_EMAIL = re.compile(r"[^\s@<>,;:'\"()\[\]]{1,128}@[^\s@<>,;:'\"()\[\]]{1,128}")
# Seven digits and more with the signs people put between them. Dates and ids with letters do not fit.
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,3}\d){6,17}(?![\w])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}")


def short_person_name(name: str | None) -> str:
    """Return a person's name with the first name as an initial.

    Examples
    --------
    >>> short_person_name("Dana Miller"), short_person_name("Miller, Dana"), short_person_name("Dana")
    ('D. Miller', 'D. Miller', 'Dana')
    """
    words = (name or "").replace(",", " , ").split()
    if "," in words:
        cut = words.index(",")
        words = [word for word in words[cut + 1 :] + words[:cut] if word != ","]
    if len(words) < 2:
        return " ".join(words)
    return f"{words[0][0].upper()}. {words[-1]}"


def masked_email(email: str | None) -> str:
    """Return an address of which only the domain can be read.

    Examples
    --------
    >>> masked_email("dana.miller@acme.example")
    '•••@acme.example'
    """
    return f"{HIDDEN}@{email.rsplit('@', 1)[1]}" if email and "@" in email else (HIDDEN if email else "")


def masked_phone(phone: str | None) -> str:
    """Return a number of which only the last two digits can be read.

    Examples
    --------
    >>> masked_phone("(312) 555-0148")
    '••• 48'
    """
    digits = re.sub(r"\D", "", phone or "")
    return f"{HIDDEN} {digits[-2:]}" if digits else (HIDDEN if phone else "")


def masked_text(text: str | None) -> str:
    """Return free text with every e-mail address, phone number and account number masked.

    Examples
    --------
    >>> masked_text("call Dana on 312 555 0148 or dana@acme.example before 2026-10-05")
    'call Dana on ••• 48 or •••@acme.example before 2026-10-05'
    """
    plain = _IBAN.sub(HIDDEN, text or "")
    plain = _EMAIL.sub(lambda found: masked_email(found.group()), plain)
    return _PHONE.sub(lambda found: found.group() if _DATE.fullmatch(found.group()) else masked_phone(found.group()), plain)


def masked_value(column: str, value: str | None, *, kind: str = "unknown") -> str:
    """Return the value of a party's column as a client may read it.

    Parameters
    ----------
    column
        Canonical column of PARTY.
    kind
        ``company``, ``person`` or ``unknown``; a company's name and address stay.
    """
    if not value:
        return ""
    match column:
        case "email":
            return masked_email(value)
        case "phone":
            return masked_phone(value)
        case "street" | "tax_id" if kind == "person":
            return HIDDEN
    if column in {"owner", "created_by"} or (column == "name" and kind == "person"):
        value = short_person_name(value)
    elif column == "given_name":
        value = f"{value[0].upper()}."
    return masked_text(value)


def masked_party(row: Mapping[str, Any]) -> str:
    """Return how an example names a party: company names as they are, persons shortened.

    Examples
    --------
    >>> masked_party({"kind": "person", "name": "Dana Miller", "company_name": "Acme Fit-Out LLC", "city": "Chicago"})
    'D. Miller, Acme Fit-Out LLC, Chicago'
    """
    kind = row.get("kind") or "unknown"
    name = masked_value("name", row.get("name"), kind=kind)
    company = masked_text(row.get("company_name"))
    parts = [name, company if company != name else "", masked_text(row.get("city"))]
    return ", ".join(part for part in parts if part) or "(no name)"


def masked_record_key(record_key: str) -> str:
    """Return a record's key as a client may read it: ids stay, but an id that is an address or a number is masked."""
    system, _, rest = record_key.partition("/")
    stream, _, record_id = rest.partition("/")
    hidden = _EMAIL.sub(lambda found: masked_email(found.group()), record_id)
    return " ".join(part for part in (system, stream, hidden) if part)
