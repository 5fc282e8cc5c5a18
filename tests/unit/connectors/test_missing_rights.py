"""A right that was not granted is told from a sign-in that ended, by what each vendor answers."""

import json
from collections.abc import Mapping
from typing import Any, cast

import pytest

from toolkit.connector import Connector
from toolkit.discovery import discovered
from toolkit.errors import AuthError, ScopeError
from toolkit.rest.answers import Asked, read_answer
from toolkit.rest.calls import Call

ASKED = {
    name: one
    for name, one in cast("Mapping[str, Connector]", discovered("toolkit.connectors", "CONNECTOR")).items()
    if one.api is not None
}
REFUSED: Mapping[str, tuple[int, Any]] = {
    "asana": (403, {"errors": [{"message": "The access token has not been granted all required scopes: projects:read"}]}),
    "hubspot": (
        403,
        {"status": "error", "category": "MISSING_SCOPES", "message": "Not all scopes were granted"},
    ),
    "quickbooks": (403, {"Fault": {"Error": [{"Message": "Permission Denied Error", "code": "5020"}]}}),
    "salesforce": (403, [{"errorCode": "INSUFFICIENT_ACCESS", "message": "insufficient access rights on object"}]),
    "shopify": (200, {"errors": [{"message": "Access denied", "extensions": {"code": "ACCESS_DENIED"}}]}),
    "stripe": (403, {"error": {"message": "Having the 'rak_charge_read' permission would allow this request to continue."}}),
    "xero": (401, {"Type": None, "Title": "Unauthorized", "Status": 401, "Detail": "AuthorizationUnsuccessful"}),
    "zendesk": (403, {"error": "Forbidden", "description": "You do not have access to this page."}),
}


def refusal(connector: Connector, status: int, headers: Mapping[str, str], body: Any) -> AuthError:
    """Return what an answer to a connector's first list is understood as."""
    assert connector.api is not None
    reading = next(one for stream in connector.streams for one in stream.readings)
    asked = Asked("sys", "env:HARBOR_KEY", Call("https://api.example/list", reading.method), reading)
    with pytest.raises(AuthError) as caught:
        read_answer(status, headers, json.dumps(body).encode(), asked, connector.api)
    named = " ".join(reading.scopes)
    assert not isinstance(caught.value, ScopeError) or (named or "the right to read it") in str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_missing_right_is_no_expired_sign_in(name: str) -> None:
    """The scope is named, or where a vendor has none, that a right is missing: another sign-in alone mends nothing."""
    found = refusal(ASKED[name], *(REFUSED[name][0], {}, REFUSED[name][1]))

    assert isinstance(found, ScopeError)
    assert f"({REFUSED[name][0]})" in str(found)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_challenge_that_names_a_missing_scope_is_believed(name: str) -> None:
    """RFC 6750 writes 403 for it; some answer 401."""
    challenge = {"www-authenticate": 'Bearer realm="api", error="insufficient_scope", scope="what.is.missing"'}
    connector = ASKED[name]
    reading = next(one for stream in connector.streams for one in stream.readings)
    asked = Asked("sys", "env:HARBOR_KEY", Call("https://api.example/list", reading.method), reading)
    assert connector.api is not None

    with pytest.raises(ScopeError, match=r"It needs the scope what\.is\.missing"):
        read_answer(401, challenge, b"{}", asked, connector.api)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_an_ended_sign_in_is_no_missing_right(name: str) -> None:
    """A 401 without more is the end of a sign-in: what signs is named by its place, and what to do is said."""
    found = refusal(ASKED[name], 401, {}, {"message": "expired"})

    assert not isinstance(found, ScopeError)
    assert "it is kept in env:HARBOR_KEY" in str(found)
    assert "integration-audit connect sys" in str(found)
