"""Tax numbers: written one way, and judged by their check digits where the country has some.

A country has several numbers (VAT, company, person); a number is right when it is right as any of them. Countries whose
numbers cannot be checked are not judged: silence is better than a false alarm.

Source: python-stdnum, which cites the authority of each number.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import of_distinct, with_unusual
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import each_distinct, words

_NUMBERS = {
    "US": ("us.ein", "us.ssn", "us.itin"),
    "GB": ("gb.vat", "gb.utr"),
    "IE": ("ie.vat", "ie.pps"),
    "AU": ("au.abn", "au.acn", "au.tfn"),
    "NZ": ("nz.ird",),
    "CA": ("ca.bn", "ca.sin"),
    "DE": ("de.vat", "de.idnr", "de.stnr"),
    "FR": ("fr.tva", "fr.siren", "fr.siret", "fr.nif"),
    "NL": ("nl.btw", "nl.bsn"),
    "ES": ("es.nif", "es.cif", "es.nie"),
    "IT": ("it.iva", "it.codicefiscale"),
    "PT": ("pt.nif",),
    "BE": ("be.vat", "be.nn"),
    "LU": ("lu.tva",),
    "AT": ("at.uid", "at.tin"),
    "CH": ("ch.uid", "ch.vat"),
    "DK": ("dk.cvr", "dk.cpr"),
    "SE": ("se.orgnr", "se.vat", "se.personnummer"),
    "NO": ("no.orgnr", "no.mva", "no.fodselsnummer"),
    "FI": ("fi.alv", "fi.ytunnus", "fi.hetu"),
    "PL": ("pl.nip", "pl.regon", "pl.pesel"),
    "CZ": ("cz.dic", "cz.rc"),
    "SK": ("sk.dph", "sk.rc"),
    "HU": ("hu.anum",),
    "RO": ("ro.cui", "ro.cnp"),
    "BG": ("bg.vat", "bg.egn"),
    "HR": ("hr.oib",),
    "SI": ("si.ddv",),
    "EE": ("ee.kmkr", "ee.registrikood"),
    "LV": ("lv.pvn",),
    "LT": ("lt.pvm",),
    "GR": ("gr.vat",),
    "MT": ("mt.vat",),
    "CY": ("cy.vat",),
    "IN": ("in_.gstin", "in_.pan"),
    "BR": ("br.cnpj", "br.cpf"),
    "MX": ("mx.rfc",),
    "ZA": ("za.tin",),
    "SG": ("sg.uen",),
    "JP": ("jp.cn",),
}

# Numbers without check digits that people put into the same field; only their form can be judged.
_UNCHECKED = {
    "GB": re.compile(r"\d{7,8}|[A-Z]{2}\d{6}", re.ASCII),
    "IE": re.compile(r"\d{5,6}", re.ASCII),
    "DE": re.compile(r"HR[AB]\d{1,6}[A-Z]{0,2}", re.ASCII),
    "NL": re.compile(r"\d{8}", re.ASCII),
    "NZ": re.compile(r"\d{13}", re.ASCII),
}

_PREFIX_OF_COUNTRY = {"GR": "EL"}

_VAT_LETTERS = "GB IE DE FR NL ES IT PT BE LU AT DK SE FI PL CZ SK HU RO BG HR SI EE LV LT GR MT CY"
_WITH_LETTERS = frozenset(_VAT_LETTERS.split())

_EMPLOYER_NUMBER = re.compile(r"\d\d-\d{7}", re.ASCII)

_MASKED = re.compile(r"[*\u2022#]|[xX]{2}")
_WORDS_BEFORE = re.compile(
    r"^(?:vat|ein|abn|acn|tin|ust|id|nr|no|reg|number|siren|siret|steuernummer|tva|iva|btw|mwst|kvk|cif|nif|tax)+(?=.*\d{5})"
)
_WORDS_AFTER = re.compile(r"(?<=\d)(?:mva|mwst|tva|iva)$")
_COUNTRY_LETTERS = re.compile(r"^(?:[a-z]{2}(?=\d{7})|che(?=\d{9}))")
_FEWEST_DIGITS = 5
_LONGEST = 60
_TYPED_THROUGH = ("12345", "123456", "1234567", "12345678", "123456789", "1234567890", "987654321", "9876543210")
_FRENCH_VAT = re.compile(r"[0-9a-z]{2}\d{9}")

_PLAIN = r"^[0-9][0-9 .-]{3,20}[0-9]$"
"""Numbers that are worked on as a column: digits and separators."""
_FILLED_THROUGH = rf"^(?:{'|'.join(f'{digit}*' for digit in range(10))}|{'|'.join(_TYPED_THROUGH)})$"


def standardised(values: Iterable[str | None]) -> list[str | None]:
    """Return tax numbers for comparing: capitals and digits only; null for a missing or masked one.

    Examples
    --------
    >>> standardised(["12-3456789", "gb 980 7806 84", "***-**-6789", "", None])
    ['123456789', 'GB980780684', None, None, None]
    """
    result: list[str | None] = []
    for value in values:
        masked = value is None or re.search(r"[*\u2022#]|[xX]{2}", value)
        compact = "" if value is None or masked else re.sub(r"[^0-9A-Za-z]+", "", value[:60]).upper()
        result.append(compact or None)
    return result


def compared_number(value: str) -> str | None:
    """Return a tax number as two parties' are compared: ``country number verdict``, the first and last where known.

    The verdict is ``checked`` where the check digits agree and ``wrong`` where they do not; only numbers with the letters
    of a country are judged. A French VAT number ends with the company's own number, which alone is kept. None for
    fillers, masked numbers, and what has too few digits.

    Examples
    --------
    >>> compared_number("VAT no. GB 980 7806 84"), compared_number("GB980780685"), compared_number("03-1144442")
    ('gb 980780684 checked', 'gb 980780685 wrong', '31144442')
    """
    if _MASKED.search(value[:_LONGEST]) or is_placeholder(value):
        return None
    text = _WORDS_BEFORE.sub("", _WORDS_AFTER.sub("", "".join(words(value[:_LONGEST]))))
    country = _letters_of_country(text)
    number = text[len(country) :]
    verdict = _verdict(country[:2].upper(), number)
    if country == "fr" and _FRENCH_VAT.fullmatch(number):
        number = number[2:]
    number = number.lstrip("0")
    digits = sum(character.isdigit() for character in number)
    if digits < _FEWEST_DIGITS or number in _TYPED_THROUGH or len(set(number)) == 1:
        return None
    return " ".join(part for part in ("gr" if country == "el" else country[:2], number, verdict) if part)


def compared_numbers(values: pa.StringArray) -> pa.StringArray:
    """Return ``compared_number`` of each cell.

    Examples
    --------
    >>> compared_numbers(pa.array(["36-1144442", "DE 136 695 976", "99-9999999", None])).to_pylist()
    ['361144442', 'de 136695976 checked', None, None]
    """
    return of_distinct(values, _compared_distinct)


def _compared_distinct(values: pa.StringArray) -> pa.StringArray:
    is_plain = pc.match_substring_regex(values, _PLAIN)
    digits = pc.ascii_ltrim(pc.replace_substring_regex(values, "[ .-]+", ""), "0")
    is_number = pc.and_not(
        pc.greater_equal(pc.binary_length(digits), _FEWEST_DIGITS), pc.match_substring_regex(digits, _FILLED_THROUGH)
    )
    return with_unusual(values, pc.if_else(is_number, digits, None), is_plain, compared_number)


def _letters_of_country(text: str) -> str:
    letters = "GR" if text[:2] == "el" else text[:2].upper()
    if letters in _WITH_LETTERS and re.search(r"\d{5}", text[2:]):
        return text[:2]
    found = _COUNTRY_LETTERS.match(text)
    return found.group() if found else ""


def _verdict(letters: str, number: str) -> str:
    country = "GR" if letters == "EL" else letters
    unchecked = _UNCHECKED.get(country)
    if country not in _WITH_LETTERS or (unchecked is not None and unchecked.fullmatch(number.upper())):
        return ""
    fault = ""
    for check in _checks(country):
        fault = check(number.upper())
        if not fault:
            return "checked"
        # What is right but for its check digits was meant to be that number.
        if fault == "checksum":
            break
    return "wrong" if fault == "checksum" else ""


def judged(values: Sequence[str | None], *, country: str | None) -> list[str | None]:
    """Return for every value null when it is missing, fine or cannot be judged, else the reason why it is wrong.

    Parameters
    ----------
    values
        Tax numbers as written. A number that begins with the letters of another country that has checkable numbers
        ("DE136695976") is judged as that country's.
    country
        Two-letter ISO code of the country the others belong to; null: only numbers with such letters are judged.

    Examples
    --------
    >>> judged(["GB 980 7806 84", "GB 980 7806 85", None], country=None)
    [None, 'The check digits of this tax number of GB do not agree.', None]
    >>> judged(["91-1144442", "07-1144442", "911144"], country="US")
    [None, 'No tax number of US begins like this one.', 'A tax number of US is not written so.']
    >>> judged(["000000000"], country="US")
    ['This is a filler, not a tax number.']
    """
    return each_distinct(values, lambda value: _reason(value, country))


def is_checkable(country: str | None) -> bool:
    """Return whether tax numbers of the country can be judged.

    Examples
    --------
    >>> is_checkable("GB"), is_checkable("KW"), is_checkable(None)
    (True, False, False)
    """
    return country in _NUMBERS


def _reason(value: str, country: str | None) -> str | None:
    [compact] = standardised([value])
    if compact is None:
        return None
    if is_placeholder(value):
        return "This is a filler, not a tax number."
    owner = _country_of(compact, country)
    if owner is None:
        return None
    prefix = _PREFIX_OF_COUNTRY.get(owner, owner)
    spellings = [compact, compact.removeprefix(prefix)] if compact.startswith(prefix) else [compact]
    unchecked = _UNCHECKED.get(owner)
    if unchecked is not None and any(unchecked.fullmatch(spelling) for spelling in spellings):
        return None
    # A US number written 12-3456789 is an employer's; a person's nine digits would excuse any beginning.
    checks = _checks(owner)[:1] if owner == "US" and _EMPLOYER_NUMBER.fullmatch(value.strip()) else _checks(owner)
    faults = {check(spelling) for check in checks for spelling in spellings}
    return None if "" in faults else _sentence(faults, owner)


def _sentence(faults: set[str], country: str) -> str:
    """Say the least of several faults: what is right but for its check digits was meant to be that number."""
    if "checksum" in faults:
        return f"The check digits of this tax number of {country} do not agree."
    if "component" in faults:
        return f"No tax number of {country} begins like this one."
    return f"A tax number of {country} is not written so."


def _country_of(compact: str, country: str | None) -> str | None:
    """The given country where the number has the form of its register, else the one whose VAT letters begin the number."""
    letters = "GR" if compact[:2] == "EL" else compact[:2]
    unchecked = _UNCHECKED.get(country or "")
    if unchecked is not None and unchecked.fullmatch(compact):
        return country
    if letters in _WITH_LETTERS and re.search(r"\d{5}", compact[2:]):
        return letters
    return country if country in _NUMBERS else None


@cache
def _checks(country: str) -> tuple[Callable[[str], str], ...]:
    return tuple(_check(name) for name in _NUMBERS[country])


def _check(name: str) -> Callable[[str], str]:
    from stdnum import exceptions

    module = import_module(f"stdnum.{name}")
    if name == "us.ein":
        return _employer_number_fault

    def fault(number: str) -> str:
        """Empty when the number is right, else what is wrong with it."""
        try:
            module.validate(number)
        except exceptions.InvalidChecksum:
            return "checksum"
        except exceptions.InvalidComponent:
            return "component"
        except exceptions.ValidationError:
            return "format"
        return ""

    return fault


def _employer_number_fault(number: str) -> str:
    """As ``fault``, for a number without check digits: only its first two digits can be wrong."""
    if re.fullmatch(r"\d{9}", number, re.ASCII) is None:
        return "format"
    return "" if _is_employer_prefix(number[:2]) else "component"


@cache
def _is_employer_prefix(prefix: str) -> bool:
    from stdnum.us import ein

    return bool(ein.is_valid(f"{prefix}0000001"))
