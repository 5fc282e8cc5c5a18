"""What patterns are held against: the client's systems, their lists, and the handoffs that somebody named or proposed."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import client_systems, pulled_streams, settings_now
from toolkit.landscape.pattern_matches import Carried, Held


def held_patterns(engagement: Engagement) -> Held:
    """Return what the client has of what patterns need."""
    streams = pulled_streams(engagement)
    categories = {one.name: one.category or ("sheet" if one.is_sheet else "") for one in client_systems(engagement)}
    handoffs = []
    for name, one in settings_now(engagement).handoffs.items():
        (system_l, stream_l), (system_r, stream_r) = one.from_.split(".", 1), one.to.split(".", 1)
        left, right = (
            streams.get(system, {}).get(stream, "") for system, stream in ((system_l, stream_l), (system_r, stream_r))
        )
        handoffs.append(Carried(name, system_l, left, system_r, right))
    return Held(categories, streams, tuple(handoffs))
