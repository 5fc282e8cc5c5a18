"""Company name: what remains on both sides after the common words are taken away decides.

Words count by their rarity in the table: "restaurant" left over on one side says little, "northern" a lot.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, WordCounts, joined_keys
from toolkit.match.hashing import Hashes, mixed, tagged, text_hashes
from toolkit.match.texts.overlap import Overlap, Sorts, Wording, overlaps
from toolkit.match.texts.spelling import spellings
from toolkit.match.texts.words import WordColumn, Words, rarest_first, rows_of, word_column
from toolkit.values import company_name
from toolkit.values.company_words import TRADE_WORDS
from toolkit.values.place_words import PLACE_WORDS

LEVELS = (
    "different names",
    "little in common",
    "part in common, each has more",
    "one lead, each another trade",
    "one name, each another place or number",
    "roughly alike",
    "one name within the other, common words",
    "one name within the other, with a place or number",
    "one name within the other, or its three letters",
    "same but for spelling",
    "same name",
)
(
    _DIFFERENT, _LITTLE, _CONFLICT, _TRADES, _PLACES, ROUGHLY_ALIKE, _WITHIN_COMMON, _WITHIN_PLACE, _WITHIN, SPELLED, _SAME,
) = range(1, 12)  # fmt: skip

_PLACE, _TRADE, _OWN = (np.uint8(sort) for sort in (1, 2, 4))
"""Sorts of words: a place, direction, number or letter; a word that many companies have; a name of its own."""

_COUNTED_BEFORE = 200
_TRADE_SHARE = 0.15
"""How common trade words are held to be before a table is seen: as if in 15 % of 200 names; a small table cannot tell."""

_ALIKE_SPACELESS = 0.9
"""Likeness of two names without their blanks from which a difference is one of spelling."""

_MAX_NAMES_OF_WORD = 64
"""A word in more distinct names than this finds nobody by itself."""

_FEW_NAMES = 8
"""A word in no more names than this needs no second word."""

_NEVER = np.iinfo(np.int64).max
_MIN_START, _MAX_ACRONYM = 4, 6

_MIN_ACRONYM = 3
"""Three letters are those of many a name by chance; four are not."""

_SHORT_NAME = 5
"""A whole name of so few letters is one slip away from many others."""

_PAIRS_AT_ONCE = 500_000


_TRADE_WORDS = pa.array(sorted(TRADE_WORDS))
_PLACE_WORDS = pa.array(sorted(PLACE_WORDS))
_MARK = "^(?:[0-9]+(?:st|nd|rd|th)?|[a-z]|ii|iii|iv)$"
"""Numbers and single letters tell branches apart as places do."""


class Names(NamedTuple):
    """Distinct names taken apart into words; a record may have several names.

    ``starts`` and ``sizes`` give the names of each value; ``wording`` the words of each name, the rarest first, with a sort
    for each: a place, a trade or a name of its own. ``same`` is a hash of a name's set of words, ``spaceless`` one of its
    letters, ``acronyms`` one of its first letters (0: too short for one), ``digits`` one of its digits, ``flat`` the name
    without blanks. ``enough`` is what a part in common must tell to be more than chance.
    """

    starts: Ints
    sizes: Ints
    wording: Wording
    same: Hashes
    spaceless: Hashes
    acronyms: Hashes
    digits: Hashes
    flat: npt.NDArray[np.object_]
    flat_sizes: Ints
    enough: float


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Names:
    """Return distinct names taken apart into words."""
    lists = pc.split_pattern(values, "|")
    texts = lists.flatten()
    sizes = np.asarray(pc.list_value_length(lists), dtype=np.int64)
    column = _with_common_trades(word_column(texts, word_counts))
    words = rarest_first(column)
    mixed_words = mixed(column.hashes)[words.ids]
    flat = pc.replace_substring(texts, " ", "")
    # A common part tells enough when fewer than about one name in the square root of all would share it by chance.
    enough = 0.55 * float(np.log2(max(column.total, 4)))
    objects = np.empty(len(flat), dtype=object)
    objects[:] = flat.to_pylist()
    return Names(
        starts=np.cumsum(sizes) - sizes,
        sizes=sizes,
        wording=Wording(column, words, spellings(column.vocabulary), _sorts(column, enough)),
        same=_sums(mixed_words, words),
        spaceless=text_hashes(flat),
        acronyms=_acronyms(column),
        digits=text_hashes(pc.replace_substring_regex(flat, "[^0-9]+", "")),
        flat=objects,
        flat_sizes=np.asarray(pc.binary_length(flat), dtype=np.int64),
        enough=enough,
    )


def _with_common_trades(column: WordColumn) -> WordColumn:
    """Return words with the trade words among them counted as the common words they are everywhere."""
    is_trade = np.asarray(pc.is_in(column.vocabulary, value_set=_TRADE_WORDS))
    share = (column.counts + _TRADE_SHARE * _COUNTED_BEFORE) / (max(column.total, 2) + _COUNTED_BEFORE)
    bits = np.where(is_trade, np.minimum(column.bits, -np.log2(np.minimum(share, 1.0))), column.bits)
    return replace(column, bits=np.maximum(bits, column.bits.min(initial=1.0)))


def _sorts(column: WordColumn, enough: float) -> Sorts:
    """Return of what sort each word of the vocabulary is."""
    is_place = pc.or_(
        pc.is_in(column.vocabulary, value_set=_PLACE_WORDS), pc.match_substring_regex(column.vocabulary, _MARK)
    )
    is_trade = np.asarray(pc.is_in(column.vocabulary, value_set=_TRADE_WORDS)) | (column.bits < enough)
    return np.select([np.asarray(is_place), is_trade], [_PLACE, _TRADE], _OWN)


def _sums(hashes: Hashes, words: Words) -> Hashes:
    """Return the sum of the hashes of each text's words."""
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(hashes, dtype=np.uint64)])
    return np.asarray(sums[words.starts + words.sizes] - sums[words.starts], dtype=np.uint64)


