"""CPU seconds and memory of the business case of ten handoffs: ``python benchmarks/simulation.py [handoffs] [trials]``.

The first run includes the quantile tables and what the interpreter imports on the way; the second is the simulation alone.
Memory is the peak above what the imports take; cases of both runs are held at once.
"""

import resource
import sys
import time

from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.case import CaseTerms, handoff_case
from toolkit.roi.case_tables import case_table
from toolkit.roi.figures import roi_figures
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.portfolio import portfolio_case

SHARED = SharedInputs(
    loaded_rate_per_hour=Estimate(32.47, "currency per hour", "document", 25, 45),
    day_rate=certain(650, "currency per day", "document"),
)


def inputs_of(number: int) -> HandoffInputs:
    """Return inputs of which nearly all have a range, each handoff with its own."""
    volume = Estimate(40 + number, "items", "measured", 30, 60 + number)
    return HandoffInputs(
        volume_per_month=volume,
        minutes_per_item=Estimate(15 + number / 10, "minutes", "interview", 10, 25 + number),
        error_rate=MeasuredShare(12 + number, 400),
        rework_minutes=Estimate(35, "minutes", "interview", 20, 60 + number),
        delay_days=Estimate(3, "days", "measured", 2, 5 + number),
        invoices_per_month=volume,
        avg_invoice_value=certain(1800, "currency", "measured"),
        missed_rate=MeasuredShare(3, 500 + number),
        approach="custom",
    )


def main(handoffs: int, trials: int) -> None:
    terms = CaseTerms(trials=trials)
    imports_mb = _peak_mb()
    for name in ("first run", "second run"):
        began = time.process_time()
        cases = [
            handoff_case(f"handoff_{number}", inputs_of(number), SHARED, currency="USD", trials=trials)
            for number in range(handoffs)
        ]
        simulated = time.process_time()
        total = portfolio_case(cases, SHARED, currency="USD", terms=terms).total
        figures = roi_figures(case_table([*cases, total]), currency="USD", terms=terms)
        ended = time.process_time()
        print(
            f"{name}: {handoffs} handoffs x {trials:,} trials: cases {simulated - began:.2f} s CPU, "
            f"total and {figures.num_rows} figures {ended - simulated:.2f} s CPU"
        )
    print(f"peak memory {_peak_mb() - imports_mb:.0f} MB above {imports_mb:.0f} MB of imports")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [10, 20_000][len(given) :]))
