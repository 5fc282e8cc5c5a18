r"""Lines of flat JSON objects as columns: the texts of all values of a name at once, without Python per value.

A line is taken when it is one object of texts, numbers, true, false and null, written as programs write it: no blank but one
behind a brace, comma or colon, no name with an escape. Every other line is left to the reader of single lines, which reads
all that JSON allows; both say the same of a line that both can read. Grammar: RFC 8259.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.encoding import UNREADABLE
from toolkit.files.layout import is_bad
from toolkit.values.cell_bytes import digit_shapes

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_QUOTE, _COLON, _COMMA, _OPEN, _CLOSE, _LIST, _END, _BACKSLASH, _CONTROL = range(1, 10)
_CLASS_OF = {chr(code): _CONTROL for code in range(ord(" "))}
_CLASS_OF |= dict(zip('":,{}[]\n\\', (*range(1, 7), _LIST, _END, _BACKSLASH), strict=True))
_CLASSES = bytes(_CLASS_OF.get(chr(code), 0) for code in range(256))
# As ``digit_shapes`` writes numbers, 1 for each digit but 0.
_NUMBER = r"^-?(?:0|1[01]*)(?:\.[01]+)?(?:[eE][+-]?[01]+)?$"
_LITERALS = {"null": None, "true": "TRUE", "false": "FALSE"}
_MAX_LINE_BYTES = 250_000
_MIN_LINES, _MAX_FORMS = 8, 16
_WORD_BYTES = 8


@dataclass(frozen=True, slots=True)
class FlatRecords:
    """Records of the same names in the same order: the place of each line in its block, and a text column for each name."""

    lines: Ints
    names: tuple[str, ...]
    columns: tuple[pa.Array, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Some lines: their text, its bytes, and where each line begins and ends."""

    text: bytes
    data: npt.NDArray[np.uint8]
    begins: Ints
    ends: Ints


@dataclass(frozen=True, slots=True)
class _Marks:
    """The signs outside of texts, by line: where each stands and its class, and where the signs of each line begin.

    ``quotes`` counts the quotes of each line, ``escapes`` are the places of all backslashes.
    """

    places: Ints
    kinds: npt.NDArray[np.uint8]
    begins: Ints
    quotes: Ints
    escapes: Ints


def flat_records(text: bytes) -> tuple[list[FlatRecords], Ints, Ints]:
    r"""Return what can be read of whole lines by columns, and where every line begins and ends, its line end left out.

    Examples
    --------
    >>> [found], begins, ends = flat_records(b'{"No": 1.50, "Name": "Al\\u00e9"}\n' * 8)
    >>> found.names, [column[0].as_py() for column in found.columns], len(begins)
    (('No', 'Name'), ['1.50', 'Alé'], 8)
    """
    data = np.frombuffer(text, np.uint8)
    classes = np.frombuffer(text.translate(_CLASSES), np.uint8)
    # Of flags places are found several times as fast as of numbers.
    places = np.flatnonzero(classes != 0)
    kinds = classes[places]
    ends = places[kinds == _END]
    if not len(ends) or ends[-1] != len(data) - 1:
        ends = np.append(ends, len(data))
    begins = np.r_[0, ends[:-1] + 1]
    has_return = (ends > begins) & (data[np.maximum(ends - 1, 0)] == ord("\r"))
    ends = ends - has_return
    block = _Block(text, data, begins, ends)
    is_left = ~_hostile(block, places[kinds == _CONTROL])
    marks = _marks(places, kinds, begins)
    counts = np.diff(np.r_[marks.begins, len(marks.places)])
    is_left &= (counts % 2 == 1) & (counts > 1)
    found: list[FlatRecords] = []
    for count in np.unique(counts[is_left]).tolist():
        lines = np.flatnonzero(is_left & (counts == count))
        if len(lines) >= _MIN_LINES:
            found += _of_one_size(block, marks, lines, count)
    return found, begins, ends


def _marks(places: Ints, kinds: npt.NDArray[np.uint8], line_begins: Ints) -> _Marks:
    escapes = _without_escaped(places, kinds)
    quotes_so_far = np.cumsum(kinds == _QUOTE, dtype=np.int32)
    first_marks = np.searchsorted(places, line_begins)
    before = np.r_[np.int32(0), quotes_so_far][first_marks]
    quotes = np.diff(np.r_[before, quotes_so_far[-1:]])
    if (quotes % 2).any():
        # A quote that is never closed spoils its own line only.
        quotes_so_far -= np.repeat(before, np.diff(np.r_[first_marks, len(places)]))
    is_structure = (quotes_so_far % 2 == 0) & (kinds >= _COLON) & (kinds <= _LIST)
    structure = places[is_structure]
    return _Marks(structure, kinds[is_structure], np.searchsorted(structure, line_begins), quotes, escapes)


