"""Who pays, as far as the documents say: a party that was resolved, or the name that stands in a bank's text.

Payers are numbered for both sides alike; ``NO_PARTY`` is unknown.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.side import NO_PARTY, Documents, Flags
from toolkit.match.documents.wording import TELLING_BITS, Wording
from toolkit.match.texts.words import rows_of

_NAMED_SHARE = 0.8
_NAMED_BITS = 4.0
_TIE_BITS = 0.5
_SHOWN_WORDS = 2
_HABIT_SHARE = 0.5
# What banks write on every line: none of it is anybody's name.
_BANK_TEXT = (
    "account amount bacs balance bank batch card cash charge chargeback charges cheque check credit debit deposit direct "
    "dividend faster fee fees from funds giro incoming inst instalment interest into inv invoice item items loan mandate "
    "merchant order part payment payments payout payroll pos purchase ref reference refund remittance rent return returned "
    "reversal salary sepa settlement standing tax terminal tfr the transaction transfer trn unpaid vat wages wire with "
    "betaling facture factuur gutschrift lastschrift miete overschrijving rechnung retoure virement uberweisung zahlung"
)
_BANK_WORDS = _BANK_TEXT.split()


class Payers(NamedTuple):
    """Who each document is of, and which of the target's name somebody.

    ``says_who`` marks target rows that name somebody, known to the source or not.
    """

    left: Ints
    right: Ints
    says_who: Flags


def payers(left: Documents, right: Documents, words: Wording) -> Payers:
    """Return who pays by each document of both sides.

    A target's text names whoever of the source's parties all of whose name stands in it. Where most texts name one, a text
    with rare words that names none of them is somebody else's.

    Parameters
    ----------
    left, right
        Source and target.
    words
        The words of both.
    """
    payer_l, first = _of_source(left, right, words)
    is_open = (right.party == NO_PARTY) & (words.everything_r.sizes > 0)
    # A party that was resolved is judged as such: a contact's name is none of its company's.
    is_named = (right.party == NO_PARTY) & (words.names_r.sizes > 0)
    if not is_open.any() or not len(first):
        return Payers(payer_l, right.party, is_named)
    found = _found_in_texts(payer_l, first, is_open, words)
    payer_r = np.where(right.party != NO_PARTY, right.party, found)
    has_habit = (found[is_open] != NO_PARTY).mean() >= _HABIT_SHARE
    is_telling = is_open & (_rarest_bits(words) >= min(TELLING_BITS, np.log2(max(len(right), 2)) - 1))
    return Payers(payer_l, payer_r, is_named | (is_open & (found != NO_PARTY)) | (is_telling & has_habit))


def _of_source(left: Documents, right: Documents, words: Wording) -> tuple[Ints, Ints]:
    """Return the payer of each left row, and of each payer with a name one row that has it."""
    several = int(max(left.party.max(initial=0), right.party.max(initial=0))) + 1
    result = left.party.copy()
    is_named = words.names_l.sizes > 0
    rows = np.flatnonzero((left.party == NO_PARTY) & is_named)
    result[rows] = several + words.name_codes_l[rows]
    named = np.flatnonzero(is_named)
    _, first = np.unique(result[named], return_index=True)
    return result, named[first]


def _found_in_texts(payer_l: Ints, first: Ints, is_open: Flags, words: Wording) -> Ints:
    """Return of each open target row the one payer whose name stands in it."""
    rows_l, rows_r = _worth_reading(first, is_open, words)
    shared, share = words.name_shares(rows_l, rows_r, among=words.everything_r)
    kept = np.flatnonzero((np.nan_to_num(share) >= _NAMED_SHARE) & (shared >= _NAMED_BITS))
    rows_l, rows_r, shared = rows_l[kept], rows_r[kept], shared[kept]
    order = np.lexsort((-shared, rows_r))
    rows_l, rows_r, shared = rows_l[order], rows_r[order], shared[order]
    is_best = np.ones(len(order), dtype=bool)
    is_best[1:] = rows_r[1:] != rows_r[:-1]
    has_rival = np.zeros(len(order), dtype=bool)
    has_rival[:-1] = ~is_best[1:] & (shared[:-1] - shared[1:] < _TIE_BITS)
    result = np.full(len(is_open), NO_PARTY, dtype=np.int64)
    sure = np.flatnonzero(is_best & ~has_rival)
    result[rows_r[sure]] = payer_l[rows_l[sure]]
    return result


def _worth_reading(first: Ints, is_open: Flags, words: Wording) -> tuple[Ints, Ints]:
    """Return names (as rows that have them) beside the open rows that hold one of the two rarest words of the name."""
    size = words.vocabulary
    held = words.everything_r.keys[is_open[words.everything_r.keys // size]]
    by_word = np.argsort(held % size, kind="stable")
    holders = held[by_word] // size
    counts = np.bincount(held % size, minlength=size)
    begin = np.cumsum(counts) - counts
    name, word = words.names_l.words_of(first)
    starts, sizes, others = words.starts_of
    # A word that no target writes may stand there cut short.
    own, place = rows_of(starts[word], np.where(counts[word] > 0, 1, sizes[word]))
    name, word = name[own], others[place]
    is_there = counts[word] > 0
    name, word = name[is_there], word[is_there]
    order = np.lexsort((counts[word], name))
    name, word = name[order], word[order]
    rank = np.arange(len(name)) - np.searchsorted(name, name, "left")
    name, word = name[rank < _SHOWN_WORDS], word[rank < _SHOWN_WORDS]
    owner, at = rows_of(begin[word], counts[word])
    base = np.int64(len(is_open) + 1)
    pairs = _distinct(name[owner] * base + holders[at])
    return first[pairs // base], pairs % base


def _distinct(keys: Ints) -> Ints:
    keys = np.sort(keys)
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = keys[1:] != keys[:-1]
    return keys[is_first]


def _rarest_bits(words: Wording) -> Floats:
    """Return what the rarest word of each target row is worth; numbers, initials and words of banks are worth nothing."""
    is_name = np.asarray(pc.invert(pc.match_substring_regex(words.spellings, "[0-9]|^..?$")))
    is_name &= ~np.asarray(pc.is_in(words.spellings, value_set=pa.array(_BANK_WORDS)))
    bits = np.where(is_name, words.bits, 0.0)
    return words.everything_r.rarest(bits)
