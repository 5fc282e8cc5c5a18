"""Cells of a workbook that show a percentage: 0.03 is stored, and people see and mean 3 %.

Source: ECMA-376, 18.8.30 (formats 9 and 10 are percentages, others have a ``%``) and 18.3.1.4 (a cell names its format);
OpenDocument 1.2, 19.385 (``office:value-type``). Old and binary workbooks (XLS, XLSB) are not looked into.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from html import unescape
from xml.etree import ElementTree as ET

from toolkit.files.package import sheet_members

Places = frozenset[tuple[int, int]]

_PERCENT_FORMATS = {"9", "10"}
_OPEN = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# What is quoted, or stands behind a backslash, is shown as it is.
_LITERAL = re.compile(r'"[^"]*"|\\.')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAX_REPEATED = 10_000


def percent_cells(data: bytes) -> dict[str, Places]:
    """Return row (from 1) and column (from 0) of the cells that show a percentage, by sheet; of a checked package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return _open_percent_cells(archive.read("content.xml"))
        if "xl/styles.xml" not in names:
            return {}
        styles = frozenset(_percent_styles(archive.read("xl/styles.xml")))
        if not styles:
            return {}
        members = {name: part for name, part in sheet_members(archive).items() if part in names and part.endswith(".xml")}
        return {name: frozenset(_styled(archive.read(part), styles)) for name, part in members.items()}


def percent_text(text: str) -> str:
    """Return a number as the percentage that it shows; other text as it is.

    Examples
    --------
    >>> percent_text("0.03"), percent_text("1"), percent_text("0.125"), percent_text("3 %")
    ('3%', '100%', '12.5%', '3 %')
    """
    try:
        return f"{(Decimal(text) * 100).normalize():f}%"
    except InvalidOperation:
        return text


def _percent_styles(styles: bytes) -> Iterator[str]:
    """Yield the numbers of the cell formats that show a percentage."""
    root = ET.fromstring(styles)  # noqa: S314 - checked: no document type, no bomb
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter() if _bare(one.tag) == "numFmt"}
    for formats in (one for one in root if _bare(one.tag) == "cellXfs"):
        for number, one in enumerate(formats):
            name = one.get("numFmtId", "")
            if name in _PERCENT_FORMATS or "%" in _LITERAL.sub("", unescape(own.get(name, ""))):
                yield str(number)


def _styled(sheet: bytes, styles: frozenset[str]) -> Iterator[tuple[int, int]]:
    for _, one in ET.iterparse(io.BytesIO(sheet)):  # noqa: S314 - checked, as above
        if _bare(one.tag) == "c" and one.get("s") in styles and (found := _REFERENCE.fullmatch(one.get("r", ""))):
            yield int(found[2]), _column(found[1])
        if _bare(one.tag) == "row":
            one.clear()


def _open_percent_cells(content: bytes) -> dict[str, Places]:
    found: dict[str, Places] = {}
    root = ET.fromstring(content)  # noqa: S314 - checked, as above
    for table in root.iter(f"{_OPEN}table"):
        places: set[tuple[int, int]] = set()
        line = 1
        for row in table.iter(f"{_OPEN}table-row"):
            rows, column = int(row.get(f"{_OPEN}number-rows-repeated", "1")), 0
            for cell in row:
                columns = int(cell.get(f"{_OPEN}number-columns-repeated", "1"))
                if cell.get(f"{_OFFICE}value-type") == "percentage" and rows * columns <= _MAX_REPEATED:
                    places |= {(line + down, column + right) for down in range(rows) for right in range(columns)}
                column += columns
            line += rows
        found[table.get(f"{_OPEN}name", "")] = frozenset(places)
    return found


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
