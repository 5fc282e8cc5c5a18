"""What a person's answers teach the model: they fix the share of matches among the pairs graded alike.

An answered pair is an example of all pairs with its pattern of levels. So the share of matches that the model expects of a
pattern is drawn to the share among its answers, the model's own opinion counting as ``_OPINION`` answers, and each answer
moving at most ``_MAX_MOVED`` pairs: what is asked is the unusual, and thirty answers must not overrule a hundred thousand
pairs.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints, Levels
from toolkit.match.linkage.levels import pair_levels
from toolkit.match.linkage.weights import GROUP_OF, MATCH, UNRELATED
from toolkit.match.records.profiles import Profiles
from toolkit.tables import DECISION

_OPINION = 2.0
_MAX_MOVED = 20.0


@dataclass(frozen=True, slots=True)
class AnsweredPairs:
    """Pairs that a person answered: their levels, the part of the model that each belongs to, and whether it is the same."""

    levels: Levels
    parts: Ints
    is_same: npt.NDArray[np.bool_]


def answered_pairs(profiles: Profiles, answered: pa.Table | None) -> AnsweredPairs:
    """Return the answered pairs of known records.

    Parameters
    ----------
    profiles
        The distinct records.
    answered
        ``key_l, key_r, decision``; only ``same`` and ``not_same`` count.
    """
    rows = DECISION.empty() if answered is None else answered
    known = profiles.record_keys if rows.num_rows else pa.array([], pa.string())
    places = [pc.index_in(rows[name], value_set=known) for name in ("key_l", "key_r")]
    says = pc.is_in(rows["decision"], value_set=pa.array(["same", "not_same"]))
    keeps = pc.and_(says, pc.and_(pc.is_valid(places[0]), pc.is_valid(places[1])))
    left, right = (profiles.profile_of[pc.filter(place, keeps).to_numpy()].astype(np.int64) for place in places)
    is_same = pc.equal(pc.filter(rows["decision"], keeps), "same").to_numpy()
    low, high = np.minimum(left, right), np.maximum(left, right)
    return AnsweredPairs(pair_levels(profiles, low, high), profiles.parts(low, high), np.asarray(is_same, dtype=np.bool_))


@dataclass(frozen=True, slots=True)
class AnsweredPatterns:
    """Of each pattern of levels: its pairs, how many of them were answered, and how many of those with same."""

    pairs: Floats
    answers: Floats
    same: Floats

    def posterior(self, posterior: Floats) -> Floats:
        """Return the probability of each class per pattern, drawn to the answers.

        Examples
        --------
        >>> answered = AnsweredPatterns(np.array([10.0, 10.0]), np.array([2.0, 0.0]), np.array([2.0, 0.0]))
        >>> answered.posterior(np.array([[0.5, 0.1, 0.1, 0.3], [0.5, 0.1, 0.1, 0.3]]))[:, 0].tolist()
        [0.75, 0.5]
        """
        asked = np.flatnonzero(self.answers)
        if not len(asked):
            return posterior
        kinds = np.flatnonzero(GROUP_OF[: posterior.shape[1]] == MATCH)
        own, answers = posterior[asked][:, kinds].sum(axis=1), self.answers[asked]
        drawn = (_OPINION * own + self.same[asked]) / (_OPINION + answers)
        most = _MAX_MOVED * answers / np.maximum(self.pairs[asked], 1.0)
        match = own + np.clip(drawn - own, -most, most)
        result = posterior.copy()
        # All classes share what is left to them as before.
        scale = np.tile(((1 - match) / np.maximum(1 - own, 1e-300))[:, None], (1, posterior.shape[1]))
        scale[:, kinds] = (match / np.maximum(own, 1e-300))[:, None]
        result[asked] *= scale
        # A pattern that was certain of a match, or of none, has nothing to scale.
        result[asked, MATCH] += np.maximum(match - result[asked][:, kinds].sum(axis=1), 0.0)
        result[asked, UNRELATED] += 1 - result[asked].sum(axis=1)
        return result


def answered_patterns(patterns: Levels, pairs: Floats, known: AnsweredPairs, part: int) -> AnsweredPatterns:
    """Return what was answered of each of the distinct ``patterns`` of one part, given how many ``pairs`` each has.

    The levels of every answered pair of the part are among the patterns.

    Parameters
    ----------
    patterns, pairs
        Distinct rows of levels, and how many pairs have each.
    known
        The answered pairs.
    part
        Part of the model, by its position.
    """
    is_own = known.parts == part
    number = {row.tobytes(): position for position, row in enumerate(patterns)}
    places = np.array([number[row.tobytes()] for row in known.levels[is_own]], dtype=np.int64)
    count = len(patterns)
    return AnsweredPatterns(
        pairs,
        np.bincount(places, minlength=count).astype(np.float64),
        np.bincount(places, weights=known.is_same[is_own].astype(np.float64), minlength=count).astype(np.float64),
    )
