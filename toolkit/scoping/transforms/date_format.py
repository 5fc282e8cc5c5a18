"""Date format: a day or a moment (ISO 8601) becomes text as the target writes it.

What the target's form has no place for (the century) does not come back. ``fitted`` says what of a moment a form can carry:
the time of day is left out where it has none, and a day stands for its midnight where it wants one.
"""

from datetime import date, datetime

from toolkit.scoping.transforms._transform import Options, Refused, Texts, Transform

_TIMED = ("%H", "%I", "%X", "%c", "%T")
_DAY_LENGTH = len("2026-01-31")


def has_time(form: str) -> bool:
    """Return whether a form writes the time of day.

    Examples
    --------
    >>> has_time("%d/%m/%Y"), has_time("%Y-%m-%dT%H:%M:%S")
    (False, True)
    """
    return any(one in form for one in _TIMED)


def fitted(text: str, form: str) -> str:
    """Return what of a day or moment a form can carry.

    Examples
    --------
    >>> fitted("2026-01-31T09:30:00", "%d/%m/%Y"), fitted("2026-01-31", "%Y-%m-%dT%H:%M:%S")
    ('2026-01-31', '2026-01-31T00:00:00')
    """
    if has_time(form):
        return f"{text}T00:00:00" if len(text) == _DAY_LENGTH else text
    return text[:_DAY_LENGTH]


def _there(values: Texts, options: Options) -> Texts | Refused:
    [text] = values
    if not text:
        return ("",)
    try:
        moment = date.fromisoformat(text) if len(text) == _DAY_LENGTH else datetime.fromisoformat(text)
    except ValueError:
        return Refused("It is no day.")
    return (moment.strftime(options.form),)


def _back(values: Texts, options: Options) -> Texts | Refused:
    [text] = values
    if not text:
        return ("",)
    try:
        moment = datetime.strptime(text, options.form)  # noqa: DTZ007 - a form without a zone gives a day
    except ValueError:
        return Refused(f"It does not fit the form {options.form}.")
    return (moment.isoformat() if has_time(options.form) else moment.date().isoformat(),)


TRANSFORM = Transform("date_format", "written as the target writes days", 1, 1, _there, _back, ("form",))
