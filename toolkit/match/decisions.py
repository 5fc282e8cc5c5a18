"""What a person decided: the latest word on each pair counts, and no chain of others overrules it."""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of record keys held the same or kept apart; ``contradicted`` ones would join what is kept apart."""

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    contradicted: tuple[tuple[str, str], ...] = ()


def decided_pairs(decisions: pa.Table | None, known: frozenset[str]) -> Decided:
    """Return the decisions in force among the ``known`` record keys.

    Parameters
    ----------
    decisions
        Table ``tables.DECISION``; ``open`` takes an earlier decision back.
    known
        Record keys of this run; decisions about others wait for their records.
    """
    if decisions is None:
        return Decided()
    latest: dict[tuple[str, str], tuple[int, str]] = {}
    for row in sorted(decisions.to_pylist(), key=lambda row: int(row["sequence"])):
        pair = tuple(sorted((row["key_l"], row["key_r"])))
        latest[pair[0], pair[1]] = (row["sequence"], row["decision"])
    in_force = {pair: word for pair, word in latest.items() if pair[0] != pair[1] and known.issuperset(pair)}
    apart = sorted(pair for pair, (_, word) in in_force.items() if word == "not_same")
    # The newest first: where "same" along a chain would join what is kept apart, the older link gives way.
    wanted = sorted(((number, pair) for pair, (number, word) in in_force.items() if word == "same"), reverse=True)
    return _consistent([pair for _, pair in wanted], apart)


def _consistent(wanted: list[tuple[str, str]], apart: list[tuple[str, str]]) -> Decided:
    group: dict[str, frozenset[str]] = {}
    enemies: dict[str, set[str]] = {}
    for left, right in apart:
        enemies.setdefault(left, set()).add(right)
        enemies.setdefault(right, set()).add(left)
    same, contradicted = [], []
    for left, right in wanted:
        members_l = group.get(left, frozenset((left,)))
        members_r = group.get(right, frozenset((right,)))
        if any(not members_r.isdisjoint(enemies.get(member, ())) for member in members_l):
            contradicted.append((left, right))
            continue
        same.append((left, right))
        joined = members_l | members_r
        group.update(dict.fromkeys(joined, joined))
    return Decided(tuple(sorted(same)), tuple(apart), tuple(sorted(contradicted)))
