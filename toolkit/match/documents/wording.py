"""Words that two documents share, weighed by how rare they are in the target: titles against titles, names against names."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.side import Documents, Flags, codes_of
from toolkit.match.documents.word_sets import WordSets, word_sets
from toolkit.match.texts.words import Words, chunks_of_pairs, rows_of, split_words
from toolkit.values import company_name, text
from toolkit.values.company_words import ABBREVIATIONS

MOST_BITS = 9.0
TELLING_BITS = 5.0
_MAX_SHARERS = 40
_WORTH_WEIGHING_BITS = 10.0
_MIN_START, _LONGEST_START = 4, 40


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of both sides' documents: party names, and titles without the party's own words.

    ``everything_r`` has names and titles of the target; ``bits`` is what a word of the vocabulary is worth; ``starts_of``
    gives the words that a word begins with, itself first: a bank cuts names. ``name_codes_l`` numbers the
    source's names, ``acronyms_l`` and ``acronyms_r`` are words of the vocabulary. ``weight_of_…`` is what the words of a
    row are worth together, ``rarest_of_title_r`` what the most telling of them is worth.
    """

    vocabulary: int
    names_l: WordSets
    names_r: WordSets
    titles_l: WordSets
    titles_r: WordSets
    everything_r: WordSets
    bits: Floats
    weight_of_name_l: Floats
    weight_of_title_l: Floats
    weight_of_title_r: Floats
    rarest_of_title_r: Floats
    starts_of: tuple[Ints, Ints, Ints]
    acronyms_l: Ints
    acronyms_r: Ints
    spellings: pa.StringArray
    name_codes_l: Ints

    def title_shares(self, rows_l: Ints, rows_r: Ints) -> tuple[Floats, Floats]:
        """Return the bits of shared title words and their share of the shorter title; NaN where either has no title."""
        shared = np.zeros(len(rows_l))
        for chunk in chunks_of_pairs(self.titles_l.sizes_of(rows_l)):
            pair, word = self.titles_l.words_of(rows_l[chunk])
            own = self.titles_r.holding(rows_r[chunk][pair], word)
            shared[chunk] = np.bincount(pair[own], weights=self.bits[word[own]], minlength=chunk.stop - chunk.start)
        whole = np.minimum(self.weight_of_title_l[rows_l], self.weight_of_title_r[rows_r])
        has_both = (self.titles_l.sizes[rows_l] > 0) & (self.titles_r.sizes[rows_r] > 0)
        return shared, np.where(has_both, shared / np.maximum(whole, 1e-9), np.nan)

    def name_shares(self, rows_l: Ints, rows_r: Ints, *, among: WordSets) -> tuple[Floats, Floats]:
        """Return the bits of the words of the source's party name that are ``among`` the target's, and their share of it.

        Parameters
        ----------
        rows_l, rows_r
            Rows of source and target, pair by pair.
        among
            The words of the target that count: ``names_r``, or ``everything_r`` with titles too.
        """
        shared = np.zeros(len(rows_l))
        starts, sizes, others = self.starts_of
        for chunk in chunks_of_pairs(self.names_l.sizes_of(rows_l) * 2):
            pair, word = self.names_l.words_of(rows_l[chunk])
            own, place = rows_of(starts[word], sizes[word])
            written = others[place]
            there = among.holding(rows_r[chunk][pair][own], written)
            worth = np.zeros(len(pair))
            np.maximum.at(worth, own[there], self.bits[written[there]])
            shared[chunk] = np.bincount(pair, weights=worth, minlength=chunk.stop - chunk.start)
        share = np.minimum(shared / np.maximum(self.weight_of_name_l[rows_l], 1e-9), 1.0)
        return shared, np.where(self.names_l.sizes[rows_l] > 0, share, np.nan)

    def named_shares(self, rows_l: Ints, rows_r: Ints) -> Floats:
        """Return how much of the source's party name is in the target's party name; NaN where either has none."""
        _, share = self.name_shares(rows_l, rows_r, among=self.names_r)
        is_short = self.are_initials(rows_l, rows_r)
        return np.where(self.names_r.sizes[rows_r] > 0, np.where(is_short, 1.0, share), np.nan)

    def are_initials(self, rows_l: Ints, rows_r: Ints) -> Flags:
        """Return which pairs have the initials of one party's name for a word of the other's."""
        short_l, short_r = self.acronyms_l[rows_l], self.acronyms_r[rows_r]
        result = np.zeros(len(rows_l), dtype=bool)
        for sets, rows, short in ((self.everything_r, rows_r, short_l), (self.names_l, rows_l, short_r)):
            asked = np.flatnonzero(short >= 0)
            result[asked[sets.holding(rows[asked], short[asked])]] = True
        return result

    def rare_pairs(self) -> Iterator[tuple[Ints, Ints]]:
        """Yield rows on both sides whose words alone make them worth weighing, without party or amount, some at a time."""
        counts = np.bincount(self.everything_r.keys % self.vocabulary, minlength=self.vocabulary)
        by_word = np.argsort(self.everything_r.keys % self.vocabulary, kind="stable")
        holders = self.everything_r.keys[by_word] // self.vocabulary
        first = np.cumsum(counts) - counts
        everything_l = _merged(self.names_l.keys, self.titles_l.keys)
        words = everything_l % self.vocabulary
        rows = everything_l // self.vocabulary
        # A word of more holders brings too many pairs; those that it joins for good reason share another, rarer one.
        is_rare = (counts[words] > 0) & (counts[words] <= _MAX_SHARERS)
        words, rows = words[is_rare], rows[is_rare]
        base = np.int64(len(self.titles_r.sizes) + 1)
        for start, stop in _whole_rows(rows, counts[words]):
            own, at = rows_of(first[words[start:stop]], counts[words[start:stop]])
            pair = rows[start:stop][own] * base + holders[at]
            order = np.argsort(pair, kind="stable")
            is_new = np.ones(len(order), dtype=bool)
            is_new[1:] = pair[order][1:] != pair[order][:-1]
            bits = np.add.reduceat(self.bits[words[start:stop][own[order]]], np.flatnonzero(is_new)) if len(order) else order
            pairs = pair[order][is_new][bits >= _WORTH_WEIGHING_BITS]
            yield pairs // base, pairs % base


