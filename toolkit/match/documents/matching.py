"""Documents matched: which deal, order, invoice, payment, bank line or ticket of one system stands for which of another.

The same machine as for parties: levels per fact, a model learned without labels, a weight in bits and a probability, exact
assignment, ties reported instead of guessed. One-to-one first; then one document for several that add up to it exactly.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.errors import UnknownNameError
from toolkit.match.comparison import MISSING, Floats, Ints
from toolkit.match.documents import amounts
from toolkit.match.documents.candidates import candidate_pairs
from toolkit.match.documents.evidence import (
    AMOUNT,
    ANOTHER_NAME,
    FACTS,
    NUMBER,
    OTHER_PARTY,
    PARTY,
    PARTY_NAME,
    UNKNOWN_PARTY,
    Evidence,
    PairEvidence,
    evidence,
)
from toolkit.match.documents.groups import Group, groups
from toolkit.match.documents.lags import lag_words, pair_lags
from toolkit.match.documents.linking import Links, links
from toolkit.match.documents.mentions import Mentions, mentions
from toolkit.match.documents.model import BARRED_BITS, DocumentModel, trained_model
from toolkit.match.documents.numbers import OTHERWISE
from toolkit.match.documents.reversals import Reversals, credited, money_sign
from toolkit.match.documents.side import Documents, Flags, two_sides
from toolkit.match.linkage.evaluation import probability_weight
from toolkit.match.linkage.explain import ExplainedFact, Explanation, evidence_sentence, verdict

_SETTLED_BITS = 6.0
# So many counterparts tell how often a handoff's people leave the number away; never is never said of fewer than 63; where
# they often do, it says little of one.
_MIN_SURE = 20
_LEAST_SILENT, _MOST_SILENT = 1 / 64, 0.2
_OTHERWISE_NAMED_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class DocumentMatching:
    """What matching found, in rows of the two tables in order of ``record_key``.

    Attributes
    ----------
    held
        Both sides, made ready to be compared.
    rows_l, rows_r, weight
        The candidate pairs and their match weight in bits.
    seen, lag_days
        What those pairs show.
    links
        The one-to-one choice.
    groups
        One document for several; the links inside them are part of them.
    is_ambiguous
        Left rows of which nobody can say what their counterpart is.
    credited
        Left rows that take each other back.
    paid_back
        For each pair of ``held.sent_back`` the left row that it was paid for; -1 where nobody can say.
    model
        The fitted model.
    """

    held: Evidence
    rows_l: Ints
    rows_r: Ints
    weight: Floats
    seen: PairEvidence
    lag_days: Floats
    links: Links
    groups: tuple[Group, ...]
    is_ambiguous: Flags
    credited: Reversals
    paid_back: Ints
    model: DocumentModel

    @property
    def left(self) -> Documents:
        """The source's documents."""
        return self.held.left

    @property
    def right(self) -> Documents:
        """The target's documents."""
        return self.held.right

    @property
    def linked_pairs(self) -> Ints:
        """The candidate pairs that are linked one-to-one, in order of their left rows."""
        grouped = {row for one in self.groups for row in one.rows_l}
        pairs = self.links.pair_of[self.links.pair_of >= 0]
        return np.array([pair for pair in pairs.tolist() if int(self.rows_l[pair]) not in grouped], dtype=np.int64)

    @property
    def match_probability(self) -> Floats:
        """How likely each candidate pair is one event, looked at by itself."""
        return np.asarray(1 / (1 + np.exp2(-self.weight)), dtype=np.float64)


