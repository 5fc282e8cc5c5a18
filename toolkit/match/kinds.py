"""What each column of an unknown table holds: recognised from its header, and believed only when its values agree."""

import re
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values import company_name, person_name
from toolkit.values.domain import domain_of
from toolkit.values.email import address_in
from toolkit.values.phone import national_digits
from toolkit.values.placeholder import is_placeholder
from toolkit.values.product_code import model_numbers
from toolkit.values.text import words

NOT_COMPARED = "none"
"""The kind of a column that takes no part."""

KINDS = (
    "company", "person", "name", "given_name", "family_name", "email", "phone", "domain", "street", "city",
    "region", "postcode", "country", "tax_id", "identifier", "reference", "product_code", "date", "amount", "text",
    "category", NOT_COMPARED,
)  # fmt: skip
"""Every kind a column may be given; ``country`` is known but not compared."""

_MIN_FITTING_SHARE = 0.5
_MIN_TITLE_SHARE = 0.3
_MAX_LOOKED_AT = 2_000
_MAX_OF_A_KIND = 20
"""Columns read as one kind without being told; a file of three hundred columns would take minutes and say no more."""

_HEADERS: tuple[tuple[str, str], ...] = (
    (
        NOT_COMPARED,
        r"\b(?:created|updated|modified|changed|imported|last|source|file|row|index|score|owner|user|status|active)\b",
    ),
    ("email", r"\b(?:e mail|email|mail)\b"),
    ("phone", r"\b(?:phone|telephone|tel|mobile|cell|fax|telefon|telefono)\d*\b"),
    ("domain", r"\b(?:website|web site|web|url|domain|homepage|webseite)\b"),
    ("tax_id", r"\b(?:tax(?: id)?|taxid|vat|ein|abn|tin|siren|siret|ust|gst|ust id|steuernummer)\b"),
    (
        "identifier",
        r"\b(?:ssn|soc sec(?: id)?|social security|passport|registration|licen[cs]e|national id|iban|duns|isbn)\b",
    ),
    ("product_code", r"\b(?:sku|model|model number|part number|article|item|artikel|artikelnummer|mpn|ean|upc|gtin)\b"),
    ("postcode", r"\b(?:zip|zipcode|zip code|postcode|post code|postal code|postal|plz)\b"),
    ("given_name", r"\b(?:first name|firstname|given name|givenname|forename|vorname)\b"),
    ("family_name", r"\b(?:last name|lastname|surname|family name|familyname|nachname)\b"),
    ("city", r"\b(?:city|town|suburb|locality|ort|stadt)\b"),
    ("region", r"\b(?:state|region|county|province|bundesland)\b"),
    ("country", r"\b(?:country|land)\b"),
    ("street", r"\b(?:address|addr|street|street number|house number|adresse|strasse|address\d)\b"),
    (
        "company",
        r"\b(?:company|organi[sz]ation|business|vendor|supplier|firm|employer|merchant|firma|site name)\b",
    ),
    ("person", r"\b(?:contact|person|director|manager|full name|fullname|attn|attention|employee|patient|member)\b"),
    ("name", r"\b(?:name|customer|client|account|payee|party)\b"),
    ("date", r"\b(?:dob|birth|date|born|birthday|geburtsdatum)\b"),
    ("amount", r"\b(?:amount|total|price|balance|revenue|sum|value|betrag)\b"),
    ("category", r"\b(?:type|category|class|group|segment|industry|sector|gender|sex|genre)\b"),
    ("text", r"\b(?:title|description|notes?|comment|text|subject|details)\b"),
)
"""Words of headers by kind; the first that occurs decides."""