def wording(left: Documents, right: Documents) -> Wording:
    """Return the words of two sides' documents, each weighed by its rarity in the target."""
    names = [_names(one) for one in (left, right)]
    words_of_names = [pc.replace_substring(one, "|", " ") for one in names]
    vocabulary, words = split_words(pa.concat_arrays([*words_of_names, _titles(left), _titles(right)]))
    size = np.int64(max(len(vocabulary), 1))
    own = _as_names_have_it(vocabulary)
    is_telling = np.asarray(pc.and_(pc.greater(pc.utf8_length(vocabulary), 1), pc.invert(pc.utf8_is_digit(vocabulary))))
    is_name = np.ones(len(vocabulary), dtype=bool)
    count_l, count_r = len(left), len(right)
    bounds = np.cumsum([0, count_l, count_r, count_l, count_r])
    # Numbers are weighed where they are quoted; counted here they would speak twice.
    name_l, name_r, title_l, title_r = (
        _keys(words, own, size, (int(start), int(stop)), kept)
        for start, stop, kept in zip(bounds[:-1], bounds[1:], (is_name, is_name, is_telling, is_telling), strict=True)
    )
    # What was split is held no longer: of a million documents it takes more than all that is made of it.
    del words, words_of_names
    everything_r = _merged(name_r, title_r)
    counts = np.bincount(everything_r % size, minlength=int(size)).astype(np.int64)
    # A word that the target has nowhere can be shared with nothing; its weight makes the rest of a title a smaller share.
    bits = np.where(counts > 0, np.log2(max(count_r, 2) / np.maximum(counts, 1)), MOST_BITS).astype(np.float64)
    own_l = np.setdiff1d(title_l, name_l, assume_unique=True)
    own_r = np.setdiff1d(title_r, name_r, assume_unique=True)
    starts = _starts_of(vocabulary, counts, np.flatnonzero(np.bincount(name_l % size, minlength=1)))
    bits = _worth_cut(bits, counts, starts)
    short_l, short_r = (_acronyms(one, vocabulary) for one in names)
    sets = ((name_l, count_l), (name_r, count_r), (own_l, count_l), (own_r, count_r), (everything_r, count_r))
    names_l, names_r, titles_l, titles_r, every_r = (word_sets(keys, count, int(size)) for keys, count in sets)
    return Wording(
        int(size), names_l, names_r, titles_l, titles_r, every_r, bits,
        names_l.weight(bits), titles_l.weight(bits), titles_r.weight(bits), titles_r.rarest(bits),
        starts, short_l, short_r, vocabulary, codes_of(names[0]),
    )  # fmt: skip


def _names(side: Documents) -> pa.StringArray:
    if "party_name" not in side.table.column_names:
        return pa.nulls(len(side), pa.string())
    return company_name.standardised(side.table["party_name"].combine_chunks().cast(pa.string()))


def _acronyms(names: pa.StringArray, vocabulary: pa.StringArray) -> Ints:
    """Return the word that each party's initials make; -1 where there is no such word, or the name has less than three."""
    encoded = names.dictionary_encode()
    distinct = encoded.dictionary
    long = np.flatnonzero(np.asarray(pc.greater(pc.count_substring(distinct, " "), 1)))
    written = distinct.take(pa.array(long)).to_pylist()
    found = [company_name.acronym(name.split("|")[0].split()) or None for name in written]
    words = np.full(len(distinct) + 1, -1, dtype=np.int64)
    words[long] = np.asarray(pc.fill_null(pc.index_in(pa.array(found, pa.string()), value_set=vocabulary), -1))
    code = np.asarray(pc.fill_null(encoded.indices, len(distinct)), dtype=np.int64)
    return np.asarray(words[code], dtype=np.int64)


