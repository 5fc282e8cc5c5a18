"""Currencies that a workbook states in the format of its cells only: what is read of such a cell is a bare number.

Source: ECMA-376, 18.8.31 (``[$CHF]``, ``[$€-407]``, ``"£"`` in a number format) and 18.8.10 (the formats that cells use);
OpenDocument 1.2, 19.371 (``office:currency``).
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from toolkit.values.currency import currency_code

_USED_FORMATS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT_ID = re.compile(r"""\bnumFmtId=["'](\d+)["']""")
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\b[^>]*>")
_CODE = re.compile(r"""\bformatCode=(["'])(.*?)\1""")
_IN_BRACKETS = re.compile(r"\[\$([^\]\-]{1,6})(?:-[0-9A-Fa-f]+)?\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_SIGN = re.compile(r"[$£€¥]")
_OPEN_CURRENCY = re.compile(rb"""office:currency=["']([A-Z]{3})["']""")


def format_currencies(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Return the currencies (ISO 4217) that the formats of a workbook's cells name, in alphabetical order."""
    names = set(archive.namelist())
    signs: set[str] = set()
    if "xl/styles.xml" in names:
        signs.update(_signs_of_styles(archive.read("xl/styles.xml").decode("utf-8", "replace")))
    elif "content.xml" in names:
        signs.update(sign.decode() for sign in set(_OPEN_CURRENCY.findall(archive.read("content.xml"))))
    return tuple(sorted({code for sign in signs if (code := currency_code(sign)) is not None}))


def _signs_of_styles(styles: str) -> Iterator[str]:
    """Yield the signs and codes in the number formats that cells may use; others are left from templates."""
    used = {number for part in _USED_FORMATS.findall(styles) for number in _FORMAT_ID.findall(part)}
    for tag in _FORMAT.findall(styles):
        if (code := _CODE.search(tag)) is None or used.isdisjoint(_FORMAT_ID.findall(tag)):
            continue
        text = unescape(code[2])
        yield from _IN_BRACKETS.findall(text)
        yield from _SIGN.findall(_BRACKETS.sub("", text))


def currencies_note(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a person should know of several currencies that stand in formats only."""
    if len(codes) < 2:
        return ()
    said = (
        f"Cells of this workbook are formatted in several currencies ({', '.join(codes)}), which only the format says: "
        "their amounts are read as bare numbers. Add a column that names the currency, or export each currency by itself."
    )
    return (said,)
