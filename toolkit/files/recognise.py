"""Which vendor's export a table is, and which streams its rows belong to.

A format is recognised when all its distinctive headers are there, in any case and order. Generic names
alone identify nothing. Two formats that fit equally well are a tie: reported, not guessed. Streams of one
connector that share a format (a transaction list with several types) are not a tie; the rows decide.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Connector, ExportFormat, RowFilter, Stream, alternatives, header_currency, header_key
from toolkit.files.group_labels import with_group_labels
from toolkit.files.raw import RawTable
from toolkit.values.money import decimal_column

Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

# Two formats whose share of known headers differs by less than this fit equally well.
_TIE_MARGIN = 0.08
_SAMPLE_ROWS = 200
# "SalesInvoices_2026" is three words.
_WORD_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a table was recognised as.

    ``score`` is the share (0 to 1) of the best format's distinctive headers that were found. ``connector``,
    ``stream`` and ``format_name`` name that format, and are null where nothing fits at all.
    ``is_recognised`` is true when the score is 1 and no other format fits as well; with ``is_tie`` a person
    has to choose between it and the runner-up.
    """

    connector: Connector | None
    stream: Stream | None
    format_name: str
    score: float
    runner_up: str
    runner_up_score: float
    is_tie: bool

    @property
    def is_recognised(self) -> bool:
        """Whether the table may be read as this format without asking."""
        return self.stream is not None and self.score == 1 and not self.is_tie


@dataclass(frozen=True, slots=True)
class _Candidate:
    connector: Connector
    stream: Stream
    form: ExportFormat
    score: float
    has_title: bool
    row_share: float
    known_share: float

    @property
    def name(self) -> str:
        return f"{self.connector.name}/{self.stream.name}"

    @property
    def rank(self) -> tuple[float, bool, float, int, float]:
        distinctive = len(self.form.distinctive) or len(self.form.cells)
        return (self.score, self.has_title, self.known_share, distinctive, self.row_share)


def known_headers(connectors: Iterable[Connector]) -> frozenset[str]:
    """Return every header that some connector knows, in the form in which headers are compared.

    Examples
    --------
    >>> from toolkit.connectors.stripe import CONNECTOR
    >>> "created date (utc)" in known_headers([CONNECTOR])
    True
    """
    return frozenset(name for connector in connectors for stream in connector.streams for name in stream.headers)


def recognised(raw: RawTable, connectors: Iterable[Connector]) -> Recognition:
    """Return which format of which connector a table is.

    Parameters
    ----------
    raw
        A table as read; ``header_line`` 0 with empty headers marks a file without headers, which is told by its cells.
    connectors
        Every connector to compare with.
    """
    places = header_places(raw)
    candidates = [
        candidate
        for connector in connectors
        for stream in connector.streams
        if (candidate := _best_format(raw, places, connector, stream)) is not None
    ]
    # The sort is stable: a connector's first stream comes before its later ones.
    candidates.sort(key=lambda one: one.rank, reverse=True)
    if not candidates:
        return Recognition(None, None, "", 0.0, "", 0.0, is_tie=False)
    best = _best_by_rows(candidates)
    others = [one for one in candidates if one is not best and not _is_sibling(best, one)]
    runner_up = others[0] if others else None
    is_tie = (
        runner_up is not None
        and best.score == runner_up.score == 1
        and best.has_title == runner_up.has_title
        and best.known_share - runner_up.known_share < _TIE_MARGIN
    )
    return Recognition(
        best.connector,
        best.stream,
        best.form.name,
        best.score,
        "" if runner_up is None else runner_up.name,
        0.0 if runner_up is None else runner_up.score,
        is_tie=is_tie,
    )


