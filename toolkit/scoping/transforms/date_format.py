"""Date format: a day or a moment (ISO 8601) becomes text as the target writes it.

What the target's form has no place for (the time of day, the century) does not come back.
"""

from datetime import date, datetime

from toolkit.scoping.transforms._transform import Options, Refused, Texts, Transform

_TIMED = ("%H", "%I", "%X", "%c", "%T")


def _there(values: Texts, options: Options) -> Texts | Refused:
    [text] = values
    if not text:
        return ("",)
    try:
        moment = date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)
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
    return (moment.isoformat() if any(one in options.form for one in _TIMED) else moment.date().isoformat(),)


TRANSFORM = Transform("date_format", "written as the target writes days", 1, 1, _there, _back, ("form",))
