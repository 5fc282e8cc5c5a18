"""Which input moves a handoff's net present value most: each at its P10 and P90 in turn, all others at their median.

Source: cost model, section 10.
"""

import numpy as np

from toolkit.roi.case import CaseTerms
from toolkit.roi.distributions import Fixed
from toolkit.roi.draws import distribution, is_volume_of_invoices
from toolkit.roi.inputs import HandoffInputs, SharedInputs, known_inputs
from toolkit.roi.judgement import judgement
from toolkit.roi.model import outcome
from toolkit.roi.simulation import TornadoRow


def npv_sensitivity(
    inputs: HandoffInputs,
    shared: SharedInputs,
    *,
    currency: str,
    terms: CaseTerms | None = None,
    low_p: float = 0.1,
    high_p: float = 0.9,
) -> tuple[TornadoRow, ...]:
    """Return what each uncertain input does to the net present value, widest first, ties by name.

    Parameters
    ----------
    inputs, shared, currency, terms
        As for ``handoff_case``.
    low_p, high_p
        Quantiles at which each input is tried.

    Returns
    -------
    tuple of TornadoRow
        Empty where an input is missing, and without rows for inputs that nobody doubts or that play no part.
    """
    agreed = terms or CaseTerms()
    known = known_inputs(inputs, shared, currency)
    if known.missing:
        return ()
    spreads = {name: distribution(given) for name, given in known.all.items()}
    is_one_draw = is_volume_of_invoices(known.own)
    tried = sorted(
        name
        for name, spread in spreads.items()
        if not isinstance(spread, Fixed) and name not in known.idle and not (is_one_draw and name == "invoices_per_month")
    )
    # One trial per try: the first is all medians, then come each input low, then each input high.
    values = {name: np.full(1 + 2 * len(tried), spread.quantiles(np.array([0.5]))[0]) for name, spread in spreads.items()}
    for place, name in enumerate(tried, start=1):
        values[name][[place, place + len(tried)]] = spreads[name].quantiles(np.array([low_p, high_p]))
    if is_one_draw:
        values["invoices_per_month"] = values["volume_per_month"]
    found = outcome(
        values,
        soap_or_file_sides=inputs.soap_or_file_sides,
        annual_volume_growth=inputs.annual_volume_growth,
        horizon_months=agreed.horizon_months,
        annual_discount_rate=agreed.annual_discount_rate,
    )
    npv = judgement(found.flow_terms, agreed.annual_discount_rate).npv
    rows = [
        TornadoRow(name, float(low), float(high), float(abs(high - low)))
        for name, low, high in zip(tried, npv[1 : 1 + len(tried)], npv[1 + len(tried) :], strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.swing, row.name)))
