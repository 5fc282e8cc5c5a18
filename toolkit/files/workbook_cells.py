"""The cells of a workbook, read in a process of its own.

A damaged or hostile workbook can make its reader ask for any amount of memory, run for ever or stop the whole process; here
it stops this one only. ``sheets`` starts it, and it answers with a line of JSON for each sheet and each row.
"""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from toolkit.files.cells import text_of

# A sheet of a million rows needs about 0.5 s per megabyte of its file; these leave room, and stop a trap soon.
_MEMORY_BYTES, _MEMORY_BYTES_PER_BYTE, _MAX_MEMORY_BYTES = 512 << 20, 100, 3 << 30
_CPU_S, _CPU_S_PER_MB, _MAX_CPU_S = 1, 5, 180
_MAX_COLUMNS, _MAX_OLD_COLUMNS, _MAX_CELLS = 16_384, 256, 25_000_000
# A binary workbook is not compressed: what declares far more cells than its bytes can fill is damaged.
_LEAST_CELLS, _CELLS_PER_BYTE = 1_000_000, 50
_HEAD_BYTES = 200
_DURATION = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_START = "import sys; sys.path.insert(0, sys.argv[1]); from toolkit.files.workbook_cells import main; main()"


class WorkbookError(Exception):
    """The workbook cannot be read; ``is_protected`` says that only a password is missing."""

    def __init__(self, message: str, *, is_protected: bool = False) -> None:
        self.is_protected = is_protected
        super().__init__(message)


class Sheet(NamedTuple):
    """A sheet with cells: the row (from 1) and column (from 0) it begins in, and its rows as text, to be read in order."""

    name: str
    is_visible: bool
    first_row: int
    first_column: int
    width: int
    rows: Iterator[list[str]]


def sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets of a workbook; each one's rows must be read before the next is taken.

    Raises
    ------
    WorkbookError
        The workbook is damaged, or protected by a password.
    """
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(  # noqa: S603  # our own interpreter, our own module, no text of the client
        [sys.executable, "-c", _START, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(data)
            process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            yield from _answered(process.stdout)
        finally:
            process.kill()


def _answered(stream: IO[bytes]) -> Iterator[Sheet]:
    for line in stream:
        answer = json.loads(line)
        if "error" in answer:
            raise WorkbookError(answer["error"], is_protected=answer["is_protected"])
        if "end" in answer:
            return
        rows = _rows(stream, answer.pop("height"))
        yield Sheet(**answer, rows=rows)
        for _ in rows:
            pass
    raise WorkbookError("its reader gave up")


def _rows(stream: IO[bytes], count: int) -> Iterator[list[str]]:
    for _ in range(count):
        line = stream.readline()
        if not line.endswith(b"\n"):
            raise WorkbookError("its reader gave up")
        row: list[str] = json.loads(line)
        yield row


def main() -> None:
    """Answer with the cells of the workbook on standard input."""
    data = sys.stdin.buffer.read()
    _limit(len(data))
    with io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n") as out:
        for answer in _answers(data):
            out.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))
            out.write("\n")


def _limit(size: int) -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such limits; there the process of its own is the whole protection.
        return
    memory_bytes = min(_MAX_MEMORY_BYTES, _MEMORY_BYTES + _MEMORY_BYTES_PER_BYTE * size)
    cpu_s = min(_MAX_CPU_S, _CPU_S + _CPU_S_PER_MB * size // 1_000_000)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))


def _answers(data: bytes) -> Iterator[dict[str, Any] | list[str]]:
    import python_calamine as calamine

    is_open = data.startswith(b"PK") and b"opendocument.spreadsheet" in data[:_HEAD_BYTES]
    is_old = not data.startswith(b"PK")
    widest = _MAX_OLD_COLUMNS if is_old else _MAX_COLUMNS
    most = min(_MAX_CELLS, max(_LEAST_CELLS, _CELLS_PER_BYTE * len(data))) if is_old else _MAX_CELLS
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for index, facts in enumerate(book.sheets_metadata):
                if facts.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(index)
                if sheet.start is None or not sheet.height or not sheet.width:
                    continue
                problem = _problem(sheet.width, sheet.height, widest, most)
                if problem:
                    yield {"error": problem, "is_protected": False}
                    return
                yield {
                    "name": sheet.name,
                    "is_visible": facts.visible == calamine.SheetVisibleEnum.Visible,
                    "first_row": sheet.start[0] + 1,
                    "first_column": sheet.start[1],
                    "width": sheet.width,
                    "height": sheet.height,
                }
                # The library hands out an empty row for each that stands above the first cell.
                for row in islice(sheet.iter_rows(), sheet.start[0], None):
                    yield [_text(cell, is_open=is_open) for cell in row]
        yield {"end": True}
    except calamine.CalamineError as error:
        is_protected = isinstance(error, calamine.PasswordError) or "password" in str(error).casefold()
        yield {"error": str(error).split("\n")[0][:200], "is_protected": is_protected}


def _problem(width: int, height: int, widest: int, most: int) -> str:
    """Return why a sheet of that size is not read; empty when it is."""
    if width > widest:
        return f"it has {width:,} columns; a workbook of this format holds {widest:,}"
    if width * height > most:
        return f"it spreads its cells over {width:,} columns and {height:,} rows, which a file of its size cannot fill"
    return ""


def _text(cell: Any, *, is_open: bool) -> str:
    if not isinstance(cell, str):
        return text_of(cell)
    # The reader hands on a duration of an open document as it stands in the file.
    duration = _DURATION.fullmatch(cell) if is_open and cell.startswith(("PT", "-PT")) else None
    if duration is None:
        return cell
    sign, hours, minutes, seconds = duration.groups()
    return f"{sign}{int(hours):02}:{int(minutes):02}:{int(seconds):02}"
