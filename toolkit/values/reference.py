"""Numbers that documents bear and quote: of an invoice, an order, a payment, alone in a cell or in the midst of words.

O beside a digit is a zero and I or L a one; leading zeros and separators go; what stands before a number tells its series
(INV, Rechnung, PO). A number without known series may be of any.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import each_text, of_distinct, with_unusual
from toolkit.values.placeholder import folded_placeholders, is_placeholder
from toolkit.values.text import folded, folded_texts

_SERIES_WORDS = {
    "inv": "inv invoice invoices si sinv rechnung rechnungen rechnungsnr rg rgnr re rnr facture fact fac fra factura "
    "fattura ft bill factuur",
    "so": "so order orders ord bestellung auftrag ab commande pedido ordine salesorder",
    "po": "po purchase purchaseorder bestell",
    "cn": "cn cm creditnote creditmemo gutschrift gs avoir storno",
    "pay": "pay pmt",
    "qt": "qt qu quote quotation est estimate angebot devis offer",
    "tk": "tk tkt ticket case",
}
"""Words for a series. "Payment" and "credit" are none: before the number of an invoice they say what is done with it."""
_SERIES = {word: series for series, words in _SERIES_WORDS.items() for word in words.split()}
_NUMBER_WORDS = "no|nr|num|number|numbers|nummer|numero|ref|reference|id"

_QUOTED = re.compile(
    r"(?<![a-z0-9])(?:([a-z]{1,14})([-_/.#: ]{0,3}))??(?:(?:" + _NUMBER_WORDS + r")[-_/.#: ]{0,3})?"
    r"((?:[oil]{0,2}[0-9])[0-9a-z]*(?:[-_/][0-9a-z]*[0-9][0-9a-z]*)*)(?![a-z0-9])"
)
_DATE = re.compile(
    r"(?<![0-9])(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2}))(?![0-9])"
)
_MONEY = re.compile(r"[$\u20ac\u00a3]\s?[0-9][0-9.,]*|(?<![0-9])[0-9][0-9,]*\.[0-9]{2}(?![0-9])")
_ZERO = re.compile(r"(?<=[0-9])o+|o+(?=[0-9])")
_ONE = re.compile(r"(?<=[0-9])[il]+|[il]+(?=[0-9])")
_LONGEST_PREFIX = 5
_FEWEST_IN_TEXT = 4
_MOST_QUOTED = 20

_PLAIN = r"^(?:[a-z]{1,5}[-#/_ ]?|#?)[0-9]{1,18}$"
"""Cells that are worked on as a column: letters, one separator, digits."""
_O_OR_I_FIRST = r"^[oil]{1,2}[0-9]"


def quoted_numbers(value: str) -> tuple[str, ...]:
    """Return the numbers that a cell quotes, each as ``series:number`` or, without series, ``number``.

    In the midst of words a number counts from four digits on, or with the word for its series before it; dates and amounts
    of money do not count.

    Examples
    --------
    >>> quoted_numbers("INV-00123"), quoted_numbers("77"), quoted_numbers("Rechnung Nr. 1O42, 1043 vom 03.04.2026")
    (('inv:123',), ('77',), ('inv:1042', '1043'))
    """
    text = " ".join(folded(value).split())
    if is_placeholder(text):
        return ()
    bare = _MONEY.sub(" ; ", _DATE.sub(" ; ", text))
    found: dict[str, None] = {}
    for match in _QUOTED.finditer(bare):
        word, between, digits = match.groups()
        series = _series(word or "", between or "")
        number = _number(digits)
        is_whole = match.end() - match.start() >= len(text.strip("# "))
        if is_whole or _SERIES.get(word or "") or len(number) >= _FEWEST_IN_TEXT:
            found[f"{series}:{number}" if series else number] = None
    return tuple(found)[:_MOST_QUOTED]


def _series(word: str, between: str) -> str:
    """Return the series that a word before a number stands for; letters that are part of the number are one of their own."""
    if word in _SERIES:
        return _SERIES[word]
    is_joined = " " not in between and ":" not in between
    return word if is_joined and len(word) <= _LONGEST_PREFIX and word not in _NUMBER_WORDS.split("|") else ""


def _number(digits: str) -> str:
    joined = re.sub("[-_/]", "", digits)
    zeros = _ZERO.sub(lambda found: "0" * len(found.group()), joined)
    return _ONE.sub(lambda found: "1" * len(found.group()), zeros).lstrip("0") or "0"


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return the ``quoted_numbers`` of each cell with blanks between; null where there is none.

    Examples
    --------
    >>> standardised(pa.array(["INV-00123", "for invoice 123 and PO 7", "thank you", None])).to_pylist()
    ['inv:123', 'inv:123 po:7', None, None]
    """
    return of_distinct(values, _standardised)


def _standardised(values: pa.StringArray) -> pa.StringArray:
    texts = folded_texts(values)
    is_plain = pc.and_not(pc.match_substring_regex(texts, _PLAIN), pc.match_substring_regex(texts, _O_OR_I_FIRST))
    filler = pc.fill_null(folded_placeholders(texts), True)
    parts = pc.extract_regex(texts, r"^(?P<word>[a-z]*)(?P<between>[-#/_ ]?)0*(?P<number>[0-9]+)$")
    before = pc.binary_join_element_wise(parts.field("word"), parts.field("between"), "")
    series = each_text(before, lambda both: _series(both.rstrip("-#/_ "), both[-1:] if both[-1:] in "-#/_ " else ""))
    number = parts.field("number")
    joined = pc.if_else(pc.equal(series, ""), number, pc.binary_join_element_wise(series, number, ":"))
    plain = pc.if_else(filler, None, joined)
    return with_unusual(values, plain, pc.fill_null(is_plain, False), _text)


def _text(value: str) -> str | None:
    return " ".join(quoted_numbers(value)) or None