def _without_escaped(places: Ints, kinds: npt.NDArray[np.uint8]) -> Ints:
    """Take the kind off backslashes and of quotes behind one; return where backslashes stand."""
    marks = np.flatnonzero(kinds == _BACKSLASH)
    escapes = places[marks]
    if len(escapes):
        # In a row of backslashes every second one is escaped itself; what follows the others is no sign of JSON's.
        order = np.arange(len(escapes))
        begins_row = np.r_[True, np.diff(escapes) > 1]
        is_active = (order - np.maximum.accumulate(np.where(begins_row, order, 0))) % 2 == 0
        following = np.minimum(marks + 1, len(places) - 1)
        is_escaped = is_active & (places[following] == escapes + 1)
        kinds[marks] = 0
        kinds[following[is_escaped]] = 0
    return escapes


def _hostile(block: _Block, controls: Ints) -> Flags:
    """Return which lines hold a control character or an unreadable byte, or are very long."""
    begins, ends = block.begins, block.ends
    result: Flags = ends - begins > _MAX_LINE_BYTES
    owners = np.searchsorted(begins, controls, side="right") - 1
    result[owners[controls < ends[owners]]] = True
    mark = UNREADABLE.encode()
    # A single byte is looked for ten times as fast as three.
    place = block.text.find(mark, max(block.text.find(mark[:1]), 0)) if mark[:1] in block.text else -1
    while place >= 0:
        result[np.searchsorted(begins, place, side="right") - 1] = True
        place = block.text.find(mark, place + 1)
    return result


def _of_one_size(block: _Block, marks: _Marks, lines: Ints, count: int) -> Iterator[FlatRecords]:
    """Yield the records among lines with the same number of signs, those with the same names together."""
    places, kinds = _by_line(marks, lines, count)
    fits = (kinds[:, 0] == _OPEN) & (kinds[:, -1] == _CLOSE)
    fits &= (kinds[:, 1::2] == _COLON).all(axis=1) & (kinds[:, 2:-1:2] == _COMMA).all(axis=1)
    fits &= (places[:, 0] == block.begins[lines]) & (places[:, -1] == block.ends[lines] - 1)
    lines, places = lines[fits], places[fits]
    # One blank behind each of them is how most programs write.
    begins = places[:, :-1] + 1
    begins += block.data[begins] == ord(" ")
    ends = places[:, 1:]
    # Eight bytes from every place on.
    words = np.ndarray((max(len(block.data) - _WORD_BYTES + 1, 0),), "<u8", block.text, strides=(1,))
    for _ in range(_MAX_FORMS):
        if len(lines) < _MIN_LINES:
            return
        names = _names(block.text, begins[0, ::2], ends[0, ::2])
        is_same = np.ones(len(lines), bool)
        for column in range(0, count - 1, 2):
            is_same &= _same_bytes(words, begins[:, column], ends[:, column])
        if names is not None and int(is_same.sum()) >= _MIN_LINES:
            values = begins[is_same, 1::2], ends[is_same, 1::2]
            yield from _records(block, marks, lines[is_same], names, values)
        lines, begins, ends = lines[~is_same], begins[~is_same], ends[~is_same]


def _by_line(marks: _Marks, lines: Ints, count: int) -> tuple[Ints, npt.NDArray[np.uint8]]:
    """Return the places of the signs and their kinds, one row for each of some lines with as many of them."""
    if len(lines) * count == len(marks.places):
        return marks.places.reshape(-1, count), marks.kinds.reshape(-1, count)
    own = marks.begins[lines][:, None] + np.arange(count)
    return marks.places[own], marks.kinds[own]


