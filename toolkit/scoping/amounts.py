"""Numbers that a plan is made from: each is there, finite, and not below what it can be."""

import math

from toolkit.errors import InputError


def checked(value: float, what: str, *, least: float | None = 0.0) -> float:
    """Return the value, if it can be reckoned with.

    Parameters
    ----------
    value
        The number.
    what
        What it is and of what, as the message says it: ``"the cost of 'bank_feed'"``.
    least
        The least that it may be; ``None`` where it may be below zero.

    Raises
    ------
    InputError
        It is not a number, infinite, or below the least.

    Examples
    --------
    >>> checked(3.5, "the cost of 'bank_feed'")
    3.5
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f"{_begun(what)} is {value!r}. It must be a number, and not without end. Give its value.")
    if least is not None and value < least:
        raise InputError(f"{_begun(what)} is {value:g}. It must be at least {least:g}. Correct it.")
    return float(value)


def checked_ids(ids: list[str], what: str) -> tuple[str, ...]:
    """Return the ids, if each stands there once.

    Raises
    ------
    InputError
        An id is empty or stands there twice.
    """
    if "" in ids:
        raise InputError(f"A {what} has an empty name. Give it one.")
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise InputError(f"There are two {what}s named {twice[0]!r}. Give each a name of its own.")
    return tuple(ids)


def _begun(what: str) -> str:
    return what[:1].upper() + what[1:]
