"""How the streams of a system are changed over its interface, or in its database: by its connector and the settings."""

from dataclasses import replace

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.targets import target_connector, writings_of
from toolkit.audit.pull.asked import is_asked
from toolkit.changes import Plan
from toolkit.connector import Stream, Writing


def written_streams(engagement: Engagement, system: str) -> dict[str, tuple[Stream, Writing]]:
    """Return by name the streams of a system that can be changed over its interface, and how; none where it is not asked.

    Parameters
    ----------
    engagement
        Whose system it is.
    system
        The client's name of it.
    """
    given = engagement.settings.systems.get(system)
    if given is None or not is_asked(system, engagement.settings):
        return {}
    target = target_connector(engagement, system, given.connector or "rest")
    described = {name for name, one in given.streams.items() if one.read is not None or one.rows is not None}
    own = {one.name: _as_read(one) if one.name in described else one for one in target.streams}
    return {name: (own[name], writing) for name, writing in writings_of(engagement, system, target).items()}


def _as_read(stream: Stream) -> Stream:
    """Return a list that is described for the interface: what it says of a column is where that stands in an answer."""
    return replace(stream, fields={name: replace(one, asked=one) for name, one in stream.fields.items()})


def is_sendable(engagement: Engagement, plan: Plan) -> bool:
    """Return whether every change of a plan can be sent over the interface of its system.

    Parameters
    ----------
    engagement
        Whose plan it is.
    plan
        The plan.
    """
    streams = {one.stream for one in plan.operations}
    return bool(streams) and streams <= written_streams(engagement, plan.target.system).keys()
