"""One answer to one exam, measured in a process of its own, as a row of the table of results."""

import json
import math
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.matching.exam import (
    Exam,
    Score,
    cluster_score,
    counted_pairs,
    is_right_pair,
    pair_score,
    pure_share,
    rows_of,
    true_pair_count,
)
from benchmarks.measured import measured

HEAD = (
    f"{'data':38} {'tool':14} {'precision':>9} {'recall':>7} {'F1':>7} {'cl. F1':>7} {'pure cl.':>8} {'ECE':>6} "
    f"{'found':>8} {'true':>8} {'CPU s':>8} {'wall s':>8} {'peak MB':>8} {'cand./rec':>9}"
)
WORK = Path(tempfile.gettempdir()) / "matching-exams"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: its scores and what it took; ``failure`` is the error of a tool that did not finish.

    ``pairs`` scores what the tool says of pairs at its default threshold, ``clusters`` all pairs inside its clusters,
    ``pure_share`` the clusters of several records that hold one thing only; ``calibration_error`` is that of pairs with a
    stated probability in [.05, .95], where the tool states them. What a tool does not tell is not a number (NaN).
    """

    exam: Exam
    tool: str
    pairs: Score
    clusters: Score
    pure_share: float
    cpu_s: float
    wall_s: float
    peak_mb: float
    candidates_per_record: float
    folder: Path
    spent: dict[str, float]
    failure: str = ""
    calibration_error: float = math.nan

    def row(self) -> str:
        if self.failure:
            return f"{self.exam.name:38} {self.tool:14} {self.failure}"
        score = self.pairs
        return (
            f"{self.exam.name:38} {self.tool:14} {score.precision:9.4f} {score.recall:7.4f} {score.f1:7.4f} "
            f"{self.clusters.f1:7.4f} {_shown(self.pure_share, 8, 4)} {_shown(self.calibration_error, 6, 3)} "
            f"{score.found_count:8} {score.true_count:8} {self.cpu_s:8.1f} {self.wall_s:8.1f} {self.peak_mb:8,.0f} "
            f"{_shown(self.candidates_per_record, 9, 1)}"
        )


def _shown(value: float, width: int, places: int) -> str:
    return f"{'-':>{width}}" if math.isnan(value) else f"{value:{width}.{places}f}"


def ours(exam: Exam) -> Answered:
    """Return our answer inside a process, without the command: of one file what its clusters say, of a link its pairs."""
    path, folder = exam_file(exam), answer_folder(exam, "ours")
    run = measured([sys.executable, "-m", "benchmarks.matching.ours", path, folder], folder=Path.cwd())
    if run.exit_code:
        return failed(exam, "ours", folder, run.output)
    pairs = pq.read_table(folder / "pairs.parquet")
    clusters = cluster_numbers(exam, pq.read_table(folder / "clusters.parquet"))
    merged = cluster_score(exam, clusters)
    if exam.is_link:
        same = pairs.filter(pc.equal(pairs["decision"], "same"))
        said = pair_score(exam, rows_of(exam, same["key_l"]), rows_of(exam, same["key_r"]))
    else:
        said = merged
    return answered(exam, "ours", said, merged, clusters, run.peak_mb, folder)


def answered(  # noqa: PLR0917 - what was measured, in the order of the class
    exam: Exam, tool: str, said: Score, merged: Score, clusters: npt.NDArray[np.int64], peak_mb: float, folder: Path
) -> Answered:
    spent = json.loads((folder / "spent.json").read_text(encoding="utf-8"))
    return Answered(
        exam=exam,
        tool=tool,
        pairs=said,
        clusters=merged,
        pure_share=pure_share(exam, clusters),
        cpu_s=spent["cpu_s"],
        wall_s=spent["wall_s"],
        peak_mb=peak_mb,
        candidates_per_record=spent["candidates_count"] / len(exam.truth),
        folder=folder,
        spent=spent,
    )


def failed(exam: Exam, tool: str, folder: Path, output: str) -> Answered:
    nothing = Score(0.0, 0.0, 0.0, 0, 0)
    said = output.strip().splitlines() or ["ended without a word"]
    last = next((line.strip() for line in reversed(said) if "Error" in line), said[-1])
    return Answered(exam, tool, nothing, nothing, 0.0, 0.0, 0.0, 0.0, 0.0, folder, {}, failure=last[:150])


def answered_row(exam: Exam, tool: str) -> str:
    """Return the row of our answer, or of a peer's."""
    from benchmarks.matching.peers.running import peer

    return (ours(exam) if tool == "ours" else peer(exam, tool)).row()


