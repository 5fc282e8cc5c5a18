"""Every table of a file that a client sent, whatever its format.

The content decides the format; the name is asked only where the content does not tell, and a name that says something
else is noted. ``header_line`` and ``notes`` are explained at ``RawTable``.
"""

import gzip
import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from toolkit.errors import InputError
from toolkit.files.archive import gzip_member, opened_zip, shown_name, zip_members
from toolkit.files.code_pages import guessed_code_page
from toolkit.files.delimited import delimited_tables
from toolkit.files.encoding import Utf8Stream, codec_of, encoding_name, sniffed_encoding
from toolkit.files.layout import Aside, plain_table
from toolkit.files.ofx import looks_like_ofx
from toolkit.files.raw import RawTable
from toolkit.files.source import Reading, Source

_HEAD_BYTES = 64_000
_FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x00\x01\x00\x00Standard ", "an Access database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"{\\rtf", "a text document"),
)
_SUFFIXES = {
    "workbook": (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods"),
    "JSON file": (".json", ".jsonl", ".ndjson"),
    "Parquet file": (".parquet", ".pq"),
    "zip archive": (".zip",),
    "gzip archive": (".gz", ".gzip"),
    "bank file": (".ofx", ".qfx"),
    "text file": (".csv", ".tsv", ".txt", ".tab"),
}
_TEXTS = frozenset({"text file", "JSON file", "bank file"})
_DAMAGED = (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, NotImplementedError)


def raw_tables(
    path: Path,
    *,
    root: Path,
    known_headers: frozenset[str] = frozenset(),
    hidden_sheets: Collection[str] = (),
    encoding: str = "",
) -> Iterator[RawTable]:
    """Yield every table of a file.

    Parameters
    ----------
    path
        The file. It must lie below ``root``, links followed.
    root
        The folder that ``RawTable.file`` is relative to, written with ``/``.
    known_headers
        Column names of known exports, which find the header below a title; case and a leading ``*`` do not matter.
    hidden_sheets
        Names of hidden sheets to read all the same. The others are left out, and the file's tables say so in ``notes``.
    encoding
        What the text of the file is written in, such as ``windows-1250``; empty: to be found out.

    Raises
    ------
    InputError
        The file is empty, damaged, protected, unsafe, or no table. In an archive, a member that cannot be read is a table
        without rows whose quarantine says why (reason ``unreadable_file``), so that the others are kept.
    """
    yield from source_tables(opened_source(path, root), Reading(known_headers, frozenset(hidden_sheets), encoding))


def source_tables(source: Source, reading: Reading) -> Iterator[RawTable]:
    """Yield every table of what ``opened_source`` opened."""
    if reading.encoding:
        code_page = codec_of(reading.encoding)
        if not code_page:
            raise InputError(f"There is no encoding {reading.encoding!r}. Write for example 'windows-1250', or nothing.")
        source = replace(source, code_page=code_page)
    try:
        yield from _tables(source, reading)
    except OSError as error:
        raise _unreadable(source, error) from error


def opened_source(path: Path, root: Path, *, is_hashed: bool = True) -> Source:
    """Return a file below ``root`` to read from; ``sha256`` stays empty unless ``is_hashed``.

    Parameters
    ----------
    path
        The file.
    root
        The folder that it must lie below.
    is_hashed
        Whether to read it once for its sha256.

    Raises
    ------
    InputError
        It is empty, no file, or does not lie below ``root``.
    """
    file = shown_name(_relative(path, root))
    label = repr(file)
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise InputError(f"{label} is no file. Put the exported file itself into the folder.")
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest() if is_hashed else ""
    except OSError as error:
        raise InputError(f"{label} cannot be read: {error.strerror}. Check that it is there and may be opened.") from error

    if not facts.st_size:
        raise InputError(f"{label} is empty (0 bytes). Export it again, or remove it from the folder.")

    def opened() -> BinaryIO:
        return path.open("rb")

    return Source(file, "", path.name, facts.st_size, opened, sha256)


def _relative(path: Path, root: Path) -> str:
    try:
        resolved, top = path.resolve(), root.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"{shown_name(path.name)!r} is a link that leads nowhere. Put the file itself there.") from error
    if not resolved.is_relative_to(top):
        raise InputError(
            f"{shown_name(path.name)!r} leads out of the folder {shown_name(root.name)!r}. Put the file itself there, not "
            "a link."
        )
    if path.absolute().is_relative_to(root.absolute()):
        return path.absolute().relative_to(root.absolute()).as_posix()
    return resolved.relative_to(top).as_posix()


def _unreadable(source: Source, error: Exception) -> InputError:
    return InputError(f"{source.label} cannot be read to its end ({error}). It may be cut off: ask for it to be sent again.")


def _tables(source: Source, reading: Reading) -> Iterator[RawTable]:
    try:
        yield from _tables_of(source, reading)
    except _DAMAGED as error:
        raise _unreadable(source, error) from error


def _tables_of(source: Source, reading: Reading) -> Iterator[RawTable]:
    kind = kind_of(source)
    source = _noted(source, kind)
    if kind in _TEXTS and not source.code_page:
        source = _with_code_page(source)
    match kind:
        case "zip archive":
            yield from _archive_tables(source, reading)
        case "gzip archive":
            yield from _tables_of(gzip_member(source), reading)
        # Each of these is loaded when it is needed: most files are plain text.
        case "workbook":
            from toolkit.files.workbook import workbook_tables

            yield from workbook_tables(source, reading)
        case "Parquet file":
            from toolkit.files.parquet import parquet_table

            yield parquet_table(source)
        case "bank file":
            from toolkit.files.ofx import ofx_table

            yield ofx_table(source)
        case "JSON file":
            from toolkit.files.json_text import json_tables

            yield from json_tables(source, reading)
        case _:
            yield from delimited_tables(source, reading)


