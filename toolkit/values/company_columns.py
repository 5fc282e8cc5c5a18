"""Names of companies over a whole column: the words of all names at once, each distinct word looked up once.

Gives what ``company_name`` gives for names without notes and further names, and says which names it leaves to it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.company_words import (
    ABBREVIATIONS,
    ALWAYS_LEGAL,
    ARTICLES,
    COMPANY_WORDS,
    LEADING_LEGAL,
    LEGAL_FORMS,
    LONG_FORMS,
    SILENT,
)
from toolkit.values.letters import BLANK, Letters, kept, letters_of, texts_of

LONG_FORM = rf"\b(?:{'|'.join(sorted(map(re.escape, LONG_FORMS), key=len, reverse=True))})\b".replace("\\ ", " ")
"""Legal forms of several words, longest first."""

_Ints = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]


class ReadNames(NamedTuple):
    """What the words of names say, a row per name.

    ``texts`` are the distinctive words, ``forms`` the legal form or null, ``has_company_word`` whether a word tells that the
    name is no person's, ``is_settled`` whether all this is what ``company_name`` says.
    """

    texts: pa.StringArray
    forms: pa.StringArray
    has_company_word: _Mask
    is_settled: _Mask


def read_names(texts: pa.StringArray) -> ReadNames:
    """Return what names say that consist of folded words with single blanks between; null says nothing.

    Examples
    --------
    >>> read = read_names(pa.array(["brown bros mfg co inc", "a b c ltd", None]))
    >>> read.texts.to_pylist(), read.forms.to_pylist()
    (['brown brothers manufacturing', 'abc', None], ['co inc', 'ltd', None])
    """
    has_text = np.asarray(texts.is_valid())
    letters = _single_letters_joined(letters_of(texts.filter(pa.array(has_text))))
    joined = texts_of(letters)
    lists = pc.split_pattern(joined, " ")
    tokens = lists.flatten().dictionary_encode()
    sizes = np.asarray(pc.list_value_length(lists), dtype=np.int64)
    if not len(sizes):
        none = pa.nulls(len(texts), pa.string())
        return ReadNames(none, none, np.zeros(len(texts), dtype=bool), np.ones(len(texts), dtype=bool))
    words = _Words(tokens.dictionary)
    ids = np.asarray(tokens.indices, dtype=np.int64)
    is_form, is_name = _forms(words, ids, sizes)
    is_lone_s = words.is_s[ids]
    is_lone_s[np.cumsum(sizes) - sizes] = False
    distinctive = ~is_form & words.is_distinctive[ids] & ~is_lone_s
    read_texts, counts = _joined_rows(words.texts, ids, distinctive, sizes)
    forms, _ = _joined_rows(words.forms, ids, is_form & words.is_legal[ids], sizes)
    tells = np.add.reduceat(~is_form & words.is_company[ids], np.cumsum(sizes) - sizes, dtype=np.int64) > 0
    is_long_form = np.asarray(pc.fill_null(pc.match_substring_regex(joined, LONG_FORM), False))
    is_settled = is_name & (counts > 0) & ~is_long_form
    return ReadNames(
        _among(read_texts, has_text),
        _among(forms, has_text),
        _spread(tells, has_text, default=False),
        _spread(is_settled, has_text, default=True),
    )


def written(token: str) -> str:
    """Return a word written out; a number without leading noughts.

    Examples
    --------
    >>> written("bros"), written("012")
    ('brothers', '12')
    """
    return token.lstrip("0") or "0" if token.isdigit() else ABBREVIATIONS.get(token, token)


class _Words:
    """What is known of each distinct word: arrays with a row per word."""

    def __init__(self, tokens: pa.StringArray) -> None:
        self.is_legal, self.is_always_legal, self.is_leading, self.is_article, self.is_and = (
            _is_in(tokens, known) for known in (LEGAL_FORMS, ALWAYS_LEGAL, LEADING_LEGAL, ARTICLES, ("and",))
        )
        self.is_s = _is_in(tokens, ("s",))
        self.is_company = _is_in(tokens, COMPANY_WORDS)
        texts, forms = np.asarray(tokens, dtype=object), np.full(len(tokens), None, dtype=object)
        # Few words are written out, silent or numbers with a nought before them; all others stand for themselves.
        is_changed = np.asarray(pc.starts_with(tokens, "0")) | _is_in(tokens, {*ABBREVIATIONS, *SILENT})
        for place in np.flatnonzero(is_changed).tolist():
            words = written(texts[place]).split()
            texts[place] = " ".join(word for word in words if word not in SILENT)
            self.is_company[place] = not COMPANY_WORDS.isdisjoint(words)
        for place in np.flatnonzero(self.is_legal).tolist():
            forms[place] = LEGAL_FORMS[tokens[place].as_py()]
        self.texts, self.forms = pa.array(texts, pa.string()), pa.array(forms, pa.string())
        self.is_distinctive = texts != ""


def _is_in(tokens: pa.StringArray, known: Iterable[str]) -> _Mask:
    # A copy that may be written to.
    return np.array(pc.is_in(tokens, value_set=pa.array(sorted(known), pa.string())))


def _single_letters_joined(letters: Letters) -> Letters:
    """Return cells without the blank between two words of one letter: ``a b c ltd`` is ``abc ltd``."""
    is_single = _is_single_letter(letters)
    stays = np.ones(len(letters.data), dtype=bool)
    stays[1:-1] = ~((letters.data[1:-1] == BLANK) & is_single[:-2] & is_single[2:])
    return kept(letters, stays)


def _is_single_letter(letters: Letters) -> _Mask:
    """Return which bytes are a word of one letter."""
    if not len(letters.data):
        return np.zeros(0, dtype=bool)
    starts = np.zeros(len(letters.data) + 1, dtype=bool)
    starts[letters.offsets] = True
    is_blank = letters.data == BLANK
    result = _is_letter(letters.data)
    result[1:] &= is_blank[:-1] | starts[1:-1]
    result[:-1] &= is_blank[1:] | starts[1:-1]
    return result


def _is_letter(data: npt.NDArray[np.uint8]) -> _Mask:
    return np.asarray((data >= ord("a")) & (data <= ord("z")))


def _forms(words: _Words, ids: _Ints, sizes: _Ints) -> tuple[_Mask, _Mask]:
    """Return which words are the legal form, and in which rows something else than form words and articles stands."""
    ends = np.cumsum(sizes)
    starts = ends - sizes
    is_form = words.is_always_legal[ids]
    left = np.add.reduceat(~is_form, starts, dtype=np.int64)
    is_name = np.add.reduceat(~is_form & ~words.is_article[ids], starts, dtype=np.int64) > 0
    has_form = left < sizes
    is_tail = words.is_legal | words.is_and
    row = np.flatnonzero(is_name & (left > 1))
    last = ends[row] - 1
    while len(row):
        is_gone = is_form[last]
        word = ids[last]
        is_next = ~is_gone & is_tail[word] & (left[row] > 1) & (words.is_legal[word] | has_form[row])
        is_form[last[is_next]] = True
        has_form[row[is_next]] = True
        left[row[is_next]] -= 1
        goes_on = is_gone | is_next
        row, last = row[goes_on], last[goes_on] - 1
    _take_leading(words, ids, starts, left, is_form)
    return is_form, is_name


def _take_leading(words: _Words, ids: _Ints, starts: _Ints, left: _Ints, is_form: _Mask) -> None:
    """Mark the forms that stand before a name."""
    first = np.minimum.reduceat(np.where(is_form, len(ids), np.arange(len(ids))), starts)
    row = np.flatnonzero(left > 1)
    leading = first[row][words.is_leading[ids[first[row]]]]
    is_form[leading] = True


def _joined_rows(texts: pa.StringArray, ids: _Ints, is_taken: _Mask, sizes: _Ints) -> tuple[pa.StringArray, _Ints]:
    """Return the texts of the taken words of each row with blanks between, null for none; and how many are taken."""
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(is_taken, dtype=np.int64)])
    ends = np.cumsum(sizes)
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), before[ends]])
    rows = pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), texts.take(pa.array(ids[is_taken])))
    joined = pc.binary_join(rows, " ")
    return pc.if_else(pc.equal(joined, ""), None, joined), np.diff(offsets)


def _among(texts: pa.StringArray, has_text: _Mask) -> pa.StringArray:
    return pc.replace_with_mask(pa.nulls(len(has_text), pa.string()), pa.array(has_text), texts)


def _spread(values: _Mask, has_text: _Mask, *, default: bool) -> _Mask:
    result = np.full(len(has_text), default)
    result[has_text] = values
    return result
