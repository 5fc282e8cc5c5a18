"""CSV files as bytes: verbatim for programs, inert for people; cut where a vendor takes no more of them at once."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from toolkit.files.write import inert

_MARK = b"\xef\xbb\xbf"


def csv_files(
    headers: Sequence[str],
    records: Iterable[Sequence[Sequence[str]]],
    *,
    max_records: int,
    max_bytes: int = 0,
    has_bom: bool = False,
) -> Iterator[tuple[bytes, int]]:
    r"""Yield files and how many records each has: UTF-8, commas, one line of headers each, every cell as it is given.

    Parameters
    ----------
    headers
        Of each file.
    records
        Their rows, each with its cells in the order of the headers. The rows of one are in one file.
    max_records, max_bytes
        Of one file; 0 bytes: as many as there are. A record that is longer alone is a file alone.
    has_bom
        Whether each file begins with a byte-order mark.

    Examples
    --------
    >>> list(csv_files(["Id", "Name"], [[["007", "A, B"]], [["8", ""]]], max_records=1))
    [(b'Id,Name\r\n007,"A, B"\r\n', 1), (b'Id,Name\r\n8,\r\n', 1)]
    """
    head = (_MARK if has_bom else b"") + _line(headers)
    lines: list[bytes] = []
    size = len(head)
    for rows in records:
        line = b"".join(_line(row) for row in rows)
        if lines and (len(lines) == max_records or (max_bytes and size + len(line) > max_bytes)):
            yield head + b"".join(lines), len(lines)
            lines, size = [], len(head)
        lines.append(line)
        size += len(line)
    if lines:
        yield head + b"".join(lines), len(lines)


def inert_csv(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    r"""Return one file that people open in a spreadsheet: what looks like a formula begins with an apostrophe.

    Examples
    --------
    >>> inert_csv(["Before"], [["=1+1"]])
    b"Before\r\n'=1+1\r\n"
    """
    texts = ([_carried(row[place]) for row in rows] for place in range(len(headers)))
    columns = [inert(pa.array(column, pa.string())).to_pylist() for column in texts]
    return b"".join([_line(headers), *(_line(row) for row in zip(*columns, strict=True))])


def _carried(text: str) -> str:
    """Return a text without what no file can carry."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode()
