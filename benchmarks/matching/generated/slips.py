"""Slips of the hand on a keyboard."""

import random

_LETTERS = "aeioustrnlcm"


def miswritten(dice: random.Random, text: str) -> str:
    """Return a text with one slip past its first letter: two letters swapped, one left out, one too many, one wrong."""
    if len(text) < 5:
        return text
    at = 1 + int(dice.random() * (len(text) - 3))
    kind = int(dice.random() * 4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    letter = _LETTERS[int(dice.random() * len(_LETTERS))]
    return text[:at] + ("" if kind == 1 else letter) + text[at + (kind != 2) :]


def wrong_digit(dice: random.Random, text: str) -> str:
    """Return a number with another digit in one place of its second half, or two neighbours swapped."""
    at = len(text) // 2 + int(dice.random() * (len(text) - len(text) // 2))
    if dice.random() < 0.3:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    return f"{text[:at]}{int(dice.random() * 10)}{text[at + 1 :]}"
