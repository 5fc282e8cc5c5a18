"""Requests as some vendors want them written: a parameter sent twice, JSON in base64, numbers inside a body."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime

from toolkit.connector import Api, Changed, Offset, PageNumber, Reading
from toolkit.rest.client import RestClient
from toolkit.rest.paging import style_of
from toolkit.rest.stretch import asked_since
from toolkit.settings.asking import ReadingSettings

SINCE = datetime(2026, 11, 30, 10, tzinfo=UTC)


def test_a_list_in_the_settings_is_a_parameter_sent_once_for_each() -> None:
    """Tryton, among others, names each wanted field in a parameter of its own."""
    reading = ReadingSettings.model_validate({"path": "/a", "query": {"f": ["name", "code"], "s": 5}}).reading()

    assert reading.query == (("f", "name"), ("f", "code"), ("s", "5"))


def test_what_the_vendor_takes_in_base64_is_sent_so() -> None:
    """The condition stands in the settings as it is meant, and the moment is put in before it is written otherwise."""
    changed = Changed("at", param="d", template='[["at",">=","{since}"]]')
    reading = Reading("/a", query=(("d", "[]"), ("s", "5")), base64=("d",), changed=changed)
    with RestClient("sys", Api("https://a.example"), [reading]) as client:
        first = client.call(reading)

    assert first.query == (("d", "W10="), ("s", "5"))
    sent = dict(asked_since(first, reading, SINCE, ()).query)
    assert json.loads(urlsafe_b64decode(sent["d"])) == [["at", ">=", "2026-11-30T10:00:00Z"]]


def test_places_are_numbers_in_a_body_and_text_in_an_address() -> None:
    """GraphQL refuses the text "50" where it wants a number."""
    for paging in (Offset("v.skip", 50, "v.take", place="body"), PageNumber("v.page", 50, "v.take", first=0, place="body")):
        reading = Reading("/a", method="POST", body='{"v": {}}', paging=paging)
        with RestClient("sys", Api("https://a.example"), [reading]) as client:
            call = style_of(paging).begun(paging, client.call(reading), lambda _: None, lambda _: None, client.linked)  # type: ignore[arg-type,return-value]

        assert sorted(json.loads(call.body)["v"].values()) == [0, 50]