def exam_file(exam: Exam) -> Path:
    return exam.write(answer_folder(exam, "exam"))


def answer_folder(exam: Exam, tool: str, work: Path = WORK) -> Path:
    return work / exam.name.replace(" ", "-").replace(",", "") / tool


def cluster_numbers(exam: Exam, table: pa.Table) -> npt.NDArray[np.int64]:
    """Return a number for the cluster of every row, from the columns ``key`` and ``cluster`` of an answer."""
    # Whoever stands in no cluster is alone.
    numbers = -1 - np.arange(len(exam.truth), dtype=np.int64)
    codes = table["cluster"].combine_chunks().dictionary_encode().indices.to_numpy()
    numbers[rows_of(exam, table["key"])] = codes
    return np.unique(numbers, return_inverse=True)[1].astype(np.int64) if (numbers < 0).any() else numbers


def calibration(answers: list[Answered]) -> str:
    """Return ten equal-count bins of the pairs given p in [.05, .95]: how many, mean p, share right, error."""
    stated = [stated_pairs(one) for one in answers]
    probability, is_right = (np.concatenate(parts) for parts in zip(*stated, strict=True))
    lines = [f"{'bin':>4} {'n':>8} {'mean p':>8} {'right':>8} {'error':>8}"]
    lines += [
        f"{number:4} {count:8} {mean:8.3f} {share:8.3f} {mean - share:+8.3f}"
        for number, (count, mean, share) in enumerate(_bins(probability, is_right), 1)
    ]
    lines.append(
        f"{'all':>4} {len(probability):8} expected calibration error {calibration_error(probability, is_right):.3f}"
    )
    return "\n".join(lines)


def calibration_error(probability: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_]) -> float:
    """Return the expected calibration error over ten bins of one size; NaN where there is no pair."""
    bins = _bins(probability, is_right)
    total = sum(count for count, _, _ in bins)
    return sum(count * abs(mean - share) for count, mean, share in bins) / total if total else math.nan


def precision_at(
    probability: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_], true_count: int, recall: float
) -> tuple[float, float]:
    """Return the precision at the highest threshold that finds so many of the true pairs, and that threshold; NaN for none.

    Pairs of one probability stand or fall together.
    """
    order = np.argsort(-probability, kind="stable")
    right = np.cumsum(is_right[order])
    is_last = np.append(np.diff(probability[order]) != 0, np.ones(min(len(order), 1), dtype=bool))
    enough = np.flatnonzero(is_last & (right >= recall * true_count))
    if not len(enough):
        return math.nan, math.nan
    place = int(enough[0])
    return float(right[place] / (place + 1)), float(probability[order[place]])


def shown_precision(one: Answered, recall: float) -> str:
    """Return the precision at a recall, by the probabilities that an answer states of all pairs of its tables together."""
    probability, is_right = stated_pairs(one, least=0.0, most=1.0)
    precision, threshold = precision_at(probability, is_right, true_pair_count(one.exam), recall)
    return f"{one.tool:14} P at R {recall:.2f}: {precision:.4f}, from p {threshold:.3f} on"


def stated_pairs(
    one: Answered, *, least: float = 0.05, most: float = 0.95
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the probabilities from least to most that an answer states of pairs that count, and which pairs are right."""
    pairs, exam = pq.read_table(one.folder / "pairs.parquet"), one.exam
    left, right = rows_of(exam, pairs["key_l"]), rows_of(exam, pairs["key_r"])
    probability = pairs["probability"].to_numpy()
    inside = (probability >= least) & (probability <= most) & counted_pairs(exam, left, right)
    return probability[inside], is_right_pair(exam, left[inside], right[inside])


def _bins(probability: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_]) -> list[tuple[int, float, float]]:
    """Return of ten bins of one size by probability how many pairs, their mean probability and the share that is right."""
    parts = np.array_split(np.argsort(probability, kind="stable"), 10)
    return [(len(rows), float(probability[rows].mean()), float(is_right[rows].mean())) for rows in parts if len(rows)]
