"""What the bytes of a whole column tell without a look at each cell: whether it may hold a sign, or begin with a blank.

A pattern costs 50 to 150 ns a cell, a look at the bytes less than one; most columns hold nothing of what is looked for. Each
answer is "may": where it is true, the caller looks at the cells.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Texts: TypeAlias = pa.Array | pa.ChunkedArray
Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.signedinteger[Any]]

_BEYOND_ASCII = 128
# Blanks of ASCII, and the bytes with which those of Unicode begin or end in UTF-8, beside many letters.
_BLANKS = (*range(9, 14), *range(28, 33))
_MAY_BEGIN_BLANK = np.isin(np.arange(256), (*_BLANKS, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF))
_MAY_END_BLANK = np.isin(np.arange(256), _BLANKS) | (np.arange(256) >= _BEYOND_ASCII)
_DIGITS = bytes.maketrans(b"123456789", b"111111111")


def may_hold(texts: Texts, sign: str) -> bool:
    """Return whether a sign of ASCII stands anywhere in a column.

    Examples
    --------
    >>> may_hold(pa.array(["1.2E+15", None]), "+"), may_hold(pa.array(["12", None]), "+")
    (True, False)
    """
    return any(bool((data == ord(sign)).any()) for _, data in _parts(texts))


def may_hold_any(texts: Texts, signs: str) -> bool:
    r"""Return whether a column may hold one of some signs of ASCII, or anything that is a control or beyond ASCII.

    Examples
    --------
    >>> [may_hold_any(pa.array([cell, None]), "+-") for cell in ("a-b", "a b", "a\nb")]
    [True, False, True]
    """
    return any(
        bool(len(data) and (data.min() < 32 or data.max() >= 127 or any((data == ord(sign)).any() for sign in signs)))
        for _, data in _parts(texts)
    )


def is_ascii(texts: Texts) -> bool:
    """Return whether a column holds characters of ASCII only.

    Examples
    --------
    >>> is_ascii(pa.array(["12.50", None])), is_ascii(pa.array(["12,50 €"]))
    (True, False)
    """
    return not any(len(data) and int(data.max()) >= _BEYOND_ASCII for _, data in _parts(texts))


def may_need_escapes(texts: Texts) -> bool:
    r"""Return whether a column holds a quote, a backslash or a control character, which JSON writes otherwise.

    Examples
    --------
    >>> may_need_escapes(pa.array(["a\nb"])), may_need_escapes(pa.array(["Müller & Co, 5'"]))
    (True, False)
    """
    return any(
        bool(len(data) and (data.min() < 32 or (data == ord('"')).any() or (data == ord("\\")).any()))
        for _, data in _parts(texts)
    )


def may_begin_with_blank(texts: Texts) -> bool:
    r"""Return whether a cell may begin with a blank; of letters that begin with the same byte it cannot be told.

    Examples
    --------
    >>> may_begin_with_blank(pa.array([" a"])), may_begin_with_blank(pa.array(["a ", None, ""]))
    (True, False)
    """
    return any(bool(_MAY_BEGIN_BLANK[data[begins[begins < ends]]].any()) for (begins, ends), data in _parts(texts))


def may_have_outer_blanks(texts: Texts) -> bool:
    """Return whether a cell may begin or end with a blank, or be empty.

    Examples
    --------
    >>> may_have_outer_blanks(pa.array(["a "])), may_have_outer_blanks(pa.array(["a b", None]))
    (True, False)
    """
    for (begins, ends), data in _parts(texts):
        filled = begins < ends
        if int(filled.sum()) < len(filled):
            return True
        if _MAY_BEGIN_BLANK[data[begins]].any() or _MAY_END_BLANK[data[ends - 1]].any():
            return True
    return False


def digit_shapes(texts: pa.Array) -> pa.DictionaryArray:
    """Return each text with 1 for every digit but 0: what tells numbers from others, in few different values.

    Patterns that ask for digits, zeros and signs only say the same of a text and of its shape.

    Examples
    --------
    >>> digit_shapes(pa.array(["12.50", "93.70", None])).to_pylist()
    ['11.10', '11.10', None]
    """
    validity, offsets, data = texts.buffers()
    if data is None:
        return texts.dictionary_encode()
    changed = pa.py_buffer(memoryview(data).tobytes().translate(_DIGITS))
    shapes = pa.StringArray.from_buffers(len(texts), offsets, changed, validity, texts.null_count, texts.offset)
    return shapes.dictionary_encode()


def matches(texts: pa.Array, pattern: str) -> pa.Array:
    """Return whether each text fits a pattern that asks for digits, zeros and signs only; null stays null.

    Examples
    --------
    >>> matches(pa.array(["12.50", "12,5", None]), "[.]").to_pylist()
    [True, False, None]
    """
    return shapes_fit(digit_shapes(texts), pattern)


def shapes_fit(shapes: pa.DictionaryArray, pattern: str) -> pa.Array:
    """Return the same of texts whose shapes are known already (`digit_shapes`)."""
    return pc.match_substring_regex(shapes.dictionary, pattern).take(shapes.indices)


def _parts(texts: Texts) -> Iterator[tuple[tuple[Places, Places], Bytes]]:
    """Yield the places where the valid cells begin and end, and the bytes from the first to the last, of each chunk."""
    for chunk in texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]:
        _, offset_buffer, data_buffer = chunk.buffers()
        if not len(chunk) or data_buffer is None:
            continue
        size = np.dtype("int64" if pa.types.is_large_string(chunk.type) else "int32")
        offsets: Places = np.frombuffer(offset_buffer, size)[chunk.offset : chunk.offset + len(chunk) + 1]
        first = int(offsets[0])
        data = np.frombuffer(data_buffer, np.uint8)[first : int(offsets[-1])]
        places: Places = offsets - first if first else offsets
        begins, ends = places[:-1], places[1:]
        if chunk.null_count:
            is_valid = chunk.is_valid().to_numpy(zero_copy_only=False)
            begins, ends = begins[is_valid], ends[is_valid]
        yield (begins, ends), data
