"""Telephone numbers: cheap national digits for comparing, and a verdict by the numbering plan of a country.

Source: the numbering plans in the ``phonenumbers`` package (Google libphonenumber). It takes some 20 microseconds a
number, so only ``judged`` and ``formatted`` ask it, once per distinct value.
"""

import re
from collections.abc import Sequence
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import with_unusual
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import each_distinct, folded

_EXTENSION = re.compile(r"\s*(?:;?ext(?:ension|n)?\.?|durchwahl|poste|#|(?<=[\d\s)])x)\s*[:=.]?\s*\d{1,6}\s*$")
_LABEL = "mobile|mob|cell|fax|telephone|tel|phone|home|work|office|direct|[mftcwh](?=[:.])"
"""What stands before a second number in a cell."""
_SEVERAL = re.compile(
    r"\s*(?:;|,|\||\b(?:or|ou|oder|und|et|eller|of|och|og)\b"
    r"|(?<=\d{4})\s*/\s*(?=[+(]|(?:\d[ .-]?){6}|\d{1,3}$)"
    rf"|(?<=\d{{4}})\s*\(?(?:{_LABEL})\b)\s*"
)
_NATIONAL_TRUNK = re.compile(r"\( ?0 ?\)")
_LABEL_BEFORE = re.compile(rf"^[\s(]*(?:{_LABEL})\b[.:]*\s*(?=[+(\d])")
_HAS_DIGIT = re.compile("[0-9]")
_HAS_LETTER = re.compile("[^\\W\\d_]")
_ARGENTINE_ABROAD = re.compile(r"^((?:\+|00 ?)54)[ -]?9(?=[ ()-]*(?:\d[ ()-]*){10}$)")
_ARGENTINE_AT_HOME = re.compile(r"^(\(?0?\d{2,4}\)?)[ -]+15[ -]+(?=\d{3,4}[ -]?\d{4}$)")
"""Mobiles of Argentina are dialled with a 9 from abroad and a 15 at home; neither is of the number."""
_MEXICAN = re.compile(r"^((?:\+|00 ?)52)[ -]?1(?=[ ()-]*(?:\d[ ()-]*){10}$)")
"""Mobiles of Mexico were dialled with a 1 from abroad until 2019."""
_FEWEST_DIGITS = 5
_FEWEST_ABROAD, _MOST_ABROAD, _FEWEST_BY_ZEROS = 8, 15, 11
"""Digits of a number with its calling code, and of one that two zeros begin: shorter ones are numbers of accounts."""
_NORTH_AMERICA = frozenset(("US", "CA"))
_NOT_DIGIT = re.compile(r"\D+")
_SEQUENCES = "0*1?(?:1234567|12345678|123456789|1234567890|0123456789)|5550100|1?5555555555"
_MADE_UP = re.compile(rf"(\d)\1+|{_SEQUENCES}")
_MADE_UP_PLAIN = rf"^(?:{'|'.join(f'{digit}{digit}+' for digit in range(10))}|{_SEQUENCES})$"
_PLAIN = r"^[0-9 ().+-]{1,40}(?:[0-9)] ?(?i:x|ext\.?|extension) ?[0-9]{1,6})?$"
"""Numbers that are worked on as a column: digits, separators, an extension."""
_MAY_BE_MARKED = r"^[ (]*(?:\+|00) ?5[24]|[ )-]15[ -]"
"""Numbers that may hold the digits by which mobiles are dialled in Argentina and Mexico."""
_PLAIN_EXTENSION = r" *(?i:x|ext\.?|extension) ?[0-9]{1,6}$"


