"""What stands between us and a server that nobody here wrote: it passes on, counts, and does as a test says on the way."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import httpx

from tests.fault_server import Asked, Given, served

_PASSED_ON = ("authorization", "content-type", "x-redmine-api-key")


def is_change(asked: Asked) -> bool:
    """Return whether a request changes something: by its method, or by what its body says where all are POSTs."""
    if asked.method != "POST":
        return asked.method != "GET"
    said = json.loads(asked.body)
    if "method" in said:
        return str(said["method"]).endswith((".write", ".create"))
    return not str(said.get("query", "mutation")).startswith("query")


class Between:
    """Passes requests on to a server.

    ``before`` is told each change before the server gets it. The change whose number ``lost`` names is passed on, and its
    answer is lost; with ``victim`` that process is killed then, as by a power cut.
    """

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=60)
        self.url = ""
        self.changes: list[Asked] = []
        self.before: Callable[[Asked], None] = lambda _asked: None
        self.lost = 0
        self.victim = 0

    def __call__(self, asked: Asked) -> Given:
        is_lost = False
        if is_change(asked):
            self.changes.append(asked)
            self.before(asked)
            is_lost = len(self.changes) == self.lost
        headers = {name: asked.headers[name] for name in _PASSED_ON if name in asked.headers}
        answer = self._http.request(asked.method, asked.target, headers=headers, content=asked.body)
        if is_lost and self.victim:
            os.kill(self.victim, signal.SIGKILL)
        kind = answer.headers.get("content-type", "application/json")
        return Given(answer.content, answer.status_code, kind=kind, cut=0 if is_lost else None)

    def close(self) -> None:
        """Let go of the server."""
        self._http.close()


@contextmanager
def standing_between(url: str) -> Iterator[Between]:
    """Stand before a server, at an address of one's own."""
    found = Between(url)
    with closing(found), served(found) as server:
        found.url = server.url
        yield found