def _names(text: bytes, begins: Ints, ends: Ints) -> tuple[str, ...] | None:
    """Return the names of a line's values; none where one has an escape, is no text, or stands twice."""
    texts = [text[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
    if any(len(one) < 2 or one[:1] != b'"' or one[-1:] != b'"' or b"\\" in one for one in texts):
        return None
    names = tuple(one[1:-1].decode() for one in texts)
    return names if len({*names}) == len(names) and not any('"' in name for name in names) else None


def _same_bytes(words: npt.NDArray[np.uint64], begins: Ints, ends: Ints) -> Flags:
    """Return which pieces are byte for byte the first one, eight bytes at a time."""
    length = int(ends[0] - begins[0])
    same: Flags = ends - begins == length
    last = len(words) - 1
    for start in range(0, length, _WORD_BYTES):
        left = min(_WORD_BYTES, length - start)
        mask = np.uint64((1 << (8 * left)) - 1)
        at = begins + start
        if at[-1] <= last:
            moved = words[at]
        else:
            # Near the end of the block the eight bytes would go beyond it: the last eight are moved into place.
            moved = words[np.minimum(at, last)] >> (np.maximum(at - last, 0) * 8).astype(np.uint64)
        same &= (moved & mask) == (moved[0] & mask)
    return same


def _records(
    block: _Block, marks: _Marks, lines: Ints, names: tuple[str, ...], values: tuple[Ints, Ints]
) -> Iterator[FlatRecords]:
    data, (begins, ends) = block.data, values
    is_text = (data[begins] == ord('"')) & (data[ends - 1] == ord('"')) & (ends - begins >= 2)
    # As many quotes as names and texts need, so that none stands inside of a value.
    is_good = marks.quotes[lines] == 2 * (len(names) + is_text.sum(axis=1))
    begins, ends = begins + is_text, ends - is_text
    buffer = pa.py_buffer(block.text)
    every_second = pa.array(np.arange(0, 2 * len(lines), 2))
    escaped = _with_escapes(marks.escapes, block.begins[lines], block.ends[lines])
    columns = []
    for place in range(len(names)):
        cells = _pieces(buffer, begins[:, place], ends[:, place]).take(every_second)
        own = escaped[_with_escapes(marks.escapes, begins[escaped, place], ends[escaped, place])]
        cells = _unescaped(cells, own, is_good)
        columns.append(_cells(cells, is_text[:, place], is_good))
    if is_good.all():
        yield FlatRecords(lines, names, tuple(columns))
    elif is_good.any():
        kept = pa.array(is_good)
        yield FlatRecords(lines[is_good], names, tuple(column.filter(kept) for column in columns))


def _pieces(buffer: pa.Buffer, begins: Ints, ends: Ints) -> pa.Array:
    """Return pieces of a block, in ascending order, as every second text; the others are what stands between them."""
    offsets = np.empty(2 * len(begins) + 1, np.int32)
    offsets[0:-1:2], offsets[1::2], offsets[-1] = begins, ends, ends[-1]
    return pa.StringArray.from_buffers(2 * len(begins), pa.py_buffer(offsets), buffer)


def _with_escapes(escapes: Ints, begins: Ints, ends: Ints) -> Ints:
    """Return the rows of pieces in which an escape stands."""
    return np.flatnonzero(np.searchsorted(escapes, begins) < np.searchsorted(escapes, ends))


def _unescaped(cells: pa.Array, rows: Ints, is_good: Flags) -> pa.Array:
    """Return the texts with the escapes of some rows resolved; the lines of those that cannot be are good no more."""
    if not len(rows):
        return cells
    written = cells.take(pa.array(rows)).dictionary_encode()
    changed: list[str | None] = []
    for text in written.dictionary.to_pylist():
        try:
            found = json.loads(f'"{text}"')
        except ValueError:
            found = None
        changed.append(found if isinstance(found, str) and not is_bad([found]) else None)
    resolved = pa.array(changed, pa.string()).take(written.indices)
    is_good[rows[resolved.is_null().to_numpy(zero_copy_only=False)]] = False
    mask = np.zeros(len(cells), bool)
    mask[rows] = True
    return pc.replace_with_mask(cells, pa.array(mask), resolved)


def _cells(texts: pa.Array, is_text: Flags, is_good: Flags) -> pa.Array:
    """Return a column's cells, null for none; the lines of values that are neither text, number nor literal are not good."""
    rows = np.flatnonzero(~is_text & is_good)
    if len(rows):
        written = digit_shapes(texts.take(pa.array(rows)))
        shapes: Sequence[str] = written.dictionary.to_pylist()
        is_number = pc.match_substring_regex(written.dictionary, _NUMBER).to_numpy(zero_copy_only=False)
        is_literal = np.array([shape in _LITERALS for shape in shapes], bool)
        codes = written.indices.to_numpy()
        is_good[rows] &= (is_number | is_literal)[codes]
        if is_literal.any():
            literal_rows = is_literal[codes]
            mask = np.zeros(len(texts), bool)
            mask[rows[literal_rows]] = True
            meant = pa.array([_LITERALS.get(shape) for shape in shapes], pa.string())
            texts = pc.replace_with_mask(texts, pa.array(mask), meant.take(written.indices.filter(pa.array(literal_rows))))
    is_empty = pc.equal(texts, "")
    return pc.if_else(is_empty, pa.scalar(None, pa.string()), texts) if pc.any(is_empty).as_py() else texts
