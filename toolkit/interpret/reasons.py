"""Why a reading was chosen, in words that follow "because"."""

from collections.abc import Sequence

from toolkit.interpret.column_scores import ColumnScore
from toolkit.interpret.entity_choice import Candidate
from toolkit.interpret.header_words import HeaderWords
from toolkit.interpret.interpretation import NONE
from toolkit.interpret.observed import Observed

_STRONG = 1.0


def column_reason(score: ColumnScore, seen: Observed, *, own: str = "", is_contradicted: bool = False) -> str:
    """Return why a column has a meaning.

    Parameters
    ----------
    score, seen
        What speaks for the meaning, and what the values look like.
    own
        What the header calls the records of the list: "own number" of an invoice is its "invoice number".
    is_contradicted
        Whether the values are plainly of another kind.
    """
    said = f"its header says {_said(score.sign, own)}" if score.sign and score.header > 0 else ""
    if not seen.values:
        return f"{said}; it has no values" if said else "it has no values, and its header says nothing that is known"
    shown = f"{_looks(seen)}"
    if said and is_contradicted:
        return f"{said}, but its values are of another kind ({shown})"
    if said:
        return f"{said}, and its values {'fit' if score.values > -_STRONG else 'do not quite fit'} ({shown})"
    if score.meaning == NONE:
        return f"neither its header nor its values say what it is ({shown})"
    return f"its header says nothing that is known; its values look like it ({shown})"


def entity_reason(candidate: Candidate, headers: Sequence[HeaderWords]) -> str:
    """Return why a table lists an entity: the signs among its headers that weigh most."""
    signs = [
        (weight, " ".join(sorted(here)).replace("_", " "))
        for here, _, weight in candidate.kind.parsed
        if weight > 0 and any(here <= words.concepts for words in headers)
    ]
    told = [sign for _, sign in sorted(signs, key=lambda one: -one[0])[:3]]
    return f"its headers speak of {', '.join(told)}" if told else "its columns fit it best"


def _said(sign: str, own: str) -> str:
    """Return what a header says, in words.

    Examples
    --------
    >>> _said("number own", "credit_note"), _said("given_name", "")
    ('credit note number', 'given name')
    """
    words = sign.split()
    named = [own or "record", *(word for word in words if word != "own")] if "own" in words else words
    return " ".join(dict.fromkeys(named)).replace("_", " ")


def _looks(seen: Observed) -> str:
    ranked = sorted((one for one in seen.shares.items() if one[1] >= 0.5), key=lambda one: -one[1])
    best = [f"{share:.0%} {name.replace('_', ' ')}".replace("%", " %") for name, share in ranked[:2]]
    return ", ".join(best) or "of no known kind"