def _acronyms(column: WordColumn) -> Hashes:
    """Return the hash of the first letters of each name of three words or more, else 0."""
    firsts = pc.utf8_slice_codeunits(column.vocabulary, 0, 1).take(pa.array(column.words.ids))
    offsets = np.append(column.words.starts, len(column.words.ids)).astype(np.int32)
    letters = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), firsts), "")
    return np.where(column.words.sizes > 2, text_hashes(letters), np.uint64(0))


def graded(names: Names, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct names; where there are several, that of the two most alike.

    Parameters
    ----------
    names
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    parts = [
        _best_levels(names, left[start : start + _PAIRS_AT_ONCE], right[start : start + _PAIRS_AT_ONCE])
        for start in range(0, len(left), _PAIRS_AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint8)


def _best_levels(names: Names, left: Ints, right: Ints) -> Levels:
    is_single = (names.sizes[left] == 1) & (names.sizes[right] == 1)
    if is_single.all():
        return _levels(names, names.starts[left], names.starts[right])
    row, name_l = rows_of(names.starts[left], names.sizes[left])
    again, name_r = rows_of(names.starts[right][row], names.sizes[right][row])
    pair = row[again]
    levels = _levels(names, name_l[again], name_r)
    result = np.zeros(len(left), dtype=np.uint8)
    np.maximum.at(result, pair, levels)
    # One owner with two shops, and two owners of shops of one name, are each two parties.
    is_nth = name_l[again] - names.starts[left][pair] == name_r - names.starts[right][pair]
    crossed = np.zeros(len(left), dtype=np.uint8)
    np.maximum.at(crossed, pair[~is_nth], levels[~is_nth])
    differs = np.zeros(len(left), dtype=bool)
    differs[pair[is_nth & (levels <= ROUGHLY_ALIKE)]] = True
    result[differs & (result >= SPELLED) & (crossed < SPELLED)] = _PLACES
    return result


def _levels(names: Names, left: Ints, right: Ints) -> Levels:
    result = np.full(len(left), _DIFFERENT, dtype=np.uint8)
    is_same = (names.same[left] == names.same[right]) | (names.spaceless[left] == names.spaceless[right])
    result[is_same] = _SAME
    is_short = ~is_same & (_is_acronym(names, left, right) | _is_acronym(names, right, left))
    is_three = np.minimum(names.flat_sizes[left], names.flat_sizes[right]) <= _MIN_ACRONYM
    result[is_short] = np.where(is_three, _WITHIN, SPELLED)[is_short]
    rest = np.flatnonzero(~is_same & ~is_short)
    left, right = left[rest], right[rest]
    found = overlaps(names.wording, left, right)
    levels = _overlap_levels(found, names.enough)
    is_one_short_word = np.maximum(names.flat_sizes[left], names.flat_sizes[right]) <= _SHORT_NAME
    levels[is_one_short_word & (levels == SPELLED)] = ROUGHLY_ALIKE
    is_same_place = (levels != _PLACES) & (levels != _WITHIN_PLACE)
    is_open = np.flatnonzero((levels < SPELLED) & is_same_place & _may_be_spelled_alike(names, left, right))
    if len(is_open):
        joined = cpdist(
            names.flat[left[is_open]],
            names.flat[right[is_open]],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_ALIKE_SPACELESS,
            dtype=np.float32,
        )
        levels[is_open[joined > 0]] = SPELLED
    result[rest] = levels
    return result


def _is_acronym(names: Names, short: Ints, long: Ints) -> npt.NDArray[np.bool_]:
    is_short = (names.wording.words.sizes[short] == 1) & (names.acronyms[long] != 0)
    return np.asarray(is_short & (names.spaceless[short] == names.acronyms[long]))


def _may_be_spelled_alike(names: Names, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Return where blanks may be all that hides that two names are alike: not the same number of words, as many letters."""
    size_l, size_r = names.flat_sizes[left], names.flat_sizes[right]
    is_near = np.abs(size_l - size_r) <= (1 - _ALIKE_SPACELESS) * np.maximum(size_l, size_r)
    is_one_number = names.digits[left] == names.digits[right]
    return np.asarray(is_near & is_one_number & (names.wording.words.sizes[left] != names.wording.words.sizes[right]))


def _overlap_levels(found: Overlap, enough: float) -> Levels:
    less, more = np.minimum(found.over_l, found.over_r), np.maximum(found.over_l, found.over_r)
    is_inside = less <= 0.05 * found.shared
    is_enough = found.shared >= enough
    within = found.shared / np.maximum(found.shared + less, 1e-9)
    either = found.sorts_l | found.sorts_r
    has_both = (found.sorts_l > 0) & (found.sorts_r > 0)
    only_places = (either & ~_PLACE) == 0
    rules = (
        (found.shared == 0, _DIFFERENT),
        (is_inside & found.is_rough, ROUGHLY_ALIKE),
        (more == 0, SPELLED),
        (has_both & only_places & is_enough, _PLACES),
        (is_inside & is_enough & only_places, _WITHIN_PLACE),
        (is_inside & is_enough & (more <= 0.35 * found.shared), SPELLED),
        (is_inside & is_enough, _WITHIN),
        (is_inside, _WITHIN_COMMON),
        (is_enough & has_both & ((either & _OWN) == 0), _TRADES),
        (within >= 0.75, _WITHIN_COMMON),
        (within >= 0.4, _CONFLICT),
    )
    return np.select([rule for rule, _ in rules], [level for _, level in rules], _LITTLE).astype(np.uint8)


def standardised(columns: Columns) -> pa.StringArray:
    """Return each company name as distinctive words, further names after ``|``."""
    return company_name.standardised(columns["company"])


def counted(names: Names) -> WordCounts:
    """Return in how many names each word occurs."""
    return names.wording.column.counted()


def narrow(names: Names) -> Keys:
    """Return the keys that suffice alone.

    A rare word; two of the three rarest words together, so that one may be misspelt; the first letters without blanks; the
    acronym. For a name with one telling word, its first and its last letters with the word after it: a slip leaves one of
    them as it is.
    """
    column, words = names.wording.column, names.wording.words
    owner = np.repeat(np.arange(len(names.sizes)), names.sizes)
    ids = [_nth(words, place) for place in range(3)]
    hashes = [np.where(word >= 0, column.hashes[word], np.uint64(0)) for word in ids]
    counts = [np.where(word >= 0, column.counts[word], _NEVER) for word in ids]
    starts, ends = _halves(column)
    has_one_word = (counts[1] > _MAX_NAMES_OF_WORD) & (names.flat_sizes >= _MIN_START)
    prefix = text_hashes(pc.utf8_slice_codeunits(pa.array(names.flat, pa.string()), 0, 7))
    return joined_keys(
        *(_keys("company word", hashes[place], owner, counts[place] <= _MAX_NAMES_OF_WORD) for place in range(2)),
        *(
            _keys("company words", _unordered(hashes[one], hashes[two]), owner,
                  _is_useful_pair(counts[one], counts[two], column.total))
            for one, two in ((0, 1), (0, 2), (1, 2))
        ),
        _keys("company start", prefix, owner, names.flat_sizes >= _MIN_START),
        _keys("company half", mixed(starts[ids[0]], hashes[1]), owner, has_one_word),
        _keys("company half", mixed(ends[ids[0]], hashes[1], np.uint64(1)), owner, has_one_word),
        _keys("company acronym", names.acronyms, owner, column.words.sizes > 2),
        _keys("company acronym", names.spaceless, owner, (words.sizes == 1) & (names.flat_sizes <= _MAX_ACRONYM)),
    )  # fmt: skip


def _is_useful_pair(one: Ints, two: Ints, total: int) -> npt.NDArray[np.bool_]:
    """Return where two words together find few names, and neither of them does so alone."""
    expected = one.astype(np.float64) * two / max(total, 1)
    return np.asarray((np.minimum(one, two) > _FEW_NAMES) & (expected <= _FEW_NAMES))


def _unordered(one: Hashes, other: Hashes) -> Hashes:
    return mixed(np.minimum(one, other), np.maximum(one, other))


def broad(names: Names) -> Keys:
    """Return the keys that need another fact beside them: the three rarest words, and the first letters."""
    owner = np.repeat(np.arange(len(names.sizes)), names.sizes)
    prefix = text_hashes(pc.utf8_slice_codeunits(pa.array(names.flat, pa.string()), 0, 3))
    words = [_nth(names.wording.words, place) for place in range(3)]
    return joined_keys(
        *(_keys("company word", names.wording.column.hashes[word], owner, word >= 0) for word in words),
        _keys("company start", prefix, owner, names.flat_sizes > 0),
    )


def _nth(words: Words, place: int) -> Ints:
    """Return the id of the word at a place of each name; -1 where the name is shorter."""
    has = words.sizes > place
    result = np.full(len(words.sizes), -1, dtype=np.int64)
    result[has] = words.ids[words.starts[has] + place]
    return result


def _halves(column: WordColumn) -> tuple[Hashes, Hashes]:
    """Return a hash of the first and of the last letters of each word; a typing error leaves one of them as it is."""
    sizes = np.asarray(pc.binary_length(column.vocabulary))
    takes = np.where(sizes < 5, 2, 3)
    short_starts, starts = (text_hashes(pc.utf8_slice_codeunits(column.vocabulary, 0, take)) for take in (2, 3))
    short_ends, ends = (text_hashes(pc.utf8_slice_codeunits(column.vocabulary, -take)) for take in (2, 3))
    return np.where(takes == 2, short_starts, starts), np.where(takes == 2, short_ends, ends)


def _keys(tag: str, hashes: Hashes, owner: Ints, has: npt.NDArray[np.bool_]) -> Keys:
    return Keys(tagged(tag, hashes[has]), owner[has])


COMPARISON = Comparison(
    name="company name",
    reads=("company",),
    facet="name",
    levels=LEVELS,
    m=(0.008, 0.015, 0.032, 0.008, 0.004, 0.015, 0.03, 0.012, 0.084, 0.20, 0.592),
    by_place=(0.30, 0.13, 0.25, 0.22, 0.02, 0.01, 0.02, 0.005, 0.025, 0.005, 0.005),
    by_name=(0.002, 0.008, 0.05, 0.06, 0.12, 0.01, 0.04, 0.20, 0.10, 0.11, 0.30),
    u=(0.95, 0.035, 0.008, 0.001, 0.0003, 0.001, 0.001, 0.0003, 0.0008, 0.0004, 0.0002),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=broad,
    word_counts=counted,
)
