"""Whether one side's amounts are those of the other times one number: tax left out, another currency, cents for units."""

import numpy as np

from toolkit.reconcile.judging.compared import Compared
from toolkit.reconcile.judging.split import Hints, with_doubt
from toolkit.reconcile.judging.verdict import ERROR, FAILED, LAG, LOSS, PARTLY, Verdict, counts_text, sound

_FEWEST = 10
_ALL, _SOME = 0.4, 0.12
_TAX_SHARES = (0.03, 0.28)


def factor(compared: Compared, hints: Hints) -> Verdict:
    """Return whether a constant factor stands between the amounts of both sides.

    Parameters
    ----------
    compared
        Both sides.
    hints
        How amounts relate.
    """
    found = hints.factors
    if found.total < _FEWEST:
        return sound("factor", "There are too few amounts to tell a factor between the two sides.")
    if found.held < max(_FEWEST, _SOME * found.total):
        told = counts_text(found.explained, found.total)
        return sound("factor", f"{told} {compared.noun_l} looked at have an amount that needs no factor.")
    named = " and ".join(f"{one:.4g}" for one in found.values)
    told = counts_text(found.held, found.total)
    reason = (
        f"The amounts of {told} {compared.noun_l} looked at stand in {compared.label_r} multiplied by {named}: "
        f"{_meaning(found.values[0])}."
    )
    to_do = f"Say what the amounts of {compared.label_l} and {compared.label_r} include: {_remedy(found.values[0])}."
    verdict = FAILED if found.held >= _ALL * found.total else PARTLY
    held = with_doubt(compared, ERROR, LOSS)
    return Verdict("factor", verdict, reason, to_do, (*held, LAG) if compared.missing_share > 0.5 else held)


def _meaning(value: float) -> str:
    if _is_power_of_ten(value):
        return "one side counts in cents or thousands"
    if _is_tax(value):
        more = max(value, 1 / value) - 1
        return f"one side seems to be before a tax of {100 * more:.3g} %, or in another currency"
    return "one side seems to be in another currency or unit"


def _remedy(value: float) -> str:
    if _is_power_of_ten(value):
        return "name the unit, or the sign that stands before the decimals"
    if _is_tax(value):
        return "name the column with the amount after tax, or the column with the tax"
    return "name the currency of each, or the column that says it"


def _is_power_of_ten(value: float) -> bool:
    power = float(np.log10(value))
    return abs(power - round(power)) < 1e-3


def _is_tax(value: float) -> bool:
    return _TAX_SHARES[0] <= max(value, 1 / value) - 1 <= _TAX_SHARES[1]
