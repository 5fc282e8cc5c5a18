"""Which entity a table lists: what its headers and names say, and how well its columns fit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from toolkit.interpret.assignment import fit
from toolkit.interpret.column_scores import TableEvidence, entity_kinds
from toolkit.interpret.entity_kind import EntityKind
from toolkit.interpret.header_words import HeaderWords
from toolkit.interpret.observed import Observed

_FIT = 0.35
"""How much the fit of the columns counts beside the signs."""
_UNNAMED = 12
"""As how many columns those of unknown name count at most."""
_NAME = 2.2
"""How much a noun in the name of file or sheet counts."""
_FOLDER = 1.6
_VENDOR = 3.0
"""How much it counts that the headers are those of a vendor's export of that entity."""
_LACKING = -2.5
"""What it says against an entity that no column has values that it needs."""
_SHARPNESS = 0.7


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entity that the table may list."""

    kind: EntityKind
    weight: float
    probability: float


def candidates(
    evidence: TableEvidence,
    *,
    names: HeaderWords | None = None,
    folder: HeaderWords | None = None,
    kinds: Sequence[EntityKind] = (),
    vendor_entity: str = "",
) -> tuple[Candidate, ...]:
    """Return every entity with its probability, the likeliest first.

    Parameters
    ----------
    evidence
        What is known of the columns.
    names, folder
        Words in the names of the file and its sheet, and of its folder.
    kinds
        The entities to choose from; all without any.
    vendor_entity
        What a known format with these headers lists.
    """
    found = []
    for kind in kinds or entity_kinds():
        columns = (
            _FIT * _columns_fit(evidence, kind) + signs_weight(kind, evidence.headers) + _lacking(kind, evidence.columns)
        )
        named = _names_weight(kind, names, _NAME) + _names_weight(kind, folder, _FOLDER)
        found.append((kind, columns + named + _VENDOR * (kind.entity == vendor_entity)))
    top = max(weight for _, weight in found)
    total = sum(exp(_SHARPNESS * (weight - top)) for _, weight in found)
    ranked = [Candidate(kind, weight, exp(_SHARPNESS * (weight - top)) / total) for kind, weight in found]
    return tuple(sorted(ranked, key=lambda one: (-one.weight, one.kind.entity)))


def _columns_fit(evidence: TableEvidence, kind: EntityKind) -> float:
    """Return how well the columns fit an entity: those of unknown name count as a few, empty ones not at all."""
    weights = evidence.weights(kind)
    is_named = np.array([bool(words.concepts) for words in evidence.headers], np.bool_)
    is_unnamed = ~is_named & np.array([bool(seen.values) for seen in evidence.columns], np.bool_)
    share = min(1.0, _UNNAMED / max(int(is_unnamed.sum()), 1))
    return fit(weights[is_named]) + share * fit(weights[is_unnamed])


def signs_weight(kind: EntityKind, headers: Sequence[HeaderWords]) -> float:
    """Return what the headers say for an entity: each sign counts once."""
    present: dict[str, int] = {}
    for words in headers:
        for concept in words.concepts:
            present[concept] = present.get(concept, 0) + 1
    weight = 0.0
    different = {words.concepts for words in headers}
    for here, there, sign_weight in kind.parsed:
        holding = [concepts for concepts in different if here <= concepts]
        if holding and all(_elsewhere(one, holding, present) for one in there):
            weight += sign_weight
    return weight


def _lacking(kind: EntityKind, columns: Sequence[Observed]) -> float:
    filled = [seen for seen in columns if seen.values]
    if not filled:
        return 0.0
    return _LACKING * sum(max(seen.share(look) for seen in filled) < 0.5 for look in kind.needs)


def _elsewhere(concept: str, holding: Sequence[Collection[str]], present: Mapping[str, int]) -> bool:
    own = any(concept in concepts for concepts in holding)
    return present.get(concept, 0) > int(own)


def _names_weight(kind: EntityKind, words: HeaderWords | None, weight: float) -> float:
    if words is None:
        return 0.0
    return weight if words.concepts & set(kind.named_by or kind.nouns) else 0.0
