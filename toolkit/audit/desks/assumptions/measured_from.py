"""What the measured part of a business case follows from: whether it would be another, measured anew, is seen by this."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.errors import UnknownNameError
from toolkit.settings import Settings

_SIDES = ("system_l", "stream_l", "system_r", "stream_r", "trigger", "carrier", "grace_days", "is_source_required")


def measured_from(engagement: Engagement, settings: Settings) -> dict[str, Any]:
    """Return the handoffs with what is measured by, the currency, and the snapshots.

    Parameters
    ----------
    engagement
        With its snapshots.
    settings
        As they are now.
    """
    now = replace(engagement, loaded=replace(engagement.loaded, settings=settings))
    try:
        found = engagement_handoffs(now)
    except UnknownNameError as error:
        # Nothing can be measured anew before that is mended: the next audit says so too.
        return {"handoffs": str(error)}
    given = settings.handoffs
    return {
        "handoffs": {
            one.handoff_id: [
                *(getattr(one, name) for name in _SIDES),
                given[one.handoff_id].is_billing if one.handoff_id in given else None,
            ]
            for one in found
        },
        "currency": settings.currency,
        "snapshots": snapshots_hash(engagement),
    }


def snapshots_hash(engagement: Engagement) -> str:
    """Return a hash of what was read of the systems.

    Parameters
    ----------
    engagement
        Whose.
    """
    read = engagement.store.snapshots().select(["system", "stream", "sha256"]).to_pylist()
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()[:16]
