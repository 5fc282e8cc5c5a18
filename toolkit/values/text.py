"""Text as it is compared: one script, one case, no accents, no control characters.

Cells come from clients: NUL bytes, lone surrogates and cells of megabytes are expected, and every function here is total.
"""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from anyascii import anyascii

from toolkit.cores import results, usable_cores
from toolkit.values.letters import BLANK, Bytes, letters_of, texts_of, translated

Value = TypeVar("Value")

MAX_COMPARED_CHARACTERS = 500
"""What stands beyond this many characters of a cell takes no part in a comparison."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ud800-\udfff\ufeff]+")
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u00b4`']")
_NOT_WORD = re.compile("[^a-z0-9]+")

_CODES = np.arange(256)
_FEWEST_CELLS, _MOST_CELLS = 4_000, 20_000
"""Cells of a column that are worked on in one go: fewer are not worth a second core."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set: the short way to write a long list of words.

    Examples
    --------
    >>> sorted(word_set("inc llc ltd"))
    ['inc', 'llc', 'ltd']
    """
    return frozenset(text.split())


def each_distinct(values: Iterable[str | None], judge: Callable[[str], Value | None]) -> list[Value | None]:
    """Return ``judge`` of every value, called once per distinct value; null stays null.

    Examples
    --------
    >>> each_distinct(["a", None, "a"], str.upper)
    ['A', None, 'A']
    """
    known: dict[str, Value | None] = {}
    result: list[Value | None] = []
    for value in values:
        if value is None:
            result.append(None)
            continue
        if value not in known:
            known[value] = judge(value)
        result.append(known[value])
    return result


def printable(value: str) -> str:
    r"""Return the first ``MAX_COMPARED_CHARACTERS`` of a cell without control characters and outer blanks.

    Examples
    --------
    >>> printable(" a\x00b ")
    'a b'
    """
    cut = value[:MAX_COMPARED_CHARACTERS]
    # What is printable throughout, as nearly everything is, holds nothing to take out.
    return cut.strip() if cut.isascii() and cut.isprintable() else _UNPRINTABLE.sub(" ", cut).strip()


def folded(value: str) -> str:
    """Return a cell in Latin letters, lower case and without accents; punctuation stays.

    Examples
    --------
    >>> folded("  CAFÉ Łódź ")
    'cafe lodz'
    """
    clean = printable(value)
    return clean.lower() if clean.isascii() else anyascii(clean).lower().strip()


def words(value: str) -> list[str]:
    """Return the words of a cell, folded; an apostrophe joins (``o'hara`` is one word).

    Examples
    --------
    >>> words("O'Hara & Söhne (Café)")
    ['ohara', 'sohne', 'cafe']
    """
    return _NOT_WORD.sub(" ", _APOSTROPHE.sub("", folded(value))).split()


def _fold_table() -> Bytes:
    table = np.where((_CODES < 32) | (_CODES == 127), BLANK, _CODES)
    return np.where((_CODES >= 65) & (_CODES <= 90), _CODES + 32, table).astype(np.uint8)


def _word_table() -> Bytes:
    is_word = ((_CODES >= 97) & (_CODES <= 122)) | ((_CODES >= 48) & (_CODES <= 57))
    return np.where(is_word, _CODES, BLANK).astype(np.uint8)


_FOLDED = _fold_table()
_WORD = _word_table()
_IS_APOSTROPHE = np.isin(_CODES, [ord("'"), ord("`")])


_FOLDED_WORD = _WORD[_FOLDED]


def folded_texts(values: pa.StringArray) -> pa.StringArray:
    """Return each cell in Latin letters, lower case, no accents, single blanks; null where nothing is left.

    Examples
    --------
    >>> folded_texts(pa.array(["  CAFÉ   Łódź ", None, "A-1"])).to_pylist()
    ['cafe lodz', None, 'a-1']
    """
    return in_parts(values, lambda part: texts_of(translated(letters_of(_latin(part)), _FOLDED)))


def word_texts(values: pa.StringArray) -> pa.StringArray:
    """Return the words of each cell with single blanks between; an apostrophe joins. Null where no word is left.

    Examples
    --------
    >>> word_texts(pa.array(["O'Hara & Söhne (Café)", "--"])).to_pylist()
    ['ohara sohne cafe', None]
    """
    return in_parts(
        values, lambda part: texts_of(translated(letters_of(_latin(part)), _FOLDED_WORD, deleted=_IS_APOSTROPHE))
    )


def in_parts(values: pa.Array, judge: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Return what ``judge`` gives for parts of a column that are small enough to stay in the processor's cache.

    Parameters
    ----------
    values
        The column.
    judge
        What it gives for a cell depends on nothing but that cell.

    Examples
    --------
    >>> in_parts(pa.array(["a", None]), pc.utf8_upper).to_pylist()
    ['A', None]
    """
    count = max(-(-len(values) // _MOST_CELLS), min(len(values) // _FEWEST_CELLS, usable_cores()))
    if count <= 1:
        return judge(values)
    size = -(-len(values) // count)
    return pa.concat_arrays(results(judge, [values.slice(start, size) for start in range(0, len(values), size)]))


def _latin(values: pa.StringArray) -> pa.StringArray:
    """Return cells cut to what is compared, those that are not ASCII in Latin letters."""
    is_plain = np.asarray(pc.fill_null(pc.string_is_ascii(values), True))
    sizes = np.asarray(pc.fill_null(pc.binary_length(values), 0))
    is_long = is_plain & (sizes > MAX_COMPARED_CHARACTERS)
    if is_long.any():
        cut = pc.utf8_slice_codeunits(values.filter(pa.array(is_long)), 0, MAX_COMPARED_CHARACTERS)
        values = pc.replace_with_mask(values, pa.array(is_long), cut)
    if not is_plain.all():
        foreign = [folded(value) for value in values.filter(pa.array(~is_plain)).to_pylist()]
        values = pc.replace_with_mask(values, pa.array(~is_plain), pa.array(foreign, pa.string()))
    return values


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return each cell as its folded words, one blank between them; null where no word is left.

    Examples
    --------
    >>> standardised(pa.array(["  Net 30 days. ", "--", None])).to_pylist()
    ['net 30 days', None, None]
    """
    encoded = values.dictionary_encode()
    return word_texts(encoded.dictionary).take(encoded.indices)
