"""When a parallel run may end, as it was agreed on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExitRule:
    """What was agreed on: ``working_days`` in a row on which the share of discrepancies stays under ``limit``.

    A day without any discrepancy is under every limit. ``min_match_rate``, where it is said, must be reached by the lower
    limit of the share that agrees on these days taken together.
    """

    limit: float
    working_days: int = 5
    min_match_rate: float | None = None

    def is_under(self, discrepancies: int, count: int) -> bool:
        """Return whether a day of so many events stays under the limit.

        Examples
        --------
        >>> rule = ExitRule(0.02)
        >>> rule.is_under(1, 50), rule.is_under(1, 51), rule.is_under(0, 3)
        (False, True, True)
        """
        return discrepancies == 0 or discrepancies < self.limit * count