_DATE = re.compile(r"\d{4}[-/.]?\d{1,2}[-/.]?\d{1,2}(?:[t ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_NUMBER = re.compile(r"[-+(]?[^\w]?\d[\d.,' ]*\)?")

_FITS: dict[str, Callable[[str], bool]] = {
    "email": lambda value: address_in(value) is not None,
    "phone": lambda value: national_digits(value) is not None,
    "domain": lambda value: domain_of(value) is not None,
    "postcode": lambda value: len(value) <= 12 and any(character.isdigit() for character in value),
    "tax_id": lambda value: sum(character.isdigit() for character in value) >= 5,
    "product_code": lambda value: len(value) <= 40 and any(character.isdigit() for character in value),
    "identifier": lambda value: any(character.isdigit() for character in value),
    "date": lambda value: _DATE.fullmatch(value) is not None,
    "amount": lambda value: _NUMBER.fullmatch(value) is not None,
    "city": lambda value: sum(character.isdigit() for character in value) <= 2,
    "given_name": lambda value: not any(character.isdigit() for character in value),
    "family_name": lambda value: not any(character.isdigit() for character in value),
    "person": lambda value: not any(character.isdigit() for character in value),
}

_BY_VALUES = ("email", "domain", "date", "phone")


def recognised_kinds(table: pa.Table) -> dict[str, tuple[str, str]]:
    """Return the kind of each column, and the reason in a sentence.

    Kinds are those of ``KINDS``. A column that identifies nothing (a category, a time stamp, a note beside a name)
    is ``none``.

    Examples
    --------
    >>> table = pa.table({"Vendor": ["Acme Ltd"], "E-mail": ["jo@acme.com"], "Created at": ["2026-01-01"]})
    >>> recognised_kinds(table)["E-mail"]
    ('email', 'The header says e mail, and 100 % of its values look like it.')
    """
    kinds = {column: _kind(column, _sample(table[column]), table[column]) for column in table.column_names}
    return _settled(kinds)


def told_kind_warning(column: str, kind: str, values: pa.ChunkedArray) -> str | None:
    """Return what is odd about a kind that a column was given, in a sentence; None where its values look like it.

    Examples
    --------
    >>> told_kind_warning("Fax", "phone", pa.chunked_array([["Acme Ltd", "Zorro"]]))
    "Column 'Fax' was given the kind 'phone', but none of its values looks like it."
    >>> told_kind_warning("Fax", "phone", pa.chunked_array([["312 644 2671"]])) is None
    True
    """
    if kind == NOT_COMPARED:
        return None
    sample = _sample(values)
    if not sample:
        return f"Column {column!r} was given the kind {kind!r}, but it has no values."
    share = _share(sample, _FITS.get(kind, lambda _: True))
    if share >= _MIN_FITTING_SHARE:
        return None
    seen = f"only {share:.0%} of its values look like it".replace("%", " %") if share else "none of its values looks like it"
    return f"Column {column!r} was given the kind {kind!r}, but {seen}."


def _sample(column: pa.ChunkedArray) -> list[str]:
    distinct = pc.unique(pc.cast(column, pa.string()).drop_null()).to_pylist()
    step = max(len(distinct) // _MAX_LOOKED_AT, 1)
    return [value.strip() for value in distinct[::step] if not is_placeholder(value)][:_MAX_LOOKED_AT]


def _share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, values)) / len(values) if values else 0.0


def header_words(column: str) -> str:
    """Return a header's words, folded: ``firstName`` is ``first name``.

    Examples
    --------
    >>> header_words("E-mail_Address"), header_words("firstName")
    ('e mail address', 'first name')
    """
    return " ".join(words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).replace("_", " ")))


def _kind(column: str, sample: list[str], whole: pa.ChunkedArray) -> tuple[str, str]:
    if not sample:
        return NOT_COMPARED, "It has no values."
    header = header_words(column)
    for kind, pattern in _HEADERS:
        found = re.search(pattern, header)
        if not found:
            continue
        share = _share(sample, _FITS.get(kind, lambda _: True))
        if share < _MIN_FITTING_SHARE:
            return (
                NOT_COMPARED,
                f"The header says {found.group(0)}, but only {share:.0%} of its values look like it.".replace("%", " %"),
            )
        if kind == "name":
            return _kind_of_names(sample, found.group(0))
        if kind == NOT_COMPARED:
            return kind, f"The header says {found.group(0)}: it describes the record, not whom it is about."
        looks = f", and {share:.0%} of its values look like it".replace("%", " %") if kind in _FITS else ""
        return kind, f"The header says {found.group(0)}{looks}."
    return _kind_by_values(sample, whole)


def _kind_of_names(sample: list[str], word: str) -> tuple[str, str]:
    if _share(sample, _is_title) >= _MIN_TITLE_SHARE:
        return "text", f"The header says {word}, and many values hold a model number among several words: names of things."
    persons = _share(sample, person_name.is_person_like)
    companies = _share(sample, company_name.is_company_like)
    if persons >= 0.6:
        return "person", f"The header says {word}, and most values look like persons' names."
    if persons <= 0.1 or companies >= 0.3 > persons:
        return "company", f"The header says {word}, and hardly a value looks like a person's name."
    return "name", f"The header says {word}; persons and companies are mixed."


def _is_title(value: str) -> bool:
    """Return whether a cell names a thing by several words and a model number of letters and digits."""
    numbers = model_numbers(value)
    return len(words(value)) > 2 and any(not number.isdigit() for number in numbers)


def _kind_by_values(sample: list[str], whole: pa.ChunkedArray) -> tuple[str, str]:
    for kind in _BY_VALUES:
        share = _share(sample, _FITS[kind])
        if share >= 0.8:
            return kind, f"{share:.0%} of its values look like it.".replace("%", " %")
    filled = len(whole) - whole.null_count
    if len(sample) < 0.3 * filled:
        return NOT_COMPARED, "Few different values: a category, which many records share."
    if _share(sample, _FITS["amount"]) >= 0.8:
        return NOT_COMPARED, "Numbers of unknown meaning."
    return "text", "Words of unknown meaning."


def _settled(kinds: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return kinds with what is too weak beside a name taken out."""
    present = {kind for kind, _ in kinds.values()}
    has_name = bool(present & {"company", "person", "name", "family_name"})
    weak = {"category", "amount", "country"} | ({"text"} if has_name else set())
    settled = dict(kinds)
    for column, (kind, reason) in kinds.items():
        if kind in weak:
            settled[column] = (NOT_COMPARED, f"{reason} It tells little of who it is ({kind}); name it to have it compared.")
    for kind in sorted({kind for kind, _ in settled.values()} - {NOT_COMPARED}):
        own = [column for column, (one, _) in settled.items() if one == kind]
        for column in own[_MAX_OF_A_KIND:]:
            reason = (
                f"{settled[column][1]} {_MAX_OF_A_KIND} columns before it are read as {kind}; name it to have it compared."
            )
            settled[column] = (NOT_COMPARED, reason)
    return settled
