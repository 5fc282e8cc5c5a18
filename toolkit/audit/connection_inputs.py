"""What follows for the business case from what was said of how a handoff is to be connected."""

from dataclasses import replace

from toolkit.estimates import Estimate
from toolkit.roi.inputs import HandoffInputs
from toolkit.roi.one_time import EffortClass
from toolkit.scoping.approach.feasibility import feasibility
from toolkit.scoping.approach.service_level import MAX_WAIT_MINUTES
from toolkit.settings import HandoffApproachSettings, HandoffSettings

_MINUTES_PER_DAY = 60 * 24


def with_connection(inputs: HandoffInputs, said: HandoffApproachSettings, given: HandoffSettings | None) -> HandoffInputs:
    """Return the inputs with what follows from what was said of connecting: steps, class of effort, how long items wait.

    Parameters
    ----------
    inputs
        Of the handoff.
    said
        What was said of connecting it.
    given
        What else the settings say of it; what they say of the build, or of the waiting, goes first.
    """
    found = inputs if said.steps_per_run is None else replace(inputs, steps_per_run=said.steps_per_run)
    effort = effort_by_feasibility(said, given)
    found = found if effort is None else replace(found, build_class=effort)
    wait = MAX_WAIT_MINUTES[said.needed_within] / _MINUTES_PER_DAY if said.needed_within in {"real_time", "hour"} else None
    # What waits no longer than that today gains nothing.
    if wait is None or found.delay_days_after is not None or found.delay_days is None or found.delay_days.low <= wait:
        return found
    after = Estimate(wait / 2, "days", "default", 0.0, wait, source=f"it must arrive within {said.needed_within}")
    return replace(found, delay_days_after=after)


def effort_by_feasibility(said: HandoffApproachSettings, given: HandoffSettings | None) -> EffortClass | None:
    """Return the class of effort that the feasibility speaks for; null where nobody asked, or a class was given.

    Parameters
    ----------
    said
        What was said of connecting the handoff.
    given
        What else the settings say of it.
    """
    is_given = given is not None and given.build is not None and given.build.class_ is not None
    return None if is_given else feasibility(said.feasibility).effort
