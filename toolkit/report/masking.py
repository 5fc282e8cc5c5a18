"""What of a person a client's report may show: a shortened name; no e-mail address, no phone number.

Company names and record ids stay as they are: rows are needed as evidence, people are not.
"""

import re
from collections.abc import Mapping
from typing import Any

from toolkit.values.company_name import is_company_like
from toolkit.values.person_name import is_person_like

HIDDEN = "•••"

_PLAIN_WORDS = re.compile(r"[^\W\d_][\w.'’-]*(?:,? [^\W\d_][\w.'’-]*){1,2}")

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
    plain = masked_emails(_IBAN.sub(HIDDEN, text or ""))
    return _PHONE.sub(lambda found: found.group() if _DATE.fullmatch(found.group()) else masked_phone(found.group()), plain)


def masked_emails(text: str) -> str:
    """Return a text with its e-mail addresses masked.

    Examples
    --------
    >>> masked_emails("ask dana@acme.example, 1,250.00")
    'ask •••@acme.example, 1,250.00'
    """
    return _EMAIL.sub(lambda found: masked_email(found.group()), text)


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


def is_person_name(name: str | None) -> bool:
    """Whether a name must be treated as a person's: it is one, or two or three plain words that are no company's.

    Where nobody knows, a company with a shortened name does less harm than a person in full.

    Examples
    --------
    >>> [is_person_name(name) for name in ("Dominic Weatherby", "Weatherby, Dominic", "Flint Coffee LLC", "Cobalt & Sons")]
    [True, True, False, False]
    """
    plain = " ".join((name or "").split())
    if not plain or is_company_like(plain):
        return False
    return is_person_like(plain) or _PLAIN_WORDS.fullmatch(plain) is not None


def shown_kind(row: Mapping[str, Any]) -> str:
    """Return the kind of a party for masking: ``company``, or ``person`` also where it is not known but likely.

    Examples
    --------
    >>> shown_kind({"kind": "unknown", "name": "Dominic Weatherby"}), shown_kind({"kind": "company", "name": "Ann Taylor"})
    ('person', 'company')
    """
    kind = row.get("kind") or "unknown"
    if kind != "unknown":
        return str(kind)
    return "person" if row.get("family_name") or is_person_name(row.get("name")) else "unknown"


def masked_party(row: Mapping[str, Any], *, kind: str = "") -> str:
    """Return how an example names a party: company names as they are, persons shortened.

    Parameters
    ----------
    row
        Schema PARTY.
    kind
        ``company``, ``person`` or ``unknown`` where more is known of it than the row says.

    Examples
    --------
    >>> masked_party({"kind": "person", "name": "Dana Miller", "company_name": "Acme Fit-Out LLC", "city": "Chicago"})
    'D. Miller, Acme Fit-Out LLC, Chicago'
    """
    kind = kind or shown_kind(row)
    name = masked_value("name", row.get("name"), kind=kind)
    company = masked_text(row.get("company_name"))
    parts = [name, company if company != name else "", masked_text(row.get("city"))]
    return ", ".join(part for part in parts if part) or "(no name)"


def masked_record_key(record_key: str, *, label: str = "", kind: str = "unknown") -> str:
    """Return a record's key as a client may read it: ids stay, but one that is a person's name or address is masked.

    Parameters
    ----------
    label
        A client's word for the system.
    kind
        Of the party; an id of a ``company`` is never taken for a person's name.

    Examples
    --------
    >>> masked_record_key("ledger/customers/Dominic Weatherby"), masked_record_key("crm/companies/101")
    ('ledger customers D. Weatherby', 'crm companies 101')
    >>> masked_record_key("site_log/names/Gutierrez Coffee", label="Site log", kind="company")
    'Site log, Gutierrez Coffee'
    """
    system, _, rest = record_key.partition("/")
    stream, _, record_id = rest.partition("/")
    is_known_person = kind == "person" and " " in record_id and not any(sign.isdigit() for sign in record_id)
    if is_known_person or (kind != "company" and is_person_name(record_id)):
        record_id = short_person_name(record_id)
    hidden = _EMAIL.sub(lambda found: masked_email(found.group()), record_id)
    if stream == "names":
        # Not a list that the system keeps: names that appear inside its other records.
        return f"{label or system}, {hidden}"
    return " ".join(part for part in (label or system, stream.replace("_", " "), hidden) if part)
