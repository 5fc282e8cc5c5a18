"""A person's answers to pairs of records: checked before they count, and asked for where they teach most."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats
from toolkit.match.parties import Matching
from toolkit.tables import DECISION
from toolkit.tables.pair_texts import pair_texts

ANSWERS = ("same", "not_same", "unsure")

ANSWER = pa.schema([("key_l", pa.string()), ("key_r", pa.string()), ("answer", pa.string())])
"""Answers by record key; the order of a pair does not matter."""

_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""Answers bear no time of their own, and what is computed here must not depend on the clock."""

_LEAST_UNSURE = 0.02
_MAX_CONSIDERED = 20_000

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CheckedAnswers:
    """Answers without a contradiction, as a table DECISION; ``problems`` names the others, a sentence each.

    ``count`` has the answers that say something, ``unsure_count`` those that leave a pair open.
    """

    decisions: pa.Table
    unsure_count: int
    problems: tuple[str, ...]

    @property
    def count(self) -> int:
        """Answers that are obeyed."""
        return int(self.decisions.num_rows)


def checked_answers(answers: pa.Table, *, named: Callable[[str], str] = repr) -> CheckedAnswers:
    """Return the answers that can be obeyed together, and what is wrong with the others.

    A pair that was answered in two ways counts for neither. Where A is the same as B, and B the same as C, but A is
    not the same as C, none of the answers along the chain counts, for nobody can tell which of them is wrong.

    Parameters
    ----------
    answers
        Columns of ``ANSWER``; more are ignored. Each key names a known record.
    named
        What a person calls the record of a key.

    Examples
    --------
    >>> chain = [("a", "b", "same"), ("b", "c", "same"), ("a", "c", "not_same"), ("d", "e", "same")]
    >>> found = checked_answers(pa.Table.from_pylist([dict(zip(ANSWER.names, row)) for row in chain], ANSWER))
    >>> found.count, found.problems
    (1, ("'a' and 'c' are answered not_same, but answers join them: 'a' = 'b' = 'c'. None of these answers was taken.",))
    """
    given: dict[Pair, set[str]] = defaultdict(set)
    for key_l, key_r, answer in zip(*(answers[name].to_pylist() for name in ANSWER.names), strict=True):
        given[min(key_l, key_r), max(key_l, key_r)].add(answer)
    problems = [
        f"{named(low)} and {named(high)} are answered in different ways ({', '.join(sorted(words))}). None was taken."
        for (low, high), words in sorted(given.items())
        if len(words) > 1
    ]
    single = {pair: next(iter(words)) for pair, words in given.items() if len(words) == 1}
    kept, chains = _without_chains(single, named)
    rows = [
        {"sequence": number, "key_l": low, "key_r": high, "decision": answer, "decided_at": _UNDATED}
        for number, ((low, high), answer) in enumerate(sorted(kept.items()), start=1)
        if answer != "unsure"
    ]
    unsure = sum(answer == "unsure" for answer in kept.values())
    return CheckedAnswers(DECISION.from_rows(rows), unsure, (*problems, *chains))


def _without_chains(answers: Mapping[Pair, str], named: Callable[[str], str]) -> tuple[dict[Pair, str], list[str]]:
    kept, problems = dict(answers), []
    while True:
        neighbours: dict[str, set[str]] = defaultdict(set)
        for (low, high), answer in kept.items():
            if answer == "same":
                neighbours[low].add(high)
                neighbours[high].add(low)
        wrong: set[Pair] = set()
        for low, high in sorted(pair for pair, answer in kept.items() if answer == "not_same"):
            path = _shortest_path(neighbours, low, high)
            if path:
                chain = " = ".join(map(named, path))
                problems.append(
                    f"{named(low)} and {named(high)} are answered not_same, but answers join them: {chain}. "
                    "None of these answers was taken."
                )
                wrong |= {(low, high), *((min(a, b), max(a, b)) for a, b in pairwise(path))}
        if not wrong:
            return kept, problems
        kept = {pair: answer for pair, answer in kept.items() if pair not in wrong}


def _shortest_path(neighbours: Mapping[str, Iterable[str]], start: str, end: str) -> list[str]:
    """Return the keys from start to end, the first such path in alphabetical order; none where they are not joined."""
    came_from = {start: ""}
    waiting = deque([start])
    while waiting and end not in came_from:
        key = waiting.popleft()
        for other in sorted(neighbours.get(key, ())):
            if other not in came_from:
                came_from[other] = key
                waiting.append(other)
    path = [end] if end in came_from else []
    while path and path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]


