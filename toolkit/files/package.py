"""The package of XML files that a workbook (XLSX, XLSM, XLSB, ODS) is: checked and made readable before a reader sees it.

Every part is unpacked once: a bomb, a document type or cells without end are met before parsing. What the reader would lose
without a word is rewritten on the way: cells that hold an error, and the tabs and line breaks of open documents.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from toolkit.errors import InputError
from toolkit.files.archive import opened_member, opened_zip
from toolkit.files.currency_formats import currencies_note, format_currencies
from toolkit.files.source import Budget, Source

MAX_COLUMNS = 16_384
"""What a spreadsheet can hold."""

_MAX_CELLS = 25_000_000
_PACKED_FROM_BYTES = 50_000_000
_LOSSY, _HIDDEN = "lossy", "hidden"
_SCAN_BYTES = 1 << 20
_OVERLAP_BYTES = 200
_DECLARATION = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
_COLUMN = re.compile(rb"""\sr=["']([A-Z]{1,3})[0-9]""")
_ROW = re.compile(rb"""\sr=["'][A-Z]{1,3}([0-9]{1,7})["']""")
_REPEATED_CELL = re.compile(rb"""<(?:\w+:)?table-cell\b(?=[^>]*value-type)[^>]*columns-repeated=["'](\d+)""")
_REPEATED_ROW = re.compile(rb"""<(?:\w+:)?table-row\b[^>]*rows-repeated=["'](\d+)["'][^>]*>\s*<[^>]*value-type""")
_SHEET_PART = re.compile(r"xl/worksheets/.*\.xml$|content\.xml$")

