"""A number and what it counts, as a person says it."""


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