def routed(raw: RawTable, recognition: Recognition) -> tuple[tuple[Stream, RawTable], ...]:
    """Return the streams of a recognised table, each with its rows.

    Most tables belong to one stream and come back whole. In a list of several types every row goes to the
    stream of its type; rows of no known type stay with the first stream, which puts them aside. The first
    table keeps the name; the others add ``#stream`` to ``part``. The file's total lines stay with the
    first, less the rows that left it. A file without headers gets those of its format.
    """
    if recognition.connector is None or recognition.stream is None:
        return ()
    stream = recognition.stream
    if stream.group_header:
        raw = with_group_labels(raw, stream.group_header)
    form = next((one for one in stream.formats if one.name == recognition.format_name), ExportFormat(""))
    if form.cells:
        return ((stream, replace(raw, headers=tuple(header for header, _ in form.cells))),)
    siblings = [one for one in recognition.connector.streams if one is not stream and _may_share(raw, one)]
    if not siblings:
        return ((stream, raw),)
    left = ~belonging(raw, stream)
    parts: list[tuple[Stream, RawTable]] = []
    for sibling in siblings:
        mask = belonging(raw, sibling) & left
        if mask.any():
            parts.append((sibling, _part(raw, mask, sibling.name)))
            left = left & ~mask
    if not parts:
        return ((stream, raw),)
    stays = belonging(raw, stream) | left
    taken = int((~stays).sum())
    first = replace(
        raw,
        rows=raw.rows.filter(pa.array(stays)),
        rows_read=raw.rows_read - taken,
        totals=totals_without(raw, raw.rows.filter(pa.array(~stays))),
    )
    return ((stream, first), *parts)


def belonging(raw: RawTable, stream: Stream) -> Flags:
    """Return for every row whether it passes all row filters of a stream."""
    mask = np.ones(raw.rows.num_rows, np.bool_)
    for row_filter in stream.filters:
        mask &= _passing(raw, row_filter)
    return mask


def excluded(raw: RawTable, row_filter: RowFilter) -> Flags:
    """Return for every row whether the filter says that it looks like a record and is none."""
    cells = _filtered_cells(raw, row_filter) if row_filter.excluded else None
    return np.zeros(raw.rows.num_rows, np.bool_) if cells is None else _fitting(cells, row_filter.excluded)


def totals_without(raw: RawTable, gone: pa.Table) -> tuple[dict[int, str], ...]:
    """Return the last total line less the amounts of rows that went elsewhere; totals of groups are dropped."""
    if not raw.totals:
        return ()
    left: dict[int, str] = {}
    for index, text in raw.totals[-1].items():
        cells = gone[f"c{index}"].combine_chunks()
        amounts = decimal_column(pa.concat_arrays([pa.array([text], pa.string()), cells]))
        total = amounts[0].as_py()
        if total is not None:
            left[index] = str(total - (pc.sum(amounts.slice(1)).as_py() or 0))
    return (left,)


def header_places(raw: RawTable) -> dict[str, list[int]]:
    """Return the column indices of every header, by ``header_key``, with and without a currency at the end."""
    places: dict[str, list[int]] = {}
    for index, header in enumerate(raw.headers):
        plain, currency = header_currency(header)
        # An empty header names something only in a grouped report, where it is the first one.
        if header_key(header) or (index == 0 and any(raw.headers)):
            places.setdefault(header_key(header), []).append(index)
        if currency is not None:
            places.setdefault(header_key(plain), []).append(index)
    return places


def _best_format(raw: RawTable, places: dict[str, list[int]], connector: Connector, stream: Stream) -> _Candidate | None:
    found = []
    for form in stream.formats:
        score = _score(raw, places, form)
        if score > 0:
            rows = _row_share(raw, stream) if score == 1 else 0.0
            known = 1.0 if form.cells else _known_share(places, stream)
            found.append(_Candidate(connector, stream, form, score, _has_title(raw, form), rows, known))
    return max(found, key=lambda one: one.rank, default=None)


def _score(raw: RawTable, places: dict[str, list[int]], form: ExportFormat) -> float:
    if form.cells:
        return 1.0 if raw.header_line == 0 and not any(raw.headers) and _fits_cells(raw, form) else 0.0
    if any(header_key(name) in places for names in form.absent for name in alternatives(names)):
        return 0.0
    hits = sum(any(header_key(name) in places for name in alternatives(names)) for names in form.distinctive)
    return hits / len(form.distinctive) if form.distinctive else 0.0


