"""The matching model: how often each level occurs among matches, neighbours, namesakes and unrelated pairs.

Weights are log2 of a ratio of shares, in bits: positive speaks for one party, negative against.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from toolkit.errors import InputError
from toolkit.match.comparison import CLASSES, Floats

MATCH, BY_PLACE, BY_NAME, UNRELATED, MOVED, AKIN = range(6)
"""Classes of pairs. The first four are those of ``comparison.CLASSES``; two more split what would else be one mixture.

``MOVED`` is one party, of which one record has an old address and often an old telephone: where one fact is old, others are.
``AKIN`` are neighbours who belong together (sister companies, households) and share part of the name, the mailbox or the
site; ``BY_PLACE`` are then those whom nothing but the place joins.
"""

MODEL_CLASSES = (*CLASSES, "match after a move", "akin at one place")

GROUP_OF = np.array([MATCH, BY_PLACE, BY_NAME, UNRELATED, MATCH, BY_PLACE], dtype=np.int8)
"""To which of the four classes that a person reads of each class belongs."""

PARTS = ("companies and unknown", "persons")
"""Sorts of pair that are modelled apart."""


def weight_and_class(logs: Floats) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Return the match weight in bits, and the likeliest of the four classes that are told apart for a person.

    Parameters
    ----------
    logs
        log2 of the share of each class (rows, four or six) among pairs (columns).

    Examples
    --------
    >>> weight, kind = weight_and_class(np.log2(np.array([[0.2], [0.1], [0.1], [0.2], [0.3], [0.1]])))
    >>> abs(weight).round(6).tolist(), kind.tolist()
    ([0.0], [0])
    """
    group_of = GROUP_OF[: len(logs)]
    sums = np.stack([_sum_of_powers(logs[group_of == kind]) for kind in range(len(CLASSES))])
    peak = sums[1:].max(axis=0)
    against = peak + np.log2(np.exp2(sums[1:] - peak).sum(axis=0))
    return sums[MATCH] - against, sums.argmax(axis=0).astype(np.int8)


def _sum_of_powers(logs: Floats) -> Floats:
    """Return log2 of the sum of the shares whose log2 the rows are."""
    if len(logs) == 1:
        return np.asarray(logs[0])
    # The largest is taken out first: powers of large weights overflow.
    peak = logs.max(axis=0)
    return np.asarray(peak + np.log2(np.exp2(logs - peak).sum(axis=0)))


@dataclass(frozen=True, slots=True)
class FactModel:
    """What is known of one fact: its levels in words (worst first) and the share of each, one row per class of pair.

    ``of_chance`` is the share of what the parts of its values would bring together by chance that really comes together.
    """

    label: str
    comparison: str
    facet: str
    levels: tuple[str, ...]
    shares: Floats
    of_chance: float = 1.0

    @property
    def bits(self) -> Floats:
        """Weight of each level, match against unrelated; position 0 is missing and weighs nothing."""
        weights = np.log2(self.shares[MATCH] / self.shares[UNRELATED])
        return np.concatenate([[0.0], weights])


@dataclass(frozen=True, slots=True)
class PartModel:
    """What is known of one sort of pair: its facts, the share of each class among all its pairs, and how many there are."""

    name: str
    facts: tuple[FactModel, ...]
    class_shares: tuple[float, ...]
    pairs_count: float

    def as_json(self) -> dict[str, Any]:
        """Return the part as plain values."""
        return {
            "name": self.name,
            "class_shares": list(self.class_shares),
            "pairs_count": self.pairs_count,
            "facts": [
                {
                    "label": fact.label,
                    "comparison": fact.comparison,
                    "facet": fact.facet,
                    "levels": list(fact.levels),
                    "shares": fact.shares.tolist(),
                    "of_chance": fact.of_chance,
                    "bits": fact.bits.tolist()[1:],
                }
                for fact in self.facts
            ],
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Self:
        """Return the part that ``as_json`` wrote."""
        facts = tuple(
            FactModel(
                one["label"],
                one["comparison"],
                one["facet"],
                tuple(one["levels"]),
                np.asarray(one["shares"], dtype=np.float64),
                float(one.get("of_chance", 1.0)),
            )
            for one in saved["facts"]
        )
        shares = tuple(float(share) for share in saved["class_shares"])
        return cls(str(saved["name"]), facts, shares, float(saved["pairs_count"]))


@dataclass(frozen=True, slots=True)
class MatchModel:
    """A fitted model: it can be saved, read back and used on another snapshot.

    Attributes
    ----------
    parts
        One for pairs of persons, one for all others, in the order of ``PARTS``: colleagues share a domain and a
        phone as a matter
        of course, companies do not.
    min_match_probability, min_review_probability
        From these on pairs are held to be one party, or are put to a person.
    doubts
        What speaks against trusting the fit, in sentences; then general knowledge decided instead of the table.
    """

    parts: tuple[PartModel, ...]
    min_match_probability: float
    min_review_probability: float
    doubts: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[FactModel, ...]:
        """The facts compared; labels and levels are the same in every part."""
        return self.parts[0].facts

    def as_json(self) -> dict[str, Any]:
        """Return the model as plain values for a JSON file."""
        return {
            "classes": list(MODEL_CLASSES),
            "min_match_probability": self.min_match_probability,
            "min_review_probability": self.min_review_probability,
            "parts": [part.as_json() for part in self.parts],
            "doubts": list(self.doubts),
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Self:
        """Return the model that ``as_json`` wrote.

        Raises
        ------
        InputError
            The values are not those of a matching model.
        """
        try:
            return cls(
                tuple(PartModel.from_json(part) for part in saved["parts"]),
                float(saved["min_match_probability"]),
                float(saved["min_review_probability"]),
                tuple(str(doubt) for doubt in saved.get("doubts", ())),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"This is not a saved matching model ({type(error).__name__}: {error}). Fit one anew."
            ) from error
