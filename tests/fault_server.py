"""A business system on loopback that does as a script says, and a clock that nobody waits for."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; ``target`` is its path with the query as it was written."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    target: str = ""

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.body or b"{}")


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: JSON, or bytes as they are; the line goes dead after ``cut`` bytes, ``date`` is the server's time."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    cut: int | None = None
    date: datetime | None = None


App = Callable[[Asked], Given]


class VirtualClock:
    """A clock on which waiting takes no time; for many threads."""

    def __init__(self, now: datetime = NOON) -> None:
        self._start = now
        self._passed = 0.0
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def monotonic_s(self) -> float:
        return self._passed

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._passed += max(0.0, seconds)
            self.slept.append(seconds)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _serve(self) -> None:
        server = self.server
        assert isinstance(server, FaultServer)
        parts = urlsplit(self.path)
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            # Whoever asked was killed between the headers and the body: half a request is none, with any server.
            self.close_connection = True
            return
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        headers = {name.casefold(): value for name, value in self.headers.items()}
        asked = Asked(self.command, parts.path, query, headers, body, self.path)
        with server.lock:
            server.asked.append(asked)
            given = server.app(asked)
        content = given.body if isinstance(given.body, bytes) else json.dumps(given.body).encode()
        self.send_response_only(given.status)
        self.send_header("Date", format_datetime(given.date or server.date(), usegmt=True))
        self.send_header("Content-Type", given.kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in given.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content if given.cut is None else content[: given.cut])
        if given.cut is not None:
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815  # names of the standard library

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class FaultServer(ThreadingHTTPServer):
    """Serves one app; remembers what it was asked."""

    daemon_threads = True

    def __init__(self, app: App, date: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.app = app
        self.date = date
        self.asked: list[Asked] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_arguments: object) -> None:
        """A client that went away is no news."""


@contextmanager
def served(app: App, date: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[FaultServer]:
    """Serve an app on loopback."""
    server = FaultServer(app, date)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Script:
    """An app with faults before it: the answers of ``first`` come in their order, then the app's own.

    A fault may be a function of the request that answers, or lets it through with None.
    """

    def __init__(self, app: App, first: Sequence[Given | Callable[[Asked], Given | None]] = ()) -> None:
        self.app = app
        self.first = list(first)

    def __call__(self, asked: Asked) -> Given:
        fault = self.first.pop(0) if self.first else None
        found = fault if fault is None or isinstance(fault, Given) else fault(asked)
        return self.app(asked) if found is None else found


def people(count: int, *, updated: str = "2026-11-{day:02d}T08:00:00Z") -> list[dict[str, Any]]:
    """Return records of persons, ids from 1."""
    return [
        {
            "id": number,
            "name": f"Person {number}",
            "contact": {"email": f"p{number}@example.com"},
            "updated_at": updated.format(day=1 + number % 28),
        }
        for number in range(1, count + 1)
    ]


@dataclass(slots=True)
class ListSystem:
    """A list of records below ``/people``, a page at a time; ``style`` says in which style of paging.

    Asked with ``updated_after``, it gives what changed since, that moment included.
    """

    records: list[dict[str, Any]]
    style: str = "cursor"
    size: int = 10

    def __call__(self, asked: Asked) -> Given:
        rows = self.records
        if since := asked.query.get("updated_after"):
            rows = [row for row in rows if row["updated_at"] >= since]
        return getattr(self, f"_{self.style}")(rows, asked)

    def _cursor(self, rows: list[dict[str, Any]], asked: Asked) -> Given:
        start = int(asked.query.get("after", "0"))
        following = start + self.size if start + self.size < len(rows) else None
        page = rows[start : start + self.size]
        paging = {} if following is None else {"paging": {"next": {"after": str(following)}}}
        return Given({"results": page, "total": len(rows), **paging})

    def _page(self, rows: list[dict[str, Any]], asked: Asked) -> Given:
        number = int(asked.query.get("page", "1"))
        pages = -(-len(rows) // self.size)
        page = rows[(number - 1) * self.size : number * self.size]
        return Given({"results": page, "total": len(rows), "pages": pages})

    def _offset(self, rows: list[dict[str, Any]], asked: Asked) -> Given:
        start = int(asked.query.get("offset", "0"))
        return Given({"results": rows[start : start + self.size], "total": len(rows)})

    def _keyset(self, rows: list[dict[str, Any]], asked: Asked) -> Given:
        after = int(asked.query.get("after_id", "0"))
        return Given({"results": [row for row in rows if row["id"] > after][: self.size]})

    def _header(self, rows: list[dict[str, Any]], asked: Asked) -> Given:
        given = self._page(rows, asked)
        number, pages = int(asked.query.get("page", "1")), given.body["pages"]
        link = f'<{asked.path}?page={number + 1}>; rel="next"' if number < pages else '<x>; rel="first"'
        return replace(given, body=given.body["results"], headers={"Link": link})

    def _link(self, rows: list[dict[str, Any]], asked: Asked) -> Given:
        given = self._page(rows, asked)
        number, pages = int(asked.query.get("page", "1")), given.body["pages"]
        link = {"next": f"/people?page={number + 1}"} if number < pages else {}
        return replace(given, body={**given.body, **link})


def packed(body: Any) -> Given:
    """Return an answer that is packed on the way."""
    return Given(
        gzip.compress(body if isinstance(body, bytes) else json.dumps(body).encode()), headers={"Content-Encoding": "gzip"}
    )
