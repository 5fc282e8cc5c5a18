"""What may be decided in the work-through workbook: the words that a sheet offers, and what people write instead.

A word is compared in one case and with single blanks. Whoever offers a choice takes it from ``CHOICES``; whoever reads one
back asks ``decided``: both know the same words.
"""

import re
from collections.abc import Mapping

from toolkit.tables.rulings import DIFFERENCE, EXTRA, MISSING, WRONG

PAIR = "pair"
"""What a decision is about that joins two records or keeps them apart."""

FOUND = "found"
FOUND_AS = "found as"
OPEN_WORD = "leave open"

CHOICES: Mapping[str, tuple[str, ...]] = {
    PAIR: ("same", "not the same", "left is another", "right is another", OPEN_WORD),
    DIFFERENCE: ("left is right", "right is right", "neither", OPEN_WORD),
    MISSING: ("invoice it", "enter it", "not due", FOUND_AS, OPEN_WORD),
    EXTRA: ("in order", "remove it", OPEN_WORD),
    WRONG: ("correct it", "right as it is", "both are wrong", OPEN_WORD),
}
"""The words that a list offers, by what is decided."""

_OPEN = "leave open|open|o|?|unsure|unclear|maybe|don't know|do not know|unknown"
_WORDS: Mapping[str, Mapping[str, str]] = {
    PAIR: {
        "same": "same|s|yes|y|duplicate|duplicates|dup|match|merge|identical|true|1|x",
        "not_same": "not_same|not same|notsame|not the same|n|no|different|distinct|not a duplicate|no duplicate|no match|"
        "false|0",
        "exclude_l": "exclude_l|exclude l|exclude left|exclude the left one|left is another",
        "exclude_r": "exclude_r|exclude r|exclude right|exclude the right one|right is another",
        "exclude": "exclude|excluded|exclude member",
        "open": _OPEN,
    },
    DIFFERENCE: {
        "left": "left is right|left|l|take left|the left one",
        "right": "right is right|right|r|take right|the right one",
        "neither": "neither|neither is right|none|both wrong|both are wrong",
        "open": _OPEN,
    },
    MISSING: {
        "enter": "invoice it|enter it|invoice|enter|bill it|book it",
        "not_due": "not due|not_due|none due|nothing due",
        "open": _OPEN,
    },
    EXTRA: {
        "in_order": "in order|in_order|ok|right|right as it is",
        "remove": "remove it|remove|delete it|delete|entered twice",
        "open": _OPEN,
    },
    WRONG: {
        "left": "correct it|mend it|left is right|left|wrong|it is wrong",
        "right": "right as it is|right as entered|right is right|right|in order|ok|not wrong",
        "neither": "both are wrong|both wrong|neither|neither is right|none",
        "open": _OPEN,
    },
}
_BY_WORD = {
    subject: {word: decision for decision, words in own.items() for word in words.split("|")}
    for subject, own in _WORDS.items()
}
PAIR_WORDS = _BY_WORD[PAIR]
"""What people write about two records, in lower case, and the decision that it stands for."""

_FOUND = re.compile(r"found(?: +(?:as|under|in))?\b\s*[:#]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_SHOWN = {
    PAIR: {"same": "same", "not_same": "not the same"},
    DIFFERENCE: {"left": "left is right", "right": "right is right", "neither": "neither"},
    MISSING: {"not_due": "not due"},
    EXTRA: {"in_order": "in order", "remove": "remove it"},
    WRONG: {"left": "correct it", "right": "right as it is", "neither": "both are wrong"},
}


def decided(subject: str, written: str) -> tuple[str, str] | None:
    """Return what a written decision stands for, and the document that it names; nothing where it is not understood.

    Parameters
    ----------
    subject
        What is decided: a key of ``CHOICES``.
    written
        The cell.

    Examples
    --------
    >>> decided("difference", "Left is  right"), decided("missing", "found as RE-1042"), decided("missing", "perhaps")
    (('left', ''), ('found', 'RE-1042'), None)
    """
    word = _BY_WORD[subject].get(" ".join(written.casefold().split()))
    if word is not None:
        return word, ""
    found = _FOUND.fullmatch(written.strip()) if subject == MISSING else None
    return (FOUND, found.group(1).strip()) if found else None


def offered(subject: str) -> str:
    """Return the words that may be written, as a sentence says them.

    Examples
    --------
    >>> offered("extra")
    'in order, remove it or leave open'
    """
    *others, last = (f"{word} NUMBER" if word == FOUND_AS else word for word in CHOICES[subject])
    return f"{', '.join(others)} or {last}"


def shown(subject: str, decision: str, *, is_invoice: bool = False, found_as: str = "") -> str:
    """Return the word that a sheet shows for a decision that was taken before; nothing for an open one.

    Parameters
    ----------
    subject, decision
        What was decided, and how.
    is_invoice
        Whether what is to be entered is an invoice.
    found_as
        Number of the document that it was found as.

    Examples
    --------
    >>> shown("missing", "enter", is_invoice=True), shown("missing", "found", found_as="1042"), shown("pair", "open")
    ('invoice it', 'found as 1042', '')
    """
    if subject == MISSING and decision == "enter":
        return "invoice it" if is_invoice else "enter it"
    if subject == MISSING and decision == FOUND:
        return f"{FOUND_AS} {found_as}"
    return _SHOWN[subject].get(decision, "")