def matched_documents(
    left: pa.Table,
    right: pa.Table,
    *,
    numbers: Callable[[], tuple[Mentions, Mentions]] | None = None,
    min_match_probability: float = 0.9,
) -> DocumentMatching:
    """Return which documents of two tables are one event.

    Parameters
    ----------
    left, right
        Tables with ``record_key``, ``day`` (date), ``amount_minor``, ``tax_minor`` and ``fee_minor`` (minor units, of one
        sign where money goes one way), ``party`` (one id over both sides), ``is_party_known_there`` (whether the other
        side's system has a record of the party), and text columns of ``tables.DOCUMENT``.
    numbers
        Returns the numbers in both tables, which then are in order of ``record_key``; by default they are read here.
    min_match_probability
        From here on a pair is held to be one event.
    """
    sides = two_sides(left, right)
    # Asked for where they are needed, and held no longer: of a million documents they take some hundred megabytes.
    held = evidence(*sides, numbers() if numbers is not None else _own_numbers(*sides))
    rows_l, rows_r = candidate_pairs(held.left, held.right, held.quoted, held.words, held.payers, held.readings)
    seen, lag_days = held.of(rows_l, rows_r), pair_lags(held.left, held.right, rows_l, rows_r)
    model = trained_model(held, rows_l, rows_r, seen, lag_days)
    weight = model.match_weight(seen, lag_days)
    min_bits = probability_weight(min_match_probability)
    weight += _silence_bits(model, weight, seen, min_bits)
    settled = np.flatnonzero(_is_settled_by_number(held, rows_l, rows_r, seen))
    weight[settled] = np.maximum(weight[settled], min_bits + _SETTLED_BITS)
    rivals = held.rival_bits(rows_r, seen)

    def chosen(worth: Floats) -> Links:
        return links(
            held.left, held.right, rows_l, rows_r, worth, seen.says_same, rivals, held.payers.right, min_bits=min_bits
        )

    found = chosen(weight)
    is_free = (found.pair_of < 0) & ~held.quoted.is_claimed_l
    back = credited(held.left, held.payers.left, is_free, sign=money_sign(held.left))
    is_back = back.rows(len(held.left))
    if (is_back & found.is_tied).any():
        # What was taken back contests nobody's counterpart.
        found = chosen(np.where(is_back[rows_l], weight - BARRED_BITS, weight))
    # Sums are looked for only among what one-to-one has left over, or linked over unlike amounts.
    is_sent_back = held.sent_back.rows(len(held.right))
    joined = groups(held.left, held.right, rows_l, rows_r, seen, found, is_back, is_sent_back, min_bits=min_bits)
    # A document that a group has taken in is told, however tied it was before.
    is_ambiguous = (found.is_tied | joined.is_tied) & (found.pair_of < 0) & ~is_back
    for one in joined.groups:
        is_ambiguous[list(one.rows_l)] = False
    paid_back = _paid_back(held, rows_l, rows_r, weight, seen, found.pair_of < 0)
    return DocumentMatching(
        held, rows_l, rows_r, found.weight, seen, lag_days, found, joined.groups, is_ambiguous, back, paid_back, model
    )


def _own_numbers(left: Documents, right: Documents) -> tuple[Mentions, Mentions]:
    return mentions(left.table).whole(), mentions(right.table).whole()


def _silence_bits(model: DocumentModel, weight: Floats, seen: PairEvidence, min_bits: float) -> Floats:
    """Return what it tells of pairs of unlike amounts that neither quotes the other's number, where counterparts do.

    How often those are silent is counted on pairs that party, amount and date make sure by themselves.
    """
    number = seen.levels[:, NUMBER]
    is_equal = np.isin(seen.levels[:, AMOUNT], (amounts.TAX, amounts.FEE, amounts.EQUAL))
    equal = np.flatnonzero(is_equal)
    is_sure = weight[equal] - model.facts[NUMBER].bits(number, seen.chance[NUMBER])[equal] >= min_bits
    sure, quoting = int(is_sure.sum()), int((is_sure & (number[equal] >= OTHERWISE)).sum())
    if sure < _MIN_SURE:
        return np.zeros(len(weight))
    silent = max((sure - quoting + 1) / (sure + 2), _LEAST_SILENT)
    is_unlike = np.isin(seen.levels[:, AMOUNT], (amounts.DIFFERENT, amounts.CLOSE, amounts.LESS))
    return np.where(is_unlike & (number == MISSING) & (silent <= _MOST_SILENT), np.log2(silent), 0.0)


