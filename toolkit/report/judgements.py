"""What could not be compared, in sentences: why, and what to do next."""

from typing import Any

import pyarrow as pa

from toolkit.values.counted import listed

_MEASURES = {
    "volume": "how many items there are", "missing": "what never arrives", "lag": "how long items wait",
    "error": "what arrives wrong", "loss": "the amounts",
}  # fmt: skip
_COMPARED = {"missing", "lag", "error"}
_FOLLOWING = ("disagreement", "missing")
_MAX_REASONS = 2
_NOT = "could not be compared"

ASPECT_WORDS = {
    "filter": "Rows that take part", "period": "Days covered", "dates": "Dates", "amounts": "Amounts",
    "currency": "Currency", "references": "Customers, suppliers and numbers", "factor": "A factor between the amounts",
    "disagreement": "Pairs that disagree", "missing": "Share that is missing",
}  # fmt: skip
"""What a client calls each aspect of a judgement."""

VERDICT_WORDS = {"sound": "sound", "partly": "in part", "failed": "not comparable"}
"""What a client calls each verdict."""


def doubt_sentences(handoff: pa.Table, judgement: pa.Table) -> list[str]:
    """Return a sentence and a to-do for each handoff of which something is held back or only a part was compared.

    Parameters
    ----------
    handoff
        Table HANDOFF, for labels and order.
    judgement
        Table HANDOFF_JUDGEMENT.

    Examples
    --------
    >>> from toolkit.tables import HANDOFF, HANDOFF_JUDGEMENT
    >>> sides = dict(system_l="crm", stream_l="deals", system_r="ledger", stream_r="invoices", is_proposed=False)
    >>> handoff = HANDOFF.from_rows([{"handoff_id": "billed", "label": "Won deals invoiced", **sides}])
    >>> own = {"handoff_id": "billed", "aspect": "dates", "verdict": "failed", "held_back": ["missing", "lag", "error"]}
    >>> judged = HANDOFF_JUDGEMENT.from_rows([{**own, "reason": "No invoice has a date.", "to_do": "Name the column."}])
    >>> doubt_sentences(handoff, judged)
    ['“Won deals invoiced” could not be compared. No invoice has a date. Name the column.']
    """
    doubts = _doubts(judgement)
    labels = dict(zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True))
    together: dict[tuple[str, str], list[str]] = {}
    for name, label in labels.items():
        if name in doubts:
            together.setdefault(_said(doubts[name]), []).append(f"“{label}”")
    return [f"{listed(whose)} {_verb(what, whose)}{what}. {why}".rstrip() for (what, why), whose in together.items()]


def held_back_sentences(handoff: pa.Table, judgement: pa.Table) -> list[str]:
    """Return for each handoff of which something is held back what is not told: with it the result is not complete.

    Parameters
    ----------
    handoff
        Table HANDOFF, for labels and order.
    judgement
        Table HANDOFF_JUDGEMENT.

    Examples
    --------
    >>> from toolkit.tables import HANDOFF, HANDOFF_JUDGEMENT
    >>> sides = dict(system_l="crm", stream_l="deals", system_r="ledger", stream_r="invoices", is_proposed=False)
    >>> handoff = HANDOFF.from_rows([{"handoff_id": "billed", "label": "Won deals invoiced", **sides}])
    >>> row = {"handoff_id": "billed", "aspect": "dates", "verdict": "partly", "reason": "No deal is dated."}
    >>> held_back_sentences(handoff, HANDOFF_JUDGEMENT.from_rows([{**row, "held_back": ["lag"]}]))
    ['“Won deals invoiced” was compared in part; it could not be told how long items wait.']
    """
    held: dict[str, set[str]] = {}
    for row in judgement.to_pylist():
        if row["held_back"]:
            held.setdefault(row["handoff_id"], set()).update(row["held_back"])
    named = zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True)
    told = [(f"“{label}”", _what(held[name])) for name, label in named if name in held]
    return [f"{label} {_verb(what, [label])}{what}." for label, what in told]


def doubted_count(judgement: pa.Table) -> int:
    """Return how many handoffs are not sound in every aspect.

    Parameters
    ----------
    judgement
        Table HANDOFF_JUDGEMENT.
    """
    return len(_doubts(judgement))


def _doubts(judgement: pa.Table) -> dict[str, list[dict[str, Any]]]:
    doubts: dict[str, list[dict[str, Any]]] = {}
    for row in judgement.to_pylist():
        if row["verdict"] != "sound":
            doubts.setdefault(row["handoff_id"], []).append(row)
    return doubts


def _said(rows: list[dict[str, Any]]) -> tuple[str, str]:
    """Return what of a handoff could not be compared, and why with what to do."""
    held = {name for row in rows for name in row["held_back"]}
    # What is missing or disagrees follows from the rest, and stands alone only where nothing else is known.
    told = [row for row in rows if row["aspect"] not in _FOLLOWING and (row["held_back"] or not held)]
    told = told or [row for row in rows if row["held_back"]] or rows
    reasons = " ".join(row["reason"] for row in told[:_MAX_REASONS])
    to_do = next((row["to_do"] for row in told if row["to_do"]), "")
    return _what(held), f"{reasons} {to_do}".rstrip()


def _verb(what: str, whose: list[str]) -> str:
    return "" if what == _NOT else "was " if len(whose) == 1 else "were "


def _what(held: set[str]) -> str:
    if held >= _COMPARED:
        return _NOT
    if not held:
        return "compared in part"
    return f"compared in part; it could not be told {listed([words for name, words in _MEASURES.items() if name in held])}"
