"""Envelopes of SOAP: written and read as JSON, refused where they declare anything, the session put in behind the guard."""

import json
from collections.abc import Iterator

import httpx
import pytest

from toolkit.rest.soap import SESSION, fault_code, soap_json, soap_text
from toolkit.rest.soap_session import SessionTransport

PARTNER = "urn:partner.soap.sforce.com"
BODY = {
    "Header": {"SessionHeader": {"@xmlns": PARTNER, "sessionId": SESSION}},
    "Body": {
        "merge": {
            "@xmlns": PARTNER,
            "request": {"masterRecord": {"type": {"@xmlns": "urn:s", "#text": "Account"}}, "recordToMergeIds": ["1", "2"]},
        }
    },
}
ENVELOPE = soap_text(json.dumps(BODY)).encode()
ENDED = soap_text('{"Body": {"Fault": {"faultcode": "sf:INVALID_SESSION_ID", "faultstring": "over"}}}').encode()


def test_an_envelope_comes_back_as_it_was_written() -> None:
    """Names, namespaces, lists and texts; what is empty is nothing."""
    assert soap_json(ENVELOPE) == BODY
    assert soap_json(soap_text('{"Body": {"id": ""}}').encode()) == {"Body": {"id": None}}
    assert soap_json(soap_text('{"Body": {"id": ["1", "2", "3"]}}').encode()) == {"Body": {"id": ["1", "2", "3"]}}


def test_what_says_of_itself_that_it_is_nothing_is_nothing() -> None:
    """Whatever stands in it."""
    said = b"<b xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='true'>9</b>"
    sent = b"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>" + said + b"</s:Body></s:Envelope>"

    assert soap_json(sent) == {"Body": {"b": None}}


@pytest.mark.parametrize("text", ["A & B", "<b>", "a]]>b", "\"'", "€ 5", "  inner  blanks".strip()])
def test_a_text_stays_a_text(text: str) -> None:
    """Whatever a client writes opens no element."""
    assert soap_json(soap_text(json.dumps({"Body": {"name": text}})).encode()) == {"Body": {"name": text}}


@pytest.mark.parametrize("body", [{"a b": "1"}, {"<x": "1"}, {"id": "a\x00"}, {"id": "\ud800"}])
def test_what_xml_cannot_hold_is_not_written(body: dict[str, str]) -> None:
    """It is said, and nothing is left out in silence."""
    with pytest.raises(ValueError, match=r"is no name of an element|cannot hold"):
        soap_text(json.dumps({"Body": body}))


@pytest.mark.parametrize(
    "sent",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]><a/>',
        ENVELOPE.replace(b"<soap:Envelope", b"<!DOCTYPE x><soap:Envelope", 1),
        b"<html><body>Sign in</body></html>",
        b"",
        b"\xff\xfe",
        ENVELOPE[:-9],
        ("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>" + "<a>" * 500 + "</a>" * 500
         + "</s:Body></s:Envelope>").encode(),
    ],
)  # fmt: skip
def test_s09_what_declares_something_or_is_no_envelope_is_refused(sent: bytes) -> None:
    """Entities, document types, files elsewhere, a page to sign in, half an answer, a nest without an end."""
    with pytest.raises(ValueError, match="no envelope"):
        soap_json(sent)
    assert fault_code(sent) == ""


def answered(status: int, content: bytes, seen: list[httpx.Request]) -> SessionTransport:
    """Return what sends to a vendor that always answers the same, and notes what it was sent."""

    def vendor(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(status, content=content, headers={"content-type": "text/xml"})

    return SessionTransport(httpx.MockTransport(vendor))


def asked(content: bytes = ENVELOPE, kind: str = "text/xml; charset=UTF-8") -> httpx.Request:
    """Return a signed request."""
    headers = {"authorization": "Bearer 00D&token", "content-type": kind}
    return httpx.Request("POST", "https://acme.example/services/Soap/u/66.0", headers=headers, content=content)


def test_the_session_stands_in_the_head_of_the_envelope_alone() -> None:
    """Not in the head of the request, and not where a record holds the same words."""
    seen: list[httpx.Request] = []
    said = ENVELOPE.replace(b"<recordToMergeIds>1", b"<recordToMergeIds>{session}")
    answered(200, ENVELOPE, seen).handle_request(asked(said))

    assert "authorization" not in seen[0].headers
    assert seen[0].headers["content-length"] == str(len(seen[0].content))
    sent = soap_json(seen[0].content)
    assert sent["Header"]["SessionHeader"]["sessionId"] == "00D&token"
    assert sent["Body"]["merge"]["request"]["recordToMergeIds"] == ["{session}", "2"]


@pytest.mark.parametrize(
    ("status", "content", "told"),
    [
        (500, ENDED, 401),
        (500, ENDED.replace(b"INVALID_SESSION_ID", b"OTHER"), 500),
        (500, b"<html>", 500),
        (200, ENDED, 200),
    ],
)
def test_a_session_that_has_ended_is_told_as_everywhere_else(status: int, content: bytes, told: int) -> None:
    """By the status that lets a token be renewed; any other fault stays what it is."""
    found = answered(status, content, []).handle_request(asked())

    assert found.status_code == told
    assert found.read() == content


def test_a_fault_without_an_end_is_not_read_to_it() -> None:
    """It is no fault of a session."""
    sent: list[bytes] = []

    def parts() -> Iterator[bytes]:
        while len(sent) < 1_000:
            sent.append(b"<" * (1 << 16))
            yield sent[-1]

    def vendor(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(500, content=parts())

    found = SessionTransport(httpx.MockTransport(vendor)).handle_request(asked())

    assert found.status_code == 500
    assert len(sent) < 100


def test_what_is_no_envelope_goes_as_it_is() -> None:
    """With its head as it was signed."""
    seen: list[httpx.Request] = []
    answered(200, b"{}", seen).handle_request(asked(b'{"q": "{session}"}', "application/json"))

    assert seen[0].headers["authorization"] == "Bearer 00D&token"
    assert seen[0].content == b'{"q": "{session}"}'
