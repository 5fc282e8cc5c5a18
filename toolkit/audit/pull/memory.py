"""What people confirmed of columns at earlier clients: headers and meanings only, never a value, in one file to be read.

It is written only where the consultant wants it, can be carried to a colleague, and deleted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.audit.pull.answers import Confirmed
from toolkit.connector import header_key
from toolkit.errors import InputError
from toolkit.settings import memory_path, read_meanings, write_meanings

_MAX_HEADER = 120


@dataclass(frozen=True, slots=True)
class Memory:
    """Headers with their meanings, and the file they stand in."""

    path: Path
    meanings: Mapping[str, str]


def memory(path: Path | None = None) -> Memory:
    """Return what is remembered; nothing where there is no file.

    Raises
    ------
    InputError
        The file is no mapping of headers to meanings.
    """
    file = path or memory_path()
    found = read_meanings(file)
    return Memory(file, {header_key(header): meaning for header, meaning in found.items()})


def remembered_meanings() -> dict[str, str]:
    """Return header to meaning, as remembered on this machine."""
    return dict(memory().meanings)


def remember(confirmed: Iterable[Confirmed], path: Path | None = None) -> int:
    """Add what was confirmed to the memory; return how many headers are new or mean something else now.

    Raises
    ------
    InputError
        The memory cannot be read; it is left as it was.
    """
    before = memory(path)
    said = {
        header_key(one.header): one.meaning
        for one in confirmed
        if one.header and len(one.header) <= _MAX_HEADER and one.meaning != "leave_out"
    }
    new = {header: meaning for header, meaning in said.items() if before.meanings.get(header) != meaning}
    if new:
        write_meanings(before.path, {**before.meanings, **new})
    return len(new)


def forget(path: Path | None = None) -> int:
    """Delete the memory; return how many headers it held."""
    before = memory(path)
    before.path.unlink(missing_ok=True)
    return len(before.meanings)


def added_meanings(file: Path, path: Path | None = None) -> int:
    """Add another memory's meanings; return how many are new. What is remembered already stays.

    Raises
    ------
    InputError
        There is no such file, or it is no list of meanings.
    """
    if not file.is_file():
        raise InputError(f"There is no file {str(file)!r}. Mend the path.")
    given, before = memory(file), memory(path)
    new = {header: meaning for header, meaning in given.meanings.items() if header not in before.meanings}
    if new:
        write_meanings(before.path, {**before.meanings, **new})
    return len(new)
