"""Forty keys, every way in which a pull can fail, every text and file that is left: no key in it (N10, S02, S03).

Each system of the engagement fails in a way of its own, and repeats in its answer the key that it was asked with.
"""

import base64
import contextlib
import gzip
import io
import json
import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest

from tests.canaries import CANARIES, found_in
from tests.fault_server import Asked, Given, VirtualClock, served
from toolkit.audit.connections import connection_rows
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import pull_asked
from toolkit.audit.status import engagement_status

ROWS = [{"id": number, "name": f"Person {number}"} for number in range(1, 4)]


def key_of(asked: Asked) -> str:
    return asked.headers["authorization"].removeprefix("Bearer ")


def _echo(asked: Asked) -> dict[str, str]:
    key = key_of(asked)
    return {
        "error": f"invalid key {key}",
        "message": f"the key {key} ({quote(key, safe='')}) of {dict(asked.headers)} is refused",
        "debug": base64.b64encode(f"key:{key}".encode()).decode(),
    }


def _page(**further: object) -> dict[str, object]:
    return {"results": ROWS, "paging": {}, **further}


PATHS: dict[str, Callable[[Asked], Given]] = {
    "unauthorized": lambda asked: Given(_echo(asked), 401),
    "forbidden": lambda asked: Given(_echo(asked), 403),
    "not_found": lambda asked: Given(_echo(asked), 404),
    "bad_request": lambda asked: Given(_echo(asked), 400),
    "gone": lambda asked: Given(_echo(asked), 410),
    "server_error": lambda asked: Given(_echo(asked), 500),
    "busy": lambda asked: Given(_echo(asked), 429, {"Retry-After": "1", "X-Key": key_of(asked)}),
    "busy_for_long": lambda asked: Given(_echo(asked), 429, {"Retry-After": "90000"}),
    "login_page": lambda asked: Given(f"<html>{_echo(asked)}</html>".encode(), kind="text/html"),
    "half": lambda asked: Given(json.dumps(_page(key=key_of(asked))).encode()[:-9]),
    "cut": lambda asked: Given(_page(key=key_of(asked)), cut=30),
    "no_json": lambda asked: Given(f"{_echo(asked)}".encode()),
    "no_list": lambda asked: Given({"answer": _echo(asked)}),
    "errors_in_200": lambda asked: Given({"errors": [_echo(asked)], "results": None}),
    "redirect": lambda asked: Given(b"", 302, {"Location": f"https://evil.example/?key={quote(key_of(asked), safe='')}"}),
    "packed": lambda asked: Given(gzip.compress(f"{_echo(asked)}".encode()), 500, {"Content-Encoding": "gzip"}),
    "not_packed": lambda asked: Given(f"{_echo(asked)}".encode(), 200, {"Content-Encoding": "gzip"}),
    "same_cursor": lambda asked: Given(_page(paging={"next": {"after": key_of(asked)}})),
    "no_key": lambda asked: Given({"results": [{"name": f"Person of {key_of(asked)}"}], "paging": {}}),
    "other_columns": lambda asked: Given({"results": [{"id": 1, "naem": key_of(asked)}], "paging": {}}),
    "records_hold_it": lambda asked: Given(
        {"results": [{"id": 1, "name": "Ann", "token": key_of(asked), "self": f"/people/1?key={quote(key_of(asked))}"}]}
    ),
    "wrong_count": lambda asked: Given(_page(total=99, note=key_of(asked))),
    "empty": lambda asked: Given({"results": [], "paging": {}, "request": _echo(asked)}),
}


def app(asked: Asked) -> Given:
    """Answer as the system that is asked does."""
    return PATHS[asked.path.split("/")[1]](asked)


def _settings(url: str) -> str:
    system = (
        '  {name}:\n    connector: rest\n    category: crm\n    api: {{url: "{url}/{name}"}}\n'
        "    sign_in: {{way: bearer, token: env:KEY_{number}}}\n    streams:\n      people:\n        entity: party\n"
        "        key: [id]\n        read: {{path: /people, records: results, count: total, "
        "paging: {{style: cursor, param: after, path: paging.next.after}}}}\n        fields: {{name: name}}\n"
    )
    systems = "".join(system.format(name=name, url=url, number=number) for number, name in enumerate(PATHS))
    return f"client: Harbor\ncurrency: USD\ncountry: US\nsystems:\n{systems}"


def read(path: Path) -> str:
    """Return all that a file holds, unpacked."""
    raw = path.read_bytes().decode("latin-1")
    return raw + json.dumps(pq.read_table(path).to_pylist(), default=str) if path.suffix == ".parquet" else raw


@pytest.mark.parametrize("turn", range(2))
def test_no_pull_leaves_a_key_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int) -> None:
    """Neither in what is said, nor in logs at their most talkative, nor in any file of the engagement."""
    keys = [CANARIES[(number + turn * len(PATHS)) % len(CANARIES)] for number in range(len(PATHS))]
    for number, key in enumerate(keys):
        monkeypatch.setenv(f"KEY_{number}", key)
    log, shown = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with served(app) as server, contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
            (tmp_path / "engagement.yaml").write_text(_settings(server.url), "utf-8")
            here = open_engagement(tmp_path)
            found = pull_asked(here, asking=Asking(clock=VirtualClock()))
            status = engagement_status(tmp_path)
            rows = connection_rows(here)
            here.close()
    finally:
        root.removeHandler(handler)
        root.setLevel(level)

    asked = {one.path.split("/")[1]: key_of(one) for one in server.asked}
    assert asked == dict(zip(PATHS, keys, strict=True))
    texts = {
        "pull": repr(found),
        "status": json.dumps(status, default=str),
        "connections": json.dumps(rows, default=str),
        "log": log.getvalue(),
        "terminal": shown.getvalue(),
        **{path.relative_to(tmp_path).as_posix(): read(path) for path in tmp_path.rglob("*") if path.is_file()},
    }
    assert [(kind, hit) for kind, text in texts.items() for hit in found_in(text, keys)] == []
    assert len(texts["log"]) > 1000
    assert len(found.missing) >= 15
