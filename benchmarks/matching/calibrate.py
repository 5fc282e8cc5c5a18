"""Whether stated probabilities hold, and what a map of them would mend: ``python -m benchmarks.matching.calibrate``.

Every exam that may be tuned on, and the stand-ins of other worlds beside them, are answered by the ``dedupe`` command. Of
each the expected calibration error is printed as stated, and as it would be after a map of two numbers (so many bits more,
and each bit worth so much) that is fitted to all other families of exams, each family counting as much as the next: a map
pays where it mends families that it has not seen. The last line is the map of all.
"""

import argparse
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
from scipy.optimize import minimize

from benchmarks.matching.commanded import commanded
from benchmarks.matching.crm.exam import EXPORTS, crm
from benchmarks.matching.exam import Exam, counted_pairs, is_right_pair, rows_of
from benchmarks.matching.generated.parties import CACHE, party_exam
from benchmarks.matching.report import Answered, calibration_error
from benchmarks.matching.run import TUNING_SEEDS, exams
from benchmarks.matching.standins.accounts import accounts
from benchmarks.matching.standins.ledgers import ledgers
from benchmarks.matching.standins.registrations import registrations

_SMALL = 1_000
_STANDINS = (accounts, registrations, ledgers)
_MOST_BITS = 6.0
_RIDGE = 4.0
_MOST_OF_A_FAMILY = 400
_FEW = 18
"""Pairs in the bins of an exam from which on its error says anything."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Pairs that an answer lists: their weights in bits, and which are right; and the family of the exam."""

    name: str
    family: str
    f1: float
    weight: npt.NDArray[np.float64]
    is_right: npt.NDArray[np.bool_]

    @property
    def unsure(self) -> int:
        return int((np.abs(self.weight) <= math.log2(19)).sum())

    def error(self, shift: float = 0.0, slope: float = 1.0) -> float:
        """Return the expected calibration error of pairs with .05 to .95 once a map is applied."""
        probability = 1 / (1 + np.exp2(-mapped(self.weight, shift, slope)))
        inside = (probability >= 0.05) & (probability <= 0.95)
        return calibration_error(probability[inside], self.is_right[inside])


def mapped(weight: npt.NDArray[np.float64], shift: float, slope: float) -> npt.NDArray[np.float64]:
    """Return weights moved by ``shift`` bits, each bit near nought worth ``slope``; their order stays.

    Examples
    --------
    >>> mapped(np.array([-20.0, 0.0, 5.0]), 0.5, 0.8).tolist()
    [-18.3, 0.5, 4.5]
    """
    return weight + shift + (slope - 1) * np.clip(weight, -_MOST_BITS, _MOST_BITS)


def tuning_exams() -> Iterator[Exam]:
    """Yield what a map may be fitted to, large and small."""
    yield from exams([10_000], TUNING_SEEDS, CACHE)
    for seed in TUNING_SEEDS:
        yield party_exam(_SMALL, seed)
        yield from (crm(_SMALL, seed, export) for export in EXPORTS)
        yield from (make(count, seed) for make in _STANDINS for count in (8_000, _SMALL))


def stated(one: Answered) -> Stated:
    pairs, exam = pq.read_table(one.folder / "pairs.parquet"), one.exam
    left, right = rows_of(exam, pairs["key_l"]), rows_of(exam, pairs["key_r"])
    counts = counted_pairs(exam, left, right)
    probability = np.clip(pairs["probability"].to_numpy()[counts], 1e-6, 1 - 1e-6)
    weight = np.log2(probability / (1 - probability))
    family = re.findall(r"[a-z_]+", exam.name.lower())[0]
    return Stated(exam.name, family, one.pairs.f1, weight, is_right_pair(exam, left[counts], right[counts]))


def fitted(known: list[Stated]) -> tuple[float, float]:
    """Return the shift and slope that explain best which pairs are right; nought and one where nothing is known."""
    if not known:
        return 0.0, 1.0
    of_family = {name: sum(one.unsure for one in known if one.family == name) for name in {one.family for one in known}}
    weight, is_right = (np.concatenate([getattr(one, name) for one in known]) for name in ("weight", "is_right"))
    counts = np.concatenate(
        [np.full(len(one.weight), min(1.0, _MOST_OF_A_FAMILY / max(of_family[one.family], 1))) for one in known]
    )
    counts[np.abs(weight) > _MOST_BITS] = 0.0

    def loss(numbers: npt.NDArray[np.float64]) -> float:
        odds = mapped(weight, *numbers) * math.log(2)
        missed = counts * (np.logaddexp(0, odds) - is_right * odds)
        return float(missed.sum() + _RIDGE * (numbers[0] ** 2 + (numbers[1] - 1) ** 2))

    shift, slope = minimize(loss, np.array([0.0, 1.0]), method="L-BFGS-B").x.tolist()
    return shift, slope


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], help="only exams whose name contains this; may be repeated")
    asked = parser.parse_args()
    found: list[Stated] = []
    for exam in tuning_exams():
        if asked.only and not any(part in exam.name for part in asked.only):
            continue
        answer = commanded(exam)
        if answer.failure:
            print(answer.row(), flush=True)
            continue
        found.append(stated(answer))
        one = found[-1]
        print(f"{one.name:36} F1 {one.f1:.4f}  {one.unsure:6} unsure pairs  ECE {one.error():.3f}", flush=True)
    print("\nEach family by the map of the others")
    errors: dict[str, list[tuple[float, float]]] = {}
    for family in sorted({one.family for one in found}):
        numbers = fitted([one for one in found if one.family != family])
        own = [(one.error(), one.error(*numbers)) for one in found if one.family == family and one.unsure >= _FEW]
        if own:
            errors[family] = own
            before, after = np.mean(own, axis=0).tolist()
            print(f"{family:20} shift {numbers[0]:+.2f} slope {numbers[1]:.2f}  ECE {before:.3f} -> {after:.3f}")
    if errors:
        before, after = np.mean([np.mean(own, axis=0) for own in errors.values()], axis=0).tolist()
        shift, slope = fitted(found)
        print(f"{'all families':20} shift {shift:+.2f} slope {slope:.2f}  ECE {before:.3f} -> {after:.3f}")


if __name__ == "__main__":
    main()
