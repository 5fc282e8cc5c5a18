"""What pairs of documents agree in: party, number, amount and words as levels, with what chance makes of each value.

An agreement is worth ``log2(m / u)``: m says how often true counterparts agree so, u how often two documents do by chance,
counted from the target's own values: a rare amount is worth more than a common one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.documents import amounts, numbers
from toolkit.match.documents.amounts import amount_chance, chance_within_party, pair_relations
from toolkit.match.documents.chance import ChanceBits, joined, steps_of
from toolkit.match.documents.families import of_another_family
from toolkit.match.documents.mentions import Mentions
from toolkit.match.documents.nearest import next_of_code
from toolkit.match.documents.numbers import Quotes, quotes, quoting_another
from toolkit.match.documents.payers import Payers, payers
from toolkit.match.documents.readings import Reading, usual_readings
from toolkit.match.documents.reversals import Reversals, money_sign, returned
from toolkit.match.documents.side import NO_CURRENCY, NO_PARTY, Documents, Flags
from toolkit.match.documents.slips import NO_SLIPS, Slips, slips_of
from toolkit.match.documents.wording import MOST_BITS, TELLING_BITS, Wording, wording

OTHER_PARTY, OTHER_TITLED, UNKNOWN_PARTY, LIKE_PARTY, SAME_PARTY = range(1, 6)
ANOTHER_NAME, NAMED_IN_PART, NAMED_ALIKE = 1, 2, 3
OTHER_WORDS, SOME_WORDS, MOST_WORDS, SAME_WORDS = 1, 2, 3, 4

_MOST_AMOUNT_BITS = 17.0
_NAMED_SHARE, _ALIKE_SHARE = 0.4, 0.8
_NAME_CERTAINTY = 0.9
_ANOTHER_SHARE, _OTHER_TOLD_SHARE = 0.25, 0.7
_HABIT_SHARE = 0.5
_ENOUGH_KNOWN = 100


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
        (
            "another party", "another party under the same title", "a party the other system does not know",
            "another party of like name", "the same party",
        ),
        (2.0**-7, 0.07, 0.25, 0.5), (1.0,),
    ),
    DocumentFact("party's name", ("another name", "named in part", "named alike"), (2.0**-7,), (0.4, 0.6)),
    DocumentFact("number", numbers.LEVELS, (2.0**-10, 2.0**-7), (0.1, 0.3, 0.6)),
    DocumentFact("amount", amounts.LEVELS, (2.0**-4, 1.0, 2.0), (0.01, 0.01, 0.01, 0.02, 0.05, 0.05, 0.85)),
    DocumentFact("words", ("other words", "some words", "most of the words", "the same words"), (0.5, 1.0), (0.4, 0.6)),
    DocumentFact("currency", ("another currency", "one currency"), (2.0**-7,), (1.0,)),
)  # fmt: skip
PARTY, PARTY_NAME, NUMBER, AMOUNT, WORDS, CURRENCY = range(len(FACTS))
OTHER_CURRENCY, SAME_CURRENCY = 1, 2


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """Levels of pairs, one column per fact, and per fact the bits of chance of those that agree in a value.

    The levels stand column by column in memory: they are read so. ``is_barred`` marks pairs that are never one event: money
    that goes the other way, or that was sent back. ``is_of_one_payer`` marks those of one payer.
    """

    levels: Levels
    chance: tuple[ChanceBits, ...]
    is_barred: Flags
    is_of_one_payer: Flags

    def some(self, rows: slice) -> "PairEvidence":
        """Return what consecutive pairs show."""
        chance = tuple(one.some(rows) for one in self.chance)
        return PairEvidence(self.levels[rows], chance, self.is_barred[rows], self.is_of_one_payer[rows])

    @property
    def quotes_another(self) -> Flags:
        """Whether the target quotes another document."""
        return np.asarray(self.levels[:, NUMBER] == numbers.ELSEWHERE, dtype=bool)

    @property
    def is_same_party(self) -> Flags:
        """Whether both documents are of one party."""
        return np.asarray(self.levels[:, PARTY] == SAME_PARTY, dtype=bool)

    @property
    def is_of_one_party(self) -> Flags:
        """Whether both are of one party, or the party is named alike where its records were not recognised as one."""
        is_named = (self.levels[:, PARTY] == MISSING) & (self.levels[:, PARTY_NAME] == NAMED_ALIKE)
        return np.asarray(is_named | self.is_same_party | self.is_of_one_payer, dtype=bool)

    @property
    def is_outweighed(self) -> dict[int, Flags]:
        """Which pairs each fact contradicts so that an equal amount is no answer to it."""
        return {
            PARTY: self.levels[:, PARTY] == OTHER_PARTY,
            PARTY_NAME: self.levels[:, PARTY_NAME] == ANOTHER_NAME,
            NUMBER: self.quotes_another,
            CURRENCY: self.levels[:, CURRENCY] == OTHER_CURRENCY,
        }

    @property
    def says_same(self) -> Flags:
        """Whether the documents share an amount, a number or most of their words."""
        shares = np.isin(self.levels[:, AMOUNT], amounts.FITTING)
        shares |= (self.levels[:, NUMBER] > numbers.CLAIMED) | (self.levels[:, WORDS] >= MOST_WORDS)
        return np.asarray(shares, dtype=bool)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Both sides, made ready to be compared.

    Attributes
    ----------
    left, right
        Both sides.
    words, quoted, payers
        Their words, the numbers they share, and whose they are.
    sent_back
        Rows of the target that take each other back.
    slips
        The numbers that may be one another's, mistyped.
    readings
        How amounts usually relate where it is not as equals.
    is_one_way
        Whether money of one sign stands for money of the same sign.
    is_currency_told
        Whether an unlike currency says anything.
    quotes_another
        Target rows that quote a document of the source, or what would be one.
    amount_chance, rivalry, party_size
        What chance makes of equal amounts, by how many bits less they say because the target's party has others like it,
        and how often each party is met.
    """

    left: Documents
    right: Documents
    words: Wording
    quoted: Quotes
    payers: Payers
    sent_back: Reversals
    slips: Slips
    readings: tuple[Reading, ...]
    is_one_way: bool
    is_currency_told: bool
    quotes_another: Flags
    amount_chance: Floats
    rivalry: Floats
    party_size: Ints

    def of(self, rows_l: Ints, rows_r: Ints) -> PairEvidence:
        """Return the levels of pairs of rows and what chance makes of their values."""
        levels = np.empty((len(rows_l), len(FACTS)), dtype=np.uint8, order="F")
        is_barred, is_of_one_payer = np.empty((2, len(rows_l)), dtype=bool)
        chance: list[list[ChanceBits]] = [[] for _ in FACTS]
        for some in steps_of(len(rows_l)):
            own = PairEvidence(levels[some], (), is_barred[some], is_of_one_payer[some])
            for place, bits in enumerate(self._filled(own, rows_l[some], rows_r[some])):
                # Only where two agree in a value does it count how often chance brings it.
                at = np.flatnonzero(own.levels[:, place] > len(FACTS[place].ratios))
                chance[place].append(ChanceBits((some.start + at).astype(np.int32), bits[at]))
        return PairEvidence(levels, tuple(map(joined, chance)), is_barred, is_of_one_payer)

    def _filled(self, seen: PairEvidence, rows_l: Ints, rows_r: Ints) -> list[Floats]:
        """Write what pairs show into its place; return the bits of chance of all but the currency, which has none."""
        levels = seen.levels
        found = [self._party(rows_l, rows_r), self._name(rows_l, rows_r), self.quoted.of(rows_l, rows_r)]
        found += [self._amount(rows_l, rows_r), self._words(rows_l, rows_r)]
        for column, (level, _) in enumerate(found):
            levels[:, column] = level
        levels[:, CURRENCY] = self._currency(rows_l, rows_r)
        # A party that is named, though its records were not recognised as one, is judged by its name.
        is_named = levels[:, PARTY_NAME] != MISSING
        levels[is_named & (levels[:, PARTY] == UNKNOWN_PARTY), PARTY] = MISSING
        is_like = levels[:, PARTY_NAME] > ANOTHER_NAME
        levels[is_like & (levels[:, PARTY] == OTHER_PARTY), PARTY] = LIKE_PARTY
        # Two of one title may be of a party that was not recognised.
        levels[(levels[:, PARTY] == OTHER_PARTY) & (levels[:, WORDS] >= MOST_WORDS), PARTY] = OTHER_TITLED
        seen.is_barred[:] = self.sent_back.rows(len(self.right))[rows_r]
        if self.is_one_way:
            seen.is_barred[:] |= self.left.amount[rows_l] * self.right.amount[rows_r] < 0
        payer = self.payers.left[rows_l]
        is_one = (payer != NO_PARTY) & (payer == self.payers.right[rows_r])
        seen.is_of_one_payer[:] = is_one
        is_other = self.quotes_another[rows_r] & (levels[:, NUMBER] <= numbers.CLAIMED)
        # Of one party and amount, a number with two digits swapped is this one, mistyped.
        is_alike = is_one | (levels[:, PARTY_NAME] > ANOTHER_NAME)
        is_same = is_other & is_alike & (levels[:, AMOUNT] == amounts.EQUAL)
        levels[is_other & ~self.slips.are_swapped(rows_l, rows_r, asked=is_same), NUMBER] = numbers.ELSEWHERE
        return [bits for _, bits in found]

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
        # Whoever is named in full is the payer, though the names have a word in common.
        payer = self.payers.right[rows_r[open_pairs]]
        is_told = (payer != NO_PARTY) & (payer != self.payers.left[rows_l[open_pairs]]) & (other[open_pairs] == NO_PARTY)
        most = np.where(is_told, _OTHER_TOLD_SHARE, _ANOTHER_SHARE)
        is_another = (share < most) & self.payers.says_who[rows_r[open_pairs]]
        # Of a party that both systems know it is not asked how it is called.
        is_another &= _unknown_to_either(self.left, self.right, rows_l[open_pairs], rows_r[open_pairs])
        another = open_pairs[is_another]
        level[another[~self.words.are_initials(rows_l[another], rows_r[another])]] = ANOTHER_NAME
        bits[named] = _NAME_CERTAINTY * share[is_named] * np.minimum(shared[is_named], MOST_BITS)
        return level, bits

    def _amount(self, rows_l: Ints, rows_r: Ints) -> tuple[Levels, Floats]:
        relation = pair_relations(self.left, self.right, rows_l, rows_r, self.readings)
        if self.is_currency_told:
            is_unlike = _unlike(self.left.currency[rows_l], self.right.currency[rows_r], NO_CURRENCY)
            relation[is_unlike & (relation != amounts.RATIO)] = amounts.UNKNOWN
        payer = self.payers.left[rows_l]
        is_same = (payer != NO_PARTY) & (payer == self.payers.right[rows_r])
        # A party's other equal amounts are rivals, but most have a counterpart of their own: the truth lies half-way.
        chance = self.amount_chance[rows_r] * np.where(is_same, np.exp2(self.rivalry[rows_r]), 1.0)
        # The more amounts a relation would have accepted, the sooner one fits by accident.
        reach = np.array([amounts.REACH.get(one, 1) for one in range(len(amounts.NAMES))])[relation]
        return relation, np.minimum(-np.log2(np.minimum(chance * reach, 1.0)), _MOST_AMOUNT_BITS)

    def rival_bits(self, rows_r: Ints, seen: PairEvidence) -> Callable[[Ints], Floats]:
        """Return what gives, for some of the pairs, how much less an equal amount says because the party has others like it.

        That is void once those are settled. Of millions of pairs it is asked for few.
        """
        is_equal = (seen.is_same_party | seen.is_of_one_payer) & (seen.levels[:, AMOUNT] == amounts.EQUAL)
        return lambda pairs: np.where(is_equal[pairs], self.rivalry[rows_r[pairs]], 0.0)

    def _words(self, rows_l: Ints, rows_r: Ints) -> tuple[Levels, Floats]:
        shared, share = self.words.title_shares(rows_l, rows_r)
        known = np.nan_to_num(share)
        level = np.select([known >= 0.95, known >= 0.5, known >= 0.1], [SAME_WORDS, MOST_WORDS, SOME_WORDS], MISSING)
        # That titles share nothing speaks against a pair only where the title has a rare word: "repair" is everywhere.
        level[(known < 0.1) & ~np.isnan(share) & (self.words.rarest_of_title_r[rows_r] >= TELLING_BITS)] = OTHER_WORDS
        return level.astype(np.uint8), np.minimum(shared * known, MOST_BITS)

    def _currency(self, rows_l: Ints, rows_r: Ints) -> Levels:
        one, other = self.left.currency[rows_l], self.right.currency[rows_r]
        is_known = (one != NO_CURRENCY) & (other != NO_CURRENCY) & self.is_currency_told
        return np.where(is_known, np.where(one == other, SAME_CURRENCY, OTHER_CURRENCY), MISSING).astype(np.uint8)