def _with_code_page(source: Source) -> Source:
    """Return the source with the code page of its text; a note says so where it had to be guessed."""
    if sniffed_encoding(source.head(4096))[0] != "utf-8":
        return source
    with source.open() as stream:
        guess = guessed_code_page(stream)
    if guess is None:
        return source
    declared = re.search(rb"CHARSET:\s*([\w-]+)", source.head(_HEAD_BYTES)[:1000])
    if declared and codec_of(declared[1].decode()) == guess.codec:
        return replace(source, code_page=guess.codec)
    words = "one word" if guess.words == 1 else f"{guess.words:,} words"
    note = (
        f"Read as {encoding_name(guess.codec)}, a guess from {words} with letters beyond ASCII; set encoding: under the "
        "system if names look wrong."
    )
    return replace(source, code_page=guess.codec, notes=(*source.notes, note))


def _guess(head: bytes) -> str:
    guess = guessed_code_page(io.BytesIO(head)) if sniffed_encoding(head[:4096])[0] == "utf-8" else None
    return guess.codec if guess else ""


def _noted(source: Source, kind: str) -> Source:
    """Return the source with a note where its name says another format than its content."""
    suffix = "." + source.name.lower().rsplit(".", 1)[-1]
    said = next((other for other, suffixes in _SUFFIXES.items() if suffix in suffixes), kind)
    # Text formats share their endings freely: a JSON file named .txt surprises nobody.
    if said == kind or (suffix == ".txt" and kind in {"JSON file", "bank file"}):
        return source
    note = f"The name ends in {suffix!r}, but the content is a {kind}; it was read as that."
    return replace(source, notes=(*source.notes, note))


def _archive_tables(source: Source, reading: Reading) -> Iterator[RawTable]:
    failures: list[tuple[Source, InputError]] = []
    count = 0
    for member in zip_members(source):
        try:
            for table in _tables(member, reading):
                count += 1
                yield table
        except InputError as error:
            failures.append((member, error))
    if not count:
        first = f" The first problem: {failures[0][1]}" if failures else ""
        raise InputError(f"{source.label} holds no file that can be read.{first}")
    for member, failure in failures:
        yield plain_table(member, (), [], aside=[Aside(0, "unreadable_file", str(failure), ())])


def kind_of(source: Source) -> str:
    """Return the format of a file by its content, in words.

    Raises
    ------
    InputError
        It is empty, or of a format that holds no tables.
    """
    head = source.head(_HEAD_BYTES)
    if not head:
        raise InputError(f"{source.label} is empty. Export it again, or remove it from the folder.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _package_kind(source)
    if head.startswith(b"\x1f\x8b"):
        return "gzip archive"
    if head.startswith(b"PAR1"):
        return "Parquet file"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "workbook"
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise InputError(f"{source.label} is {name}, not a table. Export the data as CSV or XLSX.")
    code_page = source.code_page or _guess(head)
    with Utf8Stream(source.open(), code_page) as stream:
        text = stream.read(_HEAD_BYTES).decode("utf-8", "ignore")
    _check_is_text(source, text)
    return _text_kind(source, text.lstrip())


def _package_kind(source: Source) -> str:
    with opened_zip(source) as archive:
        names = set(archive.namelist())
        mimetype = archive.open("mimetype").read(100) if "mimetype" in names else b""
    if b"spreadsheet" in mimetype or any(name.startswith("xl/") for name in names):
        return "workbook"
    if b"opendocument" in mimetype or any(name.startswith(("word/", "ppt/")) for name in names):
        raise InputError(f"{source.label} is a document, not a table. Copy its table into a sheet, and save that as XLSX.")
    return "zip archive"


def _check_is_text(source: Source, text: str) -> None:
    strange = len(re.findall("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufdd0]", text))
    if strange > 0.1 * len(text) or (strange > 0.02 * len(text) and strange > 50):
        raise InputError(f"{source.label} is of a kind that cannot be read. Export the data as CSV or XLSX.")


def _text_kind(source: Source, text: str) -> str:
    if looks_like_ofx(text):
        return "bank file"
    if re.match(r"<(?:!doctype\s+)?(?:html|table|head|body|meta)\b", text, re.IGNORECASE):
        raise InputError(f"{source.label} is a web page. Open it in a spreadsheet program and save it as XLSX or CSV.")
    if text.startswith(("<?xml", "<!DOCTYPE", "<!ENTITY")):
        raise InputError(f"{source.label} is XML of a kind that cannot be read. Export the data as CSV, XLSX or JSON.")
    if not text:
        raise InputError(f"{source.label} holds blanks only. Export it again, or remove it from the folder.")
    is_named_json = source.name.lower().endswith(_SUFFIXES["JSON file"])
    if is_named_json or re.match(r'\{\s*(?:"|\}|$)|\[\s*(?:[\[\{"\]]|-?\d[\d.eE+-]*\s*[,\]]|$|true|false|null)', text):
        return "JSON file"
    return "text file"
