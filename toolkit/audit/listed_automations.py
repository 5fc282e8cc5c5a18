"""The client's automations, as the settings list them."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import settings_now
from toolkit.landscape.automations import Automation


def listed_automations(engagement: Engagement) -> list[Automation]:
    """Return the links that run by themselves already, in the order of the settings."""
    return [
        Automation(
            name, one.from_, one.to, one.tool, one.trigger, one.owner, one.last_success, one.failure_mode, one.reaches,
            one.reviewed_on,
        )
        for name, one in settings_now(engagement).automations.items()
    ]  # fmt: skip