def evidence(left: Documents, right: Documents, numbers_found: tuple[Mentions, Mentions]) -> Evidence:
    """Return both sides ready to be compared.

    Parameters
    ----------
    left, right
        Both sides.
    numbers_found
        The numbers in both sides' documents.
    """
    words = wording(left, right)
    who = payers(left, right, words)
    on_left, on_right = numbers_found
    sent_back = returned(right, words.everything_r, words.bits, on_right, sign=money_sign(left))
    # What was sent back claims nothing: the money that came in its place may quote the same number.
    is_back = sent_back.rows(len(right))
    on_right = on_right.take(np.flatnonzero(~is_back[on_right.row])) if len(sent_back) else on_right
    quoted = quotes(
        on_left, on_right, len(left), len(right),
        corroborated=lambda *rows: corroborated(left, right, *rows),
        is_another=lambda *told: of_another_family(left, right, *told),
    )  # fmt: skip
    rows_l, rows_r = _known_pairs(left, right, who, quoted)
    one, other = left.amount[rows_l], right.amount[rows_r]
    is_unlike = _unlike(left.currency[rows_l], right.currency[rows_r], NO_CURRENCY)
    parties = right.party[right.party != NO_PARTY]
    is_elsewhere = quoted.is_claimed_r | (quoting_another(left, right, quoted) & ~is_back)
    slips = slips_of(on_left, on_right) if is_elsewhere.any() else NO_SLIPS
    chance = amount_chance(left, right)
    rivalry = np.maximum(np.log2(np.maximum(chance_within_party(right, who.right), 1e-9) / chance), 0.0) / 2
    return Evidence(
        left, right, words, quoted, who, sent_back, slips, usual_readings(one, other),
        is_one_way=bool((one * other < 0).mean() < _HABIT_SHARE) if len(rows_l) else True,
        is_currency_told=not _is_unlike_throughout(is_unlike, one == other),
        quotes_another=is_elsewhere,
        amount_chance=chance, rivalry=rivalry,
        party_size=np.bincount(parties, minlength=int(max(left.party.max(initial=0), right.party.max(initial=0))) + 1),
    )  # fmt: skip


