"""Lists of people in one cell, as libraries and shops of music write them: "J. Roe, A. Poe", "Roe, J. and Poe, A.".

Of each one the family name and the first letter of the given name is kept, which is all that some lists tell.
"""

import re

import pyarrow as pa

from toolkit.values.cells import each_text
from toolkit.values.text import folded, word_set, words

MORE = "+"
"""Stands for whoever is not named: "et al."."""

_AND = re.compile(r"\s*(?:;|\||\n|&|\band\b|\bund\b|\bet\b(?! al)|\by\b|\bfeat\.?|\bfeaturing\b|\bwith\b|/)\s*")
_MORE = re.compile(r",?\s*\b(?:et al|u ?\.? ?a|and others|and \d+ others)\b\.?|\.\.\.$")
_INITIALS = re.compile(r"(?:[a-z]\.[ -]?){1,4}|[a-z](?:[ -][a-z]){0,3}|[a-z]{2}")
_BEHIND = word_set("jr sr ii iii iv phd md")
_MOST = 30


def people(cell: str) -> tuple[str, ...]:
    """Return whom a list names, each as ``family:initial``, in alphabetical order; ``MORE`` where it is cut.

    Examples
    --------
    >>> people("Jane Roe, Al B. Poe"), people("Roe, J. and Poe, A. B."), people("Roe J, Poe AB"), people("J. Roe et al.")
    (('poe:a', 'roe:j'), ('poe:a', 'roe:j'), ('poe:a', 'roe:j'), ('+', 'roe:j'))
    """
    text = folded(cell)
    short = _MORE.sub("", text)
    found = {one for part in _parts(short) if (one := _person(part))}
    return tuple(sorted(found | ({MORE} if short != text else set())))[:_MOST]


def _parts(text: str) -> list[str]:
    """Return each person's part; "roe, j." is one."""
    result = []
    for group in _AND.split(text):
        pieces = [piece.strip() for piece in group.split(",") if piece.strip()]
        # "roe, j., poe, a.": every second piece is initials.
        if len(pieces) > 1 and len(pieces) % 2 == 0 and all(_INITIALS.fullmatch(one) for one in pieces[1::2]):
            result += [f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2], strict=True)]
        elif len(pieces) == 2 and _AND.search(text) and len(pieces[0].split()) == 1 and len(pieces[1].split()) <= 2:
            result.append(", ".join(pieces))
        else:
            result += pieces
    return result


def _person(part: str) -> str | None:
    if "," in part:
        family, given = part.split(",", 1)
        names, first = words(family), words(given)
        return f"{names[-1]}:{first[0][0]}" if names and first else None
    names = [name for name in words(part) if name not in _BEHIND]
    if not names:
        return None
    if len(names) > 1 and len(names[-1]) <= 2 and len(names[0]) > 2:
        return f"{names[-2]}:{names[-1][0]}"
    return f"{names[-1]}:{names[0][0] if len(names) > 1 else ''}"


def standardised(cells: pa.StringArray) -> pa.StringArray:
    """Return the ``people`` of each cell with blanks between; null where nobody is named.

    Examples
    --------
    >>> standardised(pa.array(["Jane Roe", "--", None])).to_pylist()
    ['roe:j', None, None]
    """
    return each_text(cells, lambda cell: " ".join(people(cell)) or None)
