"""The currency that a file names for all its amounts: in its headers, or in the lines above them.

Source: the first lines of banks' and ledgers' exports, "Currency: GBP", "Währung;EUR", "All amounts in USD".
"""

import re

from toolkit.files.raw import RawTable
from toolkit.values.currency import CURRENCIES, WORD_CODES, header_currency

_SENTENCE = re.compile(
    r"\b(?:in|en|em|currency|ccy|w\u00e4hrung|waehrung|devise|monnaie|moneda|divisa|moeda|valuta|valuuta|waluta|m\u011bna|"
    r"p\u00e9nznem|para birimi)\W{1,4}(?P<code>[A-Z]{3})\b",
    re.IGNORECASE,
)
_LONGEST = 200


def named_currency(raw: RawTable, *, country: str | None = None) -> str | None:
    """Return the one currency that headers and first lines of a file name; null where they name none, or several.

    Parameters
    ----------
    raw
        A table as read.
    country
        Two-letter country, for a sign such as "$".
    """
    found = {header_currency(header, country=country)[1] for header in raw.headers} - {None}
    for cell in (cell[:_LONGEST] for line in raw.preamble for cell in line):
        found |= {cell.strip()} & CURRENCIES
        found |= {match["code"] for match in _SENTENCE.finditer(cell)} & (CURRENCIES - WORD_CODES)
    return next(iter(found)) if len(found) == 1 else None