def _known_pairs(left: Documents, right: Documents, who: Payers, quoted: Quotes) -> tuple[Ints, Ints]:
    """Return pairs that are known without their amounts: by a number that leads nowhere else, else the payer's next line."""
    is_sure = quoted.are_unique(quoted.left, quoted.right)
    if is_sure.sum() >= _ENOUGH_KNOWN:
        return quoted.left[is_sure], quoted.right[is_sure]
    rows_l, rows_r = next_of_code(left.day, right.day, who.left, who.right)
    return np.concatenate([quoted.left[is_sure], rows_l]), np.concatenate([quoted.right[is_sure], rows_r])


def _unknown_to_either(left: Documents, right: Documents, rows_l: Ints, rows_r: Ints) -> Flags:
    """Return which pairs have a party that is not resolved, or that the other side's system has no record of."""
    is_none = (left.party[rows_l] == NO_PARTY) | (right.party[rows_r] == NO_PARTY)
    return np.asarray(is_none | ~right.is_party_known_there[rows_r], dtype=bool)


def _is_unlike_throughout(is_unlike: Flags, is_equal: Flags) -> bool:
    """Return whether known pairs name unlike currencies beside equal amounts: then one side names the wrong one."""
    return bool(len(is_unlike)) and bool((is_unlike & is_equal).mean() >= _HABIT_SHARE)


def _unlike(one: Ints, other: Ints, unknown: int) -> Flags:
    return np.asarray((one != unknown) & (other != unknown) & (one != other), dtype=bool)


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


def corroborated(left: Documents, right: Documents, rows_l: Ints, rows_r: Ints) -> Floats:
    """Return 1 for pairs that agree in party or amount, 0 where both are known and disagree, NaN where nothing can be said.

    Parameters
    ----------
    left, right
        Both sides.
    rows_l, rows_r
        The pairs.
    """
    relation = pair_relations(left, right, rows_l, rows_r)
    one, other = left.party[rows_l], right.party[rows_r]
    is_known = (one != NO_PARTY) & (other != NO_PARTY)
    agrees = (is_known & (one == other)) | np.isin(relation, amounts.FITTING)
    says_something = is_known | (relation != amounts.UNKNOWN)
    return np.where(agrees, 1.0, np.where(says_something, 0.0, np.nan))
