"""How soon data must arrive, and what brings it that soon: messages from the source, asking at intervals, or a daily batch.

Times are in minutes. What "real time" means is an assumption of ours: within five minutes.

Source: cost model, sections 2 and 11.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.connector.about import Known
from toolkit.errors import UnknownNameError
from toolkit.roi.periods import HOURS_PER_MONTH
from toolkit.roi.wiring import Polling, polling

ServiceLevel = Literal["real_time", "hour", "day"]
DeliveryWay = Literal["webhook", "polling", "batch"]

MAX_WAIT_MINUTES: Mapping[ServiceLevel, float] = {"real_time": 5.0, "hour": 60.0, "day": 1_440.0}
"""How long an item may wait at most."""

WEBHOOK_CONTROLS: tuple[str, ...] = (
    "a queue that takes the message before anything is done with it",
    "another attempt when the target does not answer",
    "a place for messages that failed for good, and somebody who looks there",
    "a way to play messages again",
    "a daily comparison of both lists, for messages that never came",
)
"""What must be there before a client relies on messages: one that is sent while nobody listens is lost."""

_MANY_EMPTY = 0.5


@dataclass(frozen=True, slots=True)
class Delivery:
    """What brings the data soon enough, and why.

    ``way`` is null where it hangs on what nobody knows, which ``asked`` names: ``needed_within`` or ``webhooks``.
    ``polled`` is what asking at intervals takes, null for messages. ``is_too_often`` says that asking so often is more than
    the source allows.
    """

    way: DeliveryWay | None
    why: str
    polled: Polling | None
    asked: str = ""
    is_too_often: bool = False

    @property
    def polls_per_hour(self) -> float:
        """How often the source is asked for news; 0 for messages, a nightly run, and as long as nobody knows."""
        return 60 / self.polled.max_latency_minutes if self.way == "polling" and self.polled is not None else 0.0

    @property
    def controls(self) -> tuple[str, ...]:
        """What must be there before a client relies on it."""
        return WEBHOOK_CONTROLS if self.way == "webhook" else ()


def is_file_enough(level: ServiceLevel | None) -> bool | None:
    """Return whether a daily file comes soon enough; null where nobody has said how soon the data must arrive.

    Examples
    --------
    >>> is_file_enough("day"), is_file_enough("hour"), is_file_enough(None)
    (True, False, None)
    """
    return None if level is None else _max_wait(level) >= MAX_WAIT_MINUTES["day"]


def delivery(
    level: ServiceLevel | None,
    *,
    webhooks: Known = "",
    events_per_month: float = 0.0,
    requests_per_minute: float | None = None,
) -> Delivery:
    """Return what brings the data soon enough.

    Parameters
    ----------
    level
        How soon it must arrive; null: nobody has said.
    webhooks
        Whether the source sends messages on changes (``partly``: without a signature); empty: nobody knows.
    events_per_month
        Items carried a month.
    requests_per_minute
        What the source allows; null where no limit is known.

    Examples
    --------
    >>> delivery("hour", webhooks="no", events_per_month=200).polled.checks_per_month
    730.0
    >>> delivery("real_time").asked
    'webhooks'
    """
    if not math.isfinite(events_per_month) or events_per_month < 0:
        raise ValueError(f"events_per_month must be 0 or more, not {events_per_month!r}.")
    if webhooks not in {"", "yes", "partly", "no"}:
        raise UnknownNameError("answer", webhooks, ("yes", "partly", "no"))
    if level is None:
        return Delivery(None, "nobody has said how soon the data must arrive", None, "needed_within")
    wait = _max_wait(level)
    polled = polling(wait, events_per_month)
    if level == "day":
        return Delivery("batch", "a day is soon enough, so one run a night carries everything", polled)
    checks_per_minute = polled.checks_per_month / (HOURS_PER_MONTH * 60)
    is_too_often = requests_per_minute is not None and checks_per_minute > requests_per_minute
    is_idle = polled.empty_check_share_lower_bound >= _MANY_EMPTY
    if level == "hour" and not is_idle and not is_too_often:
        return Delivery("polling", "an hour is soon enough, and most checks find something", polled)
    if not webhooks:
        return Delivery(None, "nobody knows whether the source sends messages on changes", polled, "webhooks", is_too_often)
    if webhooks == "no":
        why = f"the source sends no messages, so it is asked every {wait:g} minutes"
        return Delivery("polling", why, polled, is_too_often=is_too_often)
    saved = f"at least {polled.empty_check_share_lower_bound:.0%} of the checks would find nothing"
    unsigned = "; its messages are not signed, so each is checked by asking back" if webhooks == "partly" else ""
    return Delivery("webhook", f"the source sends messages on changes, and {saved}{unsigned}", None)


def _max_wait(level: ServiceLevel) -> float:
    if level not in MAX_WAIT_MINUTES:
        raise UnknownNameError("service level", level, MAX_WAIT_MINUTES)
    return MAX_WAIT_MINUTES[level]
