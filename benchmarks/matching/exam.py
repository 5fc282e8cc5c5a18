"""An exam: records, what each column holds, and which records are truly one; scores of an answer to it.

Scores count pairs end to end: a pair that blocking never looked at is a miss. In a link only pairs across the two
sides count.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Exam:
    """One table with known truth.

    ``table`` has ``record_key``, ``side`` (l or r; all l when there is one side) and text columns; ``truth`` numbers
    the true thing of each row. ``roles`` says what a column holds, in the words the peers are set up by: name, given,
    family, company, email, phone, domain, street, number, city, region, postcode, date, id, title, people, venue,
    year, price. ``family`` is the shape of the data: party, site, person, paper, product. ``headers`` are what a client's
    file calls its columns, where that is not their name. Where its makers judged some pairs only, ``judged`` has the rows of
    both ends, and no other pair counts. A column ``part`` parts the records into tables that are matched one by one.
    """

    name: str
    family: str
    table: pa.Table
    truth: Ints
    roles: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)
    judged: tuple[Ints, Ints] | None = None

    @property
    def is_link(self) -> bool:
        return pc.count_distinct(self.table["side"]).as_py() > 1

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "exam.parquet"
        about = {"name": self.name, "family": self.family, "roles": self.roles, "is_link": self.is_link}
        table = self.table.append_column("truth", pa.array(self.truth))
        pq.write_table(table.replace_schema_metadata({"exam": json.dumps(about)}), path)
        return path


@dataclass(frozen=True, slots=True)
class Score:
    """How the pairs of an answer agree with the truth."""

    precision: float
    recall: float
    f1: float
    found_count: int
    true_count: int


def _score(right: int, found: int, true: int) -> Score:
    precision = right / found if found else 1.0
    recall = right / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, found, true)


def _pairs_within(codes: Ints, is_right: npt.NDArray[np.bool_], *, is_link: bool) -> int:
    """Return how many pairs share a code; in a link, of one record of each side."""
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(codes[order]) != 0]) if len(codes) else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[starts, len(codes)])
    if not is_link:
        return int((sizes * (sizes - 1) // 2).sum())
    right = np.add.reduceat(is_right[order].astype(np.int64), starts) if len(codes) else sizes
    return int((right * (sizes - right)).sum())


def true_pair_count(exam: Exam) -> int:
    if exam.judged is not None:
        return int(is_right_pair(exam, *exam.judged).sum())
    return _pairs_within(exam.truth, _is_right(exam), is_link=exam.is_link)


def cluster_score(exam: Exam, clusters: Ints) -> Score:
    """Return the score of all pairs that share a cluster; ``clusters`` has a number for every row."""
    if exam.judged is not None:
        left, right = exam.judged
        is_found = clusters[left] == clusters[right]
        return _score(int((is_found & is_right_pair(exam, left, right)).sum()), int(is_found.sum()), true_pair_count(exam))
    is_right, is_link = _is_right(exam), exam.is_link
    both = clusters * (int(exam.truth.max(initial=0)) + 1) + exam.truth
    found = _pairs_within(clusters, is_right, is_link=is_link)
    return _score(_pairs_within(both, is_right, is_link=is_link), found, true_pair_count(exam))


def pure_share(exam: Exam, clusters: Ints) -> float:
    """Return the share of clusters of several records that hold records of one thing only; NaN where few were judged."""
    if exam.judged is not None:
        return float("nan")
    order = np.argsort(clusters, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(clusters[order]) != 0])
    sizes = np.diff(np.r_[starts, len(clusters)])
    truth = exam.truth[order]
    is_pure = np.minimum.reduceat(truth, starts) == np.maximum.reduceat(truth, starts)
    return float(is_pure[sizes > 1].mean()) if (sizes > 1).any() else 1.0


def is_right_pair(exam: Exam, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    return exam.truth[left] == exam.truth[right]


def pair_score(exam: Exam, left: Ints, right: Ints) -> Score:
    """Return the score of pairs given by row numbers, each once in whatever order."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    codes = np.sort(low * len(exam.truth) + high)
    codes = codes[np.r_[True, np.diff(codes) != 0]] if len(codes) else codes
    low, high = codes // len(exam.truth), codes % len(exam.truth)
    counts = counted_pairs(exam, low, high)
    low, high = low[counts], high[counts]
    return _score(int(is_right_pair(exam, low, high).sum()), len(low), true_pair_count(exam))


def counted_pairs(exam: Exam, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Return which pairs of row numbers count: all, those across two sides, or those that were judged."""
    if exam.judged is not None:
        size = len(exam.truth)
        low, high = np.minimum(*exam.judged), np.maximum(*exam.judged)
        return np.isin(np.minimum(left, right) * size + np.maximum(left, right), low * size + high)
    if exam.is_link:
        is_right = _is_right(exam)
        return is_right[left] != is_right[right]
    return np.ones(len(left), dtype=bool)


def rows_of(exam: Exam, keys: pa.ChunkedArray) -> Ints:
    """Return the row number of each record key."""
    return pc.index_in(keys.cast(pa.string()), exam.table["record_key"].combine_chunks()).to_numpy().astype(np.int64)


def _is_right(exam: Exam) -> npt.NDArray[np.bool_]:
    return pc.equal(exam.table["side"], "r").to_numpy()
