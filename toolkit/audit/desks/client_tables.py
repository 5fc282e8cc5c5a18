"""Tables of the client's files, as screens look into them: read when somebody asks, kept while the file stays as it is."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.sources import client_files, file_tables
from toolkit.audit.pull.streams import file_reading
from toolkit.errors import UnknownNameError
from toolkit.files.raw import RawTable
from toolkit.settings import Settings

MAX_ROWS = 20_000
"""So many rows of a table are read on trial; a longer one says so."""

_MOST_KEPT = 4
_MAX_CELL = 200
_Kept = OrderedDict[tuple[object, ...], list[RawTable]]


class ClientTables:
    """The tables of an engagement's files; may be asked from several threads."""

    def __init__(self, engagement: Engagement) -> None:
        self._folder = engagement.folder
        self._kept: _Kept = OrderedDict()
        self._reading = threading.Lock()

    def files(self) -> list[str]:
        """Return the files that the client sent, as paths below the engagement."""
        return [path.relative_to(self._folder.resolve()).as_posix() for path in client_files(self._folder)]

    def of_file(self, file: str, settings: Settings) -> list[RawTable]:
        """Return every table of one file.

        Parameters
        ----------
        file
            Path below the engagement: one of `files`, nothing else is opened.
        settings
            Say how files are read.

        Raises
        ------
        InputError
            There is no such file, or it cannot be read.
        """
        known = self.files()
        if file not in known:
            raise UnknownNameError("file of the client", file, known)
        path, said = self._folder.resolve() / file, file_reading(settings, file)
        with self._reading:
            facts = path.stat()
            key = (file, facts.st_mtime_ns, facts.st_size, said.headers, said.hidden_sheets, said.encoding)
            if key not in self._kept:
                self._kept[key] = file_tables(path, self._folder.resolve(), said)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def shortened(raws: Sequence[RawTable], most: int = MAX_ROWS) -> list[RawTable]:
    """Return tables with their first rows only.

    Parameters
    ----------
    raws
        Tables.
    most
        Rows of each.
    """
    return [replace(one, rows=one.rows.slice(0, most)) if one.rows.num_rows > most else one for one in raws]


def is_shortened(raws: Iterable[RawTable]) -> bool:
    """Return whether some of the tables have their first rows only: what is said of them holds for these."""
    return any(one.rows_read > one.rows.num_rows + one.quarantine.num_rows for one in raws)


def shown_cell(text: str | None, most: int = _MAX_CELL) -> str:
    """Return a cell for a page: long ones are cut, nothing is an empty text.

    Examples
    --------
    >>> shown_cell(None), shown_cell("abcdef", 4)
    ('', 'abc…')
    """
    return "" if text is None else text if len(text) <= most else text[: most - 1] + "…"


def distinct_cells(cells: pa.ChunkedArray, most: int) -> list[str]:
    """Return the first distinct filled cells of a column, ready to be shown.

    Examples
    --------
    >>> distinct_cells(pa.chunked_array([["b", None, "a", "b"]]), 5)
    ['b', 'a']
    """
    seen: dict[str, None] = {}
    for text in cells.slice(0, MAX_ROWS).to_pylist():
        if text:
            seen.setdefault(text)
            if len(seen) == most:
                break
    return [shown_cell(one) for one in seen]
