"""New handoffs written into ``engagement.yaml``: every other line and comment of it stays."""

from collections.abc import Mapping
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.landscape import landscape_now
from toolkit.audit.register import settings_now
from toolkit.errors import InputError
from toolkit.settings import FILE_NAME, change_settings


def write_handoffs(engagement: Engagement, handoffs: Mapping[str, Mapping[str, Any]], *, why: str) -> None:
    """Write handoffs that the file does not have yet.

    Those that were only proposed so far are written too: once one stands in the file, the others would be forgotten.

    Parameters
    ----------
    engagement
        The client's.
    handoffs
        Their settings by their ids.
    why
        Where they come from, a word for the log.

    Raises
    ------
    InputError
        There is no ``engagement.yaml``, or it cannot be changed safely; it is left as it was.
    BusyError
        Another run is writing.
    """
    file = engagement.folder / FILE_NAME
    if not file.exists():
        raise InputError(f"There is no {file}. Create it first: integration-audit new {engagement.folder}.")
    if not handoffs:
        return
    proposed = landscape_now(engagement, settings_now(engagement)).proposed
    kept = {
        one.handoff_id: {
            "label": one.label, "from": f"{one.system_l}.{one.stream_l}", "to": f"{one.system_r}.{one.stream_r}",
            "trigger": one.trigger, "grace_days": one.grace_days, "is_proposed": True,
        }
        for one in proposed.values()
        if one.handoff_id not in handoffs
    }  # fmt: skip
    changes: dict[tuple[str, ...], Any] = {
        ("handoffs", name, key): value
        for name, one in {**kept, **handoffs}.items()
        for key, value in one.items()
        if value is not None
    }
    with engagement.store.writing(f"new handoffs ({why})"):
        change_settings(file, changes)
        engagement.store.log("handoffs_added", {"why": why, "handoffs": [*handoffs]})
