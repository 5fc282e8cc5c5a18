"""Currencies that a workbook states in the format of its cells only: what is read of such a cell is a bare number.

Source: ECMA-376, 18.8.31 (``[$CHF]``, ``[$€-407]`` in a number format); OpenDocument 1.2, 19.371 (``office:currency``).
"""

import re
import zipfile

from toolkit.values.currency import currency_code

_FORMAT = re.compile(r"\[\$([^\]\-]{1,6})(?:-[0-9A-Fa-f]+)?\]")
_OPEN_CURRENCY = re.compile(r"""office:currency=["']([A-Z]{3})["']""")
_PARTS = {"xl/styles.xml": _FORMAT, "content.xml": _OPEN_CURRENCY}


def format_currencies(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Return the currencies (ISO 4217) that the formats of a workbook's cells name, in alphabetical order."""
    names = set(archive.namelist())
    found = {
        code
        for part, pattern in _PARTS.items()
        if part in names
        for sign in set(pattern.findall(archive.read(part).decode("utf-8", "replace")))
        if (code := currency_code(sign)) is not None
    }
    return tuple(sorted(found))


def currencies_note(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a person should know of several currencies that stand in formats only."""
    if len(codes) < 2:
        return ()
    said = (
        f"Cells of this workbook are formatted in several currencies ({', '.join(codes)}), which only the format says: "
        "their amounts are read as bare numbers. Add a column that names the currency, or export each currency by itself."
    )
    return (said,)
