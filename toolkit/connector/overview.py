"""What the toolkit can do with a system, told by its connector: one object a system, as ``systems --json`` prints it."""

from typing import Any

from toolkit.connector.about import PROOF_LABELS
from toolkit.connector.api import DAY_S, Limit
from toolkit.connector.fields import asked_field, is_asked
from toolkit.connector.scorecard import scorecard
from toolkit.connector.streams import Connector, Stream

_SPANS = {1.0: "second", 60.0: "minute", 3600.0: "hour", DAY_S: "day"}


def overview(connector: Connector) -> dict[str, Any]:
    """Return what can be done with a system, and what must be known for it; texts, numbers, true and false.

    Examples
    --------
    >>> found = overview(Connector("desk", "Desk", "support"))
    >>> {name: found[name] for name in ("name", "export", "pull", "write", "webhook")}
    {'name': 'desk', 'export': False, 'pull': False, 'write': False, 'webhook': False}
    """
    card = scorecard(connector)
    return {
        "name": connector.name,
        "label": connector.label,
        "category": connector.category,
        # What is no product and has no streams is any list in a file.
        "export": any(one.formats for one in connector.streams)
        or not (connector.streams or connector.is_product or connector.is_described),
        "pull": connector.api is not None or any(one.readings for one in connector.streams) or connector.is_described,
        "write": any(one.writing is not None for one in connector.streams) or connector.is_described,
        # Events are not there yet: nothing listens.
        "webhook": False,
        "streams": [_stream(one) for one in connector.streams],
        "sign_in": sign_ins(connector),
        "limits": [limit_words(one) for one in connector.api.limits] if connector.api is not None else [],
        "scorecard": {
            "score": card.score,
            "known_share": card.known_share,
            "criteria": [{"name": one.name, "answer": one.answer, "points": one.points} for one in card.criteria],
        },
        "proved_on": [{"kind": one.kind, "label": PROOF_LABELS[one.kind], "what": one.what} for one in proofs(connector)],
    }


def proofs(connector: Connector) -> list[Any]:
    """Return what a connector was proved on, the strongest first."""
    order = [*PROOF_LABELS]
    return sorted(connector.about.proved_on, key=lambda one: -order.index(one.kind))


def sign_ins(connector: Connector) -> list[dict[str, Any]]:
    """Return the ways to sign in to a system, each with the scopes that reading needs, and those that writing does."""
    ways = connector.api.sign_in if connector.api is not None else ()
    written = scopes_to_write(connector)
    return [
        {
            "way": one.way,
            "scopes": [*one.scopes_read],
            "scopes_to_write": [*dict.fromkeys((*one.scopes_read, *written))] if written else [],
            "needs": [*one.needs],
        }
        for one in ways
    ]


def scopes_to_write(connector: Connector, *, merges: bool = False) -> tuple[str, ...]:
    """Return the scopes that changing a system's records needs, beside those that reading them does.

    With ``merges`` those that its own merge needs besides are among them.

    Examples
    --------
    >>> scopes_to_write(Connector("desk", "Desk", "support"))
    ()
    """
    written = [one.writing for one in connector.streams if one.writing is not None]
    merged = [scope for one in written if merges and one.merge is not None for scope in one.merge.scopes]
    return tuple(dict.fromkeys((*(scope for one in written for scope in one.scopes), *merged)))


def written_actions(stream: Stream) -> tuple[str, ...]:
    """Return the kinds of change that a stream's records take over the interface."""
    how = stream.writing
    if how is None:
        return ()
    calls = {
        "create": how.create, "update": how.update, "archive": how.archive, "restore": how.restore,
        "merge": how.merge.call if how.merge is not None else None,
    }  # fmt: skip
    return tuple(name for name, call in calls.items() if call is not None)


def limit_words(limit: Limit) -> str:
    """Return a limit in words.

    Examples
    --------
    >>> limit_words(Limit(100, 10.0)), limit_words(Limit(250_000, 86_400.0))
    ('100 in 10 seconds', '250,000 a day')
    """
    span = _SPANS.get(limit.per_s)
    return f"{limit.count:,} a {span}" if span else f"{limit.count:,} in {limit.per_s:g} seconds"


def _stream(stream: Stream) -> dict[str, Any]:
    readings = [one for one in stream.readings if not one.is_parents]
    return {
        "name": stream.name,
        "entity": stream.entity,
        "export": bool(stream.formats),
        "pull": bool(stream.readings),
        "changes": any(one.tells_changes() for one in readings),
        "deletions": _tells_deletions(stream),
        "write": [*written_actions(stream)],
        "scopes": sorted({scope for one in readings for scope in one.scopes}),
        "scopes_to_write": sorted(stream.writing.scopes) if stream.writing is not None else [],
    }


def _tells_deletions(stream: Stream) -> bool:
    state = stream.fields.get("state")
    asked = asked_field(state) if state is not None and is_asked(state) else None
    says = asked is not None and any(value == "deleted" for _, value in asked.values)
    return says or any(one.state == "deleted" for one in stream.readings)
