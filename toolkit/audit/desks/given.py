"""What a page gives is checked before it is used: a page may be of another version, or anybody's."""

from collections.abc import Collection

from toolkit.errors import InputError

_AGAIN = "Run the cell again."


def given_text(what: str, value: object, *, longest: int) -> str:
    """Return a text that a page gave.

    Parameters
    ----------
    what
        What it is, for the refusal.
    value
        As it came.
    longest
        How many characters it may have.

    Raises
    ------
    InputError
        It is no text, or too long.
    """
    if not isinstance(value, str):
        raise InputError(f"The page gave no text as {what}. {_AGAIN}")
    if len(value) > longest:
        raise InputError(f"The {what} has {len(value):,} characters; at most {longest:,} can be kept. Shorten it.")
    return value


def given_number(what: str, value: object, *, highest: int) -> int:
    """Return a whole number that a page gave.

    Parameters
    ----------
    what
        What it is, for the refusal.
    value
        As it came.
    highest
        From 0 to this.

    Raises
    ------
    InputError
        It is none.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= highest:
        raise InputError(f"The {what} is not a whole number from 0 to {highest:,}. {_AGAIN}")
    return value


def given_choice(what: str, value: object, known: Collection[str]) -> str:
    """Return one of the names that are known.

    Parameters
    ----------
    what
        What it is, for the refusal.
    value
        As it came.
    known
        All that it may be.

    Raises
    ------
    InputError
        It is none of them.
    """
    if not isinstance(value, str) or value not in known:
        raise InputError(f"The page asked for a {what} that is not there. {_AGAIN}")
    return value
