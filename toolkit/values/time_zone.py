"""Time zones as they stand behind a time: "Z", "-0500", "GMT+02:00", "CEST", "[-5:EST]".

Source: IANA time zone database for the abbreviations; those of several zones (IST, AMT) are left out.
"""

_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "WESZ": 1, "CET": 1, "MET": 1, "MEZ": 1, "CEST": 2,
    "MEST": 2, "MESZ": 2, "EET": 2, "OEZ": 2, "SAST": 2, "EEST": 3, "OESZ": 3, "MSK": 3, "PKT": 5, "HKT": 8, "SGT": 8,
    "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3, "ADT": -3,
    "AST": -4, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AKDT": -8,
    "AKST": -9, "HST": -10,
}  # fmt: skip
_MAX_HOURS = 14


def offset_minutes(text: str) -> int | None:
    """Return how many minutes east of UTC a zone is, 0 for no zone; null for an unknown one.

    Examples
    --------
    >>> offset_minutes("-0500"), offset_minutes("GMT+2"), offset_minutes("[-5:EST]"), offset_minutes("XYZ")
    (-300, 120, -300, None)
    """
    name = text.strip("[]").upper()
    if not name:
        return 0
    if name in _HOURS:
        return _HOURS[name] * 60
    number = name.partition(":")[0] if text.startswith("[") else name.removeprefix("GMT").removeprefix("UTC")
    sign, digits = (-1 if number.startswith("-") else 1), number.lstrip("+-")
    if text.startswith("["):
        return round(sign * float(digits) * 60)
    hours, _, minutes = digits.partition(":") if ":" in digits else (digits[:-2] or digits, "", digits[-2:])
    if len(digits) <= 2:
        hours, minutes = digits, "0"
    if not (hours + minutes).isdigit() or int(hours) > _MAX_HOURS or int(minutes) > 59:
        return None
    return sign * (int(hours) * 60 + int(minutes))
