"""Jobs of the vendor's: begun, asked after, their result read; each is done when it is asked after a second time."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.connector import Job
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.places import put
from toolkit.sandbox.routes import Route


@dataclass(slots=True)
class Begun:
    """A job: the list that it reads, what was said of it, and how often it was asked after."""

    route: Route
    said: Mapping[str, str]
    asked: int = 0


@dataclass(slots=True)
class Jobs:
    """Every job that was begun."""

    known: dict[str, Begun] = field(default_factory=dict)

    def begun(self, route: Route, said: Mapping[str, str]) -> Given | None:
        """Return the answer that names a new job; None where the list is no job."""
        paging = route.reading.paging
        if not isinstance(paging, Job):
            return None
        name = hashlib.sha256(repr((route.name, len(self.known))).encode()).hexdigest()[:18]
        self.known[name] = Begun(route, said)
        body: dict[str, object] = {}
        put(body, paging.id, name)
        return Given(body)

    def answer(self, asked: Asked) -> Given | tuple[Route, dict[str, str]] | None:
        """Return how far a job is, or the list that its result is cut from; None where the request is of no job."""
        for name, job in self.known.items():
            paging = job.route.reading.paging
            if not isinstance(paging, Job) or asked.method != "GET" or name not in asked.path:
                continue
            if self._is_at(paging.poll, name, asked.path):
                job.asked += 1
                body: dict[str, object] = {}
                put(body, paging.id, name)
                put(body, paging.status, paging.done[0] if job.asked > 1 else "InProgress")
                return Given(body)
            if paging.result and self._is_at(paging.result, name, asked.path):
                cursor = asked.query.get(paging.locator_param, "")
                return job.route, {**job.said, **({"cursor": cursor} if cursor else {})}
        return None

    def _is_at(self, path: str, name: str, asked: str) -> bool:
        own = re.escape(path.replace("{id}", name))
        return re.fullmatch(own if path.startswith("/") else f".*/{own}", asked) is not None
