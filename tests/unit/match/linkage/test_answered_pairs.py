"""What answers teach the model: enough to move it, not enough to break it."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.linkage.answered_pairs import AnsweredPairs, AnsweredPatterns, answered_pairs, answered_patterns
from toolkit.match.records.profiles import profiles_of


def patterns(pairs: float, answers: float, same: float) -> AnsweredPatterns:
    """Return one pattern of levels."""
    return AnsweredPatterns(np.array([pairs]), np.array([answers]), np.array([same]))


def match_share(answered: AnsweredPatterns, before: float) -> float:
    """Return the probability of a match that the answers leave, given the one before."""
    posterior = np.array([[before, (1 - before) / 2, 0.0, (1 - before) / 2]])
    after = answered.posterior(posterior)
    assert after.sum() == pytest.approx(1.0)
    return float(after[0, 0])


def test_answers_draw_a_pattern_to_their_share() -> None:
    """Six times not the same outweighs the model's one half."""
    assert match_share(patterns(6, 6, 0), 0.5) == pytest.approx(0.125)
    assert match_share(patterns(6, 6, 6), 0.5) == pytest.approx(0.875)


def test_an_answer_moves_twenty_pairs_at_most() -> None:
    """One odd answer does not overrule a pattern of a hundred thousand pairs."""
    assert match_share(patterns(100_000, 1, 0), 0.9) == pytest.approx(0.9 - 20 / 100_000)


def test_a_certain_pattern_can_be_taken_from_a_match() -> None:
    """The share that is taken away goes to the unrelated."""
    assert match_share(patterns(2, 2, 0), 1.0) == pytest.approx(0.5)


def test_patterns_without_answers_stay() -> None:
    """Nothing is learned where nothing was asked."""
    assert match_share(patterns(10, 0, 0), 0.3) == pytest.approx(0.3)


def test_answers_are_counted_by_pattern() -> None:
    """Each answered pair is an example of all pairs with its levels; those of another part do not count."""
    levels = np.array([[1, 2], [1, 2], [3, 0], [2, 2]], dtype=np.uint8)
    known = AnsweredPairs(levels, np.array([0, 0, 0, 1]), np.array([True, False, True, True]))

    found = answered_patterns(np.array([[1, 2], [2, 2], [3, 0]], dtype=np.uint8), np.ones(3), known, 0)

    assert found.answers.tolist() == [2.0, 0.0, 1.0]
    assert found.same.tolist() == [1.0, 0.0, 1.0]


def test_an_answer_counts_when_both_records_are_known() -> None:
    """What names somebody who is not there, on either side, or leaves the pair open, teaches nothing."""
    table = pa.table({"record_key": ["crm/c/1", "crm/c/2"], "system": ["crm"] * 2, "name": ["Acme Ltd", "Acme Foods"]})
    own = profiles_of(table, {"name": "company"})
    told = [("crm/c/1", "crm/c/2", "same"), ("crm/c/1", "crm/c/9", "same"), ("crm/c/9", "crm/c/2", "same"),
            ("crm/c/2", "crm/c/1", "not_same"), ("crm/c/1", "crm/c/2", "open")]  # fmt: skip
    answers = pa.table(dict(zip(("key_l", "key_r", "decision"), zip(*told, strict=True), strict=True)))

    found = answered_pairs(own, answers)

    assert found.is_same.tolist() == [True, False]
    assert found.parts.tolist() == [0, 0]
    assert len(answered_pairs(own, None).levels) == 0