@cache
def _calling_codes() -> dict[str, tuple[str, ...]]:
    """Return each calling code with its regions, from the numbering plans."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return {str(code): tuple(regions) for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()}


@cache
def calling_code(country: str) -> str | None:
    """Return the calling code of a country given by its two letters; None where it has none.

    Examples
    --------
    >>> calling_code("US"), calling_code("GB")
    ('1', '44')
    """
    wanted = country.upper()
    return next((code for code, regions in _calling_codes().items() if wanted in regions), None)


@cache
def _codes_in_order() -> tuple[str, ...]:
    """Return the calling codes, short ones first: none is the beginning of another."""
    return tuple(sorted(_calling_codes(), key=lambda code: (len(code), code)))


def _without_calling_code(digits: str) -> str:
    for length in (1, 2, 3):
        if digits[:length] in _calling_codes():
            return digits[length:]
    return digits


def calling_country(value: str) -> frozenset[str]:
    """Return the countries whose calling code a number begins with; empty for a number without one.

    Of the regions that share a code the largest counts: +44 is Great Britain, +1 the United States and Canada.

    Examples
    --------
    >>> calling_country("+44 20 7946 0958"), calling_country("0043 1 5158800"), calling_country("020 7946 0958")
    (frozenset({'GB'}), frozenset({'AT'}), frozenset())
    """
    text = value.strip(" (")
    digits = _NOT_DIGIT.sub("", text)
    # An id such as "0015000000GNA01" begins with zeros as well.
    if text.startswith("00") and len(digits) >= _FEWEST_BY_ZEROS and not _HAS_LETTER.search(text):
        digits = digits[2:]
    elif not text.startswith("+"):
        return frozenset()
    if not _FEWEST_ABROAD <= len(digits) <= _MOST_ABROAD:
        return frozenset()
    code = next((digits[:length] for length in (1, 2, 3) if digits[:length] in _calling_codes()), None)
    return _NORTH_AMERICA if code == "1" else frozenset(_calling_codes()[code][:1]) if code else frozenset()


def numbers_in(value: str) -> list[str]:
    """Return the numbers of a cell, folded, each without label, extension and the zero in brackets that nobody dials.

    Examples
    --------
    >>> numbers_in("Tel. +49 (0)30 123456 / 0171 2345678 ext. 12")
    ['+49 30 123456', '0171 2345678']
    """
    found = []
    for part in _SEVERAL.split(folded(value)):
        number = _LABEL_BEFORE.sub("", _EXTENSION.sub("", part))
        number = " ".join(_NATIONAL_TRUNK.sub(" ", number).split())
        if _HAS_DIGIT.search(number):
            found.append(_MEXICAN.sub(r"\1 ", number))
    # "4000/1" and "123456 / 57" are one number and another extension of its house.
    return found[:1] + [number for number in found[1:] if len(_NOT_DIGIT.sub("", number)) >= _FEWEST_DIGITS]


def national_digits(value: str, country: str | None = None) -> str | None:
    """Return the digits of a number as dialled inside its country, without trunk zero and extension.

    Of several numbers in a cell the first counts. None for what cannot be a number: fewer than five digits, or a filler
    such as 999-9999.

    Examples
    --------
    >>> national_digits("+44 (0)20 7946 0958"), national_digits("020 7946 0958"), national_digits("1-415-555-2671 x12")
    ('2079460958', '2079460958', '4155552671')
    >>> national_digits("+54 9 11 4321-5678"), national_digits("(011) 15-4321-5678")
    ('1143215678', '1143215678')
    """
    numbers = numbers_in(value)
    if not numbers:
        return None
    text = _ARGENTINE_ABROAD.sub(r"\1 ", _ARGENTINE_AT_HOME.sub(r"\1 ", numbers[0]))
    is_international = text.lstrip(" (").startswith(("+", "00"))
    digits = _NOT_DIGIT.sub("", text)
    if is_international:
        digits = _without_calling_code(digits.lstrip("0"))
    elif len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    elif country:
        code = calling_code(country)
        if code and code != "1" and digits.startswith(code) and len(digits) >= len(code) + 9:
            digits = digits[len(code) :]
    digits = digits.lstrip("0")
    if len(digits) < 5 or len(digits) > 15 or _MADE_UP.fullmatch(digits):
        return None
    return digits


def standardised(values: pa.StringArray, *, country: str | None = None) -> pa.StringArray:
    """Return the national digits of each number, for comparing; null for fillers and what is no number.

    Parameters
    ----------
    values
        Numbers as written; of several in one cell the first counts.
    country
        Two letters. Tells a calling code written without ``+``; not needed otherwise.

    Examples
    --------
    >>> standardised(pa.array(["(415) 555-2671", "+1 415 555 2671", "000-0000", None])).to_pylist()
    ['4155552671', '4155552671', None, None]
    """
    is_plain = pc.and_not(pc.match_substring_regex(values, _PLAIN), pc.match_substring_regex(values, _MAY_BE_MARKED))
    number = pc.replace_substring(pc.replace_substring_regex(values, _PLAIN_EXTENSION, ""), "(0)", "")
    is_international = pc.match_substring_regex(number, r"^[ (]*(?:\+|00)")
    written = pc.replace_substring_regex(number, r"[ ().+-]+", "")
    national = pc.replace_substring_regex(written, r"^1(\d{10})$", r"\1")
    code = calling_code(country) if country else None
    if code and code != "1":
        own = pc.replace_substring_regex(written, rf"^{code}(\d{{9,}})$", r"\1")
        national = pc.if_else(pc.match_substring_regex(written, r"^1\d{10}$"), national, own)
    if pc.any(is_international).as_py():
        abroad = pc.replace_substring_regex(written, rf"^0*(?:{'|'.join(_codes_in_order())})?", "")
        national = pc.if_else(is_international, abroad, national)
    digits = pc.ascii_ltrim(national, "0")
    is_number = pc.and_(
        pc.match_substring_regex(digits, r"^\d{5,15}$"), pc.invert(pc.match_substring_regex(digits, _MADE_UP_PLAIN))
    )
    return with_unusual(values, pc.if_else(is_number, digits, None), is_plain, lambda value: national_digits(value, country))


def judged(values: Sequence[str | None], *, country: str | None = None) -> list[str | None]:
    """Return what is wrong with each number, in a sentence; None where nothing is, or nothing is filled.

    Parameters
    ----------
    values
        Numbers as written.
    country
        Two letters; numbers without ``+`` are read by its numbering plan. Without it only their length is judged.

    Examples
    --------
    >>> judged(["(415) 555-2671", "415 555", "n/a"], country="US")
    [None, 'There are too few digits in it.', 'This is a filler, not a number.']
    """
    return each_distinct(values, lambda value: _fault(value, country))


def formatted(values: Sequence[str | None], *, country: str | None = None) -> list[str | None]:
    """Return each valid number in international form (E.164), the first of several; None where the plan has no such number.

    Examples
    --------
    >>> formatted(["(415) 555-2671", "12"], country="US"), formatted(["+49 (0)30 123456 / 0171 2345678"])
    (['+14155552671', None], ['+4930123456'])
    """

    def international(value: str) -> str | None:
        numbers = numbers_in(value)
        return (_by_plan(numbers[0], country) or None) if numbers else None

    return each_distinct(values, international)


def _by_plan(number: str, country: str | None) -> str | None:
    """Return a number in international form; empty where its plan has none such, None where it cannot be read."""
    import phonenumbers

    try:
        read = phonenumbers.parse(f"+{number[2:]}" if number.startswith("00") else number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(read):
        return ""
    return str(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))


def _fault(value: str, country: str | None) -> str | None:
    text = folded(value)
    if not text:
        return None
    if is_placeholder(text) or _MADE_UP.fullmatch(_NOT_DIGIT.sub("", text)):
        return "This is a filler, not a number."
    numbers = numbers_in(value)
    if not numbers:
        return "There are too few digits in it."
    return next(filter(None, (_fault_of_one(number, country) for number in numbers)), None)


def _fault_of_one(number: str, country: str | None) -> str | None:
    digits = _NOT_DIGIT.sub("", number)
    if len(digits) < 7:
        return "There are too few digits in it."
    if country is None and not number.startswith(("+", "00")):
        return None if len(digits) <= 20 else "There are too many digits in it."
    found = _by_plan(number, country)
    if found is None:
        return "This cannot be read as a telephone number."
    return None if found else "No such number exists in the numbering plan of its country."
