"""What pairs of documents agree in: party, number, amount and words as levels, with what chance makes of each value.

An agreement is worth ``log2(m / u)``: m says how often true counterparts agree so, u how often two documents do by chance,
counted from the target's own values: a rare amount is worth more than a common one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.documents import amounts, numbers
from toolkit.match.documents.amounts import amount_chance, chance_within_party, pair_relations
from toolkit.match.documents.mentions import Mentions
from toolkit.match.documents.numbers import Quotes, quotes
from toolkit.match.documents.side import NO_PARTY, Documents, Flags
from toolkit.match.documents.wording import MOST_BITS, TELLING_BITS, Wording, wording

OTHER_PARTY, UNKNOWN_PARTY, LIKE_PARTY, SAME_PARTY = 1, 2, 3, 4
NAMED_IN_PART, NAMED_ALIKE = 1, 2
OTHER_WORDS, SOME_WORDS, MOST_WORDS, SAME_WORDS = 1, 2, 3, 4

_MOST_AMOUNT_BITS = 17.0
_NAMED_SHARE, _ALIKE_SHARE = 0.4, 0.8
_NAME_CERTAINTY = 0.9


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """One fact of documents: its levels in words, worst first, and what is believed before any data is seen.

    ``ratios`` are m / u of the lowest levels; the levels above share the rest of m as ``tops`` says, and weigh by how common
    the agreeing value is.
    """

    label: str
    levels: tuple[str, ...]
    ratios: tuple[float, ...]
    tops: tuple[float, ...]


FACTS = (
    DocumentFact(
        "party",
        # A party that the other system has no record of may well be one that was not recognised there.
        ("another party", "a party the other system does not know", "another party of like name", "the same party"),
        (0.07, 0.25, 0.5), (1.0,),
    ),
    DocumentFact("party's name", ("named in part", "named alike"), (), (0.4, 0.6)),
    DocumentFact("number", numbers.LEVELS, (2.0**-7,), (0.1, 0.3, 0.6)),
    DocumentFact("amount", amounts.LEVELS, (2.0**-4, 1.0, 2.0), (0.01, 0.01, 0.05, 0.05, 0.88)),
    DocumentFact("words", ("other words", "some words", "most of the words", "the same words"), (0.5, 1.0), (0.4, 0.6)),
)  # fmt: skip
PARTY, PARTY_NAME, NUMBER, AMOUNT, WORDS = range(len(FACTS))


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """Levels of pairs, one column per fact, and in the same place the bits of chance: -log2 of how often the value meets."""

    levels: Levels
    chance_bits: Floats

    @property
    def is_same_party(self) -> Flags:
        """Whether both documents are of one party."""
        return np.asarray(self.levels[:, PARTY] == SAME_PARTY, dtype=bool)

    @property
    def is_of_one_party(self) -> Flags:
        """Whether both are of one party, or the party is named alike where its records were not recognised as one."""
        is_named = (self.levels[:, PARTY] == MISSING) & (self.levels[:, PARTY_NAME] == NAMED_ALIKE)
        return np.asarray(is_named | self.is_same_party, dtype=bool)

    @property
    def says_same(self) -> Flags:
        """Whether the documents share an amount, a number or most of their words."""
        shares = np.isin(self.levels[:, AMOUNT], (amounts.EQUAL, amounts.TAX, amounts.FEE))
        shares |= (self.levels[:, NUMBER] > numbers.CLAIMED) | (self.levels[:, WORDS] >= MOST_WORDS)
        return np.asarray(shares, dtype=bool)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Both sides, made ready to be compared."""

    left: Documents
    right: Documents
    words: Wording
    quoted: Quotes
    amount_chance: Floats
    within_party: Floats
    party_size: Ints

    def of(self, rows_l: Ints, rows_r: Ints) -> PairEvidence:
        """Return the levels of pairs of rows and what chance makes of their values."""
        facts = [
            self._party(rows_l, rows_r),
            self._name(rows_l, rows_r),
            self.quoted.of(rows_l, rows_r),
            self._amount(rows_l, rows_r),
            self._words(rows_l, rows_r),
        ]
        levels = np.stack([level for level, _ in facts], axis=1).astype(np.uint8)
        bits = np.stack([chance for _, chance in facts], axis=1)
        # A party that is named, though its records were not recognised as one, is judged by its name.
        is_named = levels[:, PARTY_NAME] != MISSING
        levels[is_named & (levels[:, PARTY] == UNKNOWN_PARTY), PARTY] = MISSING
        levels[is_named & (levels[:, PARTY] == OTHER_PARTY), PARTY] = LIKE_PARTY
        return PairEvidence(levels, bits)

    def _party(self, rows_l: Ints, rows_r: Ints) -> tuple[Levels, Floats]:
        one, other = self.left.party[rows_l], self.right.party[rows_r]
        is_known = (one != NO_PARTY) & (other != NO_PARTY)
        level = np.where(self.right.is_party_known_there[rows_r], OTHER_PARTY, UNKNOWN_PARTY)
        level = np.where(is_known, np.where(one == other, SAME_PARTY, level), MISSING)
        # A party with many documents is met by chance more often: that it agrees is worth less.
        size = np.maximum(self.party_size[np.maximum(other, 0)], 1)
        return level.astype(np.uint8), np.log2(max(len(self.right), 2) / size)

    def _name(self, rows_l: Ints, rows_r: Ints) -> tuple[Levels, Floats]:
        level, bits = np.zeros(len(rows_l), dtype=np.uint8), np.zeros(len(rows_l))
        one, other = self.left.party[rows_l], self.right.party[rows_r]
        # Where both are recognised as one party its name would only say so a second time.
        open_pairs = np.flatnonzero((one == NO_PARTY) | (one != other))
        shared, share = self.words.name_shares(rows_l[open_pairs], rows_r[open_pairs], among=self.words.everything_r)
        is_named = np.nan_to_num(share) >= _NAMED_SHARE
        named = open_pairs[is_named]
        level[named] = np.where(share[is_named] >= _ALIKE_SHARE, NAMED_ALIKE, NAMED_IN_PART)
        bits[named] = _NAME_CERTAINTY * share[is_named] * np.minimum(shared[is_named], MOST_BITS)
        return level, bits

    def _amount(self, rows_l: Ints, rows_r: Ints) -> tuple[Levels, Floats]:
        relation = pair_relations(self.left, self.right, rows_l, rows_r)
        chance = self.amount_chance[rows_r]
        is_same = (self.left.party[rows_l] != NO_PARTY) & (self.left.party[rows_l] == self.right.party[rows_r])
        # A party's other equal amounts are rivals, but most have a counterpart of their own: the truth lies half-way.
        chance = np.where(is_same, chance * np.exp2(self._rival_bits(rows_r)), chance)
        # The more amounts a relation would have accepted, the sooner one fits by accident.
        reach = np.array([amounts.REACH.get(one, 1) for one in range(len(amounts.NAMES))])[relation]
        return relation, np.minimum(-np.log2(np.minimum(chance * reach, 1.0)), _MOST_AMOUNT_BITS)

    def _rival_bits(self, rows_r: Ints) -> Floats:
        return np.asarray(
            np.maximum(np.log2(np.maximum(self.within_party, 1e-9) / self.amount_chance)[rows_r], 0.0) / 2, dtype=np.float64
        )

    def rival_bits(self, rows_r: Ints, seen: PairEvidence) -> Floats:
        """Return how much less an equal amount says because the party has others like it; void once those are settled."""
        is_equal = seen.is_same_party & (seen.levels[:, AMOUNT] == amounts.EQUAL)
        return np.where(is_equal, self._rival_bits(rows_r), 0.0)

    def _words(self, rows_l: Ints, rows_r: Ints) -> tuple[Levels, Floats]:
        shared, share = self.words.title_shares(rows_l, rows_r)
        known = np.nan_to_num(share)
        level = np.select([known >= 0.95, known >= 0.5, known >= 0.1], [SAME_WORDS, MOST_WORDS, SOME_WORDS], MISSING)
        # That titles share nothing speaks against a pair only where the title has a rare word: "repair" is everywhere.
        level[(known < 0.1) & ~np.isnan(share) & (self.words.titles_r.telling[rows_r] >= TELLING_BITS)] = OTHER_WORDS
        return level.astype(np.uint8), np.minimum(shared * known, MOST_BITS)


