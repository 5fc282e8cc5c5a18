"""The truth tables of the sample clients, and what an audit is held against."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

Pairs = set[tuple[str, str]]


def rows(path: Path) -> list[dict[str, str]]:
    """Return a truth table's rows."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def key(row: Mapping[str, str], side: str = "") -> str | None:
    """Return the record key that a row names, or nothing where that side is empty."""
    record_id = row[f"record_id{side}"]
    return f"{row[f'system{side}']}/{row[f'stream{side}']}/{record_id}" if record_id else None


def pairs(groups: Mapping[str, str], keys: Iterable[str]) -> Pairs:
    """Return all pairs of ``keys`` that are in one group."""
    members: dict[str, list[str]] = defaultdict(list)
    for one in sorted(keys):
        members[groups[one]].append(one)
    return {pair for group in members.values() for pair in combinations(group, 2)}


@dataclass(frozen=True)
class Score:
    """Pairwise precision, recall and F1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def score(found: Pairs, true: Pairs) -> Score:
    """Return how well the pairs found fit the true ones."""
    right = len(found & true)
    return Score(right / len(found), right / len(true))


def is_within(pair: tuple[str, str]) -> bool:
    """Whether both records are of one system."""
    return pair[0].split("/")[0] == pair[1].split("/")[0]
