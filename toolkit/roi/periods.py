"""Lengths of time and interest rates per period; a month is a twelfth of a year everywhere."""

WEEKS_PER_MONTH = 52 / 12
WORKDAYS_PER_MONTH = 260 / 12
DAYS_PER_MONTH = 365 / 12
HOURS_PER_MONTH = 730
DAYS_PER_YEAR = 365
WORKDAYS_PER_WEEK = 5


def monthly_rate(annual_rate: float) -> float:
    """Return the monthly rate that compounds to ``annual_rate``: effective, not a twelfth.

    Parameters
    ----------
    annual_rate
        As a fraction above -1 (0.10 is 10 % a year).

    Examples
    --------
    >>> round(monthly_rate(0.10), 12)
    0.007974140429
    """
    return float((1 + annual_rate) ** (1 / 12) - 1)


def annual_rate(rate_per_month: float) -> float:
    """Return the annual rate to which a monthly rate compounds.

    Examples
    --------
    >>> round(annual_rate(monthly_rate(0.10)), 12)
    0.1
    """
    return float((1 + rate_per_month) ** 12 - 1)


def weeks_to_months(weeks: float) -> float:
    """Return weeks as months of 52/12 weeks.

    Examples
    --------
    >>> weeks_to_months(26)
    6.0
    """
    return weeks * 12 / 52


def per_week_to_per_month(amount_per_week: float) -> float:
    """Return an amount per week as an amount per month.

    Examples
    --------
    >>> round(per_week_to_per_month(8), 3)
    34.667
    """
    return amount_per_week * WEEKS_PER_MONTH