_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\b[^>]*?\st=["'])e(["'])""")
_OPEN_TAB = re.compile(rb"<text:tab\b[^>]*/>")
_OPEN_BREAK = re.compile(rb"<text:line-break\b[^>]*/>")
_OPEN_ERROR = re.compile(rb"""(<table:table-cell\b[^>]*?)\soffice:string-value=["']["']""")

_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\shidden=["'](?:1|true)["'][^>]*>""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b[^>]*?\shidden=["'](?:1|true)["'][^>]*>""")
_SPAN = re.compile(rb"""\b(min|max)=["'](\d{1,5})["']""")
_SHEET_NAME = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*>""")
_RELATION = re.compile(rb"""<(?:\w+:)?Relationship\b[^>]*>""")
_ATTRIBUTE = re.compile(rb"""([\w:]+)=["']([^"']*)["']""")
_OPEN_TABLE = re.compile(rb"""<table:table\s[^>]*?table:name=["']([^"']*)["']""")
_OPEN_HIDDEN = re.compile(
    rb"""<table:table-(row|column)\b(?=[^>]*table:visibility=["'](?:collapse|filter)["'])(?:[^>]*?-repeated=["'](\d{1,7})["'])?"""
)


class ProtectedError(Exception):
    """A part of the package is encrypted."""


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook's bytes, ready to be read, its sheets' hidden rows and columns, and what a person should know."""

    data: bytes
    hidden: Mapping[str, tuple[int, int]]
    notes: tuple[str, ...]


def checked_package(source: Source, data: bytes) -> Package:
    """Return a workbook's package as it can be read.

    Raises
    ------
    InputError
        It unpacks to too much, has a document type, spreads its cells too far, or names a part twice with different content.
    ProtectedError
        A part is encrypted.
    zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error
        It is damaged.
    """
    budget = Budget(source.label)
    found: dict[str, frozenset[str]] = {}
    with opened_zip(source) as archive:
        _check_names(source, archive)
        for member in archive.infolist():
            is_sheet = _SHEET_PART.match(member.filename) is not None
            is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
            if member.flag_bits & 1:
                raise ProtectedError
            with opened_member(source, archive, member, budget) as stream:
                found[member.filename] = _scan(source, stream, is_xml=is_xml, is_sheet=is_sheet)
        hidden = _hidden(archive, frozenset(name for name, finds in found.items() if _HIDDEN in finds))
        is_lossy = any(_LOSSY in finds for finds in found.values())
        notes = currencies_note(format_currencies(archive))
        return Package(_rewritten(archive) if is_lossy else data, hidden, notes)


def _check_names(source: Source, archive: zipfile.ZipFile) -> None:
    """Refuse a package that holds two different parts of one name: each program shows another one of them."""
    counts = Counter(name.lower() for name in archive.namelist())
    for name in (name for name, count in counts.items() if count > 1):
        contents = {(one.CRC, one.file_size) for one in archive.infolist() if one.filename.lower() == name}
        if len(contents) > 1:
            raise InputError(
                f"{source.label} holds the part {name!r} twice, with different content, and nobody can say which one holds. "
                "Open it in the program it comes from and save it again."
            )


def _scan(source: Source, stream: IO[bytes], *, is_xml: bool, is_sheet: bool) -> frozenset[str]:
    """Unpack a part, keeping nothing; say whether it holds what the reader would lose, and what is hidden."""
    columns, last_row, repeated, rest = {b"A"}, 1, 1, b""
    finds: set[str] = set()
    while block := stream.read(_SCAN_BYTES):
        text = rest + block
        rest = text[-_OVERLAP_BYTES:]
        if is_xml and _DECLARATION.search(text):
            raise InputError(
                f"{source.label} has a document type in its XML, which no spreadsheet program writes. It is not opened."
            )
        if is_sheet:
            columns.update(_COLUMN.findall(text))
            last_row = max(last_row, max(map(int, set(_ROW.findall(text))), default=1))
            last_row = max(last_row, max(map(int, _REPEATED_ROW.findall(text)), default=1))
            repeated = max(repeated, max(map(int, _REPEATED_CELL.findall(text)), default=1))
            width = max(repeated, *map(_column_number, columns))
            if last_row * width > _MAX_CELLS:
                raise InputError(
                    f"{source.label} spreads its cells over more than {_MAX_CELLS:,} places. Delete what stands far off the "
                    "table, or save the sheet as CSV."
                )
            if width > MAX_COLUMNS:
                raise InputError(f"{source.label} has {width:,} columns; {MAX_COLUMNS:,} can be read. Is it a table?")
            if any(pattern.search(text) for pattern in (_ERROR_CELL, _OPEN_TAB, _OPEN_BREAK, _OPEN_ERROR)):
                finds.add(_LOSSY)
            if b"hidden=" in text or b"table:visibility" in text:
                finds.add(_HIDDEN)
    return frozenset(finds)


def _column_number(letters: bytes) -> int:
    """Return the number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rewritten(archive: zipfile.ZipFile) -> bytes:
    """Return the package with its errors as text, and its tabs and line breaks as such."""
    out = io.BytesIO()
    is_small = sum(member.file_size for member in archive.infolist()) < _PACKED_FROM_BYTES
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in dict.fromkeys(archive.namelist()):
            text = archive.read(name)
            if _SHEET_PART.match(name):
                text = _ERROR_CELL.sub(rb"\1str\2", text)
                text = _OPEN_TAB.sub(b"&#9;", _OPEN_BREAK.sub(b"&#10;", text))
                text = _OPEN_ERROR.sub(rb"\1", text)
            new.writestr(name, text)
    return out.getvalue()


def _hidden(archive: zipfile.ZipFile, members: frozenset[str]) -> dict[str, tuple[int, int]]:
    """Return how many rows and columns of each sheet are hidden; only the parts in ``members`` hide any."""
    if "content.xml" in members:
        return _hidden_of_open_document(archive.read("content.xml"))
    found = {}
    for name, member in sheet_members(archive).items():
        if member in members:
            text = archive.read(member)
            rows = len(_HIDDEN_ROW.findall(text))
            columns = sum(_width(column) for column in _HIDDEN_COLUMN.findall(text))
            if rows or columns:
                found[name] = (rows, columns)
    return found


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part in which each sheet of an Office workbook stands, by the sheet's name; of other packages none."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(archive.namelist()):
        return {}
    targets = {
        facts.get(b"Id", b""): facts.get(b"Target", b"").decode(errors="replace")
        for facts in map(_attributes, _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")))
    }
    found = {}
    for facts in map(_attributes, _SHEET_NAME.findall(archive.read("xl/workbook.xml"))):
        target = targets.get(facts.get(b"r:id", b""), "")
        name = _plain(facts.get(b"name", b"").decode(errors="replace"))
        found[name] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(tag))


def _plain(name: str) -> str:
    # As the standard library does it, whose function brings all of its network code along.
    return name.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _width(column: bytes) -> int:
    """Return how many columns a declaration stands for, up to the last that holds anything in practice."""
    span = {name: int(number) for name, number in _SPAN.findall(column)}
    return max(1, span.get(b"max", 1) - span.get(b"min", 1) + 1)


def _hidden_of_open_document(text: bytes) -> dict[str, tuple[int, int]]:
    found = {}
    starts = [*_OPEN_TABLE.finditer(text)]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        rows = columns = 0
        for kind, repeated in _OPEN_HIDDEN.findall(text[start.end() : following.start() if following else len(text)]):
            if kind == b"row":
                rows += int(repeated or 1)
            else:
                columns += int(repeated or 1)
        if rows or columns:
            found[_plain(start[1].decode(errors="replace"))] = (rows, columns)
    return found