def _is_settled_by_number(held: Evidence, rows_l: Ints, rows_r: Ints, seen: PairEvidence) -> Flags:
    """Return which pairs a number settles that leads nowhere else: another amount then is an error, not another document.

    Unless the target names somebody else, too: then it may be a number of the bank's that happens to be equal.
    """
    is_settled = held.quoted.are_unique(rows_l, rows_r) & (seen.levels[:, NUMBER] >= OTHERWISE) & ~seen.is_barred
    is_another = np.isin(seen.levels[:, PARTY], (OTHER_PARTY, UNKNOWN_PARTY)) | (seen.levels[:, PARTY_NAME] == ANOTHER_NAME)
    is_unlike = is_settled & np.isin(seen.levels[:, AMOUNT], (amounts.UNKNOWN, amounts.DIFFERENT))
    asked = np.flatnonzero(is_unlike & ~is_another)
    is_another[asked] = held.words.named_shares(rows_l[asked], rows_r[asked]) < _OTHERWISE_NAMED_SHARE
    return np.asarray(is_settled & ~(is_another & is_unlike), dtype=bool)


def _paid_back(  # noqa: PLR0917 - parallel columns
    held: Evidence, rows_l: Ints, rows_r: Ints, weight: Floats, seen: PairEvidence, is_free: Flags
) -> Ints:
    """Return for each payment that was sent back the free document that it was for, by what would have linked them."""
    result = np.full(len(held.sent_back), -1, dtype=np.int64)
    if not len(result):
        return result
    place = np.full(len(held.right), -1, dtype=np.int64)
    place[held.sent_back.first] = np.arange(len(result))
    able = np.flatnonzero((place[rows_r] >= 0) & is_free[rows_l] & (seen.levels[:, AMOUNT] == amounts.EQUAL))
    able = able[weight[able] + BARRED_BITS >= 0]
    order = able[np.argsort(weight[able], kind="stable")]
    result[place[rows_r[order]]] = rows_l[order]
    return result


def explained_documents(matching: DocumentMatching, key_l: str, key_r: str) -> Explanation:
    """Return why two documents are held to be one event, or not; the facts by weight, the strongest first.

    Parameters
    ----------
    matching
        As `matched_documents` returns it, with its model.
    key_l, key_r
        Record keys of a document of the source and of the target; they need not be candidates.

    Raises
    ------
    UnknownNameError
        There is no such document on that side.
    """
    row_l, row_r = (_row_of(side, key) for side, key in ((matching.left, key_l), (matching.right, key_r)))
    rows_l, rows_r = np.array([row_l]), np.array([row_r])
    seen, lag = matching.held.of(rows_l, rows_r), pair_lags(matching.left, matching.right, rows_l, rows_r)
    bits, weight = matching.model.fact_bits(seen)[0], float(matching.model.match_weight(seen, lag)[0])
    facts = [
        (fact.label, fact.levels[level - 1], float(worth))
        for fact, level, worth in zip(FACTS, seen.levels[0].tolist(), bits.tolist(), strict=True)
        if level != MISSING
    ]
    if not np.isnan(lag[0]):
        facts.append(("date", lag_words(float(lag[0])), float(matching.model.lags.bits(lag)[0])))
    facts.sort(key=lambda one: (-abs(one[2]), one[0]))
    labels, levels, worths = zip(*facts, strict=True) if facts else ((), (), ())
    decision, note = _decision(matching, row_l, row_r)
    return Explanation(
        key_l, key_r, decision, "model", float(1 / (1 + np.exp2(-weight))), weight,
        f"{note} {evidence_sentence(labels, levels, worths)}".strip(),
        tuple(ExplainedFact(label, level, worth, verdict(worth)) for label, level, worth in facts),
    )  # fmt: skip


def _row_of(side: Documents, key: str) -> int:
    known: Mapping[str | None, int] = {one: row for row, one in enumerate(side.texts("record_key"))}
    if key not in known:
        raise UnknownNameError("document", key, [one for one in known if one])
    return known[key]


def _decision(matching: DocumentMatching, row_l: int, row_r: int) -> tuple[str, str]:
    for one in matching.groups:
        if row_l in one.rows_l and row_r in one.rows_r:
            return "same", "Several documents together stand for one."
    if int(matching.links.right_of[row_l]) == row_r:
        return "same", ""
    if matching.is_ambiguous[row_l]:
        return "review", "Not linked: another document fits as well."
    if matching.links.is_repeated[row_r]:
        return "different", "A second entry of a document that has its counterpart."
    return "different", ""
