"""One stand-in: from a request to the vendor's answer, in the order in which a vendor looks at it."""

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from math import ceil

from toolkit.connector import Completion, Connector, Limit, Stream
from toolkit.rest.allowed import Allowed
from toolkit.rest.places import value_at
from toolkit.sandbox.changing.asked_changes import AskedFor
from toolkit.sandbox.changing.desk import ChangeDesk, utc_now
from toolkit.sandbox.credentials import Invented, invented_to_write
from toolkit.sandbox.described import description
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.faults import SLOW_S, Fault, FaultPlan
from toolkit.sandbox.homes import home_path
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

_LOST = b"an answer that never came"


@dataclass(slots=True)
class Machine:
    """A stand-in of one system. ``url`` is where it is reached, once it is; ``now`` is the clock of its limits.

    ``today`` is that of its stamps. ``limits`` are those of a larger plan than the connector knows. With ``key_lasts`` the
    key that a person made is withdrawn once, behind so many requests, and ``withdrawn`` is told. Changes are taken from
    whoever signs with what is ``invented_to_write``; ``changed`` counts them.
    """

    connector: Connector
    stand_in: StandIn
    system: ServedSystem
    url: str = ""
    faults: FaultPlan | None = None
    now: Callable[[], float] = time.monotonic
    today: Callable[[], datetime] = utc_now
    limits: tuple[Limit, ...] = ()
    invented: Invented = field(default_factory=Invented)
    invented_to_write: Invented = field(default_factory=invented_to_write)
    asked: int = 0
    changed: int = 0
    spoiled: int = 0
    key_lasts: int = 0
    withdrawn: Callable[[], None] = lambda: None
    _lists: SystemLists = field(init=False)
    _desk: SignInDesk = field(init=False)
    _writing_desk: SignInDesk = field(init=False)
    _changes: ChangeDesk = field(init=False)
    _limits: LimitCounter = field(init=False)
    _tokens: Tokens = field(init=False)
    _jobs: Jobs = field(init=False)
    _routes: tuple[Route, ...] = field(init=False)
    _own_limits: dict[str, LimitCounter] = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._lists = SystemLists(self.connector, self.stand_in, self.system)
        api = self._lists.api
        self._limits = LimitCounter(self.limits or api.limits, self.now)
        self._tokens = Tokens(secrets.token_hex(16), "")
        home, link, size = home_path(api.url), self.stand_in.link_param, self.stand_in.size_param
        self._routes = tuple(
            route_of(
                stream, number, home=home, link_param=link, size_param=size, is_of_names=is_of_names, completion=completion
            )
            for stream in self._lists.streams()
            for is_of_names, number, completion in _lists_of(stream)
        )
        self._own_limits = {
            one.name: LimitCounter(one.reading.limits, self.now) for one in self._routes if one.reading.limits
        }
        self._jobs = Jobs()
        self._changes = ChangeDesk(self._lists, self.stand_in, home, self._refused, self.today)
        self.settle("")

    def settle(self, url: str) -> None:
        """Note where the stand-in is reached: addresses in answers begin there."""
        self.url = url
        self._tokens = Tokens(secrets.token_hex(16), url)
        told = {name: url if "url" in name else "4711" for one in self._lists.api.sign_in for _, name in one.tells}
        self._desk = SignInDesk(self._lists.api.sign_in, self.invented, told)
        self._writing_desk = SignInDesk(self._lists.api.sign_in, self.invented_to_write, told)

    def answer(self, asked: Asked) -> Given:
        """Return the answer to a request."""
        asked = self.stand_in.opened(asked)
        given = self.stand_in.enveloped(asked, self._answer(asked))
        api = self._lists.api
        own = {**({api.version_header: api.version} if api.version_header else {}), **self.stand_in.headers(asked)}
        return replace(given, headers={**own, **given.headers}) if own else given

    def _answer(self, asked: Asked) -> Given:
        for ending in self.stand_in.endings:
            asked = replace(asked, path=asked.path.removesuffix(ending))
        token = self._token(asked)
        if token is not None:
            return token
        fault = self._fault(asked)
        may_write = self._writing_desk.is_signed(asked)
        if not may_write and not self._desk.is_signed(asked):
            return self._refused("signed_out", asked)
        wait_s = 1.0 if fault == "too_fast" else self._limits.wait_s()
        if wait_s:
            return self._refused("too_fast", asked, {"Retry-After": str(max(1, ceil(wait_s)))})
        if self.stand_in.parse_query is not None:
            asked = self.stand_in.parse_query(asked)
        meant = self._changes.meant(asked)
        if meant is not None and meant.route.call is not None:
            return self._changed(asked, partial(self._changes.answer, asked, meant), fault, may_write=may_write)
        batch = self._changes.batch(asked)
        if batch is not None:
            return self._changed(asked, partial(self._changes.together, asked, batch), fault, may_write=may_write)
        given = self._refused("trouble", asked) if fault == "trouble" else self._data(asked, meant)
        cut = len(given.content) // 2 if fault == "dropped" else None
        return replace(given, cut=cut, wait_s=SLOW_S if fault == "slow" else 0.0)

    def _token(self, asked: Asked) -> Given | None:
        """Return the answer of an address of signing in: whoever may write has a client and secrets of its own."""
        found = self._desk.answer(asked)
        if found is None or found.status < 400:
            return found
        other = self._writing_desk.answer(asked)
        return other if other is not None and other.status < 400 else found

    def _fault(self, asked: Asked) -> Fault | None:
        """Count a request; return what goes wrong with it."""
        with self._lock:
            self.asked += 1
            fault = self.faults.fault() if self.faults is not None else None
            for desk in (self._desk, self._writing_desk):
                if fault == "expired" and desk.has_renewable(asked):
                    desk.expire()
            is_last = bool(self.key_lasts) and self.asked > self.key_lasts and self._desk.has_key(asked)
            if is_last:
                self.key_lasts = 0
                self.invented.withdraw()
        if is_last:
            self.withdrawn()
        return fault

    def _changed(self, asked: Asked, change: Callable[[], Given], fault: Fault | None, *, may_write: bool) -> Given:
        """Return the answer to a change; what goes wrong with it does so before its effect and behind it in turn."""
        if not may_write:
            return self._refused("forbidden", asked)
        with self._lock:
            self.spoiled += fault in {"trouble", "dropped"}
            is_before = fault in {"trouble", "dropped"} and self.spoiled % 2 == 1
            given = Given({}) if is_before else change()
            self.changed += not is_before and given.status < 400
        if fault == "trouble":
            return self._refused("trouble", asked)
        if fault == "dropped":
            return Given(_LOST, cut=0)
        return replace(given, wait_s=SLOW_S if fault == "slow" else 0.0)

    def _data(self, asked: Asked, meant: AskedFor | None) -> Given:
        """Return what is asked for: the account, a list, one record, a job, or one of the vendor's further calls."""
        if self._asks_for_account(asked):
            return Given(self._account())
        further = self.stand_in.further.get((asked.method, asked.path))
        if further is not None:
            return Given(further)
        described = description(self._routes, asked, home_path(self._lists.api.url))
        if described is not None:
            return Given(described)
        with self._lock:
            if meant is not None:
                return self._changes.answer(asked, meant)
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
        best = best_route([one for one in self._routes if self._lists.is_there(one)], asked)
        if best is None:
            is_known = any(one.path.fullmatch(asked.path) for one in self._routes)
            return self._refused("bad_request" if is_known else "not_there", asked)
        # A request that goes on repeats what was asked for only where the vendor wants it.
        if (word := best[1].get("cursor")) and (known := self._tokens.known(word)) and known.route.name == best[0].name:
            best = (best[0], {**known.said, **best[1]})
        own = self._own_limits.get(best[0].name)
        if own is not None and (wait_s := own.wait_s()):
            return self._refused("too_fast", asked, {"Retry-After": str(max(1, ceil(wait_s)))})
        begun = self._jobs.begun(*best)
        return begun if begun is not None else self._lists.page(*_with(best, asked), self._tokens)

    def _asks_for_account(self, asked: Asked) -> bool:
        api = self._lists.api
        if api.account is None or asked.method != ("POST" if api.account.body else "GET"):
            return False
        path = f"{home_path(api.url).rstrip('/')}/{api.account.path.lstrip('/')}".rstrip("/")
        if any(asked.query.get(name) != value for name, value in api.account.query):
            return False
        pattern = re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(path))
        own = Allowed(asked.method, re.compile(""), api.account.body)
        return re.fullmatch(pattern, asked.path.rstrip("/")) is not None and own.is_met(asked.method, "", asked.body)

    def _account(self) -> object:
        """Return whose data it is: the client's name of the system, under an id that the same engagement always has."""
        about = self._lists.api.account
        if self.stand_in.account is not None or about is None:
            return self.stand_in.account
        entry: dict[str, object] = {}
        if not about.id.startswith("{"):
            put(entry, about.id, f"sandbox-{self.system.name}")
        if about.name and value_at(entry, about.name) is None:
            put(entry, about.name, self.system.label or self.system.name)
        if not about.place:
            return entry
        body: dict[str, object] = {}
        if about.accounts:
            put(body, about.accounts, [entry])
        return body if about.accounts else [entry]

    def _refused(self, problem: Problem, asked: Asked, headers: Mapping[str, str] | None = None) -> Given:
        return Given(
            self.stand_in.error_body(problem, asked), self.stand_in.statuses.get(problem, STATUS[problem]), headers or {}
        )


def _lists_of(stream: Stream) -> Iterator[tuple[bool, int, Completion | None]]:
    """Yield every list of a stream: whether it is of names, which one it is, and what of it completes its records."""
    for number, reading in enumerate(stream.readings):
        yield False, number, None
        for completion in reading.completed:
            yield False, number, completion
    for number in range(len(stream.lookups)):
        yield True, number, None


def _with(best: tuple[Route, dict[str, str]], asked: Asked) -> tuple[Route, Asked, dict[str, str]]:
    return best[0], asked, best[1]
