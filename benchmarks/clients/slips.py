"""What a person gets wrong when carrying a document: one slip at most, and each changes what the target shows.

Shares of the kinds: two digits of the amount exchanged .3, another digit .25, the decimal point moved .1, another customer
.1, the tax forgotten .15 (where there is tax), a field left empty .1; those that a target cannot show are spread over the
others.
"""

import numpy as np

SLIPS = ("transposed", "digit", "factor", "party", "tax", "empty")
_SHARES = (0.3, 0.25, 0.1, 0.1, 0.15, 0.1)


def drawn_slip(possible: set[str], rng: np.random.Generator) -> str:
    """Return the kind of a slip, of those that the target can show."""
    weights = np.array([share if kind in possible else 0.0 for kind, share in zip(SLIPS, _SHARES, strict=True)])
    return str(rng.choice(SLIPS, p=weights / weights.sum()))


def slipped_amount(amount: int, kind: str, places: int, rng: np.random.Generator) -> int:
    """Return an amount in minor units as it was mistyped, never the same.

    Parameters
    ----------
    amount, kind
        The right amount, and ``transposed``, ``digit`` or ``factor``.
    places
        Decimals of the currency.
    rng
        Where chance comes from.
    """
    digits = str(amount)
    if kind == "transposed":
        at = [one for one in range(len(digits) - 1) if digits[one] != digits[one + 1] and digits[one + 1] != "0"]
        if at:
            one = int(rng.choice(at))
            return int(digits[:one] + digits[one + 1] + digits[one] + digits[one + 2 :])
        kind = "digit"
    if kind == "factor":
        return amount * 10 ** int(rng.integers(1, max(places, 1) + 1))
    # A last digit, a cent, is rounding where tax was added.
    at_digit = int(rng.integers(0, max(len(digits) - 1, 1)))
    others = [one for one in "123456789" if one != digits[at_digit]]
    return int(digits[:at_digit] + str(rng.choice(others)) + digits[at_digit + 1 :])
