"""The weights of the model: a ridge-penalised multinomial logit over levels, and how sure it may be, by held-out clients."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from toolkit.reconcile.arrivals.evidence import MEASURES, Evidence
from toolkit.reconcile.arrivals.model import HALF_WEIGHT_COUNT, KINDS, trust

_PENALTY = 1.0
_FOLDS = 5
WEIGHTS = Path(__file__).resolve().parents[2] / "toolkit" / "reconcile" / "arrivals" / "weights.json"


@dataclass(frozen=True, slots=True)
class Example:
    """One flow: its client, its true kind, and what was measured of it."""

    client: int
    kind: str
    evidence: list[Evidence]


def _places() -> dict[tuple[str, int], int]:
    named = [(one.name, level) for one in MEASURES for level in range(len(one.cuts) + 1)]
    return {name: place for place, name in enumerate(named)}


def _matrix(examples: list[Example]) -> np.ndarray:
    places = _places()
    found = np.zeros((len(examples), len(places)))
    for row, example in enumerate(examples):
        for one in example.evidence:
            found[row, places[one.name, one.level]] = trust(one.n)
    return found


def _fitted(x: np.ndarray, y: np.ndarray, penalty: float) -> np.ndarray:
    truth = np.eye(len(KINDS))[y]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(x.shape[1], len(KINDS))
        odds = x @ weights
        odds -= odds.max(axis=1, keepdims=True)
        log_p = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
        slope = x.T @ (np.exp(log_p) - truth) + penalty * weights
        return float(-(log_p * truth).sum() + penalty / 2 * (weights**2).sum()), slope.ravel()

    start = np.zeros(x.shape[1] * len(KINDS))
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x.reshape(x.shape[1], len(KINDS)))


def _softmax(odds: np.ndarray) -> np.ndarray:
    parts = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def fitted_weights(examples: list[Example], *, seed: int, command: str) -> dict[str, Any]:
    """Return the content of ``weights.json``.

    Parameters
    ----------
    examples
        Flows of the first generator.
    seed, command
        Where they came from.
    """
    x, y = _matrix(examples), np.array([KINDS.index(one.kind) for one in examples])
    folds = np.array([one.client % _FOLDS for one in examples])
    held = np.zeros((len(examples), len(KINDS)))
    for fold in range(_FOLDS):
        weights = _fitted(x[folds != fold], y[folds != fold], _PENALTY)
        held[folds == fold] = x[folds == fold] @ weights
    cooling = min(np.arange(0.8, 2.01, 0.05), key=lambda one: _log_loss(held / one, y))
    found, places = _fitted(x, y, _PENALTY), _places()
    right = float((held.argmax(axis=1) == y).mean())
    return {
        "provenance": {
            "made_by": command, "generator": "first", "seed": seed, "flows": len(examples),
            "clients": len({one.client for one in examples}), "penalty": _PENALTY, "half_weight_count": HALF_WEIGHT_COUNT,
            "held_out_right_share": round(right, 4), "held_out_log_loss": round(_log_loss(held / cooling, y), 4),
        },
        "kinds": list(KINDS),
        "evenly": 0.02,
        # Other clients work in other ways than invented ones: what held-out clients ask for, and a quarter more.
        "cooling": round(float(max(cooling, 1.0)) * 1.25, 3),
        "weights": {
            one.name: [[round(float(w), 3) for w in found[places[one.name, level]]] for level in range(len(one.cuts) + 1)]
            for one in MEASURES
        },
    }  # fmt: skip


def _log_loss(odds: np.ndarray, y: np.ndarray) -> float:
    return float(-np.log(_softmax(odds)[np.arange(len(y)), y]).mean())


def write_weights(content: dict[str, Any], path: Path = WEIGHTS) -> None:
    """Write the weights, a level a line."""
    lines = ["{"]
    lines += [f' "{name}": {json.dumps(content[name])},' for name in ("provenance", "kinds", "evenly", "cooling")]
    lines.append(' "weights": {')
    measures = list(content["weights"].items())
    for place, (name, levels) in enumerate(measures):
        end = "," if place < len(measures) - 1 else ""
        rows = ",\n   ".join(json.dumps(one) for one in levels)
        lines.append(f'  "{name}": [\n   {rows}\n  ]{end}')
    path.write_text("\n".join([*lines, " }", "}"]) + "\n", encoding="utf-8")
