"""What a page gives with a word, checked: numbers, and a note that is kept whole or refused."""

from toolkit.errors import InputError

PAGE_ROWS = 100
"""So many rows of a list are asked for at once."""
_MAX_NOTE = 1000
_OTHER_VERSION = "This page is of another version than the kernel. Run the cell again."


def given_note(note: object) -> str | None:
    """Return a note that a page gave; null for none.

    Parameters
    ----------
    note
        As it came.

    Raises
    ------
    InputError
        It is longer than what is kept.
    """
    text = str(note or "").strip()
    if len(text) > _MAX_NOTE:
        raise InputError(f"A note has at most {_MAX_NOTE:,} characters; this one has {len(text):,}. Nothing was saved.")
    return text or None


def given_whole(number: object, most: int = 2**53) -> int:
    """Return a whole number that a page gave.

    Parameters
    ----------
    number
        As it came.
    most
        From 0 to this.

    Raises
    ------
    InputError
        It is none.
    """
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= most:
        raise InputError(_OTHER_VERSION)
    return number


def given_numbers(believed: object) -> tuple[int, int]:
    """Return the numbers of the words on an item that the page shows: of the ruling, and of the decision on two records.

    Parameters
    ----------
    believed
        As it came.

    Raises
    ------
    InputError
        These are no two numbers.
    """
    if not isinstance(believed, list) or len(believed) != 2:
        raise InputError(_OTHER_VERSION)
    return given_whole(believed[0]), given_whole(believed[1])


def given_rows(start: object, count: object, total: int) -> slice:
    """Return which rows of a list a page asks for.

    Parameters
    ----------
    start, count
        As they came.
    total
        How many rows there are.

    Raises
    ------
    InputError
        They are no numbers, or there is no such row.
    """
    first = given_whole(start, total)
    return slice(first, first + min(given_whole(count), PAGE_ROWS))
