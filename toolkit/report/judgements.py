"""What could not be compared, in sentences: why, and what to do next."""

from typing import Any

import pyarrow as pa

_MEASURES = {
    "volume": "how many items there are", "missing": "what never arrives", "lag": "how long items wait",
    "error": "what arrives wrong", "loss": "the amounts",
}  # fmt: skip
_COMPARED = {"missing", "lag", "error"}
_LAST = "missing"
_MAX_REASONS = 2

ASPECT_WORDS = {
    "filter": "Rows that take part", "period": "Days covered", "dates": "Dates", "amounts": "Amounts",
    "currency": "Currency", "references": "Parties and numbers", "factor": "A factor between the amounts",
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
    doubts: dict[str, list[dict[str, Any]]] = {}
    for row in judgement.to_pylist():
        if row["verdict"] != "sound":
            doubts.setdefault(row["handoff_id"], []).append(row)
    labels = dict(zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True))
    return [_sentence(label, doubts[name]) for name, label in labels.items() if name in doubts]


def _sentence(label: str, rows: list[dict[str, Any]]) -> str:
    held = {name for row in rows for name in row["held_back"]}
    # What is missing follows from the rest, and stands alone only where nothing else is known.
    told = [row for row in rows if row["aspect"] != _LAST and (row["held_back"] or not held)] or rows
    reasons = " ".join(row["reason"] for row in told[:_MAX_REASONS])
    to_do = next((row["to_do"] for row in told if row["to_do"]), "")
    return f"{_what(label, held)} {reasons} {to_do}".rstrip()


def _what(label: str, held: set[str]) -> str:
    if held >= _COMPARED:
        return f"“{label}” could not be compared."
    if not held:
        return f"“{label}” was compared in part."
    names = [words for name, words in _MEASURES.items() if name in held]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"“{label}” was compared in part; it could not be told {listed}."
