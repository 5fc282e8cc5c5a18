"""Fits how sure a reading is: ``python -m benchmarks.interpret.calibrate LABELS [LABELS ...]``.

Each family of tables is judged by coefficients fitted to the others. Prints, for columns and for entities, the coefficients
for ``toolkit/interpret/certainty.py``, how often readings of each probability were right, and from which probability on
readings may be stated as sure.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.optimize import minimize

from benchmarks.interpret.invented import Table, labelled_tables, listed, rows
from benchmarks.interpret.score import is_right
from toolkit.interpret.assignment import assigned
from toolkit.interpret.certainty import ENTITY_FEATURES, FEATURES, column_features, entity_features
from toolkit.interpret.column_scores import table_evidence
from toolkit.interpret.entity_choice import candidates
from toolkit.interpret.header_words import header_words
from toolkit.interpret.observed import observed

RIGHT_OF_SURE = 0.985
RIDGE = 0.5
Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Readings with their features, whether each is right, its family, and whether its column tells something."""

    features: Array
    is_right: Array
    families: tuple[str, ...]
    is_telling: Array


def judged(tables: Sequence[Table]) -> tuple[Judged, Judged]:
    """Return every column's reading and every table's entity."""
    of_columns: list[tuple[tuple[float, ...], bool, str, bool]] = []
    of_tables: list[tuple[tuple[float, ...], bool, str, bool]] = []
    for table in tables:
        names = [column["header"] for column in table["columns"]]
        cells = list(zip(*rows(table), strict=True))
        columns = [pa.chunked_array([[value or None for value in column]], pa.string()) for column in cells]
        evidence = table_evidence(header_words(names), [observed(column) for column in columns])
        ranked = candidates(evidence)
        best = ranked[0]
        fitting = assigned(evidence.weights(best.kind))
        found = column_features(evidence, ranked, fitting)
        of_tables.append((entity_features(ranked), best.kind.entity in listed(table["entity"]), table["family"], True))
        for place, column in enumerate(table["columns"]):
            meaning = fitting.meanings[place]
            telling = "none" not in listed(column["meaning"])
            of_columns.append((tuple(found[place]), is_right(column, meaning, table), table["family"], telling))
    return _judged(of_columns), _judged(of_tables)


def _judged(found: Sequence[tuple[tuple[float, ...], bool, str, bool]]) -> Judged:
    return Judged(
        np.array([one[0] for one in found]),
        np.array([float(one[1]) for one in found]),
        tuple(one[2] for one in found),
        np.array([float(one[3]) for one in found]),
    )


def fitted(values: Array, is_right: Array) -> Array:
    """Return the coefficients of a logistic regression with a ridge on all but the constant."""

    def loss(weights: Array) -> float:
        logits = values @ weights
        return float(np.logaddexp(0, -np.where(is_right == 1, logits, -logits)).sum() + RIDGE * (weights[1:] ** 2).sum())

    return minimize(loss, np.zeros(values.shape[1]), method="L-BFGS-B").x


def by_other_families(found: Judged) -> Array:
    """Return each reading's probability by coefficients fitted to the other families."""
    result = np.zeros(len(found.is_right))
    families = np.array(found.families)
    for family in sorted(set(found.families)):
        own = families == family
        weights = fitted(found.features[~own], found.is_right[~own])
        result[own] = 1 / (1 + np.exp(-found.features[own] @ weights))
    return result


def report(name: str, names: Sequence[str], found: Judged) -> None:
    """Print coefficients, reliability and the share that may be stated as sure."""
    shares = by_other_families(found)
    weights = fitted(found.features, found.is_right)
    print(f"{name}: {len(shares)} readings, {found.is_right.mean():.3f} right")
    print("  coefficients", ", ".join(f"{one} {weight:.3f}" for one, weight in zip(names, weights, strict=True)))
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)):
        own = (shares >= low) & (shares < high)
        if own.any():
            right = found.is_right[own].mean()
            print(f"  {low:.2f} to {min(high, 1):.2f}: n {own.sum():4d}, stated {shares[own].mean():.3f}, right {right:.3f}")
    telling = found.is_telling == 1
    for limit in np.arange(0.5, 1.0, 0.01):
        own = shares >= limit
        if own.any() and found.is_right[own].mean() >= RIGHT_OF_SURE:
            share = (own & telling).sum() / telling.sum()
            print(f"  sure from {limit:.2f}: right {found.is_right[own].mean():.4f}, of telling ones {share:.3f}")
            break


def main() -> None:
    """Read labels, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labels", type=Path, nargs="+")
    tables = [table for path in parser.parse_args().labels for table in labelled_tables(path)]
    columns, entities = judged(tables)
    report("columns", FEATURES, columns)
    report("entities", ENTITY_FEATURES, entities)


if __name__ == "__main__":
    main()