def evidence(left: Documents, right: Documents, numbers_found: tuple[Mentions, Mentions]) -> Evidence:
    """Return both sides ready to be compared.

    Parameters
    ----------
    left, right
        Both sides.
    numbers_found
        The numbers in both sides' documents.
    """
    parties = right.party[right.party != NO_PARTY]
    return Evidence(
        left, right, wording(left, right),
        quotes(
            *numbers_found, len(left), len(right), lambda rows_l, rows_r: _corroborated(left, right, rows_l, rows_r)
        ),
        amount_chance(left, right), chance_within_party(right),
        np.bincount(parties, minlength=int(max(left.party.max(initial=0), right.party.max(initial=0))) + 1),
    )  # fmt: skip


def basis(levels: Sequence[int]) -> str:
    """Return in a few words what two documents were found by, from their levels.

    Examples
    --------
    >>> basis([SAME_PARTY, 0, 0, amounts.TAX, 0])
    'party, amount (tax), date'
    """
    parts = []
    if levels[NUMBER] > numbers.CLAIMED:
        parts.append("number")
    if levels[PARTY] == SAME_PARTY:
        parts.append("party")
    if levels[AMOUNT] == amounts.EQUAL:
        parts.append("amount")
    elif levels[AMOUNT] in amounts.REACH:
        parts.append(f"amount ({amounts.NAMES[levels[AMOUNT]]})")
    if levels[WORDS] >= MOST_WORDS:
        parts.append("name")
    return ", ".join([*parts, "date"])


def _corroborated(left: Documents, right: Documents, rows_l: Ints, rows_r: Ints) -> Floats:
    relation = pair_relations(left, right, rows_l, rows_r)
    one, other = left.party[rows_l], right.party[rows_r]
    is_known = (one != NO_PARTY) & (other != NO_PARTY)
    agrees = (is_known & (one == other)) | np.isin(relation, (amounts.EQUAL, amounts.TAX, amounts.FEE))
    says_something = is_known | (relation != amounts.UNKNOWN)
    return np.where(agrees, 1.0, np.where(says_something, 0.0, np.nan))
