"""Numbers a little off."""

import ast

_LARGE = 100


def other_numbers(text: str) -> tuple[str, ...]:
    """Return a number a little greater and a little smaller: by one, from 100 and for fractions by a quarter or fifth.

    Examples
    --------
    >>> other_numbers("7"), other_numbers("0"), other_numbers("0.5"), other_numbers("2_000")
    (('8', '6'), ('1',), ('0.625', '0.4'), ('2500', '1600'))
    """
    value = ast.literal_eval(text)
    if isinstance(value, float):
        return tuple(repr(float(f"{value * factor:.6g}")) for factor in (1.25, 0.8)) if value else ("0.1",)
    if isinstance(value, complex):
        return ()
    if value >= _LARGE:
        return str(value * 5 // 4), str(value * 4 // 5)
    return (str(value + 1), str(value - 1)) if value else ("1",)
