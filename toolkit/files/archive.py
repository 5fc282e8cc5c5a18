"""Zip and gzip, opened behind a guard: what an archive declares about itself is never believed.

At most 10,000 members; at most 500 MB unpacked over all of them; more than a hundredfold growth is refused once 10 MB
have come out. Nothing is written to disk, and no member name becomes a path.
"""

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import BinaryIO
from urllib.parse import unquote

from toolkit.errors import InputError
from toolkit.files.source import Budget, GuardedStream, Source

MAX_MEMBERS = 10_000
MAX_DEPTH = 2
_ENCRYPTED = 0x1
_CLUTTER = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*|~\$[^/]*)", re.IGNORECASE)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def gzip_member(source: Source) -> Source:
    """Return what a gzip file holds; its name is the file's without ``.gz``."""
    _check_depth(source)
    budget = Budget(source.label)

    def unpacked() -> BinaryIO:
        raw = source.open()
        return io.BufferedReader(GuardedStream(gzip.GzipFile(fileobj=raw), "", source.size, budget, below=raw))

    name = re.sub(r"\.(?:gz|gzip)$", "", source.name, flags=re.IGNORECASE)
    return replace(source, name=name, open=unpacked, depth=source.depth + 1)


def zip_members(source: Source) -> Iterator[Source]:
    """Yield the files of a zip archive, each to be read before the next is taken; a system's clutter is passed over.

    Of several members with one name and the same content one is read; other content is read as a part of its own.

    Raises
    ------
    InputError
        The archive is damaged or protected by a password, has too many members, or one whose name leads out of it.
    """
    _check_depth(source)
    budget = Budget(source.label)
    with opened_zip(source) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        for member in members:
            _check_name(source, member.filename)
        seen: dict[str, list[tuple[int, int]]] = {}
        for member in members:
            if _CLUTTER.fullmatch(member.filename):
                continue
            contents = seen.setdefault(member.filename, [])
            if (member.CRC, member.file_size) in contents:
                continue
            contents.append((member.CRC, member.file_size))
            if member.flag_bits & _ENCRYPTED:
                raise InputError(f"{source.label} is protected by a password. Save it without one and try again.")
            name = shown_name(member.filename)
            # An archive may hold two files of one name; both are read, and told apart.
            shown = name if len(contents) == 1 else f"{name} ({len(contents)})"
            notes = () if len(contents) == 1 else (f"The archive holds several files named {name!r}; each was read.",)
            yield replace(
                source,
                part="/".join(filter(None, (source.part, shown))),
                notes=(*source.notes, *notes),
                name=name.rsplit("/", 1)[-1],
                size=min(member.compress_size, source.size),
                open=partial(opened_member, source, archive, member, budget),
                depth=source.depth + 1,
            )


@contextmanager
def opened_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    """Yield the archive, after a look at its directory."""
    raw = source.open()
    try:
        if not raw.seekable():
            raw.close()
            raw = io.BytesIO(source.whole())
        try:
            archive = zipfile.ZipFile(raw)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise InputError(
                f"{source.label} is a damaged or cut-off zip file ({error}). Ask for it to be sent again."
            ) from error
        with archive:
            if len(archive.infolist()) > MAX_MEMBERS:
                raise InputError(f"{source.label} has more than {MAX_MEMBERS:,} members. Unpack it and send what is needed.")
            yield archive
    finally:
        raw.close()


def opened_member(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> BinaryIO:
    """Return the unpacking stream of one member.

    Parameters
    ----------
    source
        The archive.
    archive
        The archive, opened.
    member
        Which of its files.
    budget
        What the archive may still unpack to; the stream spends it.
    """
    packed = min(member.compress_size, source.size)
    return io.BufferedReader(GuardedStream(archive.open(member), member.filename, packed, budget))


def shown_name(name: str) -> str:
    r"""Return a file name as text that every table can hold.

    Examples
    --------
    >>> print(shown_name("caf\udce9.csv"))
    caf\udce9.csv
    """
    return name.replace("\x00", "?").encode("utf-8", "backslashreplace").decode()


def _check_depth(source: Source) -> None:
    if source.depth >= MAX_DEPTH:
        raise InputError(f"{source.label} holds archives inside archives. Unpack it and send the files themselves.")


def _check_name(source: Source, name: str) -> None:
    """Refuse an archive with a member whose name leads anywhere but into it."""
    pieces = re.split(r"[/\\]", unquote(name))
    if name.startswith(("/", "\\")) or ":" in pieces[0] or ".." in pieces or any(map(_DEVICES.match, pieces)):
        raise InputError(
            f"{source.label} has a member named {shown_name(name)!r}, which leads out of the archive. It is not opened: ask "
            "who made it."
        )
