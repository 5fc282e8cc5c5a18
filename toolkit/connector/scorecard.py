"""How well a system can be connected: ten criteria of its interface, scored from what is known, and how much is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.connector.about import InterfaceKind, Known
from toolkit.connector.api import Api
from toolkit.connector.streams import Connector

_KINDS: Mapping[InterfaceKind, float] = {
    "rest": 1.0, "graphql": 1.0, "query": 1.0, "odata": 1.0, "sql": 1.0, "soap": 0.5, "none": 0.0,
}  # fmt: skip
_KNOWN: Mapping[Known, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_SIGN_INS: Mapping[str, float] = {"oauth2_code": 1.0, "client_credentials": 1.0, "jwt_bearer": 1.0}
_PLENTY_A_MINUTE, _ENOUGH_A_MINUTE = 300.0, 60.0


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question to an interface, its answer in words, and its points from 0 to 1; None where nobody knows."""

    name: str
    answer: str
    points: float | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The criteria of one system; ``score`` (0 to 100) is over what is known, ``known_share`` says how much that is."""

    criteria: tuple[Criterion, ...]

    @property
    def known_share(self) -> float:
        """Which share of the criteria is known."""
        return sum(one.points is not None for one in self.criteria) / len(self.criteria)

    @property
    def score(self) -> int | None:
        """Points of a hundred over the criteria that are known; None where none is.

        Examples
        --------
        >>> Scorecard((Criterion("bulk", "yes", 1.0), Criterion("sandbox", "", 0.5), Criterion("limit", "", None))).score
        75
        """
        known = [one.points for one in self.criteria if one.points is not None]
        return round(100 * sum(known) / len(known)) if known else None


def scorecard(connector: Connector) -> Scorecard:
    """Return the scorecard of a system; what is not known takes nothing off its score.

    Examples
    --------
    >>> from toolkit.connector import Limit, SignIn
    >>> api = Api("https://desk.example", (SignIn("bearer"),), limits=(Limit(100, 10.0),))
    >>> card = scorecard(Connector("desk", "Desk", "support", api=api))
    >>> card.score, card.known_share
    (75, 0.2)
    """
    about, api = connector.about.interface, connector.api
    return Scorecard(
        (
            Criterion("interface", about.kind, _KINDS.get(about.kind)),
            _sign_in(api),
            Criterion("sign-in that may only read", about.read_only, _KNOWN.get(about.read_only)),
            _limit(api),
            Criterion("tells what changed", about.changes, _KNOWN.get(about.changes)),
            Criterion("tells what is gone", about.deletions, _KNOWN.get(about.deletions)),
            Criterion("many records at once", about.bulk, _KNOWN.get(about.bulk)),
            Criterion("messages on changes", about.webhooks, _KNOWN.get(about.webhooks)),
            Criterion("a write may be repeated", about.repeats, _KNOWN.get(about.repeats)),
            Criterion("place to practise", about.sandbox, _KNOWN.get(about.sandbox)),
        )
    )


def per_minute(api: Api) -> float | None:
    """Return how many requests a minute an interface takes, going on for an hour; None where no limit is known.

    Examples
    --------
    >>> from toolkit.connector import Limit
    >>> per_minute(Api("https://desk.example", limits=(Limit(10, 1.0), Limit(400, 60.0), Limit(250_000, 86_400.0))))
    400.0
    """
    return min((60.0 * one.count / one.per_s for one in api.limits if not one.is_budget), default=None)


def _sign_in(api: Api | None) -> Criterion:
    ways = [one.way for one in api.sign_in] if api is not None else []
    points = max((_SIGN_INS.get(way, 0.5) for way in ways), default=None)
    return Criterion("sign-in", ", ".join(dict.fromkeys(ways)), points)


def _limit(api: Api | None) -> Criterion:
    rate = per_minute(api) if api is not None else None
    if rate is None:
        return Criterion("requests a minute", "", None)
    points = 1.0 if rate >= _PLENTY_A_MINUTE else 0.5 if rate >= _ENOUGH_A_MINUTE else 0.0
    return Criterion("requests a minute", f"{rate:,.0f}", points)