def _titles(side: Documents) -> pa.StringArray:
    parts = [
        text.standardised(side.table[name].combine_chunks().cast(pa.string()))
        if name in side.table.column_names
        else pa.nulls(len(side), pa.string())
        for name in ("name", "description")
    ]
    # Joining with null_handling="skip" drops the rows that are null in every part (pyarrow 26).
    joined = pc.utf8_trim(pc.binary_join_element_wise(*(pc.fill_null(part, "") for part in parts), " "), " ")
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _as_names_have_it(vocabulary: pa.StringArray) -> Ints:
    """Return for each word the one that stands for it in party names: a text has "deli", the name "delicatessen"."""
    there = pc.index_in(pa.array(list(ABBREVIATIONS.values())), value_set=vocabulary)
    short = pc.index_in(pa.array(list(ABBREVIATIONS)), value_set=vocabulary)
    result = np.arange(len(vocabulary))
    both = np.flatnonzero(np.asarray(pc.and_(there.is_valid(), short.is_valid())))
    result[np.asarray(short.take(pa.array(both)))] = np.asarray(there.take(pa.array(both)))
    return result


def _keys(words: Words, standing: Ints, size: np.int64, rows: tuple[int, int], kept: Flags) -> Ints:
    own = slice(*np.searchsorted(words.owners, rows).tolist())
    ids, owners = standing[words.ids[own]], words.owners[own] - rows[0]
    keys = np.sort((owners * size + ids)[kept[ids]])
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = keys[1:] != keys[:-1]
    return keys[is_first]


def _merged(one: Ints, other: Ints) -> Ints:
    """Return the keys of two sets in order; both are in order already, so that a stable sort only merges them."""
    keys = np.sort(np.concatenate([one, other]), kind="stable")
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = keys[1:] != keys[:-1]
    return keys[is_first]


def _starts_of(vocabulary: pa.StringArray, counts: Ints, asked: Ints) -> tuple[Ints, Ints, Ints]:
    """Return, for each word, where its own list of shorter writings starts, its size, and the lists: itself, then starts.

    Only for the words ``asked`` for are starts looked up; ``counts`` says how often the target has each word.
    """
    there = np.flatnonzero(counts > 0)
    words = vocabulary.take(pa.array(asked))
    lengths = np.minimum(np.asarray(pc.utf8_length(words), dtype=np.int64), _LONGEST_START)
    ends = range(_MIN_START, int(lengths.max(initial=0)))
    owners = [np.flatnonzero(lengths > end) for end in ends]
    cut = [pc.utf8_slice_codeunits(words.take(pa.array(own)), 0, end) for own, end in zip(owners, ends, strict=True)]
    owner = np.concatenate([np.zeros(0, dtype=np.int64), *owners])
    known = pc.index_in(pa.concat_arrays([pa.array([], pa.string()), *cut]), value_set=vocabulary.take(pa.array(there)))
    found = np.flatnonzero(np.asarray(known.is_valid()))
    # The shorter first, as they were looked up.
    found = found[np.argsort(owner[found], kind="stable")]
    sizes = np.ones(len(vocabulary), dtype=np.int64)
    sizes[asked] += np.bincount(owner[found], minlength=len(asked))
    first = np.cumsum(sizes) - sizes
    others = np.empty(int(sizes.sum()), dtype=np.int64)
    others[first] = np.arange(len(vocabulary))
    _, at = rows_of(first[asked] + 1, sizes[asked] - 1)
    others[at] = there[np.asarray(known.take(pa.array(found)), dtype=np.int64)]
    return first, sizes, others


def _worth_cut(bits: Floats, counts: Ints, starts: tuple[Ints, Ints, Ints]) -> Floats:
    """Return what words are worth, where one that the target has only cut short is worth as much as what is left of it."""
    first, sizes, others = starts
    cut = np.flatnonzero((counts == 0) & (sizes > 1))
    result = bits.copy()
    owner, at = rows_of(first[cut] + 1, sizes[cut] - 1)
    worth = np.zeros(len(cut))
    np.maximum.at(worth, owner, bits[others[at]])
    result[cut] = worth
    return result


def _whole_rows(rows: Ints, costs: Ints) -> list[tuple[int, int]]:
    """Return chunks of words that never part the words of one row."""
    if not len(rows):
        return []
    is_new = np.ones(len(rows), dtype=bool)
    is_new[1:] = rows[1:] != rows[:-1]
    first = np.flatnonzero(is_new)
    by_row = np.add.reduceat(costs, first)
    ends = [*first[1:].tolist(), len(rows)]
    return [(int(first[chunk.start]), ends[chunk.stop - 1]) for chunk in chunks_of_pairs(by_row)]
