"""Why two records were held to be one party, or not: a grade and its weight per fact, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import UnknownNameError

STRONG_BITS = 3.0
"""From this weight on, either way, a fact is called strong."""


@dataclass(frozen=True, slots=True)
class ExplainedFact:
    """One fact of a pair: what was compared, its grade in words, its weight in bits and in words."""

    comparison: str
    level: str
    bits: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One pair explained; facts by weight, the strongest first.

    ``start_bits``, the bits of the facts, ``rival_bits`` (what neighbours and namesakes would explain as well) and
    ``group_bits`` (what other records of the group add) make up ``match_weight``. ``link`` is the weakest link by which the
    group joins the two.
    """

    key_l: str
    key_r: str
    decision: str
    decided_by: str
    match_probability: float
    match_weight: float
    reason: str
    facts: tuple[ExplainedFact, ...]
    start_bits: float = 0.0
    rival_bits: float = 0.0
    group_bits: float = 0.0
    link: tuple[str, str] | None = None


def verdict(bits: float) -> str:
    """Return a weight in a client's words.

    Examples
    --------
    >>> [verdict(bits) for bits in (8.0, 1.0, -1.0, -8.0)]
    ['strong for', 'weak for', 'weak against', 'strong against']
    """
    strength = "strong" if abs(bits) >= STRONG_BITS else "weak"
    return f"{strength} {'for' if bits >= 0 else 'against'}"


def evidence_sentence(labels: Sequence[str], levels: Sequence[str], bits: Sequence[float]) -> str:
    """Return the strongest evidence of a pair as a sentence.

    Parameters
    ----------
    labels, levels
        What was compared and its grade, both in words.
    bits
        What each of these says: positive for one party, negative against.

    Examples
    --------
    >>> evidence_sentence(["phone", "location"], ["same number", "elsewhere"], [9.0, -2.0])
    'For: phone (same number). Against: location (elsewhere).'
    """
    ranked = sorted(zip(bits, labels, levels, strict=True), key=lambda one: (-abs(one[0]), one[1]))
    speaks_for = [f"{label} ({level})" for weight, label, level in ranked if weight >= 0.5][:3]
    against = [f"{label} ({level})" for weight, label, level in ranked if weight <= -0.5][:3]
    parts = []
    if speaks_for:
        parts.append(f"For: {', '.join(speaks_for)}.")
    if against:
        parts.append(f"Against: {', '.join(against)}.")
    return " ".join(parts) or "Nothing speaks clearly for or against."


def explained(pairs: pa.Table, pair_levels: pa.Table, key_l: str, key_r: str) -> Explanation:
    """Return one pair of the tables PAIR and PAIR_LEVEL explained.

    Parameters
    ----------
    pairs, pair_levels
        Tables PAIR and PAIR_LEVEL.
    key_l, key_r
        The two records, in any order.

    Raises
    ------
    UnknownNameError
        The pair was not compared closely enough to be kept: nothing narrow connects the two records.
    """
    low, high = sorted((key_l, key_r))
    own = pairs.filter(pc.and_(pc.equal(pairs["key_l"], low), pc.equal(pairs["key_r"], high))).to_pylist()
    if not own:
        known = pairs.filter(pc.or_(pc.equal(pairs["key_l"], low), pc.equal(pairs["key_r"], low))).slice(0, 12).to_pylist()
        raise UnknownNameError("compared pair", f"{low} and {high}", (f"{row['key_l']} and {row['key_r']}" for row in known))
    is_own = pc.and_(pc.equal(pair_levels["key_l"], low), pc.equal(pair_levels["key_r"], high))
    facts = sorted(pair_levels.filter(is_own).to_pylist(), key=lambda row: -abs(row["bits"]))
    row = own[0]
    return Explanation(
        low,
        high,
        row["decision"],
        row["decided_by"],
        row["match_probability"],
        row["match_weight"],
        row["reason"] or "",
        tuple(ExplainedFact(one["comparison"], one["level"], one["bits"], verdict(one["bits"])) for one in facts),
        start_bits=row["start_bits"] or 0.0,
        rival_bits=row["rival_bits"] or 0.0,
        group_bits=row["group_bits"] or 0.0,
        link=(row["link_l"], row["link_r"]) if row["link_l"] else None,
    )
