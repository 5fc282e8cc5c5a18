"""A secret reaches no text."""

import base64
import json
import pickle
from copy import deepcopy
from urllib.parse import quote, quote_plus

import pytest

from toolkit.rest.redaction import MASK, Secret, redacted

CANARY = "CANARY-4711/ä+ß=="


@pytest.mark.parametrize(
    "text",
    [
        CANARY,
        f"https://crm.example/deals?api_key={quote(CANARY, safe='')}&page=2",
        f"https://crm.example/deals?api_key={quote_plus(CANARY)}",
        "Authorization: Basic " + base64.b64encode(CANARY.encode()).decode(),
        json.dumps({"token": CANARY}),
        json.dumps({"token": CANARY}, ensure_ascii=False),
    ],
)
def test_a_secret_is_blackened_in_every_form_it_travels_in(text: str) -> None:
    """As it is, URL-encoded, in base64 and as JSON escapes it."""
    shown = redacted(text, [Secret(CANARY)])

    assert MASK in shown
    assert "CANARY" not in shown
    assert base64.b64encode(CANARY.encode()).decode() not in shown


def test_a_secret_shows_itself_nowhere() -> None:
    """Neither printed, nor in a list, nor in a format, nor in the message of an error."""
    secret = Secret(CANARY)

    shown = [
        str(secret),
        repr(secret),
        f"{secret}",
        f"{secret!r:>40}",
        repr([secret]),
        repr({"a": secret}),
        str(ValueError(secret)),
    ]

    assert not [one for one in shown if "CANARY" in one]


def test_a_secret_cannot_be_written_to_disk() -> None:
    """Whoever tries to store it is told; a copy in memory is the same secret."""
    with pytest.raises(TypeError, match="not written"):
        pickle.dumps(Secret(CANARY))
    with pytest.raises(TypeError, match="not JSON"):
        json.dumps(Secret(CANARY))
    assert deepcopy(Secret(CANARY)) == Secret(CANARY)


def test_a_text_too_short_to_be_a_secret_blackens_nothing() -> None:
    """A password of two letters would otherwise black out half of every sentence."""
    assert redacted("an apple", [Secret("a"), Secret("")]) == "an apple"
