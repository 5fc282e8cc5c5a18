"""A matching model as it is saved: with the comparisons it weighs and what it was fitted on.

A model says how much a grade weighs, so it holds only as long as the grades mean the same.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.errors import InputError
from toolkit.match.comparisons import all_comparisons
from toolkit.match.linkage.drift import Seen
from toolkit.match.linkage.weights import MatchModel

GRADING_VERSION = 4
"""Raise it when two values get another grade than before although the grades are called the same."""

REFIT = "Fit it anew, which is recorded: integration-audit match FOLDER --refit --why 'new comparisons'."


@dataclass(frozen=True, slots=True)
class SavedModel:
    """A model, and what it was fitted on."""

    model: MatchModel
    seen: Seen


def saved_model_json(saved: SavedModel) -> dict[str, Any]:
    """Return a model as plain values, with what ``read_model`` needs to tell whether it still holds."""
    gradings = grading_digests()
    names = sorted({fact.comparison for part in saved.model.parts for fact in part.facts})
    return {
        "comparisons": {name: gradings[name] for name in names},
        "seen": saved.seen.as_json(),
        "model": saved.model.as_json(),
    }


def read_model(content: Mapping[str, Any]) -> SavedModel:
    """Return the model that ``saved_model_json`` wrote.

    Raises
    ------
    InputError
        The values are not those of a saved model, or it was fitted with comparisons that grade otherwise than today's.
    """
    written, gradings = content.get("comparisons"), grading_digests()
    if not isinstance(written, Mapping) or "model" not in content:
        raise InputError(f"This is not a saved matching model: it does not name its comparisons. {REFIT}")
    gone = sorted(name for name in written if name not in gradings)
    changed = sorted(name for name, digest in written.items() if gradings.get(name, digest) != digest)
    if gone or changed:
        what = [f"there is no comparison {gone[0]!r} any more"] if gone else []
        what += [f"{changed[0]!r} is graded in another way now"] if changed else []
        more = len(gone) + len(changed) - len(what)
        others = f", and so are {more} others" if more else ""
        raise InputError(
            f"The saved matching model does not go with this version of the toolkit: {' and '.join(what)}{others}. "
            f"Its weights would be wrong, so it was not used. {REFIT}"
        )
    return SavedModel(MatchModel.from_json(content["model"]), Seen.from_json(content.get("seen") or {}))


def grading_digests() -> dict[str, str]:
    """Return for each comparison by name what its grades are, as a short hash."""
    return {
        one.name: _digest([GRADING_VERSION, one.facet, list(one.levels), one.is_per_column]) for one in all_comparisons()
    }


def _digest(content: list[Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()[:12]
