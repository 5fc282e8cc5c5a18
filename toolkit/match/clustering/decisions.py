"""What a person decided: the latest word on each pair counts, and no chain of others overrules it.

A decision is about two records (same, not_same), or about a record and a cluster that it must not be in (exclude). What
names a record or cluster that is not there at present waits for it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from toolkit.tables import DECISION, decision_keys, is_record_key


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of record keys held the same or kept apart; ``contradicted`` ones would join what is kept apart."""

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    contradicted: tuple[tuple[str, str], ...] = ()

    @property
    def record_keys(self) -> list[str]:
        """Keys of the records that any of the decisions is about, in order."""
        return sorted({key for pair in (*self.same, *self.apart, *self.contradicted) for key in pair})


NOTHING_DECIDED = Decided()


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
    in_force = {
        pair: (int(row["sequence"]), row["decision"])
        for pair, row in _latest(decisions).items()
        if pair[0] != pair[1] and known.issuperset(pair)
    }
    apart = sorted(pair for pair, (_, word) in in_force.items() if word == "not_same")
    # The newest first: where "same" along a chain would join what is kept apart, the older link gives way.
    wanted = sorted(((number, pair) for pair, (number, word) in in_force.items() if word == "same"), reverse=True)
    return _consistent([pair for _, pair in wanted], apart)


def waiting_decisions(decisions: pa.Table, *, record_keys: frozenset[str], cluster_ids: frozenset[str]) -> pa.Table:
    """Return the decisions in force that name a record or a cluster which is not there at present (table DECISION).

    Parameters
    ----------
    decisions
        Table ``tables.DECISION``.
    record_keys, cluster_ids
        Those that are there.
    """
    known = record_keys | cluster_ids
    rows = [row for pair, row in _latest(decisions).items() if row["decision"] != "open" and not known.issuperset(pair)]
    return DECISION.from_rows(sorted(rows, key=lambda row: int(row["sequence"])))


def exclusions(decisions: pa.Table) -> list[tuple[str, str]]:
    """Return the exclusions in force: a record and the id of the cluster that it must not be in, in order of keys."""
    return sorted(pair for pair, row in _latest(decisions).items() if row["decision"] == "exclude")


def pairwise_decisions(decisions: pa.Table, members: Callable[[str], Iterable[str]]) -> pa.Table:
    """Return the decisions with each exclusion as a ``not_same`` for every record of the cluster (table DECISION).

    A later word on one of these pairs still counts for that pair.

    Parameters
    ----------
    decisions
        Table ``tables.DECISION``.
    members
        The records of a cluster by its id, whoever is in it at the time.
    """
    in_force = _latest(decisions)
    rows: list[dict[str, Any]] = []
    for row in sorted(decisions.to_pylist(), key=lambda row: int(row["sequence"])):
        record, other = decision_keys(row["key_l"], row["key_r"])
        if is_record_key(other):
            rows.append(row)
        elif row["decision"] == "exclude" and in_force[record, other]["sequence"] == row["sequence"]:
            rows += [
                {**row, "key_l": min(record, key), "key_r": max(record, key), "decision": "not_same"}
                for key in sorted(set(members(other)) - {record})
            ]
    return DECISION.from_rows({**row, "sequence": number} for number, row in enumerate(rows, start=1))


def _latest(decisions: pa.Table) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the latest decision about each two keys."""
    rows = sorted(decisions.to_pylist(), key=lambda row: int(row["sequence"]))
    return {decision_keys(row["key_l"], row["key_r"]): row for row in rows}


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
