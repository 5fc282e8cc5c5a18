"""Every abbreviation of a time zone is the offset that its clocks had."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from toolkit.files.zones import offset_text

# Where each is in use, in winter and in summer of the north; the second names are what its clocks say of themselves.
PLACES = {
    "Europe/Lisbon": ("WET", "WEST"),
    "Europe/London": ("GMT", "BST"),
    "Europe/Berlin": ("CET", "CEST"),
    "Europe/Athens": ("EET", "EEST"),
    "Europe/Moscow": ("MSK", "MSK"),
    "Africa/Johannesburg": ("SAST", "SAST"),
    "Asia/Karachi": ("PKT", "PKT"),
    "Asia/Hong_Kong": ("HKT", "HKT"),
    "Asia/Tokyo": ("JST", "JST"),
    "Asia/Seoul": ("KST", "KST"),
    "Australia/Perth": ("AWST", "AWST"),
    "Australia/Sydney": ("AEDT", "AEST"),
    "Pacific/Auckland": ("NZDT", "NZST"),
    "America/Halifax": ("AST", "ADT"),
    "America/New_York": ("EST", "EDT"),
    "America/Chicago": ("CST", "CDT"),
    "America/Denver": ("MST", "MDT"),
    "America/Los_Angeles": ("PST", "PDT"),
    "America/Anchorage": ("AKST", "AKDT"),
    "Pacific/Honolulu": ("HST", "HST"),
}
# Names in use there that the clocks themselves do not say, and German ones.
OTHER_NAMES = {
    "Atlantic/Madeira": ("WET", "WESZ"),
    "Europe/Berlin": ("MEZ", "MESZ"),
    "Europe/Paris": ("MET", "MEST"),
    "Europe/Athens": ("OEZ", "OESZ"),
    "Asia/Dubai": ("GST", "GST"),
    "Asia/Singapore": ("SGT", "SGT"),
    "America/Sao_Paulo": ("BRT", "BRT"),
    "America/Argentina/Buenos_Aires": ("ART", "ART"),
    "Etc/UTC": ("UTC", "Z"),
}
NAMED = [
    (name, place, month)
    for places in (PLACES, OTHER_NAMES)
    for place, names in places.items()
    for name, month in zip(names, (1, 7), strict=True)
]


@pytest.mark.parametrize(("name", "place", "month"), NAMED)
def test_an_abbreviation_is_the_offset_of_its_clocks(name: str, place: str, month: int) -> None:
    """As the time zone database has it, in January and in July of 2026."""
    noon = datetime(2026, month, 1, 12, tzinfo=ZoneInfo(place))
    offset = noon.utcoffset()

    assert offset is not None
    sign = "-" if offset < timedelta(0) else "+"
    assert offset_text(name) == f"{sign}{abs(offset) // timedelta(hours=1):02d}:00"
    assert offset_text(f" {name.lower()} ") == offset_text(name)


@pytest.mark.parametrize(("place", "names"), PLACES.items())
def test_the_clocks_call_themselves_so(place: str, names: tuple[str, str]) -> None:
    """The names above are not invented."""
    zone = ZoneInfo(place)

    assert tuple(datetime(2026, month, 1, tzinfo=zone).tzname() for month in (1, 7)) == names