def questions(matching: Matching, *, count: int = 30) -> pa.Table:
    """Return the pairs whose answers would teach most, the most instructive first.

    A pair is worth asking about where the model is unsure (entropy of its probability), and the more so the more pairs
    are graded like it. Each further question about one pattern of grades counts less than the one before, so that
    the questions spread over patterns, and a record is asked about once as long as others are left.

    Parameters
    ----------
    matching
        What was found; pairs that a person decided are not asked again.
    count
        Questions at most.

    Returns
    -------
    pyarrow.Table
        ``key_l, key_r, match_probability`` and ``alike_count``: unsure pairs with the same grades.

    References
    ----------
    Settles, Active Learning Literature Survey, University of Wisconsin-Madison TR 1648 (2010), sections 3.1 and 3.6
    (uncertainty sampling, weighted by density).
    """
    pairs = _unsure(matching.pairs)
    patterns = _patterns(pairs, matching.pair_levels)
    entropy = _entropy_bits(pairs["match_probability"].to_numpy())
    by_pattern: dict[str, list[int]] = defaultdict(list)
    for position in np.argsort(-entropy, kind="stable").tolist():
        by_pattern[patterns[position]].append(position)
    # A pattern of a thousand pairs teaches more than one of ten, but not a hundred times as much.
    worth = {pattern: float(np.log2(1 + entropy[own].sum())) for pattern, own in by_pattern.items()}
    asked_of: dict[str, int] = dict.fromkeys(by_pattern, 0)
    keys_l, keys_r = pairs["key_l"].to_pylist(), pairs["key_r"].to_pylist()
    asked: set[str] = set()
    chosen: list[tuple[int, int]] = []
    sizes = {pattern: len(own) for pattern, own in by_pattern.items()}
    while by_pattern and len(chosen) < count:
        # Successive quotients, as seats are shared out: no pattern takes all questions however many pairs it has.
        pattern = max(by_pattern, key=lambda one: (worth[one] / (asked_of[one] + 1), one))
        own = by_pattern[pattern]
        place = next((i for i, one in enumerate(own) if not {keys_l[one], keys_r[one]} & asked), 0)
        position = own.pop(place)
        asked |= {keys_l[position], keys_r[position]}
        asked_of[pattern] += 1
        chosen.append((position, sizes[pattern]))
        if not own:
            del by_pattern[pattern]
    taken = pairs.take(pa.array([position for position, _ in chosen], pa.int64()))
    return taken.select(["key_l", "key_r", "match_probability"]).append_column(
        "alike_count", pa.array([size for _, size in chosen], pa.int64())
    )


def _unsure(pairs: pa.Table) -> pa.Table:
    """Return the pairs that the model could be wrong about, the least sure first."""
    probability = pairs["match_probability"]
    is_open = pc.and_(
        pc.not_equal(pairs["decided_by"], "person"),
        pc.and_(pc.greater(probability, _LEAST_UNSURE), pc.less(probability, 1 - _LEAST_UNSURE)),
    )
    own = pairs.filter(is_open)
    distance = pc.abs(pc.subtract(own["match_probability"], 0.5))
    order = [("distance", "ascending"), ("key_l", "ascending"), ("key_r", "ascending")]
    return own.append_column("distance", distance).sort_by(order).slice(0, _MAX_CONSIDERED).combine_chunks()


def _patterns(pairs: pa.Table, pair_levels: pa.Table) -> list[str]:
    """Return the grades of each pair as one text."""
    wanted = pa.array(set(pairs["key_l"].to_pylist()), pa.string())
    own = pair_levels.filter(pc.is_in(pair_levels["key_l"], value_set=wanted))
    of_pair = pc.index_in(pair_texts(own), value_set=pair_texts(pairs))
    is_asked = of_pair.is_valid()
    row = np.asarray(of_pair.filter(is_asked), dtype=np.int64)
    grades = pc.binary_join_element_wise(own["comparison"], own["level"], ": ").filter(is_asked).combine_chunks()
    # The place of each grade among all in order: sorted once for each different one.
    encoded = grades.dictionary_encode()
    rank = np.argsort(np.asarray(pc.sort_indices(encoded.dictionary)))
    order = np.lexsort((rank[np.asarray(encoded.indices)], row))
    ends = np.cumsum(np.bincount(row, minlength=pairs.num_rows))
    lists = pa.ListArray.from_arrays(pa.array(np.append(0, ends), pa.int32()), grades.take(pa.array(order)))
    patterns: list[str] = pc.binary_join(lists, "; ").to_pylist()
    return patterns


def _entropy_bits(probability: Floats) -> Floats:
    inside = np.clip(probability, 1e-12, 1 - 1e-12)
    return np.asarray(-(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside)), dtype=np.float64)