def _fits_cells(raw: RawTable, form: ExportFormat) -> bool:
    if len(raw.headers) != len(form.cells) or not raw.rows.num_rows:
        return False
    sample = raw.rows.slice(0, _SAMPLE_ROWS)
    for index, (_, pattern) in enumerate(form.cells):
        cells = pc.utf8_trim_whitespace(pc.fill_null(sample[f"c{index}"].combine_chunks(), ""))
        filled = cells.filter(pc.not_equal(cells, ""))
        if not pc.all(pc.match_substring_regex(filled, f"^(?:{pattern})$"), min_count=0).as_py():
            return False
    return True


def _has_title(raw: RawTable, form: ExportFormat) -> bool:
    """Return whether a line above the table, or the name of its file or sheet, calls it what the format is called."""
    above = {header_key(cell) for line in raw.preamble for cell in line if cell}
    named = _WORD_BREAK.sub(" ", f"{raw.file.rpartition('/')[2]} {raw.part}").casefold()
    return any(title in above for title in form.titles) or any(re.search(word, named) for word in form.file_words)


def _known_share(places: dict[str, list[int]], stream: Stream) -> float:
    """Return the share of the file's named columns that the stream knows."""
    named = [name for name in places if name]
    return sum(name in stream.headers for name in named) / len(named) if named else 0.0


def _row_share(raw: RawTable, stream: Stream) -> float:
    return float(belonging(raw, stream).mean()) if stream.filters and raw.rows.num_rows else 0.0


def _best_by_rows(candidates: Sequence[_Candidate]) -> _Candidate:
    """Return the best candidate; among those that share its format, the one with most rows."""
    best = candidates[0]
    siblings = [one for one in candidates if one.score == best.score and _is_sibling(best, one)]
    return max([best, *siblings], key=lambda one: one.row_share)


def _is_sibling(best: _Candidate, other: _Candidate) -> bool:
    return (
        best.connector is other.connector
        and bool(best.stream.filters)
        and bool(other.stream.filters)
        and best.score == other.score
    )


def _may_share(raw: RawTable, stream: Stream) -> bool:
    """Return whether a stream is told from its siblings by a column of this file."""
    places = header_places(raw)
    is_told = any(header_key(name) in places for one in stream.filters for name in alternatives(one.headers))
    return is_told and any(_score(raw, places, form) == 1 for form in stream.formats)


def _part(raw: RawTable, mask: Flags, name: str) -> RawTable:
    rows = raw.rows.filter(pa.array(mask))
    return replace(
        raw,
        part=f"{raw.part}#{name}",
        rows=rows,
        quarantine=raw.quarantine.slice(0, 0),
        rows_read=rows.num_rows,
        totals=(),
    )


def _passing(raw: RawTable, row_filter: RowFilter) -> Flags:
    cells = _filtered_cells(raw, row_filter)
    mask = np.ones(raw.rows.num_rows, np.bool_)
    if cells is None:
        return mask
    if row_filter.is_filled is not None:
        is_filled: Flags = pc.not_equal(cells, "").to_numpy()
        mask &= is_filled == row_filter.is_filled
    if row_filter.values:
        mask &= _fitting(cells, row_filter.values)
    if row_filter.excluded:
        mask &= ~_fitting(cells, row_filter.excluded)
    return mask


def _filtered_cells(raw: RawTable, row_filter: RowFilter) -> pa.ChunkedArray | None:
    """Return the cells that a filter looks at, lower case; nothing where it does not apply to the file."""
    places = header_places(raw)
    columns = [index for name in alternatives(row_filter.headers) for index in places.get(header_key(name), [])[:1]]
    beside_missing = bool(row_filter.beside) and header_key(row_filter.beside) not in places
    if not columns or beside_missing:
        return None
    return pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(raw.rows[f"c{columns[0]}"], "")))


def _fitting(cells: pa.ChunkedArray, patterns: Sequence[str]) -> Flags:
    found: Flags = pc.match_substring_regex(cells, f"^(?:{'|'.join(patterns)})$").to_numpy()
    return found
