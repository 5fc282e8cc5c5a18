"""Laws of finding duplicates in files: order does not matter, and answers always hold."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.audit.dedupe.records_to_match import records_to_match
from toolkit.match.clustering.decisions import decided_pairs
from toolkit.match.dedupe import Deduplicated, matched_records
from toolkit.match.linkage.answered_pairs import AnsweredPatterns
from toolkit.match.review.answers import ANSWER, ANSWERS, checked_answers

NAMES = ("Acorn Books LLC", "Acorn Books", "Acorn Bookshop", "Bluebird Bakery", "Bluebird Bakers Inc", "Cedar Law", "Zorro")
PHONES = ("312 644 2671", "312-644-2671", "773 201 4410", None)
KEYS = st.sampled_from("abcdef")

ROWS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(PHONES)), min_size=3, max_size=9)
WORDS = st.lists(st.tuples(KEYS, KEYS, st.sampled_from(ANSWERS)).filter(lambda row: row[0] != row[1]), max_size=12)


def table(rows: list[tuple[str, str | None, int]]) -> pa.Table:
    """Return rows with their numbers as ids."""
    return pa.table(
        {
            "Id": [f"r{number}" for _, _, number in rows],
            "Company": [name for name, _, _ in rows],
            "Phone": pa.array([phone for _, phone, _ in rows], pa.string()),
        }
    )


def groups(found: Deduplicated) -> set[frozenset[str]]:
    """Return the sets of ids held to be one."""
    members: dict[str, set[str]] = {}
    for row in found.clusters.to_pylist():
        members.setdefault(row["cluster_id"], set()).add(row["record_id"])
    return {frozenset(one) for one in members.values()}


def answered(words: list[tuple[str, str, str]]) -> pa.Table:
    """Return answers by key."""
    return pa.Table.from_pylist([dict(zip(ANSWER.names, row, strict=True)) for row in words], schema=ANSWER)


@settings(max_examples=15, deadline=None)
@given(rows=ROWS, seed=st.integers(0, 100))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, str | None]], seed: int) -> None:
    """The same records in another order are the same parties."""
    numbered = [(*row, number) for number, row in enumerate(rows)]
    order = np.random.default_rng(seed).permutation(len(numbered))

    straight = matched_records(records_to_match({"a": table(numbered)}))
    shuffled = matched_records(records_to_match({"a": table([numbered[place] for place in order])}))

    assert groups(straight) == groups(shuffled)


@settings(max_examples=15, deadline=None)
@given(rows=ROWS, data=st.data())
def test_answers_hold_whatever_the_records_say(rows: list[tuple[str, str | None]], data: st.DataObject) -> None:
    """Same is one cluster, not_same is two."""
    numbered = [(*row, number) for number, row in enumerate(rows)]
    left, right = data.draw(st.sampled_from([(a, b) for a in range(len(rows)) for b in range(a)]))
    word = data.draw(st.sampled_from(["same", "not_same"]))
    answers = pa.table({"id_l": [f"r{left}"], "id_r": [f"r{right}"], "answer": [word]})

    found = matched_records(records_to_match({"a": table(numbered)}), answers=answers)

    is_one = any({f"r{left}", f"r{right}"} <= group for group in groups(found))
    assert is_one == (word == "same")


@given(words=WORDS)
def test_checked_answers_never_contradict_each_other(words: list[tuple[str, str, str]]) -> None:
    """What is left can be obeyed together, and each answer that is not obeyed has a problem that names it."""
    found = checked_answers(answered(words))

    decided = decided_pairs(found.decisions, frozenset("abcdef"))
    distinct = {(min(a, b), max(a, b)) for a, b, _ in words}
    assert decided.contradicted == ()
    assert bool(found.problems) == (found.count + found.unsure_count < len(distinct))


@given(words=WORDS, seed=st.integers(0, 100))
def test_the_order_of_answers_changes_nothing(words: list[tuple[str, str, str]], seed: int) -> None:
    """The file may be sorted in any way."""
    order = np.random.default_rng(seed).permutation(len(words))

    assert checked_answers(answered(words)) == checked_answers(answered([words[place] for place in order]))


@given(
    posterior=st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
    answers=st.integers(0, 30),
    share=st.floats(0, 1),
    pairs=st.integers(1, 1_000_000),
)
def test_answers_leave_probabilities(posterior: list[float], answers: int, share: float, pairs: int) -> None:
    """They stay shares of one, and never move away from what was answered."""
    before = np.array([posterior]) / sum(posterior)
    same = round(answers * share)
    total = float(max(pairs, answers))

    after = AnsweredPatterns(np.array([total]), np.array([float(answers)]), np.array([float(same)])).posterior(before)

    assert abs(after.sum() - 1) < 1e-9
    assert (after >= -1e-12).all()
    if answers:
        low, high = sorted((float(before[0, 0]), same / answers))
        assert low - 1e-9 <= after[0, 0] <= high + 1e-9
