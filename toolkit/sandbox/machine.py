"""One stand-in: from a request to the vendor's answer, in the order in which a vendor looks at it."""

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from urllib.parse import urlsplit

from toolkit.connector import Connector
from toolkit.rest.places import value_at
from toolkit.sandbox.credentials import Invented
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.faults import SLOW_S, FaultPlan
from toolkit.sandbox.jobs import Jobs
from toolkit.sandbox.limits import LimitCounter
from toolkit.sandbox.lists import SystemLists
from toolkit.sandbox.page import UnknownCursorError
from toolkit.sandbox.places import put
from toolkit.sandbox.routes import Route, best_route, route_of
from toolkit.sandbox.served import ServedSystem
from toolkit.sandbox.signing_in import SignInDesk
from toolkit.sandbox.stand_in import STATUS, Problem, StandIn
from toolkit.sandbox.tokens import Tokens


@dataclass(slots=True)
class Machine:
    """A stand-in of one system. ``url`` is where it is reached, once it is; without faults nothing goes wrong by itself."""

    connector: Connector
    stand_in: StandIn
    system: ServedSystem
    url: str = ""
    faults: FaultPlan | None = None
    invented: Invented = field(default_factory=Invented)
    asked: int = 0
    _lists: SystemLists = field(init=False)
    _desk: SignInDesk = field(init=False)
    _limits: LimitCounter = field(init=False)
    _tokens: Tokens = field(init=False)
    _jobs: Jobs = field(init=False)
    _routes: tuple[Route, ...] = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._lists = SystemLists(self.connector, self.stand_in, self.system)
        api = self._lists.api
        self._limits = LimitCounter(api.limits, time.monotonic)
        self._tokens = Tokens(secrets.token_hex(16), "")
        self._routes = tuple(
            route_of(stream, number, home=urlsplit(api.url).path, link_param=self.stand_in.link_param)
            for stream in self._lists.streams()
            for number in range(len(stream.readings))
        )
        self._jobs = Jobs(self._routes, urlsplit(api.url).path)
        self.settle("")

    def settle(self, url: str) -> None:
        """Note where the stand-in is reached: addresses in answers begin there."""
        self.url = url
        self._tokens = Tokens(secrets.token_hex(16), url)
        told = {name: url if "url" in name else "4711" for one in self._lists.api.sign_in for _, name in one.tells}
        self._desk = SignInDesk(self._lists.api.sign_in, self.invented, told)

    def answer(self, asked: Asked) -> Given:
        """Return the answer to a request."""
        given = self._answer(asked)
        own = self.stand_in.headers(asked)
        return replace(given, headers={**own, **given.headers}) if own else given

    def _answer(self, asked: Asked) -> Given:
        token = self._desk.answer(asked)
        if token is not None:
            return token
        with self._lock:
            self.asked += 1
            fault = self.faults.fault() if self.faults is not None else None
            if fault == "expired" and self._desk.has_renewable(asked):
                self._desk.expire()
        if not self._desk.is_signed(asked):
            return self._refused("signed_out", asked)
        wait_s = 1.0 if fault == "too_fast" else self._limits.wait_s()
        if wait_s:
            return self._refused("too_fast", asked, {"Retry-After": str(max(1, ceil(wait_s)))})
        given = self._refused("trouble", asked) if fault == "trouble" else self._data(asked)
        cut = len(given.content) // 2 if fault == "dropped" else None
        return replace(given, cut=cut, wait_s=SLOW_S if fault == "slow" else 0.0)

    def _data(self, asked: Asked) -> Given:
        """Return what is asked for: the account, a list, a job, or one of the vendor's further calls."""
        api = self._lists.api
        home = urlsplit(api.url).path.rstrip("/")
        if api.account is not None and asked.path == f"{home}/{api.account.path.lstrip('/')}" and asked.method == "GET":
            return Given(self._account(api.account.id, api.account.name))
        further = self.stand_in.further.get((asked.method, asked.path))
        if further is not None:
            return Given(further)
        if self.stand_in.parse_query is not None:
            asked = self.stand_in.parse_query(asked)
        with self._lock:
            try:
                return self._page(asked)
            except UnknownCursorError:
                return self._refused("bad_cursor", asked)

    def _page(self, asked: Asked) -> Given:
        place = self._tokens.known(asked.path.rpartition("/")[2])
        if place is not None:
            said = {**place.said, "cursor": asked.path.rpartition("/")[2]}
            return self._lists.page(place.route, asked, said, self._tokens)
        job = self._jobs.answer(asked)
        if isinstance(job, Given):
            return job
        if job is not None:
            route, found = job
            return self._lists.page(route, asked, found, self._tokens)
        best = best_route(self._routes, asked)
        if best is None:
            is_known = any(one.path.fullmatch(asked.path) for one in self._routes)
            return self._refused("bad_request" if is_known else "not_there", asked)
        begun = self._jobs.begun(*best)
        return begun if begun is not None else self._lists.page(*_with(best, asked), self._tokens)

    def _account(self, id_path: str, name_path: str) -> object:
        """Return whose data it is: the client's name of the system, under an id that the same engagement always has."""
        if self.stand_in.account is not None:
            return self.stand_in.account
        body: dict[str, object] = {}
        put(body, id_path, f"sandbox-{self.system.name}")
        if name_path and value_at(body, name_path) is None:
            put(body, name_path, self.system.label or self.system.name)
        return body

    def _refused(self, problem: Problem, asked: Asked, headers: Mapping[str, str] | None = None) -> Given:
        return Given(self.stand_in.error_body(problem, asked), STATUS[problem], headers or {})


def _with(best: tuple[Route, dict[str, str]], asked: Asked) -> tuple[Route, Asked, dict[str, str]]:
    return best[0], asked, best[1]
