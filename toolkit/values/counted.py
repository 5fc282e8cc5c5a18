"""A number and what it counts, and several words, as a person says them."""

from collections.abc import Sequence


def counted(count: int, one: str, several: str = "") -> str:
    """Return a number and the noun that goes with it.

    Parameters
    ----------
    count
        How many.
    one, several
        The noun of one and of several; without ``several`` it ends in s.

    Examples
    --------
    >>> counted(1, "row"), counted(2, "row"), counted(1_000, "party", "parties")
    ('1 row', '2 rows', '1,000 parties')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def worded(number: str, words: str) -> str:
    """Return a number as it is shown and the words behind it, of which the first counts: one of them loses its s.

    Examples
    --------
    >>> worded("1", "days"), worded("1.5", "hours a month"), worded("1", "%"), worded("12", "")
    ('1 day', '1.5 hours a month', '1 %', '12')
    >>> worded("1", "times the minutes by hand")
    '1 × the minutes by hand'
    """
    first, blank, rest = words.partition(" ")
    if first == "times":
        return f"{number} × {rest}".rstrip()
    return f"{number} {first.removesuffix('s') if number == '1' else first}{blank}{rest}".rstrip()


def listed(words: Sequence[str]) -> str:
    """Return words as a person lists them.

    Examples
    --------
    >>> listed(["orders"]), listed(["orders", "tickets", "projects"])
    ('orders', 'orders, tickets and projects')
    """
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
