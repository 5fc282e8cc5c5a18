"""What every connector that is asked over an interface keeps to; the example of the page on connectors is one of them."""

import json
import re
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from toolkit.audit.pull.asked import asked_paths
from toolkit.connector import Api, Connector, Reading, Stream, asked_stream
from toolkit.discovery import discovered
from toolkit.rest.allowed import allowed_requests
from toolkit.rest.calls import filled
from toolkit.rest.client import RestClient
from toolkit.rest.paging import style_of
from toolkit.rest.transport import origin_of
from toolkit.tables import ENTITY_COLUMNS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-connector.md"


def example() -> Connector:
    """Return the connector of the page."""
    [text] = re.findall(r"```py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    found: dict[str, Any] = {}
    exec(compile(text, str(PAGE), "exec"), found)
    return cast("Connector", found["CONNECTOR"])


EVERY = [example(), *cast("list[Connector]", list(discovered("toolkit.connectors", "CONNECTOR").values()))]
ASKED = [one for one in EVERY if one.api is not None]
STREAMS = [(one, stream) for one in ASKED for stream in one.streams if stream.readings]
READINGS = [(one, stream, reading) for one, stream in STREAMS for reading in stream.readings]
BY_CONNECTOR = pytest.mark.parametrize("connector", ASKED, ids=[one.name for one in ASKED])
BY_STREAM = pytest.mark.parametrize(
    ("connector", "stream"), STREAMS, ids=[f"{one.name}-{stream.name}" for one, stream in STREAMS]
)
BY_READING = pytest.mark.parametrize(
    ("connector", "stream", "reading"),
    READINGS,
    ids=[f"{one.name}-{stream.name}-{number}" for number, (one, stream, _) in enumerate(READINGS)],
)


def api_of(connector: Connector) -> Api:
    assert connector.api is not None
    return connector.api


def places_of(api: Api) -> dict[str, str]:
    """Return something for every place of an interface's addresses and headers."""
    texts = [api.url, *(value for _, value in api.headers), *api.further_origins]
    texts += [f"{{{api.account.place}}}"] if api.account is not None and api.account.place else []
    found = {name: "harbor" for text in texts for name in re.findall(r"\{([a-z0-9_]+)\}", text)}
    # Signing in tells the whole address where one begins with a place.
    return found | dict.fromkeys(re.findall(r"^\{([a-z0-9_]+)\}", api.url), "https://harbor.example")


@BY_CONNECTOR
def test_it_is_asked_over_tls_and_says_how_to_sign_in(connector: Connector) -> None:
    """No address goes without TLS, and reading needs as little as the vendor allows."""
    api = api_of(connector)

    assert origin_of(filled(api.url, places_of(api)))[0] == "https"
    assert api.sign_in
    assert api.limits
    assert any(stream.readings for stream in connector.streams)


@BY_STREAM
def test_a_stream_has_a_key_and_columns_in_its_answers(connector: Connector, stream: Stream) -> None:
    """What names a record stands there, and so does what the entity is about."""
    asked = asked_stream(stream)

    assert asked.key
    assert len(asked.fields) >= 2
    assert set(asked.fields) <= set(ENTITY_COLUMNS[stream.entity])
    assert set(asked.key) <= set(asked_paths(asked))
    assert connector.api is not None


@BY_STREAM
def test_an_answer_is_told_from_an_export(connector: Connector, stream: Stream) -> None:
    """The first list is the main one, and the last one of a chain is asked for something."""
    first, last = stream.readings[0], stream.readings[-1]

    assert not first.is_keys_only
    assert not last.is_parents
    assert connector.stream(stream.name) is stream


@BY_READING
def test_a_list_sends_only_what_it_may(connector: Connector, stream: Stream, reading: Reading) -> None:
    """Its own first request is on the list of what may be sent, and nothing that changes anything is."""
    api = api_of(connector)
    with RestClient(connector.name, api, stream.readings, places=places_of(api)) as client:
        call = client.call(reading, "4711")
    allowed = allowed_requests(api, [reading], places_of(api))
    path = urlsplit(call.url).path

    assert any(one.is_met(call.method, path, call.body.encode()) for one in allowed)
    assert reading.method in {"GET", "POST"}
    assert not any(one.is_met(method, path, b"") for one in allowed for method in ("PUT", "PATCH", "DELETE"))
    if reading.body:
        other = json.dumps({**json.loads(reading.body), "another": 1}).encode()
        assert not any(one.is_met(call.method, path, other) for one in allowed)


@BY_READING
def test_a_list_can_be_gone_through(connector: Connector, stream: Stream, reading: Reading) -> None:
    """Its style is known, changes are told by a stamp, and records that are only named have a state."""
    assert style_of(reading.paging).kind is type(reading.paging)
    assert reading.changed is None or reading.changed.field
    assert not reading.is_keys_only or reading.state
    assert "secret" not in repr((connector.api, stream)).casefold().replace("client_secret", "")
