"""How the dates and amounts of a stream are read where its rows leave that open."""

from typing import TypedDict

from toolkit.audit.engagement import Engagement
from toolkit.settings import StreamSettings


class CanonicalSettings(TypedDict):
    """What ``files.canonical.canonical_stream`` is told of a stream."""

    country: str | None
    time_zone: str
    currency: str | None
    decimal_sign: str
    day_order: str


def canonical_settings(engagement: Engagement, system: str, own: StreamSettings | None) -> CanonicalSettings:
    """Return how a stream is read: what it says itself, else its system, else the engagement.

    Parameters
    ----------
    engagement
        The engagement.
    system
        The client's name of the system.
    own
        The settings of a stream that no connector knows.
    """
    settings = engagement.settings
    said = [one for one in (own, settings.systems.get(system)) if one is not None]

    def first(name: str, usual: str = "") -> str:
        return next((getattr(one, name) for one in said if getattr(one, name)), usual)

    return CanonicalSettings(
        country=first("country", settings.country),
        time_zone=first("time_zone", settings.time_zone),
        currency=first("currency", settings.currency),
        decimal_sign=first("decimal_sign"),
        day_order=first("day_order"),
    )
