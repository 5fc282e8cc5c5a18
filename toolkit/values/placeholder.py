"""Values that somebody typed to get past a form: they count as missing everywhere."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import of_distinct
from toolkit.values.letters import Letters, kept, letters_of
from toolkit.values.text import each_distinct, folded, folded_texts, word_set

_WORDS = word_set(
    """
    n/a na n.a. n.a none null nil nan unknown unbekannt inconnu desconocido undefined missing empty blank tbd tba
    tbc test tester testing dummy sample example asdf asdfgh qwerty xxx xxxx xx yyy zzz abc foo bar deleted redacted
    anonymous anonymised anonymized noname nobody nothing notprovided notavailable notapplicable various misc -- ?
    ??
    """
)
_PHRASES = frozenset(
    """
    not available|not applicable|not provided|not known|not given|no name|no email|no phone|no address|to be confirmed
    to be advised|do not use|no longer used|test test|test customer|test account|test user|first last|john doe|jane doe
    customer name|company name|name redacted|redacted personal data|personal data
    """.replace("\n", "|").split("|")
)
_PHRASES_CLEAN = frozenset(phrase.strip() for phrase in _PHRASES if phrase.strip())
_WORD_ARRAY = pa.array(sorted(_WORDS))
_PHRASE_ARRAY = pa.array(sorted(_PHRASES_CLEAN))
_IS_LETTER_OR_DIGIT = np.array([chr(code).isalnum() and code < 128 for code in range(256)])
_MIN_REPEATED = 4
_LETTER_OR_DIGIT = re.compile("[a-z0-9]")
_AROUND_WORD = "-. <>[]()*#_"
_AROUND_PHRASE = "-. <>[]()*#"
_ONE_CHARACTER = re.compile(r"([a-z0-9])\1{3,}")


def is_placeholder(value: str) -> bool:
    """Return whether a cell says nothing: punctuation, "n/a", "unknown", "test", one character repeated.

    Examples
    --------
    >>> [is_placeholder(value) for value in ("n/a", "-", "99999", "Test", "Testa & Co", "0")]
    [True, True, True, True, False, False]
    """
    text = " ".join(folded(value).split())
    if not _LETTER_OR_DIGIT.search(text):
        return True
    if text in _WORDS or text.strip(_AROUND_WORD) in _WORDS or text.strip(_AROUND_PHRASE) in _PHRASES_CLEAN:
        return True
    bare = re.sub("[^a-z0-9]", "", text)
    return _ONE_CHARACTER.fullmatch(bare) is not None


def placeholders(values: pa.StringArray) -> pa.BooleanArray:
    """Return whether each cell says nothing, as ``is_placeholder`` does; null stays null.

    Examples
    --------
    >>> placeholders(pa.array(["n/a", "99999", "Acme", "", None])).to_pylist()
    [True, True, False, True, None]
    """
    return of_distinct(values, _are_placeholders)


def _are_placeholders(values: pa.StringArray) -> pa.BooleanArray:
    texts = folded_texts(values)
    is_word = pc.or_(
        pc.is_in(texts, value_set=_WORD_ARRAY),
        pc.is_in(pc.ascii_trim(texts, characters=_AROUND_WORD), value_set=_WORD_ARRAY),
    )
    is_phrase = pc.is_in(pc.ascii_trim(texts, characters=_AROUND_PHRASE), value_set=_PHRASE_ARRAY)
    bare = _letters_and_digits(texts)
    sizes = np.diff(bare.offsets)
    firsts = (
        np.repeat(bare.data[np.minimum(bare.offsets[:-1], max(len(bare.data) - 1, 0))], sizes)
        if len(bare.data)
        else bare.data
    )
    others = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(bare.data != firsts)])
    other_count = others[bare.offsets[1:]] - others[bare.offsets[:-1]]
    says_nothing = (sizes == 0) | ((other_count == 0) & (sizes >= _MIN_REPEATED))
    return pc.or_(pc.or_(is_word, is_phrase), pa.array(says_nothing))


def _letters_and_digits(texts: pa.StringArray) -> Letters:
    letters = letters_of(texts)
    return kept(letters, _IS_LETTER_OR_DIGIT[letters.data])


def without_placeholders(values: Sequence[str | None]) -> list[str | None]:
    """Return ``values`` with None in place of every placeholder.

    Examples
    --------
    >>> without_placeholders(["Acme", "N/A", None])
    ['Acme', None, None]
    """
    return each_distinct(values, lambda value: None if is_placeholder(value) else value)
